//! What a message says to the bot.

use super::api::{LAST_SPECIAL_CONTACT, Message, Quote, SELF};
use super::asking::Core;
use super::rpc::RpcError;
use crate::conversation::Heard;

/// What is longer is cut: nobody types so much.
const LONGEST: usize = 16 * 1024;

/// What a reply names whose message is not there any more: no message of ours.
const GONE: &str = "gone";

/// Whether somebody has said this, and not the program, ourselves or another bot.
pub(super) fn is_somebodys(message: &Message) -> bool {
    message.from_id > LAST_SPECIAL_CONTACT && !message.is_info && !message.is_bot && !message.sender.is_bot
}

/// Whether all of it has come.
pub(super) fn is_whole(message: &Message) -> bool {
    !matches!(message.download_state.as_str(), "Available" | "InProgress")
}

/// What was said. None: nothing at all.
pub(super) fn said(message: &Message) -> Option<Heard> {
    let text: String = message.text.chars().filter(|sign| *sign != '\0').take(LONGEST).collect();
    match message.view_type.as_str() {
        // What is written below a picture is a text like any other.
        _ if !text.trim().is_empty() => Some(Heard::Text(text)),
        "Text" => None,
        _ => Some(Heard::Other),
    }
}

/// How somebody calls themselves.
pub(super) fn name_of(message: &Message) -> String {
    let sender = &message.sender;
    if sender.auth_name.trim().is_empty() {
        return sender.address.split('@').next().unwrap_or_default().to_owned();
    }
    sender.auth_name.clone()
}

/// The message that this one is a reply to, if it is one to us.
pub(super) async fn replies_to(core: &Core, message: &Message) -> Result<Option<String>, RpcError> {
    let (text, id) = match &message.quote {
        None => return Ok(None),
        // Whatever it was, it is not what is open.
        Some(Quote::JustText {}) => return Ok(Some(GONE.to_owned())),
        Some(Quote::WithMessage { text, message_id }) => (text, *message_id),
    };
    let Some(quoted) = core.message_if_there(id).await? else { return Ok(Some(GONE.to_owned())) };
    if quoted.from_id != SELF {
        return Ok(None);
    }
    // An app may quote what was never said, and the program then names the message before.
    Ok(Some(if is_part(text, &quoted.text) { id.to_string() } else { GONE.to_owned() }))
}

/// Whether this was quoted from that, as far as quotes are kept whole.
fn is_part(quote: &str, whole: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = plain(quote);
    let begins = quote.trim_end_matches(['…', '.']).trim_end_matches("[").trim_end();
    plain(whole).starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_of_what_it_begins_like() {
        for (quote, whole, is_it) in [
            ("Did it reach you?\n\n1. Yes", "Did it reach you?\n1. Yes\n2. No", true),
            ("Did it reach…", "Did it reach you?", true),
            ("Did it [...", "Did it reach you?", true),
            ("I owe you €500", "Did it reach you?", false),
        ] {
            assert_eq!(is_part(quote, whole), is_it, "{quote:?}");
        }
    }
}

//! A check before a start: whether Telegram takes us, and whether updates reach us.

use serde::Deserialize;
use teloxide::payloads::GetWebhookInfo;

use super::connect::{Me, me};
use super::wire::Wire;
use super::{ConnectError, Settings, Webhook};
use crate::messengers::section::NotTaken;

/// Looks whether the bot could run with these settings, and changes nothing: one line for each thing, what was found or what to mend.
pub async fn check(settings: Settings) -> Vec<Result<String, String>> {
    let wire = match Wire::new(&settings) {
        Ok(wire) => wire,
        Err(why) => return vec![Err(ConnectError::Client(why).to_string())],
    };
    let me = match me(&wire, 1).await {
        Ok(me) => me,
        Err(trouble) => return vec![Err(ConnectError::from(trouble).to_string())],
    };
    let updates = match wire.call::<WebhookInfo>(&GetWebhookInfo::new()).await {
        Ok(info) => updates(&info, settings.webhook.as_ref()),
        Err(trouble) => Err(format!("it can't be found out how updates come: {trouble}")),
    };
    vec![Ok(format!("the token is that of @{}", me.username)), updates, Ok(modes(&me))]
}

/// Whether Telegram takes the token alone, and the name of the bot that it is of.
pub async fn taken(settings: &Settings) -> Result<String, NotTaken> {
    let wire = Wire::new(settings).map_err(NotTaken::Refused)?;
    match me(&wire, 1).await {
        Ok(me) => Ok(format!("@{}", me.username)),
        Err(trouble) => Err(match ConnectError::from(trouble) {
            ConnectError::Token(_) => NotTaken::Unknown,
            ConnectError::Silent(why) => NotTaken::Silent(why),
            other => NotTaken::Refused(other.to_string()),
        }),
    }
}

/// What is turned on with @BotFather, and what can be.
fn modes(me: &Me) -> String {
    let inline = match me.supports_inline_queries {
        true => "inline mode is on: invites are shared as cards",
        false => "inline mode is off (/setinline at @BotFather): invites are shared as links",
    };
    let topics = match me.has_topics_enabled {
        true => "topics in private chats are on: each answer stands in the topic that it is asked in",
        false => "topics in private chats are off",
    };
    format!("{inline}; {topics}")
}

/// What Telegram knows of a webhook, as far as it matters. No webhook is an empty address.
#[derive(Deserialize)]
struct WebhookInfo {
    #[serde(default)]
    url: String,
    #[serde(default)]
    pending_update_count: u32,
    last_error_message: Option<String>,
}

fn updates(info: &WebhookInfo, wanted: Option<&Webhook>) -> Result<String, String> {
    let waiting = info.pending_update_count;
    match wanted {
        None if info.url.is_empty() => Ok(format!("updates come by long polling ({waiting} wait)")),
        None => Ok(format!(
            "updates go to a webhook now; the next start takes that back and asks for them ({waiting} wait)"
        )),
        Some(wanted) if info.url != wanted.url.as_str() => {
            Ok(format!("the next start has updates brought to {} ({waiting} wait)", wanted.url))
        }
        Some(wanted) => match &info.last_error_message {
            // The last error stays there for ever; it matters while something waits.
            Some(error) if waiting > 0 => Err(format!(
                "updates can't be brought to {} ({waiting} wait): {error}; look at what serves that address, \
                 and whether it passes them on to {} (while the bot does not run, that is all there is to it)",
                wanted.url, wanted.listen
            )),
            _ => Ok(format!("updates are brought to {} ({waiting} wait)", wanted.url)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    #[test]
    fn what_is_turned_on_is_told() {
        let me = |inline, topics| Me {
            id: 1,
            username: "bot".into(),
            supports_inline_queries: inline,
            has_topics_enabled: topics,
        };
        for (me, says) in [
            (me(true, false), ["inline mode is on", "private chats are off"]),
            (me(false, true), ["/setinline", "private chats are on"]),
        ] {
            let told = modes(&me);
            assert!(says.iter().all(|words| told.contains(words)), "{told}");
        }
    }

    #[test]
    fn what_has_to_be_mended_is_told_from_what_the_next_start_does() {
        let ours = Webhook {
            url: Url::parse("https://ours.org/t").expect("a url"),
            listen: ([127, 0, 0, 1], 8443).into(),
            secret: "s".into(),
        };
        for (url, waiting, error, wanted, well, says) in [
            ("", 3, None, None, true, "long polling (3 wait)"),
            ("https://theirs.org/", 0, None, None, true, "takes that back"),
            ("", 0, None, Some(&ours), true, "the next start"),
            ("https://ours.org/t", 0, Some("Connection refused"), Some(&ours), true, "are brought to"),
            ("https://ours.org/t", 2, Some("Connection refused"), Some(&ours), false, "Connection refused"),
        ] {
            let info = WebhookInfo {
                url: url.into(),
                pending_update_count: waiting,
                last_error_message: error.map(str::to_owned),
            };
            let found = updates(&info, wanted);
            assert_eq!(found.is_ok(), well, "{found:?}");
            let (Ok(text) | Err(text)) = found;
            assert!(text.contains(says), "{text}");
        }
    }
}

//! Sending files: as Bot API 10.1 takes them, in a form of several parts.

use crate::keyboard;
use crate::message::Document;
use crate::methods::messages::{reachable_chat, shown};
use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::{Telegram, unix_now};
use crate::text;

/// The largest file that a bot may send, in bytes.
const LARGEST: usize = 50 * 1024 * 1024;

pub(crate) fn send(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let Some(document) = params.0.get("document").and_then(Document::read) else {
        return Err(Refused::bad("Bad Request: there is no document in the request"));
    };
    if document.content.is_empty() {
        return Err(Refused::bad("Bad Request: file must be non-empty"));
    }
    if document.content.len() > LARGEST {
        return Err(Refused::too_large());
    }
    let said = text::caption(params)?;
    let rows = keyboard::rows(params, &telegram.settings)?;
    let chat = reachable_chat(telegram, params)?;
    let topic = params.int("message_thread_id");
    telegram.person(chat).has(topic)?;
    telegram.paced(chat)?;
    let person = telegram.person(chat);
    let id = person.history.say(true, unix_now(), said.text, said.entities, rows).id;
    if let Some(message) = person.history.get_mut(id) {
        (message.document, message.thread) = (Some(document), topic);
    }
    telegram.answered(chat);
    shown(telegram, chat, id)
}

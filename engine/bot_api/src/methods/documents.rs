//! Sending files: as Bot API 10.1 takes them, in a form of several parts.

use crate::keyboard;
use crate::message::{ChatMessage, Document, Photo};
use crate::methods::messages::{reachable_chat, shown};
use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::{Telegram, unix_now};
use crate::text;

/// The largest file that a bot may send, in bytes, and the largest picture.
const LARGEST: usize = 50 * 1024 * 1024;
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;

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
    brought(telegram, params, |message| message.document = Some(document))
}

pub(crate) fn send_photo(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let Some(photo) = params.0.get("photo") else {
        return Err(Refused::bad("Bad Request: there is no photo in the request"));
    };
    let Some(photo) = Photo::read(photo) else { return Err(Refused::bad("Bad Request: IMAGE_PROCESS_FAILED")) };
    if photo.bytes.len() > LARGEST_PHOTO {
        return Err(Refused::too_large());
    }
    let (width, height) = photo.size;
    let (short, long) = (width.min(height), width.max(height));
    if width.saturating_add(height) > 10_000 || long > short.saturating_mul(20) {
        return Err(Refused::bad("Bad Request: PHOTO_INVALID_DIMENSIONS"));
    }
    brought(telegram, params, |message| message.photo = Some(photo))
}

/// A message that brings something, with a caption under it.
fn brought(telegram: &mut Telegram, params: &Params, brings: impl FnOnce(&mut ChatMessage)) -> Result<String, Refused> {
    let said = text::caption(params)?;
    let rows = keyboard::rows(params, &telegram.settings)?;
    let chat = reachable_chat(telegram, params)?;
    let topic = params.int("message_thread_id");
    telegram.person(chat).has(topic)?;
    telegram.paced(chat)?;
    let person = telegram.person(chat);
    let id = person.history.say(true, unix_now(), said.text, said.entities, rows).id;
    if let Some(message) = person.history.get_mut(id) {
        message.thread = topic;
        brings(message);
    }
    telegram.answered(chat);
    shown(telegram, chat, id)
}

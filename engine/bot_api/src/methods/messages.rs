//! Writing, editing and deleting messages.

use crate::keyboard::{self, Button};
use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::{Telegram, unix_now};
use crate::text::{self, Entity};

pub(crate) fn send(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let said = text::said(params, "Bad Request: message is too long")?;
    let rows = keyboard::rows(params, &telegram.settings)?;
    let chat = reachable_chat(telegram, params)?;
    let topic = params.int("message_thread_id");
    if chat < 0 {
        telegram.group(chat).writable(topic)?;
    } else {
        telegram.person(chat).has(topic)?;
    }
    nobody_hides(telegram, &rows)?;
    telegram.paced(chat)?;
    let history = telegram.history(chat);
    let id = history.say(true, unix_now(), said.text, said.entities, rows).id;
    if let Some(message) = history.get_mut(id) {
        message.thread = topic;
    }
    telegram.answered(chat);
    shown(telegram, chat, id)
}

pub(crate) fn edit_text(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let said = text::said(params, "Bad Request: MESSAGE_TOO_LONG")?;
    edit(telegram, params, Some((said.text, said.entities)))
}

pub(crate) fn edit_markup(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    edit(telegram, params, None)
}

fn edit(telegram: &mut Telegram, params: &Params, said: Option<(String, Vec<Entity>)>) -> Result<String, Refused> {
    let rows = keyboard::rows(params, &telegram.settings)?;
    let chat = reachable_chat(telegram, params)?;
    let id = message_id(params)?;
    let Some(message) = telegram.history(chat).get_mut(id).filter(|message| !message.deleted) else {
        return Err(Refused::too_late("Bad Request: message to edit not found"));
    };
    if !message.from_bot || message.too_old {
        return Err(Refused::too_late("Bad Request: message can't be edited"));
    }
    if said.is_some() && message.is_captioned() {
        return Err(Refused::too_late("Bad Request: there is no text in the message to edit"));
    }
    nobody_hides(telegram, &rows)?;
    let Some(message) = telegram.history(chat).get_mut(id) else { return Err(Refused::not_found()) };
    let same_text = said.as_ref().is_none_or(|(text, entities)| *text == message.text && *entities == message.entities);
    if same_text && rows == message.rows {
        // The page is as it should be: nobody waits any more.
        telegram.answered(chat);
        return Err(Refused::not_modified());
    }
    telegram.paced(chat)?;
    if let Some(message) = telegram.history(chat).get_mut(id) {
        if let Some((text, entities)) = said {
            let before = std::mem::replace(&mut message.text, text);
            message.first_text.get_or_insert(before);
            message.entities = entities;
        }
        message.rows = rows;
        message.edits += 1;
        message.edit_date = Some(unix_now());
    }
    telegram.answered(chat);
    shown(telegram, chat, id)
}

pub(crate) fn delete(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let chat = reachable_chat(telegram, params)?;
    let id = message_id(params)?;
    let Some(message) = telegram.history(chat).get_mut(id).filter(|message| !message.deleted) else {
        return Err(Refused::too_late("Bad Request: message to delete not found"));
    };
    if message.too_old {
        return Err(Refused::too_late("Bad Request: message can't be deleted for everyone"));
    }
    message.deleted = true;
    telegram.changed(chat);
    Ok("true".to_owned())
}

pub(crate) fn chat_action(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    reachable_chat(telegram, params)?;
    Ok("true".to_owned())
}

/// Nobody is led to somebody by their number who does not want that.
fn nobody_hides(telegram: &Telegram, rows: &[Vec<Button>]) -> Result<(), Refused> {
    let led_to = rows.iter().flatten().filter_map(|button| button.url.as_ref()?.strip_prefix("tg://user?id="));
    let mut people = led_to.filter_map(|id| telegram.people.get(&id.parse().ok()?));
    match people.any(|person| person.hides) {
        true => Err(Refused::too_late("Bad Request: BUTTON_USER_PRIVACY_RESTRICTED")),
        false => Ok(()),
    }
}

pub(super) fn reachable_chat(telegram: &Telegram, params: &Params) -> Result<i64, Refused> {
    if params.text("chat_id").is_none_or(|chat| chat.is_empty()) {
        return Err(Refused::bad("Bad Request: chat_id is empty"));
    }
    if let Some(group) = params.int("chat_id").and_then(|chat| telegram.groups.get(&chat)) {
        group.reachable()?;
        return Ok(group.id);
    }
    let person = params.int("chat_id").and_then(|chat| telegram.people.get(&chat));
    let person = person.ok_or_else(|| Refused::bad("Bad Request: chat not found"))?;
    person.reachable()?;
    Ok(person.id)
}

pub(super) fn message_id(params: &Params) -> Result<i32, Refused> {
    let id = params.int("message_id").and_then(|id| i32::try_from(id).ok()).filter(|id| *id > 0);
    id.ok_or_else(|| Refused::bad("Bad Request: message identifier is not specified"))
}

pub(super) fn shown(telegram: &Telegram, chat: i64, id: i32) -> Result<String, Refused> {
    if let Some(group) = telegram.groups.get(&chat) {
        let message = group.history.get(id).ok_or_else(Refused::not_found)?;
        return Ok(group.message_json(message, (telegram.bot_id, &telegram.settings.username)));
    }
    let person = telegram.people.get(&chat).ok_or_else(Refused::not_found)?;
    let message = person.history.get(id).ok_or_else(Refused::not_found)?;
    Ok(telegram.message_json(person, message))
}

//! What people see of the bot before they have begun: its name, what it says of itself, the button beside the input field.

use serde_json::{Value, json};

use super::commands::language;
use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::Telegram;

/// A text that the bot has in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Text {
    Name,
    Description,
    ShortDescription,
}

impl Text {
    /// The parameter that it is set by, and the longest there may be, in characters.
    fn field(self) -> (&'static str, usize) {
        match self {
            Text::Name => ("name", 64),
            Text::Description => ("description", 512),
            Text::ShortDescription => ("short_description", 120),
        }
    }
}

pub(crate) fn get(telegram: &mut Telegram, params: &Params, which: Text) -> Result<String, Refused> {
    let text = telegram.text(which, &language(params)?);
    let (field, _) = which.field();
    Ok(json!({ field: text }).to_string())
}

pub(crate) fn set(telegram: &mut Telegram, params: &Params, which: Text) -> Result<String, Refused> {
    let (field, longest) = which.field();
    let text = params.text(field).unwrap_or_default().into_owned();
    if text.chars().count() > longest {
        return Err(Refused::bad(format!("Bad Request: {field} is too long")));
    }
    let lang = language(params)?;
    if text.is_empty() {
        telegram.texts.remove(&(which, lang));
    } else {
        telegram.texts.insert((which, lang), text);
    }
    Ok("true".to_owned())
}

pub(crate) fn menu_button(telegram: &Telegram) -> String {
    json!({ "type": telegram.menu_button }).to_string()
}

pub(crate) fn set_menu_button(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let button: Option<Value> = params.json("menu_button")?;
    let kind = button.as_ref().and_then(|button| button["type"].as_str()).unwrap_or("default");
    telegram.menu_button = kind.to_owned();
    Ok("true".to_owned())
}

/// What can be known of a person who has written to the bot.
pub(crate) fn chat(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let person = params.int("chat_id").and_then(|chat| telegram.people.get(&chat)).filter(|person| person.started);
    let person = person.ok_or_else(|| Refused::too_late("Bad Request: chat not found"))?;
    let gifts = json!({
        "unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true,
        "gifts_from_channels": true,
    });
    let mut chat = json!({
        "id": person.id, "type": "private", "first_name": person.name, "accent_color_id": 1, "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    });
    if let Some(username) = &person.username {
        chat["username"] = username.as_str().into();
        chat["active_usernames"] = json!([username]);
    }
    if person.hides {
        chat["has_private_forwards"] = true.into();
    }
    Ok(chat.to_string())
}

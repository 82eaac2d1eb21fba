//! The list of commands that Telegram shows beside the input field.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::Telegram;
use crate::wire::json;

/// One command of the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// Without the slash: 1 to 32 of `a-z`, `0-9`, `_`.
    pub command: String,
    /// 1 to 256 characters.
    pub description: String,
}

pub(crate) fn set(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let commands: Vec<Command> = params.json("commands")?.unwrap_or_default();
    if commands.len() > 100 {
        return Err(Refused::bad("Bad Request: BOT_COMMANDS_TOO_MUCH"));
    }
    for Command { command, description } in &commands {
        let letters = command.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !letters || !(1..=32).contains(&command.len()) {
            return Err(Refused::bad("Bad Request: BOT_COMMAND_INVALID"));
        }
        if !(1..=256).contains(&description.trim().chars().count()) {
            return Err(Refused::bad("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    let place = place(params)?;
    telegram.commands.insert(place, commands);
    Ok("true".to_owned())
}

pub(crate) fn get(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let place = place(params)?;
    Ok(telegram.commands.get(&place).map_or_else(|| "[]".to_owned(), json))
}

pub(crate) fn delete(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let place = place(params)?;
    telegram.commands.remove(&place);
    Ok("true".to_owned())
}

/// Whose list it is: a scope and a language.
fn place(params: &Params) -> Result<(String, String), Refused> {
    let scope: Option<Value> = params.json("scope")?;
    let scope = scope.map_or_else(|| "{\"type\":\"default\"}".to_owned(), |scope| scope.to_string());
    Ok((scope, language(params)?))
}

/// The language that a text is for; empty: all others.
pub(super) fn language(params: &Params) -> Result<String, Refused> {
    let lang = params.text("language_code").unwrap_or_default().into_owned();
    let two_letters = lang.len() == 2 && lang.bytes().all(|b| b.is_ascii_lowercase());
    if !lang.is_empty() && !two_letters {
        return Err(Refused::bad("Bad Request: invalid language code specified"));
    }
    Ok(lang)
}

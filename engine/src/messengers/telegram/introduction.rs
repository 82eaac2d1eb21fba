//! What people see of the bot beside its chat: its commands and the button that lists them, its name, and what it says of
//! itself to those who have not begun. All of it is set only where it is not so already: Telegram takes few changes of it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use teloxide::types::BotCommandScope;

use super::wire::{Trouble, Wire, Yes};
use super::{Commands, Introduction, Settings};
use crate::locale::Locales;
use crate::msg;

/// The longest of each that Telegram takes, in characters.
const LONGEST_NAME: usize = 64;
const LONGEST_DESCRIPTION: usize = 512;
const LONGEST_SHORT: usize = 120;

/// What the bot says of itself in every language, and in the default one to everybody else. Where it has nothing to say, what
/// was set with @BotFather stays.
pub fn introduced(locales: &Locales) -> Vec<Introduction> {
    let say = |code: &str, lang: Option<String>| Introduction {
        lang,
        description: locales.plain(code, &msg!("about-bot")),
        short: locales.plain(code, &msg!("about-bot-short")),
    };
    super::commands::in_all(locales, say)
}

/// A text of the bot that it has in each language.
struct Told<'a> {
    /// The methods that tell and change it.
    get: &'static str,
    set: &'static str,
    /// What both call it.
    field: &'static str,
    longest: usize,
    lang: Option<&'a str>,
    text: &'a str,
}

/// Sets all of it that is not so already. A bot without it works as well, so a refusal stops nothing.
pub(super) async fn introduce(wire: Wire, settings: Settings) {
    for commands in &settings.commands {
        warn(offer(&wire, commands).await, "the menu of commands", commands.lang.as_deref());
    }
    if !settings.commands.is_empty() {
        warn(offer_button(&wire).await, "the button of the menu", None);
    }
    for told in told(&settings) {
        warn(tell(&wire, &told).await, told.field, told.lang);
    }
}

fn warn(done: Result<(), Trouble>, what: &str, lang: Option<&str>) {
    if let Err(trouble) = done {
        tracing::warn!(lang, %trouble, "{what} was not set at Telegram; it is tried again at the next start");
    }
}

fn told(settings: &Settings) -> Vec<Told<'_>> {
    let mut all = Vec::new();
    for Introduction { lang, description, short } in &settings.introductions {
        let lang = lang.as_deref();
        let (get, set) = ("getMyDescription", "setMyDescription");
        all.push(Told { get, set, field: "description", longest: LONGEST_DESCRIPTION, lang, text: description });
        let (get, set) = ("getMyShortDescription", "setMyShortDescription");
        all.push(Told { get, set, field: "short_description", longest: LONGEST_SHORT, lang, text: short });
    }
    let langs = settings.introductions.iter().map(|introduction| introduction.lang.as_deref());
    let named = |lang| {
        let text = settings.name.as_deref().unwrap_or_default();
        Told { get: "getMyName", set: "setMyName", field: "name", longest: LONGEST_NAME, lang, text }
    };
    all.extend(langs.map(named));
    all.retain(|told| !told.text.trim().is_empty());
    all
}

async fn tell(wire: &Wire, told: &Told<'_>) -> Result<(), Trouble> {
    let Told { get, set, field, longest, lang, text } = *told;
    let text: String = text.chars().take(longest).collect();
    let mut request = json!({});
    if let Some(lang) = lang {
        request["language_code"] = lang.into();
    }
    let is_told: Value = wire.say(get, &request).await?;
    if is_told[field] == text {
        return Ok(());
    }
    request[field] = text.into();
    set_it(wire, set, &request).await
}

async fn offer(wire: &Wire, Commands { lang, commands, in_groups }: &Commands) -> Result<(), Trouble> {
    #[derive(PartialEq, Deserialize, Serialize)]
    struct Listed {
        command: String,
        description: String,
    }

    let mut request = json!({});
    if let Some(lang) = lang {
        request["language_code"] = lang.as_str().into();
    }
    if *in_groups {
        request["scope"] = json!(BotCommandScope::AllGroupChats);
    }
    let wanted: Vec<Listed> = commands
        .iter()
        .map(|command| Listed { command: command.name.clone(), description: command.does.clone() })
        .collect();
    let listed: Vec<Listed> = read(wire, "getMyCommands", &request).await?;
    if listed == wanted {
        return Ok(());
    }
    request["commands"] = json!(wanted);
    set_it(wire, "setMyCommands", &request).await
}

/// The button beside the input field lists the commands.
async fn offer_button(wire: &Wire) -> Result<(), Trouble> {
    let button: Value = read(wire, "getChatMenuButton", &json!({})).await?;
    if button["type"] == "commands" {
        return Ok(());
    }
    set_it(wire, "setChatMenuButton", &json!({ "menu_button": { "type": "commands" } })).await
}

async fn read<R: DeserializeOwned>(wire: &Wire, method: &str, request: &Value) -> Result<R, Trouble> {
    wire.say(method, request).await
}

async fn set_it(wire: &Wire, method: &str, request: &Value) -> Result<(), Trouble> {
    wire.say::<Yes>(method, request).await.map(drop)
}

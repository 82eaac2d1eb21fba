//! The commands that a messenger can offer beside its input field, in the words of each language.

use super::Commands;
use crate::conversation::{Command, GroupCommand};
use crate::locale::{Locales, Msg};
use crate::msg;

/// What each command does. `back` is not among them: every page that it works on shows it as a button.
fn all() -> [(Command, Msg); 5] {
    [
        (Command::Start, msg!("about-command-start")),
        (Command::Menu, msg!("about-command-menu")),
        (Command::Help, msg!("about-command-help")),
        (Command::Language, msg!("about-command-language")),
        (Command::Cancel, msg!("about-command-cancel")),
    ]
}

/// The commands in every language, and in the default one for everybody else.
pub fn offered(locales: &Locales) -> Vec<Commands> {
    let in_language = |code: &str, lang: Option<String>| {
        let commands = all().into_iter().map(|(command, does)| super::Command {
            name: command.name().to_owned(),
            does: locales.plain(code, &does),
        });
        Commands { lang, commands: commands.collect(), in_groups: false }
    };
    in_all(locales, in_language)
}

/// The same in groups, where a bot has commands of its own; none if it has not.
pub fn offered_in_groups(locales: &Locales, own: &[GroupCommand]) -> Vec<Commands> {
    if own.is_empty() {
        return Vec::new();
    }
    in_all(locales, |code, lang| {
        let commands = own.iter().map(|command| super::Command {
            name: command.name.to_owned(),
            does: locales.plain(code, &(command.about)()),
        });
        Commands { lang, commands: commands.collect(), in_groups: true }
    })
}

/// Something in every language, and in the default one for everybody else.
pub(super) fn in_all<T>(locales: &Locales, in_language: impl Fn(&str, Option<String>) -> T) -> Vec<T> {
    let default = in_language(locales.default_language(), None);
    // Telegram knows languages by two letters.
    let codes = locales.languages().iter().map(|language| language.code.as_str()).filter(|code| code.len() == 2);
    std::iter::once(default).chain(codes.map(|code| in_language(code, Some(code.to_owned())))).collect()
}

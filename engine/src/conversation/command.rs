use std::collections::{HashMap, HashSet};

use super::numbers::{as_number, fold};
use crate::locale::{Locales, Msg};

/// A word that works everywhere, also in the middle of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Begins, with the words that follow it.
    Start,
    /// Leads to the main menu.
    Menu,
    /// Leads to where it is told how everything works.
    Help,
    /// Leads to where a language is chosen.
    Language,
    /// Leads to the place or the question before.
    Back,
    /// Leaves what was begun.
    Cancel,
}

impl Command {
    /// All of them.
    pub const ALL: [Command; 6] =
        [Command::Start, Command::Menu, Command::Help, Command::Language, Command::Back, Command::Cancel];

    /// The command's name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Command::Start => "start",
            Command::Menu => "menu",
            Command::Help => "help",
            Command::Language => "language",
            Command::Back => "back",
            Command::Cancel => "cancel",
        }
    }

    /// The key of its word in a language.
    fn word(self) -> Msg {
        match self {
            Command::Start => crate::msg!("command-start"),
            Command::Menu => crate::msg!("command-menu"),
            Command::Help => crate::msg!("command-help"),
            Command::Language => crate::msg!("command-language"),
            Command::Back => crate::msg!("command-back"),
            Command::Cancel => crate::msg!("command-cancel"),
        }
    }
}

/// What is said before a code that links an account, in any language.
pub const LINK: &str = "link";

/// What a text means as a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spoken<'a> {
    /// A command, and the word after it.
    Known(Command, Option<&'a str>),
    /// It begins as a command does, but there is none of that name.
    Unknown,
    /// Not a command.
    No,
}

/// The words of the commands in all languages at once: whoever knows the English word may use it.
#[derive(Debug)]
pub struct Commands {
    words: HashMap<String, Command>,
    /// What says that something is not right.
    no: HashSet<String>,
    /// What says that it is so.
    yes: HashSet<String>,
    /// What the words behind it say nothing without.
    not: HashSet<String>,
    /// What is said before a code that links an account.
    link: HashSet<String>,
}

impl Commands {
    /// As all languages of these call them.
    pub fn new(locales: &Locales) -> Commands {
        let mut words = HashMap::new();
        let said = |msg: &Msg| -> HashSet<String> {
            let said = locales.languages().iter().map(|language| locales.plain(&language.code, msg));
            said.flat_map(|words| words.split(',').map(fold).collect::<Vec<_>>()).collect()
        };
        let (no, not) = (said(&crate::msg!("answer-no")), said(&crate::msg!("answer-not")));
        let yes = said(&crate::msg!("answer-yes"));
        let mut link = said(&crate::msg!("command-link"));
        link.insert(LINK.to_owned());
        for command in Command::ALL {
            words.insert(command.name().to_owned(), command);
            for language in locales.languages() {
                words.insert(fold(&locales.plain(&language.code, &command.word())), command);
            }
        }
        Commands { words, no, yes, not, link }
    }

    /// Whether a code, or an invite, may follow this word.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.words.get(&fold(word)) == Some(&Command::Start)
    }

    /// Whether a code for linking an account follows this word.
    pub(super) fn links(&self, word: &str) -> bool {
        self.link.contains(&fold(word))
    }

    /// Whether these words say something else than a label in whose middle they stand: `received` is not `Not received`, and
    /// whoever says `promise` once more has not said `Yes, I promise`. A number turns nothing: `1` is no part of €100.
    pub(super) fn turns(&self, label: &str, words: &str) -> bool {
        if as_number(words).is_some() {
            return false;
        }
        let (label, words) = (label.to_lowercase(), fold(words));
        // `not` alone is no choice, as `no` is of "No, leave it".
        let first = label.trim_start_matches(|c: char| !c.is_alphanumeric());
        if self.not.contains(&words) && first.strip_prefix(&words).is_some_and(|rest| rest.starts_with(' ')) {
            return true;
        }
        // Behind a "No," stands what is left as it is: `leave it` means it as well.
        let said =
            first.split_once(',').filter(|(answer, _)| self.is_no(answer)).map_or(label.as_str(), |(_, rest)| rest);
        let label = fold(said);
        if label.starts_with(&words) {
            return false;
        }
        let left_out: Vec<&str> = match label.find(&format!(" {words}")) {
            Some(at) => label[..at].split(' ').collect(),
            // They stand apart.
            None => label.split(' ').filter(|word| !words.split(' ').any(|said| said == *word)).collect(),
        };
        left_out.into_iter().any(|word| self.not.contains(word))
    }

    /// Whether it says "no", and nothing else.
    pub(super) fn is_no(&self, text: &str) -> bool {
        self.no.contains(&fold(text))
    }

    /// Whether it says "yes", and nothing else.
    pub(super) fn is_yes(&self, text: &str) -> bool {
        self.yes.contains(&fold(text))
    }

    /// Whether a choice begins with an answer, `Yes, …`, `No, …`, or is one, and these words say the same in others.
    pub(super) fn answers(&self, label: &str, words: &str) -> bool {
        let answer = label.split(',').next().unwrap_or(label);
        (self.is_yes(words) && self.is_yes(answer)) || (self.is_no(words) && self.is_no(answer))
    }

    /// Reads a text as a command: `/menu`, `!menu`, `/start@bot token`; `menu`, if nothing else is said with it; and `start
    /// token`, where two words alone are not what was `asked` for.
    pub(super) fn read<'a>(&self, text: &'a str, asked: bool) -> Spoken<'a> {
        let mut words = text.split_whitespace();
        let (Some(first), second) = (words.next(), words.next()) else {
            return Spoken::No;
        };
        let marked = first.strip_prefix(['/', '!', '／', '！']);
        let name = marked.unwrap_or(first);
        let name = name.split('@').next().unwrap_or(name);
        let command = self.words.get(&fold(name)).copied();
        let may_follow = command == Some(Command::Start) && !asked;
        let says_no_more = words.next().is_none() && (second.is_none() || may_follow);
        match (marked, command) {
            (Some(_), Some(command)) => Spoken::Known(command, second),
            (Some(name), None) if name.starts_with(char::is_alphabetic) => Spoken::Unknown,
            (None, Some(command)) if says_no_more => Spoken::Known(command, second),
            _ => Spoken::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands() -> Commands {
        let words =
            [("start", Command::Start), ("menu", Command::Menu), ("меню", Command::Menu), ("отмена", Command::Cancel)];
        let words = words.iter().map(|(word, command)| (fold(word), *command)).collect();
        let own = |words: [&str; 2]| words.map(str::to_owned).into();
        let not = HashSet::from(["not", "не", "no", "нет", "yes", "да"].map(str::to_owned));
        Commands { words, no: own(["no", "нет"]), yes: own(["yes", "да"]), not, link: HashSet::new() }
    }

    #[test]
    fn who_says_received_does_not_mean_not_received() {
        for (label, words, turns) in [
            ("✖️ Not received", "received", true),
            ("✖️ Не получено", "получ", true),
            ("✖️ Not received", "not received", false),
            ("✖️ Not received", "not", true),
            ("✖️ Не получено", "не", true),
            ("Not, as it seems", "not", false),
            ("🤝→👍 Отметить: исполнено", "исполнено", false),
            ("👍 Confirm", "confirm", false),
            ("🤝 Not €100", "1", false),
            ("🤝 Не 200 €", "2.", false),
            ("No, keep it", "keep", false),
            ("Нет, оставить как есть", "оставить", false),
            ("No, not received", "received", true),
            ("Help has not come", "help come", true),
            ("✏️ Change the monthly sum", "change sum", false),
            ("🤝 Yes, I promise", "promise", true),
        ] {
            assert_eq!(commands().turns(label, words), turns, "{label} {words}");
        }
    }

    #[test]
    fn commands_are_read_with_and_without_a_mark_in_every_language() {
        use Command::*;
        use Spoken::*;
        for (text, asked, spoken) in [
            ("/start", true, Known(Start, None)),
            ("/start abc", true, Known(Start, Some("abc"))),
            ("/start@some_bot abc", true, Known(Start, Some("abc"))),
            ("!menu", true, Known(Menu, None)),
            ("！menu", true, Known(Menu, None)),
            ("Menu!", false, Known(Menu, None)),
            ("  МЕНЮ ", false, Known(Menu, None)),
            ("start abc", false, Known(Start, Some("abc"))),
            ("menu", true, Known(Menu, None)),
            ("start abc", true, No),
            ("menu please", false, No),
            ("отмена", true, Known(Cancel, None)),
            ("/nonsense", false, Unknown),
            ("/ 5", false, No),
            ("", false, No),
            ("   ", false, No),
            ("@menu", false, No),
            ("and send there: start abc", false, No),
        ] {
            assert_eq!(commands().read(text, asked), spoken, "{text:?}");
        }
    }
}

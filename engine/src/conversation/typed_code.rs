//! Codes for linking an account, found in what people write.

use super::Commands;
use super::chance::as_code;

/// So many words of one text that could be a code are looked at.
const MOST: usize = 3;

/// What of a text may be a code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Words of the form of a code, as they were drawn.
    pub codes: Vec<String>,
    /// Whoever wrote it means a code and nothing else, so they are told when there is none.
    pub is_meant: bool,
}

impl Typed {
    /// What a text says. Of somebody who is not known yet a code counts wherever it stands: in a link, in quotes, in a
    /// sentence. Whoever is known has to say `start` or `link` right before it, or nothing else where nothing else is asked.
    pub fn of(commands: &Commands, text: &str, is_known: bool, is_asked: bool) -> Typed {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let words = text.split(|c| !is_part(c)).map(|word| word.trim_matches(['-', '_']));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let mut typed = Typed::default();
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            let (begins, links) =
                (before.is_some_and(|word| commands.begins(word)), before.is_some_and(|word| commands.links(word)));
            let is_alone = words.len() == 1 && !is_asked;
            let code = as_code(word);
            let is_mistyped = links && words.len() == 2 && word.contains(|sign: char| sign.is_ascii_digit());
            let is_meant = ((begins || links || is_alone) && code.is_some()) || is_mistyped;
            typed.is_meant |= is_meant;
            typed.codes.extend(code.filter(|_| is_meant || !is_known));
            if typed.codes.len() == MOST {
                break;
            }
        }
        typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Format, Locales};

    #[test]
    fn a_code_is_found_where_it_is_meant() {
        let words = [("en", "language-name = English"), ("ru", "language-name = Русский")];
        let commands = Commands::new(&Locales::from_texts(&words, Format::default()).expect("words"));
        let read = |text, is_known, is_asked| {
            let Typed { codes, is_meant } = Typed::of(&commands, text, is_known, is_asked);
            (codes.join(" "), is_meant)
        };
        let code = || "K7Q2MZA4".to_owned();
        for text in [
            "link K7Q2MZA4",
            "/start K7Q2MZA4",
            "Связать: «k7q2mza4»!",
            "https://t.me/exobot?start=K7Q2MZA4",
            "please link _K7Q2MZA4_",
        ] {
            assert_eq!(read(text, true, true), (code(), true), "{text}");
            assert_eq!(read(text, false, false), (code(), true), "{text}");
        }
        for text in ["my code is K7Q2MZA4", "(K7Q2MZA4) they said"] {
            assert_eq!(read(text, true, false), (String::new(), false), "{text}");
            assert_eq!(read(text, false, false), (code(), false), "{text}");
        }
        // Alone it may be an answer.
        assert_eq!(read(" K7Q2MZA4 ", true, false), (code(), true));
        assert_eq!(read("K7Q2MZA4", true, true), (String::new(), false));
        // Whoever says `link` and something with a digit means a code, however it was mistyped.
        assert_eq!(read("link K7Q2MZ", true, false), (String::new(), true));
        assert_eq!(read("start K7Q2MZ", true, false), (String::new(), false));
        assert_eq!(read("link another", true, false), (String::new(), false));
        assert_eq!(read("invite-K7Q2MZA4_x", false, false), (String::new(), false));
        assert_eq!(Typed::of(&commands, &"K7Q2MZA4 ".repeat(99), false, false).codes.len(), MOST);
    }
}

use super::numbers::{as_number, fold};
use super::{Choice, Weight};
use crate::locale::Msg;
use crate::msg;

/// What was typed last, so that the same once more, a doubled message, never does two deeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// As it is compared; nothing after a press.
    words: String,
    /// It has done something, this time or when it was said before.
    did: bool,
    /// This time.
    lately: bool,
}

/// What is longer is no choice.
const LONGEST: usize = 100;

impl Said {
    /// These words, after what was said before: a deed is not forgotten by saying the same again.
    pub fn after(before: &Said, words: &str, did: bool) -> Said {
        let same = before.repeats(words);
        Said { words: compared(words), did: did || (same && before.did), lately: did }
    }

    /// Something was done by it.
    pub fn done() -> Said {
        Said { did: true, lately: true, ..Said::default() }
    }

    pub fn did(&self) -> bool {
        self.did
    }

    /// Reads it as it was stored.
    pub fn parse(text: &str) -> Said {
        let (words, did, lately) = match (text.strip_prefix("!!"), text.strip_prefix('!')) {
            (Some(words), _) => (words, true, false),
            (None, Some(words)) => (words, true, true),
            (None, None) => (text, false, false),
        };
        Said { words: words.to_owned(), did, lately }
    }

    pub fn encode(&self) -> String {
        let mark = match (self.did, self.lately) {
            (true, true) => "!",
            (true, false) => "!!",
            (false, _) => "",
        };
        format!("{mark}{}", self.words)
    }

    /// The same once more.
    pub fn repeats(&self, words: &str) -> bool {
        !self.words.is_empty() && self.words == compared(words)
    }

    /// The same words may not do this now: they have done something already, or it can't be undone.
    pub fn bars_again(&self, words: &str, weight: Weight) -> bool {
        self.repeats(words) && self.is_too_much(weight)
    }

    fn is_too_much(&self, weight: Weight) -> bool {
        match weight {
            Weight::Light => false,
            Weight::Plain => self.did,
            Weight::Grave => true,
        }
    }

    /// What is said when these words come once more: whether they have done something, or have only led to the question
    /// that is open.
    pub fn once_more(&self) -> Msg {
        if self.lately { msg!("page-twice") } else { msg!("page-twice-asked") }
    }

    /// This number may not stand before that choice.
    pub fn bars(&self, number: u32, choice: &Choice) -> bool {
        as_number(&self.words) == Some(number.into()) && self.is_too_much(choice.weight())
    }
}

/// Numbers as numbers, words as words are.
fn compared(words: &str) -> String {
    match as_number(words) {
        Some(number) => number.to_string(),
        None => fold(words).chars().take(LONGEST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msg;

    #[test]
    fn the_same_answer_twice_does_one_deed() {
        let (deed, grave) = (Choice::deed(msg!("ask-yes"), "x"), Choice::grave(msg!("ask-yes"), "x"));
        let setting = Choice::light(msg!("ask-yes"), "x");
        let none = Said::default();
        let (led, did) = (Said::after(&none, "1", false), Said::after(&none, "1", true));
        for (said, number, choice, bars) in [
            (&none, 1, &grave, false),
            (&led, 1, &grave, true),
            (&led, 2, &grave, false),
            (&led, 1, &deed, false),
            (&did, 1, &deed, true),
            (&did, 2, &deed, false),
            (&did, 1, &setting, false),
        ] {
            assert_eq!(said.bars(number, choice), bars, "{said:?} {number} {choice:?}");
        }
        assert!(did.bars_again("1.", Weight::Plain) && did.bars_again("١", Weight::Plain));
        assert!(!did.bars_again("2", Weight::Grave) && !did.bars_again("1", Weight::Light));
        assert!(Said::after(&did, "1", false).bars(1, &deed), "a third time");
        assert!(!Said::after(&did, "2", false).bars(1, &deed));
        let led_on = Said::after(&did, "1", false);
        assert_eq!((did.once_more().key, led_on.once_more().key), ("page-twice".into(), "page-twice-asked".into()));
        for said in [none, led, led_on, did, Said::after(&Said::default(), "Yes, I promise!", true)] {
            assert_eq!(Said::parse(&said.encode()), said);
        }
    }
}

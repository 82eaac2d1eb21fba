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
    /// It came once more since, and was taken for doubled.
    doubled: bool,
}

/// What stands before the words as they are stored: neither a letter nor a digit, which is all that those begin with.
const DID: &str = "!";
const DID_BEFORE: &str = "!!";
const DOUBLED: &str = "=";

/// What is longer is no choice.
const LONGEST: usize = 100;

impl Said {
    /// These words, after what was said before: a deed is not forgotten by saying the same again.
    pub fn after(before: &Said, words: &str, did: bool) -> Said {
        let same = before.repeats(words);
        Said { words: compared(words), did: did || (same && before.did), lately: did, doubled: false }
    }

    /// The same, after it came once more and nothing was made of that: what it did last, it still has.
    pub fn doubled(self) -> Said {
        Said { doubled: true, ..self }
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
        let (words, did, lately) = match (text.strip_prefix(DID_BEFORE), text.strip_prefix(DID)) {
            (Some(words), _) => (words, true, false),
            (None, Some(words)) => (words, true, true),
            (None, None) => (text, false, false),
        };
        let doubled = words.strip_prefix(DOUBLED);
        Said { words: doubled.unwrap_or(words).to_owned(), did, lately, doubled: doubled.is_some() }
    }

    pub fn encode(&self) -> String {
        let did = match (self.did, self.lately) {
            (true, true) => DID,
            (true, false) => DID_BEFORE,
            (false, _) => "",
        };
        let doubled = if self.doubled { DOUBLED } else { "" };
        format!("{did}{doubled}{}", self.words)
    }

    /// The same once more.
    pub fn repeats(&self, words: &str) -> bool {
        !self.words.is_empty() && self.words == compared(words)
    }

    /// These words were said with more behind them, a name or a number, and that has done something: `confirm`, right after
    /// `confirm Boris`.
    pub fn began_with(&self, words: &str) -> bool {
        let words = compared(words);
        let rest = self.words.strip_prefix(&words).filter(|_| !words.is_empty() && self.lately && !self.doubled);
        rest.is_some_and(|rest| rest.starts_with(' '))
    }

    /// The same words may not do this now: they have done something already, or it can't be undone.
    pub fn bars_again(&self, words: &str, weight: Weight) -> bool {
        self.repeats(words) && self.is_too_much(weight)
    }

    /// The same words right after they have done something, and for the second time: a doubled message, wherever it would
    /// lead to.
    pub fn is_doubled_by(&self, words: &str) -> bool {
        self.repeats(words) && self.lately && !self.doubled
    }

    /// The same words may not be an answer now: they have only just led to the question. Said a third time they are one.
    pub fn bars_answer(&self, words: &str) -> bool {
        self.repeats(words) && !self.doubled
    }

    /// As they were said, as far as it matters.
    pub fn words(&self) -> &str {
        &self.words
    }

    fn is_too_much(&self, weight: Weight) -> bool {
        match weight {
            Weight::Light => false,
            // Words do not count as having done it.
            Weight::Switch | Weight::Plain => self.did,
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
            let doubled = said.doubled();
            assert_eq!(Said::parse(&doubled.encode()), doubled);
        }
    }

    #[test]
    fn what_came_twice_right_after_a_deed_leads_nowhere_and_the_third_time_it_does() {
        let did = Said::after(&Said::default(), "2", true);
        assert!(did.is_doubled_by("2.") && !did.is_doubled_by("3"));
        let doubled = did.clone().doubled();
        assert!(!doubled.is_doubled_by("2") && doubled.bars_again("2", Weight::Plain));
        assert_eq!(doubled.once_more().key, "page-twice", "it was done, however often it comes");
        assert!(!Said::after(&did, "2", false).is_doubled_by("2"), "it has led on");
        let named = Said::after(&Said::default(), "Confirm Boris", true);
        assert!(named.began_with("confirm") && !named.began_with("confirm boris") && !named.began_with("con"));
        assert!(!Said::after(&Said::default(), "confirm Boris", false).began_with("confirm") && !named.began_with(""));
        let led = Said::after(&Said::default(), "1", false);
        assert!(led.bars_answer("№ 1") && !led.bars_answer("10") && !led.doubled().bars_answer("1"));
    }
}

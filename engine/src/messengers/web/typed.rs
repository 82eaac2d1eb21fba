//! What somebody wrote last stands in the field again when the same question comes back: then it was not understood, and is easier
//! put right than written once more; or they were signed out meanwhile, and have signed in again. It is remembered here and
//! nowhere else, until they go on.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::locale::Text;

/// Of so many tabs it is remembered.
const MOST: usize = 1000;

/// Where something was written: by whom, and in which tab of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    address: String,
    tab: String,
}

impl Place {
    pub fn new(address: &str, tab: &str) -> Place {
        Place { address: address.to_owned(), tab: tab.to_owned() }
    }
}

/// What was written last, and to which question.
#[derive(Debug)]
struct Written {
    at: Place,
    question: String,
    text: String,
    /// It was not even taken: they were signed out by then.
    is_lost: bool,
}

/// What was written last in each place.
#[derive(Debug, Default)]
pub(super) struct Typed(Mutex<VecDeque<Written>>);

impl Typed {
    /// They have done something else there.
    pub fn goes_on(&self, at: &Place) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|written| written.at != *at);
    }

    /// They have written this to a question.
    pub fn writes(&self, at: Place, question: &str, text: &str) {
        self.keep(at, question, text, false);
    }

    /// The same, where nothing has come of it: they were signed out by then.
    pub fn loses(&self, at: Place, question: &str, text: &str) {
        self.keep(at, question, text, true);
    }

    fn keep(&self, at: Place, question: &str, text: &str, is_lost: bool) {
        self.goes_on(&at);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_back(Written { at, question: question.to_owned(), text: text.to_owned(), is_lost });
        if all.len() > MOST {
            all.pop_front();
        }
    }

    /// What they have written to this question, if it was the last thing that they did there.
    pub fn to(&self, at: &Place, question: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|written| written.at == *at && written.question == question).map(|written| written.text.clone())
    }

    /// The tab in which they have written last what was not taken.
    pub fn last_tab(&self, address: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter()
            .rev()
            .find(|written| written.is_lost && written.at.address == address)
            .map(|written| written.at.tab.clone())
    }
}

/// By what a question is known again: its last paragraph, whatever is said above it.
pub(super) fn question(text: &Text) -> String {
    text.plain().rsplit("\n\n").next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_there_again_while_the_same_is_asked_and_nothing_else_was_done() {
        let typed = Typed::default();
        let (first, again) = (question(&"How much?".into()), question(&"That is no sum.\n\nHow much?".into()));
        let anna = Place::new("anna", "one");
        typed.writes(anna.clone(), &first, "five");
        assert_eq!(typed.to(&anna, &again).as_deref(), Some("five"));
        assert_eq!(typed.to(&Place::new("boris", "one"), &again), None);
        assert_eq!(typed.to(&Place::new("anna", "two"), &again), None);
        assert_eq!(typed.to(&anna, "Until when?"), None);
        assert_eq!(typed.last_tab("anna"), None);
        typed.loses(anna.clone(), &first, "six");
        assert_eq!(typed.to(&anna, &again).as_deref(), Some("six"));
        assert_eq!((typed.last_tab("anna").as_deref(), typed.last_tab("boris")), (Some("one"), None));
        typed.goes_on(&anna);
        assert_eq!(typed.to(&anna, &again), None);
    }
}

//! What somebody wrote last stands in the field again when the same question comes back: then it was not understood, and is easier
//! put right than written once more. It is remembered here and nowhere else, until they go on.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::locale::Text;

/// Of so many people it is remembered.
const MOST: usize = 1000;

/// What was written last, and to which question, by the address of who wrote it.
#[derive(Debug, Default)]
pub(super) struct Typed(Mutex<VecDeque<(String, String, String)>>);

impl Typed {
    /// They have done something else.
    pub fn goes_on(&self, address: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(whose, _, _)| whose != address);
    }

    /// They have written this to a question.
    pub fn writes(&self, address: &str, question: &str, text: &str) {
        self.goes_on(address);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_back((address.to_owned(), question.to_owned(), text.to_owned()));
        if all.len() > MOST {
            all.pop_front();
        }
    }

    /// What they have written to this question, if it was the last thing that they did.
    pub fn to(&self, address: &str, question: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(whose, asked, _)| whose == address && asked == question).map(|(_, _, text)| text.clone())
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
        typed.writes("anna", &first, "five");
        assert_eq!(typed.to("anna", &again).as_deref(), Some("five"));
        assert_eq!(typed.to("boris", &again), None);
        assert_eq!(typed.to("anna", "Until when?"), None);
        typed.goes_on("anna");
        assert_eq!(typed.to("anna", &again), None);
    }
}

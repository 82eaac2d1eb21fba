use std::collections::{HashMap, HashSet};

use crate::conversation::Letter;

/// What the people at this terminal have before them.
#[derive(Debug, Default)]
pub(super) struct Chats {
    /// The ids of all letters shown.
    shown: HashSet<String>,
    /// In which message each of them was shown a notice, by its number.
    notices: HashMap<(String, i64), String>,
}

impl Chats {
    /// Takes a letter to be shown; false if it was shown before.
    pub fn show(&mut self, letter: Letter<'_>) -> bool {
        let is_new = self.shown.insert(letter.id.to_owned());
        if let Some(notice) = letter.page.notice {
            self.notices.insert((letter.to.to_owned(), notice), letter.id.to_owned());
        }
        is_new
    }

    /// The message in which somebody was shown this notice.
    pub fn message(&self, who: &str, notice: i64) -> Option<String> {
        self.notices.get(&(who.to_owned(), notice)).cloned()
    }
}

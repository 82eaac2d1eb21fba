use std::collections::{HashMap, HashSet};

use super::Offer;
use crate::conversation::{Letter, Press};

/// What the people at this terminal have before them.
#[derive(Debug, Default)]
pub(super) struct Chats {
    /// The ids of all letters shown.
    shown: HashSet<String>,
    /// In which message each of them was shown a notice, by the number that its choices carry.
    notices: HashMap<(String, i64), String>,
}

impl Chats {
    /// Takes a letter to be shown; false if it was shown before.
    pub fn show(&mut self, letter: Letter<'_>) -> bool {
        let is_new = self.shown.insert(letter.id.to_owned());
        if let Some(notice) = Offer::all(letter.page).iter().find_map(notice) {
            self.notices.insert((letter.to.to_owned(), notice), letter.id.to_owned());
        }
        is_new
    }

    /// The message in which somebody was shown this notice.
    pub fn message(&self, who: &str, notice: i64) -> Option<String> {
        self.notices.get(&(who.to_owned(), notice)).cloned()
    }
}

fn notice(offer: &Offer) -> Option<i64> {
    match Press::decode(&offer.press) {
        Some(Press::Notice { id, .. } | Press::NoticeLink { id, .. }) => Some(id),
        _ => None,
    }
}

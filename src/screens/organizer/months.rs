//! What the lists that reach back over months say of each month, and what is said about the help on a page.

use crate::notices::SpaceLeft;
use crate::store::commitment::{Listed, OfMonth};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// How much room the notes of a page may take, in UTF-16 units.
const NOTES: usize = 2_000;

/// "November 2026: 3 · €150", the latest first.
pub(super) fn lines(months: &[OfMonth]) -> Vec<Msg> {
    let line =
        |of: &OfMonth| msg!("list-month", month = Msg::month(of.month.first_day()), count = of.count, sum = of.sum);
    months.iter().map(line).collect()
}

/// The records of a page with a note, and their notes, as far as there is room. `labels` is what they are called.
pub(super) fn notes(listed: &[Listed], labels: &[Msg]) -> Vec<Msg> {
    let mut space = SpaceLeft::of(NOTES);
    let noted = listed.iter().zip(labels).filter_map(|(one, label)| Some((one, label, one.note.as_ref()?)));
    let fitting = noted.filter(|(one, _, note)| space.takes_words(note.as_str()) && space.takes_words(&one.name));
    fitting.map(|(_, label, note)| msg!("list-noted", one = label.clone(), note = note.as_str())).collect()
}

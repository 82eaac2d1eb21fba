//! Clearing: who allows it, the run of a month, and what a member and everybody see of it.
//!
//! A run reads, computes and notes its lines in short transactions, which hold nobody up and count for nothing. Then one row is
//! changed: it is decided, unless somebody has changed something meanwhile. From that commit on all of it counts, and it is
//! carried out line by line: by the calendar, or for whoever comes before it, at the beginning of their turn. So nobody sees or
//! does anything between the one and the other.

mod consent;
mod run;
mod seen;
mod told;

pub use consent::{Directly, allow, directly, keep_directly, let_set_off, refuse};
pub use run::{
    Read, begin, carry_out_for, carry_out_next, decide, end, is_cleared, note_lines, note_totals, read_next,
};
pub use seen::{Around, Last, PartSetOff, Trial, Trials, around, concerned, lines, parts_of, trial, try_out};
pub use told::{leave_out, note_none, note_told, reached, tell_anew, tell_no_more, telling};

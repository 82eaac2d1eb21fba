//! Initiatives: common projects that members vote for with intentions. Section 12 of docs/rules.md.

use std::ops::RangeInclusive;

use chrono::{DateTime, Days, NaiveDate, Utc};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{LineFault, clean_line};
use url::Url;

use super::about_me::link_of;
use super::collection::{Collection, Totals, Update, check_owner};
use super::event::Event;
use super::refusal::Refusal;
use super::{MemberId, Money, local_date, paragraphs};

/// How many days an initiative may collect votes.
pub const DAYS: RangeInclusive<u32> = 1..=180;

/// So many days its voters have to promise, from the day on which its sum was reached.
pub const PROMISE_DAYS: u64 = 7;

/// So many initiatives one member may have open at a time.
pub const MOST_OPEN: usize = 5;

/// What an initiative is called: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 100;

    /// The title that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<Title, LineFault> {
        clean_line(typed, Title::LONGEST).map(Title)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What an initiative is for, or what its initiator tells its voters: a few paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// How long they may be, in characters.
    pub const LONGEST: usize = 1_000;

    /// The words that somebody has typed.
    ///
    /// # Errors
    /// They can't be any.
    pub fn read(typed: &str) -> Result<Words, LineFault> {
        paragraphs::clean(typed, Words::LONGEST).map(Words)
    }

    /// As they are shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first link in words that were read once, and kept.
    pub fn link_in(words: &str) -> Option<Url> {
        link_of(words)
    }
}

/// How far an initiative has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It collects votes.
    Voting,
    /// Its sum was reached, and its voters have until this day to promise.
    Promising(NaiveDate),
    /// It has ended.
    Over,
}

/// How far it has come.
pub fn stage(initiative: &Collection, zone: &Zone) -> Stage {
    match initiative.reached_at {
        _ if !initiative.is_open() => Stage::Over,
        None => Stage::Voting,
        Some(at) => Stage::Promising(promise_by(at, zone)),
    }
}

/// The last day on which voters of an initiative that was reached then can promise.
pub fn promise_by(reached_at: DateTime<Utc>, zone: &Zone) -> NaiveDate {
    local_date(reached_at, zone) + Days::new(PROMISE_DAYS)
}

/// What was voted for it, whatever became of it since.
pub fn voted(totals: &Totals) -> Money {
    totals.bound().saturating_add(totals.intentions)
}

/// An open initiative has the votes that it needs, and nobody was asked to promise yet.
pub fn is_reached(initiative: &Collection, totals: &Totals) -> bool {
    initiative.is_open() && initiative.reached_at.is_none() && voted(totals) >= initiative.target
}

/// Lets the initiator lower the sum.
///
/// Refused: anyone else, one that has ended, or whose sum was reached, a sum that is not positive, or not lower.
pub fn lower(initiative: &Collection, who: MemberId, target: Money) -> Result<Update, Refusal> {
    check_voting(initiative, who)?;
    if !target.is_positive() {
        return Err(Refusal::NotPositive);
    }
    if target >= initiative.target {
        return Err(Refusal::NotLower);
    }
    let event = Event::InitiativeLowered {
        collection: initiative.id,
        owner: initiative.owner,
        from: initiative.target,
        to: target,
    };
    Ok(Update { collection: Collection { target, ..initiative.clone() }, event })
}

/// Lets the initiator move its date to a later one, once; `days` from today.
///
/// Refused: anyone else, one that has ended, or whose sum was reached, a second time, other days, a day that is not later.
pub fn prolong(
    initiative: &Collection,
    prolonged: bool,
    who: MemberId,
    today: NaiveDate,
    days: u32,
) -> Result<Update, Refusal> {
    check_voting(initiative, who)?;
    if prolonged {
        return Err(Refusal::Prolonged);
    }
    if !DAYS.contains(&days) {
        return Err(Refusal::Days);
    }
    let to = today.checked_add_days(Days::new(days.into())).ok_or(Refusal::Days)?;
    if initiative.ends_on.is_some_and(|ends_on| to <= ends_on) {
        return Err(Refusal::NotLater);
    }
    let event = Event::InitiativeProlonged { collection: initiative.id, owner: initiative.owner, to };
    Ok(Update { collection: Collection { ends_on: Some(to), ..initiative.clone() }, event })
}

/// Whether there is a later day, within the longest time that an initiative may take, to which its date can be moved.
#[must_use]
pub fn can_be_prolonged(initiative: &Collection, prolonged: bool, today: NaiveDate) -> bool {
    let last = today.checked_add_days(Days::new((*DAYS.end()).into()));
    !prolonged && initiative.ends_on.zip(last).is_none_or(|(ends_on, last)| ends_on < last)
}

/// Lets only the initiator of one that collects votes pass.
fn check_voting(initiative: &Collection, who: MemberId) -> Result<(), Refusal> {
    check_owner(initiative, who)?;
    if initiative.reached_at.is_some() { Err(Refusal::ReachedAlready) } else { Ok(()) }
}

#[cfg(test)]
#[path = "initiative_tests.rs"]
mod tests;

//! What somebody is to be told: queued in the transaction in which it happened, sent afterwards by the outbox.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{Fault, Moment};
use crate::id::PersonId;
use crate::store;
use crate::store::outbox::{ASKS, TELLS, TO_ALL};

/// How many digits the number of a notice has, if its reader has few of them; and at most.
const DIGITS: std::ops::RangeInclusive<u32> = 3..=9;

/// One notice to one person, as a bot queues it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// The id of the person who is told.
    pub to: PersonId,
    /// One of those that the bot [tells](super::Bot::tells).
    pub kind: String,
    /// What it speaks of, in the bot's own writing; may be empty. Better an id than a name: what is erased later is not to
    /// be kept here.
    pub facts: String,
    /// What it is about, in the bot's own writing: of several about the same, the newest is what somebody means who answers
    /// in words.
    pub about: Option<String>,
    /// The record that it tells of, by which the bot finds what has not gone out yet.
    pub record: Option<String>,
    /// How soon it has to be there.
    pub urgency: Urgency,
    /// Not before this time; none: at once.
    pub due_at: Option<DateTime<Utc>>,
    /// Nobody has done anything just now, so it comes by day, where its reader lives.
    pub by_day: bool,
}

/// How urgent a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody waits for the reader's answer.
    Asks,
    /// It is for the reader to know.
    #[default]
    Tells,
    /// The same goes to very many, and is in nobody's way.
    ToAll,
}

impl Urgency {
    /// Its place among what waits to be sent; smaller goes first.
    pub(super) const fn priority(self) -> i16 {
        match self {
            Urgency::Asks => ASKS,
            Urgency::Tells => TELLS,
            Urgency::ToAll => TO_ALL,
        }
    }
}

impl Tell {
    /// A notice of this kind, of nothing in particular.
    pub fn new(to: PersonId, kind: impl Into<String>) -> Tell {
        Tell {
            to,
            kind: kind.into(),
            facts: String::new(),
            about: None,
            record: None,
            urgency: Urgency::default(),
            due_at: None,
            by_day: false,
        }
    }

    /// The same, which speaks of this.
    #[must_use]
    pub fn of(self, facts: impl Into<String>) -> Tell {
        Tell { facts: facts.into(), ..self }
    }

    /// The same, which asks for an answer.
    #[must_use]
    pub fn asking(self) -> Tell {
        Tell { urgency: Urgency::Asks, ..self }
    }

    /// The same, not before this time.
    #[must_use]
    pub fn at(self, time: DateTime<Utc>) -> Tell {
        Tell { due_at: Some(time), ..self }
    }
}

impl Moment<'_> {
    /// Queues these, each for its reader: a few statements, however many they are.
    ///
    /// # Errors
    /// [`Fault::Raced`] when another turn has given the same reader a notice in the same moment; the database's own.
    pub async fn tell(&self, notices: impl IntoIterator<Item = Tell>) -> Result<(), Fault> {
        let notices: Vec<Tell> = notices.into_iter().collect();
        let numbers = self.numbers(notices.iter().map(|notice| notice.to)).await?;
        let mut rows = Vec::with_capacity(notices.len());
        for (notice, number) in notices.into_iter().zip(numbers) {
            rows.push(store::outbox::New {
                recipient: notice.to,
                kind: notice.kind,
                facts: notice.facts,
                about: notice.about,
                record: notice.record,
                priority: notice.urgency.priority(),
                due_at: notice.due_at.unwrap_or(self.now),
                by_day: notice.by_day,
                word: self.chance.word()?,
                number,
            });
        }
        match store::outbox::push_many(self.tx, rows, self.now).await {
            // Another turn has drawn the same number for the same reader since `numbers` looked.
            Err(error) if store::is_unique_violation(&error) => Err(Fault::Raced),
            done => Ok(done?),
        }
    }

    /// A number for one more notice of each of these readers, which none of their others has. Whoever has many gets longer
    /// ones: those that are taken are drawn again with one more digit.
    async fn numbers(&self, readers: impl Iterator<Item = PersonId>) -> Result<Vec<i64>, Fault> {
        let mut numbers: Vec<(PersonId, Option<i64>)> = readers.map(|reader| (reader, None)).collect();
        let mut given = HashSet::new();
        for digits in DIGITS {
            let mut drawn = HashSet::new();
            for (reader, number) in numbers.iter_mut().filter(|(_, number)| number.is_none()) {
                let one = (*reader, self.chance.number(digits)?);
                *number = (given.insert(one) && drawn.insert(one)).then_some(one.1);
            }
            let taken = store::outbox::numbers_taken(self.tx, &drawn).await?;
            for (reader, number) in &mut numbers {
                *number = number.filter(|number| !taken.contains(&(*reader, *number)));
            }
            if numbers.iter().all(|(_, number)| number.is_some()) {
                break;
            }
        }
        let all: Option<Vec<i64>> = numbers.into_iter().map(|(_, number)| number).collect();
        all.ok_or_else(|| Fault::Broken("no number is left for a notice".to_owned()))
    }
}

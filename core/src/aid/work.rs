//! The frame of a use case at work: where it says what happened, and how that gets into the journal and to those whom it
//! concerns.

use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;

use super::{Aid, Rules, journal, meanwhile, overtaken};
use crate::domain::{Event, MemberId};
use exodus_engine::conversation::{Fault, Moment};

/// Whoever tells members what happened: the floor above, which knows the notices.
#[async_trait]
pub trait Tells: Send + Sync {
    /// Queues what those concerned are told of these events.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn tell(&self, aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault>;
}

/// What is the same for every use case of a community: its rules, and whoever tells its members.
#[derive(Clone, Copy)]
pub struct Community<'a> {
    pub rules: &'a Rules,
    pub tells: &'a dyn Tells,
}

/// Who has something done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Member(MemberId),
    /// Somebody who is no member yet, and may become one by it.
    Newcomer,
    /// Its time has come.
    Calendar,
}

impl By {
    /// Whose deed it is, in the journal: a newcomer is by then whom it has made of them.
    fn actor(self, events: &[Event]) -> Option<MemberId> {
        match self {
            By::Member(member) => Some(member),
            By::Newcomer => events.iter().find_map(|event| match event {
                Event::Registered { member, .. } => Some(*member),
                _ => None,
            }),
            By::Calendar => None,
        }
    }
}

/// A use case at work: what [`Aid`] knows, and a place to record what happened. Only [`run`](super::unit::run) makes one, so
/// nothing is changed without being written down and told.
pub struct Work<'a> {
    aid: Aid<'a>,
    community: Community<'a>,
    by: By,
    happened: Mutex<Vec<Event>>,
}

impl<'a> Deref for Work<'a> {
    type Target = Aid<'a>;

    fn deref(&self) -> &Aid<'a> {
        &self.aid
    }
}

impl<'a> Work<'a> {
    pub(super) fn begin(at: Moment<'a>, community: Community<'a>, by: By) -> Work<'a> {
        Work { aid: Aid::at(at, community.rules), community, by, happened: Mutex::default() }
    }

    /// A part of this, in a transaction of its own inside: what happens in it is written down and told there.
    pub(super) fn part<'p>(&'p self, tx: &'p DatabaseTransaction) -> Work<'p> {
        Work::begin(Moment { tx, ..self.aid.moment() }, self.community, self.by)
    }

    /// The same moment for what is nobody's deed: it is written down and told when that ends.
    pub(super) fn as_nobody_s(&self) -> Work<'a> {
        Work::begin(self.aid.moment(), self.community, By::Calendar)
    }

    /// Records what happened.
    pub(super) fn happened(&self, event: Event) {
        self.happened.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    /// What happened gets into the journal, and those concerned are told.
    pub(super) async fn end(self) -> Result<(), Fault> {
        let mut events = self.happened.into_inner().unwrap_or_else(PoisonError::into_inner);
        if events.is_empty() {
            return Ok(());
        }
        let actor = self.by.actor(&events);
        if events.iter().any(Event::changes_what_is_owed) {
            meanwhile::meet(&self.aid, actor).await?;
            events.extend(overtaken::end_what_can_not_be(&self.aid, &events, actor).await?);
        }
        journal::note(&self.aid, actor, &events).await?;
        self.community.tells.tell(&self.aid, &events).await
    }
}

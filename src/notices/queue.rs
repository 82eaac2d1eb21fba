//! Each notice to where its reader wants it: into the outbox at once, to what waits for their daily message, or nowhere.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use sea_orm::DbErr;

use super::corrections::corrected;
use super::kind::kind;
use super::{Told, telling};
use crate::aid::Aid;
use crate::aid::calendar::Job;
use crate::conversation::Fault;
use crate::domain::notification::{self, next_daily_message};
use crate::domain::{About, MemberId, Mode};
use crate::store;
use crate::store::outbox::TELLS;

/// How many digits the number of a notice has, if its reader has few of them; and at most.
const DIGITS: std::ops::RangeInclusive<u32> = 3..=9;

/// One notice to one member, ready to be stored.
pub(super) struct Notice {
    pub to: MemberId,
    pub kind: Cow<'static, str>,
    /// JSON.
    pub facts: String,
    pub about: Option<About>,
    /// The record that it tells of, if it is one.
    pub record: Option<String>,
}

impl From<Told> for Notice {
    fn from(told: Told) -> Notice {
        let facts = serde_json::to_string(&told.facts).unwrap_or_default();
        Notice { to: told.to, kind: told.kind.into(), facts, about: told.about, record: None }
    }
}

/// Queues these as their readers want them: at once, or, where they are very many, in steps of the calendar.
pub(super) async fn queue(aid: &Aid<'_>, notices: Vec<Notice>) -> Result<(), Fault> {
    if notices.len() > telling::AT_ONCE {
        return Ok(telling::later(aid, notices).await?);
    }
    if notices.is_empty() {
        return Ok(());
    }
    let mut all = telling::before(aid, &notices).await?;
    all.extend(notices);
    queue_now(aid, all).await
}

/// The same in this transaction, however many they are. What all of them have chosen is asked for once.
pub(super) async fn queue_now(aid: &Aid<'_>, notices: Vec<Notice>) -> Result<(), Fault> {
    let chosen = store::notification::chosen(aid.tx, notices.iter().map(|notice| notice.to)).await?;
    let (mut at_once, mut later) = (Vec::new(), Vec::new());
    for notice in notices {
        // What is in no list of kinds could not be switched off either, and is better told than lost.
        let Some(kind) = kind(&notice.kind) else {
            at_once.push((notice, TELLS));
            continue;
        };
        match notification::mode(chosen.mode(notice.to, kind.category), kind.asks) {
            Mode::On => at_once.push((notice, kind.priority())),
            Mode::Digest => later.push(notice),
            Mode::Off => {}
        }
    }
    let at_once = corrected(aid, at_once).await?;
    push(aid, at_once).await?;
    Ok(gather(aid, later).await?)
}

/// Into the outbox, each with its priority.
pub(super) async fn push(aid: &Aid<'_>, notices: Vec<(Notice, i16)>) -> Result<(), Fault> {
    let numbers = numbers(aid, notices.iter().map(|(notice, _)| notice.to)).await?;
    let mut rows = Vec::with_capacity(notices.len());
    for ((notice, priority), number) in notices.into_iter().zip(numbers) {
        let kind = kind(&notice.kind);
        let is_held = kind.is_some_and(|kind| kind.held);
        rows.push(store::outbox::New {
            recipient: notice.to,
            kind: notice.kind.into_owned(),
            facts: notice.facts,
            about: notice.about.map(|about| about.to_string()),
            record: notice.record,
            priority,
            by_day: kind.is_some_and(|kind| kind.by_day),
            due_at: if is_held { aid.now + store::outbox::CORRECTED } else { aid.now },
            word: aid.chance.word()?,
            number,
        });
    }
    match store::outbox::push_many(aid.tx, rows, aid.now).await {
        // Another turn has drawn the same number for the same reader since `numbers` looked.
        Err(error) if store::is_unique_violation(&error) => Err(Fault::Raced),
        done => Ok(done?),
    }
}

/// A number for one more notice of each of these readers, which none of their others has. Whoever has many gets longer
/// ones: those that are taken are drawn again with one more digit.
async fn numbers(aid: &Aid<'_>, readers: impl Iterator<Item = MemberId>) -> Result<Vec<i64>, Fault> {
    let mut numbers: Vec<(MemberId, Option<i64>)> = readers.map(|reader| (reader, None)).collect();
    let mut given = HashSet::new();
    for digits in DIGITS {
        let mut drawn = HashSet::new();
        for (reader, number) in numbers.iter_mut().filter(|(_, number)| number.is_none()) {
            let one = (*reader, aid.chance.number(digits)?);
            *number = (given.insert(one) && drawn.insert(one)).then_some(one.1);
        }
        let taken = store::outbox::numbers_taken(aid.tx, &drawn).await?;
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

/// Keeps these for their readers' daily messages, and sees to it that those are sent.
async fn gather(aid: &Aid<'_>, notices: Vec<Notice>) -> Result<(), DbErr> {
    if notices.is_empty() {
        return Ok(());
    }
    let readers: BTreeSet<MemberId> = notices.iter().map(|notice| notice.to).collect();
    let items = notices.into_iter().map(|notice| store::digest_item::New {
        member: notice.to,
        kind: notice.kind.into_owned(),
        facts: notice.facts,
        record: notice.record,
    });
    store::digest_item::push_many(aid.tx, items, aid.now).await?;

    let zones = store::person::zones(aid.tx, readers.iter().copied()).await?;
    let messages = readers.into_iter().map(|reader| {
        let zone = zones.get(&reader).unwrap_or(&aid.rules.zone);
        store::schedule::New {
            name: Job::DailyMessage.name(),
            about: reader,
            due_at: next_daily_message(aid.now, zone),
        }
    });
    store::schedule::plan(aid.tx, messages, aid.now).await
}

//! Each notice to where its reader wants it: into the outbox at once, to what waits for their daily message, or nowhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::kind::kind;
use super::{Told, telling};
use crate::aid::Aid;
use crate::aid::calendar::Job;
use crate::conversation::Fault;
use crate::domain::notification::{self, next_daily_message};
use crate::domain::{MemberId, Mode};
use crate::store;
use crate::store::outbox::TELLS;

/// One notice to one member, ready to be stored.
pub(super) struct Notice {
    pub to: MemberId,
    pub kind: Cow<'static, str>,
    /// JSON.
    pub facts: String,
    pub about: Option<i64>,
}

impl From<Told> for Notice {
    fn from(told: Told) -> Notice {
        let facts = serde_json::to_string(&told.facts).unwrap_or_default();
        Notice { to: told.to, kind: told.kind.into(), facts, about: told.about }
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
    Ok(queue_now(aid, all).await?)
}

/// The same in this transaction, however many they are. What all of them have chosen is asked for once.
pub(super) async fn queue_now(aid: &Aid<'_>, notices: Vec<Notice>) -> Result<(), DbErr> {
    let chosen = store::notification::chosen(aid.tx, notices.iter().map(|notice| notice.to)).await?;
    let (mut at_once, mut later) = (Vec::new(), Vec::new());
    for notice in notices {
        // What is in no list of kinds could not be switched off either, and is better told than lost.
        let Some(kind) = kind(&notice.kind) else {
            at_once.push(row(aid, notice, TELLS));
            continue;
        };
        match notification::mode(chosen.mode(notice.to, kind.category), kind.asks) {
            Mode::On => at_once.push(row(aid, notice, kind.priority())),
            Mode::Digest => later.push(notice),
            Mode::Off => {}
        }
    }
    store::outbox::push_many(aid.tx, at_once, aid.now).await?;
    gather(aid, later).await
}

pub(super) fn row(aid: &Aid<'_>, notice: Notice, priority: i16) -> store::outbox::New {
    store::outbox::New {
        recipient: notice.to,
        kind: notice.kind.into_owned(),
        facts: notice.facts,
        about: notice.about,
        priority,
        due_at: aid.now,
    }
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
    });
    store::digest_item::push_many(aid.tx, items, aid.now).await?;

    let zones = store::member::zones(aid.tx, readers.iter().copied()).await?;
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

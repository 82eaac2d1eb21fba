//! Each notice to where its reader wants it: into the outbox at once, to what waits for their daily message, or nowhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::corrections::corrected;
use super::kind::kind;
use super::{Told, telling};
use crate::aid::{self, Aid};
use crate::domain::{About, MemberId, Mode, notification};
use crate::store;
use exodus_engine::conversation::{Fault, Tell, Urgency};

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
        if chosen.is_silent(notice.to) && !kind(&notice.kind).is_some_and(|kind| kind.to_suspended) {
            continue;
        }
        // What is in no list of kinds could not be switched off either, and is better told than lost.
        let Some(kind) = kind(&notice.kind) else {
            at_once.push((notice, Urgency::Tells));
            continue;
        };
        match notification::mode(chosen.mode(notice.to, kind.category), kind.asks) {
            Mode::On => at_once.push((notice, kind.urgency())),
            Mode::Digest => later.push(notice),
            Mode::Off => {}
        }
    }
    let at_once = corrected(aid, at_once).await?;
    push(aid, at_once).await?;
    Ok(gather(aid, later).await?)
}

/// Into the outbox, each as urgent as it is.
pub(super) async fn push(aid: &Aid<'_>, notices: Vec<(Notice, Urgency)>) -> Result<(), Fault> {
    let told = notices.into_iter().map(|(notice, urgency)| {
        let kind = kind(&notice.kind);
        Tell {
            to: notice.to,
            facts: notice.facts,
            about: notice.about.map(|about| about.to_string()),
            record: notice.record,
            urgency,
            due_at: kind.filter(|kind| kind.held).map(|_| aid.now + store::outbox::CORRECTED),
            by_day: kind.is_some_and(|kind| kind.by_day),
            kind: notice.kind.into_owned(),
        }
    });
    aid.moment().tell(told).await
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
    aid::plan_daily_messages(aid, readers).await
}

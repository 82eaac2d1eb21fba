//! Telling very many of one event. To put thousands of notices into the outbox takes a while, in which nobody else could
//! write; so they are kept in parts when it happens, and the calendar queues one part after another.
//!
//! Everybody is still told things in the order in which they happened: whoever is told something else meanwhile is told
//! first what waits for them here.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::queue::{Notice, queue_now};
use crate::aid::Aid;
use crate::aid::calendar::Job;
use crate::domain::{About, MemberId};
use crate::store;
use exodus_engine::conversation::Fault;

/// So many are told at once, in the transaction in which it happens.
pub(super) const AT_ONCE: usize = 500;

/// So many notices are queued in one step.
const A_PART: usize = 250;

/// The same, said to all of these.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Said {
    kind: String,
    facts: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<About>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<String>,
    to: Vec<MemberId>,
}

/// Keeps these, to be queued as soon as the calendar comes to it.
pub(super) async fn later(aid: &Aid<'_>, notices: Vec<Notice>) -> Result<(), DbErr> {
    let parts = notices.chunks(A_PART).map(written).collect();
    let first = store::telling::push_many(aid.tx, parts).await?;
    let job =
        first.map(|first| store::schedule::New { name: Job::Telling.name(), about: first.number(), due_at: aid.now });
    store::schedule::plan(aid.tx, job, aid.now).await
}

/// Queues the next part. False: there was none.
pub async fn tell_next(aid: &Aid<'_>) -> Result<bool, Fault> {
    let Some(part) = store::telling::first(aid.tx).await? else { return Ok(false) };
    let mut notices = read(&part)?;
    // Whoever has left meanwhile is told nothing.
    let there = store::member::names(aid.tx, notices.iter().map(|notice| notice.to)).await?;
    notices.retain(|notice| there.contains_key(&notice.to));
    queue_now(aid, notices).await?;
    store::telling::forget(aid.tx, [part.id]).await?;
    Ok(true)
}

/// What of earlier events still waits here for those who are about to be told these. It waits no longer.
pub(super) async fn before(aid: &Aid<'_>, notices: &[Notice]) -> Result<Vec<Notice>, Fault> {
    if !store::telling::is_any(aid.tx).await? {
        return Ok(Vec::new());
    }
    let readers: BTreeSet<MemberId> = notices.iter().map(|notice| notice.to).collect();
    let (mut first, mut changed) = (Vec::new(), BTreeMap::new());
    for part in store::telling::all(aid.tx).await? {
        let (now, later): (Vec<Notice>, Vec<Notice>) =
            read(&part)?.into_iter().partition(|notice| readers.contains(&notice.to));
        if !now.is_empty() {
            changed.insert(part.id, written(&later));
            first.extend(now);
        }
    }
    store::telling::change(aid.tx, changed).await?;
    Ok(first)
}

/// A part as it is kept. What is the same for one after another is written once.
fn written(notices: &[Notice]) -> String {
    let mut part: Vec<Said> = Vec::new();
    for notice in notices {
        let same = part
            .last_mut()
            .filter(|said| said.kind == notice.kind && said.facts == notice.facts && said.about == notice.about)
            .filter(|said| said.record == notice.record);
        match same {
            Some(said) => said.to.push(notice.to),
            None => part.push(Said {
                kind: notice.kind.to_string(),
                facts: notice.facts.clone(),
                about: notice.about,
                record: notice.record.clone(),
                to: vec![notice.to],
            }),
        }
    }
    serde_json::to_string(&part).unwrap_or_default()
}

fn read(part: &store::telling::Model) -> Result<Vec<Notice>, Fault> {
    let part: Vec<Said> = serde_json::from_str(&part.notices)
        .map_err(|error| Fault::Broken(format!("part {} of what is to be told can't be read: {error}", part.id)))?;
    let notices = part.into_iter().flat_map(|Said { kind, facts, about, record, to }| {
        to.into_iter().map(move |to| Notice {
            to,
            kind: kind.clone().into(),
            facts: facts.clone(),
            about,
            record: record.clone(),
        })
    });
    Ok(notices.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use exodus_engine::id::Id;

    #[test]
    fn a_part_reads_back_as_it_was_written() {
        let about = Some(About::Member(MemberId::new(7)));
        let told = [(1, "a", None), (2, "a", None), (3, "b", about), (4, "a", None)];
        let told = told.map(|(to, kind, about)| (MemberId::new(to), kind, about));
        let notices =
            told.map(|(to, kind, about)| Notice { to, kind: kind.into(), facts: "{}".into(), about, record: None });
        let kept = store::telling::Model { id: Id::new(1), notices: written(&notices) };
        assert_eq!(kept.notices.matches("facts").count(), 3, "{}", kept.notices);
        let again = read(&kept).unwrap();
        let seen: Vec<_> = again.iter().map(|notice| (notice.to, notice.kind.as_ref(), notice.about)).collect();
        assert_eq!(seen, told);
    }
}

//! A correction takes the place of what has not gone out yet: nobody reads of a sum that was mistyped, and then of another.

use std::collections::HashMap;

use super::Facts;
use super::queue::Notice;
use crate::aid::Aid;
use crate::domain::MemberId;
use crate::store;
use crate::store::outbox::NoticeId;
use exodus_engine::conversation::{Fault, Urgency};

/// What waits of one record for one reader: its row, kind and facts.
type Waiting = (NoticeId, String, String);

/// What becomes of a notice that corrects another which waits still.
enum Corrected {
    /// It takes the other's place.
    Told(Notice),
    /// All is as its reader knows it.
    Untold,
}

/// These notices, where they correct what waits for the same reader for a minute at most; what they correct is not told.
pub(super) async fn corrected(aid: &Aid<'_>, notices: Vec<(Notice, Urgency)>) -> Result<Vec<(Notice, Urgency)>, Fault> {
    let corrections = notices.iter().filter(|(notice, _)| corrects(&notice.kind));
    let records: Vec<&str> = corrections.filter_map(|(notice, _)| notice.record.as_deref()).collect();
    if records.is_empty() {
        return Ok(notices);
    }
    let mut waiting: HashMap<(MemberId, String), Waiting> = HashMap::new();
    // The latest of each comes last.
    for row in store::outbox::untold_of(aid.tx, &records, aid.now - store::outbox::CORRECTED).await? {
        waiting.insert((row.recipient_id, row.record.unwrap_or_default()), (row.id, row.kind, row.facts));
    }
    let (mut all, mut replaced) = (Vec::with_capacity(notices.len()), Vec::new());
    for (notice, urgency) in notices {
        let key = (notice.to, notice.record.clone().unwrap_or_default());
        let before = waiting.get(&key).filter(|_| corrects(&notice.kind));
        match before.and_then(|(id, kind, facts)| Some((*id, correct(&notice, kind, facts)?))) {
            Some((id, corrected)) => {
                replaced.push(id);
                if let Corrected::Told(notice) = corrected {
                    all.push((notice, urgency));
                }
            }
            None => all.push((notice, urgency)),
        }
    }
    store::outbox::replace(aid.tx, replaced).await?;
    Ok(all)
}

/// Whether a notice of this kind can be the correction of another.
fn corrects(kind: &str) -> bool {
    matches!(
        kind,
        "notice-changed"
            | "notice-withdrawn"
            | "notice-promised"
            | "notice-claimed"
            | "notice-circle-promised"
            | "notice-circle-claimed"
            | "notice-circle-changed"
            | "notice-circle-withdrawn"
            | "notice-target-changed"
            | "notice-date-changed"
            | "notice-date-changed-promised"
            | "notice-initiative-vote-changed"
            | "notice-initiative-vote-withdrawn"
            | "notice-initiative-lowered"
    )
}

/// What a reader is told who has not heard of what came before.
fn correct(notice: &Notice, before: &str, its_facts: &str) -> Option<Corrected> {
    let told = |kind: &str, facts: &Facts| {
        Corrected::Told(Notice {
            to: notice.to,
            kind: kind.to_owned().into(),
            facts: serde_json::to_string(facts).unwrap_or_default(),
            about: notice.about,
            record: notice.record.clone(),
        })
    };
    let mut facts: Facts = serde_json::from_str(&notice.facts).unwrap_or_default();
    let known: Facts = serde_json::from_str(its_facts).unwrap_or_default();
    match (notice.kind.as_ref(), before) {
        ("notice-changed", "notice-intention")
        | ("notice-circle-changed", "notice-circle-intention")
        | ("notice-initiative-vote-changed", "notice-initiative-vote") => {
            facts.remove("from");
            Some(told(before, &facts))
        }
        ("notice-withdrawn", "notice-intention")
        | ("notice-circle-withdrawn", "notice-circle-intention")
        | ("notice-initiative-vote-withdrawn", "notice-initiative-vote") => Some(Corrected::Untold),
        ("notice-changed", "notice-changed")
        | ("notice-target-changed", "notice-target-changed")
        | ("notice-initiative-vote-changed", "notice-initiative-vote-changed")
        | ("notice-initiative-lowered", "notice-initiative-lowered") => {
            facts.insert("from".to_owned(), *known.get("from")?);
            let same = facts.get("from") == facts.get("sum");
            Some(if same { Corrected::Untold } else { told(before, &facts) })
        }
        ("notice-withdrawn", "notice-changed")
        | ("notice-initiative-vote-withdrawn", "notice-initiative-vote-changed") => {
            facts.insert("sum".to_owned(), *known.get("from")?);
            Some(told(&notice.kind, &facts))
        }
        ("notice-circle-changed" | "notice-circle-withdrawn", "notice-circle-changed")
        | ("notice-date-changed", "notice-date-changed")
        | ("notice-date-changed-promised", "notice-date-changed-promised") => Some(told(&notice.kind, &facts)),
        // What came of it says its sum.
        ("notice-promised" | "notice-claimed", "notice-changed")
        | ("notice-circle-promised" | "notice-circle-claimed", "notice-circle-changed") => {
            Some(told(&notice.kind, &facts))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::Fact;

    fn facts(facts: &[(&str, i64)]) -> String {
        let facts: Facts = facts.iter().map(|(name, sum)| ((*name).to_owned(), Fact::Sum(*sum))).collect();
        serde_json::to_string(&facts).expect("plain data")
    }

    #[test]
    fn nobody_reads_of_what_they_have_not_heard_of() {
        let (changed, back) = (facts(&[("from", 100), ("sum", 60)]), facts(&[("from", 60), ("sum", 100)]));
        for (kind, now, before, its, expected) in [
            (
                "notice-changed",
                &changed,
                "notice-intention",
                facts(&[("sum", 100)]),
                Some(("notice-intention", &[("sum", 60)][..])),
            ),
            ("notice-withdrawn", &changed, "notice-intention", facts(&[("sum", 100)]), None),
            ("notice-changed", &back, "notice-changed", changed.clone(), None),
            (
                "notice-changed",
                &facts(&[("from", 60), ("sum", 70)]),
                "notice-changed",
                changed.clone(),
                Some(("notice-changed", &[("from", 100), ("sum", 70)][..])),
            ),
            (
                "notice-withdrawn",
                &facts(&[("sum", 60)]),
                "notice-changed",
                changed.clone(),
                Some(("notice-withdrawn", &[("sum", 100)][..])),
            ),
        ] {
            let notice =
                Notice { to: MemberId::new(1), kind: kind.into(), facts: now.clone(), about: None, record: None };
            let found = match correct(&notice, before, &its) {
                Some(Corrected::Told(notice)) => Some((notice.kind.into_owned(), notice.facts)),
                Some(Corrected::Untold) => None,
                None => panic!("{kind} does not correct {before}"),
            };
            assert_eq!(found, expected.map(|(kind, of)| (kind.to_owned(), facts(of))), "{kind} after {before}");
        }
        let promised =
            Notice { to: MemberId::new(1), kind: "notice-promised".into(), facts: changed, about: None, record: None };
        assert!(correct(&promised, "notice-intention", "{}").is_none(), "a promise is news of its own");
    }
}

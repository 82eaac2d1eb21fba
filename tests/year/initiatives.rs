//! What members do with initiatives. (That they vote, and promise, is in what they do with any collection.)

use std::collections::{BTreeMap, BTreeSet};

use exodus::aid::{Refused, Work, initiatives};
use exodus::domain::initiative::{PROMISE_DAYS, Title, Words};
use exodus::domain::{CollectionId, MemberId, Money, local_date};
use exodus::store::{collection, commitment, initiative, journal};
use exodus_engine::conversation::Clock;
use sea_orm::{EntityTrait, QueryOrder};

use crate::chance::Chance;
use crate::place::Place;

/// What somebody is about to do with an initiative.
#[derive(Clone, Copy)]
pub enum Deed {
    Propose(Money, u32),
    Lower(CollectionId, Money),
    Prolong(CollectionId, u32),
    Tell(CollectionId),
    Cancel(CollectionId),
}

/// Somebody, mostly its initiator, and what they do.
pub async fn some(place: &Place, chance: &mut Chance, who: MemberId) -> Option<(MemberId, Deed)> {
    let open = collection::open_with_votes(&place.db).await.unwrap();
    let (sum, days) = (Money::from_minor(chance.between(1, 60) * 500), u32::try_from(chance.between(0, 181)).unwrap());
    let what = chance.below(10);
    if open.len() < 3 || what == 0 {
        return Some((who, Deed::Propose(sum, days.min(40))));
    }
    let (id, owner) = chance.of(&open.iter().map(|one| (one.id, one.owner)).collect::<Vec<_>>())?;
    let who = if chance.percent(90) { owner } else { who };
    let deed = match what {
        1..=3 => Deed::Lower(id, sum),
        4 | 5 => Deed::Prolong(id, days),
        6..=8 => Deed::Tell(id),
        _ => Deed::Cancel(id),
    };
    Some((who, deed))
}

pub async fn act(aid: &Work<'_>, who: MemberId, deed: Deed) -> Result<(), Refused> {
    match deed {
        Deed::Propose(sum, days) => {
            let (title, words) = (Title::read("A well").unwrap(), Words::read("Water for all").unwrap());
            initiatives::propose(aid, who, (&title, &words), sum, days).await.map(drop)
        }
        Deed::Lower(id, sum) => initiatives::lower_sum(aid, who, id, sum).await.map(drop),
        Deed::Prolong(id, days) => initiatives::prolong(aid, who, id, days).await.map(drop),
        Deed::Tell(id) => {
            let words = Words::read("We have found a place.").unwrap();
            initiatives::tell_voters(aid, who, id, &words).await.map(drop)
        }
        Deed::Cancel(id) => initiatives::cancel(aid, who, id).await.map(drop),
    }
}

/// When the calendar has come by: none is open whose days are over, nobody has promised to one that was not reached, and each has
/// its words, unless its initiator has left.
pub async fn hold(place: &Place) {
    let today = local_date(place.clock.now(), &place.zone);
    let rows = collection::Entity::find().all(&place.db).await.unwrap();
    let rows: BTreeMap<CollectionId, collection::Model> =
        rows.into_iter().filter(|row| row.kind == "initiative").map(|row| (row.id, row)).collect();
    for row in rows.values().filter(|row| row.ended_at.is_none()) {
        match row.reached_at {
            None => assert!(today <= row.ends_on.unwrap(), "over and still open: {row:?}"),
            Some(at) => {
                let days = (today - local_date(at, &place.zone)).num_days();
                assert!(days <= i64::try_from(PROMISE_DAYS).unwrap(), "still open after {days} days: {row:?}");
            }
        }
    }
    for vote in commitment::Entity::find().all(&place.db).await.unwrap() {
        let Some(row) = rows.get(&vote.collection_id) else { continue };
        let is_bound =
            ["obligation", "claimed", "overdue", "overdue_claimed", "fulfilled", "fulfilled_late", "forgiven"];
        assert!(row.reached_at.is_some() || !is_bound.contains(&vote.state.as_str()), "{vote:?} {row:?}");
    }
    let worded = initiative::Entity::find().all(&place.db).await.unwrap();
    let worded: BTreeSet<CollectionId> = worded.into_iter().map(|row| row.collection_id).collect();
    let mut left = journal::Entity::find().all(&place.db).await.unwrap();
    left.retain(|row| row.what == "left");
    let gone = |owner: MemberId| left.iter().any(|row| row.facts.contains(&format!("\"member\":{owner}}}")));
    for row in rows.values() {
        assert_eq!(worded.contains(&row.id), !gone(row.owner_id), "{row:?}");
    }
}

/// In a year some were reached, and some were not.
pub async fn were_much(place: &Place) {
    let rows = journal::Entity::find().order_by_asc(journal::Column::Id).all(&place.db).await.unwrap();
    let count = |what: &str| rows.iter().filter(|row| row.what == what).count();
    let ended = |ending: &str| {
        let ended = rows.iter().filter(|row| row.what == "initiative_ended");
        ended.filter(|row| row.facts.contains(&format!("\"ending\":\"{ending}\""))).count()
    };
    let all = ["initiative_reached", "initiative_lowered", "initiative_prolonged", "initiative_news", "vote_cancelled"]
        .map(count);
    let endings = ["reached", "expired", "ended"].map(ended);
    assert!(all.iter().chain(&endings).all(|count| *count > 0), "{all:?} {endings:?}");
}

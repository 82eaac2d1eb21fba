//! What has to be true of guarantees and trust lists, whatever happened.

use std::collections::{BTreeMap, BTreeSet};

use exodus::domain::MemberId;
use exodus::domain::guarantee::connected;
use exodus::store::{guarantee, journal, member, trust_list};
use sea_orm::EntityTrait;

use crate::place::Place;

/// Each guarantee stands on both sides, of none who has left, and whoever is connected is in one list and no other.
pub async fn holds(place: &Place, left: &BTreeSet<MemberId>) {
    let rows = guarantee::Entity::find().all(&place.db).await.unwrap();
    let pairs: Vec<(MemberId, MemberId)> = rows.iter().map(|row| (row.member_id, row.other_id)).collect();
    let both: BTreeSet<(MemberId, MemberId)> = pairs.iter().map(|(one, other)| (*other, *one)).collect();
    assert_eq!(pairs.iter().copied().collect::<BTreeSet<_>>(), both);
    let members: Vec<member::Model> = member::Entity::find().all(&place.db).await.unwrap();
    let ids: Vec<MemberId> = members.iter().map(|row| row.id).collect();
    let parts = connected(&ids, &pairs);
    let mut seen = BTreeMap::new();
    for part in &parts {
        for who in part {
            let membership = trust_list::of(&place.db, *who).await.unwrap();
            let size = trust_list::size_of(&place.db, *who).await.unwrap();
            assert_eq!(size, if part.len() > 1 { part.len() as u64 } else { 0 }, "{who} in {part:?}");
            if let Some(membership) = membership {
                assert_eq!(*seen.entry(membership.list_id).or_insert(part), part);
            }
        }
    }
    assert!(!pairs.iter().any(|(one, _)| left.contains(one)), "{pairs:?} of {left:?}");
}

/// Enough of it has happened.
pub async fn was_much(place: &Place) {
    let rows = journal::Entity::find().all(&place.db).await.unwrap();
    for (what, least) in [("guaranteed", 10), ("guarantee_ended", 1), ("guarantee_ended_by_leaving", 1)] {
        let times = rows.iter().filter(|row| row.what == what).count();
        assert!(times >= least, "{what}: {times}");
    }
}

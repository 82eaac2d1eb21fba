//! What the database says, held against what must be so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use exodus::aid::calendar::Job;
use exodus::domain::guarantee::connected;
use exodus::domain::{MemberId, Role, State};
use exodus::store;
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};

use crate::explained::Who;
use crate::journal::{Noted, Replay, month_of};

/// The whole journal, in its order.
pub async fn journal(db: &DatabaseConnection) -> Vec<Noted> {
    let rows = store::journal::Entity::find().order_by_asc(store::journal::Column::Id).all(db).await.unwrap();
    let noted = rows.into_iter().map(|row| Noted {
        at: row.at,
        actor: row.actor_id.map(MemberId::number),
        facts: serde_json::from_str(&row.facts).unwrap(),
        what: row.what,
    });
    noted.collect()
}

/// Everybody's address.
pub async fn accounts(db: &DatabaseConnection) -> BTreeMap<MemberId, Who> {
    let rows = store::account::Entity::find().all(db).await.unwrap();
    let known = |messenger: &str| if messenger == "matrix" { "matrix" } else { "telegram" };
    rows.into_iter().map(|row| (row.person_id, (known(&row.messenger), row.address))).collect()
}

/// Where the records are not what the journal has made of them.
pub async fn differing(db: &DatabaseConnection, replay: &Replay) -> Vec<String> {
    let mut faults = Vec::new();
    let rows = store::commitment::Entity::find().all(db).await.unwrap();
    let (kept, replayed) = (rows.len(), replay.commitments.len());
    if kept != replayed {
        faults.push(format!("{kept} commitments are kept, and the journal knows {replayed}"));
    }
    for row in rows {
        let must_be = replay.commitments.get(&row.id.number()).map(|one| (one.sum, one.state.as_str(), one.month));
        if must_be != Some((row.sum, row.state.as_str(), row.month)) {
            faults.push(format!("{row:?} must be {must_be:?}"));
        }
    }
    let rows = store::collection::Entity::find().all(db).await.unwrap();
    let (kept, replayed) = (rows.len(), replay.collections.len());
    if kept != replayed {
        faults.push(format!("{kept} collections are kept, and the journal knows {replayed}"));
    }
    for row in rows {
        let must_be = replay.collections.get(&row.id.number()).map(|one| (one.target, one.ended));
        if must_be != Some((row.target, row.ended_at)) {
            faults.push(format!("{row:?} must be {must_be:?}"));
        }
    }
    faults
}

/// Where the lists that members see don't add up to what the journal has made: both sides of it, in every state.
pub async fn misadded(
    db: &DatabaseConnection,
    replay: &Replay,
    members: impl Iterator<Item = &MemberId>,
) -> Vec<String> {
    let mut faults = Vec::new();
    for member in members {
        let tallies = store::commitment::tallies(db, *member).await.unwrap();
        for (role, state) in
            [Role::Supporter, Role::Receiver].into_iter().flat_map(|role| State::ALL.map(|state| (role, state)))
        {
            let of_theirs = replay.commitments.values().filter(|one| {
                let side = if role == Role::Supporter { one.supporter } else { one.receiver };
                side == member.number() && one.state == state
            });
            let must_be: i64 = of_theirs.map(|one| one.sum).sum();
            let is = tallies.sum(role, &[state]).minor();
            if is != must_be {
                faults.push(format!("{member} as {role:?}, {state:?}: {is} and not {must_be}"));
            }
        }
    }
    faults
}

/// Where trust lists are not what the guarantees make them.
pub async fn mistrusted(db: &DatabaseConnection, members: &BTreeMap<MemberId, Who>) -> Vec<String> {
    let rows = store::guarantee::Entity::find().all(db).await.unwrap();
    let pairs: Vec<(MemberId, MemberId)> = rows.iter().map(|row| (row.member_id, row.other_id)).collect();
    let ids: Vec<MemberId> = members.keys().copied().collect();
    let mut faults = Vec::new();
    for part in connected(&ids, &pairs) {
        let must_be = if part.len() > 1 { part.len() as u64 } else { 0 };
        for who in part {
            let size = store::trust_list::size_of(db, who).await.unwrap();
            if size != must_be {
                faults.push(format!("the trust list of {who} has {size} members and not {must_be}"));
            }
        }
    }
    faults
}

/// What the calendar has not done, has done twice, or has left behind.
pub async fn undone(
    db: &DatabaseConnection,
    replay: &Replay,
    now: DateTime<Utc>,
    midnight: DateTime<Utc>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let mut once = BTreeSet::new();
    let rows = store::schedule::Entity::find().all(db).await.unwrap();
    for row in &rows {
        if !once.insert((row.name.clone(), row.about, row.due_at)) {
            faults.push(format!("twice in the schedule: {row:?}"));
        }
        if row.due_at <= now && row.done_at.is_none() {
            faults.push(format!("due and not done: {row:?}"));
        }
    }
    let closes = rows.iter().filter(|row| row.name == Job::MonthClose.name() && row.done_at.is_some());
    let closed: Vec<DateTime<Utc>> = closes.map(|row| row.due_at).collect();
    if closed != [midnight] {
        faults.push(format!("closed were the months that ended at {closed:?}"));
    }
    for (id, one) in &replay.commitments {
        if one.state.is_live() && one.month != month_of(now) {
            faults.push(format!("commitment {id} was left behind in its month: {one:?}"));
        }
    }
    faults
}

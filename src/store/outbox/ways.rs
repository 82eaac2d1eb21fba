//! Which messenger a waiting row goes through: that of the account which the recipient has chosen, or of their oldest, of
//! those that can be reached. It is written into the row, so that a messenger's rows are found without asking for anybody's accounts, and a hundred thousand that
//! can't be delivered now cost those nothing that can.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Statement, Value};

use crate::domain::MemberId;
use crate::store::many::one_of;
use crate::store::{account, member};

/// The messenger that a row's recipient is written to through.
const WAY: &str = "(SELECT a.messenger FROM account a JOIN member m ON m.id = a.member_id
     WHERE a.member_id = outbox.recipient_id AND a.unreachable_since IS NULL
     ORDER BY CASE WHEN a.id = m.written_to THEN 0 ELSE 1 END, a.id LIMIT 1)";

/// A created row that seems to be from so far in the future shows that the clock was set back.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// For each of these members who can be reached, through which messenger.
pub(super) async fn ways(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, String>, DbErr> {
    let rows = account::Entity::find()
        .find_also_related(member::Entity)
        .filter(one_of(db, account::Column::MemberId, members))
        .filter(account::Column::UnreachableSince.is_null())
        .order_by_asc(account::Column::Id)
        .all(db)
        .await?;
    let mut ways = HashMap::new();
    for (account, owner) in rows {
        let is_chosen = owner.is_some_and(|owner| owner.written_to == Some(account.id));
        match ways.entry(account.member_id) {
            Entry::Vacant(none) => drop(none.insert(account.messenger)),
            Entry::Occupied(mut older) if is_chosen => drop(older.insert(account.messenger)),
            Entry::Occupied(_) => {}
        }
    }
    Ok(ways)
}

/// An account has become reachable, or has ceased to be: what waits for its owner goes where it can now.
pub async fn find_way(db: &impl ConnectionTrait, account: i64) -> Result<(), DbErr> {
    let owner = "recipient_id = (SELECT member_id FROM account WHERE id = $1)";
    change(db, &format!("messenger = {WAY}"), owner, [account.into()]).await.map(drop)
}

/// The same for a member.
pub async fn find_way_to(db: &impl ConnectionTrait, member: MemberId) -> Result<(), DbErr> {
    change(db, &format!("messenger = {WAY}"), "recipient_id = $1", [member.into()]).await.map(drop)
}

/// What waits for nobody knows where, though there is an account: its recipient became reachable in the moment in which
/// it was queued. Says how many rows there were.
pub async fn find_lost(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    change(db, &format!("messenger = {WAY}"), &format!("messenger IS NULL AND {WAY} IS NOT NULL"), []).await
}

/// Rows that were written in the future: the clock has been set back since, and they would wait until it is there again.
/// They are due now. Says how many there were.
pub async fn find_early(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let early = "expires_at > $3 AND created_at > $2 AND due_at > $1";
    let kept = now + super::KEPT;
    change(db, "due_at = $1, lease_until = NULL", early, [now.into(), (now + AHEAD).into(), kept.into()]).await
}

/// The hours in which a member is left alone have changed: what waits for its first try is looked at again.
pub async fn look_again(db: &impl ConnectionTrait, member: MemberId, now: DateTime<Utc>) -> Result<(), DbErr> {
    let put_off = "recipient_id = $2 AND due_at > $1 AND attempts = 0 AND lease_until IS NULL";
    change(db, "due_at = $1", put_off, [now.into(), member.into()]).await.map(drop)
}

/// Gives up what has waited for too long. Says how many rows there were, by why they were not sent.
pub async fn expire(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<(String, u64)>, DbErr> {
    let mut given_up = Vec::new();
    // Neither IS NULL nor IS NOT NULL: PostgreSQL might go through an index by messenger, from end to end.
    for (why, messenger) in [("unreachable", "= ''"), ("too late", "<> ''")] {
        let expired = format!(
            "expires_at <= $1 AND (lease_until IS NULL OR lease_until <= $1) AND COALESCE(messenger, '') {messenger}"
        );
        let set = "failed_at = $1, failure = $2, lease_until = NULL";
        given_up.push((why.to_owned(), change(db, set, &expired, [now.into(), why.into()]).await?));
    }
    Ok(given_up)
}

async fn change<const N: usize>(
    db: &impl ConnectionTrait,
    set: &str,
    which: &str,
    values: [Value; N],
) -> Result<u64, DbErr> {
    let sql = format!("UPDATE outbox SET {set} WHERE sent_at IS NULL AND failed_at IS NULL AND {which}");
    let done = db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(done.rows_affected())
}

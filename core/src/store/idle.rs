//! Members who came, were asked for nothing and did nothing: what is kept of them is their own affair alone.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{member, person};
use crate::domain::MemberId;

/// Of the next members, in the order of their ids, erases those who have registered before `time`, have not been seen
/// since, and never did a thing that concerns anybody: no request, no help from or to them, no invite by them or for
/// them, none that they came by, no pool, nothing that waits for them. Their accounts, chats, settings, payment details, name and what
/// they said about themselves go; the row of their number stays, as what was written of it does in the journal. Says up to
/// where it has looked; `None` when that was the end.
pub async fn forget(
    db: &impl ConnectionTrait,
    after: MemberId,
    (time, now): (DateTime<Utc>, DateTime<Utc>),
    limit: u64,
) -> Result<Option<MemberId>, DbErr> {
    let looked_at = member::ids_after(db, after, limit).await?;
    let Some(last) = looked_at.last().copied() else { return Ok(None) };
    let idle = idle(db, (after, last), time).await?;
    if !idle.is_empty() {
        member::erase(db, &idle, now).await?;
        person::erase(db, &idle).await?;
    }
    Ok((looked_at.len() as u64 == limit).then_some(last))
}

/// As a condition on a member `m`: never did a thing that concerns anybody. (Whoever is suspended is kept, so that they are.)
const NEVER_DID: &str = "m.suspended_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM collection k WHERE k.owner_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.supporter_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.receiver_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM invite i WHERE i.inviter_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM invite i WHERE i.for_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM invite_use u WHERE u.member_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM guarantee g WHERE g.member_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM pool_member b WHERE b.member_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM pool b WHERE b.opened_by = m.id)
               AND NOT EXISTS (SELECT 1 FROM pool_case b WHERE b.owner_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM pool_share b WHERE b.member_id = m.id)
               AND NOT EXISTS (SELECT 1 FROM digest_item d WHERE d.member_id = m.id)
               AND NOT EXISTS (
                   SELECT 1 FROM outbox o WHERE o.recipient_id = m.id AND o.sent_at IS NULL AND o.failed_at IS NULL)";

/// And never told others anything about themselves, nor how they can be paid.
const NEVER_TOLD: &str = "m.about IS NULL
               AND NOT EXISTS (SELECT 1 FROM payment_detail p WHERE p.member_id = m.id)";

/// A member whose account is to be another's. True: they never did a thing that concerns anybody, nor told anything of
/// themselves that they would have to tell again, and are forgotten as [`forget`] does it; what is known of them as a person
/// is left to the engine.
pub async fn makes_way(db: &impl ConnectionTrait, who: MemberId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let sql = format!("SELECT m.id FROM member m WHERE m.id = $1 AND {NEVER_DID} AND {NEVER_TOLD}");
    let never_did = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]));
    if never_did.await?.is_none() {
        return Ok(false);
    }
    member::erase(db, &[who], now).await?;
    Ok(true)
}

async fn idle(
    db: &impl ConnectionTrait,
    (after, last): (MemberId, MemberId),
    time: DateTime<Utc>,
) -> Result<Vec<MemberId>, DbErr> {
    let sql = format!(
        "SELECT m.id FROM member m
               WHERE m.id > $1 AND m.id <= $2 AND m.created_at < $3
               AND EXISTS (SELECT 1 FROM account a WHERE a.person_id = m.id)
               AND {NEVER_DID}
               AND NOT EXISTS (
                   SELECT 1 FROM account a JOIN session s ON s.messenger = a.messenger AND s.address = a.address
                   WHERE a.person_id = m.id AND s.changed_at >= $3)
               ORDER BY m.id"
    );
    let values = [after.into(), last.into(), time.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

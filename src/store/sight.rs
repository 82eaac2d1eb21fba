//! Whether one member may see another's card: asked of the two, never by listing whom either of them knows.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::tie::{TIED, joined_with, near_or_on_hold};
use crate::domain::{MemberId, State};

/// Whether `viewer` is in the network of `whose`, holds an invite to them that stands, has something unsettled with them,
/// or was told, ring by ring, that they need help. One statement: it ends with the first of these that is so.
///
/// It asks for the ties of the viewer, and for each what joins that one with the other member: among what the supporter
/// of the two gives, which is little, and not (`+ 0`) among what the receiver gets, which is much where thousands help
/// them. Only where word has gone as far as the far circle does it ask for all ties of the viewer's ties.
pub async fn may_see(
    db: &impl ConnectionTrait,
    viewer: MemberId,
    whose: MemberId,
    month_began: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let unsettled: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| !state.is_settled())
        .map(|state| format!("'{}'", state.as_str()))
        .collect();
    let sql = format!(
        "WITH near (id) AS ({near})
         SELECT 1
         WHERE EXISTS (
             SELECT 1 FROM commitment c
             WHERE c.supporter_id = $1 AND c.receiver_id + 0 = $3 AND c.state IN ({unsettled}))
         OR EXISTS (
             SELECT 1 FROM commitment c
             WHERE c.supporter_id = $3 AND c.receiver_id + 0 = $1 AND c.state IN ({unsettled}))
         OR EXISTS (
             SELECT 1 FROM invite_use u JOIN invite i ON i.id = u.invite_id
             WHERE u.member_id = $1 AND i.for_id = $3 AND i.revoked_at IS NULL)
         OR EXISTS (SELECT 1 FROM near n WHERE n.id = $3)
         OR EXISTS (SELECT 1 FROM near n WHERE {by_one})
         OR EXISTS (
             SELECT 1 FROM collection told
             WHERE told.owner_id = $3 AND told.ended_at IS NULL AND told.ring >= 2 AND (
                 EXISTS (SELECT 1 FROM near n WHERE {by_one_on_hold})
                 OR (told.ring >= 3 AND EXISTS (SELECT 1 FROM near n WHERE {by_two}))))",
        near = joined_with("$1"),
        unsettled = unsettled.join(", "),
        by_one = joined("n.id", "$3", TIED),
        by_one_on_hold = joined("n.id", "$3", "c.state = 'intention'"),
        by_two = joined_with_any_of("n.id", &near_or_on_hold("$3")),
    );
    let values = [viewer.into(), month_began.into(), whose.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(viewer == whose || row.is_some())
}

/// That a commitment of this kind joins two members, in whichever direction.
fn joined(one: &str, other: &str, kind: &str) -> String {
    let directed = |supporter: &str, receiver: &str| {
        format!(
            "EXISTS (SELECT 1 FROM commitment c JOIN collection k ON k.id = c.collection_id
                     WHERE c.supporter_id = {supporter} AND c.receiver_id + 0 = {receiver} AND {kind})"
        )
    };
    format!("({} OR {})", directed(one, other), directed(other, one))
}

/// That a tie joins a member with any of these.
fn joined_with_any_of(member: &str, these: &str) -> String {
    let directed = |from: &str, to: &str| {
        format!(
            "EXISTS (SELECT 1 FROM commitment c JOIN collection k ON k.id = c.collection_id
                     WHERE c.{from} = {member} AND c.{to} IN ({these}) AND {TIED})"
        )
    };
    format!("({} OR {})", directed("supporter_id", "receiver_id"), directed("receiver_id", "supporter_id"))
}

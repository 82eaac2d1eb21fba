//! Whether one member may see another's card: asked of the two, never by listing whom either of them knows.

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use super::tie::{Lately, TIED, near, tied_with};
use crate::domain::{MemberId, State};

/// Whether `viewer` is in the network of `whose` or the other way round, has something unsettled with them, or was told,
/// ring by ring, that they need help. One statement: it ends with the first of these that is so.
///
/// It asks for whom the viewer knows, and for each what joins that one with the other member: among what the supporter
/// of the two gives, which is little, and not (`+ 0`) among what the receiver gets, which is much where thousands help
/// them. Only where word has gone as far as the far circle does it ask for all ties of the viewer's ties.
pub async fn may_see(
    db: &impl ConnectionTrait,
    viewer: MemberId,
    whose: MemberId,
    lately: Lately,
) -> Result<bool, DbErr> {
    let unsettled: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| !state.is_settled())
        .map(|state| format!("'{}'", state.as_str()))
        .collect();
    let unsettled = format!("c.state IN ({})", unsettled.join(", "));
    let sql = format!(
        "WITH near (id) AS ({near}), tied (id) AS ({tied})
         SELECT 1
         WHERE {unsettled}
         OR {known}
         OR EXISTS (SELECT 1 FROM near n WHERE {by_tie})
         OR EXISTS (SELECT 1 FROM tied n WHERE {by_acquaintance})
         OR EXISTS (
             SELECT 1 FROM collection told
             WHERE told.owner_id = $4 AND told.ended_at IS NULL AND told.ring >= 3
             AND EXISTS (SELECT 1 FROM tied n WHERE {by_two}))",
        near = near("$1"),
        tied = tied_with("$1"),
        unsettled = joined("$1", "$4", &unsettled),
        known = acquainted("$1", "$4"),
        by_tie = joined("n.id", "$4", TIED),
        by_acquaintance = acquainted("n.id", "$4"),
        by_two = tied_with_any_of("n.id", &near("$4")),
    );
    let [since, overdue_of] = lately.values();
    let values: [Value; 4] = [viewer.into(), since, overdue_of, whose.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(viewer == whose || row.is_some())
}

/// That a commitment of this kind joins two members, in whichever direction.
fn joined(one: &str, other: &str, kind: &str) -> String {
    let directed = |supporter: &str, receiver: &str| {
        format!(
            "EXISTS (SELECT 1 FROM commitment c
                     WHERE c.supporter_id = {supporter} AND c.receiver_id + 0 = {receiver} AND {kind})"
        )
    };
    format!("({} OR {})", directed(one, other), directed(other, one))
}

/// That two members know each other.
fn acquainted(one: &str, other: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM acquaintance a
                 WHERE a.member_id = {one} AND a.other_id = {other} AND a.removed_at IS NULL)"
    )
}

/// That a tie joins a member with any of these.
fn tied_with_any_of(member: &str, these: &str) -> String {
    let directed = |from: &str, to: &str| {
        format!("EXISTS (SELECT 1 FROM commitment c WHERE c.{from} = {member} AND c.{to} IN ({these}) AND {TIED})")
    };
    format!("({} OR {})", directed("supporter_id", "receiver_id"), directed("receiver_id", "supporter_id"))
}

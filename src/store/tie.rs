//! Ties: who is joined with whom by help. Nothing is stored of them; they follow from the commitments.
//!
//! A tie joins two members when one of them has a live commitment to the other that is neither on hold nor overdue,
//! or has fulfilled one in the current month or in an emergency that is still open. It has no direction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement};

use crate::domain::{MemberId, Ring};

/// When a commitment `c` to a collection `k` is a tie; `$2` is when the current month began.
///
/// An intention is on hold while its supporter or its receiver has an open emergency: the receiver's monthly
/// collection is paused then, and an emergency takes no intentions.
pub(super) const TIED: &str = "(c.state IN ('obligation', 'claimed')
    OR (c.state = 'intention' AND NOT EXISTS (
        SELECT 1 FROM collection e
        WHERE e.owner_id IN (c.supporter_id, c.receiver_id) AND e.kind = 'emergency' AND e.ended_at IS NULL))
    OR (c.state IN ('fulfilled', 'fulfilled_late')
        AND (c.settled_at >= $2 OR (k.kind = 'emergency' AND k.ended_at IS NULL))))";

/// A member of somebody's network.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Neighbour {
    pub id: MemberId,
    pub name: String,
    /// 1: near circle; 2: the rest of the network.
    pub steps: i32,
}

/// The near circle: all who have a tie with this member, with their names. One query.
pub async fn near(
    db: &impl ConnectionTrait,
    member: MemberId,
    month_began: DateTime<Utc>,
) -> Result<HashMap<MemberId, String>, DbErr> {
    let sql = format!("SELECT m.id, m.name, 1 AS steps FROM member m WHERE m.id IN ({})", joined_with("$1"));
    let values = [member.into(), month_began.into()];
    let rows = Neighbour::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The network: all within two steps, the nearer first, without the member. One query.
pub async fn network(
    db: &impl ConnectionTrait,
    member: MemberId,
    month_began: DateTime<Utc>,
) -> Result<Vec<Neighbour>, DbErr> {
    // SQLite joins in the order written when it says CROSS JOIN; by itself it would begin with all members there are.
    let sql = format!(
        "WITH near (id) AS ({near}),
         reached (id, steps) AS (
             SELECT n.id, 1 FROM near n
             UNION ALL
             SELECT c.receiver_id, 2
             FROM near n CROSS JOIN commitment c CROSS JOIN collection k
             WHERE c.supporter_id = n.id AND k.id = c.collection_id AND {TIED}
             UNION ALL
             SELECT c.supporter_id, 2
             FROM near n CROSS JOIN commitment c CROSS JOIN collection k
             WHERE c.receiver_id = n.id AND k.id = c.collection_id AND {TIED})
         SELECT m.id, m.name, MIN(r.steps) AS steps
         FROM reached r CROSS JOIN member m
         WHERE m.id = r.id AND m.id <> $1
         GROUP BY m.id, m.name
         ORDER BY steps, m.id",
        near = joined_with("$1"),
    );
    let values = [member.into(), month_began.into()];
    Neighbour::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// All whom word of a collection reaches that has gone as far as `ring`, the nearer first, without its owner. One query.
///
/// The owner's own ties count here also while they are on hold: an emergency does not cut off those who would hear of it.
pub async fn reached(
    db: &impl ConnectionTrait,
    owner: MemberId,
    ring: Ring,
    month_began: DateTime<Utc>,
) -> Result<Vec<Neighbour>, DbErr> {
    let near = near_or_on_hold("$1");
    let (second, third) = (joined_with_all("near"), joined_with_all("second"));
    let levels = match ring {
        Ring::Near => format!("near (id) AS ({near}), reached (id, steps) AS (SELECT id, 1 FROM near)"),
        Ring::Network => format!(
            "near (id) AS ({near}), second (id) AS ({second}),
             reached (id, steps) AS (SELECT id, 1 FROM near UNION ALL SELECT id, 2 FROM second)"
        ),
        Ring::Far => format!(
            "near (id) AS ({near}), second (id) AS ({second}), third (id) AS ({third}),
             reached (id, steps) AS (
                 SELECT id, 1 FROM near UNION ALL SELECT id, 2 FROM second UNION ALL SELECT id, 3 FROM third)"
        ),
    };
    let sql = format!(
        "WITH {levels}
         SELECT m.id, m.name, MIN(r.steps) AS steps
         FROM reached r CROSS JOIN member m
         WHERE m.id = r.id AND m.id <> $1
         GROUP BY m.id, m.name
         ORDER BY steps, m.id"
    );
    let values = [owner.into(), month_began.into()];
    Neighbour::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// A query for the ids of all who have a tie with `member`, on hold or not.
pub(super) fn near_or_on_hold(member: &str) -> String {
    format!(
        "{} UNION SELECT c.receiver_id FROM commitment c WHERE c.supporter_id = {member} AND c.state = 'intention'
         UNION SELECT c.supporter_id FROM commitment c WHERE c.receiver_id = {member} AND c.state = 'intention'",
        joined_with(member)
    )
}

/// A query for the ids of all who have a tie with `member`. The two sides are asked for apart, each by its index.
pub(super) fn joined_with(member: &str) -> String {
    format!(
        "SELECT c.receiver_id FROM commitment c JOIN collection k ON k.id = c.collection_id
         WHERE c.supporter_id = {member} AND {TIED}
         UNION
         SELECT c.supporter_id FROM commitment c JOIN collection k ON k.id = c.collection_id
         WHERE c.receiver_id = {member} AND {TIED}"
    )
}

/// A query for the ids of all who have a tie with one of those in the table `of`, each once. SQLite joins in the order
/// written when it says CROSS JOIN.
fn joined_with_all(of: &str) -> String {
    format!(
        "SELECT c.receiver_id FROM {of} n CROSS JOIN commitment c CROSS JOIN collection k
         WHERE c.supporter_id = n.id AND k.id = c.collection_id AND {TIED}
         UNION
         SELECT c.supporter_id FROM {of} n CROSS JOIN commitment c CROSS JOIN collection k
         WHERE c.receiver_id = n.id AND k.id = c.collection_id AND {TIED}"
    )
}

//! Who is near whom: by ties and by acquaintances.
//!
//! A tie joins two members when one of them has a live commitment to the other, or had one that ended lately. Nothing is
//! stored of it: it follows from the commitments. An acquaintance is stored (`acquaintance`). Neither has a direction.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

use crate::domain::{MemberId, Month, Ring};
use exodus_engine::hours::Zone;

/// How far back a commitment may have ended that is still a tie: in this month, or in the two before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lately {
    /// When the first of these months began.
    since: DateTime<Utc>,
    /// What is overdue ended with its month; so the earliest that counts is the one before.
    overdue_of: Month,
}

impl Lately {
    /// As it is in this month.
    pub fn in_month(now: Month, zone: &Zone) -> Lately {
        let first = now.previous().previous();
        Lately { since: first.first_instant(zone), overdue_of: first.previous() }
    }

    /// Its two values in statements.
    pub(super) fn values(self) -> [Value; 2] {
        [self.since.into(), self.overdue_of.number().into()]
    }
}

/// When a commitment `c` is a tie; `$2` and `$3` are the values of [`Lately`]. What has ended is none between two of whom
/// one has removed the other.
///
/// Three alternatives, each of which an index answers for one of the sides.
pub(super) const TIED: &str = "(c.state IN ('intention', 'obligation', 'claimed')
    OR (c.settled_at >= $2 AND NOT EXISTS (
        SELECT 1 FROM acquaintance r
        WHERE r.member_id = c.supporter_id AND r.other_id = c.receiver_id AND r.removed_at IS NOT NULL))
    OR (c.state IN ('overdue', 'overdue_claimed') AND c.month >= $3 AND NOT EXISTS (
        SELECT 1 FROM acquaintance r
        WHERE r.member_id = c.supporter_id AND r.other_id = c.receiver_id AND r.removed_at IS NOT NULL)))";

/// Somebody whom word of a member reaches.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Neighbour {
    pub id: MemberId,
    pub name: String,
    /// 1: near circle; 2: the rest of the network; 3: the rest of the far circle.
    pub steps: i32,
}

/// All within this ring of a member, the nearer first, without the member: the near circle, the network, the far circle.
/// One query.
pub async fn within(
    db: &impl ConnectionTrait,
    member: MemberId,
    ring: Ring,
    lately: Lately,
) -> Result<Vec<Neighbour>, DbErr> {
    let near = near("$1");
    let (second, third) = (tied_with_all("near"), tied_with_all("second"));
    let levels = match ring {
        Ring::Nobody => return Ok(Vec::new()),
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
    let mut values = vec![member.into()];
    if ring > Ring::Near {
        values.extend(lately.values());
    }
    Neighbour::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// How many are in the near circle of a member. One query.
pub async fn count_near(db: &impl ConnectionTrait, member: MemberId) -> Result<u64, DbErr> {
    let sql = format!("SELECT COUNT(*) FROM ({}) near", near("$1"));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [member.into()]);
    let row = db.query_one_raw(statement).await?;
    let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    Ok(count.unsigned_abs())
}

/// A query for the ids of the near circle of `member`: all acquaintances and all ties. Whoever had a commitment between
/// them is acquainted; so of the ties only the live ones can add anybody, between two of whom one has removed the other.
pub(super) fn near(member: &str) -> String {
    format!(
        "SELECT a.other_id FROM acquaintance a WHERE a.member_id = {member} AND a.removed_at IS NULL
         UNION
         SELECT c.receiver_id FROM commitment c
         WHERE c.supporter_id = {member} AND c.state IN ('intention', 'obligation', 'claimed')
         UNION
         SELECT c.supporter_id FROM commitment c
         WHERE c.receiver_id = {member} AND c.state IN ('intention', 'obligation', 'claimed')"
    )
}

/// A query for the ids of all who have a tie with `member`. The two sides are asked for apart, each by its indexes.
pub(super) fn tied_with(member: &str) -> String {
    format!(
        "SELECT c.receiver_id FROM commitment c WHERE c.supporter_id = {member} AND {TIED}
         UNION
         SELECT c.supporter_id FROM commitment c WHERE c.receiver_id = {member} AND {TIED}"
    )
}

/// A query for the ids of all who have a tie with one of those in the table `of`, each once. SQLite joins in the order
/// written when it says CROSS JOIN; by itself it would begin with all commitments there are.
fn tied_with_all(of: &str) -> String {
    format!(
        "SELECT c.receiver_id FROM {of} n CROSS JOIN commitment c WHERE c.supporter_id = n.id AND {TIED}
         UNION
         SELECT c.supporter_id FROM {of} n CROSS JOIN commitment c WHERE c.receiver_id = n.id AND {TIED}"
    )
}

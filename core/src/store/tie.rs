//! Who is near whom: by ties and by acquaintances.
//!
//! A tie joins two members when one of them has a live commitment to the other, or had one that ended lately, and when they
//! hold a mutual guarantee. Nothing else is stored of it: it follows from the commitments and guarantees. An acquaintance is
//! stored (`acquaintance`). Neither has a direction.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};

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

/// When a commitment `c` is live.
pub(super) const LIVE: &str = "c.state IN ('intention', 'obligation', 'claimed')";

/// When a tie `c` is help: it goes on, or was given. Who has withdrawn, let lapse, was forgiven or is overdue has a tie with the
/// other side, but helps them as little as they belong to the circle.
pub(super) const HELP: &str =
    "c.state IN ('intention', 'obligation', 'claimed', 'fulfilled', 'fulfilled_late', 'passed_on')";

/// Every tie.
pub(super) const ANY: &str = "TRUE";

/// That neither of two members has removed the other: what has ended between them is no tie then. (`OFFSET` says to
/// PostgreSQL that this is to be looked up when it is asked for. Else it may read all acquaintances that there are, where it
/// believes that there are few.)
const NOT_REMOVED: &str = "NOT EXISTS (
    SELECT 1 FROM acquaintance r
    WHERE r.member_id = c.supporter_id AND r.other_id = c.receiver_id AND r.removed_at IS NOT NULL
    LIMIT 1 OFFSET 0)";

/// That two members hold a guarantee.
pub(super) fn guaranteed(one: &str, other: &str) -> String {
    format!("EXISTS (SELECT 1 FROM guarantee u WHERE u.member_id = {one} AND u.other_id = {other} LIMIT 1 OFFSET 0)")
}

/// A query for what is selected of the commitments `c` that are ties, of those that `of` says (which names one side, and with
/// it the index). `$2` and `$3` are the values of [`Lately`].
///
/// Two alternatives, each of which has its index: a tie is unsettled, unless it is overdue for too long; or it ended lately.
pub(super) fn ties(select: &str, from: &str, of: &str) -> String {
    let [unsettled, lately] = alternatives();
    format!(
        "SELECT {select} FROM {from} WHERE {of} AND {unsettled}
         UNION ALL
         SELECT {select} FROM {from} WHERE {of} AND {lately}"
    )
}

/// The same for each of those in `these`, called `n`: a query for the side `to`, called `id`, of `such` ties whose side `from` is one
/// of them, who is called `by_id`.
///
/// SQLite joins in the order written when it says CROSS JOIN; by itself it would begin with all commitments there are. So
/// would PostgreSQL, where it believes that there are few, unless it is told to look up each of these.
pub(super) fn ties_of_each(backend: DbBackend, such: &str, these: &str, from: &str, to: &str) -> String {
    if backend != DbBackend::Postgres {
        return ties(
            &format!("n.id AS by_id, c.{to} AS id"),
            &format!("{these} n CROSS JOIN commitment c"),
            &format!("c.{from} = n.id AND {such}"),
        );
    }
    let parts = alternatives().map(|one| {
        format!(
            "SELECT n.id AS by_id, t.id FROM {these} n CROSS JOIN LATERAL (
                 SELECT c.{to} AS id FROM commitment c WHERE c.{from} = n.id AND {such} AND {one} OFFSET 0) t"
        )
    });
    parts.join(" UNION ALL ")
}

/// The same by guarantees: a query for those with whom they hold one.
pub(super) fn guarantees_of_each(backend: DbBackend, these: &str) -> String {
    match backend {
        DbBackend::Postgres => format!(
            "SELECT n.id AS by_id, t.id FROM {these} n CROSS JOIN LATERAL (
                 SELECT u.other_id AS id FROM guarantee u WHERE u.member_id = n.id OFFSET 0) t"
        ),
        _ => format!(
            "SELECT n.id AS by_id, u.other_id AS id FROM {these} n CROSS JOIN guarantee u WHERE u.member_id = n.id"
        ),
    }
}

/// When a commitment `c` is a tie.
fn alternatives() -> [String; 2] {
    [
        format!(
            "c.settled_at IS NULL
             AND (c.state NOT IN ('overdue', 'overdue_claimed') OR (c.month >= $3 AND {NOT_REMOVED}))"
        ),
        format!("c.settled_at >= $2 AND {NOT_REMOVED}"),
    ]
}

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
    let Some(reached) = reached(db.get_database_backend(), ring) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT m.id, m.name, MIN(r.steps) AS steps
         FROM ({reached}) r CROSS JOIN member m
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

/// A query for the ids of all within this ring of the member `$1`, each with the steps to them: several times, where several ways
/// lead to them, and the member too. None where nobody is. Beyond the near circle, `$2` and `$3` are the values of [`Lately`].
pub(super) fn reached(backend: DbBackend, ring: Ring) -> Option<String> {
    let near = near("$1");
    let (second, third) = (tied_with_all(backend, "near"), tied_with_all(backend, "second"));
    Some(match ring {
        Ring::Nobody => return None,
        Ring::Near => format!("SELECT id, 1 AS steps FROM ({near}) near"),
        Ring::Network => format!(
            "WITH near (id) AS ({near}), second (id) AS ({second})
             SELECT id, 1 AS steps FROM near UNION ALL SELECT id, 2 FROM second"
        ),
        Ring::Far => format!(
            "WITH near (id) AS ({near}), second (id) AS ({second}), third (id) AS ({third})
             SELECT id, 1 AS steps FROM near UNION ALL SELECT id, 2 FROM second UNION ALL SELECT id, 3 FROM third"
        ),
    })
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
/// them is acquainted; so of the ties by help only the live ones can add anybody, between two of whom one has removed the
/// other.
pub(super) fn near(member: &str) -> String {
    near_by("UNION", member)
}

/// The same as [`near`] in a query that asks only for the first of them of whom something is so: it may name somebody twice,
/// and gathers nothing.
pub(super) fn near_each(member: &str) -> String {
    near_by("UNION ALL", member)
}

/// Its column is `id`.
fn near_by(union: &str, member: &str) -> String {
    format!(
        "SELECT a.other_id AS id FROM acquaintance a WHERE a.member_id = {member} AND a.removed_at IS NULL
         {union}
         SELECT a.other_id FROM acquaintance a
         WHERE a.member_id = {member} AND a.removed_at IS NOT NULL AND {helps}
         {union}
         SELECT u.other_id FROM guarantee u WHERE u.member_id = {member}",
        helps = joined("a.member_id", "a.other_id", LIVE),
    )
}

/// That a commitment of this kind joins two members, whoever of them helps. It asks the index of pairs as that is written
/// down (`commitment_pair`): no other one answers it, so nobody reads all that one of the two has.
pub(super) fn joined(one: &str, other: &str, kind: &str) -> String {
    format!(
        "EXISTS (
             SELECT 1 FROM commitment c
             WHERE (CASE WHEN c.supporter_id < c.receiver_id THEN c.supporter_id ELSE c.receiver_id END)
                 = CASE WHEN {one} < {other} THEN {one} ELSE {other} END
             AND (CASE WHEN c.supporter_id < c.receiver_id THEN c.receiver_id ELSE c.supporter_id END)
                 = CASE WHEN {one} < {other} THEN {other} ELSE {one} END
             AND {kind} LIMIT 1 OFFSET 0)"
    )
}

/// That a tie joins two members.
pub(super) fn tied(one: &str, other: &str) -> String {
    let ended = "c.settled_at >= $2 OR (c.state IN ('overdue', 'overdue_claimed') AND c.month >= $3)";
    let by_help = joined(one, other, &format!("({LIVE} OR (({ended}) AND {NOT_REMOVED}))"));
    format!("({by_help} OR {})", guaranteed(one, other))
}

/// That two members know each other.
pub(super) fn acquainted(one: &str, other: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM acquaintance a
                 WHERE a.member_id = {one} AND a.other_id = {other} AND a.removed_at IS NULL LIMIT 1 OFFSET 0)"
    )
}

/// A query for the ids of all who have a tie with one of those in the table `of`, each once.
fn tied_with_all(backend: DbBackend, of: &str) -> String {
    format!(
        "SELECT id FROM ({gives}) given UNION SELECT id FROM ({gets}) got UNION SELECT id FROM ({holds}) held",
        gives = ties_of_each(backend, ANY, of, "supporter_id", "receiver_id"),
        gets = ties_of_each(backend, ANY, of, "receiver_id", "supporter_id"),
        holds = guarantees_of_each(backend, of),
    )
}

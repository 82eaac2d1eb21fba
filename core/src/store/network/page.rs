//! A page of those who were found: those in need first, by how much they lack.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};

use super::super::sight::{is_need, is_none_of_the_held, taking_part};
use super::super::{Slice, unreadable};
use super::{Count, Now, People, Person};
use crate::domain::{Called, CollectionKind, MemberId, Money, State, Status};

/// Of so many of those who ask for most it is found out what they lack, beside those whom a page ends at: that says how much
/// others must ask for who can come before them.
const LOOKED_AT: u64 = 64;

#[derive(FromQueryResult)]
struct Row {
    total: i64,
    cut: i32,
    id: Option<MemberId>,
    name: Option<String>,
    suspended: Option<i32>,
    kind: Option<String>,
    missing: Option<i64>,
}

/// A page of those in the table `found` of `around`, whose table `cut` says whether there are more.
///
/// Who of them asks for help is looked up one by one (`asking`), and what a collection lacks, which takes longest, only where it
/// matters, and once: nobody lacks more than they ask for. So those who ask for most (`first`) say how much the last one of this page
/// lacks at least (`least`), and whoever asks for less is not looked at (`lacking`). Those who ask for nothing are put in their order
/// only where the others don't fill the page.
///
/// Nothing is joined without saying how, since a server that believes a table to be empty reads the whole of it for that.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    around: &str,
    only_in_need: bool,
    (member, viewer): (MemberId, Option<MemberId>),
    now: Now,
    slice: Slice,
) -> Result<People, DbErr> {
    let others = "UNION ALL
         SELECT id, NULL, NULL FROM (
             SELECT f.id FROM found f
             WHERE (SELECT COUNT(*) FROM asking) < $6 + $7 AND f.id NOT IN (SELECT id FROM asking)
             ORDER BY f.id LIMIT $6 + $7) others";
    let sql = format!(
        "WITH {around},
         asking (id, collection, target) AS MATERIALIZED ({asking}),
         first (id, collection, lacks) AS MATERIALIZED (
             SELECT t.id, t.collection, ({lacks_of_first}) FROM (
                 SELECT id, collection FROM asking ORDER BY target DESC LIMIT $6 + $7 + {LOOKED_AT}) t),
         least (lacks) AS (SELECT lacks FROM first ORDER BY lacks DESC LIMIT 1 OFFSET $6 + $7 - 1),
         lacking (id, collection, lacks) AS (
             SELECT id, collection, lacks FROM first
             UNION ALL
             SELECT a.id, a.collection, ({lacks}) FROM asking a
             WHERE a.target >= COALESCE((SELECT lacks FROM least), 0) AND a.id NOT IN (SELECT id FROM first)),
         total (total) AS (SELECT COUNT(*) FROM {listed}),
         page (id, collection, lacks) AS (
             SELECT id, collection, lacks FROM (SELECT id, collection, lacks FROM lacking {others}) listed
             ORDER BY CASE WHEN collection IS NULL THEN 1 ELSE 0 END, lacks DESC, id
             LIMIT $6 OFFSET (
                 SELECT CASE WHEN total > $7 THEN $7 WHEN total > 0 THEN (total - 1) / $6 * $6 ELSE 0 END FROM total))
         SELECT total.total, (SELECT cut FROM cut) AS cut, p.id, CASE WHEN p.lacks > 0 THEN p.lacks WHEN p.lacks IS NOT NULL THEN 0 END AS missing,
                (SELECT m.name FROM member m WHERE m.id = p.id) AS name,
                (SELECT CASE WHEN m.suspended_at IS NULL THEN 0 ELSE 1 END FROM member m WHERE m.id = p.id) AS suspended,
                (SELECT k.kind FROM collection k WHERE k.id = p.collection) AS kind
         FROM total LEFT JOIN page p ON TRUE
         ORDER BY CASE WHEN p.collection IS NULL THEN 1 ELSE 0 END, p.lacks DESC, p.id",
        asking = asking(db.get_database_backend()),
        lacks_of_first = lacks("t.collection"),
        lacks = lacks("a.collection"),
        listed = if only_in_need { "asking" } else { "found" },
        others = if only_in_need { "" } else { others },
    );
    // What is added to it goes in, too.
    let most = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX).min(i64::MAX / 4);
    let [since, overdue_of] = now.lately.values();
    let mut values: Vec<Value> = vec![member.into(), since, overdue_of];
    values.extend([now.month.number().into(), now.month_began.into()]);
    values.extend([slice.take, slice.skip].map(|rows| most(rows).into()));
    values.extend(viewer.map(Value::from));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = Row::find_by_statement(statement).all(db).await?;
    let count = rows.first().map_or(Count { found: 0, at_least: false }, |row| Count {
        found: row.total.unsigned_abs(),
        at_least: row.cut == 1,
    });
    let listed = rows.into_iter().filter_map(Row::into_person).collect::<Result<_, _>>()?;
    Ok(People { listed, count })
}

impl Row {
    fn into_person(self) -> Option<Result<Person, DbErr>> {
        let (id, name) = (self.id?, Called::from(self.name?));
        let status = match self.kind {
            None => Status::Green,
            Some(kind) => match CollectionKind::parse(&kind) {
                Some(kind) => kind.means_status().unwrap_or(Status::Green),
                None => return Some(Err(unreadable("collection.kind", &kind))),
            },
        };
        let missing = self.missing.map(Money::from_minor);
        Some(Ok(Person { id, name, status, missing, suspended: self.suspended == Some(1) }))
    }
}

/// A query for those in the table `found` who ask for help: with the collection that help to them goes to now, which is that
/// which says how they are, and with what it asks for. None of one who is suspended.
fn asking(backend: DbBackend) -> String {
    let open = format!(
        "collection k WHERE k.owner_id = f.id AND k.ended_at IS NULL AND {} AND {}",
        is_need("k"),
        is_none_of_the_held("k.owner_id")
    );
    // Both look up one by one whom they have found: the one by the order of what is joined, the other by what it may not join.
    let from = match backend {
        DbBackend::Postgres => {
            format!("found f CROSS JOIN LATERAL (SELECT k.id, k.owner_id, k.kind, k.target FROM {open} OFFSET 0) k")
        }
        _ => format!("found f CROSS JOIN {open}"),
    };
    let mut kinds: Vec<CollectionKind> = CollectionKind::ALL.into_iter().filter(|kind| kind.is_need()).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.means_status()));
    let of_the_gravest = |column: &str| {
        let of = kinds.iter().map(|kind| format!("MAX(CASE k.kind WHEN '{}' THEN k.{column} END)", kind.as_str()));
        format!("COALESCE({})", of.collect::<Vec<_>>().join(", "))
    };
    format!(
        "SELECT k.owner_id, {collection}, {target} FROM {from} GROUP BY k.owner_id",
        collection = of_the_gravest("id"),
        target = of_the_gravest("target"),
    )
}

/// A query for the collection that help to `member` goes to now: that which says how they are. None of one who is suspended.
pub(in crate::store) fn asks(member: &str) -> String {
    let needs = CollectionKind::ALL.into_iter().filter_map(|kind| Some((kind, kind.means_status()?)));
    let ranks: Vec<String> =
        needs.map(|(kind, status)| format!("WHEN '{}' THEN {}", kind.as_str(), status as u8)).collect();
    format!(
        "SELECT k.id FROM collection k WHERE k.owner_id = {member} AND k.ended_at IS NULL
         AND {is_need} AND {taking_part}
         ORDER BY CASE k.kind {} END DESC LIMIT 1",
        ranks.join(" "),
        is_need = is_need("k"),
        taking_part = taking_part("k.owner_id"),
    )
}

/// A query for what a collection still lacks; less than nothing where it has more than it asks for. What it has is found
/// state by state: of one that asks for its sum each month, what was settled before this month is not even looked at.
fn lacks(collection: &str) -> String {
    let of_a_month: Vec<String> = CollectionKind::ALL
        .into_iter()
        .filter(|kind| kind.is_of_a_month())
        .map(|kind| format!("'{}'", kind.as_str()))
        .collect();
    let of_a_month = format!("k.kind IN ({})", of_a_month.join(", "));
    let has = |states: &[State], since: &str| {
        let states: Vec<String> = states.iter().map(|state| format!("'{}'", state.as_str())).collect();
        format!(
            "COALESCE((SELECT CAST(SUM(c.sum) AS BIGINT) FROM commitment c
                       WHERE c.collection_id = k.id AND c.state IN ({}) {since}
                       AND (c.month = $4 OR NOT {of_a_month})), 0)",
            states.join(", ")
        )
    };
    let live = has(&[State::Obligation, State::Claimed], "");
    let done = has(
        &[State::Fulfilled, State::FulfilledLate, State::PassedOn],
        &format!("AND c.settled_at >= CASE WHEN {of_a_month} THEN $5 ELSE k.opened_at END"),
    );
    format!("SELECT k.target - {live} - {done} FROM collection k WHERE k.id = {collection}")
}

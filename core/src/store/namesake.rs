//! Members of one name, as far as somebody may mix them up. It has no table: names are kept with what they look like.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

use super::many::each_of_json;
use super::tie::{LIVE, Lately, acquainted, guaranteed, joined, ties};
use crate::domain::{MemberId, Namesake};

/// Somebody who reads of a member, whose name another has who is in the reader's sight, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Double {
    pub reader: MemberId,
    /// Of whom they read.
    pub named: MemberId,
    /// Who has that name as well: the reader, or somebody in their network.
    pub other: MemberId,
}

/// Who reads of whom, and what that name looks like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Read {
    pub reader: MemberId,
    pub named: MemberId,
    pub look: String,
}

/// So many ties of whoever has the name are followed to somebody whom the reader knows: beside a member with thousands of
/// supporters that is not all.
const FOLLOWED: u64 = 500;

/// Which of these looks more than one member has. One statement, none for an empty list.
pub async fn shared(db: &impl ConnectionTrait, looks: &BTreeSet<&str>) -> Result<HashSet<String>, DbErr> {
    if looks.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "SELECT look FROM (SELECT value ->> 0 AS look FROM {each}) AS asked
         WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM member m WHERE m.look = asked.look LIMIT 2) two) > 1",
        each = each_of_json(db),
    );
    let looks: Vec<[&str; 1]> = looks.iter().map(|look| [*look]).collect();
    let values = [serde_json::json!(looks).to_string().into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// The others whom each of these readers may take for the one whom they read of. One statement, however many they are; none
/// for an empty list.
///
/// Nothing is joined: a server that believes the table of members to be empty would read the whole of it.
pub async fn doubles(db: &impl ConnectionTrait, read: &[Read], lately: Lately) -> Result<Vec<Double>, DbErr> {
    if read.is_empty() {
        return Ok(Vec::new());
    }
    let [since, overdue_of] = lately.values();
    let rows: Vec<(i64, i64, &str)> =
        read.iter().map(|read| (read.reader.number(), read.named.number(), read.look.as_str())).collect();
    let values: Vec<Value> = vec![serde_json::json!(rows).to_string().into(), since, overdue_of];
    let steps = [("supporter_id", "receiver_id"), ("receiver_id", "supporter_id")]
        .map(|(here, there)| ties(&format!("c.{there} AS id"), "commitment c", &format!("c.{here} = o.id")));
    let sql = format!(
        "SELECT r.reader, r.named,
                (SELECT string_agg(CAST(o.id AS TEXT), ' ') FROM member o
                 WHERE o.look = r.look AND o.look <> '' AND o.id <> r.named
                 AND (o.id = r.reader OR {known} OR {helped}
                      OR EXISTS (SELECT 1 FROM (SELECT id FROM ({steps}) s LIMIT {FOLLOWED}) n
                                 WHERE {near} LIMIT 1 OFFSET 0))) AS others
         FROM (SELECT CAST(value ->> 0 AS BIGINT) AS reader, CAST(value ->> 1 AS BIGINT) AS named, value ->> 2 AS look
               FROM {each}) AS r",
        each = each_of_json(db),
        known = acquainted("r.reader", "o.id"),
        helped = joined("r.reader", "o.id", LIVE),
        steps = steps.join(" UNION ALL "),
        near = acquainted("r.reader", "n.id"),
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let mut doubles = Vec::new();
    for row in rows {
        let (reader, named) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let others: Option<String> = row.try_get_by_index(2)?;
        let others = others.unwrap_or_default();
        let others = others.split_whitespace().filter_map(|id| id.parse().ok());
        doubles.extend(others.map(|other| Double { reader, named, other }));
    }
    Ok(doubles)
}

/// Those in this member's near circle whose names look so: two at the most.
pub async fn near_called(db: &impl ConnectionTrait, me: MemberId, look: &str) -> Result<Vec<MemberId>, DbErr> {
    let sql = format!(
        "SELECT o.id FROM member o
         WHERE o.look = $2 AND o.look <> '' AND o.id <> $1 AND ({known} OR {helped} OR {guaranteed})
         ORDER BY o.id LIMIT 2",
        known = acquainted("$1", "o.id"),
        helped = joined("$1", "o.id", LIVE),
        guaranteed = guaranteed("$1", "o.id"),
    );
    let values = [me.into(), look.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: MemberId,
    since: DateTime<Utc>,
    inviter_id: Option<MemberId>,
    inviter: Option<String>,
}

/// Since when these are members, and by whose invite each of them came first. One statement, none for an empty list.
pub async fn known_of(
    db: &impl ConnectionTrait,
    these: &HashSet<MemberId>,
) -> Result<HashMap<MemberId, Namesake>, DbErr> {
    if these.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (1..=these.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT w.id, w.since, w.inviter_id, (SELECT m.name FROM member m WHERE m.id = w.inviter_id) AS inviter
         FROM (SELECT m.id, m.created_at AS since,
                      (SELECT i.inviter_id FROM invite_use u CROSS JOIN invite i
                       WHERE u.member_id = m.id AND i.id = u.invite_id
                       ORDER BY u.used_at, i.id LIMIT 1) AS inviter_id
               FROM member m WHERE m.id IN ({places})) w",
        places = places.join(", "),
    );
    let values = these.iter().copied().map(Value::from);
    let rows = Row::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let known = |row: Row| {
        let inviter = row.inviter_id.zip(row.inviter.filter(|name| !name.is_empty()));
        (row.id, Namesake { id: row.id, since: row.since, inviter })
    };
    Ok(rows.all(db).await?.into_iter().map(known).collect())
}

/// Which of these know which of those: as pairs. One statement, none for empty lists.
pub async fn who_know(
    db: &impl ConnectionTrait,
    readers: &HashSet<MemberId>,
    inviters: &HashSet<MemberId>,
) -> Result<HashSet<(MemberId, MemberId)>, DbErr> {
    if readers.is_empty() || inviters.is_empty() {
        return Ok(HashSet::new());
    }
    let places: Vec<String> = (1..=readers.len() + inviters.len()).map(|place| format!("${place}")).collect();
    let (of, whom) = places.split_at(readers.len());
    let sql = format!(
        "SELECT a.member_id, a.other_id FROM acquaintance a
         WHERE a.member_id IN ({}) AND a.other_id IN ({}) AND a.removed_at IS NULL",
        of.join(", "),
        whom.join(", "),
    );
    let values = readers.iter().chain(inviters).copied().map(Value::from);
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

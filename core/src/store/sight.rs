//! Whether one member may see another's card: asked of the two, never by listing whom either of them knows.
//!
//! Whatever joins them, it is looked for from the one of the two who knows fewer people, and where both know few in the
//! third step, between those they know: so a member with thousands of supporters costs as much as one with five. What joins
//! two members is found by an index of the two ([`tie::joined`](super::tie)).

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

use super::tie::{ANY, Lately, acquainted, guaranteed, guarantees_of_each, joined, near_each, tied, ties_of_each};
use crate::domain::{CollectionKind, MemberId, State, Status};

/// How many pairs of those whom either of two knows are asked for, at most, whether a tie joins them. Beyond that it is asked
/// whom those know whom one of the two knows.
const PAIRS: i64 = 1_000;

/// Whether `viewer` is in the network of `whose` or the other way round, has something unsettled with them, or finds them
/// in the far circle, in need. One statement: it ends with the first of these that is so.
pub async fn may_see(
    db: &impl ConnectionTrait,
    viewer: MemberId,
    whose: MemberId,
    lately: Lately,
) -> Result<bool, DbErr> {
    Ok(!seen_among(db, viewer, &[whose], lately).await?.is_empty())
}

/// Which of these members the viewer may see. One statement.
pub async fn seen_among(
    db: &impl ConnectionTrait,
    viewer: MemberId,
    these: &[MemberId],
    lately: Lately,
) -> Result<HashSet<MemberId>, DbErr> {
    let [since, overdue_of] = lately.values();
    let mut values: Vec<Value> = vec![viewer.into(), since, overdue_of];
    values.extend(these.iter().copied().map(Value::from));
    let rows: Vec<String> = (4..=values.len()).map(|place| format!("(CAST(${place} AS BIGINT))")).collect();
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = format!(
        "WITH these (id) AS (VALUES {rows}) SELECT t.id FROM these t WHERE t.id = $1 OR {seen}",
        rows = rows.join(", "),
        seen = seen(db.get_database_backend(), "$1", "t.id"),
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// That the viewer may see a member, who is another. `$2` and `$3` are the values of [`Lately`].
pub(super) fn seen(backend: DbBackend, viewer: &str, whose: &str) -> String {
    let unsettled: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| !state.is_settled())
        .map(|state| format!("'{}'", state.as_str()))
        .collect();
    let unsettled = format!("c.state IN ({})", unsettled.join(", "));
    format!(
        "({unsettled} OR {known} OR {guaranteed} OR (
            SELECT {in_two} OR ({in_need} AND CASE WHEN d.pairs > {PAIRS} THEN {in_three} ELSE {between} END)
            FROM (SELECT CASE WHEN e.mine <= e.theirs THEN {viewer} ELSE {whose} END AS one,
                         CASE WHEN e.mine <= e.theirs THEN {whose} ELSE {viewer} END AS other,
                         e.mine * e.theirs AS pairs
                  FROM (SELECT {mine} AS mine, {theirs} AS theirs LIMIT 1 OFFSET 0) e LIMIT 1 OFFSET 0) d))",
        unsettled = joined(viewer, whose, &unsettled),
        known = acquainted(viewer, whose),
        guaranteed = guaranteed(viewer, whose),
        in_two = in_two("d.one", "d.other"),
        in_need = in_need(whose),
        in_three = in_three(backend, "d.one", "d.other"),
        between = between("d.one", "d.other"),
        mine = knows(viewer),
        theirs = knows(whose),
    )
}

/// That a member asks for help.
pub(super) fn in_need(member: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM collection asks
                 WHERE asks.owner_id = {member} AND asks.ended_at IS NULL AND {} AND {} LIMIT 1 OFFSET 0)",
        is_need("asks"),
        taking_part("asks.owner_id")
    )
}

/// That the owner of a collection says by it that they are in need: an initiative is none.
pub(super) fn is_need(collection: &str) -> String {
    let kinds: Vec<String> = CollectionKind::ALL
        .into_iter()
        .filter(|kind| kind.is_need())
        .map(|kind| format!("'{}'", kind.as_str()))
        .collect();
    format!("{collection}.kind IN ({})", kinds.join(", "))
}

/// That a member is not suspended: nobody is asked to help whoever is.
pub(super) fn taking_part(member: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM member held
                     WHERE held.id = {member} AND held.suspended_at IS NOT NULL LIMIT 1 OFFSET 0)"
    )
}

/// That a member has no open emergency.
pub(super) fn in_no_emergency(member: &str) -> String {
    let red = CollectionKind::ALL.into_iter().filter(|kind| kind.means_status() == Some(Status::Red));
    let red: Vec<String> = red.map(|kind| format!("'{}'", kind.as_str())).collect();
    format!(
        "NOT EXISTS (SELECT 1 FROM collection red
                     WHERE red.owner_id = {member} AND red.ended_at IS NULL AND red.kind IN ({}) LIMIT 1 OFFSET 0)",
        red.join(", ")
    )
}

/// The same where many members are looked at: those who are suspended are few, and are looked up once.
pub(super) fn is_none_of_the_held(member: &str) -> String {
    format!("{member} NOT IN (SELECT held.id FROM member held WHERE held.suspended_at IS NOT NULL)")
}

/// How many a member knows, counted as far as it matters.
fn knows(member: &str) -> String {
    let enough = PAIRS + 1;
    format!(
        "(SELECT COUNT(*) FROM (
             SELECT 1 FROM acquaintance a WHERE a.member_id = {member} AND a.removed_at IS NULL LIMIT {enough}) few)"
    )
}

/// That two steps lead from one to the other, of which one at least is a tie. It begins with the one who knows fewer.
fn in_two(one: &str, other: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM ({near}) n WHERE {arrives} LIMIT 1 OFFSET 0)",
        near = near_each(one),
        arrives = arrives("n.id", other, &tied(one, "n.id")),
    )
}

/// That three steps lead from one to the other, of which the first or the last may be an acquaintance. All that those have
/// whom the one knows is looked at.
fn in_three(backend: DbBackend, one: &str, other: &str) -> String {
    let near = format!("({})", near_each(one));
    let steps = [("supporter_id", "receiver_id"), ("receiver_id", "supporter_id")]
        .map(|(here, there)| ties_of_each(backend, ANY, &near, here, there));
    format!(
        "EXISTS (SELECT 1 FROM ({steps} UNION ALL {guarantees}) m WHERE {arrives} LIMIT 1 OFFSET 0)",
        steps = steps.join(" UNION ALL "),
        guarantees = guarantees_of_each(backend, &near),
        arrives = arrives("m.id", other, &tied(one, "m.by_id")),
    )
}

/// The same, asked of each pair of those whom either of the two knows; `one` is the one who knows fewer. (One question within
/// the other: a server would begin with those of whom there are more, if it liked.)
fn between(one: &str, other: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM ({near_one}) n WHERE EXISTS (
                     SELECT 1 FROM ({near_other}) m
                     WHERE {tied} AND ({begins} OR {ends}) LIMIT 1 OFFSET 0) LIMIT 1 OFFSET 0)",
        near_one = near_each(one),
        near_other = near_each(other),
        tied = tied("n.id", "m.id"),
        begins = tied(one, "n.id"),
        ends = tied("m.id", other),
    )
}

/// That the last step leads from here to there: a tie; or an acquaintance, where the way `began` with a tie.
fn arrives(here: &str, there: &str, began: &str) -> String {
    format!("({} OR ({} AND {began}))", tied(here, there), acquainted(here, there))
}

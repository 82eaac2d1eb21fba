//! The members whom somebody has in their network, as they see them in lists: by how they stand to them, those in need
//! first. It has no table: it follows from ties, acquaintances and open collections.
//!
//! A list costs one statement whatever its length, and so do the counts of several. Of the ties of those whom somebody has
//! in their network only so many are followed (`FOLLOWED`), so that what is looked at has a bound beside a member with
//! thousands of supporters, too.

mod given;
mod page;
mod trusted;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::Slice;
use super::sight::{in_need, seen};
use super::tie::{
    ANY, HELP, LIVE, Lately, acquainted, guaranteed, guarantees_of_each, joined, near, near_each, tied, ties,
    ties_of_each,
};
use crate::domain::relation::Step;
use crate::domain::{Called, MemberId, Money, Month, Relation, Status, TrustRing};

pub use given::{Given, given_among};
pub(super) use page::asks;
use page::page;

/// Which members of somebody's surroundings are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One step away: by a tie or an acquaintance.
    Near,
    /// Up to two steps away, the second one by a tie.
    Network,
    /// Those of the network who are two steps away, and not near.
    Further,
    /// Those of the network who stand so to them, by help that goes on or was given.
    Who(Relation),
    /// Three steps away, by ties: those whom the network does not reach.
    Beyond,
    /// Those in this ring of their trust list whose cards they may see: in the nearest two it is everybody.
    Trusted(TrustRing),
}

/// Of how many members a second or third step follows the ties, and how many: so many to those who help, and as many to
/// those who are helped.
const FOLLOWED: u64 = 1_000;

/// The same where those are looked for who are further on in a trust list: very many may have to be passed over.
const FOLLOWED_FURTHER: u64 = 300;

/// When it is, for what a network and its lacks depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    pub lately: Lately,
    pub month: Month,
    /// When the current month began.
    pub month_began: DateTime<Utc>,
}

/// Somebody in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: MemberId,
    pub name: Called,
    pub status: Status,
    /// They take no part at present: nothing is asked for, whatever they asked for.
    pub suspended: bool,
    /// What is missing of what they ask for now; nothing when they ask for nothing.
    pub missing: Option<Money>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    pub listed: Vec<Person>,
    /// How many the whole list has.
    pub count: Count,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub found: u64,
    /// More ties lead on than were followed.
    pub at_least: bool,
}

/// A page of those around a member: those in need first, by how much they lack; `only_in_need` leaves out all others. Where
/// there is nothing so far behind, it is the last page.
pub async fn list(
    db: &impl ConnectionTrait,
    member: MemberId,
    whom: Whom,
    only_in_need: bool,
    now: Now,
    slice: Slice,
) -> Result<People, DbErr> {
    let (near, followed) = match whom {
        // Of those who are near, so many are enough; one may stand there three times.
        Whom::Trusted(TrustRing::Further) => {
            let few = format!("SELECT DISTINCT id FROM ({} LIMIT 3 * {FOLLOWED_FURTHER}) few", near_each("$1"));
            (few, FOLLOWED_FURTHER)
        }
        _ => (near("$1"), FOLLOWED),
    };
    let around = around(db.get_database_backend(), "$1", &near, followed);
    let around = format!("{around}, found (id) AS MATERIALIZED ({}), cut (cut) AS (SELECT {})", found(whom), cut(whom));
    page(db, &around, only_in_need, (member, None), now, slice).await
}

/// How many those around a member are, of each kind that is asked for, in its order.
pub async fn counts<const N: usize>(
    db: &impl ConnectionTrait,
    member: MemberId,
    whom: [Whom; N],
    lately: Lately,
) -> Result<[Count; N], DbErr> {
    let counts = whom.map(|whom| format!("(SELECT COUNT(*) FROM ({}) counted), {}", found(whom), cut(whom)));
    let around = around(db.get_database_backend(), "$1", &near("$1"), FOLLOWED);
    let sql = format!("WITH {around} SELECT {}", counts.join(", "));
    let [since, overdue_of] = lately.values();
    let values = [member.into(), since, overdue_of];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let mut found = [Count { found: 0, at_least: false }; N];
    for (place, count) in found.iter_mut().enumerate() {
        let Some(row) = &row else { continue };
        let (counted, cut): (i64, i32) = (row.try_get_by_index(2 * place)?, row.try_get_by_index(2 * place + 1)?);
        *count = Count { found: counted.unsigned_abs(), at_least: cut == 1 };
    }
    Ok(found)
}

/// A page of those whom a member helps, as far as the viewer may see them; and how many they are in all.
///
/// Where the viewer has that member near, they see them all; where a tie leads on from there, all in need. Only of the others
/// it is asked one by one.
pub async fn helped_by(
    db: &impl ConnectionTrait,
    member: MemberId,
    viewer: MemberId,
    now: Now,
    slice: Slice,
) -> Result<People, DbErr> {
    let around = format!(
        "helped (id) AS (SELECT DISTINCT receiver_id FROM ({ties}) given),
         viewer_near (so) AS (SELECT CASE WHEN $8 = $1 OR {knows} OR {helps} OR {holds} THEN 1 ELSE 0 END),
         viewer_next (so) AS (
             SELECT CASE WHEN EXISTS (SELECT 1 FROM ({near}) n WHERE {beside} LIMIT 1 OFFSET 0) THEN 1 ELSE 0 END),
         found (id) AS MATERIALIZED (
             SELECT h.id FROM helped h
             WHERE h.id = $8 OR (SELECT so FROM viewer_near) = 1
             OR ((SELECT so FROM viewer_next) = 1 AND {in_need}) OR {seen}),
         cut (cut) AS (SELECT 0)",
        ties = ties("c.receiver_id", "commitment c", &format!("c.supporter_id = $1 AND {HELP}")),
        knows = acquainted("$8", "$1"),
        helps = joined("$8", "$1", LIVE),
        holds = guaranteed("$8", "$1"),
        near = near_each("$8"),
        beside = tied("n.id", "$1"),
        in_need = in_need("h.id"),
        seen = seen(db.get_database_backend(), "$8", "h.id"),
    );
    page(db, &around, false, (member, Some(viewer)), now, slice).await
}

/// Whom these are named: what a statement says of those around `member`, of whom `near` finds those who are near. What it does
/// not use, it does not look for.
fn around(backend: DbBackend, member: &str, near: &str, followed: u64) -> String {
    let one_step = [Step::Helpers, Step::Helped].map(|step| {
        let (from, to) = sides(step);
        let help = ties(&format!("c.{to} AS id"), "commitment c", &format!("c.{from} = {member} AND {HELP}"));
        format!("{name} (id) AS (SELECT DISTINCT id FROM ({help}) helps)", name = name_of(step))
    });
    let mut tables = vec![format!("near (id) AS ({near})")];
    tables.extend(one_step);
    tables.extend(further(backend, ANY, "near", followed));
    for of in [Step::Helpers, Step::Helped].map(name_of) {
        tables.extend(further(backend, HELP, of, followed));
    }
    tables.push(format!("second (id) AS ({})", either("near")));
    tables.extend(further(backend, ANY, "second", followed));
    tables.push(format!("third (id) AS ({})", either("second")));
    tables.join(", ")
}

/// One step from those in the table `of`, by `such` ties to those who help them and to those whom they help, and to those with
/// whom they hold a guarantee, as far as it is followed.
fn further(backend: DbBackend, such: &str, of: &str, followed: u64) -> Vec<String> {
    let by_help = [Step::Helpers, Step::Helped].map(|step| {
        let (from, to) = sides(step);
        let ties = ties_of_each(backend, such, &format!("(SELECT id FROM {of} LIMIT {followed})"), from, to);
        format!("{of}_{name} (id) AS (SELECT id FROM ({ties}) tied LIMIT {followed})", name = name_of(step))
    });
    let guarantees = guarantees_of_each(backend, &format!("(SELECT id FROM {of} LIMIT {followed})"));
    let guarantees = format!("{of}_{GUARANTEED} (id) AS (SELECT id FROM ({guarantees}) held LIMIT {followed})");
    by_help.into_iter().chain([guarantees]).collect()
}

/// Those one step from the table `of`, each once.
fn either(of: &str) -> String {
    let [helpers, helped] = [Step::Helpers, Step::Helped].map(name_of);
    format!("SELECT id FROM {of}_{helpers} UNION SELECT id FROM {of}_{helped} UNION SELECT id FROM {of}_{GUARANTEED}")
}

/// A query for the ids of those who are meant, each once.
fn found(whom: Whom) -> String {
    match whom {
        Whom::Near => "SELECT id FROM near".to_owned(),
        Whom::Network => {
            "SELECT id FROM (SELECT id FROM near UNION SELECT id FROM second) within WHERE id <> $1".to_owned()
        }
        Whom::Further => {
            "SELECT id FROM (SELECT id FROM second EXCEPT SELECT id FROM near) further WHERE id <> $1".to_owned()
        }
        Whom::Beyond => {
            "SELECT id FROM (SELECT id FROM third EXCEPT SELECT id FROM second EXCEPT SELECT id FROM near) beyond
             WHERE id <> $1"
                .to_owned()
        }
        Whom::Trusted(ring) => trusted::found(ring),
        Whom::Who(relation) => match relation.steps() {
            (first, None) => format!("SELECT id FROM {}", name_of(first)),
            (first, Some(second)) => {
                format!("SELECT DISTINCT id FROM {}_{} reached WHERE id <> $1", name_of(first), name_of(second))
            }
        },
    }
}

/// Whether more ties lead to those who are meant than were followed: 1 or 0.
fn cut(whom: Whom) -> String {
    let [helpers, helped] = [Step::Helpers, Step::Helped].map(name_of);
    let (of, followed) = match whom {
        // How many are in a ring of a trust list is counted by itself.
        Whom::Near | Whom::Who(Relation::HelpsMe | Relation::IHelp) | Whom::Trusted(_) => (Vec::new(), Vec::new()),
        Whom::Network | Whom::Further => (vec!["near"], vec![helpers, helped, GUARANTEED]),
        Whom::Beyond => (vec!["near", "second"], vec![helpers, helped, GUARANTEED]),
        Whom::Who(relation) => {
            let (first, second) = relation.steps();
            (vec![name_of(first)], second.map(name_of).into_iter().collect())
        }
    };
    let is_more = |table: &str, than: &str| format!("(SELECT COUNT(*) FROM {table}) {than} {FOLLOWED}");
    let mut reached: Vec<String> = of.iter().map(|table| is_more(table, ">")).collect();
    for table in &of {
        reached.extend(followed.iter().map(|step| is_more(&format!("{table}_{step}"), ">=")));
    }
    match reached.as_slice() {
        [] => "0".to_owned(),
        some => format!("CASE WHEN {} THEN 1 ELSE 0 END", some.join(" OR ")),
    }
}

/// What the table of those is called with whom somebody holds a guarantee.
const GUARANTEED: &str = "guaranteed";

/// What the table of those is called to whom a step leads.
fn name_of(step: Step) -> &'static str {
    match step {
        Step::Helpers => "helpers",
        Step::Helped => "helped",
    }
}

/// From which side of a commitment to which one a step leads.
fn sides(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Helpers => ("receiver_id", "supporter_id"),
        Step::Helped => ("supporter_id", "receiver_id"),
    }
}

//! Commitments counted and added up, by the database.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use crate::domain::{Collection, CollectionId, CollectionKind, MemberId, Money, Month, Role, State, Totals};
use crate::store::unreadable;

/// How many commitments a member has on each side in each state, and how much they come to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tallies(HashMap<(Role, State), (u64, Money)>);

impl Tallies {
    /// How many there are on this side in any of these states.
    pub fn count(&self, role: Role, states: &[State]) -> u64 {
        states.iter().filter_map(|&state| self.0.get(&(role, state))).map(|(count, _)| count).sum()
    }

    /// How much those come to.
    pub fn sum(&self, role: Role, states: &[State]) -> Money {
        states
            .iter()
            .filter_map(|&state| self.0.get(&(role, state)))
            .fold(Money::ZERO, |total, (_, sum)| total.saturating_add(*sum))
    }
}

/// What a member's commitments as a supporter say of them. Forgiven ones don't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reliability {
    /// Fulfilled in time.
    pub fulfilled: u64,
    pub fulfilled_late: u64,
    /// Overdue now, claimed or not.
    pub overdue: u64,
}

#[derive(FromQueryResult)]
struct TallyRow {
    supports: bool,
    state: String,
    how_many: i64,
    how_much: i64,
}

/// All counts and sums of one member's lists, in one query.
pub async fn tallies(db: &impl ConnectionTrait, member: MemberId) -> Result<Tallies, DbErr> {
    let sql = "SELECT TRUE AS supports, state, COUNT(*) AS how_many, CAST(SUM(sum) AS BIGINT) AS how_much
               FROM commitment WHERE supporter_id = $1 GROUP BY state
               UNION ALL
               SELECT FALSE, state, COUNT(*), CAST(SUM(sum) AS BIGINT)
               FROM commitment WHERE receiver_id = $1 GROUP BY state";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [member.into()]);
    let mut tallies = Tallies::default();
    for row in TallyRow::find_by_statement(statement).all(db).await? {
        let role = if row.supports { Role::Supporter } else { Role::Receiver };
        let state = State::parse(&row.state).ok_or_else(|| unreadable("commitment.state", &row.state))?;
        let count = u64::try_from(row.how_many).unwrap_or_default();
        tallies.0.insert((role, state), (count, Money::from_minor(row.how_much)));
    }
    Ok(tallies)
}

#[derive(FromQueryResult)]
struct OwedRow {
    how_many: i64,
    how_much: i64,
}

/// How many obligations to a collection are left, overdue ones among them, and how much they come to.
pub async fn owed(db: &impl ConnectionTrait, collection: CollectionId) -> Result<(u64, Money), DbErr> {
    let sql = "SELECT COUNT(*) AS how_many, CAST(COALESCE(SUM(sum), 0) AS BIGINT) AS how_much
               FROM commitment WHERE collection_id = $1 AND state IN ('obligation', 'overdue')";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [collection.into()]);
    let row = OwedRow::find_by_statement(statement).one(db).await?;
    Ok(row.map_or((0, Money::ZERO), |row| {
        (u64::try_from(row.how_many).unwrap_or_default(), Money::from_minor(row.how_much))
    }))
}

#[derive(FromQueryResult)]
struct ReliabilityRow {
    fulfilled: i64,
    fulfilled_late: i64,
    overdue: i64,
}

/// How reliable this member is as a supporter. One query.
pub async fn reliability(db: &impl ConnectionTrait, member: MemberId) -> Result<Reliability, DbErr> {
    let sql = "SELECT COUNT(CASE WHEN state = 'fulfilled' THEN 1 END) AS fulfilled,
                      COUNT(CASE WHEN state = 'fulfilled_late' THEN 1 END) AS fulfilled_late,
                      COUNT(CASE WHEN state IN ('overdue', 'overdue_claimed') THEN 1 END) AS overdue
               FROM commitment
               WHERE supporter_id = $1 AND state IN ('fulfilled', 'fulfilled_late', 'overdue', 'overdue_claimed')";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [member.into()]);
    let Some(row) = ReliabilityRow::find_by_statement(statement).one(db).await? else {
        return Ok(Reliability::default());
    };
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    Ok(Reliability {
        fulfilled: count(row.fulfilled),
        fulfilled_late: count(row.fulfilled_late),
        overdue: count(row.overdue),
    })
}

#[derive(FromQueryResult)]
struct TotalsRow {
    collection_id: CollectionId,
    intentions: i64,
    obligations: i64,
    claims: i64,
    fulfilled: i64,
    fulfilled_by: i64,
}

/// What one collection has gathered: in `month` a monthly one, in all an emergency. One query.
pub async fn totals(db: &impl ConnectionTrait, collection: &Collection, month: Month) -> Result<Totals, DbErr> {
    let mut found = totals_of(db, [collection.id], month).await?;
    Ok(found.remove(&collection.id).unwrap_or_default())
}

/// The same of many collections, in one query. Those that nobody supports are left out.
pub async fn totals_of(
    db: &impl ConnectionTrait,
    collections: impl IntoIterator<Item = CollectionId>,
    month: Month,
) -> Result<HashMap<CollectionId, Totals>, DbErr> {
    let mut values: Vec<Value> = vec![month.number().into()];
    values.extend(collections.into_iter().map(Value::from));
    if values.len() == 1 {
        return Ok(HashMap::new());
    }
    let of_a_month = CollectionKind::ALL.into_iter().filter(|kind| kind.is_of_a_month());
    let of_a_month: Vec<String> = of_a_month.map(|kind| format!("'{}'", kind.as_str())).collect();
    let places: Vec<String> = (2..=values.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT c.collection_id,
                CAST(SUM(CASE WHEN c.state = 'intention' THEN c.sum ELSE 0 END) AS BIGINT) AS intentions,
                CAST(SUM(CASE WHEN c.state = 'obligation' THEN c.sum ELSE 0 END) AS BIGINT) AS obligations,
                CAST(SUM(CASE WHEN c.state = 'claimed' THEN c.sum ELSE 0 END) AS BIGINT) AS claims,
                CAST(SUM(CASE WHEN c.state IN ('fulfilled', 'fulfilled_late') THEN c.sum ELSE 0 END) AS BIGINT)
                    AS fulfilled,
                COUNT(DISTINCT CASE WHEN c.state IN ('fulfilled', 'fulfilled_late') THEN c.supporter_id END)
                    AS fulfilled_by
         FROM commitment c JOIN collection k ON k.id = c.collection_id
         WHERE c.collection_id IN ({})
           AND c.state IN ('intention', 'obligation', 'claimed', 'fulfilled', 'fulfilled_late')
           AND (k.kind NOT IN ({}) OR c.month = $1)
         GROUP BY c.collection_id",
        places.join(", "),
        of_a_month.join(", ")
    );
    let rows = TotalsRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.collection_id, row.into_domain())).collect())
}

impl TotalsRow {
    fn into_domain(self) -> Totals {
        Totals {
            intentions: Money::from_minor(self.intentions),
            obligations: Money::from_minor(self.obligations),
            claims: Money::from_minor(self.claims),
            fulfilled: Money::from_minor(self.fulfilled),
            fulfilled_by: u32::try_from(self.fulfilled_by).unwrap_or(u32::MAX),
        }
    }
}

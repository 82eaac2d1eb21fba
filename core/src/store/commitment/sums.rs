//! Commitments counted and added up, by the database.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use crate::domain::{
    Collection, CollectionId, CollectionKind, CommitmentId, MemberId, Money, Month, Role, State, Totals,
};
use crate::store::unreadable;

/// How many commitments a member has on each side in each state, and how much they come to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tallies(HashMap<(Role, State), Tally>);

/// How many they are, how much they come to, and the newest of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tally {
    count: u64,
    sum: Money,
    newest: CommitmentId,
}

impl Tallies {
    /// How many there are on this side in any of these states.
    pub fn count(&self, role: Role, states: &[State]) -> u64 {
        self.of(role, states).map(|tally| tally.count).sum()
    }

    /// How much those come to.
    pub fn sum(&self, role: Role, states: &[State]) -> Money {
        self.of(role, states).fold(Money::ZERO, |total, tally| total.saturating_add(tally.sum))
    }

    /// The only one in these states, where there is one and no more.
    pub fn only(&self, role: Role, states: &[State]) -> Option<CommitmentId> {
        if self.count(role, states) == 1 { self.of(role, states).map(|tally| tally.newest).next() } else { None }
    }

    fn of(&self, role: Role, states: &[State]) -> impl Iterator<Item = &Tally> {
        states.iter().filter_map(move |&state| self.0.get(&(role, state)))
    }
}

/// What a member's commitments as a supporter say of them. Forgiven ones don't count. The parts of one promise are one: overdue
/// where any of them is, and kept when none is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reliability {
    /// Fulfilled in time: done in their month, whenever that was confirmed.
    pub fulfilled: u64,
    pub fulfilled_late: u64,
    /// Overdue now, and not done.
    pub overdue: u64,
}

#[derive(FromQueryResult)]
struct TallyRow {
    supports: bool,
    state: String,
    how_many: i64,
    how_much: i64,
    newest: CommitmentId,
}

/// All counts and sums of one member's lists, in one query.
pub async fn tallies(db: &impl ConnectionTrait, member: MemberId) -> Result<Tallies, DbErr> {
    let sql = "SELECT TRUE AS supports, state, COUNT(*) AS how_many, CAST(SUM(sum) AS BIGINT) AS how_much,
                      MAX(id) AS newest
               FROM commitment WHERE supporter_id = $1 GROUP BY state
               UNION ALL
               SELECT FALSE, state, COUNT(*), CAST(SUM(sum) AS BIGINT), MAX(id)
               FROM commitment WHERE receiver_id = $1 GROUP BY state";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [member.into()]);
    let mut tallies = Tallies::default();
    for row in TallyRow::find_by_statement(statement).all(db).await? {
        let role = if row.supports { Role::Supporter } else { Role::Receiver };
        let state = State::parse(&row.state).ok_or_else(|| unreadable("commitment.state", &row.state))?;
        let count = u64::try_from(row.how_many).unwrap_or_default();
        let tally = Tally { count, sum: Money::from_minor(row.how_much), newest: row.newest };
        tallies.0.insert((role, state), tally);
    }
    Ok(tallies)
}

/// What the commitments of one month come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfMonth {
    pub month: Month,
    pub count: u64,
    pub sum: Money,
}

#[derive(FromQueryResult)]
struct MonthRow {
    month: i32,
    how_many: i64,
    how_much: i64,
}

/// What one side of a member's commitments in these states comes to, month by month from the latest of these months to the
/// earliest. The month is the one that each counts in. One query.
pub async fn by_month(
    db: &impl ConnectionTrait,
    member: MemberId,
    side: Role,
    states: &[State],
    months: RangeInclusive<Month>,
) -> Result<Vec<OfMonth>, DbErr> {
    let side = match side {
        Role::Supporter => "supporter_id",
        Role::Receiver => "receiver_id",
    };
    let states: Vec<String> = states.iter().map(|state| format!("'{}'", state.as_str())).collect();
    let sql = format!(
        "SELECT month, COUNT(*) AS how_many, CAST(SUM(sum) AS BIGINT) AS how_much
         FROM commitment WHERE {side} = $1 AND state IN ({}) AND month BETWEEN $2 AND $3
         GROUP BY month ORDER BY month DESC",
        states.join(", ")
    );
    let values = [member.into(), months.start().number().into(), months.end().number().into()];
    let rows = MonthRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let of_month = |row: MonthRow| {
        let month =
            Month::from_number(row.month).ok_or_else(|| unreadable("commitment.month", &row.month.to_string()))?;
        let count = u64::try_from(row.how_many).unwrap_or_default();
        Ok(OfMonth { month, count, sum: Money::from_minor(row.how_much) })
    };
    rows.all(db).await?.into_iter().map(of_month).collect()
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

/// How much was promised to a collection, and not taken away again: kept, claimed, still owed, or overdue. One query.
pub async fn promised(db: &impl ConnectionTrait, collection: CollectionId) -> Result<Money, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(sum), 0) AS BIGINT) FROM commitment
               WHERE collection_id = $1 AND state IN ('obligation', 'claimed', 'fulfilled', 'fulfilled_late', 'overdue',
                                                      'overdue_claimed')";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [collection.into()]);
    let row = db.query_one_raw(statement).await?;
    Ok(Money::from_minor(row.map_or(Ok(0), |row| row.try_get_by_index(0))?))
}

#[derive(FromQueryResult)]
struct ReliabilityRow {
    fulfilled: i64,
    fulfilled_late: i64,
    overdue: i64,
}

/// How reliable this member is as a supporter. One query.
pub async fn reliability(db: &impl ConnectionTrait, member: MemberId) -> Result<Reliability, DbErr> {
    // What became of a promise is what became of the worst of its parts; of what waits to be confirmed nothing has yet.
    let sql = "SELECT COUNT(CASE WHEN worst = 1 THEN 1 END) AS fulfilled,
                      COUNT(CASE WHEN worst = 2 THEN 1 END) AS fulfilled_late,
                      COUNT(CASE WHEN worst = 4 THEN 1 END) AS overdue
               FROM (SELECT MAX(CASE WHEN state = 'fulfilled' THEN 1
                                     WHEN state = 'fulfilled_late' AND claimed_in_time THEN 1
                                     WHEN state = 'fulfilled_late' THEN 2
                                     WHEN state = 'overdue' THEN 4 ELSE 3 END) AS worst
                     FROM commitment
                     WHERE supporter_id = $1 AND state IN ('fulfilled', 'fulfilled_late', 'overdue', 'overdue_claimed',
                                                           'obligation', 'claimed')
                     GROUP BY COALESCE(part_of, id)) AS promises";
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
                CAST(SUM(CASE WHEN c.state IN ('fulfilled', 'fulfilled_late', 'passed_on') THEN c.sum ELSE 0 END) AS BIGINT)
                    AS fulfilled,
                COUNT(DISTINCT CASE WHEN c.state IN ('fulfilled', 'fulfilled_late', 'passed_on') THEN c.supporter_id END)
                    AS fulfilled_by
         FROM commitment c JOIN collection k ON k.id = c.collection_id
         WHERE c.collection_id IN ({})
           AND c.state IN ('intention', 'obligation', 'claimed', 'fulfilled', 'fulfilled_late', 'passed_on')
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

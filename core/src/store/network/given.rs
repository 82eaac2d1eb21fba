//! What those in somebody's network give each other, as far as it is theirs to see.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

use super::super::sight::is_need;
use super::super::tie::{Lately, ties};
use super::super::unreadable;
use super::asks;
use crate::domain::{CollectionKind, MemberId, Money, State};

/// What one member gives another, or gave lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub supporter: MemberId,
    pub receiver: MemberId,
    /// It is a part of the circle of what the receiver asks for now.
    pub is_in_circle: bool,
    /// In which state, and how much it comes to: for the two of them and the members of that circle alone.
    pub gives: Option<(State, Money)>,
}

#[derive(FromQueryResult)]
struct Row {
    supporter_id: MemberId,
    receiver_id: MemberId,
    in_circle: i32,
    state: Option<String>,
    sum: i64,
}

/// The ties by help between these members, as `viewer` sees them, of whom these are the network. One statement.
///
/// What others vote for in an initiative, or give to a pool, is between the two of them: of such ties only the viewer's own are
/// here. What they give is little, what they get may be much: so it is looked for among what each of them gives.
pub async fn given_among(
    db: &impl ConnectionTrait,
    viewer: MemberId,
    these: &[MemberId],
    lately: Lately,
    month_began: DateTime<Utc>,
) -> Result<Vec<Given>, DbErr> {
    let [since, overdue_of] = lately.values();
    let mut values: Vec<Value> = vec![viewer.into(), since, overdue_of, month_began.into()];
    values.extend([viewer].iter().chain(these).copied().map(Value::from));
    let rows: Vec<String> = (5..=values.len()).map(|place| format!("(CAST(${place} AS BIGINT))")).collect();
    let found = ties(
        "c.supporter_id, c.receiver_id, c.collection_id, c.state, c.sum, c.settled_at",
        "shown n CROSS JOIN commitment c",
        "c.supporter_id = n.id AND c.receiver_id IN (SELECT id FROM shown)",
    );
    let sql = format!(
        "WITH shown (id) AS (VALUES {rows}),
         tied AS ({found}),
         known AS (
             SELECT c.supporter_id, c.receiver_id, c.state, c.sum, c.settled_at,
                    CASE WHEN c.supporter_id = $1 OR c.receiver_id = $1 THEN 1 ELSE 0 END AS is_mine,
                    CASE WHEN c.collection_id = ({asks}) AND {helps} THEN 1 ELSE 0 END AS in_circle,
                    CASE WHEN EXISTS (SELECT 1 FROM commitment v JOIN collection k ON k.id = v.collection_id
                                      WHERE v.collection_id = c.collection_id AND v.supporter_id = $1 AND {helps_too})
                         THEN 1 ELSE 0 END AS i_help
             FROM tied c JOIN collection k ON k.id = c.collection_id
             WHERE c.supporter_id = $1 OR c.receiver_id = $1 OR {need}),
         seen AS (
             SELECT supporter_id, receiver_id, in_circle, sum,
                    CASE WHEN (is_mine = 1 AND (in_circle = 1 OR settled_at IS NULL)) OR (in_circle = 1 AND i_help = 1)
                         THEN state END AS state
             FROM known)
         SELECT supporter_id, receiver_id, in_circle, state,
                CAST(SUM(CASE WHEN state IS NULL THEN 0 ELSE sum END) AS BIGINT) AS sum
         FROM seen GROUP BY supporter_id, receiver_id, in_circle, state
         ORDER BY supporter_id, receiver_id, in_circle DESC, state",
        rows = rows.join(", "),
        asks = asks("c.receiver_id"),
        helps = helps("c"),
        helps_too = helps("v"),
        need = is_need("k"),
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Row::find_by_statement(statement).all(db).await?.into_iter().map(Row::into_given).collect()
}

/// That a commitment makes its supporter a member of the circle of its collection `k`. `$4` is when the current month began.
fn helps(commitment: &str) -> String {
    let of_a_month = CollectionKind::ALL.into_iter().filter(|kind| kind.is_of_a_month());
    let of_a_month: Vec<String> = of_a_month.map(|kind| format!("'{}'", kind.as_str())).collect();
    format!(
        "({commitment}.state IN ('intention', 'obligation', 'claimed')
          OR ({commitment}.state IN ('fulfilled', 'fulfilled_late', 'passed_on') AND {commitment}.settled_at >= $4)
          OR ({commitment}.state = 'fulfilled' AND k.kind NOT IN ({})))",
        of_a_month.join(", ")
    )
}

impl Row {
    fn into_given(self) -> Result<Given, DbErr> {
        let state = match self.state {
            Some(state) => Some(State::parse(&state).ok_or_else(|| unreadable("commitment.state", &state))?),
            None => None,
        };
        Ok(Given {
            supporter: self.supporter_id,
            receiver: self.receiver_id,
            is_in_circle: self.in_circle == 1,
            gives: state.map(|state| (state, Money::from_minor(self.sum))),
        })
    }
}

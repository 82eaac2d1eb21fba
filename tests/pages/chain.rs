//! Promises in a chain, put straight into the tables.

use exodus::domain::{Commitment, MemberId, State};
use exodus::store;
use sea_orm::DatabaseConnection;

use crate::community::{help, member, monthly, noon};

/// The first of these owes the second 100, and the second owes the third 40; all see each other.
pub async fn owing(db: &DatabaseConnection, names: [&str; 3]) -> ([MemberId; 3], [Commitment; 2]) {
    let (first, middle, last) = (member(db, names[0]).await, member(db, names[1]).await, member(db, names[2]).await);
    let to_middle = help(db, first, &monthly(db, middle).await, 10_000, State::Obligation).await;
    let to_last = help(db, middle, &monthly(db, last).await, 4_000, State::Obligation).await;
    ([first, middle, last], [to_middle, to_last])
}

/// The middle offers to pass on what they are promised.
pub async fn offered(db: &DatabaseConnection, sides: [MemberId; 3], [first, second]: &[Commitment; 2]) {
    let sum = first.sum.min(second.sum);
    let new = store::chain::New { sides, first: first.id, second: second.id, sum, ends_at: noon(10) };
    store::chain::insert(db, new, noon(2)).await.unwrap();
}

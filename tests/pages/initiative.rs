//! An initiative, put straight into the tables.

use exodus::domain::initiative::{Title, Words};
use exodus::domain::{CollectionId, CollectionKind, MemberId, Money, Opening};
use exodus::store;
use sea_orm::DatabaseConnection;

use crate::community::noon;

/// An initiative of this member, which needs 500 until the end of November.
pub async fn initiative(db: &DatabaseConnection, owner: MemberId, title: &str, words: &str) -> CollectionId {
    let (title, words) = (Title::read(title).unwrap(), Words::read(words).unwrap());
    let opening = Opening {
        kind: CollectionKind::VOTED_FOR,
        target: Money::from_minor(50_000),
        ends_on: Some(noon(30).date_naive()),
    };
    let made = store::collection::insert(db, owner, opening, noon(1)).await.unwrap();
    store::initiative::insert(db, made.id, title.as_str(), words.as_str()).await.unwrap();
    made.id
}

/// One that has the votes that it needs.
pub async fn reached(db: &DatabaseConnection, id: CollectionId) {
    store::collection::set_reached(db, id, noon(2)).await.unwrap();
}

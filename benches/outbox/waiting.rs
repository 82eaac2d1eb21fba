//! Notices that wait in the outbox, and how many of them have been sent.

use chrono::Utc;
use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox;
use exodus_engine::conversation::{Chance, Fault, OsChance};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, PaginatorTrait, QueryFilter};

/// Queues so many for the first members, one after another and again from the first.
pub async fn fill(db: &DatabaseConnection, members: u64, priority: i16, waiting: usize) -> anyhow::Result<()> {
    let members = store::member::ids_after(db, MemberId::BEFORE_ALL, members).await?;
    let now = Utc::now();
    let row = |((recipient, other), number): ((&MemberId, &MemberId), i64)| {
        Ok(outbox::New {
            recipient: *recipient,
            kind: "notice-withdrawn".to_owned(),
            facts: format!(r#"{{"name":{{"member":{other}}},"sum":{{"sum":12050}}}}"#),
            about: None,
            record: None,
            priority,
            by_day: false,
            due_at: now,
            word: OsChance.word()?,
            number,
        })
    };
    let rows: Result<Vec<_>, Fault> =
        members.iter().cycle().zip(members.iter().rev().cycle()).take(waiting).zip(1..).map(row).collect();
    Ok(outbox::push_many(db, rows?, now).await?)
}

pub async fn sent(db: &DatabaseConnection) -> anyhow::Result<u64> {
    Ok(outbox::Entity::find().filter(outbox::Column::SentAt.is_not_null()).count(db).await?)
}

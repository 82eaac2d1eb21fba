//! What is still to be told: one row for each recipient. Filled in the transaction in which something happened,
//! emptied by the workers of `delivery`.
//!
//! A row's life: waiting (`sent_at` and `failed_at` empty) → claimed by a worker under a lease → sent, or failed for
//! good, or waiting again until later. A worker that dies lets its lease run out, and the row is waiting again.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{DbBackend, FromQueryResult, PaginatorTrait, QueryOrder, QuerySelect, Set, Statement};

use crate::domain::MemberId;

/// One notice to one member.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub recipient_id: i64,
    pub kind: String,
    /// What to say, as JSON; not the words.
    pub facts: String,
    /// The commitment or collection that the notice's choices act on.
    pub about: Option<i64>,
    /// Smaller goes first.
    pub priority: i16,
    pub created_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub attempts: i32,
    pub lease_until: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub failed_at: Option<DateTime<Utc>>,
    pub failure: Option<String>,
    /// When one of the notice's deeds was done.
    pub answered_at: Option<DateTime<Utc>>,
    /// The messenger's id of the message that shows it, once it is sent.
    pub message: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What somebody is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub recipient: MemberId,
    pub kind: String,
    /// JSON.
    pub facts: String,
    /// The commitment or collection that the notice's choices act on.
    pub about: Option<i64>,
    /// Smaller goes first.
    pub priority: i16,
    /// Not before this time.
    pub due_at: DateTime<Utc>,
}

/// A row that a worker has in hand, with all it needs to send it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Claimed {
    pub id: i64,
    pub recipient_id: i64,
    pub kind: String,
    pub facts: String,
    pub about: Option<i64>,
    /// Counts this one too.
    pub attempts: i32,
    /// The recipient's language.
    pub lang: String,
    /// The account to write to: the recipient's oldest that can be reached. None: there is no such account.
    pub account_id: Option<i64>,
    pub messenger: Option<String>,
    pub address: Option<String>,
}

/// Queues all of these at once, in one statement; none for an empty list.
pub async fn push_many(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<ActiveModel> = rows
        .into_iter()
        .map(|row| ActiveModel {
            recipient_id: Set(row.recipient),
            kind: Set(row.kind),
            facts: Set(row.facts),
            about: Set(row.about),
            priority: Set(row.priority),
            created_at: Set(now),
            due_at: Set(row.due_at),
            ..Default::default()
        })
        .collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Claims up to `limit` rows that are due, until `lease`: more urgent first, then older. Nobody is told a later thing
/// while an earlier one still waits, so there is at most one row of each recipient.
///
/// Two statements, one when nothing is due. Call it outside a transaction: the claim must stand before anything is sent.
pub async fn claim(
    db: &impl ConnectionTrait,
    limit: u64,
    now: DateTime<Utc>,
    lease: DateTime<Utc>,
) -> Result<Vec<Claimed>, DbErr> {
    let backend = db.get_database_backend();
    // Workers pass by each other's rows instead of waiting for them. SQLite has one writer at a time and needs no word.
    let skip_locked = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let sql = format!(
        "WITH picked AS (
             SELECT o.id FROM outbox o
             WHERE o.sent_at IS NULL AND o.failed_at IS NULL AND o.due_at <= $1
               AND (o.lease_until IS NULL OR o.lease_until <= $1)
               AND NOT EXISTS (
                   SELECT 1 FROM outbox e
                   WHERE e.recipient_id = o.recipient_id AND e.id < o.id
                     AND e.sent_at IS NULL AND e.failed_at IS NULL)
             ORDER BY o.priority, o.due_at, o.id
             LIMIT $3 {skip_locked})
         UPDATE outbox SET lease_until = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM picked)
         RETURNING id"
    );
    let values = [now.into(), lease.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT o.id, o.recipient_id, o.kind, o.facts, o.about, o.attempts, m.lang,
                a.id AS account_id, a.messenger, a.address
         FROM outbox o
         JOIN member m ON m.id = o.recipient_id
         LEFT JOIN account a ON a.id = (
             SELECT MIN(r.id) FROM account r WHERE r.member_id = m.id AND r.unreachable_since IS NULL)
         WHERE o.id IN ({})
         ORDER BY o.priority, o.due_at, o.id",
        places.join(", ")
    );
    let values = ids.into_iter().map(Value::from);
    Claimed::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await
}

/// Ends all leases: for a process that knows that it is the only one.
pub async fn end_leases(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::LeaseUntil.is_not_null())
        .filter(Column::SentAt.is_null())
        .filter(Column::FailedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The messenger has taken it, and shows it in this message.
pub async fn sent(db: &impl ConnectionTrait, id: i64, message: Option<&str>, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::SentAt, Expr::value(now))
        .col_expr(Column::Message, Expr::value(message.map(str::to_owned)))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(waiting_row(id))
        .exec(db)
        .await?;
    Ok(())
}

/// It waits again, until `due`.
pub async fn later(db: &impl ConnectionTrait, id: i64, due: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(waiting_row(id))
        .exec(db)
        .await?;
    Ok(())
}

/// It was claimed and nobody tried to send it: it waits until `due`, and the attempt does not count.
pub async fn put_off(db: &impl ConnectionTrait, id: i64, due: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        .filter(waiting_row(id))
        .exec(db)
        .await?;
    Ok(())
}

/// It is given up, and `why` is kept for the administrators.
pub async fn failed(db: &impl ConnectionTrait, id: i64, why: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::FailedAt, Expr::value(now))
        .col_expr(Column::Failure, Expr::value(why))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(waiting_row(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that one of the notice's deeds is being done. False: one was before, and it works only once.
pub async fn answer(db: &impl ConnectionTrait, id: i64, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::AnsweredAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The row with this id, whatever became of it.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// What this member was shown in this message, whether or not it was answered.
pub async fn find_by_message(
    db: &impl ConnectionTrait,
    recipient: MemberId,
    message: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::Message.eq(message))
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// The latest notices with choices that this member was sent and has not answered, the newest first.
pub async fn unanswered(db: &impl ConnectionTrait, recipient: MemberId, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::SentAt.is_not_null())
        .filter(Column::AnsweredAt.is_null())
        .filter(Column::About.is_not_null())
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// How many rows are neither sent nor given up.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().filter(Column::SentAt.is_null()).filter(Column::FailedAt.is_null()).count(db).await
}

fn waiting_row(id: i64) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Column::Id.eq(id)).add(Column::SentAt.is_null()).add(Column::FailedAt.is_null())
}

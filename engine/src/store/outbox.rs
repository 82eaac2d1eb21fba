//! What is still to be told: one row for each recipient. Filled in the transaction in which something happened,
//! emptied by the workers of `delivery`.
//!
//! A row's life: waiting (`sent_at` and `failed_at` empty) → claimed by a worker under a lease → sent, or failed for
//! good, or waiting again until later. A worker that dies lets its lease run out, and the row is waiting again. What has
//! waited for too long is given up.

mod claim;
mod corrected;
mod forget;
mod gathered;
mod later;
mod names;
mod progress;
mod waiting;
mod ways;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect, Set};

pub use claim::{Claimed, Urgency, Wanted, claim};
pub use corrected::{CORRECTED, replace, untold_of, withdraw};
pub use forget::{forget_asked_before, forget_given_up_before, forget_told_before};
pub use gathered::waits_for;
pub use later::{answered_last, newer_about, told_the_same};
pub use names::{find_by_message, find_by_number, find_by_word, numbers_taken};
pub use progress::{Failures, Sent, failures, given_up, sent_of};
pub use waiting::{Waiting, by_messenger, next_due_after, of_other_kinds};
pub use ways::{bring_forward, expire, look_again, set_missing_ways, set_way};

use super::many;
use crate::id::{Id, PersonId};

/// The priority of what asks something of its recipient.
pub const ASKS: i16 = 0;

/// The priority of what only tells.
pub const TELLS: i16 = 1;

/// The priority of what goes to very many at once: it is sent when nothing else waits, and delays nothing.
pub const TO_ALL: i16 = 2;

/// How long a row is tried before it is given up: what is older is no news any more.
pub const KEPT: TimeDelta = TimeDelta::days(3);

/// How many rows are written by one statement. Databases limit the values that a statement may have.
const AT_ONCE: usize = 1000;

/// A notice's number in the order of the outbox. What its reader types to answer it is another, that is drawn.
pub type NoticeId = Id<Model>;

/// One notice to one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: NoticeId,
    /// The number of the person who is told.
    pub recipient_id: PersonId,
    /// What kind of notice it is: see [`Bot::tells`](crate::conversation::Bot::tells).
    pub kind: String,
    /// What to say, as JSON; not the words.
    pub facts: String,
    /// What its choices act on, or lead to, as whoever queued it says that: `wish/12`.
    pub about: Option<String>,
    /// The record that it tells of.
    pub record: Option<String>,
    /// Smaller goes first: [`ASKS`], [`TELLS`], [`TO_ALL`].
    pub priority: i16,
    /// Told by day, where its recipient lives.
    pub by_day: bool,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// Not before this time.
    pub due_at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: i32,
    /// Until when a worker has it in hand.
    pub lease_until: Option<DateTime<Utc>>,
    /// When it went out.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub failed_at: Option<DateTime<Utc>>,
    /// Why it was given up; for the operator.
    pub failure: Option<String>,
    /// When one of the notice's deeds was done.
    pub answered_at: Option<DateTime<Utc>>,
    /// The messenger's id of the message that shows it, once it is sent.
    pub message: Option<String>,
    /// Where it goes while it waits. None: its recipient can't be reached at present.
    pub messenger: Option<String>,
    /// When it is given up.
    pub expires_at: Option<DateTime<Utc>>,
    /// What its buttons carry: drawn, and never another's.
    pub word: Option<String>,
    /// What its reader types to answer it: drawn, and no other of theirs has it.
    pub number: Option<i64>,
    /// Since when its messenger has been refusing it for a reason that nobody foresaw.
    pub refused_since: Option<DateTime<Utc>>,
}

/// It refers to no other table by this.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What somebody is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// The person who is told.
    pub recipient: PersonId,
    /// What kind of notice it is.
    pub kind: String,
    /// JSON.
    pub facts: String,
    /// What its choices act on, or lead to, if there is anything. It is only kept.
    pub about: Option<String>,
    /// The record that it tells of, if it is one.
    pub record: Option<String>,
    /// Smaller goes first: [`ASKS`], [`TELLS`], [`TO_ALL`].
    pub priority: i16,
    /// Told by day, where its recipient lives: never in the night.
    pub by_day: bool,
    /// Not before this time.
    pub due_at: DateTime<Utc>,
    /// What its buttons carry, as it was drawn.
    pub word: String,
    /// What its reader types to answer it, as it was drawn: none of those that [`numbers_taken`] has.
    pub number: i64,
}

/// Queues all of these, in a statement or two for each thousand; none for an empty list.
pub async fn push_many(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut rows: Vec<New> = rows.into_iter().collect();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(AT_ONCE));
        let ways = ways::ways(db, rows.iter().map(|row| row.recipient)).await?;
        let rows = std::mem::replace(&mut rows, rest).into_iter().map(|row| ActiveModel {
            messenger: Set(ways.get(&row.recipient).cloned()),
            recipient_id: Set(row.recipient),
            kind: Set(row.kind),
            facts: Set(row.facts),
            about: Set(row.about),
            record: Set(row.record),
            priority: Set(row.priority),
            by_day: Set(row.by_day),
            created_at: Set(now),
            due_at: Set(row.due_at),
            word: Set(Some(row.word)),
            number: Set(Some(row.number)),
            expires_at: Set(Some(std::cmp::max(row.due_at, now) + KEPT)),
            ..Default::default()
        });
        many::insert(db, rows.collect()).await?;
    }
    Ok(())
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
pub async fn sent(
    db: &impl ConnectionTrait,
    id: NoticeId,
    message: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let message = Expr::value(message.map(str::to_owned));
    let_go(db, id, [(Column::SentAt, Expr::value(now)), (Column::Message, message)]).await
}

/// It waits again, until `due`.
pub async fn later(db: &impl ConnectionTrait, id: NoticeId, due: DateTime<Utc>) -> Result<(), DbErr> {
    let_go(db, id, [(Column::DueAt, Expr::value(due))]).await
}

/// It was refused for a reason that nobody foresaw, and waits again until `due`. The first time counts.
pub async fn refused(
    db: &impl ConnectionTrait,
    id: NoticeId,
    now: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Result<(), DbErr> {
    let since = Expr::col(Column::RefusedSince).if_null(now);
    let_go(db, id, [(Column::RefusedSince, since), (Column::DueAt, Expr::value(due))]).await
}

/// It was claimed and nobody tried to send it, because it is better told at `due`: then it is as if queued anew.
pub async fn plan(db: &impl ConnectionTrait, id: NoticeId, due: DateTime<Utc>) -> Result<(), DbErr> {
    let kept = (Column::ExpiresAt, Expr::value(due + KEPT));
    let_go(db, id, [(Column::DueAt, Expr::value(due)), kept, untried()]).await
}

/// It was claimed and nobody tried to send it: it waits until `due`, and the attempt does not count.
pub async fn put_off(db: &impl ConnectionTrait, id: NoticeId, due: DateTime<Utc>) -> Result<(), DbErr> {
    let_go(db, id, [(Column::DueAt, Expr::value(due)), untried()]).await
}

/// It is given up, and `why` is kept for the administrators.
pub async fn failed(db: &impl ConnectionTrait, id: NoticeId, why: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let_go(db, id, [(Column::FailedAt, Expr::value(now)), (Column::Failure, Expr::value(why))]).await
}

fn untried() -> (Column, Expr) {
    (Column::Attempts, Expr::col(Column::Attempts).sub(1))
}

/// Ends the lease of a row that is neither sent nor given up, with what is to be noted of it.
async fn let_go(
    db: &impl ConnectionTrait,
    id: NoticeId,
    noted: impl IntoIterator<Item = (Column, Expr)>,
) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>));
    let update = noted.into_iter().fold(update, |update, (column, value)| update.col_expr(column, value));
    update.filter(waiting_row(id)).exec(db).await?;
    Ok(())
}

/// Notes that one of the notice's deeds is being done. False: one was before, and it works only once.
pub async fn answer(db: &impl ConnectionTrait, id: NoticeId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::AnsweredAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The messenger numbers its messages anew, so those that notices were shown in are no longer known by their numbers.
pub async fn forget_messages(db: &impl ConnectionTrait, messenger: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Message, Expr::value(None::<String>))
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Message.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The row with this id, whatever became of it.
pub async fn find(db: &impl ConnectionTrait, id: NoticeId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The latest notices that this person was sent and has not answered, the newest first: also digests, which are about
/// nothing in particular.
pub async fn unanswered(db: &impl ConnectionTrait, recipient: PersonId, limit: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::SentAt.is_not_null())
        .filter(Column::AnsweredAt.is_null())
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// All that this person was told or is to be told, and is still kept, the oldest first.
pub async fn of_person(db: &impl ConnectionTrait, recipient: PersonId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::RecipientId.eq(recipient)).order_by_asc(Column::Id).all(db).await
}

/// How many rows are neither sent nor given up.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().filter(Column::SentAt.is_null()).filter(Column::FailedAt.is_null()).count(db).await
}

fn waiting_row(id: NoticeId) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Column::Id.eq(id)).add(Column::SentAt.is_null()).add(Column::FailedAt.is_null())
}

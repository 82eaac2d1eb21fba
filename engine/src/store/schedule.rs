//! What the calendar has to do: one row for each thing that is due at a time.
//!
//! A row is done once: whoever does its work marks it in the same transaction. Work in several steps writes down how far
//! it has come in `progress`, in the transaction of each step.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{DbBackend, FromQueryResult, QueryOrder, QuerySelect, QueryTrait, Set, Statement};

use crate::id::Id;

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: Id<Model>,
    /// Which work it is.
    pub name: String,
    /// The number of what it is about, a month or a record; 0: it is about nothing.
    pub about: i64,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// How far it has come.
    pub progress: String,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is to be done, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// Which work it is.
    pub name: &'static str,
    /// The number of what it is about; 0: it is about nothing.
    pub about: i64,
    /// When it is due.
    pub due_at: DateTime<Utc>,
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Due {
    /// Its number.
    pub id: Id<Model>,
    /// Which work it is.
    pub name: String,
    /// Since when it is due.
    pub due_at: DateTime<Utc>,
}

/// What is not looked at, though it is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// These rows.
    pub rows: Vec<Id<Model>>,
    /// All of such a name, from this time on.
    pub held: Vec<(&'static str, DateTime<Utc>)>,
}

/// What was done at a time that is so far ahead was done by a clock that was wrong.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// How many rows go into one statement.
const AT_ONCE: usize = 1_000;

/// Notes what is to be done. What was noted for the same time before, done or not, stays as it is.
pub async fn plan(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<ActiveModel> = rows
        .into_iter()
        .map(|row| ActiveModel {
            name: Set(row.name.to_owned()),
            about: Set(row.about),
            due_at: Set(row.due_at),
            created_at: Set(now),
            ..Default::default()
        })
        .collect();
    for rows in rows.chunks(AT_ONCE) {
        let mut insert = Entity::insert_many(rows.to_vec()).into_query();
        insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        db.execute(&insert).await?;
    }
    Ok(())
}

/// Notes what is to be done, also when it was done before by a clock that was more than a day ahead of this one: then
/// it was done too early, and is to be done again in its time.
pub async fn plan_in_time(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = New>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<New> = rows.into_iter().collect();
    for row in &rows {
        Entity::update_many()
            .col_expr(Column::DoneAt, Expr::value(None::<DateTime<Utc>>))
            .col_expr(Column::Progress, Expr::value(""))
            .filter(Column::Name.eq(row.name))
            .filter(Column::About.eq(row.about))
            .filter(Column::DueAt.eq(row.due_at))
            .filter(Column::DoneAt.gt(now + AHEAD))
            .exec(db)
            .await?;
    }
    plan(db, rows, now).await
}

/// Forgets what of these names is to be done after this time.
pub async fn cancel_after(db: &impl ConnectionTrait, names: &[&str], time: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Name.is_in(names.iter().copied()))
        .filter(Column::DoneAt.is_null())
        .filter(Column::DueAt.gt(time))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets what of these names was to be done about this after `now`. What is due already may be in somebody's hand.
pub async fn cancel(db: &impl ConnectionTrait, names: &[&str], about: i64, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::About.eq(about))
        .filter(Column::Name.is_in(names.iter().copied()))
        .filter(Column::DoneAt.is_null())
        .filter(Column::DueAt.gt(now))
        .exec(db)
        .await?;
    Ok(())
}

/// The same about each of these: in one statement, none for nothing.
pub async fn cancel_each(
    db: &impl ConnectionTrait,
    names: &[&str],
    about: &[i64],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if about.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::About.is_in(about.iter().copied()))
        .filter(Column::Name.is_in(names.iter().copied()))
        .filter(Column::DoneAt.is_null())
        .filter(Column::DueAt.gt(now))
        .exec(db)
        .await?;
    Ok(())
}

/// This row.
pub async fn find(db: &impl ConnectionTrait, id: Id<Model>) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// All that is still to be done under these names.
pub async fn planned(db: &impl ConnectionTrait, names: &[&str]) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::DoneAt.is_null())
        .filter(Column::Name.is_in(names.iter().copied()))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// When the next thing of these names is due, or was: it may be in the past.
pub async fn next_due(db: &impl ConnectionTrait, names: &[&str]) -> Result<Option<DateTime<Utc>>, DbErr> {
    Ok(first(db, names, &PassedOver::default(), None).await?.map(|due| due.due_at))
}

/// Whether the same work about the same is due once more, later than this.
pub async fn is_overtaken(db: &impl ConnectionTrait, row: &Model, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let later = Entity::find()
        .filter(Column::Name.eq(row.name.as_str()))
        .filter(Column::About.eq(row.about))
        .filter(Column::DueAt.gt(row.due_at))
        .filter(Column::DueAt.lte(now));
    Ok(later.count(db).await? > 0)
}

/// The first of what is due: the earlier before the later, and what is due at the same moment in the order of `names`.
/// What another release has planned is left to it.
pub async fn first_due(
    db: &impl ConnectionTrait,
    names: &[&str],
    over: &PassedOver,
    now: DateTime<Utc>,
) -> Result<Option<Due>, DbErr> {
    first(db, names, over, Some(now)).await
}

/// The first of these names.
///
/// The first of each name is asked for: very many of one name are often due at the same moment, and are not to be put in
/// order to find it.
async fn first(
    db: &impl ConnectionTrait,
    names: &[&str],
    over: &PassedOver,
    until: Option<DateTime<Utc>>,
) -> Result<Option<Due>, DbErr> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut values: Vec<Value> = Vec::new();
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let until = until.map(|until| format!("AND due_at <= {}", place(until.into()))).unwrap_or_default();
    let but: Vec<String> = over.rows.iter().map(|id| place((*id).into())).collect();
    let but = if but.is_empty() { String::new() } else { format!("AND id NOT IN ({})", but.join(", ")) };
    let firsts = names.iter().enumerate().map(|(turn, name)| {
        let held = over.held.iter().filter(|(held, _)| held == name).map(|(_, from)| *from).min();
        let held = held.map(|from| format!("AND due_at < {}", place(from.into()))).unwrap_or_default();
        let name = place((*name).into());
        format!(
            "SELECT * FROM (
                 SELECT id, name, due_at, {turn} AS turn FROM schedule
                 WHERE done_at IS NULL AND name = {name} {until} {held} {but}
                 ORDER BY due_at, id LIMIT 1) AS first_{turn}"
        )
    });
    let firsts = firsts.collect::<Vec<_>>().join(" UNION ALL ");
    let sql = format!("SELECT id, name, due_at FROM ({firsts}) AS first ORDER BY due_at, turn LIMIT 1");
    Due::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).one(db).await
}

/// Moves what is still to be done to another time.
pub async fn move_to(db: &impl ConnectionTrait, id: Id<Model>, due_at: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due_at))
        .filter(Column::Id.eq(id))
        .filter(Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Takes a row in hand until the transaction ends. None: it is done, or another process has it in hand.
pub async fn take(db: &impl ConnectionTrait, id: Id<Model>) -> Result<Option<Model>, DbErr> {
    let mut row = Entity::find_by_id(id).filter(Column::DoneAt.is_null());
    if db.get_database_backend() == DbBackend::Postgres {
        row = row.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    row.one(db).await
}

/// Notes how far its work has come.
pub async fn go_on(db: &impl ConnectionTrait, id: Id<Model>, progress: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Progress, Expr::value(progress))
        .filter(Column::Id.eq(id))
        .filter(Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Its work is done. False: it was before, and this time must not count.
pub async fn done(db: &impl ConnectionTrait, id: Id<Model>, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::DoneAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets at most `limit` of what was done before. Says how many.
pub async fn forget_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    forget(db, "done_at < $1", [time.into()], limit).await
}

/// The same of what has this name.
pub async fn forget_named_before(
    db: &impl ConnectionTrait,
    name: &str,
    time: DateTime<Utc>,
    limit: u64,
) -> Result<u64, DbErr> {
    forget(db, "done_at < $1 AND name = $2", [time.into(), name.into()], limit).await
}

async fn forget(
    db: &impl ConnectionTrait,
    over: &str,
    values: impl IntoIterator<Item = Value>,
    limit: u64,
) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM schedule WHERE id IN (SELECT id FROM schedule WHERE {over} ORDER BY done_at LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// The names of what is due that are none of these, and since when the first of each is: those that were due before then.
pub async fn of_other_names(
    db: &impl ConnectionTrait,
    names: &[&str],
    before: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Name)
        .column_as(Column::DueAt.min(), "since")
        .filter(Column::DoneAt.is_null())
        .filter(Column::Name.is_not_in(names.iter().copied()))
        .filter(Column::DueAt.lt(before))
        .group_by(Column::Name)
        .order_by_asc(Column::Name)
        .into_tuple()
        .all(db)
        .await
}

/// How much is due and has not been done.
pub async fn count_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let due = Entity::find().filter(Column::DoneAt.is_null()).filter(Column::DueAt.lt(now));
    sea_orm::PaginatorTrait::count(due, db).await
}

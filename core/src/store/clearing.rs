//! Clearings: one a month, and trials. What one sets off stands in `set_off`.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{DbBackend, QueryOrder, QuerySelect, Set, Statement};

use super::unreadable;
use crate::domain::clearing::{Tally, Totals};
use crate::domain::{ClearingId, Money, Month};

/// One clearing.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clearing")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ClearingId,
    pub kind: String,
    pub month: i32,
    pub state: String,
    /// Somebody has changed something since it began.
    pub disturbed: bool,
    pub began_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub owed_count: i64,
    pub owed_members: i64,
    pub owed_sum: i64,
    pub set_off_count: i64,
    pub set_off_members: i64,
    pub set_off_sum: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which kind of clearing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a month: what it finds is set off.
    Month,
    /// A trial: nothing comes of it but its totals.
    Trial,
}

impl Kind {
    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Month => "month",
            Kind::Trial => "trial",
        }
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It reads, and is computed: nothing counts.
    Running,
    /// It counts, whole and for good, and is being carried out.
    Decided,
    /// It is carried out.
    Done,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 3] = [Stage::Running, Stage::Decided, Stage::Done];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Running => "running",
            Stage::Decided => "decided",
            Stage::Done => "done",
        }
    }

    fn parse(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}

impl Model {
    /// How far it is.
    ///
    /// # Errors
    /// The row was written by a newer release.
    pub fn stage(&self) -> Result<Stage, DbErr> {
        Stage::parse(&self.state).ok_or_else(|| unreadable("clearing.state", &self.state))
    }

    /// What it comes to.
    pub fn totals(&self) -> Totals {
        let tally = |count: i64, members: i64, sum: i64| Tally {
            count: count.unsigned_abs(),
            members: members.unsigned_abs(),
            sum: Money::from_minor(sum),
        };
        Totals {
            owed: tally(self.owed_count, self.owed_members, self.owed_sum),
            set_off: tally(self.set_off_count, self.set_off_members, self.set_off_sum),
        }
    }
}

/// Begins one.
pub async fn begin(
    db: &impl ConnectionTrait,
    kind: Kind,
    month: Month,
    now: DateTime<Utc>,
) -> Result<ClearingId, DbErr> {
    let row = ActiveModel {
        kind: Set(kind.as_str().to_owned()),
        month: Set(month.number()),
        state: Set(Stage::Running.as_str().to_owned()),
        began_at: Set(now),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The one with this number.
pub async fn find(db: &impl ConnectionTrait, id: ClearingId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The newest of this kind, at whatever stage a trial is; of those of months the newest that counts.
pub async fn newest(db: &impl ConnectionTrait, kind: Kind) -> Result<Option<Model>, DbErr> {
    let all = Entity::find().filter(Column::Kind.eq(kind.as_str())).order_by_desc(Column::Id);
    let counting = match kind {
        Kind::Trial => all,
        Kind::Month => all.filter(Column::State.ne(Stage::Running.as_str())),
    };
    counting.limit(1).one(db).await
}

/// Notes what it comes to.
pub async fn note_totals(db: &impl ConnectionTrait, id: ClearingId, totals: Totals) -> Result<(), DbErr> {
    let count = |count: u64| Expr::value(i64::try_from(count).unwrap_or(i64::MAX));
    Entity::update_many()
        .col_expr(Column::OwedCount, count(totals.owed.count))
        .col_expr(Column::OwedMembers, count(totals.owed.members))
        .col_expr(Column::OwedSum, Expr::value(totals.owed.sum.minor()))
        .col_expr(Column::SetOffCount, count(totals.set_off.count))
        .col_expr(Column::SetOffMembers, count(totals.set_off.members))
        .col_expr(Column::SetOffSum, Expr::value(totals.set_off.sum.minor()))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// From the commit on it counts, unless somebody has changed something since it began. False: it does not.
///
/// Whoever changes something has to say so ([`disturb`]) before they commit, and then either of the two waits for the other:
/// this one row is all that a clearing and those who act meanwhile have in common.
pub async fn decide(db: &impl ConnectionTrait, id: ClearingId, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let decided = Entity::update_many()
        .col_expr(Column::State, Expr::value(Stage::Decided.as_str()))
        .col_expr(Column::DecidedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(Stage::Running.as_str()))
        .filter(Column::Disturbed.eq(false))
        .exec(db)
        .await?;
    Ok(decided.rows_affected == 1)
}

/// Whether there is one that is not wholly carried out.
pub async fn is_under_way(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let under_way = Entity::find().select_only().column(Column::Id).filter(Expr::cust("state <> 'done'"));
    let found: Option<ClearingId> = under_way.limit(1).into_tuple().one(db).await?;
    Ok(found.is_some())
}

/// What a clearing under way has read is not so any more.
pub async fn disturb(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Disturbed, Expr::value(true))
        // Spelled out, so that the partial index serves it.
        .filter(Expr::cust("state = 'running'"))
        .filter(Column::Disturbed.eq(false))
        .exec(db)
        .await?;
    Ok(())
}

/// Whoever has changed something stands here until they commit; see [`close_gate`].
pub async fn wait_at_gate(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    gate(db, "FOR SHARE").await
}

/// Waits until all have committed who stood at the gate. Whoever comes there later sees a run that was begun before.
/// (SQLite has one writer at a time: nobody is halfway.)
pub async fn close_gate(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    gate(db, "FOR UPDATE").await
}

async fn gate(db: &impl ConnectionTrait, lock: &str) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT id FROM clearing_gate {lock}");
        db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    }
    Ok(())
}

/// The one that counts and is not wholly carried out, if there is one.
pub async fn decided(db: &impl ConnectionTrait) -> Result<Option<ClearingId>, DbErr> {
    let decided = Entity::find().select_only().column(Column::Id).filter(Expr::cust("state = 'decided'"));
    decided.limit(1).into_tuple().one(db).await
}

/// All is done.
pub async fn done(db: &impl ConnectionTrait, id: ClearingId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(Stage::Done.as_str()))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// One that never counted and began before this time, if there is any: whoever computed it was killed, or was not the first.
pub async fn abandoned(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Option<ClearingId>, DbErr> {
    let running = Entity::find().select_only().column(Column::Id).filter(Expr::cust("state = 'running'"));
    running.filter(Column::BeganAt.lt(before)).limit(1).into_tuple().one(db).await
}

/// Forgets one that never counted, of which nothing is kept any more.
pub async fn forget(db: &impl ConnectionTrait, id: ClearingId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::State.eq(Stage::Running.as_str())).exec(db).await?;
    Ok(())
}

/// Forgets the trials before this one.
pub async fn forget_trials(db: &impl ConnectionTrait, but: ClearingId) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Kind.eq(Kind::Trial.as_str())).filter(Column::Id.lt(but)).exec(db).await?;
    Ok(())
}

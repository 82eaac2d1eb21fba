//! Members: people who take part in mutual aid.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ColIdx, FromQueryResult, QueryOrder, QuerySelect, Set, Statement, TryGetError, TryGetable};

use super::many::{among, one_of};
use super::{commitment, person};
use crate::domain::{Called, DailyHour, MemberId, Month, look_of};
use exodus_engine::hours::Zone;

/// One member. How they can be written to is known of them as a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// The person's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    pub name: String,
    /// What the name looks like: by it namesakes are found.
    #[serde(skip)]
    pub look: String,
    /// What they say about themselves.
    pub about: Option<String>,
    /// The hour of their day at which their daily message goes out, if they have chosen one.
    pub daily_hour: Option<i16>,
    pub created_at: DateTime<Utc>,
    /// Since when they are no member any more; then nothing else is kept of them.
    pub left_at: Option<DateTime<Utc>>,
    /// Since when the administrators have suspended them, and why: both or none.
    pub suspended_at: Option<DateTime<Utc>>,
    pub suspended_why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A name as it stands in a row, of whoever it is.
impl TryGetable for Called {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Called, TryGetError> {
        String::try_get_by(row, index).map(Called::from)
    }
}

/// The member with this id.
pub async fn find(db: &impl ConnectionTrait, id: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Whoever else changes what belongs to this member comes after this.
pub async fn lock(db: &impl ConnectionTrait, id: MemberId) -> Result<(), DbErr> {
    // SeaORM leaves the lock out of the SQL that it writes for SQLite.
    Entity::find_by_id(id).lock_exclusive().one(db).await?;
    Ok(())
}

/// Registers a member, who is a new person. They need an account too: `account::insert`.
pub async fn insert(db: &impl ConnectionTrait, name: &str, lang: &str, now: DateTime<Utc>) -> Result<Model, DbErr> {
    let person = person::insert(db, lang, now).await?;
    let member = Model {
        id: person.id,
        name: name.to_owned(),
        look: look_of(name),
        about: None,
        daily_hour: None,
        created_at: now,
        left_at: None,
        suspended_at: None,
        suspended_why: None,
    };
    let row = ActiveModel {
        id: Set(member.id),
        name: Set(member.name.clone()),
        look: Set(member.look.clone()),
        about: Set(None),
        daily_hour: Set(None),
        created_at: Set(now),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(member)
}

/// The member of this id, and whether a month before this one is still to be closed on anything that they are a side of.
pub async fn arriving(db: &impl ConnectionTrait, id: MemberId, month: Month) -> Result<Option<(Model, bool)>, DbErr> {
    let sql = format!("SELECT m.*, {} AS behind FROM member m WHERE m.id = $1", commitment::behind("m.id", "$2"));
    let values = [id.into(), month.number().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    row.map(|row| Ok((Model::from_query_result(&row, "")?, row.try_get("", "behind")?))).transpose()
}

/// Changes their name.
pub async fn set_name(db: &impl ConnectionTrait, id: MemberId, name: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(name))
        .col_expr(Column::Look, Expr::value(look_of(name)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Changes what they say about themselves; without a text they say nothing.
pub async fn set_about(db: &impl ConnectionTrait, id: MemberId, about: Option<&str>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::About, Expr::value(about)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Changes the hour at which their daily message goes out.
pub async fn set_daily_hour(db: &impl ConnectionTrait, id: MemberId, hour: DailyHour) -> Result<(), DbErr> {
    let hour = Expr::value(i16::from(hour.number()));
    Entity::update_many().col_expr(Column::DailyHour, hour).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// When the daily messages of these go out: the hour that they have chosen, and where they live, as far as they have said so.
/// One query, none for an empty list.
pub async fn daily_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, (Option<DailyHour>, Option<Zone>)>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (among, ids) = among(db, ids);
    let sql = format!(
        "SELECT m.id, m.daily_hour, p.zone FROM member m CROSS JOIN person p
         WHERE m.id {among} AND p.id = m.id AND (m.daily_hour IS NOT NULL OR p.zone IS NOT NULL)"
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [ids])).await?;
    let read = |row: &QueryResult| {
        let (hour, zone): (Option<i16>, Option<String>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let hour = hour.and_then(|hour| DailyHour::new(u8::try_from(hour).ok()?));
        Ok((row.try_get_by_index(0)?, (hour, zone.and_then(|zone| zone.parse().ok()))))
    };
    rows.iter().map(read).collect()
}

/// The names of these members, by id; those who don't exist, or have left, are left out. One query, none for an empty list.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, String>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(MemberId, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(one_of(db, Column::Id, ids))
        .filter(Column::LeftAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A member as others read of them.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    pub id: MemberId,
    pub name: String,
    /// Another member has a name that looks the same.
    pub is_shared: bool,
    pub is_suspended: bool,
}

/// Those of these who are members. One query, none for an empty list.
pub async fn named(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = MemberId>) -> Result<Vec<Named>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (among, ids) = among(db, ids);
    let sql = format!(
        "SELECT m.id, m.name, m.suspended_at IS NOT NULL AS is_suspended,
                m.look <> '' AND EXISTS (SELECT 1 FROM member o WHERE o.look = m.look AND o.id <> m.id LIMIT 1 OFFSET 0)
                AS is_shared
         FROM member m WHERE m.id {among} AND m.left_at IS NULL"
    );
    Named::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, [ids])).all(db).await
}

/// The next members, in the order of their ids.
pub async fn ids_after(db: &impl ConnectionTrait, after: MemberId, limit: u64) -> Result<Vec<MemberId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Whether any of these has left.
pub async fn any_left(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = MemberId>) -> Result<bool, DbErr> {
    let left = Entity::find().select_only().column(Column::Id).filter(one_of(db, Column::Id, ids));
    Ok(left.filter(Column::LeftAt.is_not_null()).into_tuple::<MemberId>().one(db).await?.is_some())
}

/// Erases all that mutual aid knows of these members themselves: their names, what they said about themselves and how they can
/// be paid, what they chose. From now on they are no members. Their rows stay, as what was written of their numbers does.
pub async fn erase(db: &impl ConnectionTrait, ids: &[MemberId], now: DateTime<Utc>) -> Result<(), DbErr> {
    let these: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let (these, time) = (these.join(", "), format!("${}", ids.len() + 1));
    let ids: Vec<Value> = ids.iter().copied().map(Value::from).collect();
    let sql = format!(
        "UPDATE member SET name = '', look = '', about = NULL, daily_hour = NULL, suspended_at = NULL, suspended_why = NULL,
                left_at = {time}
         WHERE id IN ({these})"
    );
    let values = ids.iter().cloned().chain([now.into()]);
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    for table in ["payment_detail", "member_notification", "clearing_consent", "paid_directly"] {
        let sql = format!("DELETE FROM {table} WHERE member_id IN ({these})");
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, ids.clone())).await?;
    }
    Ok(())
}

/// Suspends a member; false when they are suspended, or have left.
pub async fn suspend(db: &impl ConnectionTrait, id: MemberId, why: &str, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::SuspendedAt, Expr::value(now))
        .col_expr(Column::SuspendedWhy, Expr::value(why))
        .filter(Column::Id.eq(id))
        .filter(Column::SuspendedAt.is_null())
        .filter(Column::LeftAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets a member take part again; false when they do.
pub async fn restore(db: &impl ConnectionTrait, id: MemberId) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::SuspendedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::SuspendedWhy, Expr::value(None::<String>))
        .filter(Column::Id.eq(id))
        .filter(Column::SuspendedAt.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Whether this member is suspended.
pub async fn is_suspended(db: &impl ConnectionTrait, id: MemberId) -> Result<bool, DbErr> {
    Ok(find(db, id).await?.is_some_and(|member| member.suspended_at.is_some()))
}

/// Those of these members who are suspended. One query, none for an empty list.
pub async fn suspended_among(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashSet<MemberId>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let held = Entity::find().select_only().column(Column::Id).filter(one_of(db, Column::Id, ids));
    let held: Vec<MemberId> = held.filter(Column::SuspendedAt.is_not_null()).into_tuple().all(db).await?;
    Ok(held.into_iter().collect())
}

/// The member who came last.
pub async fn last(db: &impl ConnectionTrait) -> Result<Option<MemberId>, DbErr> {
    Ok(Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "last")
        .into_tuple::<Option<MemberId>>()
        .one(db)
        .await?
        .flatten())
}

//! Members: people who take part in mutual aid.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, Set};

use super::many::one_of;
use super::person;
use crate::domain::{DailyHour, MemberId};

/// One member. How they can be written to is known of them as a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// The person's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    pub name: String,
    /// What they say about themselves.
    pub about: Option<String>,
    /// The hour of their day at which their daily message goes out, if they have chosen one.
    pub daily_hour: Option<i16>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

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
    let member = Model { id: person.id, name: name.to_owned(), about: None, daily_hour: None, created_at: now };
    let row = ActiveModel {
        id: Set(member.id),
        name: Set(member.name.clone()),
        about: Set(None),
        daily_hour: Set(None),
        created_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(member)
}

/// Changes their name.
pub async fn set_name(db: &impl ConnectionTrait, id: MemberId, name: &str) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Name, Expr::value(name)).filter(Column::Id.eq(id)).exec(db).await?;
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

/// The hours that these members have chosen for their daily messages; those who have not are left out. One query, none for
/// an empty list.
pub async fn daily_hours(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, DailyHour>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(MemberId, i16)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::DailyHour])
        .filter(one_of(db, Column::Id, ids))
        .filter(Column::DailyHour.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let read = |(id, hour): (MemberId, i16)| Some((id, DailyHour::new(u8::try_from(hour).ok()?)?));
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The names of these members, by id; ids that don't exist are left out. One query, none for an empty list.
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
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
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

//! Members.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, Set};

use super::many::one_of;
use super::outbox;
use crate::domain::{MemberId, QuietHours, Zone};

/// One member.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// The language they are spoken to in.
    pub lang: String,
    pub created_at: DateTime<Utc>,
    /// Their time zone, as a `Zone`'s name; the community's if they chose none.
    pub zone: Option<String>,
    /// What they named to say so, where the zone does not say it by itself: `Kazan`, `МСК+2`.
    pub place: Option<String>,
    /// When their quiet hours begin, in minutes since their midnight; `quiet_to` is when they end.
    pub quiet_from: Option<i16>,
    pub quiet_to: Option<i16>,
    /// The account they want to be written to.
    pub written_to: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The member with this id.
pub async fn find(db: &impl ConnectionTrait, id: MemberId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Registers a member. They need an account too: `account::insert`.
pub async fn insert(db: &impl ConnectionTrait, name: &str, lang: &str, now: DateTime<Utc>) -> Result<Model, DbErr> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        lang: Set(lang.to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    let (name, lang) = (name.to_owned(), lang.to_owned());
    Ok(Model {
        id,
        name,
        lang,
        created_at: now,
        zone: None,
        place: None,
        quiet_from: None,
        quiet_to: None,
        written_to: None,
    })
}

/// Changes the language they are spoken to in.
pub async fn set_lang(db: &impl ConnectionTrait, id: MemberId, lang: &str) -> Result<(), DbErr> {
    set(db, id, Column::Lang, lang).await
}

/// Changes the time zone they live in, a [`Zone`]'s name, and what they named to say so.
pub async fn set_zone(db: &impl ConnectionTrait, id: MemberId, zone: &str, place: Option<&str>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Zone, Expr::value(zone))
        .col_expr(Column::Place, Expr::value(place.map(str::to_owned)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The time zones that these members have chosen; those who chose none, or one that this release doesn't know, are left
/// out. One query, none for an empty list.
pub async fn zones(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Zone>, DbErr> {
    let ids: Vec<MemberId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Zone])
        .filter(one_of(db, Column::Id, ids))
        .filter(Column::Zone.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, zone)| Some((id, zone.parse().ok()?))).collect())
}

/// Changes the hours in which they are not written to; or there are none.
pub async fn set_quiet_hours(db: &impl ConnectionTrait, id: MemberId, quiet: Option<QuietHours>) -> Result<(), DbErr> {
    let stored = |minute: fn(QuietHours) -> u16| quiet.and_then(|quiet| i16::try_from(minute(quiet)).ok());
    Entity::update_many()
        .col_expr(Column::QuietFrom, Expr::value(stored(QuietHours::from)))
        .col_expr(Column::QuietTo, Expr::value(stored(QuietHours::to)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The quiet hours of these two columns, if there are any.
pub fn quiet_hours(from: Option<i16>, to: Option<i16>) -> Option<QuietHours> {
    QuietHours::new(u16::try_from(from?).ok()?, u16::try_from(to?).ok()?)
}

/// Changes the account they are written to; what waits for them goes there.
pub async fn set_written_to(db: &impl ConnectionTrait, id: MemberId, account: i64) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::WrittenTo, Expr::value(account)).filter(Column::Id.eq(id)).exec(db).await?;
    outbox::find_way_to(db, id).await
}

/// Changes their name.
pub async fn set_name(db: &impl ConnectionTrait, id: MemberId, name: &str) -> Result<(), DbErr> {
    set(db, id, Column::Name, name).await
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
    let rows: Vec<(i64, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name])
        .filter(one_of(db, Column::Id, ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn set(db: &impl ConnectionTrait, id: MemberId, column: Column, to: &str) -> Result<(), DbErr> {
    Entity::update_many().col_expr(column, Expr::value(to)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
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

//! What administrators tell everybody, and how far it has come.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{NotSet, QueryOrder, QuerySelect, Set};

use super::many::one_of;
use crate::domain::{AnnouncementId, MemberId};

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: AnnouncementId,
    pub author_id: MemberId,
    pub words: String,
    pub created_at: DateTime<Utc>,
    /// The last member who is told.
    pub up_to: MemberId,
    /// How many have been put into the outbox, wait for their daily message, and have switched announcements off.
    pub at_once: i64,
    pub daily: i64,
    pub off: i64,
    /// When all had been looked at.
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a new one, for all members up to this one.
pub async fn insert(
    db: &impl ConnectionTrait,
    author: MemberId,
    words: &str,
    up_to: MemberId,
    now: DateTime<Utc>,
) -> Result<AnnouncementId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        author_id: Set(author),
        words: Set(words.to_owned()),
        created_at: Set(now),
        up_to: Set(up_to),
        at_once: Set(0),
        daily: Set(0),
        off: Set(0),
        done_at: Set(None),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The one with this id.
pub async fn find(db: &impl ConnectionTrait, id: AnnouncementId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The newest one.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    Entity::find().order_by_desc(Column::Id).limit(1).one(db).await
}

/// What these say, by their ids. One query, none for nothing.
pub async fn words_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = AnnouncementId>,
) -> Result<HashMap<AnnouncementId, String>, DbErr> {
    let ids: Vec<AnnouncementId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let words = Entity::find().select_only().columns([Column::Id, Column::Words]).filter(one_of(db, Column::Id, ids));
    Ok(words.into_tuple::<(AnnouncementId, String)>().all(db).await?.into_iter().collect())
}

/// Notes how many more were looked at: told at once, with their daily message, not at all.
pub async fn advance(
    db: &impl ConnectionTrait,
    id: AnnouncementId,
    (at_once, daily, off): (i64, i64, i64),
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::AtOnce, Expr::col(Column::AtOnce).add(at_once))
        .col_expr(Column::Daily, Expr::col(Column::Daily).add(daily))
        .col_expr(Column::Off, Expr::col(Column::Off).add(off))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// All have been looked at.
pub async fn done(db: &impl ConnectionTrait, id: AnnouncementId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::DoneAt, Expr::value(now)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

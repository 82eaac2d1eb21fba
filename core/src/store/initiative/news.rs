//! What initiators tell those who vote for their initiatives.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, QueryOrder, QuerySelect, Set, Statement};

use crate::domain::{CollectionId, MemberId, NewsId};
use crate::store::many::one_of;

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "initiative_news")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: NewsId,
    pub collection_id: CollectionId,
    pub words: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a new one.
pub async fn add_news(
    db: &impl ConnectionTrait,
    of: CollectionId,
    words: &str,
    now: DateTime<Utc>,
) -> Result<NewsId, DbErr> {
    let row = ActiveModel { id: NotSet, collection_id: Set(of), words: Set(words.to_owned()), created_at: Set(now) };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The last one of this initiative.
pub async fn last_news(db: &impl ConnectionTrait, of: CollectionId) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::CollectionId.eq(of)).order_by_desc(Column::Id).one(db).await
}

/// What these say: one query, none for an empty list.
pub async fn words_of_news(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = NewsId>,
) -> Result<HashMap<NewsId, String>, DbErr> {
    let ids: Vec<NewsId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().select_only().columns([Column::Id, Column::Words]);
    let rows: Vec<(NewsId, String)> = rows.filter(one_of(db, Column::Id, ids)).into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}

/// All news of the initiatives of a member.
pub async fn news_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Model>, DbErr> {
    let sql = "SELECT n.* FROM collection k CROSS JOIN initiative_news n
               WHERE k.owner_id = $1 AND n.collection_id = k.id ORDER BY n.id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [owner.into()]);
    Entity::find().from_raw_sql(statement).all(db).await
}

/// Erases all news of these.
pub(super) async fn erase(db: &impl ConnectionTrait, of: &[CollectionId]) -> Result<(), DbErr> {
    Entity::delete_many().filter(one_of(db, Column::CollectionId, of.iter().copied())).exec(db).await?;
    Ok(())
}

//! What very many are to be told: parts of long lists of notices, in the order in which they are put into the outbox. Always
//! few rows, mostly none.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{NotSet, QueryOrder, QuerySelect, Set};

use super::many;
use exodus_engine::id::Id;

/// One part.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "telling")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: Id<Model>,
    /// Whose text it is: that of the floor above.
    pub notices: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps these parts behind those that are there. Gives the number of the first; none for an empty list.
pub async fn push_many(db: &impl ConnectionTrait, parts: Vec<String>) -> Result<Option<Id<Model>>, DbErr> {
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else { return Ok(None) };
    let row = |notices| ActiveModel { id: NotSet, notices: Set(notices) };
    let id = Entity::insert(row(first)).exec(db).await?.last_insert_id;
    many::insert(db, parts.map(row).collect()).await?;
    Ok(Some(id))
}

/// Whether there is any.
pub async fn is_any(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(Entity::find().select_only().column(Column::Id).limit(1).into_tuple::<Id<Model>>().one(db).await?.is_some())
}

/// The first part, which nobody else can change until the transaction ends.
pub async fn first(db: &impl ConnectionTrait) -> Result<Option<Model>, DbErr> {
    locked(db).limit(1).one(db).await
}

/// All of them, in their order; the same holds for each.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, DbErr> {
    locked(db).all(db).await
}

fn locked(db: &impl ConnectionTrait) -> Select<Entity> {
    let parts = Entity::find().order_by_asc(Column::Id);
    if db.get_database_backend() == sea_orm::DbBackend::Postgres { parts.lock_exclusive() } else { parts }
}

/// What these parts hold from now on.
pub async fn change(db: &impl ConnectionTrait, parts: BTreeMap<Id<Model>, String>) -> Result<(), DbErr> {
    let ids: Vec<Id<Model>> = parts.keys().copied().collect();
    let mut now = CaseStatement::new();
    for (id, notices) in parts {
        now = now.case(Column::Id.eq(id), notices);
    }
    if !ids.is_empty() {
        Entity::update_many()
            .col_expr(Column::Notices, now.finally(Expr::col(Column::Notices)).into())
            .filter(many::one_of(db, Column::Id, ids))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// These are put into the outbox.
pub async fn forget(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = Id<Model>>) -> Result<(), DbErr> {
    Entity::delete_many().filter(many::one_of(db, Column::Id, ids)).exec(db).await?;
    Ok(())
}

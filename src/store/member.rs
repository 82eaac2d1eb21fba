//! Members.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QuerySelect, Set};

use crate::domain::MemberId;

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
    let row = ActiveModel { id: NotSet, name: Set(name.to_owned()), lang: Set(lang.to_owned()), created_at: Set(now) };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Model { id, name: name.to_owned(), lang: lang.to_owned(), created_at: now })
}

/// Changes the language they are spoken to in.
pub async fn set_lang(db: &impl ConnectionTrait, id: MemberId, lang: &str) -> Result<(), DbErr> {
    set(db, id, Column::Lang, lang).await
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
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn set(db: &impl ConnectionTrait, id: MemberId, column: Column, to: &str) -> Result<(), DbErr> {
    Entity::update_many().col_expr(column, Expr::value(to)).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

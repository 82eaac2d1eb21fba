//! Initiatives: what they are called and for. What is asked for, until when, and what became of that, is their collection's.

mod news;
mod seen;

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryResult, Set, Statement, Value};

use super::many::one_of;
use crate::domain::{CollectionId, MemberId, Money};

pub use news::{Model as NewsRow, add_news, last_news, news_of, words_of_news};
pub use seen::{Line, count_all_open, count_open, count_over, is_seen, list, over};

/// What an initiative is called and for.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "initiative")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    pub title: String,
    pub words: String,
    /// Its date was moved: that can be done once.
    pub prolonged: bool,
    /// Why an administrator has closed it.
    pub closed_why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps what a new one is called and for.
pub async fn insert(db: &impl ConnectionTrait, id: CollectionId, title: &str, words: &str) -> Result<(), DbErr> {
    let row = ActiveModel {
        collection_id: Set(id),
        title: Set(title.to_owned()),
        words: Set(words.to_owned()),
        prolonged: Set(false),
        closed_why: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What the initiative of this collection is called and for; nothing, when it is none, or its initiator has left.
pub async fn find(db: &impl ConnectionTrait, id: CollectionId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The same of these. One query, none for an empty list.
pub async fn find_many(db: &impl ConnectionTrait, ids: &[CollectionId]) -> Result<Vec<Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Entity::find().filter(one_of(db, Column::CollectionId, ids.iter().copied())).all(db).await
}

/// What an initiative says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    pub title: String,
    /// What it is for.
    pub words: String,
}

/// What these say of themselves: one query, none for an empty list.
pub async fn texts_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CollectionId>,
) -> Result<HashMap<CollectionId, Texts>, DbErr> {
    let ids: Vec<CollectionId> = ids.into_iter().collect();
    let texts = |Model { collection_id, title, words, .. }| (collection_id, Texts { title, words });
    Ok(find_many(db, &ids).await?.into_iter().map(texts).collect())
}

/// Notes that its date was moved.
pub async fn set_prolonged(db: &impl ConnectionTrait, id: CollectionId) -> Result<(), DbErr> {
    let moved = Entity::update_many().col_expr(Column::Prolonged, Expr::value(true));
    moved.filter(Column::CollectionId.eq(id)).exec(db).await?;
    Ok(())
}

/// Notes why an administrator has closed it.
pub async fn set_closed_why(db: &impl ConnectionTrait, id: CollectionId, why: &str) -> Result<(), DbErr> {
    let closed = Entity::update_many().col_expr(Column::ClosedWhy, Expr::value(why));
    closed.filter(Column::CollectionId.eq(id)).exec(db).await?;
    Ok(())
}

/// How much was voted for an initiative, and by how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub voted: Money,
    pub voters: u64,
}

/// As a condition on a commitment `c`: it is a vote for its initiative, or what became of one, ended so at `ended`. What the end
/// of the initiative has cancelled was voted until then, and what was released or fell away later was promised.
fn counts(ended: &str) -> String {
    format!(
        "(c.state IN ('intention', 'obligation', 'claimed', 'overdue', 'overdue_claimed', 'fulfilled', 'fulfilled_late')
          OR (c.state IN ('cancelled', 'forgiven') AND c.settled_at >= {ended}))"
    )
}

/// The same of this one. One query.
pub async fn figures(db: &impl ConnectionTrait, id: CollectionId) -> Result<Figures, DbErr> {
    Ok(figures_of(db, &[id]).await?.remove(&id).unwrap_or_default())
}

/// The same of these; those that nobody has voted for are left out. One query, none for an empty list.
pub async fn figures_of(
    db: &impl ConnectionTrait,
    ids: &[CollectionId],
) -> Result<HashMap<CollectionId, Figures>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT c.collection_id, CAST(COALESCE(SUM(c.sum), 0) AS BIGINT), COUNT(DISTINCT c.supporter_id)
         FROM commitment c JOIN collection k ON k.id = c.collection_id WHERE c.collection_id IN ({}) AND {}
         GROUP BY c.collection_id",
        places.join(", "),
        counts("k.ended_at")
    );
    let values = ids.iter().copied().map(Value::from);
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    let read = |row: &QueryResult| {
        let (voted, voters): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let figures = Figures { voted: Money::from_minor(voted), voters: voters.unsigned_abs() };
        Ok((row.try_get_by_index(0)?, figures))
    };
    rows.iter().map(read).collect()
}

/// All that a member has proposed.
pub async fn rows_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<Model>, DbErr> {
    let sql = "SELECT i.* FROM initiative i CROSS JOIN collection k
               WHERE k.owner_id = $1 AND i.collection_id = k.id ORDER BY i.collection_id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [owner.into()]);
    Entity::find().from_raw_sql(statement).all(db).await
}

/// Erases what the initiatives of a member are called and for, and all news of them. Gives what they were called.
pub async fn erase_of(db: &impl ConnectionTrait, owner: MemberId) -> Result<Vec<String>, DbErr> {
    let rows = rows_of(db, owner).await?;
    let ids: Vec<CollectionId> = rows.iter().map(|row| row.collection_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    news::erase(db, &ids).await?;
    Entity::delete_many().filter(one_of(db, Column::CollectionId, ids)).exec(db).await?;
    Ok(rows.into_iter().map(|row| row.title).collect())
}

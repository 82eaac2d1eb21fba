//! What supporters say about their help.

use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

use super::{Column, Entity};
use crate::domain::{CommitmentId, Note};
use crate::store::many::one_of;

/// The supporter says this about their help from now on, or nothing.
pub async fn set_note(db: &impl ConnectionTrait, id: CommitmentId, note: Option<&str>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Note, Expr::value(note.map(str::to_owned)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// What is said about these, where something is: one query, however many they are; none, when there are none.
pub async fn notes_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CommitmentId>,
) -> Result<HashMap<CommitmentId, Note>, DbErr> {
    let ids: Vec<CommitmentId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(CommitmentId, Option<String>)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Note)
        .filter(one_of(db, Column::Id, ids))
        .filter(Column::Note.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, note)| Some((id, Note::kept(note?)))).collect())
}

//! What has become of a notice since: a newer one about the same, and the one that was answered last.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Column, Entity, Model, NoticeId};
use crate::id::PersonId;

/// What this person is told of these after this row, sent or not, the newest first.
pub async fn newer_about(
    db: &impl ConnectionTrait,
    recipient: PersonId,
    about: &[&str],
    id: NoticeId,
) -> Result<Vec<Model>, DbErr> {
    // About one thing somebody is told a few times, so these are put in order here.
    let told = Entity::find().filter(Column::RecipientId.eq(recipient));
    let mut rows = told.filter(Column::About.is_in(about.iter().copied())).all(db).await?;
    rows.retain(|row| row.id > id);
    rows.sort_by_key(|row| Reverse(row.id));
    Ok(rows)
}

/// The notice whose deed this person did last.
pub async fn answered_last(db: &impl ConnectionTrait, recipient: PersonId) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(Column::RecipientId.eq(recipient))
        .filter(Column::AnsweredAt.is_not_null())
        .order_by_desc(Column::AnsweredAt)
        .order_by_desc(Column::Id)
        .one(db)
        .await
}

/// Whether somebody has been told the very same about this since then, or is about to be.
pub async fn told_the_same(
    db: &impl ConnectionTrait,
    recipient: PersonId,
    about: &str,
    (kind, facts): (&str, &str),
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    // About one thing somebody is told a few times, so these are looked through here.
    let told = Entity::find().filter(Column::RecipientId.eq(recipient)).filter(Column::About.eq(about));
    let is_same = |row: &Model| row.kind == kind && row.facts == facts && row.created_at > since;
    Ok(told.all(db).await?.iter().any(is_same))
}

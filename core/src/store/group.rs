//! The groups of what a group can be of. Their rows are the engine's (`chat`).

use std::collections::BTreeMap;

use exodus_engine::store::chat::{self, Chat};
use sea_orm::{ConnectionTrait, DbErr};

use crate::domain::GroupOf;

/// What this group is of; nothing that this release knows, perhaps.
pub fn what_of(chat: &Chat) -> Option<GroupOf> {
    GroupOf::stored(&chat.card_kind, chat.about?)
}

/// The groups of these, each with what it is of. One query, none for nothing. Nobody forgets them until the transaction ends.
pub async fn of(
    db: &impl ConnectionTrait,
    these: impl IntoIterator<Item = GroupOf>,
) -> Result<Vec<(GroupOf, Chat)>, DbErr> {
    let mut numbers: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for of in these {
        numbers.entry(of.card()).or_default().push(of.number());
    }
    let chats = chat::about(db, numbers).await?;
    Ok(chats.into_iter().filter_map(|chat| Some((what_of(&chat)?, chat))).collect())
}

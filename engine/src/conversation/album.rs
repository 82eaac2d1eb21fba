//! What is sent together.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::engine::Engine;
use super::{Bot, Fault, Heard, Incoming};
use crate::store;

impl<B: Bot> Engine<B> {
    /// What is sent together, as the pictures of an album, is answered once; only words in it are an answer of their own.
    pub(super) async fn is_answered_already(
        &self,
        tx: &DatabaseTransaction,
        messenger: &str,
        incoming: &Incoming,
        now: DateTime<Utc>,
    ) -> Result<bool, Fault> {
        let Some(album) = &incoming.album else { return Ok(false) };
        let name = format!("{} album {album}", incoming.address);
        let is_first = store::seen_update::note(tx, messenger, &name, now).await?;
        Ok(!is_first && incoming.heard == Heard::Other)
    }
}

use sea_orm::DbErr;

use super::Aid;
use crate::domain::{Event, MemberId};
use crate::store;

/// Writes what happened to the journal, which only grows.
pub async fn note(aid: &Aid<'_>, actor: Option<MemberId>, events: &[Event]) -> Result<(), DbErr> {
    let rows = events.iter().map(|event| store::journal::New {
        actor,
        what: event.name().to_owned(),
        collection: event.collection(),
        commitment: event.help().map(|help| help.commitment),
        facts: serde_json::to_string(event).unwrap_or_default(),
    });
    store::journal::append(aid.tx, rows, aid.now).await
}

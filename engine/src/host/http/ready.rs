use std::borrow::Cow;

use super::within_patience;
use super::{PATIENCE, Watched};
use crate::host::listening::Listens;
use crate::store;

/// One thing that has to be there.
pub(super) struct Thing {
    pub name: &'static str,
    pub is_well: bool,
    pub found: Cow<'static, str>,
}

/// Looks at all that has to be there for people to be answered.
pub(super) async fn look(watched: &Watched) -> Vec<Thing> {
    let mut found = vec![database(watched).await];
    for messenger in &watched.messengers {
        let (is_well, what) = match watched.listeners.to(messenger.name()) {
            Listens::Nobody => (false, "not listened to yet".into()),
            // It waits to go on with it: to start this one again would not help.
            Listens::Elsewhere => (true, "another process listens".into()),
            Listens::Here if !messenger.hears() => (false, "listening, but no good answer has come lately".into()),
            Listens::Here if messenger.ready() => (true, "listening".into()),
            Listens::Here => (false, "listening, but nothing can be sent".into()),
            Listens::Lost(why) => (false, format!("lost, and tried again: {why}").into()),
        };
        found.push(Thing { name: messenger.name(), is_well, found: what });
    }
    found
}

/// It has to do what it does for a turn: to answer is not enough where nothing can be written. While turns wait it also
/// has to keep what is written, as on a disk that was full.
async fn database(watched: &Watched) -> Thing {
    let (db, waits) = (watched.db.clone(), watched.waits.are_on());
    // One at a time: whoever asks often is not to be what people wait for.
    let turn = tokio::time::timeout(PATIENCE, watched.trying.clone().lock_owned());
    let Ok(trying) = turn.await else {
        return Thing { name: "database", is_well: false, found: "does not answer".into() };
    };
    let tried = async move {
        let _trying = trying;
        store::trial(&db, waits).await
    };
    let (is_well, found) = match within_patience(tried).await {
        // Perhaps none of those who waited ask again.
        Some(Ok(())) if watched.waits.end_unless_tried() => (true, "answers"),
        Some(Ok(())) => (false, "answers, but a turn still waits for it"),
        Some(Err(_)) => {
            watched.meters.database_error("ready");
            (false, "answers with an error")
        }
        None => {
            watched.meters.database_error("ready");
            (false, "does not answer")
        }
    };
    Thing { name: "database", is_well, found: found.into() }
}

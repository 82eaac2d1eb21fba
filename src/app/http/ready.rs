use super::Watched;
use super::within_patience;
use crate::app::listening::Listens;

/// One thing that has to be there.
pub(super) struct Thing {
    pub name: &'static str,
    pub is_well: bool,
    pub found: &'static str,
}

/// Looks at all that has to be there for people to be answered.
pub(super) async fn look(watched: &Watched) -> Vec<Thing> {
    let mut found = vec![database(watched).await];
    for messenger in &watched.messengers {
        let (is_well, what) = match watched.listeners.to(messenger.name()) {
            Listens::Nobody => (false, "not listened to yet"),
            // It waits to go on with it: to start this one again would not help.
            Listens::Elsewhere => (true, "another process listens"),
            Listens::Here if messenger.ready() => (true, "listening"),
            Listens::Here => (false, "listening, but nothing can be sent"),
        };
        found.push(Thing { name: messenger.name(), is_well, found: what });
    }
    found
}

async fn database(watched: &Watched) -> Thing {
    let db = watched.db.clone();
    let (is_well, found) = match within_patience(async move { db.ping().await }).await {
        Some(Ok(())) => (true, "answers"),
        Some(Err(_)) => {
            watched.meters.database_error("ready");
            (false, "answers with an error")
        }
        None => {
            watched.meters.database_error("ready");
            (false, "does not answer")
        }
    };
    Thing { name: "database", is_well, found }
}

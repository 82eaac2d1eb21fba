use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::Notify;

use crate::history::History;
use crate::pace::Bucket;
use crate::refusal::Refused;

/// A person, and their private chat with the bot (which has the same id).
#[derive(Debug)]
pub(crate) struct Person {
    pub id: i64,
    pub name: String,
    pub username: Option<String>,
    pub lang: String,
    pub started: bool,
    pub blocked: bool,
    pub deactivated: bool,
    /// Nobody may be led to them by their number.
    pub hides: bool,
    /// The topics of the chat with the bot.
    pub topics: BTreeSet<i64>,
    pub history: History,
    pub bucket: Bucket,
    /// Since when the person waits for an answer.
    pub waiting_since: Option<Instant>,
    /// Told whenever the chat changes.
    pub changed: Arc<Notify>,
}

impl Person {
    pub fn new(id: i64) -> Self {
        Self {
            id,
            name: format!("Person {id}"),
            username: None,
            lang: "en".to_owned(),
            started: false,
            blocked: false,
            deactivated: false,
            hides: false,
            topics: BTreeSet::new(),
            history: History::default(),
            bucket: Bucket::default(),
            waiting_since: None,
            changed: Arc::default(),
        }
    }

    /// Whether there is such a topic.
    pub fn has(&self, topic: Option<i64>) -> Result<(), Refused> {
        match topic {
            Some(topic) if !self.topics.contains(&topic) => {
                Err(Refused::too_late("Bad Request: message thread not found"))
            }
            _ => Ok(()),
        }
    }

    /// Whether the bot may write to them now.
    pub fn reachable(&self) -> Result<(), Refused> {
        if self.deactivated {
            return Err(Refused::gone("Forbidden: user is deactivated"));
        }
        if self.blocked {
            return Err(Refused::gone("Forbidden: bot was blocked by the user"));
        }
        if !self.started {
            return Err(Refused::bad("Bad Request: chat not found"));
        }
        Ok(())
    }
}

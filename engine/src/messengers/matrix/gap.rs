//! What the homeserver left out: a sync brings only the last messages of a room, the rest is fetched page by page.

use matrix_sdk::Room;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::{UserId, uint};

use super::batch::invites;
use super::trouble::Trouble;

/// How many pages of a hundred messages are fetched at most. Nobody types so much to a bot; a flood is not followed.
const PAGES: usize = 20;

/// Up to where it has to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// Where the last sync ended.
    Token(String),
    /// Where we were invited.
    OurInvite,
    /// Nothing has to be fetched.
    Here,
}

/// The events before `from`, in their order.
///
/// # Errors
/// The homeserver did not give them. What it forbids us to see is left out.
pub(super) async fn fill(room: &Room, from: &str, until: &Until, me: &UserId) -> Result<Vec<TimelineEvent>, Trouble> {
    let mut newest_first = Vec::new();
    let mut from = Some(from.to_owned());
    for _ in 0..PAGES {
        let Some(start) = from.take().filter(|_| *until != Until::Here) else { break };
        let mut options = MessagesOptions::backward().from(start.as_str());
        options.limit = uint!(100);
        if let Until::Token(token) = until {
            options.to = Some(token.clone());
        }
        let page = match room.messages(options).await.map_err(|error| Trouble::from(&error)) {
            Ok(page) => page,
            Err(Trouble::Forbidden(_) | Trouble::NotFound(_)) => break,
            Err(trouble) => return Err(trouble),
        };
        let found = *until == Until::OurInvite && page.chunk.iter().any(|event| invites(event, me));
        from = page.end.filter(|_| !found && !page.chunk.is_empty());
        newest_first.extend(page.chunk);
    }
    if from.is_some() {
        tracing::warn!("a room holds more messages than are looked through; the oldest were left out");
    }
    newest_first.reverse();
    Ok(newest_first)
}

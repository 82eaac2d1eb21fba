//! Renewing a room whose keys did not come. A person's client goes on with a session whose key the bot has lost, and
//! nobody would notice. But it begins a new one, and gives its key to everybody anew, when the room's history visibility
//! is another than the session was begun under. So the bot changes that. Who is in the room may read what they could read
//! before; what newcomers may read does not matter, because the bot leaves a room that a third person comes to.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use matrix_sdk::Room;
use matrix_sdk::ruma::events::room::history_visibility::HistoryVisibility;

use super::trouble::Trouble;
use crate::store::matrix::Undecrypted;

/// For how long a renewal counts: longer than that nobody waits for what was said before it.
const COUNTS: TimeDelta = TimeDelta::hours(24);

/// So many sessions of a room may stay unreadable before renewing it counts as of no use.
const MOST_SESSIONS: usize = 3;

/// Which rooms were renewed. After a restart it is told again of each message that still can't be read.
#[derive(Default)]
pub(super) struct Renewals(HashMap<String, Renewed>);

struct Renewed {
    /// When something was done about it last.
    at: DateTime<Utc>,
    /// The sessions for whose sake it was done.
    sessions: BTreeSet<String>,
}

/// What to do about a room where a message stays unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing: what was done then is for this message too.
    Wait(DateTime<Utc>),
    Renew,
    /// To renew it is of no use: the client goes on with the same session, or its new ones are lost too.
    Elsewhere,
}

impl Renewals {
    /// What to do about the room of this message, which was encrypted in this session.
    pub fn next(&self, message: &Undecrypted, session: &str, now: DateTime<Utc>) -> Next {
        match self.0.get(&message.room_id).filter(|renewed| now - renewed.at < COUNTS) {
            None => Next::Renew,
            Some(renewed) if message.noted_at <= renewed.at => Next::Wait(renewed.at),
            Some(renewed) if renewed.sessions.contains(session) => Next::Elsewhere,
            Some(renewed) if renewed.sessions.len() >= MOST_SESSIONS => Next::Elsewhere,
            Some(_) => Next::Renew,
        }
    }

    /// Something was done at this time about the room of this message.
    pub fn note(&mut self, message: &Undecrypted, session: &str, at: DateTime<Utc>) {
        let begun = || Renewed { at, sessions: BTreeSet::new() };
        let renewed = self.0.entry(message.room_id.clone()).or_insert_with(begun);
        if at - renewed.at >= COUNTS {
            *renewed = begun();
        }
        renewed.at = renewed.at.max(at);
        renewed.sessions.insert(session.to_owned());
    }
}

/// Makes clients in this room begin new sessions.
///
/// # Errors
/// The homeserver did not do it; often because we may not.
pub(super) async fn renew(room: &Room) -> Result<(), Trouble> {
    let other = other(&room.history_visibility_or_default());
    room.privacy_settings().update_room_history_visibility(other).await.map_err(|error| Trouble::from(&error))
}

/// Another visibility than this, and never one that lets anybody read what was said before they were asked to come.
fn other(visibility: &HistoryVisibility) -> HistoryVisibility {
    match visibility {
        HistoryVisibility::Invited => HistoryVisibility::Joined,
        _ => HistoryVisibility::Invited,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn noted(seconds: i64) -> Undecrypted {
        Undecrypted {
            event_id: format!("${seconds}"),
            room_id: "!r:example.org".into(),
            sender: "@anna:example.org".into(),
            sent_ms: 0,
            noted_at: at(seconds),
            hinted_at: None,
            seq: 0,
        }
    }

    #[test]
    fn a_room_is_renewed_once_for_what_came_before_and_again_only_for_a_new_session() {
        let mut renewals = Renewals::default();
        renewals.note(&noted(0), "a", at(60));
        for (noted_at, session, now, next) in [
            (0, "a", 60, Next::Wait(at(60))),
            (60, "b", 120, Next::Wait(at(60))),
            (61, "a", 121, Next::Elsewhere),
            (61, "b", 121, Next::Renew),
            (61, "a", 60 + COUNTS.num_seconds(), Next::Renew),
        ] {
            assert_eq!(renewals.next(&noted(noted_at), session, at(now)), next, "{session} at {noted_at}");
        }
        assert_eq!(renewals.next(&Undecrypted { room_id: "!s".into(), ..noted(0) }, "a", at(60)), Next::Renew);
    }

    #[test]
    fn a_room_where_one_session_after_another_is_lost_is_given_up() {
        let mut renewals = Renewals::default();
        for (session, time) in [("a", 100), ("b", 200), ("c", 300)] {
            assert_eq!(renewals.next(&noted(time - 60), session, at(time)), Next::Renew, "{session}");
            renewals.note(&noted(time - 60), session, at(time));
        }
        assert_eq!(renewals.next(&noted(340), "d", at(400)), Next::Elsewhere);
        let tomorrow = 300 + COUNTS.num_seconds();
        renewals.note(&noted(tomorrow), "e", at(tomorrow));
        assert_eq!(renewals.next(&noted(tomorrow + 1), "f", at(tomorrow + 61)), Next::Renew);
    }

    #[test]
    fn each_renewal_changes_the_visibility_and_never_back_to_one_for_newcomers() {
        let mut visibility = HistoryVisibility::Shared;
        for expected in ["invited", "joined", "invited", "joined"] {
            visibility = other(&visibility);
            assert_eq!(visibility.as_str(), expected);
        }
        assert_eq!(other(&HistoryVisibility::WorldReadable), HistoryVisibility::Invited);
    }
}

//! Invites: whose is followed first, and how many are followed. Whoever makes a thousand accounts makes us keep a thousand
//! rooms; and whoever the bot knows must not wait for them.

use std::collections::HashMap;

use super::rooms::unstored;
use super::trouble::Trouble;
use crate::store::matrix::Memory;
use matrix_sdk::Client;
use matrix_sdk::ruma::{OwnedServerName, RoomId};

/// How many invites of people whom the bot does not know are followed in an hour; and how many from one homeserver.
const AN_HOUR: u32 = 500;
const OF_A_SERVER: u32 = 200;

/// Who invites.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Somebody who has spoken with the bot before.
    Known,
    /// Somebody else, on this homeserver; none: it is not told.
    Of(Option<OwnedServerName>),
}

/// Who invites us to this room.
///
/// # Errors
/// The database does not answer.
pub(super) async fn who_invites(client: &Client, memory: &Memory, room: &RoomId) -> Result<Who, Trouble> {
    let Some(room) = client.get_room(room) else { return Ok(Who::Of(None)) };
    let Ok(invite) = room.invite_details().await else { return Ok(Who::Of(None)) };
    let inviter = invite.inviter_id;
    if memory.knows_any(&[inviter.to_string()]).await.map_err(unstored)? {
        return Ok(Who::Known);
    }
    Ok(Who::Of(Some(inviter.server_name().to_owned())))
}

/// How many invites of whom were followed in this hour.
#[derive(Debug, Default)]
pub(super) struct Followed {
    all: u32,
    of: HashMap<Option<OwnedServerName>, u32>,
}

impl Followed {
    /// Counts one; or (false) it is one too many.
    pub fn takes(&mut self, who: &Who) -> bool {
        let Who::Of(server) = who else { return true };
        let of_server = self.of.get(server).copied().unwrap_or_default();
        let is_one_too_many = self.all >= AN_HOUR || of_server >= OF_A_SERVER;
        if !is_one_too_many {
            self.all += 1;
            self.of.insert(server.clone(), of_server + 1);
        }
        !is_one_too_many
    }

    pub fn is_none(&self) -> bool {
        self.all == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_followed_in_an_hour_and_so_many_of_one_server_and_all_whom_we_know() {
        let of = |name: &str| Who::Of(Some(OwnedServerName::try_from(name).expect("a name")));
        let takes = |followed: &mut Followed, who: &Who| (0..1000).filter(|_| followed.takes(who)).count();
        let mut followed = Followed::default();
        assert!(followed.is_none());
        assert_eq!(takes(&mut followed, &of("a.example")), 200);
        assert_eq!(takes(&mut followed, &of("b.example")), 200);
        assert_eq!(takes(&mut followed, &of("c.example")), 100);
        assert_eq!(takes(&mut followed, &Who::Of(None)), 0);
        assert_eq!(takes(&mut followed, &Who::Known), 1000);
    }
}

//! Invites that others make to one's card.

use super::kind::Kind;
use super::{Fact, Told, facts};
use crate::domain::{About, Category, Event, MemberId};
use exodus_engine::conversation::{Choice, Route};
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[Kind::tells("notice-invite-made", Category::HelpToMe).on_member(look_at_invite)];

/// The one whose card an invite leads to is told that somebody else has made it.
pub(super) fn tell(event: &Event) -> Option<Told> {
    match *event {
        Event::InviteMade { member, invited_to } if member != invited_to => Some(Told {
            to: invited_to,
            kind: "notice-invite-made",
            facts: facts([("name", Fact::Member(member))]),
            about: Some(About::Member(member)),
        }),
        _ => None,
    }
}

fn look_at_invite(inviter: MemberId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("invites").with("by").with(inviter))]]
}

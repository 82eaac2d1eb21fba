//! Mutual guarantees: one was accepted, or has ended.

use super::kind::Kind;
use super::{Fact, Told, facts};
use crate::domain::{About, Category, Event, MemberId};
use exodus_engine::conversation::{Choice, Route};
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-guaranteed", Category::HelpToMe).on_member(look_at_guarantee),
    Kind::tells("notice-guarantee-ended", Category::HelpToMe),
    Kind::tells("notice-guarantee-left", Category::HelpToMe),
];

/// The other side is told.
pub(super) fn tell(event: &Event) -> Option<Told> {
    let told = |to, kind, member| {
        let about = (kind == "notice-guaranteed").then_some(About::Member(member));
        Some(Told { to, kind, facts: facts([("name", Fact::Member(member))]), about })
    };
    match *event {
        Event::Guaranteed { member, other } => told(other, "notice-guaranteed", member),
        Event::GuaranteeEnded { member, other } => told(other, "notice-guarantee-ended", member),
        // Who has left has no name any more.
        Event::GuaranteeEndedByLeaving { other, .. } => {
            Some(Told { to: other, kind: "notice-guarantee-left", facts: facts([]), about: None })
        }
        _ => None,
    }
}

/// Whoever accepted it may be somebody to whom the link was passed on: it can be ended there.
fn look_at_guarantee(other: MemberId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("guarantee").with(other))]]
}

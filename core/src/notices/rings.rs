//! Word of a collection goes further: to the network, then to the far circle.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::collections::look_at_card;
use super::kind::Kind;
use super::{Fact, Told, facts};
use crate::aid::{self, Aid};
use crate::domain::{About, Category, CollectionKind, Event, MemberId};

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-ring-monthly", Category::Network).on_member(look_at_card),
    Kind::tells("notice-ring-emergency", Category::Network).on_member(look_at_card),
];

/// Those of the new ring are told that something is still missing; those within it know already.
pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    let Event::RingReached { collection, owner, kind, before, ring, missing, ends_on } = *event else {
        return Ok(Vec::new());
    };
    let mut facts = facts([("name", Fact::Member(owner)), ("missing", missing.into())]);
    facts.extend(ends_on.map(|date| ("date".to_owned(), date.into())));
    let kind = match kind {
        CollectionKind::Monthly => "notice-ring-monthly",
        CollectionKind::Emergency => "notice-ring-emergency",
        // Its pool was asked; and an initiative is told to all at once.
        CollectionKind::Case | CollectionKind::Initiative => return Ok(Vec::new()),
    };
    let circle: BTreeSet<MemberId> = super::circle_of(aid, collection).await?.into_iter().collect();
    let told = aid::beyond(aid, owner, before, ring).await?.into_iter().filter(|member| !circle.contains(member));
    Ok(told.map(|to| Told { to, kind, facts: facts.clone(), about: Some(About::Member(owner)) }).collect())
}

//! Word of a collection reaches further: the network, then the far circle.

use sea_orm::DbErr;

use super::collections::look_at_card;
use super::kind::Kind;
use super::queue::queue;
use super::{Told, facts};
use crate::aid::Aid;
use crate::domain::{Category, Collection, MemberId, Money};
use crate::locale::Arg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-ring-monthly", Category::Network).offering(look_at_card),
    Kind::tells("notice-ring-emergency", Category::Network).offering(look_at_card),
];

/// Tells a ring of members that a collection still lacks help. `name` is its owner's; nobody is told twice because of
/// it: `ring` are those who have not heard of the collection yet.
///
/// # Errors
/// The database does not answer.
pub async fn tell_ring(
    aid: &Aid<'_>,
    collection: &Collection,
    name: &str,
    missing: Money,
    ring: Vec<MemberId>,
) -> Result<(), DbErr> {
    let mut facts = facts([("name", Arg::from(name)), ("sum", collection.target.into()), ("missing", missing.into())]);
    facts.extend(collection.ends_on.map(|date| ("date".to_owned(), date.into())));
    let kind = if collection.ends_on.is_some() { "notice-ring-emergency" } else { "notice-ring-monthly" };
    let told = ring.into_iter().filter(|member| *member != collection.owner);
    let told = told.map(|to| Told { to, kind, facts: facts.clone(), about: Some(collection.owner) }.into());
    queue(aid, told.collect()).await
}

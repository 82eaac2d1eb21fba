//! What is told in groups, one file for each kind of thing that a group can be of. Whatever changes a group's card has it shown
//! as it is now.

mod circle;
mod initiative;
mod pool;

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::facts::names_in_public;
use super::{Fact, Facts, Names, facts};
use crate::aid::Aid;
use crate::domain::{Event, GroupOf, MemberId};
use crate::store;
use crate::store::chat::Chat;
use exodus_engine::conversation::{Fault, Page, Tell};
use exodus_engine::locale::Msg;

/// The kinds of posts.
pub fn group_posts() -> impl Iterator<Item = &'static str> {
    [circle::POSTS, pool::POSTS, initiative::POSTS].into_iter().flatten().copied()
}

/// What is said in all groups of this.
struct Post {
    of: GroupOf,
    kind: &'static str,
    facts: Facts,
}

impl Post {
    /// The same to one of those groups.
    fn to(&self, chat: &Chat) -> Tell {
        Tell::new(chat.reader, self.kind).of(serde_json::to_string(&self.facts).unwrap_or_default())
    }
}

/// Of what a group is no more after an event: of all of them, or of those that this member has bound.
struct Ends {
    of: GroupOf,
    bound_by: Option<MemberId>,
    /// What is said there at the last.
    last: Option<Post>,
}

/// Tells the groups of what these events are about, if there are any.
pub(super) async fn tell(aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
    let concerns =
        |event| circle::concerns(event).into_iter().chain(pool::changes(event)).chain(initiative::concerns(event));
    let concerned: BTreeSet<GroupOf> = events.iter().flat_map(concerns).collect();
    let mut chats = store::group::of(aid.tx, concerned).await?;
    if chats.is_empty() {
        return Ok(());
    }
    for ends in events.iter().filter_map(pool::ends) {
        let goes = |(of, chat): &(GroupOf, Chat)| *of == ends.of && ends.bound_by.is_none_or(|by| by == chat.keeper);
        let (gone, left): (Vec<_>, Vec<_>) = chats.into_iter().partition(goes);
        let gone: Vec<Chat> = gone.into_iter().map(|(_, chat)| chat).collect();
        aid.moment().let_go_after(&gone, |chat| ends.last.iter().map(|post| post.to(chat)).collect()).await?;
        chats = left;
    }
    let (mut posts, mut changed) = circle::told(aid, events).await?;
    changed.extend(events.iter().filter_map(pool::changes));
    changed.extend(events.iter().filter_map(initiative::changes));
    posts.extend(pool::posts(aid, events).await?);
    posts.extend(initiative::posts(aid, events, &chats.iter().map(|(of, _)| *of).collect()).await?);
    let told = posts.iter().flat_map(|post| {
        let groups = chats.iter().filter(|(of, _)| *of == post.of);
        groups.map(|(_, chat)| post.to(chat))
    });
    aid.moment().tell(told.collect::<Vec<_>>()).await?;
    let chats: Vec<Chat> = chats.into_iter().filter(|(of, _)| changed.contains(of)).map(|(_, chat)| chat).collect();
    aid.moment().refresh(&chats).await
}

/// A post as a page, with the names of now; none of what is no post, or can't be read.
pub fn group_post(kind: &str, facts: &str, names: &Names) -> Option<Page> {
    let key = group_posts().find(|post| *post == kind)?;
    let facts: Facts = serde_json::from_str(facts).ok()?;
    let says = facts.iter().fold(Msg::new(key), |says, (name, fact)| says.with(name.clone(), fact.said(names)));
    Some(Page::new(says))
}

/// What those are called of whom or which these posts speak, each post as the facts that it has and beside whoever knows all
/// whom it names; beside nobody where the group has been let go. A few queries, however many they are.
///
/// # Errors
/// The database does not answer.
pub async fn names_in_posts(aid: &Aid<'_>, posts: &[(Option<MemberId>, &str)]) -> Result<Names, DbErr> {
    let read = posts.iter().map(|(reader, facts)| (*reader, serde_json::from_str::<Facts>(facts).unwrap_or_default()));
    let read: Vec<(Option<MemberId>, Facts)> = read.collect();
    let all = || read.iter().flat_map(|(_, facts)| facts.values());
    let (pools, initiatives) = (all().filter_map(|it| it.pool()), all().filter_map(|it| it.initiative()));
    let news = all().filter_map(|it| it.news()).collect();
    let named = read
        .iter()
        .filter_map(|(reader, facts)| Some(((*reader)?, facts.values().filter_map(|it| it.member()).collect())));
    let names = names_in_public(aid, named, pools.collect()).await?;
    names.telling(aid.tx, initiatives.collect(), news).await
}

//! The way from a group into the private chat, and how commands are typed.

use url::Url;

use super::{HELP_OUT, INITIATIVE, POOL};
use crate::domain::{CollectionId, PoolId};
use exodus_engine::conversation::{Choice, Page, WayIn, WaysIn};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// The same with the way into the private chat: a button where a link carries all that is to be said there, or else the link
/// and the word to send. Without a token it leads there, and nowhere further.
pub(super) fn leading(page: Page, way: Option<&WayIn>, token: Option<&str>) -> Page {
    let Some(way) = way else { return page };
    match (way.link(token.unwrap_or_default()), token) {
        ((Some(link), false), _) => match Url::parse(&link) {
            Ok(url) => page.choice(Choice::Open { label: msg!("group-open-chat"), url }),
            Err(_) => page,
        },
        ((Some(link), true), None) => page.line(msg!("invite-link", link = Arg::Verbatim(link))),
        ((Some(link), true), Some(token)) => {
            let word = Arg::Verbatim(format!("start {token}"));
            page.line(msg!("invite-link-and-word", link = Arg::Verbatim(link), word = word))
        }
        ((None, _), Some(token)) => page.line(msg!("invite-word", word = Arg::Verbatim(format!("start {token}")))),
        ((None, _), None) => page,
    }
}

/// The way into the private chat of this messenger.
pub(super) fn way_in(ways_in: &WaysIn, messenger: &str) -> Option<WayIn> {
    ways_in.now().into_iter().find(|way| way.messenger == messenger)
}

/// A command as it is typed there: behind a slash where links carry words, which is where commands are taps; or else behind
/// a mark that no client takes for its own, in the language of whoever reads it.
pub(super) fn as_typed(way: Option<&WayIn>, command: &str) -> Arg {
    if way.is_none_or(|way| way.link("").1) {
        return Arg::Msg(match command {
            HELP_OUT => msg!("group-typed-help-out"),
            POOL => msg!("group-typed-pool"),
            INITIATIVE => msg!("group-typed-initiative"),
            _ => msg!("group-typed-circle"),
        });
    }
    Arg::Verbatim(format!("/{command}"))
}

/// What is typed in a group to bind it to this pool, in this messenger; without a number, where it is the only one that they
/// look after.
pub fn how_to_bind_a_pool(ways_in: &WaysIn, messenger: &str, pool: Option<PoolId>) -> Arg {
    let of = |pool: PoolId| (pool.to_string(), msg!("group-typed-pool-of", number = pool.to_string()));
    with_number(way_in(ways_in, messenger).as_ref(), POOL, pool.map(of))
}

/// The same for an initiative; without a number, where no other one of theirs is open.
pub fn how_to_bind_an_initiative(ways_in: &WaysIn, messenger: &str, initiative: Option<CollectionId>) -> Arg {
    let of = |id: CollectionId| (id.to_string(), msg!("group-typed-initiative-of", number = id.to_string()));
    with_number(way_in(ways_in, messenger).as_ref(), INITIATIVE, initiative.map(of))
}

/// A command as it is typed there, and the number that may follow it, which is said so where commands are no taps.
fn with_number(way: Option<&WayIn>, command: &str, number: Option<(String, Msg)>) -> Arg {
    match (number, way) {
        (None, way) => as_typed(way, command),
        (Some((number, _)), Some(way)) if !way.link("").1 => Arg::Verbatim(format!("/{command} {number}")),
        (Some((_, said)), _) => Arg::Msg(said),
    }
}

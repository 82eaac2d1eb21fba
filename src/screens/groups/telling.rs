//! What is told in groups, as pages: the card, made of the database whenever it is shown; the way to help; posts.

use std::collections::{BTreeSet, HashMap};

use url::Url;

use super::HELP_OUT;
use crate::aid::{self, Aid, Card, GROUP_CARD};
use crate::domain::MemberId;
use crate::notices::{self, Names};
use crate::screens::members::{circle_lines, request_lines};
use crate::screens::sentences::status_name;
use exodus_engine::conversation::{Choice, Fault, Kept, Page, WayIn, WaysIn};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The notice that leads to the private chat.
pub(super) const GROUP_HELP_OUT: &str = "group-help-out";

/// What is made of a member's card.
const OF_CARDS: [&str; 2] = [GROUP_CARD, GROUP_HELP_OUT];

/// All that is told in groups.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    OF_CARDS.into_iter().chain(notices::GROUP_POSTS)
}

/// These as pages, in their order; none for what can't be read, or what is told in no group any more. A few queries, however
/// many they are.
///
/// # Errors
/// See [`Fault`].
pub async fn pages(aid: &Aid<'_>, ways_in: &WaysIn, these: &[&Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let groups = aid::group_chats(aid, these.iter().map(|kept| kept.to).collect()).await?;
    let of_cards = these.iter().filter(|kept| OF_CARDS.contains(&kept.kind.as_str()));
    let owners: BTreeSet<MemberId> = of_cards.filter_map(|kept| Some(groups.get(&kept.to)?.keeper)).collect();
    let cards = aid::public_cards(aid, &owners).await?;
    let asked: BTreeSet<MemberId> = these
        .iter()
        .filter(|kept| kept.kind == GROUP_HELP_OUT)
        .filter_map(|kept| Some(groups.get(&kept.to)?.keeper))
        .collect();
    let tokens: HashMap<MemberId, String> = aid::own_tokens(aid, asked).await?;
    // Its keeper knows all who are named there.
    let posts = these.iter().filter(|kept| !OF_CARDS.contains(&kept.kind.as_str()));
    let named = posts.filter_map(|kept| Some((groups.get(&kept.to)?.keeper, notices::named_in_post(&kept.facts))));
    let mut names: Names = notices::names_in_public(aid, named).await?;
    let page = |kept: &&Kept| {
        let group = groups.get(&kept.to)?;
        if !OF_CARDS.contains(&kept.kind.as_str()) {
            names.read_by(group.keeper);
            return notices::group_post(&kept.kind, &kept.facts, &names);
        }
        let (card, way) = (cards.get(&group.keeper)?, way_in(ways_in, &group.messenger));
        Some(match kept.kind.as_str() {
            GROUP_CARD => view_card(card, way.as_ref()),
            _ => view_help_out(card, way.as_ref(), tokens.get(&group.keeper).map(String::as_str)),
        })
    };
    Ok(these.iter().map(page).collect())
}

/// What everybody may see of somebody's request: whoever is in the group need not be of the circle.
fn view_card(card: &Card, way: Option<&WayIn>) -> Page {
    if card.suspended {
        // No status: what they ask for is only held back.
        return Page::new(msg!("card-title-paused", name = &card.name)).say(msg!("group-card-paused"));
    }
    let page = Page::new(msg!("card-title", name = &card.name, status = status_name(card.status)));
    if card.requests.is_empty() {
        return page.say(msg!("group-card-nothing"));
    }
    let lines = |request| [request_lines(request), circle_lines(request)].concat();
    let page = card.requests.iter().fold(page, |page, request| page.lines(lines(request)));
    page.say(msg!("group-card-how", command = as_typed(way, HELP_OUT)))
}

fn view_help_out(card: &Card, way: Option<&WayIn>, token: Option<&str>) -> Page {
    if card.suspended {
        // Their invites lead nowhere meanwhile.
        return Page::new(msg!("group-help-out-paused", name = &card.name));
    }
    let page = match card.requests.is_empty() {
        true => Page::new(msg!("group-help-out-nothing", name = &card.name)),
        false => Page::new(msg!("group-help-out", name = &card.name)),
    };
    leading(page, way, token)
}

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
            _ => msg!("group-typed-circle"),
        });
    }
    Arg::Verbatim(format!("/{command}"))
}

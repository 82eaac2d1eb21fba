//! What is told in groups, as pages: the card, made of the database whenever it is shown; the way into the private chat; posts.

use std::collections::{BTreeSet, HashMap};

use super::ways::way_in;
use super::{circle, initiative, pool};
use crate::aid::initiatives::Initiative;
use crate::aid::pools::PoolCard;
use crate::aid::{self, Aid, Card};
use crate::domain::{CollectionId, GroupOf, MemberId, PoolId};
use crate::notices::{self, Names};
use crate::store::chat::Chat;
use exodus_engine::conversation::{Fault, Kept, Page, WayIn, WaysIn};
use exodus_engine::id::PersonId;

/// The notice that leads to the private chat.
pub(super) const GROUP_HELP_OUT: &str = "group-help-out";

/// All that is told in groups.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    GroupOf::CARDS.into_iter().chain([GROUP_HELP_OUT]).chain(notices::group_posts())
}

/// These as pages, in their order; none for what can't be read, or what is told in no group any more. A few queries, however
/// many they are.
///
/// # Errors
/// See [`Fault`].
pub async fn pages(aid: &Aid<'_>, ways_in: &WaysIn, these: &[&Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let groups = aid::group_chats(aid, these.iter().map(|kept| kept.to).collect()).await?;
    let mut seen = Seen::of(aid, &groups, these).await?;
    let page = |kept: &&Kept| {
        let group = groups.get(&kept.to);
        if !is_of_the_card(kept) {
            // Also the last that is said in a group which is let go.
            group.into_iter().for_each(|group| seen.names.read_by(group.keeper));
            return notices::group_post(&kept.kind, &kept.facts, &seen.names);
        }
        let group = group?;
        let way = way_in(ways_in, &group.messenger);
        let is_card = kept.kind == group.card_kind;
        seen.shown(aid::what_of(group)?, is_card, way.as_ref(), aid)
    };
    Ok(these.iter().map(page).collect())
}

/// Whether it is made of what the card shows.
fn is_of_the_card(kept: &Kept) -> bool {
    kept.kind == GROUP_HELP_OUT || GroupOf::CARDS.contains(&kept.kind.as_str())
}

/// All that these pages are made of.
struct Seen {
    circles: HashMap<MemberId, Card>,
    /// The tokens that lead to those cards, for those who ask for the way.
    tokens: HashMap<MemberId, String>,
    pools: HashMap<PoolId, PoolCard>,
    initiatives: HashMap<CollectionId, Initiative>,
    names: Names,
}

impl Seen {
    async fn of(aid: &Aid<'_>, groups: &HashMap<PersonId, Chat>, these: &[&Kept]) -> Result<Seen, Fault> {
        let (mut owners, mut asked) = (BTreeSet::new(), BTreeSet::new());
        let (mut pools, mut initiatives) = (Vec::new(), Vec::new());
        for kept in these.iter().filter(|kept| is_of_the_card(kept)) {
            let Some((group, of)) = groups.get(&kept.to).and_then(|group| Some((group, aid::what_of(group)?))) else {
                continue;
            };
            match of {
                GroupOf::Circle(owner) => {
                    owners.insert(owner);
                    asked.extend((kept.kind == GROUP_HELP_OUT).then_some(owner));
                }
                GroupOf::Pool(pool) => pools.push((group.keeper, pool)),
                GroupOf::Initiative(id) => {
                    initiatives.push((group.keeper, id));
                    // Whoever has bound it has proposed it.
                    asked.extend((kept.kind == GROUP_HELP_OUT).then_some(group.keeper));
                }
            }
        }
        // Its keeper knows all who are named there.
        let posts = these.iter().filter(|kept| !is_of_the_card(kept));
        let posts = posts.map(|kept| (groups.get(&kept.to).map(|group| group.keeper), kept.facts.as_str()));
        Ok(Seen {
            circles: aid::public_cards(aid, &owners).await?,
            tokens: aid::own_tokens(aid, asked).await?,
            pools: aid::pools::pool_cards(aid, &pools).await?,
            initiatives: aid::initiatives::cards(aid, &initiatives).await?,
            names: notices::names_in_posts(aid, &posts.collect::<Vec<_>>()).await?,
        })
    }

    /// The card of this, or the way that leads from it.
    fn shown(&self, of: GroupOf, is_card: bool, way: Option<&WayIn>, aid: &Aid<'_>) -> Option<Page> {
        Some(match of {
            GroupOf::Circle(owner) => {
                let card = self.circles.get(&owner)?;
                match is_card {
                    true => circle::view_card(card, way),
                    false => circle::view_help_out(card, way, self.tokens.get(&owner).map(String::as_str)),
                }
            }
            GroupOf::Pool(id) => {
                let card = self.pools.get(&id)?;
                match is_card {
                    true => pool::view_card(card, way, &aid.rules.zone),
                    false => pool::view_help_out(card, way),
                }
            }
            GroupOf::Initiative(id) => {
                let card = self.initiatives.get(&id)?;
                let token = || self.tokens.get(&card.collection.owner).map(String::as_str);
                match is_card {
                    true => initiative::view_card(card, way),
                    false => initiative::view_help_out(card, way, token()),
                }
            }
        })
    }
}

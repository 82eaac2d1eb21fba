//! What the engine itself tells people, beside what its bot does.

use super::linking::{self, LINKED};
use super::visits::SIGNED_IN;
use super::{Bot, Fault, Kept, LET_GO, Moment, NOT_PINNED, PIN, Page, groups, signed_in};

/// The engine's own kinds.
const OWN: [&str; 5] = [LINKED, SIGNED_IN, PIN, NOT_PINNED, LET_GO];

/// The kinds of notices that can be put into words here: those of the bot, and the engine's own.
pub(crate) fn kinds<B: Bot>(bot: &B) -> Vec<&'static str> {
    bot.tells().into_iter().chain(OWN).collect()
}

/// These notices as pages, in their order: see [`Bot::notices`], which is asked for all that are not the engine's own.
pub(crate) async fn pages<B: Bot>(bot: &B, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let is_own = |kept: &&Kept| OWN.contains(&kept.kind.as_str());
    let (own, of_the_bot): (Vec<&Kept>, Vec<&Kept>) = these.iter().partition(is_own);
    if own.is_empty() {
        return bot.notices(at, these).await;
    }
    let of_kind = |kind: &str| own.iter().copied().filter(|kept| kept.kind == kind).collect::<Vec<&Kept>>();
    let mut linked = linking::notices(at, &of_kind(LINKED)).await?.into_iter();
    let mut signed_in = signed_in::notices(at, &of_kind(SIGNED_IN)).await?.into_iter();
    let of_the_bot: Vec<Kept> = of_the_bot.into_iter().cloned().collect();
    let mut of_the_bot = bot.notices(at, &of_the_bot).await?.into_iter();
    let pages = these.iter().map(|kept| match kept.kind.as_str() {
        LINKED => linked.next().flatten(),
        SIGNED_IN => signed_in.next().flatten(),
        kind if OWN.contains(&kind) => groups::notice(kind),
        _ => of_the_bot.next().flatten(),
    });
    Ok(pages.collect())
}

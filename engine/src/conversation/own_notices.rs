//! What the engine itself tells people, beside what its bot does.

use super::linking::{self, LINKED};
use super::{Bot, Fault, Kept, LET_GO, Moment, NOT_PINNED, PIN, Page, groups};

/// The engine's own kinds.
const OWN: [&str; 4] = [LINKED, PIN, NOT_PINNED, LET_GO];

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
    let linked: Vec<&Kept> = own.into_iter().filter(|kept| kept.kind == LINKED).collect();
    let mut linked = linking::notices(at, &linked).await?.into_iter();
    let of_the_bot: Vec<Kept> = of_the_bot.into_iter().cloned().collect();
    let mut of_the_bot = bot.notices(at, &of_the_bot).await?.into_iter();
    let pages = these.iter().map(|kept| match kept.kind.as_str() {
        LINKED => linked.next().flatten(),
        kind if OWN.contains(&kind) => groups::notice(kind),
        _ => of_the_bot.next().flatten(),
    });
    Ok(pages.collect())
}

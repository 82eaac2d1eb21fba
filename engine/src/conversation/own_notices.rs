//! What the engine itself tells people, beside what its bot does.

use super::linking::{self, LINKED};
use super::{Bot, Fault, Kept, Moment, Page};

/// The kinds of notices that can be put into words here: those of the bot, and the engine's own.
pub(crate) fn kinds<B: Bot>(bot: &B) -> Vec<&'static str> {
    bot.tells().into_iter().chain([LINKED]).collect()
}

/// These notices as pages, in their order: see [`Bot::notices`], which is asked for all that are not the engine's own.
pub(crate) async fn pages<B: Bot>(bot: &B, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
    let (own, of_the_bot): (Vec<&Kept>, Vec<&Kept>) = these.iter().partition(|kept| kept.kind == LINKED);
    if own.is_empty() {
        return bot.notices(at, these).await;
    }
    let mut own = linking::notices(at, &own).await?.into_iter();
    let of_the_bot: Vec<Kept> = of_the_bot.into_iter().cloned().collect();
    let mut of_the_bot = bot.notices(at, &of_the_bot).await?.into_iter();
    let pages = these.iter().map(|kept| if kept.kind == LINKED { own.next() } else { of_the_bot.next() });
    Ok(pages.map(Option::flatten).collect())
}

//! What the screens of pools share: texts of several paragraphs, sums by other names, and where things are.

use crate::domain::{CaseId, Money, PoolId, Terms};
use crate::screens::sentences::{is_meant_for_sum, read_sum};
use crate::screens::world::Here;
use crate::store::pool::Model;
use crate::store::pool::seen::Waiting;
use exodus_engine::conversation::{Choice, Field, Page, Route};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Where a pool is.
pub(super) fn pool_at(id: PoolId) -> Route {
    Route::new("pool").with(id)
}

/// Where a case is.
pub(super) fn case_at(id: CaseId) -> Route {
    Route::new("case").with(id)
}

/// The way to the cases that wait for an answer; to one that waits alone.
pub fn to_answer(cases: &[Waiting]) -> Option<Choice> {
    match cases {
        [] => None,
        [only] => Some(Choice::go(msg!("cases-waiting-one", share = Money::from_minor(only.told)), case_at(only.id))),
        cases => Some(Choice::go(msg!("cases-waiting", count = cases.len()), Route::new("pools"))),
    }
}

/// What is said where something was to be done in a pool that has been closed meanwhile.
pub(super) fn view_closed(pool: &Model) -> Page {
    Page::new(msg!("pool-title", name = &pool.name))
        .line(msg!("pool-closed"))
        .go(msg!("case-to-pool"), pool_at(pool.id))
}

/// People's own paragraphs, each a line.
pub(super) fn text(page: Page, words: &str) -> Page {
    page.lines(words.lines().map(|line| msg!("pool-text", text = line)).collect())
}

/// What is asked of whoever is in a pool: its terms, below its rules.
pub(super) fn terms_lines(page: Page, pool: &Model) -> Page {
    let terms = pool.terms();
    text(page.say(msg!("pool-rules")), &pool.rules)
        .say(contributions(terms))
        .line(msg!("pool-hours", count = terms.hours))
}

/// How much a member says they would give.
pub(super) fn contributions(terms: Terms) -> Msg {
    match terms.only() {
        Some(only) => msg!("pool-terms-one", sum = only),
        None => msg!("pool-terms", smallest = terms.smallest, largest = terms.largest),
    }
}

/// A sum that is asked for by this name, if it passes what is said of it.
pub(super) fn sum_field(
    cx: &Here<'_>,
    name: &'static str,
    question: Msg,
    passes: impl Fn(Money) -> Result<(), Msg> + Send + Sync + 'static,
) -> Field<'static> {
    let settings = cx.world.settings.clone();
    Field::new(name, question, move |typed| {
        let sum = read_sum(&settings, typed)?;
        passes(sum.parse().map(Money::from_minor).unwrap_or_default())?;
        Ok(sum)
    })
    // What is no sum in our currency is still meant for one.
    .claiming({
        let settings = cx.world.settings.clone();
        move |typed| is_meant_for_sum(&settings, typed)
    })
}

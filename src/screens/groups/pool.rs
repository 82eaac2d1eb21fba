//! The card of a pool, and the way to one's own share.

use super::HELP_OUT;
use super::ways::{as_typed, leading};
use crate::aid::pools::{PoolCard, PublicCase};
use crate::domain::Phase;
use exodus_engine::conversation::{Page, WayIn};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// So many cases are discussed at the most; and of each the card says so much.
pub(super) fn view_card(card: &PoolCard, way: Option<&WayIn>, zone: &Zone) -> Page {
    let page = Page::new(msg!("pool-title", name = &card.pool.name)).line(msg!(
        "pool-counts",
        count = card.volume.members,
        sum = card.volume.sum
    ));
    let page = match card.cases.is_empty() {
        true => page.say(msg!("group-pool-nothing")),
        false => card.cases.iter().fold(page, |page, case| page.lines(case_lines(case, zone))),
    };
    page.say(msg!("pools-nothing-paid")).say(msg!("group-pool-how", command = as_typed(way, HELP_OUT)))
}

fn case_lines(case: &PublicCase, zone: &Zone) -> Vec<Msg> {
    // Whoever reads it has a clock of their own, so it says whose it means.
    let until = Msg::date_time(zone.local(case.case.until));
    let zone = Arg::Verbatim(zone.name().to_owned());
    let how_far = match case.case.phase {
        Phase::Discussed => Some(msg!("group-pool-until", time = until, zone = zone)),
        Phase::AskedAgain => Some(msg!("group-pool-until-again", time = until, zone = zone)),
        Phase::Leaving => Some(msg!("case-leaving")),
        Phase::Settling => Some(msg!("case-settling")),
        Phase::Settled | Phase::Over => None,
    };
    let title = msg!("pool-case", name = &case.name, sum = case.case.sum);
    let taken = msg!("case-confirmed", taken = case.confirmed, count = case.asked);
    [title, taken].into_iter().chain(how_far).collect()
}

pub(super) fn view_help_out(card: &PoolCard, way: Option<&WayIn>) -> Page {
    leading(Page::new(msg!("group-pool-help-out", pool = &card.pool.name)), way, None)
}

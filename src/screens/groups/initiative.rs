//! The card of an initiative, and the way to vote for it.

use super::HELP_OUT;
use super::ways::{as_typed, leading};
use crate::aid::initiatives::Initiative;
use crate::domain::initiative::Stage;
use crate::screens::initiatives::view_for_all;
use exodus_engine::conversation::{Page, WayIn};
use exodus_engine::msg;

/// What everybody sees of it who may; when it is over, what came of it.
pub(super) fn view_card(initiative: &Initiative, way: Option<&WayIn>) -> Page {
    let page = view_for_all(initiative);
    if initiative.stage == Stage::Over {
        return page;
    }
    if initiative.paused {
        return page.say(msg!("initiative-paused"));
    }
    page.say(msg!("initiative-nothing-owed")).say(msg!("group-initiative-how", command = as_typed(way, HELP_OUT)))
}

pub(super) fn view_help_out(initiative: &Initiative, way: Option<&WayIn>, token: Option<&str>) -> Page {
    let title = &initiative.title;
    let page = match initiative.stage {
        // Nobody can vote meanwhile, and their invites lead nowhere.
        Stage::Voting | Stage::Promising(_) if initiative.paused => {
            return Page::new(msg!("group-initiative-help-out-paused", title = title));
        }
        Stage::Voting | Stage::Promising(_) => Page::new(msg!("group-initiative-help-out", title = title)),
        Stage::Over => Page::new(msg!("group-initiative-help-out-over", title = title)),
    };
    leading(page, way, token)
}

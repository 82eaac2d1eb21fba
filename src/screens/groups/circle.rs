//! The card of somebody's circle, and the way to help.

use super::HELP_OUT;
use super::ways::{as_typed, leading};
use crate::aid::Card;
use crate::screens::members::{circle_lines, request_lines};
use crate::screens::sentences::status_name;
use exodus_engine::conversation::{Page, WayIn};
use exodus_engine::msg;

/// What everybody may see of somebody's request: whoever is in the group need not be of the circle.
pub(super) fn view_card(card: &Card, way: Option<&WayIn>) -> Page {
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

pub(super) fn view_help_out(card: &Card, way: Option<&WayIn>, token: Option<&str>) -> Page {
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

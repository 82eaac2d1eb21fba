//! What the circle of a collection is told of the help that its other members give.

use sea_orm::DbErr;

use super::{Fact, Kind, Told, circle_of, facts};
use crate::aid::Aid;
use crate::domain::{Category, Event, State};

use Category::Supported;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-circle-intention", Supported).so_in(INTENDED),
    Kind::tells("notice-circle-obligation", Supported).so_in(PROMISED),
    Kind::tells("notice-circle-changed", Supported).held().so_in(INTENDED),
    Kind::tells("notice-circle-withdrawn", Supported),
    Kind::tells("notice-circle-promised", Supported).so_in(PROMISED),
    Kind::tells("notice-circle-claimed", Supported).so_in(CLAIMED),
    Kind::tells("notice-circle-confirmed", Supported).so_in(CONFIRMED),
];

/// As long as it is one of these, it is so that help is intended, promised, said to be done, confirmed. The circle is not told
/// when something of that is taken back.
pub(super) const INTENDED: &[State] = &[State::Intention];
pub(super) const PROMISED: &[State] = &[State::Obligation, State::Overdue];
pub(super) const CLAIMED: &[State] = &[State::Claimed, State::OverdueClaimed];
const CONFIRMED: &[State] = &[State::Fulfilled, State::FulfilledLate];

pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    let (kind, help) = match *event {
        Event::Declared { help, state: State::Obligation } => ("notice-circle-obligation", help),
        Event::Declared { help, .. } => ("notice-circle-intention", help),
        Event::Changed { help, .. } => ("notice-circle-changed", help),
        Event::Withdrawn { help } => ("notice-circle-withdrawn", help),
        Event::Promised { help } => ("notice-circle-promised", help),
        Event::Claimed { help, .. } => ("notice-circle-claimed", help),
        Event::Confirmed { help, .. } => ("notice-circle-confirmed", help),
        _ => return Ok(Vec::new()),
    };
    let circle = circle_of(aid, help.collection).await?;
    let others = circle.into_iter().filter(|member| *member != help.supporter && *member != help.receiver);
    let facts = facts([
        ("name", Fact::Member(help.supporter)),
        ("friend", Fact::Member(help.receiver)),
        ("sum", help.sum.into()),
    ]);
    Ok(others.map(|to| Told { to, kind, facts: facts.clone(), about: None }).collect())
}

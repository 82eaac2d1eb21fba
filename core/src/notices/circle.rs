//! What the circle of a collection is told of the help that its other members give.

use sea_orm::DbErr;

use super::{Fact, Kind, Told, circle_of, facts};
use crate::aid::Aid;
use crate::domain::{Category, Event, State};

use Category::Supported;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-circle-intention", Supported),
    Kind::tells("notice-circle-obligation", Supported),
    Kind::tells("notice-circle-changed", Supported).held(),
    Kind::tells("notice-circle-withdrawn", Supported),
    Kind::tells("notice-circle-promised", Supported),
    Kind::tells("notice-circle-claimed", Supported),
    Kind::tells("notice-circle-confirmed", Supported),
];

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

use std::sync::Arc;

use super::Settings;
use crate::aid::{Admin, Aid, By, Community, Me, Refused, Registration, Work, unit};
use crate::notices::Notices;
use exodus_engine::conversation::{Cx, Fault};

/// What the screens know of whoever is talking.
#[derive(Clone)]
pub struct World {
    /// Nobody yet, before they are registered.
    pub me: Option<Me>,
    /// They administer the community.
    pub admin: Option<Admin>,
    pub settings: Arc<Settings>,
    /// Who may become a member.
    pub registration: Registration,
}

impl World {
    pub(super) fn community(&self) -> Community<'_> {
        Community { rules: &self.settings.rules, tells: &Notices }
    }

    pub(super) fn by(&self) -> By {
        self.me.as_ref().map_or(By::Newcomer, |me| By::Member(me.id))
    }
}

/// One turn, on a screen of this bot.
pub type Here<'a> = Cx<'a, World>;

/// The member who is talking, and may do what members do. Screens are for members; only the welcome is for newcomers.
pub fn me<'c>(cx: &'c Here<'_>) -> Result<&'c Me, Fault> {
    anybody(cx).and_then(|me| if me.suspended.is_none() { Ok(me) } else { Err(Fault::Lost) })
}

/// The member who is talking, also when they are suspended: for the few screens that are for them as well.
pub fn anybody<'c>(cx: &'c Here<'_>) -> Result<&'c Me, Fault> {
    cx.world.me.as_ref().ok_or(Fault::Lost)
}

/// What is read with in this turn.
pub fn aid<'c>(cx: &'c Here<'_>) -> Aid<'c> {
    Aid::at(cx.turn.at, &cx.world.settings.rules)
}

/// Runs a use case in this turn, which changes something: for a newcomer, or a member who may do what members do.
pub async fn run<T>(cx: &Here<'_>, work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>) -> Result<T, Refused> {
    if cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
        return Err(Fault::Lost.into());
    }
    run_for_anybody(cx, work).await
}

/// The same for one who is suspended, too.
pub async fn run_for_anybody<T>(
    cx: &Here<'_>,
    work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>,
) -> Result<T, Refused> {
    unit::run_on(cx.turn.at, cx.world.community(), cx.world.by(), work).await
}

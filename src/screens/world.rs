use std::sync::Arc;

use super::Settings;
use crate::aid::{Aid, By, Community, Me, Refused, Registration, Work, unit};
use crate::notices::Notices;
use exodus_engine::conversation::{Cx, Fault};

/// What the screens know of whoever is talking.
#[derive(Clone)]
pub struct World {
    /// Nobody yet, before they are registered.
    pub me: Option<Me>,
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

/// The member who is talking. Screens are for members; only the welcome is for newcomers.
pub fn me<'c>(cx: &'c Here<'_>) -> Result<&'c Me, Fault> {
    cx.world.me.as_ref().ok_or(Fault::Lost)
}

/// What is read with in this turn.
pub fn aid<'c>(cx: &'c Here<'_>) -> Aid<'c> {
    Aid::at(cx.turn.at, &cx.world.settings.rules)
}

/// Runs a use case in this turn, which changes something.
pub async fn run<T>(cx: &Here<'_>, work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>) -> Result<T, Refused> {
    unit::run(cx.turn.at, cx.world.community(), cx.world.by(), work).await
}

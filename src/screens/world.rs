use std::sync::Arc;

use super::Settings;
use crate::aid::{Aid, Happened, Me};
use exodus_engine::conversation::{Cx, Fault};

/// What the screens know of whoever is talking.
#[derive(Clone)]
pub struct World {
    /// Nobody yet, before they are registered.
    pub me: Option<Me>,
    pub settings: Arc<Settings>,
    pub happened: Happened,
}

/// One turn, on a screen of this bot.
pub type Here<'a> = Cx<'a, World>;

/// The member who is talking. Screens are for members; only the welcome is for newcomers.
pub fn me<'c>(cx: &'c Here<'_>) -> Result<&'c Me, Fault> {
    cx.world.me.as_ref().ok_or(Fault::Lost)
}

/// What the use cases work with in this turn.
pub fn aid<'c>(cx: &'c Here<'_>) -> Aid<'c> {
    Aid::at(cx.turn.at, &cx.world.settings.rules, &cx.world.happened)
}

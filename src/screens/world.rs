use std::sync::Arc;

use super::Settings;
use crate::aid::{Aid, Happened, Me};
use crate::conversation::{Cx, Fault};

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
    let settings = &cx.world.settings;
    let (rules, chance) = (&settings.rules, settings.chance.as_ref());
    Aid { tx: cx.turn.tx, now: cx.turn.now, rules, happened: &cx.world.happened, chance }
}

//! How the engine puts a page in words for whoever is talking.

use super::render::Voice;
use super::said::Said;
use super::{Bot, Caps, Cx, Engine, Incoming};

impl<B: Bot> Engine<B> {
    /// The voice in which they are spoken to now.
    pub(super) fn voice<'a>(&'a self, cx: &'a Cx<'_, B::World>, caps: Caps, said: &'a Said) -> Voice<'a> {
        Voice { locales: &self.locales, lang: &cx.lang, also_in: cx.also_in.as_deref(), caps, said }
    }

    /// The language to begin with: that of the person's messenger, if we speak it.
    pub(super) fn guess(&self, incoming: &Incoming) -> String {
        let spoken = self.locales.negotiate(incoming.lang.as_deref());
        spoken.unwrap_or_else(|| self.locales.default_language()).to_owned()
    }
}

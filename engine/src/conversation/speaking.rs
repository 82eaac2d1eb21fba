//! How the engine puts a page in words for whoever is talking.

use super::render::{Back, Voice, Ways};
use super::said::Said;
use super::{Bot, Caps, Cx, Engine, Incoming, Page, Session};

impl<B: Bot> Engine<B> {
    /// The voice in which they are spoken to now.
    pub(super) fn voice<'a>(&'a self, cx: &'a Cx<'_, B::World>, caps: Caps, said: &'a Said) -> Voice<'a> {
        Voice { locales: &self.locales, lang: &cx.lang, also_in: cx.also_in.as_deref(), caps, said }
    }

    /// The ways out of this page.
    pub(super) fn ways(&self, page: &Page, session: &Session, answered: bool) -> Ways {
        let home = self.bot.home();
        if page.bare || session.route == home {
            return Ways { back: None, home: None };
        }
        let back = session.trail.last().cloned().filter(|back| *back != home).map(Back::Place);
        // In a form, one question back.
        Ways { back: if answered { Some(Back::Question) } else { back }, home: Some(home) }
    }

    /// The language to begin with: that of the person's messenger, if we speak it.
    pub(super) fn guess(&self, incoming: &Incoming) -> String {
        let spoken = self.locales.negotiate(incoming.lang.as_deref());
        spoken.unwrap_or_else(|| self.locales.default_language()).to_owned()
    }
}

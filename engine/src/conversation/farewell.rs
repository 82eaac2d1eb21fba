//! The last that somebody reads whom the bot knows no more.

use super::engine::Answer;
use super::render::{Voice, Ways};
use super::said::Said;
use super::{Bot, Caps, Engine, Heard, Incoming, Page, Session};
use crate::locale::Msg;

impl<B: Bot> Engine<B> {
    /// In the language that was spoken with them until now. It offers nothing, and nothing is kept of it: should the process
    /// end before it is shown, it is not shown.
    pub(super) fn farewell(
        &self,
        session: &Session,
        lang: &str,
        caps: Caps,
        incoming: &Incoming,
        line: Option<&Msg>,
    ) -> Answer {
        let voice = Voice { locales: &self.locales, lang, also_in: None, caps, said: &Said::default() };
        let (rendered, _) = voice.page(&Page::default().bare(), line, &Ways { back: None, home: None }, "");
        let below = !matches!(incoming.heard, Heard::Press(_));
        Answer {
            lasting: Some(rendered.text.clone()),
            rendered,
            edit: session.live.clone().filter(|_| !below),
            below,
            aside: None,
            thread: incoming.thread.clone(),
            lang: lang.to_owned(),
            // Not the name of the page that was open, which would pass for shown already.
            id: format!("{}-{}-{}", incoming.address, session.word, incoming.update),
            rev: None,
            at: session.rev,
        }
    }
}

//! What is said when a turn broke.

use sea_orm::DbErr;

use super::engine::Answer;
use super::render::{Voice, Ways};
use super::said::Said;
use super::{Bot, Caps, Engine, Fault, Incoming, Page};
use crate::{msg, store};

impl<B: Bot> Engine<B> {
    /// Something is wrong on our side: the person is told so, and the update is done with, because it would only break
    /// again. So this must not break on the same: what can't be read or noted here is done without.
    pub(super) async fn apologise(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        update: Option<&str>,
    ) -> Result<Option<Answer>, Fault> {
        let row = or_nothing(store::session::of_tab(self.db(), messenger, (&incoming.address, &incoming.tab)).await)?
            .flatten();
        if let Some(update) = update {
            or_nothing(store::seen_update::note(self.db(), messenger, update, self.now()).await)?;
        }
        let (at, word) = row.as_ref().map_or((0, String::new()), |row| (row.rev, row.word.clone()));
        let lang = row.and_then(|row| row.lang).unwrap_or_else(|| self.guess(incoming));
        let voice = Voice { locales: &self.locales, lang: &lang, also_in: None, caps, said: &Said::default() };
        let ways = Ways { back: None, home: Some(self.bot.home()) };
        let (rendered, _) = voice.page(&Page::new(msg!("page-broken")), None, &ways, &word);
        // Not the name of the open page, which would pass for shown already.
        let id = format!("{}-{word}-{}", incoming.address, incoming.update);
        let lasting = Some(rendered.text.clone());
        let thread = incoming.thread.clone();
        Ok(Some(Answer { rendered, edit: None, below: true, lasting, aside: None, thread, lang, id, rev: None, at }))
    }
}

/// What was asked for, or nothing when the database can't give it. That it is away is another matter.
fn or_nothing<T>(asked: Result<T, DbErr>) -> Result<Option<T>, Fault> {
    match asked.map_err(Fault::from) {
        Ok(found) => Ok(Some(found)),
        Err(fault @ Fault::Away(_)) => Err(fault),
        Err(_) => Ok(None),
    }
}

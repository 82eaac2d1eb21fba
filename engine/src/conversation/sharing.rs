//! What a bot has to be sent into other chats: people ask for it in any of theirs, by some words, and choose one.

use super::{Bot, Caps, Cx, Desk, Draft, Engine, Fault, Moment, Named, Page, Person, Reader, Rendered, Turn};
use super::{caught, render_notice};
use crate::locale::Msg;
use crate::store;

/// What somebody types to find something of the bot's to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the messenger calls the question: it is answered by that.
    pub question: String,
    /// The address of their private chat with the bot.
    pub address: String,
    /// How the messenger calls them.
    pub name: String,
    /// The language of their messenger.
    pub lang: Option<String>,
    /// What they typed; may be nothing.
    pub words: String,
}

/// One thing that can be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Shareable {
    /// What it goes by among those that are offered: 1 to 64 bytes.
    pub id: String,
    /// What it is called there.
    pub title: Msg,
    /// What is said of it there.
    pub about: Msg,
    /// The message that is sent. Whoever reads it is nobody whom the bot knows, so of its choices there remain those that
    /// open an address.
    pub page: Page,
}

/// The same in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// As in [`Shareable`].
    pub id: String,
    /// As in [`Shareable`].
    pub title: String,
    /// As in [`Shareable`].
    pub about: String,
    /// The message that is sent.
    pub page: Rendered,
}

impl<B: Bot> Engine<B> {
    /// What the bot has for this; nothing for people whom it does not know. Nothing is changed.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn shareable(&self, messenger: &str, caps: Caps, asked: &Asked) -> Result<Vec<Card>, Fault> {
        let tx = store::begin(self.db()).await?;
        let found = match store::account::find_by_account(&tx, messenger, &asked.address).await? {
            Some((_, person)) => {
                let person = Some(Person::from(person));
                let at = Moment { tx: &tx, now: self.now(), chance: self.chance() };
                let turn = Turn { at, messenger, address: &asked.address, name: &asked.name, person };
                self.shared_in(&turn, caps, asked).await
            }
            None => Ok(Vec::new()),
        };
        // What was looked at is as it was.
        tx.rollback().await?;
        found
    }

    async fn shared_in(&self, turn: &Turn<'_>, caps: Caps, asked: &Asked) -> Result<Vec<Card>, Fault> {
        let world = self.bot.arrive(turn).await?;
        let lang = turn.person.as_ref().map(|person| person.lang.clone()).unwrap_or_default();
        let cx = Cx { turn, world, route: self.bot.home(), lang, also_in: None, draft: Draft::default() };
        let these = self.bot.shares(&cx, &asked.words).await?;
        let nobody = Named { word: String::new(), number: 0 };
        let card = |shareable: Shareable| {
            let Shareable { id, title, about, mut page } = shareable;
            page.rows.iter_mut().for_each(|row| row.retain(super::Choice::is_outside));
            let page = render_notice(&self.locales, Reader::of(&cx.lang), caps, &page, &nobody);
            let plain = |msg: &Msg| self.locales.plain(&cx.lang, msg);
            Card { id, title: plain(&title), about: plain(&about), page: Rendered { notice: None, ..page } }
        };
        Ok(these.into_iter().map(card).collect())
    }
}

impl<B: Bot> Desk<B> {
    /// Offers what the bot has for this. Who asks while very many do is offered nothing: with the next letter they ask again.
    pub(super) fn offer_soon(&self, asked: Asked) {
        let Ok(room) = self.questions.clone().try_acquire_owned() else { return };
        let desk = self.clone();
        self.replies.spawn(async move {
            let (messenger, caps) = (desk.messenger.name(), desk.messenger.caps());
            match caught(desk.engine.shareable(messenger, caps, &asked)).await {
                Ok(cards) => desk.messenger.offer(&asked.question, &cards).await,
                // While the database is away, whoever waits for it says so.
                Err(fault @ Fault::Away(_)) => tracing::debug!(messenger, %fault, "nothing was offered now"),
                Err(fault) => tracing::warn!(messenger, %fault, "nothing was offered to be sent into another chat"),
            }
            drop(room);
        });
    }
}

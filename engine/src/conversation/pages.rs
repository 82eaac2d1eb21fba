//! Showing pages: each busy chat has a task that shows its pages one after another, until there are none.

use std::time::Duration;

use super::showing::{Became, Waiting};
use super::{Answer, Bot, Caps, Desk, Heard, Incoming, Letter, SendError, Shown, shown_by};
use crate::store::{self, Trouble};

/// How long a page that its messenger puts off is shown again. Whoever has got none for longer has asked again, or waits
/// for nothing any more.
pub(super) const SHOWN_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// When a page has been refused for so long for a reason that nobody foresaw, it is shown with nothing but words, its choices
/// numbered: perhaps it was about what stood beside them, and somebody waits for it.
const REFUSED_FOR: Duration = Duration::from_secs(60);

/// How long a chat's page has been tried.
#[derive(Debug, Default)]
struct Patience {
    waited: Duration,
    /// How much of that because it was refused, and nobody knew why.
    refused: Duration,
}

impl Patience {
    fn waits(&mut self, pause: Duration, is_refused: bool) {
        self.waited += pause;
        self.refused += if is_refused { pause } else { Duration::ZERO };
    }

    fn is_over(&self) -> bool {
        self.waited >= SHOWN_FOR
    }

    /// What the page may have beside its words.
    fn caps(&self, caps: Caps) -> Caps {
        if self.refused < REFUSED_FOR { caps } else { Caps { buttons: false, ..caps } }
    }
}

impl<B: Bot> Desk<B> {
    /// Has a page shown that answers this (nothing: it is drawn again), after what is on its way to the same chat.
    pub(super) fn show_soon(&self, address: &str, heard: Option<&Heard>, answer: Answer) {
        if self.showing.put(address, heard, answer) {
            let (desk, address) = (self.clone(), address.to_owned());
            tokio::spawn(async move {
                let task = tokio::spawn(desk.clone().show_pages(address.clone()));
                if let Err(error) = task.await {
                    tracing::error!(messenger = desk.messenger.name(), %error, "showing a page broke off");
                    desk.showing.abandoned(&address);
                }
            });
        }
    }

    async fn show_pages(self, address: String) {
        let mut patience = Patience::default();
        loop {
            self.showing.gathered(&address).await;
            let Some(page) = self.showing.take(&address, self.messenger.caps().longest_text) else { return };
            let rev = page.answer.rev;
            let unnoted = match self.show(&address, &page).await {
                Ok(unnoted) => unnoted,
                Err(error) => {
                    if let Some(pause) = error.again() {
                        let is_refused = matches!(error, SendError::Unknown { .. });
                        self.wait(&address, page, (pause, is_refused), &mut patience).await;
                        continue;
                    }
                    self.tell(&error);
                    // There is no use in trying it at the next start.
                    rev.into_iter().for_each(|rev| self.note_edited(&address, rev));
                    None
                }
            };
            patience = Patience::default();
            self.showing.arrived(&address, unnoted);
            self.showing.rest(&address).await;
        }
    }

    /// Shows it, and notes that, and in which message. Gives what it became when that could not be noted.
    async fn show(&self, address: &str, page: &Waiting) -> Result<Option<Became>, SendError> {
        let answer = &page.answer;
        let letter = Letter {
            to: address,
            page: &answer.rendered,
            edit: answer.edit.as_deref(),
            id: &answer.id,
            thread: answer.thread.as_deref(),
            group: None,
        };
        let Shown { message, live } = {
            let _room = self.showing.room().await;
            shown_by(self.messenger.as_ref(), letter).await?
        };
        if live.is_some() && live == answer.edit && !page.moved {
            if let Some(rev) = answer.rev {
                self.note_edited(address, rev);
            }
            return Ok(None);
        }
        let (db, messenger) = (self.engine.db(), self.messenger.name());
        let noted = match answer.rev {
            Some(rev) => {
                store::session::note_shown(db, messenger, address, rev, (message.as_deref(), live.as_deref())).await
            }
            None => store::session::set_live(db, messenger, address, answer.at, live.as_deref()).await.map(|()| true),
        };
        if let Err(error) = &noted {
            // The page is shown; the next one will be a new message instead of an edit. While the database is away, whoever
            // waits for it says so.
            match Trouble::of(error) {
                Trouble::Away => tracing::debug!(messenger, %error, "it was not noted that a page was shown"),
                _ => tracing::warn!(messenger, %error, "it was not noted that a page was shown"),
            }
        }
        Ok((!noted.unwrap_or(true)).then_some(live))
    }

    /// The messenger asked to wait: the page is drawn anew when the time has come, as it is then; again and again, until it
    /// is shown or another has been shown in its place.
    async fn wait(&self, address: &str, page: Waiting, (pause, is_refused): (Duration, bool), patience: &mut Patience) {
        let (messenger, is_drawn_anew) = (self.messenger.name(), page.answer.rev.is_some());
        if patience.is_over() {
            self.showing.arrived(address, None);
            tracing::warn!(messenger, "a page was not shown: the messenger has put it off too long");
            return;
        }
        if !self.showing.put_off(address, page) {
            tracing::warn!(messenger, "a page was not shown: too many wait; it is shown when they write again");
            return;
        }
        while !self.showing.is_asked_again(address, pause).await {
            patience.waits(pause, is_refused);
            if !is_drawn_anew {
                return;
            }
            let caps = patience.caps(self.messenger.caps());
            let _turn = self.queue.enter(address).await;
            // While the database rests, the page can wait for it as well.
            if let Ok(drawn) = self.engine.redraw(messenger, caps, &silence(address)).await {
                let drawn = drawn.map(|drawn| if caps == self.messenger.caps() { drawn } else { drawn.plain() });
                return self.showing.redrawn(address, drawn);
            }
        }
    }

    fn tell(&self, error: &SendError) {
        let messenger = self.messenger.name();
        match error {
            SendError::Gone | SendError::Moved(_) => {
                tracing::info!(messenger, "a page was not shown: the account can't be reached");
            }
            error => tracing::error!(messenger, %error, "a page was not shown"),
        }
    }
}

/// Nothing that anybody said: the page is drawn, and nothing else happens.
pub(super) fn silence(address: &str) -> Incoming {
    Incoming {
        address: address.to_owned(),
        update: String::new(),
        seq: 0,
        name: String::new(),
        lang: None,
        heard: Heard::Other,
        reply_to: None,
        thread: None,
        album: None,
        tab: String::new(),
        early: false,
    }
}

/// The same in one of the conversations of this address.
pub(super) fn silence_in(address: &str, tab: &str) -> Incoming {
    Incoming { tab: tab.to_owned(), ..silence(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_for_a_minute_is_shown_as_words_alone() {
        let (caps, mut patience) = (Caps::KEYBOARD, Patience::default());
        let minute = Duration::from_secs(60);
        patience.waits(minute, false);
        assert!(patience.caps(caps).buttons, "the messenger was away");
        patience.waits(minute / 2, true);
        assert!(patience.caps(caps).buttons);
        patience.waits(minute / 2, true);
        assert!(!patience.caps(caps).buttons);
        assert!(!patience.is_over());
        patience.waits(SHOWN_FOR, true);
        assert!(patience.is_over());
    }
}

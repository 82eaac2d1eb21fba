//! What a person sees, and waiting to see it.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use crate::message::ChatMessage;
use crate::person::Person;
use crate::press::Press;
use crate::user::User;

const PATIENCE: Duration = Duration::from_secs(10);

/// So long a person reads a page before they press something on it: by then the turn that has brought it is over, also on a
/// machine that has much else to do.
pub(crate) const READING: Duration = Duration::from_secs(1);

impl User {
    /// All messages of the chat, oldest first, deleted ones included.
    pub fn messages(&self) -> Vec<ChatMessage> {
        self.with(|person| person.history.all().cloned().collect())
    }

    /// The newest messages that are not deleted, the newest first: what a person has before their eyes.
    pub fn newest(&self, count: usize) -> Vec<ChatMessage> {
        self.with(|person| person.history.shown().take(count).cloned().collect())
    }

    /// Waits until the bot has written or edited something since their last update, at most so long. False: it has not.
    pub async fn is_answered(&self, patience: Duration) -> bool {
        let answered = |person: &Person| person.waiting_since.is_none().then_some(());
        self.until(Instant::now() + patience, answered).await.is_some()
    }

    /// The newest message of the bot that is not deleted.
    ///
    /// # Panics
    /// When the bot never wrote.
    #[track_caller]
    pub fn last_message(&self) -> ChatMessage {
        let last = self.with(|person| person.history.shown().find(|message| message.from_bot).cloned());
        last.unwrap_or_else(|| panic!("the bot wrote nothing to {}:\n{}", self.id(), self.transcript()))
    }

    /// Their presses that were answered, oldest first.
    pub fn answered_presses(&self) -> Vec<Press> {
        let telegram = self.shared.telegram();
        telegram.presses.values().filter(|press| press.user == self.id() && press.answers > 0).cloned().collect()
    }

    /// Waits until the look at the messages (oldest first) finds something, at most so long.
    ///
    /// # Errors
    /// What the person sees when patience ends.
    pub async fn wait_for<T>(
        &self,
        patience: Duration,
        mut look: impl FnMut(&[ChatMessage]) -> Option<T>,
    ) -> Result<T, String> {
        let until = Instant::now() + patience;
        let changed = self.with(|person| Arc::clone(&person.changed));
        loop {
            let mut told = std::pin::pin!(changed.notified());
            told.as_mut().enable();
            if let Some(found) = look(&self.messages()) {
                return Ok(found);
            }
            if timeout_at(until, told).await.is_err() {
                return Err(self.transcript());
            }
        }
    }

    /// Like `wait_for`, but looks without copying anything, and may not touch it.
    pub(crate) async fn until<T>(&self, end: Instant, mut look: impl FnMut(&Person) -> Option<T>) -> Option<T> {
        let changed = self.with(|person| Arc::clone(&person.changed));
        loop {
            let mut told = std::pin::pin!(changed.notified());
            told.as_mut().enable();
            if let Some(found) = self.with(|person| look(person)) {
                return Some(found);
            }
            timeout_at(end, told).await.ok()?;
        }
    }

    /// Forgets the chat's messages, to save memory.
    pub(crate) fn forget(&self) {
        self.with(|person| person.history.keep_newest(0));
    }

    /// Waits until the bot's newest message contains this.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn sees(&self, text: &str) -> ChatMessage {
        let seen = self.wait_for(PATIENCE, |messages| {
            let last = messages.iter().rev().find(|message| message.from_bot && !message.deleted)?;
            last.text.contains(text).then(|| last.clone())
        });
        match seen.await {
            Ok(message) => message,
            Err(chat) => panic!("{} never saw {text:?}:\n{chat}", self.id()),
        }
    }

    /// Waits for a button, reads what stands above it, and presses it: as people do what can't be undone.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn reads_and_presses(&self, label: &str) -> u32 {
        let there = |_: &[ChatMessage]| self.with(|person| person.history.with_button(label).map(drop));
        if self.wait_for(PATIENCE, there).await.is_ok() {
            sleep(READING).await;
        }
        self.presses_when_shown(label).await
    }

    /// Waits for a button and presses it.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn presses_when_shown(&self, label: &str) -> u32 {
        let shown = self.wait_for(PATIENCE, |_| self.try_press(label));
        match shown.await {
            Ok(update) => update,
            Err(chat) => panic!("{} was never shown a button {label:?}:\n{chat}", self.id()),
        }
    }

    /// The chat as text, to read when a test fails.
    pub fn transcript(&self) -> String {
        self.with(|person| person.history.all().map(ToString::to_string).collect())
    }
}

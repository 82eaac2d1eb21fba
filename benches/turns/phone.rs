use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use exodus_engine::conversation::{Caps, Does, Inbox, Letter, Messenger, SendError, Shown, WayIn};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// A button.
#[derive(Clone)]
pub struct Shows {
    pub label: String,
    pub press: String,
}

/// A messenger with buttons whose letters arrive at once. It remembers only the buttons of the page that each person sees.
#[derive(Default)]
pub struct Phone {
    pages: Mutex<HashMap<String, Vec<Shows>>>,
    /// How many pages each has seen.
    seen: Mutex<HashMap<String, watch::Sender<u64>>>,
}

impl Phone {
    pub const NAME: &str = "phone";

    /// How many pages this person has seen.
    pub fn seen(&self, who: &str) -> watch::Receiver<u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(who.to_owned()).or_default().subscribe()
    }

    /// The first button on this person's page whose press is such.
    pub fn find(&self, who: &str, such: impl Fn(&str) -> bool) -> Option<Shows> {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(who)?.iter().find(|shown| such(&shown.press)).cloned()
    }
}

#[async_trait]
impl Messenger for Phone {
    fn name(&self) -> &'static str {
        Phone::NAME
    }

    fn caps(&self) -> Caps {
        Caps::KEYBOARD
    }

    fn way_in(&self) -> WayIn {
        WayIn {
            messenger: Phone::NAME,
            link: Some("https://phone.test/{token}".to_owned()),
            person: None,
            signs_in: None,
        }
    }

    async fn listen(&self, _: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        stop.cancelled().await;
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        if letter.id.starts_with('n') {
            return Ok(Shown::default());
        }
        let presses = letter.page.buttons.iter().flatten().filter_map(|button| match &button.does {
            Does::Press(press) => Some(Shows { label: button.label.clone(), press: press.clone() }),
            _ => None,
        });
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(letter.to.to_owned(), presses.collect());
        drop(pages);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(letter.to.to_owned()).or_default().send_modify(|count| *count += 1);
        Ok(Shown::editable(letter.edit.unwrap_or(letter.id)))
    }
}

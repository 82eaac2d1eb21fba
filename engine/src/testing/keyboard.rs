//! A messenger with buttons, as far as the engine can tell: messages stay, are edited in place, and their buttons are
//! pressed. It is written down just as the terminal's chats are, so one chat tells what both of them show.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::People;
use crate::conversation::{Button, Caps, Does, Heard, Inbox, Letter, Messenger, Rendered, SendError, Shown, WayIn};
use crate::locale::{Locales, Text};
use crate::messengers::terminal::{NAME, Offer, Said, seen};
use crate::msg;

/// The messenger; its people press what they mean.
pub struct Keyboard {
    /// How "back" is called, in every language.
    back: Vec<String>,
    chats: Mutex<HashMap<String, Vec<Message>>>,
    said: Mutex<Vec<Said>>,
}

/// A message as its chat shows it now.
struct Message {
    /// The letter's.
    id: String,
    /// The number of the notice that it shows: its choices are not those of the open page.
    notice: Option<i64>,
    asks: bool,
    buttons: Vec<Shows>,
    text: Text,
}

/// A choice of a message: the button, and what it is written down as.
struct Shows {
    number: Option<u32>,
    label: String,
    does: Does,
}

impl Keyboard {
    /// One that stands in for the terminal, for a bot that speaks these languages.
    pub fn new(locales: &Locales) -> Keyboard {
        let back =
            locales.languages().iter().map(|language| locales.plain(&language.code, &msg!("way-back"))).collect();
        Keyboard { back, chats: Mutex::default(), said: Mutex::default() }
    }

    fn chats(&self) -> MutexGuard<'_, HashMap<String, Vec<Message>>> {
        self.chats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn said(&self) -> MutexGuard<'_, Vec<Said>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The choices of a page in the order of a messenger without buttons: there Back stands last.
    fn listed(&self, page: &Rendered) -> Vec<Shows> {
        let back = page.buttons.last().and_then(|row| row.first()).filter(|button| self.back.contains(&button.label));
        let is_back = |button: &&Button| back.is_some_and(|back| std::ptr::eq(back, *button));
        let list = |button: &Button| {
            let label = match &button.does {
                Does::Press(_) => Offer::label(&button.label, page.notice),
                _ => button.label.clone(),
            };
            Shows { number: button.number, label, does: button.does.clone() }
        };
        // What a button copies stands in the text already.
        let copies = |button: &&Button| matches!(button.does, Does::Copy(_));
        let others = page.buttons.iter().flatten().filter(|button| !is_back(button) && !copies(button));
        others.chain(back).map(list).collect()
    }
}

impl Shows {
    fn line(&self) -> String {
        match (&self.does, self.number) {
            (Does::Open(url) | Does::Write { to: url, .. } | Does::Share { otherwise: url, .. }, _) => {
                format!("{}: {url}", self.label)
            }
            (Does::Copy(text), _) => text.clone(),
            (Does::Press(_), Some(number)) => format!("{number}. {}", self.label),
            (Does::Press(_), None) => format!("• {}", self.label),
        }
    }

    fn is_meant_by(&self, words: &str) -> bool {
        let number = self.number.map(|number| number.to_string());
        number.as_deref() == Some(words.trim()) || self.offer().is_called(words)
    }

    /// The same choice without the notice's number, as people call it who have one such notice before them.
    fn is_meant_without_number(&self, words: &str) -> bool {
        let label = self.label.rsplit_once(' ').map_or("", |(label, _)| label);
        Offer { label: label.to_owned(), press: String::new() }.is_called(words)
    }

    fn offer(&self) -> Offer {
        Offer { label: self.label.clone(), press: String::new() }
    }

    fn press(&self) -> Option<Heard> {
        match &self.does {
            Does::Press(press) => Some(Heard::Press(press.clone())),
            _ => None,
        }
    }
}

impl People for Keyboard {
    /// Presses a button of the open page, or else of the newest notice that shows these words; writes them if there
    /// is none.
    fn does(&self, who: &str, words: &str) -> Heard {
        let chats = self.chats();
        let newest_first = || chats.get(who).into_iter().flatten().rev();
        let page = newest_first().find(|message| message.notice.is_none());
        let on_page = || page.into_iter().flat_map(|page| &page.buttons);
        let in_notices =
            || newest_first().filter(|message| message.notice.is_some()).flat_map(|notice| &notice.buttons);
        // An answer is awaited: then words are the answer, unless they are all of a label.
        let asks = page.is_some_and(|page| page.asks);
        let begins = on_page().any(|shows| shows.offer().is_called_about(words));
        let meant = on_page()
            .chain(in_notices())
            .find(|shows| match asks && words.contains(char::is_numeric) {
                // What has a digit is an answer of its own, and is typed.
                true => shows.label == words,
                false => shows.is_meant_by(words),
            })
            .or_else(|| in_notices().filter(|_| !asks && !begins).find(|shows| shows.is_meant_without_number(words)));
        meant.and_then(Shows::press).unwrap_or_else(|| Heard::Text(words.to_owned()))
    }

    fn replies(&self, who: &str, notice: i64, words: &str) -> Option<(Heard, Option<String>)> {
        let chats = self.chats();
        let shows_it = |message: &&Message| message.notice == Some(notice);
        let offers: Vec<&Shows> =
            chats.get(who)?.iter().filter(shows_it).flat_map(|message| &message.buttons).collect();
        let offers: Vec<&Shows> = offers.into_iter().filter(|shows| shows.press().is_some()).collect();
        let place = words.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = place.and_then(|place| offers.get(place));
        let found = found.or_else(|| offers.iter().find(|shows| shows.offer().is_called_about(words)))?;
        Some((found.press()?, None))
    }

    fn take(&self) -> Vec<Said> {
        std::mem::take(&mut *self.said())
    }
}

#[async_trait]
impl Messenger for Keyboard {
    /// It stands in for the terminal, which accounts and ways in name.
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        // As wide as a screen can be: what is played says the same with buttons and without.
        Caps { seen_of_label: usize::MAX, ..Caps::KEYBOARD }
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: NAME, link: None, person: None, signs_in: None }
    }

    async fn listen(&self, _inbox: &dyn Inbox, _stop: CancellationToken) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        for button in letter.page.buttons.iter().flatten() {
            if let Does::Press(press) = &button.does {
                assert!(press.len() <= 64, "a button carries too much: {press}");
            }
            assert!(!button.label.trim().is_empty(), "a button says nothing");
        }
        let buttons = self.listed(letter.page);
        let mut text = seen(letter.page);
        let lines = buttons.iter().map(Shows::line).collect::<Vec<_>>().join("\n");
        text = Text::join_paragraphs([text, Text::from(lines)]);
        let mut chats = self.chats();
        let chat = chats.entry(letter.to.to_owned()).or_default();
        let place = match letter.edit.filter(|_| letter.page.file.is_none()) {
            Some(live) => live.parse().unwrap_or(usize::MAX),
            None => chat.len(),
        };
        assert!(place <= chat.len(), "message {place} of {} was never sent", letter.to);
        // A page that is drawn again as it stands there is seen by nobody.
        if chat.get(place).is_none_or(|before| before.id != letter.id || before.text != text) {
            self.said().push(Said { text: text.clone(), ..Said::of(letter) });
        }
        let message =
            Message { id: letter.id.to_owned(), notice: letter.page.notice, asks: letter.page.asks, buttons, text };
        if place == chat.len() {
            chat.push(message);
        } else {
            chat[place] = message;
        }
        Ok(Shown::editable(place.to_string()))
    }
}

//! Pages that wait to be shown, chat by chat. A page is put here when its turn is in the database: nobody but the chat it
//! belongs to waits for it.
//!
//! - What waits together in a chat gets one page, the last. Of those that it replaces the line about a deed is kept, and
//!   stands above it: what was done is said, however fast somebody goes on.
//! - Whoever presses faster than anybody can read is drawn once a second.
//! - A page that its messenger puts off waits here, and holds up no other chat.
//!
//! A chat that nobody waits for leaves no trace.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, SemaphorePermit, watch};

use super::{Answer, Heard, Press};
use crate::locale::Text;

/// For so long at most a page waits for the turns of those updates of its chat that have come already.
const TOGETHER: Duration = Duration::from_secs(1);

/// For so long after a page has come nobody presses what stands on it: the finger meant what stood there before.
const READ: Duration = Duration::from_millis(500);

/// The time between two pages for somebody who taps.
const APART: Duration = Duration::from_secs(1);

/// By so many presses in a row, none of them a second after the one before, it is told that somebody taps: on one button, or
/// on two or three of them in turn, twice round.
const TAPS: usize = 6;

/// How many pages are on their way through one messenger at most.
const AT_ONCE: usize = 256;

/// Of how many chats pages are kept at most. More than these are shown when their people write again, or at the next start.
const MOST_CHATS: usize = 10_000;

/// The pages of one messenger that wait, and those on their way.
#[derive(Debug)]
pub(super) struct Showing {
    chats: Mutex<HashMap<String, Chat>>,
    room: Semaphore,
    /// How many chats have a page that waits for nothing but to be shown, or is on its way.
    busy: watch::Sender<usize>,
}

/// What a page has become in its chat: the message that the next one is edited into; or none, which stays as it is, so that the
/// next one is a new message below it.
pub(super) type Became = Option<String>;

/// A page that waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub answer: Answer,
    /// Lines about deeds, of pages that this one has replaced.
    kept: Vec<Text>,
    /// It is to be edited into another message than the database knows of, or into none.
    pub moved: bool,
    /// It answers something: it is not the page of before, drawn again.
    is_new: bool,
}

/// What is known of a chat that is busy.
#[derive(Debug, Default)]
struct Chat {
    /// How many updates have come whose turns are not over.
    behind: usize,
    next: Option<Waiting>,
    /// `next` came after the page before it was put off.
    fresh: bool,
    put_off: bool,
    on_its_way: bool,
    /// The page on its way is another one than its chat showed before; or it was, and has come just now.
    just_come: bool,
    /// The name of the page that is on its way, or was shown last. (Not its revision: these begin anew where somebody's
    /// conversations are forgotten, and the first page of the next one would be taken for the last that they have seen.)
    latest: Option<String>,
    /// What it became, which was not noted because the next turn had been played by then.
    unnoted: Option<Became>,
    /// A task looks after it.
    tended: bool,
    taps: bool,
    pressed: VecDeque<String>,
    is_counted: bool,
    changed: Arc<Notify>,
}

impl Chat {
    fn is_busy(&self) -> bool {
        self.on_its_way || self.next.is_some() && !self.put_off
    }

    fn is_over(&self) -> bool {
        !self.tended && self.behind == 0 && self.next.is_none()
    }

    /// Notes what was heard, and whether it is more than anybody does who looks at the pages.
    fn heard(&mut self, heard: &Heard) -> bool {
        let Heard::Press(data) = heard else {
            self.pressed.clear();
            return false;
        };
        // A deed is called otherwise on each page that offers it.
        let press = match Press::decode(data) {
            Some(Press::Deed { name, .. }) => name,
            _ => data.clone(),
        };
        self.pressed.push_back(press);
        if self.pressed.len() > TAPS {
            self.pressed.pop_front();
        }
        (1..=TAPS / 2).any(|buttons| {
            let many = (2 * buttons).max(3);
            let last: Vec<&String> = self.pressed.iter().rev().take(many).collect();
            last.len() == many && last.windows(buttons + 1).all(|round| round.first() == round.last())
        })
    }
}

/// An update has come and its turn is not over, until this is dropped: the pages of its chat wait for one another meanwhile.
#[derive(Debug, Default)]
pub struct Behind(Option<(Arc<Showing>, String)>);

impl Drop for Behind {
    fn drop(&mut self) {
        if let Some((showing, address)) = self.0.take() {
            showing.with(&address, |chat| chat.behind = chat.behind.saturating_sub(1));
        }
    }
}

impl Default for Showing {
    fn default() -> Showing {
        Showing { chats: Mutex::default(), room: Semaphore::new(AT_ONCE), busy: watch::Sender::new(0) }
    }
}

impl Showing {
    /// An update of this chat waits.
    pub fn behind(self: &Arc<Self>, address: &str) -> Behind {
        self.with(address, |chat| chat.behind += 1);
        Behind(Some((self.clone(), address.to_owned())))
    }

    /// A page is to be shown, after this was heard (nothing: it is drawn again). True: a task has to be begun that looks
    /// after the chat.
    pub fn put(&self, address: &str, heard: Option<&Heard>, answer: Answer) -> bool {
        self.with(address, |chat| {
            let again_and_again = heard.is_some_and(|heard| chat.heard(heard));
            if answer.rev.is_some() && chat.latest.as_ref() == Some(&answer.id) {
                return false;
            }
            let mut waiting = Waiting { answer, kept: Vec::new(), moved: false, is_new: heard.is_some() };
            let mut replaces = false;
            if let Some(before) = chat.next.take() {
                replaces = waiting.replaces(before);
            }
            chat.taps = again_and_again || replaces && !chat.put_off;
            (chat.next, chat.fresh) = (Some(waiting), true);
            !std::mem::replace(&mut chat.tended, true)
        })
    }

    /// Waits until nothing that has come stands between a chat and its page, or for as long as is decent.
    pub async fn gathered(&self, address: &str) {
        let _ = tokio::time::timeout(TOGETHER, self.until(address, |chat| chat.behind == 0)).await;
    }

    /// The page to be shown now. None: nothing is left to do for this chat.
    pub fn take(&self, address: &str, longest_text: usize) -> Option<Waiting> {
        self.with(address, |chat| {
            let Some(mut next) = chat.next.take() else {
                chat.tended = false;
                return None;
            };
            (chat.on_its_way, chat.put_off, chat.taps, chat.fresh) = (true, false, false, false);
            chat.latest = next.answer.rev.is_some().then(|| next.answer.id.clone());
            chat.just_come = next.is_new;
            if let Some(live) = chat.unnoted.take().filter(|_| !next.answer.below) {
                // When its turn was played, nobody knew what became of the page before.
                (next.answer.edit, next.moved) = (live, true);
            }
            next.say_what_was_kept(longest_text);
            Some(next)
        })
    }

    /// What is said now was said before the open page could be read: it still waits to be sent, or a finger was on its way
    /// already when it came. (What is typed while a page is on its way may answer it: that we hear of its arrival takes
    /// longer than the arrival.)
    pub fn is_unread(&self, address: &str, heard: &Heard) -> bool {
        let is_press = matches!(heard, Heard::Press(_));
        let is_unread = |chat: &Chat| chat.next.is_some() || is_press && chat.just_come;
        self.chats().get(address).is_some_and(is_unread)
    }

    /// The page on its way has arrived, and became what the database does not know of, or does know; or it never will.
    pub fn arrived(&self, address: &str, unnoted: Option<Became>) {
        self.with(address, |chat| (chat.on_its_way, chat.unnoted) = (false, unnoted));
    }

    /// The page on its way is to be tried again later. False: there are too many of these.
    pub fn put_off(&self, address: &str, page: Waiting) -> bool {
        let mut chats = self.chats();
        let there_is_room = chats.len() <= MOST_CHATS;
        self.change(&mut chats, address, |chat| {
            (chat.on_its_way, chat.put_off, chat.latest) = (false, true, None);
            match &mut chat.next {
                Some(newer) => drop(newer.replaces(page)),
                None => (chat.next, chat.fresh) = (there_is_room.then_some(page), false),
            }
        });
        there_is_room
    }

    /// Waits for so long, or until the chat has got another page meanwhile: then true.
    pub async fn is_asked_again(&self, address: &str, within: Duration) -> bool {
        tokio::time::timeout(within, self.until(address, |chat| chat.fresh)).await.is_ok()
    }

    /// The task that looks after the chat has broken off. What it had in hand is shown at the next start.
    pub fn abandoned(&self, address: &str) {
        self.with(address, |chat| (chat.tended, chat.on_its_way, chat.next) = (false, false, None));
    }

    /// What was put off looks like this by now; `None`: it need not be shown any more.
    pub fn redrawn(&self, address: &str, answer: Option<Answer>) {
        self.with(address, |chat| match (answer, &mut chat.next) {
            (Some(answer), Some(next)) => (next.answer, next.moved) = (answer, false),
            _ => chat.next = None,
        });
    }

    /// Waits until the chat may be drawn again: at once when somebody asks for a page, a second later when they tap.
    pub async fn rest(&self, address: &str) {
        let asks = || self.until(address, |chat| chat.next.is_some() && !chat.taps);
        if tokio::time::timeout(READ, asks()).await.is_err() {
            self.with(address, |chat| chat.just_come = false);
            let _ = tokio::time::timeout(APART.saturating_sub(READ), asks()).await;
        }
    }

    /// Waits until one more page may be on its way.
    pub async fn room(&self) -> Option<SemaphorePermit<'_>> {
        self.room.acquire().await.ok()
    }

    /// Waits until every page is shown, but for those that the messenger has put off.
    pub async fn all_shown(&self) {
        let _ = self.busy.subscribe().wait_for(|busy| *busy == 0).await;
    }

    /// The same for one chat.
    pub async fn is_shown(&self, address: &str) {
        let mut busy = self.busy.subscribe();
        while self.chats().get(address).is_some_and(Chat::is_busy) {
            if busy.changed().await.is_err() {
                return;
            }
        }
    }

    async fn until(&self, address: &str, is_so: impl Fn(&Chat) -> bool) {
        loop {
            let changed = match self.chats().get(address) {
                Some(chat) if !is_so(chat) => chat.changed.clone(),
                _ => return,
            };
            changed.notified().await;
        }
    }

    fn with<T>(&self, address: &str, change: impl FnOnce(&mut Chat) -> T) -> T {
        self.change(&mut self.chats(), address, change)
    }

    fn change<T>(&self, chats: &mut HashMap<String, Chat>, address: &str, change: impl FnOnce(&mut Chat) -> T) -> T {
        let chat = chats.entry(address.to_owned()).or_default();
        let changed = change(chat);
        let is_busy = chat.is_busy();
        if std::mem::replace(&mut chat.is_counted, is_busy) != is_busy {
            self.busy.send_modify(|busy| if is_busy { *busy += 1 } else { *busy -= 1 });
        }
        // One task at most waits for it.
        chat.changed.notify_one();
        if chat.is_over() {
            chats.remove(address);
        }
        changed
    }

    fn chats(&self) -> MutexGuard<'_, HashMap<String, Chat>> {
        self.chats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    /// Takes the place of one that nobody has seen. False: it is the same page.
    fn replaces(&mut self, before: Waiting) -> bool {
        let is_another = self.answer.rev.is_none() || self.answer.id != before.answer.id;
        self.is_new |= before.is_new;
        self.kept.splice(0..0, before.kept);
        if is_another {
            self.kept.extend(before.answer.lasting);
            // Whoever has asked for a file gets it, however fast they go on.
            if self.answer.rendered.file.is_none() {
                self.answer.rendered.file = before.answer.rendered.file;
            }
        }
        if before.answer.below && !self.answer.below {
            // What somebody wrote is answered below it.
            (self.answer.below, self.answer.edit) = (true, None);
        }
        is_another
    }

    /// The lines of the pages that were replaced stand above it, as far as they fit.
    fn say_what_was_kept(&mut self, longest_text: usize) {
        let own = self.answer.lasting.take();
        let mut said: Vec<Text> = Vec::new();
        for line in std::mem::take(&mut self.kept) {
            if Some(&line) != own.as_ref() && !said.contains(&line) {
                said.push(line);
            }
        }
        self.answer.lasting = own;
        let gap = "\n\n".len();
        let mut length = self.answer.rendered.text.len_utf16();
        let from = said.iter().rposition(|line| {
            length += line.len_utf16() + gap;
            length > longest_text
        });
        let fits = said.split_off(from.map_or(0, |last| last + 1));
        if !fits.is_empty() {
            let page = std::mem::take(&mut self.answer.rendered.text);
            self.answer.rendered.text = Text::join_paragraphs(fits.into_iter().chain([page]));
        }
    }
}

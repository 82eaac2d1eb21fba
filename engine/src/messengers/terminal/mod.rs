//! The terminal as a messenger: one keyboard, on which several people talk with the bot.
//!
//! A chat looks the same wherever it is written down, typed by hand, played from a script, or kept as a test:
//!
//! ```text
//! # a comment
//! @anna > /start
//!   Choose a language
//!
//!   1. English
//!   2. Русский
//!
//! @boris 🔔
//!   Anna asks you to promise.
//!
//!   • Promise 12
//!
//! clock +3d
//! ```
//!
//! What begins at the first column was typed ([`Line`]): `@anna > words` is said by Anna, and words alone by
//! whoever talked last. What the bot says is indented by two spaces; a notice, which comes unasked, has a header
//! with a bell. So a chat that was written down can be played again: the bot's lines are passed over.

mod chats;
mod line;
mod name;
mod said;
mod transcript;
mod wrapped;

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use chats::Chats;
pub use line::{Line, Misread, Move};
pub use said::{Offer, Said, seen};
pub use transcript::Transcript;

use crate::conversation::{
    Caps, FromGroup, Heard, HeardInGroup, Inbox, Incoming, Letter, Messenger, SendError, Shown, Speaker, WayIn,
};

/// The name that accounts of the terminal carry.
pub const NAME: &str = "terminal";

/// Who talks in the terminal until another name is typed.
pub const FIRST: &str = "anna";

/// Keeps what it is given to show until it is taken and written down.
///
/// Its people and their chats last as long as the process: it counts what it hears from 1 on each time.
#[derive(Debug, Default)]
pub struct Terminal {
    said: Mutex<Vec<Said>>,
    chats: Mutex<Chats>,
    arrived: Notify,
    heard: AtomicI64,
}

impl Terminal {
    /// A terminal in which nobody has said anything yet.
    pub fn new() -> Terminal {
        Terminal::default()
    }

    /// The same, which counts what it hears from this number on: where the database lasts longer than the process, what is
    /// heard after a restart must not be taken for what was heard before.
    pub fn counting_from(first: i64) -> Terminal {
        Terminal { heard: AtomicI64::new(first), ..Terminal::default() }
    }

    /// Everything shown since the last time, in its order.
    pub fn take(&self) -> Vec<Said> {
        std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The message in which `who` was shown the notice with this number; none that offers no choice, because then it
    /// shows no number.
    pub fn message(&self, who: &str, notice: i64) -> Option<String> {
        self.chats.lock().unwrap_or_else(PoisonError::into_inner).message(who, notice)
    }

    /// Talks with people until the input ends. There is no clock to move here; whatever is not said by a name is said
    /// by the last one, and [`FIRST`] begins.
    ///
    /// # Errors
    /// The input or the output fails, or the inbox does.
    pub async fn converse<W: Write>(
        &self,
        inbox: &dyn Inbox,
        input: impl AsyncBufRead + Unpin,
        source: Source,
        out: &mut Transcript<W>,
        stop: CancellationToken,
    ) -> Result<(), anyhow::Error> {
        let mut lines = input.lines();
        let mut who = FIRST.to_owned();
        source.prompt(&who, out)?;
        loop {
            let line = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(()),
                line = lines.next_line() => line?,
                () = self.arrived.notified() => {
                    // What answered somebody is written already.
                    if self.write(out, None)? > 0 {
                        source.prompt(&who, out)?;
                    }
                    continue;
                }
            };
            let Some(line) = line else { return Ok(source.end(out)?) };
            let mut reply_to = None;
            let words = match source.read(&line) {
                Ok(Line::Quit) => return Ok(()),
                Ok(Line::Blank | Line::Comment | Line::Bots) => None,
                Ok(Line::Chooses { who: other }) => {
                    who = other;
                    None
                }
                Ok(Line::Says { who: Some(other), words }) => {
                    who = other;
                    Some(words)
                }
                Ok(Line::InGroup { who: other, group, words }) => {
                    let count = self.heard.fetch_add(1, Ordering::Relaxed) + 1;
                    source.said(&format!("{other} in @{group}"), &words, out)?;
                    inbox.receive_from_group(in_group(&other, count, None, (group, words))).await?;
                    inbox.all_shown().await;
                    self.write(out, None)?;
                    None
                }
                Ok(Line::Replies { who: other, notice, words }) => {
                    who = other;
                    reply_to = self.message(&who, notice);
                    Some(words)
                }
                _ => Some(line.trim().to_owned()),
            };
            if let Some(words) = words {
                source.said(&who, &words, out)?;
                let count = self.heard.fetch_add(1, Ordering::Relaxed) + 1;
                let incoming = Incoming { reply_to, ..incoming(&who, count, None, Heard::Text(words)) };
                inbox.receive(incoming).await?;
                inbox.all_shown().await;
                self.write(out, Some(&who))?;
            }
            source.prompt(&who, out)?;
        }
    }

    /// Writes down all that was shown, the first to `answered` as their answer. Returns how much it was.
    fn write<W: Write>(&self, out: &mut Transcript<W>, answered: Option<&str>) -> std::io::Result<usize> {
        let mut answered = answered;
        let all = self.take();
        for said in &all {
            match answered.take_if(|who| *who == said.to) {
                Some(_) => out.answer(&said.text)?,
                None => out.notice(&said.to, &said.text)?,
            }
        }
        Ok(all.len())
    }
}

/// Where lines come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Somebody types at a prompt, and sees what they type.
    Keys,
    /// A chat that was written down: what is said in it is repeated, so that the whole can be read.
    Chat,
}

impl Source {
    fn read(self, line: &str) -> Result<Line, Misread> {
        match self {
            Source::Keys => Line::typed(line),
            Source::Chat => Line::of_chat(line),
        }
    }

    fn prompt<W: Write>(self, who: &str, out: &mut Transcript<W>) -> std::io::Result<()> {
        if self == Source::Keys { out.prompt(who) } else { Ok(()) }
    }

    fn said<W: Write>(self, who: &str, words: &str, out: &mut Transcript<W>) -> std::io::Result<()> {
        if self == Source::Chat { out.begin(&format!("@{who} > {words}")) } else { Ok(()) }
    }

    fn end<W: Write>(self, out: &mut Transcript<W>) -> std::io::Result<()> {
        if self == Source::Keys { out.end() } else { Ok(()) }
    }
}

/// What `who` said or pressed, as the `count`th thing heard; `lang` is what their terminal says of their language.
pub fn incoming(who: &str, count: i64, lang: Option<&str>, heard: Heard) -> Incoming {
    Incoming {
        address: who.to_owned(),
        update: count.to_string(),
        seq: count,
        name: name::shown(who),
        lang: lang.map(str::to_owned),
        heard,
        reply_to: None,
        thread: None,
        album: None,
        tab: String::new(),
        early: false,
    }
}

/// What `who` said in a group.
pub fn in_group(who: &str, count: i64, lang: Option<&str>, (group, words): (String, String)) -> FromGroup {
    let Incoming { address, update, name, lang, .. } = incoming(who, count, lang, Heard::Other);
    let who = Some(Speaker { address, name, lang });
    FromGroup { address: group, update, place: None, who, heard: HeardInGroup::Text(words) }
}

#[async_trait]
impl Messenger for Terminal {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A terminal could show more; so it shows what people elsewhere are shown.
    fn may_end(&self) -> bool {
        true
    }

    fn caps(&self) -> Caps {
        Caps::NUMBERED
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: NAME, link: None, person: None, signs_in: None }
    }

    /// Reads standard input until it ends: what is typed, or a chat that was written down.
    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let mut out = Transcript::new(std::io::stdout(), false);
        let input = BufReader::new(tokio::io::stdin());
        if std::io::stdin().is_terminal() {
            self.converse(inbox, input, Source::Keys, &mut out, stop).await
        } else {
            self.converse(inbox, input, Source::Chat, &mut out, stop).await
        }
    }

    /// What has been shown is not shown again, as where letters have transaction ids. A group's card is written down again
    /// whenever it changes, and is the same message.
    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        if self.chats.lock().unwrap_or_else(PoisonError::into_inner).show(letter) {
            self.said.lock().unwrap_or_else(PoisonError::into_inner).push(Said::of(letter));
            self.arrived.notify_one();
        }
        let message = letter.edit.filter(|_| letter.group.is_some()).unwrap_or(letter.id);
        Ok(Shown::for_good(message))
    }
}

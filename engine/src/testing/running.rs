use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Counted, HandClock};
use crate::conversation::{Bot, Clock, Messenger};
use crate::host::Host;
use crate::locale::Locales;

/// The chat that a program's first lines tell, between "text" and the end of that block.
pub fn chat_of(example: &str) -> String {
    let lines = example.lines().skip_while(|line| *line != "//! ```text").skip(1);
    let lines = lines.take_while(|line| *line != "//! ```");
    lines.map(|line| format!("{}\n", line.trim_start_matches("//!").strip_prefix(' ').unwrap_or_default())).collect()
}

/// One step of such a chat, as it goes in a messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatStep {
    /// Somebody writes, or presses what is called so.
    Says {
        /// Their name in the chat.
        who: String,
        /// What they write. A number is the choice that it stood before.
        words: String,
    },
    /// Somebody is shown something.
    Sees {
        /// Their name in the chat.
        who: String,
        /// Its paragraphs, without the choices and the line that leads to them.
        paragraphs: Vec<String>,
    },
    /// Time goes by.
    Waits(TimeDelta),
}

/// The steps of a chat that is written down as [`Play`](super::Play) writes it, to be played in a messenger.
///
/// # Errors
/// A clock goes on by something else than minutes and hours.
pub fn chat_steps(chat: &str) -> anyhow::Result<Vec<ChatStep>> {
    let chat: Vec<&str> = chat.lines().collect();
    let (mut steps, mut choices, mut who) = (Vec::new(), Vec::new(), String::new());
    let mut shown = String::new();
    for line in chat.iter().chain([&"@"]) {
        match line.strip_prefix("  ") {
            Some(line) => shown.push_str(&format!("{line}\n")),
            None if line.is_empty() => shown.push('\n'),
            None => {
                let (page, offered) = seen(&std::mem::take(&mut shown));
                if !page.is_empty() {
                    steps.push(ChatStep::Sees { who: who.clone(), paragraphs: page });
                    choices = offered;
                }
                if let Some((name, words)) = line.strip_prefix('@').and_then(|line| line.split_once(" > ")) {
                    who = name.to_owned();
                    let meant = choices.iter().find_map(|(number, label)| (number == words).then(|| label.clone()));
                    steps.push(ChatStep::Says { who: who.clone(), words: meant.unwrap_or_else(|| words.to_owned()) });
                } else if let Some(name) = line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
                    who = name.0.to_owned();
                } else if let Some(by) = line.strip_prefix("clock +") {
                    steps.push(ChatStep::Waits(time(by)?));
                    // What the clock shows is no page.
                    who = String::new();
                }
            }
        }
    }
    steps.retain(|step| !matches!(step, ChatStep::Sees { who, .. } if who.is_empty()));
    Ok(steps)
}

/// The paragraphs of a page, and its numbered choices.
fn seen(page: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut paragraphs, mut choices) = (Vec::new(), Vec::new());
    for paragraph in page.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        if paragraph.lines().next().is_some_and(|first| first.ends_with(':')) {
            let numbered = paragraph.lines().filter_map(|line| line.split_once(". "));
            choices = numbered.map(|(number, label)| (number.to_owned(), label.to_owned())).collect();
        } else {
            paragraphs.push(paragraph.to_owned());
        }
    }
    (paragraphs, choices)
}

fn time(by: &str) -> anyhow::Result<TimeDelta> {
    let minutes = by.strip_suffix('m').and_then(|number| number.parse().ok()).map(TimeDelta::minutes);
    let hours = || by.strip_suffix('h').and_then(|number| number.parse().ok()).map(TimeDelta::hours);
    minutes.or_else(hours).with_context(|| format!("clock +{by}: expected minutes or hours"))
}

/// When the chats of examples begin: 10 November 2026, 9 o'clock.
pub const BEGINNING: i64 = 1_794_301_200;

/// A bot that runs in a messenger, on a database in memory, by a clock that is moved by hand.
pub struct Running {
    clock: Arc<HandClock>,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// Starts it; the messenger is made for its clock.
    ///
    /// # Errors
    /// Its tables can't be made.
    pub async fn start<B: Bot>(
        bot: B,
        locales: Locales,
        messenger: impl AsyncFnOnce(Arc<HandClock>) -> Arc<dyn Messenger>,
    ) -> anyhow::Result<Running> {
        let beginning = DateTime::<Utc>::from_timestamp(BEGINNING, 0).unwrap_or_default();
        let clock = Arc::new(HandClock::at(beginning));
        let host = Host::open(bot, locales, "sqlite::memory:").await?;
        let host = host.by(clock.clone(), Arc::new(Counted::default())).through(messenger(clock.clone()).await);
        let stop = CancellationToken::new();
        let running = tokio::spawn(host.run(stop.clone()));
        Ok(Running { clock, stop, running })
    }

    /// Lets time go by.
    pub fn waits(&self, by: TimeDelta) {
        self.clock.move_to(self.clock.now() + by);
    }

    /// Stops it, and waits for its end.
    ///
    /// # Errors
    /// What it ended with.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.running.await?
    }
}

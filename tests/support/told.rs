//! The chats that the engine's examples begin with, to be played in a messenger.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use exodus_engine::conversation::{Bot, Clock, Messenger};
use exodus_engine::host::Host;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::testing::{Counted, HandClock};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// One step of such a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Says {
        who: String,
        words: String,
    },
    /// These paragraphs, without the choices and the line that leads to them.
    Sees {
        who: String,
        paragraphs: Vec<String>,
    },
    Waits(TimeDelta),
}

/// The steps of the chat in an example's first lines. A number that is typed is the choice that it stood before.
pub fn steps(example: &str) -> Vec<Step> {
    let lines = example.lines().skip_while(|line| *line != "//! ```text").skip(1).take_while(|line| *line != "//! ```");
    let chat: Vec<&str> =
        lines.map(|line| line.trim_start_matches("//!").strip_prefix(' ').unwrap_or_default()).collect();
    let (mut steps, mut choices, mut who) = (Vec::new(), Vec::new(), String::new());
    let mut shown = String::new();
    for line in chat.iter().chain([&"@"]) {
        match line.strip_prefix("  ") {
            Some(line) => shown.push_str(&format!("{line}\n")),
            None if line.is_empty() => shown.push('\n'),
            None => {
                let (page, offered) = seen(&std::mem::take(&mut shown));
                if !page.is_empty() {
                    steps.push(Step::Sees { who: who.clone(), paragraphs: page });
                    choices = offered;
                }
                if let Some((name, words)) = line.strip_prefix('@').and_then(|line| line.split_once(" > ")) {
                    who = name.to_owned();
                    let meant = choices.iter().find_map(|(number, label)| (number == words).then(|| label.clone()));
                    steps.push(Step::Says { who: who.clone(), words: meant.unwrap_or_else(|| words.to_owned()) });
                } else if let Some(name) = line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
                    who = name.0.to_owned();
                } else if let Some(by) = line.strip_prefix("clock +") {
                    steps.push(Step::Waits(time(by)));
                    // What the clock shows is no page.
                    who = String::new();
                }
            }
        }
    }
    steps.retain(|step| !matches!(step, Step::Sees { who, .. } if who.is_empty()));
    steps
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

fn time(by: &str) -> TimeDelta {
    let (number, unit) = by.split_at(by.len() - 1);
    let number = number.parse().expect("a number");
    match unit {
        "m" => TimeDelta::minutes(number),
        "h" => TimeDelta::hours(number),
        _ => panic!("clock +{by}"),
    }
}

/// An example that runs in a messenger of its own, by a clock that is moved by hand.
pub struct Running {
    clock: Arc<HandClock>,
    stop: CancellationToken,
    running: JoinHandle<anyhow::Result<()>>,
}

impl Running {
    pub async fn start<B: Bot>(
        bot: B,
        words: &str,
        messenger: impl AsyncFnOnce(Arc<HandClock>) -> Arc<dyn Messenger>,
    ) -> Running {
        let locales = Locales::from_texts(&[("en", words)], Format::default()).expect("words");
        let clock = Arc::new(HandClock::at(DateTime::from_timestamp(1_794_301_200, 0).expect("a time")));
        let host = Host::open(bot, locales, "sqlite::memory:").await.expect("a bot");
        let host = host.by(clock.clone(), Arc::new(Counted::default())).through(messenger(clock.clone()).await);
        let stop = CancellationToken::new();
        let running = tokio::spawn(host.run(stop.clone()));
        Running { clock, stop, running }
    }

    pub fn waits(&self, by: TimeDelta) {
        self.clock.move_to(self.clock.now() + by);
    }

    pub async fn stop(self) {
        self.stop.cancel();
        self.running.await.expect("it ends").expect("in order");
    }
}

//! One group of members that lives the script.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::script::{Deed, Script, Step};
use crate::message::ChatMessage;
use crate::person::Person;
use crate::seen::READING;
use crate::shared::Shared;
use crate::user::User;

/// What all groups count together.
#[derive(Debug, Default)]
pub struct Tally {
    rounds: AtomicU64,
    timeouts: AtomicU64,
    stuck: Mutex<BTreeMap<String, u64>>,
    example: Mutex<Option<String>>,
}

impl Tally {
    /// Starts counting anew, after the warm-up; what was stuck stays, being a fault of the script or the bot.
    pub(crate) fn begin(&self) {
        self.rounds.store(0, Ordering::Relaxed);
        self.timeouts.store(0, Ordering::Relaxed);
    }

    pub(crate) fn rounds(&self) -> u64 {
        self.rounds.load(Ordering::Relaxed)
    }

    pub(crate) fn timeouts(&self) -> u64 {
        self.timeouts.load(Ordering::Relaxed)
    }

    pub(crate) fn stuck(&self) -> BTreeMap<String, u64> {
        self.stuck.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the first member that was stuck saw.
    pub(crate) fn example(&self) -> Option<String> {
        self.example.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note_stuck(&self, line: &str, chat: impl FnOnce() -> String) {
        self.timeouts.fetch_add(1, Ordering::Relaxed);
        *self.stuck.lock().unwrap_or_else(PoisonError::into_inner).entry(line.to_owned()).or_default() += 1;
        self.example
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert_with(|| format!("{line}\n{}", chat()));
    }
}

pub(crate) struct Player {
    pub shared: Arc<Shared>,
    pub script: Arc<Script>,
    pub tally: Arc<Tally>,
    pub ids: Arc<AtomicI64>,
    pub group: usize,
    pub rounds: u64,
    pub patience: Duration,
}

/// A step that waited in vain.
struct Stuck<'a>(&'a Step);

impl Player {
    pub async fn play(self) {
        let mut people = self.newcomers();
        if self.script.repeats {
            self.pass(&people, &self.script.once, 0).await;
        }
        for round in 0..self.rounds {
            if self.script.repeats {
                self.pass(&people, &self.script.again, round).await;
            } else {
                self.pass(&people, &self.script.once, round).await;
                people.iter().for_each(User::forget);
                people = self.newcomers();
            }
            self.tally.rounds.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// New members, one for each name of the cast.
    fn newcomers(&self) -> Vec<User> {
        let first = self.ids.fetch_add(self.script.cast.len() as i64, Ordering::Relaxed);
        let names = self.script.cast.iter().zip(first..);
        names.map(|(name, id)| User::new(Arc::clone(&self.shared), id).named(&format!("{name} {id}"))).collect()
    }

    async fn pass(&self, people: &[User], steps: &[Step], round: u64) {
        if let Err(Stuck(step)) = self.steps(people, steps, round).await {
            self.tally.note_stuck(&step.line, || people[step.who].transcript());
            for person in people {
                person.with(|person| person.waiting_since = None);
            }
            // A bot that is down is not to be asked a thousand times a second.
            sleep(Duration::from_millis(100)).await;
        }
    }

    async fn steps<'a>(&self, people: &[User], steps: &'a [Step], round: u64) -> Result<(), Stuck<'a>> {
        for step in steps {
            self.step(people, step, round).await.ok_or(Stuck(step))?;
        }
        let Some(last) = steps.last() else {
            return Ok(());
        };
        let end = Instant::now() + self.patience;
        for person in people {
            person.until(end, answered).await.ok_or(Stuck(last))?;
        }
        Ok(())
    }

    async fn step(&self, people: &[User], step: &Step, round: u64) -> Option<()> {
        let end = Instant::now() + self.patience;
        let person = &people[step.who];
        match &step.deed {
            Deed::Lang(lang) => person.with(|person| person.lang.clone_from(lang)),
            Deed::Write(words) => {
                let words = self.filled(words, people, round, end).await?;
                person.until(end, answered).await?;
                person.writes(&words);
            }
            Deed::Press(label) => {
                let label = self.filled(label, people, round, end).await?;
                let (message, data) = person.until(end, |person| to_press(person, &label)).await?;
                person.presses_data(message, &data);
            }
            Deed::Read => {
                person.until(end, answered).await?;
                sleep(READING).await;
            }
            Deed::See(words) => {
                let words = self.filled(words, people, round, end).await?;
                let seen = |person: &Person| {
                    person.history.shown().any(|m| m.from_bot && m.text.contains(&words)).then_some(())
                };
                person.until(end, seen).await?;
            }
        }
        Some(())
    }

    /// Puts in what stands in braces.
    async fn filled(&self, words: &str, people: &[User], round: u64, end: Instant) -> Option<String> {
        let mut words = words.to_owned();
        if !words.contains('{') {
            return Some(words);
        }
        words = words.replace("{group}", &self.group.to_string()).replace("{round}", &round.to_string());
        for (name, person) in self.script.cast.iter().zip(people) {
            let brace = format!("{{token-of {name}}}");
            if words.contains(&brace) {
                let token = person.until(end, |person| person.history.shown().find_map(token_in)).await?;
                words = words.replace(&brace, &token);
            }
        }
        Some(words)
    }
}

fn answered(person: &Person) -> Option<()> {
    person.waiting_since.is_none().then_some(())
}

fn to_press(person: &Person, label: &str) -> Option<(i32, String)> {
    answered(person)?;
    let (message, button) = person.history.with_button(label)?;
    Some((message.id, button.callback_data.clone()?))
}

/// The parameter of a `start=` link in a message's text, hidden links or buttons.
fn token_in(message: &ChatMessage) -> Option<String> {
    let links = message.entities.iter().filter_map(|entity| entity.url.as_deref());
    let buttons = message.rows.iter().flatten().filter_map(|button| button.url.as_deref());
    std::iter::once(message.text.as_str()).chain(links).chain(buttons).find_map(|text| {
        let (_, rest) = text.split_once("start=")?;
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    })
}

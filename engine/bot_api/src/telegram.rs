//! All that the server knows, behind one lock.

use std::collections::{BTreeMap, HashMap};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::faults::FaultRule;
use crate::message::ChatMessage;
use crate::methods::{Command, METHODS};
use crate::pace::Bucket;
use crate::person::Person;
use crate::press::Press;
use crate::queue::Queue;
use crate::refusal::{Refusal, Refused};
use crate::settings::Settings;
use crate::webhook::Webhook;
use crate::wire::{MessageJson, json};

/// How much of a chat is kept when history is off.
const NEWEST: usize = 24;
/// How many refusals are kept when history is off; all are counted.
const REFUSALS: usize = 1000;

/// Telegram, as it is played here.
#[derive(Debug)]
pub(crate) struct Telegram {
    pub settings: Settings,
    pub bot_id: i64,
    pub people: HashMap<i64, Person>,
    pub queue: Queue,
    pub presses: BTreeMap<u64, Press>,
    pub last_press: u64,
    pub commands: HashMap<(String, String), Vec<Command>>,
    pub webhook: Option<Webhook>,
    /// Grows with every change of webhook, so that old deliveries stop.
    pub webhook_generation: u64,
    pub counts: [u64; METHODS.len()],
    pub refusals: Vec<Refusal>,
    pub refused: u64,
    pub faults: Vec<FaultRule>,
    pub overall: Bucket,
    /// Requests being worked on, waiting readers aside.
    pub busy: usize,
    pub last_activity: Instant,
    /// Microseconds from each update to its first answer, when measured.
    pub answer_times: Option<Vec<u32>>,
}

impl Telegram {
    pub fn new(settings: Settings) -> Self {
        Self {
            bot_id: settings.bot_id(),
            settings,
            people: HashMap::new(),
            queue: Queue::default(),
            presses: BTreeMap::new(),
            last_press: 4_000_000_000_000_000,
            commands: HashMap::new(),
            webhook: None,
            webhook_generation: 0,
            counts: [0; METHODS.len()],
            refusals: Vec::new(),
            refused: 0,
            faults: Vec::new(),
            overall: Bucket::default(),
            busy: 0,
            last_activity: Instant::now(),
            answer_times: None,
        }
    }

    pub fn person(&mut self, id: i64) -> &mut Person {
        self.people.entry(id).or_insert_with(|| Person::new(id))
    }

    /// A message as the bot gets it.
    pub fn message_json(&self, person: &Person, message: &ChatMessage) -> String {
        json(&MessageJson::of(message, person, (self.bot_id, &self.settings.username)))
    }

    /// The bot wrote or edited: the person's wait is over.
    pub fn answered(&mut self, chat: i64) {
        let keep = if self.settings.history { usize::MAX } else { NEWEST };
        let Some(person) = self.people.get_mut(&chat) else {
            return;
        };
        person.history.keep_newest(keep);
        let since = person.waiting_since.take();
        person.changed.notify_waiters();
        if let (Some(since), Some(times)) = (since, &mut self.answer_times) {
            times.push(u32::try_from(since.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }

    /// Holds a write in this chat against the pace.
    pub fn paced(&mut self, chat: i64) -> Result<(), Refused> {
        let Some(pace) = self.settings.pace else {
            return Ok(());
        };
        let now = Instant::now();
        self.person(chat).bucket.take(pace.chat, now).map_err(Refused::too_fast)?;
        self.overall.take(pace.overall, now).map_err(Refused::too_fast)
    }

    pub fn note_refusal(&mut self, method: &str, chat: Option<i64>, refused: &Refused) {
        self.refused += 1;
        if !self.settings.history && self.refusals.len() >= REFUSALS {
            return;
        }
        self.refusals.push(Refusal {
            method: method.to_owned(),
            chat,
            code: refused.code,
            description: refused.description.clone().into_owned(),
            kind: refused.kind,
        });
    }
}

/// Seconds since 1970.
pub(crate) fn unix_now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

//! All that the server knows, behind one lock.

use std::collections::{BTreeMap, HashMap};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::faults::FaultRule;
use crate::group::Group;
use crate::history::History;
use crate::inline::Question;
use crate::message::ChatMessage;
use crate::methods::{Command, METHODS, Text};
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
    pub groups: HashMap<i64, Group>,
    pub queue: Queue,
    pub presses: BTreeMap<u64, Press>,
    pub last_press: u64,
    pub commands: HashMap<(String, String), Vec<Command>>,
    pub texts: HashMap<(Text, String), String>,
    /// The type of the button beside the input field.
    pub menu_button: String,
    /// What was asked in inline mode.
    pub questions: BTreeMap<u64, Question>,
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
            groups: HashMap::new(),
            queue: Queue::default(),
            presses: BTreeMap::new(),
            last_press: 4_000_000_000_000_000,
            commands: HashMap::new(),
            texts: HashMap::new(),
            menu_button: "default".to_owned(),
            questions: BTreeMap::new(),
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

    pub fn group(&mut self, id: i64) -> &mut Group {
        self.groups.entry(id).or_insert_with(|| Group::new(id))
    }

    /// A text of the bot for this language: that of all others where it has none of its own.
    pub fn text(&self, which: Text, lang: &str) -> String {
        let of = |lang: &str| self.texts.get(&(which, lang.to_owned())).cloned();
        let named = || if which == Text::Name { "Community".to_owned() } else { String::new() };
        of(lang).or_else(|| of("")).unwrap_or_else(named)
    }

    /// What was said in a chat: a person's, or a group.
    pub fn history(&mut self, chat: i64) -> &mut History {
        if chat < 0 { &mut self.group(chat).history } else { &mut self.person(chat).history }
    }

    /// A message as the bot gets it.
    pub fn message_json(&self, person: &Person, message: &ChatMessage) -> String {
        json(&MessageJson::of(message, person, (self.bot_id, &self.settings.username)))
    }

    /// The bot wrote or edited: the person's wait is over.
    pub fn answered(&mut self, chat: i64) {
        let keep = if self.settings.history { usize::MAX } else { NEWEST };
        if let Some(group) = self.groups.get(&chat) {
            group.changed.notify_waiters();
        }
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

    /// Whoever looks at the chat looks again.
    pub fn changed(&self, chat: i64) {
        let person = self.people.get(&chat).map(|person| &person.changed);
        if let Some(changed) = self.groups.get(&chat).map(|group| &group.changed).or(person) {
            changed.notify_waiters();
        }
    }

    /// Holds a write in this chat against the pace.
    pub fn paced(&mut self, chat: i64) -> Result<(), Refused> {
        let Some(pace) = self.settings.pace else {
            return Ok(());
        };
        let now = Instant::now();
        if chat < 0 {
            self.group(chat).bucket.take(pace.group, now).map_err(Refused::too_fast)?;
        } else {
            self.person(chat).bucket.take(pace.chat, now).map_err(Refused::too_fast)?;
        }
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

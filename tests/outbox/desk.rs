//! A worker, its clock, and a messenger that answers what a test tells it to.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::conversation::{
    Caps, Clock, Inbox, Letter, Messenger, OsChance, Pace, Rendered, SendError, Shown, WayIn,
};
use exodus_engine::delivery::Outbox;
use exodus_engine::locale::{Format, Locales, Rate};
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio_util::sync::CancellationToken;

use crate::news::{NEWS, News, QUESTION, WORDS};

pub struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    pub fn new() -> HandClock {
        HandClock(Mutex::new(DateTime::from_timestamp(1_794_301_200, 0).unwrap()))
    }

    pub fn wait(&self, seconds: i64) {
        *self.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// What the messenger makes of a letter: it answers so, or never, or breaks over it.
#[derive(Clone)]
pub enum Makes {
    Answer(Result<Shown, SendError>),
    Nothing,
    Panic,
}

/// Notes what it is given, and answers what it was told to, in that order; afterwards everything arrives.
pub struct Post {
    pub letters: Mutex<Vec<String>>,
    pub pages: Mutex<Vec<Rendered>>,
    pub answers: Mutex<VecDeque<Makes>>,
    /// A letter takes so long.
    pub takes: Duration,
    pub pace: Pace,
    pub ready: AtomicBool,
}

impl Default for Post {
    fn default() -> Post {
        Post {
            letters: Mutex::default(),
            pages: Mutex::default(),
            answers: Mutex::default(),
            takes: Duration::ZERO,
            pace: Pace::FREE,
            ready: AtomicBool::new(true),
        }
    }
}

impl Post {
    pub fn that(answers: impl IntoIterator<Item = Makes>) -> Arc<Post> {
        Arc::new(Post { answers: Mutex::new(answers.into_iter().collect()), ..Post::default() })
    }

    pub fn refusing(error: SendError) -> Arc<Post> {
        Post::that([Makes::Answer(Err(error))])
    }

    pub fn at(a_second: u32, in_chat: Duration) -> Arc<Post> {
        Arc::new(Post { pace: Pace { a_second, in_chat, alone: false }, ..Post::default() })
    }

    /// What it was given since the last time: `address id`.
    pub fn letters(&self) -> Vec<String> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }

    /// What those letters said.
    pub fn pages(&self) -> Vec<Rendered> {
        std::mem::take(&mut *self.pages.lock().unwrap())
    }

    /// Waits until it was given so many.
    pub async fn has(&self, letters: usize) {
        let given = async {
            while self.letters.lock().unwrap().len() < letters {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), given).await.expect("the letters come");
    }
}

#[async_trait]
impl Messenger for Post {
    fn name(&self) -> &'static str {
        "post"
    }

    fn caps(&self) -> Caps {
        Caps::KEYBOARD
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: "post", link: None, person: None, signs_in: None }
    }

    fn pace(&self) -> Pace {
        self.pace
    }

    fn ready(&self) -> bool {
        self.ready.load(Ordering::SeqCst)
    }

    async fn listen(&self, _: &dyn Inbox, _: CancellationToken) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        assert_eq!(letter.edit, None, "a notice is always a message of its own");
        self.letters.lock().unwrap().push(format!("{} {}", letter.to, letter.id));
        self.pages.lock().unwrap().push(letter.page.clone());
        let makes = self.answers.lock().unwrap().pop_front();
        if !self.takes.is_zero() {
            tokio::time::sleep(self.takes).await;
        }
        match makes {
            None => Ok(Shown::default()),
            Some(Makes::Answer(answer)) => answer,
            Some(Makes::Nothing) => std::future::pending().await,
            Some(Makes::Panic) => panic!("what was never to happen"),
        }
    }
}

/// One worker, its messenger and its clock.
pub struct Desk {
    pub db: DatabaseConnection,
    pub clock: Arc<HandClock>,
    pub post: Arc<Post>,
    pub outbox: Outbox,
}

impl Desk {
    pub fn with(db: DatabaseConnection, post: Arc<Post>) -> Desk {
        Desk::at(db, post, Arc::new(HandClock::new()))
    }

    /// A second worker on the same database, in the same moment.
    pub fn at(db: DatabaseConnection, post: Arc<Post>, clock: Arc<HandClock>) -> Desk {
        let locales = Locales::from_texts(&[("en", WORDS)], Format { currency: "EUR".into() }).unwrap();
        let locales = Arc::new(locales.with_rates([("USD".to_owned(), Rate::read("1.1").unwrap())]));
        let (bot, messengers, chance) = (Arc::new(News::default()), vec![post.clone() as _], Arc::new(OsChance));
        let outbox = Outbox::new(bot, db.clone(), locales, messengers, clock.clone(), chance);
        Desk { db, clock, post, outbox }
    }

    pub async fn member(&self, name: &str) -> MemberId {
        let member = store::member::insert(&self.db, name, "en", self.clock.now()).await.unwrap();
        store::account::insert(&self.db, member.id, "post", name, self.clock.now()).await.unwrap();
        member.id
    }

    /// So many members.
    pub async fn members(&self, count: usize) -> Vec<MemberId> {
        let mut members = Vec::new();
        for n in 0..count {
            members.push(self.member(&format!("m{n:03}")).await);
        }
        members
    }

    pub async fn queue(&self, recipients: &[MemberId], kind: &str, priority: i16, due_at: DateTime<Utc>) {
        let rows =
            self.rows(recipients, kind, priority).await.into_iter().map(|row| store::outbox::New { due_at, ..row });
        store::outbox::push_many(&self.db, rows, self.clock.now()).await.unwrap();
    }

    /// Something that is told by day.
    pub async fn queue_by_day(&self, recipient: MemberId, kind: &str) {
        let rows = self.rows(&[recipient], kind, store::outbox::TELLS).await;
        let rows = rows.into_iter().map(|row| store::outbox::New { by_day: true, ..row });
        store::outbox::push_many(&self.db, rows, self.clock.now()).await.unwrap();
    }

    /// A row for each of them, due now. What goes by the number of its row is easy to tell.
    async fn rows(&self, recipients: &[MemberId], kind: &str, priority: i16) -> Vec<store::outbox::New> {
        let before = store::outbox::Entity::find().count(&self.db).await.unwrap().cast_signed();
        let row = |(number, recipient): (i64, &MemberId)| store::outbox::New {
            recipient: *recipient,
            kind: kind.to_owned(),
            facts: "{}".to_owned(),
            about: None,
            record: None,
            priority,
            by_day: false,
            due_at: self.clock.now(),
            word: number.to_string(),
            number,
        };
        (before + 1..).zip(recipients).map(row).collect()
    }

    /// Something is asked of them, so there are buttons.
    pub async fn ask(&self, recipient: MemberId) {
        self.queue(&[recipient], QUESTION, store::outbox::ASKS, self.clock.now()).await;
    }

    pub async fn tell(&self, recipient: MemberId) {
        self.queue(&[recipient], NEWS, store::outbox::TELLS, self.clock.now()).await;
    }

    pub async fn tell_all(&self, recipients: &[MemberId]) {
        self.queue(recipients, NEWS, store::outbox::TO_ALL, self.clock.now()).await;
    }

    pub async fn row(&self, id: i64) -> store::outbox::Model {
        store::outbox::find(&self.db, NoticeId::new(id)).await.unwrap().unwrap()
    }

    pub async fn account(&self, member: MemberId) -> store::account::Model {
        store::account::of_person(&self.db, member).await.unwrap().remove(0)
    }

    pub async fn deliver(&self) -> Vec<String> {
        self.outbox.deliver_due().await.unwrap();
        self.post.letters()
    }
}

//! The outbox worker: each notice arrives, in order, and as often as it has to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that breaks off has said what it had to"
)]

mod support;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use exodus::conversation::{Caps, Clock, Inbox, Letter, Messenger, SendError, Shown, WayIn};
use exodus::delivery::Outbox;
use exodus::locale::{Format, Locales};
use exodus::{notices, store};
use sea_orm::DatabaseConnection;
use support::database::on_each;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    fn wait(&self, seconds: i64) {
        *self.0.lock().unwrap() += TimeDelta::seconds(seconds);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// What the messenger makes of a letter: it answers so, or never.
#[derive(Clone)]
enum Makes {
    Answer(Result<Shown, SendError>),
    Nothing,
}

/// Notes what it is given, and answers what it was told to, in that order; afterwards everything arrives.
#[derive(Default)]
struct Post {
    letters: Mutex<Vec<String>>,
    answers: Mutex<VecDeque<Makes>>,
    /// A letter takes so long.
    takes: Duration,
}

impl Post {
    fn that(answers: impl IntoIterator<Item = Makes>) -> Arc<Post> {
        Arc::new(Post { answers: Mutex::new(answers.into_iter().collect()), ..Post::default() })
    }

    fn refusing(error: SendError) -> Arc<Post> {
        Post::that([Makes::Answer(Err(error))])
    }

    /// What it was given since the last time: `address id`.
    fn letters(&self) -> Vec<String> {
        std::mem::take(&mut *self.letters.lock().unwrap())
    }
}

#[async_trait]
impl Messenger for Post {
    fn name(&self) -> &'static str {
        "post"
    }

    fn caps(&self) -> Caps {
        Caps { buttons: true, longest_text: 4096 }
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: "post", link: None, person: None }
    }

    async fn listen(&self, _: &dyn Inbox, _: CancellationToken) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        assert_eq!(letter.edit, None, "a notice is always a message of its own");
        self.letters.lock().unwrap().push(format!("{} {}", letter.to, letter.id));
        let makes = self.answers.lock().unwrap().pop_front();
        if !self.takes.is_zero() {
            tokio::time::sleep(self.takes).await;
        }
        match makes {
            None => Ok(Shown::default()),
            Some(Makes::Answer(answer)) => answer,
            Some(Makes::Nothing) => std::future::pending().await,
        }
    }
}

/// One worker, its messenger and its clock.
struct Desk {
    db: DatabaseConnection,
    clock: Arc<HandClock>,
    post: Arc<Post>,
    outbox: Outbox,
}

impl Desk {
    fn with(db: DatabaseConnection, post: Arc<Post>) -> Desk {
        let began = DateTime::from_timestamp(1_794_301_200, 0).unwrap();
        let clock = Arc::new(HandClock(Mutex::new(began)));
        let locales = Arc::new(Locales::embedded(Format { currency: "EUR".into() }).unwrap());
        let outbox = Outbox::new(db.clone(), locales, vec![post.clone()], clock.clone());
        Desk { db, clock, post, outbox }
    }

    async fn member(&self, name: &str) -> i64 {
        let member = store::member::insert(&self.db, name, "en", self.clock.now()).await.unwrap();
        store::account::insert(&self.db, member.id, "post", name, self.clock.now()).await.unwrap();
        member.id
    }

    async fn queue(&self, recipient: i64, kind: &str) {
        let row = store::outbox::New {
            recipient,
            kind: kind.to_owned(),
            facts: "{}".to_owned(),
            about: None,
            priority: 1,
            due_at: self.clock.now(),
        };
        store::outbox::push_many(&self.db, [row], self.clock.now()).await.unwrap();
    }

    async fn tell(&self, recipient: i64) {
        self.queue(recipient, notices::names().next().unwrap()).await;
    }

    async fn row(&self, id: i64) -> store::outbox::Model {
        store::outbox::find(&self.db, id).await.unwrap().unwrap()
    }

    async fn deliver(&self) -> Vec<String> {
        self.outbox.deliver_due().await.unwrap();
        self.post.letters()
    }
}

#[tokio::test]
async fn everybody_is_told_each_thing_once_and_in_order() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        for recipient in [anna, anna, boris, anna] {
            desk.tell(recipient).await;
        }
        let letters = desk.deliver().await;
        let to = |name: &str| -> Vec<&str> { letters.iter().filter_map(|letter| letter.strip_prefix(name)).collect() };
        assert_eq!(to("anna "), ["n1", "n2", "n4"]);
        assert_eq!(to("boris "), ["n3"]);
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_dies_before_it_marks_a_row_leaves_it_to_be_sent_again_with_the_same_id() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that([Makes::Nothing]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.tell(anna).await;
        let died = tokio::time::timeout(Duration::from_millis(300), desk.outbox.deliver_due()).await;
        assert!(died.is_err());
        assert_eq!(desk.post.letters(), ["anna n1"]);
        assert_eq!(desk.deliver().await, [""; 0], "its lease still runs, and the second waits for the first");
        desk.clock.wait(200);
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2"]);
        assert_eq!(desk.row(1).await.attempts, 2);
    })
    .await;
}

#[tokio::test]
async fn a_messenger_that_asks_to_wait_is_left_alone_until_then() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Later(Duration::from_millis(29_500))));
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.tell(boris).await;
        desk.clock.wait(29);
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.clock.wait(1);
        let mut letters = desk.deliver().await;
        letters.sort();
        assert_eq!(letters, ["anna n1", "boris n2"]);
        assert_eq!(desk.row(2).await.attempts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_put_off_again_and_again_waits_longer_each_time() {
    on_each(async |db, _| {
        let later = Makes::Answer(Err(SendError::Later(Duration::ZERO)));
        let desk = Desk::with(db, Post::that(vec![later; 4]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        for seconds in [1, 2, 4, 8] {
            assert_eq!(desk.deliver().await.len(), 1);
            assert_eq!((desk.row(1).await.due_at - desk.clock.now()).num_seconds(), seconds);
            desk.clock.wait(seconds - 1);
            assert_eq!(desk.deliver().await, [""; 0]);
            desk.clock.wait(1);
        }
        assert_eq!(desk.deliver().await, ["anna n1"]);
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_gone_is_marked_and_what_was_for_it_fails() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Gone));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"], "nothing more is sent to it");
        for id in [1, 2] {
            assert_eq!(desk.row(id).await.failure.as_deref(), Some("unreachable"));
        }
        assert_eq!(store::account::reachable_account(&desk.db, anna).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_member_with_another_account_is_told_there() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Gone));
        let anna = desk.member("anna").await;
        store::account::insert(&desk.db, anna, "post", "anna-at-work", desk.clock.now()).await.unwrap();
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1", "anna-at-work n1"]);
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_broken_is_kept_with_its_reason_and_holds_nothing_up() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Broken("message is too long".into())));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.queue(anna, "a-kind-of-the-future").await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1", "anna n3"]);
        assert_eq!(desk.row(1).await.failure.as_deref(), Some("message is too long"));
        assert_eq!(desk.row(2).await.failure.as_deref(), Some("this release can't read it"));
        assert!(desk.row(3).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn two_workers_send_each_row_once() {
    on_each(async |db, url| {
        let second = store::connect(&url).await.unwrap();
        let post = Arc::new(Post { takes: Duration::from_millis(5), ..Post::default() });
        let (one, two) = (Desk::with(db, post.clone()), Desk::with(second, post.clone()));
        for n in 0..40 {
            let member = one.member(&format!("m{n:02}")).await;
            one.tell(member).await;
            one.tell(member).await;
        }
        let (first, other) = tokio::join!(one.outbox.deliver_due(), two.outbox.deliver_due());
        let (first, other) = (first.unwrap(), other.unwrap());
        // One of them may find nothing left while the other still has the last in hand.
        assert_eq!(first + other, 80, "{first} + {other}");
        assert!(first > 0 && other > 0, "{first} + {other}");
        let mut letters = post.letters();
        letters.sort();
        letters.dedup();
        assert_eq!(letters.len(), 80);
        two.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_running_worker_sends_when_it_is_rung_and_stops_between_two_letters() {
    on_each(async |db, _| {
        let mut desk = Desk::with(db, Arc::new(Post { takes: Duration::from_millis(200), ..Post::default() }));
        let bell = Arc::new(Notify::new());
        desk.outbox = desk.outbox.woken_by(bell.clone());
        let anna = desk.member("anna").await;
        let stop = CancellationToken::new();
        let rings = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            desk.tell(anna).await;
            desk.tell(anna).await;
            bell.notify_one();
            while desk.post.letters.lock().unwrap().is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            stop.cancel();
        };
        let both = async { tokio::join!(desk.outbox.run(stop.clone()), rings) };
        tokio::time::timeout(Duration::from_secs(10), both).await.expect("it stops");
        assert_eq!(desk.post.letters(), ["anna n1"]);
        assert!(desk.row(1).await.sent_at.is_some(), "the letter that was on its way is marked");
        assert!(desk.row(2).await.sent_at.is_none() && desk.row(2).await.lease_until.is_none());
    })
    .await;
}

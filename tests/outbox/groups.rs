//! A group that something is kept in: its card is one message that is edited, pinned, and followed wherever the group goes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use exodus::store::{self, chat};
use exodus_engine::conversation::{
    Binding, Caps, Clock, Group, Inbox, Letter, Messenger, Moment, OsChance, Pinned, SendError, Shown, Tell, WayIn,
};
use exodus_engine::delivery::Outbox;
use exodus_engine::id::PersonId;
use exodus_engine::locale::{Format, Locales};
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use crate::desk::HandClock;
use crate::news::{NEWS, News, QUESTION, WORDS};
use crate::support::database::on_each;

/// A messenger that keeps messages, and writes down what is done with them.
#[derive(Default)]
struct Wall {
    done: Mutex<Vec<String>>,
    /// What it answers to the next letters; then it takes them.
    refuses: Mutex<VecDeque<SendError>>,
    pins: bool,
    count: Mutex<u32>,
}

impl Wall {
    fn note(&self, what: String) {
        self.done.lock().unwrap().push(what);
    }
}

#[async_trait]
impl Messenger for Wall {
    fn name(&self) -> &'static str {
        "wall"
    }

    fn caps(&self) -> Caps {
        Caps::KEYBOARD
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: "wall", link: None, person: None, signs_in: None }
    }

    async fn listen(&self, _: &dyn Inbox, _: CancellationToken) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let place = letter.group.map_or("nowhere", |group| group.place.unwrap_or("all"));
        if let Some(error) = self.refuses.lock().unwrap().pop_front() {
            self.note(format!("{} refused", letter.to));
            return Err(error);
        }
        let message = match letter.edit {
            Some(message) => {
                self.note(format!("{} {place} edits {message}", letter.to));
                message.to_owned()
            }
            None => {
                let mut count = self.count.lock().unwrap();
                *count += 1;
                self.note(format!("{} {place} says {count}", letter.to));
                count.to_string()
            }
        };
        Ok(Shown::editable(message))
    }

    async fn pin(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        self.note(format!("{group} pins {message}"));
        Ok(if self.pins { Pinned::Done } else { Pinned::NotAllowed })
    }

    async fn take_away(&self, group: &str, message: &str) -> Result<(), SendError> {
        self.note(format!("{group} loses {message}"));
        Ok(())
    }
}

struct House {
    db: DatabaseConnection,
    clock: Arc<HandClock>,
    wall: Arc<Wall>,
    outbox: Outbox,
    anna: PersonId,
}

impl House {
    async fn with(db: DatabaseConnection, wall: Wall) -> House {
        let clock = Arc::new(HandClock::new());
        let locales = Arc::new(Locales::from_texts(&[("en", WORDS)], Format { currency: "EUR".into() }).unwrap());
        let wall = Arc::new(wall);
        let outbox = Outbox::new(
            Arc::new(News::default()),
            db.clone(),
            locales,
            vec![wall.clone() as _],
            clock.clone(),
            Arc::new(OsChance),
        );
        let anna = store::member::insert(&db, "anna", "en", clock.now()).await.unwrap().id;
        store::account::insert(&db, anna, "wall", "anna", clock.now()).await.unwrap();
        House { db, clock, wall, outbox, anna }
    }

    async fn does(&self, what: impl AsyncFnOnce(Moment<'_>)) {
        let tx = store::begin(&self.db).await.unwrap();
        what(Moment { tx: &tx, now: self.clock.now(), chance: &OsChance }).await;
        tx.commit().await.unwrap();
    }

    async fn binds(&self, address: &str, place: Option<&str>) {
        let binding = Binding { keeper: self.anna, lang: "en", card: NEWS, about: None };
        self.does(async |at| {
            at.bind("wall", Group { address, place, bound: None, number: None }, binding).await.unwrap();
        })
        .await;
    }

    async fn chats(&self) -> Vec<chat::Chat> {
        chat::of_keepers(&self.db, [self.anna]).await.unwrap()
    }

    async fn refreshes(&self) {
        let chats = self.chats().await;
        self.does(async |at| at.refresh(&chats).await.unwrap()).await;
    }

    /// What is done when everything that is due is, so many seconds later.
    async fn done_after(&self, seconds: i64) -> Vec<String> {
        self.clock.wait(seconds);
        while self.outbox.deliver_due().await.unwrap() > 0 {}
        std::mem::take(&mut *self.wall.done.lock().unwrap())
    }
}

fn pinning() -> Wall {
    Wall { pins: true, ..Wall::default() }
}

#[tokio::test]
async fn the_card_is_one_message_and_what_changes_together_is_one_edit() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        house.binds("circle", Some("7")).await;
        assert_eq!(house.done_after(0).await, ["circle 7 says 1", "circle pins 1"]);
        for _ in 0..10 {
            house.refreshes().await;
        }
        assert!(house.done_after(1).await.is_empty());
        assert_eq!(house.done_after(1).await, ["circle 7 edits 1"]);
        // What changes while it is on its way is shown afterwards.
        house.refreshes().await;
        house.clock.wait(2);
        let sql = "UPDATE outbox SET lease_until = due_at WHERE sent_at IS NULL";
        sea_orm::ConnectionTrait::execute_unprepared(&house.db, sql).await.unwrap();
        house.refreshes().await;
        assert_eq!(house.done_after(2).await, ["circle 7 edits 1", "circle 7 edits 1"]);
    })
    .await;
}

#[tokio::test]
async fn shown_again_it_is_another_message_in_another_place_and_the_first_goes() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        house.binds("circle", None).await;
        house.done_after(0).await;
        let chat = house.chats().await.remove(0);
        for _ in 0..3 {
            house.does(async |at| at.show_card_anew(&chat, Some("7")).await.unwrap()).await;
        }
        assert_eq!(house.done_after(0).await, ["circle 7 says 2", "circle pins 2", "circle loses 1"]);
        house.refreshes().await;
        assert_eq!(house.done_after(2).await, ["circle 7 edits 2"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_pinned_is_said_once() {
    on_each(async |db, _| {
        let house = House::with(db, Wall::default()).await;
        house.binds("circle", None).await;
        assert_eq!(house.done_after(0).await, ["circle all says 1", "circle pins 1", "circle all says 2"]);
        let chat = house.chats().await.remove(0);
        house.does(async |at| at.show_card_anew(&chat, None).await.unwrap()).await;
        assert_eq!(house.done_after(0).await, ["circle all says 3", "circle pins 3", "circle loses 1"]);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_moves_is_followed_and_keeps_what_waits_for_it() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        house.binds("circle", Some("7")).await;
        house.done_after(0).await;
        let chat = house.chats().await.remove(0);
        house.wall.refuses.lock().unwrap().push_back(SendError::Moved("elsewhere".into()));
        house.does(async |at| at.tell([Tell::new(chat.reader, QUESTION)]).await.unwrap()).await;
        let done = house.done_after(0).await;
        assert_eq!(done, ["circle refused", "elsewhere all says 2", "elsewhere all says 3", "elsewhere pins 3"]);
        assert_eq!(house.chats().await[0].address, "elsewhere");
        // One that is bound there already goes on as that.
        house.binds("new", None).await;
        house.done_after(0).await;
        house.does(async |at| drop(chat::moved(at.tx, "wall", ("elsewhere", "new")).await.unwrap())).await;
        let addresses: Vec<String> = house.chats().await.into_iter().map(|chat| chat.address).collect();
        assert_eq!(addresses, ["new"]);
    })
    .await;
}

#[tokio::test]
async fn of_a_group_that_is_gone_nothing_is_kept_and_nobody_else_waits() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        house.binds("circle", None).await;
        house.done_after(0).await;
        let chat = house.chats().await.remove(0);
        house.wall.refuses.lock().unwrap().push_back(SendError::Gone);
        house.refreshes().await;
        house.clock.wait(2);
        let kinds = [QUESTION, QUESTION];
        house.does(async |at| at.tell(kinds.map(|kind| Tell::new(chat.reader, kind))).await.unwrap()).await;
        assert_eq!(house.done_after(0).await, ["circle refused"]);
        house.does(async |at| at.tell([Tell::new(house.anna, QUESTION)]).await.unwrap()).await;
        assert_eq!(house.done_after(0).await, ["anna nowhere says 2"]);
        assert!(house.chats().await.is_empty());
        assert!(store::person::find(&house.db, chat.reader).await.unwrap().is_none());
        assert_eq!(store::outbox::waiting(&house.db).await.unwrap(), 0);
        house.binds("circle", None).await;
        assert_eq!(house.done_after(0).await, ["circle all says 3", "circle pins 3"]);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_let_go_loses_its_card_and_is_told_so() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        house.binds("circle", None).await;
        house.done_after(0).await;
        let chats = house.chats().await;
        house.refreshes().await;
        house.does(async |at| at.let_go(&chats).await.unwrap()).await;
        assert!(house.chats().await.is_empty());
        assert_eq!(house.done_after(5).await, ["circle loses 1", "circle all says 2"]);
        assert!(store::person::find(&house.db, chats[0].reader).await.unwrap().is_none());
        // It can be bound anew, also while it is still to be told.
        house.binds("circle", None).await;
        let chats = house.chats().await;
        house.does(async |at| at.let_go(&chats).await.unwrap()).await;
        house.binds("circle", None).await;
        assert_eq!(house.done_after(5).await, ["circle all says 3", "circle pins 3"]);
        assert_eq!(house.chats().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_group_that_may_not_be_written_in_is_tried_for_hours_and_holds_up_nobody() {
    on_each(async |db, _| {
        let house = House::with(db, pinning()).await;
        let refused = SendError::Unknown { again: Duration::ZERO, why: "not enough rights".into() };
        house.wall.refuses.lock().unwrap().extend(std::iter::repeat_n(refused, 4));
        house.binds("circle", None).await;
        assert_eq!(house.done_after(0).await, ["circle refused"]);
        house.does(async |at| at.tell([Tell::new(house.anna, QUESTION)]).await.unwrap()).await;
        house.wall.refuses.lock().unwrap().clear();
        let done = house.done_after(60).await;
        assert!(done.contains(&"anna nowhere says 1".to_owned()) || done.contains(&"anna nowhere says 2".to_owned()));
        assert_eq!(house.chats().await.len(), 1);
    })
    .await;
}

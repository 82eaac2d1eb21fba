//! Rooms with several people: the group of somebody's circle, with one pinned card that follows.

use matrix_sdk::ruma::api::client::room::create_room::v3::{Request as NewRoom, RoomPreset};
use matrix_sdk::ruma::events::InitialStateEvent;
use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
use matrix_sdk::ruma::{RoomId, UserId, assign};
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::chat::Chat;
use crate::cycle::{arrives, asks_for_help};
use crate::person::{Person, fresh};
use crate::plain;
use crate::server::{Server, shared};
use crate::waiting::{until, until_true};

/// A room with others in it, to which the bot is invited last.
struct Circle<'a> {
    server: &'a Server,
    owner: &'a Person,
    chat: Chat,
    room: String,
}

impl<'a> Circle<'a> {
    async fn of(server: &'a Server, owner: &'a Person, others: &[&UserId], bot: &UserId) -> Circle<'a> {
        let encryption =
            InitialStateEvent::with_empty_state_key(RoomEncryptionEventContent::with_recommended_defaults());
        let new = assign!(NewRoom::new(), {
            invite: others.iter().map(|other| (*other).to_owned()).collect(),
            preset: Some(RoomPreset::PrivateChat),
            initial_state: vec![encryption.to_raw_any()],
        });
        let room = owner.client.create_room(new).await.unwrap();
        let chat = owner.chat_in(room, bot);
        let room = chat.room.room_id().to_string();
        let circle = Circle { server, owner, chat, room };
        circle.chat.room.invite_user_by_id(bot).await.unwrap();
        circle
    }

    async fn state(&self, kind: &str) -> Value {
        let path = format!("/_matrix/client/v3/rooms/{}/state/{kind}", self.room);
        let answer = plain::get(&self.server.url(), &path, Some(&self.owner.token())).await;
        answer.map(|answer| answer.body).unwrap_or_default()
    }

    /// The bot may change the state of the room.
    async fn lets(&self, bot: &UserId) {
        let mut levels = self.state("m.room.power_levels").await;
        levels["users"][bot.as_str()] = json!(50);
        let path = format!("/_matrix/client/v3/rooms/{}/state/m.room.power_levels", self.room);
        self.server.put(&path, &self.owner.token(), &levels).await;
    }

    async fn pinned(&self) -> Vec<String> {
        let pinned = self.state("m.room.pinned_events").await;
        let ids = pinned["pinned"].as_array().cloned().unwrap_or_default();
        ids.into_iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// What the card says now: the last edit of what is pinned, or that itself.
    async fn card(&self) -> Option<String> {
        let [pinned] = self.pinned().await.try_into().ok()?;
        let said = self.chat.of_the_bot();
        let edits = said.iter().rev().find(|message| {
            let content = message.content.as_ref();
            content.is_some_and(|content| content["m.relates_to"]["event_id"] == pinned.as_str())
        });
        let edited = edits.and_then(|edit| edit.content.as_ref()?["m.new_content"]["body"].as_str().map(str::to_owned));
        edited.or_else(|| said.iter().find(|message| message.id == pinned.as_str()).map(|card| card.body().to_owned()))
    }

    async fn card_says(&self, words: &str) {
        let says = async || self.card().await.is_some_and(|card| card.contains(words));
        until_true(&format!("the pinned card says {words:?}"), says).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_bound_its_card_is_pinned_and_follows_also_into_the_room_it_is_upgraded_to() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let private = arrives(&anna, &id, "2", "Добро пожаловать").await;
    let token = asks_for_help(&private).await;
    let circle = Circle::of(server, &anna, &[&boris.id], &id).await;
    circle.chat.sees("Здравствуйте").await;
    // Nothing but a command is heard, whoever says it.
    circle.chat.says("меню").await;
    circle.chat.says("круг").await;
    circle.chat.sees("Недостаёт: 500").await;
    circle.chat.sees("нет на это права").await;
    circle.lets(&id).await;
    circle.card_says("Недостаёт: 500").await;
    assert_eq!(circle.chat.count("Ваш статус"), 0, "{}", circle.chat.transcript());

    let boris_chat = boris.opens_a_chat(&id).await;
    boris_chat.asks(&format!("start {token}"), "Please choose your language").await;
    boris_chat.asks("English", "Would you like to help").await;
    boris_chat.asks("yes", "How much are you willing").await;
    boris_chat.asks("50", "Your intention: help").await;
    boris_chat.asks("1", "Thank you for your intention").await;
    circle.chat.sees("Boris → Anna: хочет помочь").await;
    circle.card_says("Намерения: 50").await;
    for message in circle.chat.of_the_bot() {
        assert!(message.encrypted, "{message:?}");
        let line = message.body().lines().find(|line| line.contains("Boris") && line.contains("50"));
        assert_eq!(line, None, "who gives how much is not for all");
    }

    // It is upgraded, and the bot is invited there.
    let path = format!("/_matrix/client/v3/rooms/{}/upgrade", circle.room);
    let made = server.post(&path, Some(&anna.token()), &json!({ "new_version": "11" })).await;
    let new = RoomId::parse(made["replacement_room"].as_str().unwrap()).unwrap();
    let room = until("her client knows the new room", async || anna.client.get_room(&new)).await;
    let chat = anna.chat_in(room, &id);
    chat.room.invite_user_by_id(&boris.id).await.unwrap();
    chat.room.invite_user_by_id(&id).await.unwrap();
    let moved = Circle { server, owner: &anna, chat, room: new.to_string() };
    moved.chat.sees("Намерения: 50").await;
    boris_chat.asks("promise", "can’t be taken back").await;
    boris_chat.asks("yes, I promise", "You have promised").await;
    moved.chat.sees("обещает помочь").await;
    moved.lets(&id).await;
    moved.card_says("Обещано: 50").await;
    private.asks("меню", "Ваш статус").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_is_removed_or_its_owner_leaves_nothing_is_kept() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let anna = Person::on(server, "Anna").await;
    let private = arrives(&anna, &id, "2", "Добро пожаловать").await;
    asks_for_help(&private).await;
    let db = bot.home.database().await;
    let kept = async || {
        let me = exodus::domain::MemberId::new(1);
        exodus::store::chat::of_keepers(&db, [me]).await.unwrap().len()
    };
    for is_removed in [true, false] {
        let other = server.register(&fresh("other"), "of another").await;
        let other: &UserId = other.as_str().try_into().unwrap();
        let circle = Circle::of(server, &anna, &[other], &id).await;
        circle.chat.is_joined_by_the_bot().await;
        circle.chat.says("!circle").await;
        circle.chat.sees("Недостаёт: 500").await;
        assert_eq!(kept().await, 1);
        if is_removed {
            circle.chat.room.kick_user(&id, None).await.unwrap();
        } else {
            circle.chat.room.leave().await.unwrap();
        }
        until_true("nothing is kept there", async || kept().await == 0).await;
    }
    private.asks("меню", "Ваш статус").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_of_strangers_is_left() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let stranger = Person::on(server, "Stranger").await;
    let other = server.register(&fresh("other"), "of another").await;
    let other: &UserId = other.as_str().try_into().unwrap();
    let circle = Circle::of(server, &stranger, &[other], &id).await;
    circle.chat.is_left_by_the_bot().await;
}

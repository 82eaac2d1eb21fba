//! Rooms that people upgrade: the conversation goes on in the room that takes the place of the old one.

use matrix_sdk::ruma::{RoomId, UserId};
use serde_json::{Value, json};

use crate::bot::Bot;
use crate::chat::Chat;
use crate::cycle::{arrives, raw_events};
use crate::person::{Person, fresh};
use crate::server::{Server, shared};
use crate::waiting::{until, until_true};

impl Chat {
    /// Upgrades the room as clients do, and gives the chat in the new one.
    async fn is_upgraded(&self, server: &Server, person: &Person, bot: &UserId) -> Chat {
        let path = format!("/_matrix/client/v3/rooms/{}/upgrade", self.room.room_id());
        let made = server.post(&path, Some(&person.token()), &json!({ "new_version": "11" })).await;
        let id = RoomId::parse(made["replacement_room"].as_str().unwrap()).unwrap();
        let room = until("her client knows the new room", async || person.client.get_room(&id)).await;
        person.chat_in(room, bot)
    }

    /// Waits until the client of whose chat this is knows that the bot has come.
    async fn knows_the_bot(&self, bot: &UserId) {
        let has_come = async || {
            let members = self.room.members(matrix_sdk::RoomMemberships::JOIN).await.unwrap();
            members.iter().any(|member| member.user_id() == bot)
        };
        until_true("her client knows that the bot is there", has_come).await;
    }
}

async fn allows_everybody(server: &Server, person: &Person, chat: &Chat) {
    let path = format!("/_matrix/client/v3/rooms/{}/state/m.room.join_rules", chat.room.room_id());
    server.put(&path, &person.token(), &json!({ "join_rule": "public" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_conversation_goes_on_in_the_room_that_a_room_is_upgraded_to() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let old = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let new = old.is_upgraded(server, &anna, &bot.home.id).await;
    // As long as the bot may not come, it is spoken with in the old room.
    old.asks("profile", "My profile").await;
    new.room.invite_user_by_id(&bot.home.id).await.unwrap();
    old.is_left_by_the_bot().await;
    let page = new.asks("menu", "Your status: Green").await;
    assert!(page.encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upgrade_is_followed_without_an_invite_where_that_is_allowed_and_also_after_a_restart() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    for is_off in [false, true] {
        let anna = Person::on(server, "Anna").await;
        let chat = arrives(&anna, &id, "English", "Welcome").await;
        allows_everybody(server, &anna, &chat).await;
        if is_off {
            bot.stops().await.unwrap();
        }
        let new = chat.is_upgraded(server, &anna, &id).await;
        if is_off {
            bot.starts();
        }
        chat.is_left_by_the_bot().await;
        new.knows_the_bot(&id).await;
        new.asks("profile", "My profile").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_others_are_in_the_new_room_the_bot_says_so_and_stays_in_the_old_one() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let anna = Person::on(server, "Anna").await;
    let old = arrives(&anna, &id, "English", "Welcome").await;
    let new = old.is_upgraded(server, &anna, &id).await;
    let boris = server.register(&fresh("boris"), "of Boris").await;
    let boris: &UserId = boris.as_str().try_into().unwrap();
    new.room.invite_user_by_id(boris).await.unwrap();
    new.room.invite_user_by_id(&id).await.unwrap();
    let of_the_bot = async || {
        let events = raw_events(server, &anna.token(), new.room.room_id().as_str()).await;
        events.into_iter().filter(|event| event["sender"] == id.as_str()).collect::<Vec<Value>>()
    };
    let left = async || of_the_bot().await.iter().any(|event| event["content"]["membership"] == "leave");
    until_true("it leaves", left).await;
    assert!(of_the_bot().await.iter().any(|event| event["type"] == "m.room.encrypted"), "it says why");
    old.asks("profile", "My profile").await;
    assert_eq!(old.membership_of_the_bot().await, "join");
}

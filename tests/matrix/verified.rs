//! People who write to verified devices only, and people who want to verify the bot's.

use std::time::Duration;

use futures::StreamExt;
use matrix_sdk::encryption::LocalTrust;
use matrix_sdk::encryption::verification::{SasState, SasVerification, VerificationRequest};
use matrix_sdk::ruma::UserId;
use matrix_sdk::ruma::events::room::history_visibility::HistoryVisibility;

use crate::bot::{Bot, Home, Program};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::{Server, shared};
use crate::waiting::{PATIENCE, until, until_true};

const UNVERIFIED: &str = "Your app writes only to devices that you have verified";

impl Person {
    async fn device_of(&self, server: &Server, bot: &UserId) -> matrix_sdk::encryption::identities::Device {
        let id = server.devices_of(bot.as_str()).await.remove(0);
        self.client.encryption().get_device(bot, id.as_str().into()).await.unwrap().unwrap()
    }

    /// Asks to verify the bot, in the room of the two.
    async fn asks_to_verify(&self, bot: &UserId) -> VerificationRequest {
        let known = async || self.client.encryption().get_user_identity(bot).await.unwrap();
        let identity = until("her client knows who the bot is", known).await;
        identity.request_verification().await.unwrap()
    }
}

/// Waits until the other side has cancelled it.
async fn is_cancelled(request: &VerificationRequest) {
    let cancelled = async || request.cancel_info().is_some_and(|why| !why.cancelled_by_us());
    until_true("it is cancelled", cancelled).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_client_keeps_its_messages_from_the_bot_is_told_so_each_time_and_keeps_the_room() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let device = anna.device_of(server, &bot.home.id).await;
    device.set_local_trust(LocalTrust::BlackListed).await.unwrap();
    chat.room.discard_room_key().await.unwrap();
    for words in ["profile", "menu"] {
        let line = chat.asks(words, UNVERIFIED).await;
        assert!(line.body().contains("Your status: Green"), "{}", line.body());
    }
    assert_eq!(chat.count(UNVERIFIED), 2, "{}", chat.transcript());
    assert_eq!(chat.room.history_visibility_or_default(), HistoryVisibility::Shared, "the room was not renewed");
    assert!(anna.client.invited_rooms().is_empty());
    device.set_local_trust(LocalTrust::Unset).await.unwrap();
    chat.room.discard_room_key().await.unwrap();
    chat.asks("profile", "My profile").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_to_verify_the_bot_is_declined_at_once_and_told_its_key() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let device = anna.device_of(server, &bot.home.id).await;
    let key = device.ed25519_key().unwrap().to_base64();

    let in_room = anna.asks_to_verify(&bot.home.id).await;
    assert_eq!(in_room.room_id(), Some(chat.room.room_id()));
    is_cancelled(&in_room).await;
    let told = chat.sees("can’t compare emoji").await;
    assert!(told.body().replace(' ', "").ends_with(&key), "{}", told.body());
    assert_eq!(told.kind(), "m.notice");

    let between_devices = device.request_verification().await.unwrap();
    is_cancelled(&between_devices).await;
    chat.asks("menu", "Your status: Green").await;
}

/// Both sides see the same emoji, and this one says so.
async fn agrees(sas: &SasVerification) -> String {
    let mut changes = sas.changes();
    let mut shown = String::new();
    let agreeing = async {
        loop {
            match sas.state() {
                SasState::KeysExchanged { emojis, .. } if shown.is_empty() => {
                    shown = emojis.unwrap().emojis.map(|one| one.symbol).join(" ");
                    sas.confirm().await.unwrap();
                }
                SasState::Done { .. } => return,
                SasState::Cancelled(why) => panic!("cancelled: {}", why.reason()),
                _ => {}
            }
            let _ = tokio::time::timeout(Duration::from_millis(100), changes.next()).await;
        }
    };
    tokio::time::timeout(PATIENCE, agreeing).await.expect("they never agreed");
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_host_says_so_the_bot_agrees_and_the_log_tells_the_emoji() {
    let server = shared().await;
    let mut home = Home::on(server).await;
    home.more = "verification = \"accept\"".to_owned();
    let program = Program::at(home);
    program.home.can_be_written_to(server).await;
    let id = program.home.id.clone();
    for in_room in [true, false] {
        let anna = Person::on(server, "Anna").await;
        let chat = arrives(&anna, &id, "English", "Welcome").await;
        let request = match in_room {
            true => anna.asks_to_verify(&id).await,
            false => anna.device_of(server, &id).await.request_verification().await.unwrap(),
        };
        let mut changes = request.changes();
        let ready = async {
            while !request.is_ready() {
                changes.next().await;
            }
        };
        let ready = tokio::time::timeout(PATIENCE, ready).await;
        assert!(ready.is_ok(), "the bot is not ready: {:?}\n{}", request.state(), program.output());
        let sas = request.start_sas().await.unwrap().unwrap();
        let shown = agrees(&sas).await;
        for symbol in shown.split(' ') {
            program.tells(symbol).await;
        }
        let verified = || program.output().matches("somebody has verified the bot's device").count();
        until_true("it is over", async || verified() == if in_room { 1 } else { 2 }).await;
        if in_room {
            // The SDK calls the exchange done before it has written down what came of it.
            until_true("the person's client trusts the bot", async || {
                let identity = anna.client.encryption().get_user_identity(&id).await.unwrap();
                identity.is_some_and(|identity| identity.is_verified())
            })
            .await;
        }
        chat.asks("menu", "Your status: Green").await;
    }
}

//! The bot on a device that nobody knows yet: many come to it at once; or the store of the device is gone, and the bot comes
//! back as another device of the same person.

use std::fs;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde_json::{Value, json};

use crate::bot::{Bot, Home};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::{Server, shared};
use crate::waiting::until_true;

/// The public keys of the bot's account, as others see them.
async fn keys_of(server: &Server, asking: &Person, bot: &Home) -> Value {
    let asked = json!({ "device_keys": { bot.id.as_str(): [] } });
    server.post("/_matrix/client/v3/keys/query", Some(&asking.token()), &asked).await
}

/// The bot's master key, and whether its one device is signed by the account.
fn identity(keys: &Value, bot: &Home, device: &str) -> (Value, bool) {
    let user = bot.id.as_str();
    let own = keys["self_signing_keys"][user]["keys"].as_object().and_then(|keys| keys.keys().next().cloned());
    let signed = own.is_some_and(|key| keys["device_keys"][user][device]["signatures"][user].get(&key).is_some());
    (keys["master_keys"][user]["keys"].clone(), signed)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn without_its_store_it_is_a_new_device_of_the_same_identity_and_goes_on() {
    let server = shared().await;
    let mut bot = Bot::at(Home::on(server).await.with_passphrases());
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let before = server.devices_of(bot.home.id.as_str()).await;
    assert_eq!(before.len(), 1, "{before:?}");
    let (master, signed) = identity(&keys_of(server, &anna, &bot.home).await, &bot.home, &before[0]);
    assert!(signed && !master.is_null(), "the first device is signed");
    bot.stops().await.unwrap();
    fs::remove_dir_all(bot.home.store_dir()).unwrap();

    bot.starts();
    until_true("there is one device, and another", async || {
        let now = server.devices_of(bot.home.id.as_str()).await;
        now.len() == 1 && now != before
    })
    .await;
    let after = server.devices_of(bot.home.id.as_str()).await;
    until_true("it is signed by the same identity", async || {
        identity(&keys_of(server, &anna, &bot.home).await, &bot.home, &after[0]) == (master.clone(), true)
    })
    .await;
    // Anna's client learns of the new device, and both go on where they were.
    until_true("Anna's client knows the device", async || {
        let devices = anna.client.encryption().get_user_devices(&bot.home.id).await.unwrap();
        devices.devices().any(|device| device.device_id() == after[0].as_str())
    })
    .await;
    let page = chat.asks("profile", "My profile").await;
    assert!(page.encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_newcomers_at_once_are_all_answered_once() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = &bot.home.id;
    let mut people = Vec::new();
    for number in 0..10 {
        people.push(Person::on(server, &format!("Newcomer{number}")).await);
    }
    let coming: FuturesUnordered<_> = people.iter().map(|person| arrives(person, id, "English", "Welcome")).collect();
    let chats: Vec<_> = coming.collect().await;
    assert_eq!(chats.len(), people.len());
    let asking: FuturesUnordered<_> = chats.iter().map(|chat| chat.asks("profile", "My profile")).collect();
    assert!(asking.collect::<Vec<_>>().await.iter().all(|page| page.encrypted));
    for chat in &chats {
        assert_eq!(chat.of_the_bot().len(), 3, "{}", chat.transcript());
    }
}

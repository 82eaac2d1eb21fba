//! `exodus check`: what it tells an operator of the account, its device and its encryption.

use crate::bot::{Bot, Home, PASSWORD};
use crate::server::{Server, shared};

/// The devices of the bot's account.
async fn devices(server: &Server, home: &Home) -> usize {
    let token = server.token(home.id.as_str(), PASSWORD).await;
    let devices = server.get("/_matrix/client/v3/devices", &token).await;
    server.post("/_matrix/client/v3/logout", Some(&token), &serde_json::json!({})).await;
    // Without the one that asks.
    devices["devices"].as_array().unwrap().len() - 1
}

async fn finds(home: &Home, well: bool, words: &[&str]) {
    let (is_well, said) = home.checks().await;
    assert_eq!(is_well, well, "{said}");
    for words in words {
        assert!(said.contains(words), "{words:?} is missing:\n{said}");
    }
    assert!(!said.contains(PASSWORD), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_tells_of_the_account_its_device_and_its_keys() {
    let server = shared().await;
    let home = Home::on(server).await.with_passphrases();
    finds(&home, true, &["answers (up to", "the password is that of", "will be made at the first start"]).await;
    assert_eq!(devices(server, &home).await, 0, "it has left nothing behind");

    let mut bot = Bot::at(home);
    bot.home.can_be_written_to(server).await;
    finds(&bot.home, true, &["is in use: the bot runs"]).await;
    bot.stops().await.unwrap();
    let all_is_well = [
        "signed in as",
        "the device is signed by the account's identity",
        "the device's key is",
        "the account's identity is kept in its secret storage",
        "both passphrases are there",
    ];
    finds(&bot.home, true, &all_is_well).await;
    assert_eq!(devices(server, &bot.home).await, 1, "the bot's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_to_mend() {
    let server = shared().await;
    let mut home = Home::on(server).await;
    home.credentials = "password = \"another one\"".to_owned();
    finds(&home, false, &["does not take the password", "look at matrix.user and matrix.password"]).await;
    home.credentials = "access_token = \"of nobody\"\ndevice_id = \"NOBODY\"".to_owned();
    finds(&home, false, &["does not know matrix.access_token"]).await;
    let home = Home::on(server).await.reached_at("http://127.0.0.1:1");
    finds(&home, false, &["the homeserver does not answer", "look at matrix.homeserver_url"]).await;
    let home = Home::on(server).await;
    finds(&home, true, &["without matrix.store_passphrase", "without matrix.recovery_passphrase"]).await;
}

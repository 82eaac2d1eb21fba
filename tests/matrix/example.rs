//! The example bot, which has nothing to do with mutual aid, in Matrix.

use std::sync::Arc;

use exodus::store::matrix::Memory;
use exodus_engine::host::{Host, SystemClock};
use exodus_engine::locale::{Format, Locales};
use exodus_engine::messengers::matrix::{Credentials, Hints, Matrix, Settings};
use tokio_util::sync::CancellationToken;

use crate::bot::{Home, PASSWORD};
use crate::person::Person;
use crate::server::shared;

#[path = "../../engine/examples/greeter.rs"]
#[allow(dead_code, reason = "its `main` is not called here")]
mod greeter;

#[tokio::test(flavor = "multi_thread")]
async fn the_smallest_bot_greets_in_an_encrypted_room() {
    let server = shared().await;
    let home = Home::on(server).await;
    let settings = Settings {
        homeserver_url: home.homeserver_url.parse().unwrap(),
        proxy: None,
        user: home.id.to_string(),
        credentials: Credentials::Password(PASSWORD.into()),
        store_dir: home.store_dir(),
        store_passphrase: None,
        recovery_passphrase: None,
        reactions: false,
        hints: Hints::default(),
    };
    let memory = Memory::new(home.database().await);
    let matrix = Arc::new(Matrix::new(settings, memory, Arc::new(SystemClock)));
    let locales = Locales::from_texts(&[("en", greeter::WORDS)], Format::default()).unwrap();
    let host = Host::open(greeter::greeter(), locales, "sqlite::memory:").await.unwrap().through(matrix);
    let stop = CancellationToken::new();
    let running = tokio::spawn(host.run(stop.clone()));

    home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens_a_chat(&home.id).await;
    chat.asks("hello", "What is your name?").await;
    chat.asks("Анна", "Hello, Анна!").await;
    chat.asks("another name", "What is your name?").await;

    stop.cancel();
    running.await.unwrap().unwrap();
}

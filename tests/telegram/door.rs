//! The webhook: who may come in, and what they are told.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bot::{Bot, SECRET, Updates, is_told};

/// Sends a request by hand; gives the answer, head and body.
async fn ask(url: &str, method: &str, secret: Option<&str>, body: &str) -> String {
    let address = url.trim_start_matches("http://").split('/').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let secret = secret.map(|secret| format!("X-Telegram-Bot-Api-Secret-Token: {secret}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} /telegram HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n{secret}\r\n",
        body.len()
    );
    // Whoever is turned away may find the door closed before they have said it all.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn update(id: u32) -> String {
    json!({ "update_id": id, "message": {
        "message_id": id, "date": 1_790_000_000, "text": "/start",
        "from": { "id": 7, "is_bot": false, "first_name": "Eve" },
        "chat": { "id": 7, "type": "private", "first_name": "Eve" },
    }})
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_knows_the_secret_may_bring_updates() {
    let bot = Bot::start(Updates::Brought).await;
    bot.api.user(7).named("Eve");
    let url = bot.webhook_url();
    for secret in [None, Some(""), Some("wrong"), Some("whisper_it-"), Some("whisper_it-77")] {
        let answer = ask(&url, "POST", secret, &update(900)).await;
        assert!(answer.starts_with("HTTP/1.1 401"), "{secret:?}: {answer}");
        assert!(answer.ends_with("\r\n\r\n"), "nothing else is told: {answer}");
    }
    assert_eq!(bot.api.requests("sendMessage"), 0);
    for (method, body, status) in [
        ("GET", String::new(), "405"),
        ("POST", "no update".into(), "400"),
        ("POST", "x".repeat(2_000_000), "413"),
        ("POST", update(901), "200"),
        ("POST", update(901), "200"),
        ("POST", json!({ "update_id": 902, "something_new": {} }).to_string(), "200"),
    ] {
        let answer = ask(&url, method, Some(SECRET), &body).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{method} {body:.30}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_the_database_cannot_take_is_brought_again() {
    let bot = Bot::start(Updates::Brought).await;
    let anna = bot.member(1, "Anna").await;
    let db = bot.database().await;
    hide_sessions(&db, true).await;
    anna.presses("Profile");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(bot.api.pending_updates() > 0, "it is not taken for done");
    hide_sessions(&db, false).await;
    is_told(&anna, "My profile").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_the_database_cannot_take_is_polled_again() {
    let mut bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let db = bot.database().await;
    hide_sessions(&db, true).await;
    anna.presses("Profile");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(bot.api.pending_updates() > 0, "it is not taken for done");
    bot.stop().await.unwrap();
    assert!(bot.api.pending_updates() > 0, "nor when the bot stops");
    hide_sessions(&db, false).await;
    bot.start_again();
    is_told(&anna, "My profile").await;
    bot.is_blameless().await;
}

async fn hide_sessions(db: &sea_orm::DatabaseConnection, hide: bool) {
    use sea_orm::ConnectionTrait;
    let (from, to) = if hide { ("session", "hidden") } else { ("hidden", "session") };
    db.execute_unprepared(&format!("ALTER TABLE \"{from}\" RENAME TO \"{to}\"")).await.unwrap();
}

//! The webhook: who may come in, and what they are told.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bot::{Bot, SECRET, Updates, is_told, written_to};
use crate::support::database::{on_each, on_postgres};

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
    on_postgres(&async |db, url| {
        let bot = Bot::start_on(&url, Updates::Brought).await;
        let anna = bot.member(1, "Anna").await;
        db.close().await.unwrap();
        let away = Away::now(&url).await;
        anna.presses("Profile");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(bot.api.pending_updates() > 0, "it is not taken for done");
        away.no_more().await;
        is_told(&anna, "My profile").await;
        bot.is_blameless().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_the_database_cannot_take_is_polled_again() {
    on_postgres(&async |db, url| {
        let mut bot = Bot::start_on(&url, Updates::Polled).await;
        let anna = bot.member(1, "Anna").await;
        db.close().await.unwrap();
        let away = Away::now(&url).await;
        anna.presses("Profile");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(bot.api.pending_updates() > 0, "it is not taken for done");
        bot.stop().await.unwrap();
        assert!(bot.api.pending_updates() > 0, "nor when the bot stops");
        away.no_more().await;
        bot.start_again();
        is_told(&anna, "My profile").await;
        bot.is_blameless().await;
    })
    .await;
}

/// One member's update meets what the database refuses: they are told so, it does not come again, and those behind it are
/// answered as if nothing had been.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_refuses_holds_up_nobody() {
    for updates in [Updates::Polled, Updates::Brought] {
        on_each(async |db, url| {
            let mut bot = Bot::start_on(&url, updates).await;
            let anna = bot.member(1, "Anna").await;
            let boris = bot.member(2, "Boris").await;
            let checked = "ALTER TABLE person ADD COLUMN spoken TEXT CHECK (lang <> 'ru')";
            db.execute_unprepared(checked).await.unwrap();
            anna.writes("/language");
            is_told(&anna, "Which language should I speak?").await;
            anna.presses("Русский");
            boris.presses("Profile");
            is_told(&boris, "My profile").await;
            is_told(&anna, "Something went wrong on our side").await;
            let done_with = async {
                while bot.api.pending_updates() > 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(90), done_with).await.expect("it is done with");
            // Nor does it come again at the next start.
            let before = written_to(&anna);
            bot.kill_and_start_again().await;
            boris.presses("Status");
            is_told(&boris, "Your status").await;
            assert_eq!(written_to(&anna), before, "{}", anna.transcript());
            anna.writes("/menu");
            bot.is_blameless().await;
        })
        .await;
    }
}

/// A database that is not there: under its name there is none.
struct Away {
    server: sea_orm::DatabaseConnection,
    name: String,
}

impl Away {
    async fn now(url: &str) -> Away {
        let (server, name) = url.rsplit_once('/').unwrap();
        let server = sea_orm::Database::connect(format!("{server}/postgres")).await.unwrap();
        let away = Away { server, name: name.to_owned() };
        away.rename(name, &format!("{name}_away")).await;
        away
    }

    async fn no_more(self) {
        self.rename(&format!("{}_away", self.name), &self.name).await;
        self.server.close().await.unwrap();
    }

    /// A database is renamed when nobody is connected to it.
    async fn rename(&self, from: &str, to: &str) {
        let thrown_out = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{from}'");
        let renamed = format!("ALTER DATABASE {from} RENAME TO {to}");
        for _ in 0..500 {
            self.server.execute_unprepared(&thrown_out).await.unwrap();
            if self.server.execute_unprepared(&renamed).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("somebody is always connected");
    }
}

//! What somebody is told who is not looking.

use std::time::Duration;

use chrono::TimeDelta;
use exodus_engine::conversation::Clock;
use tokio::io::AsyncReadExt;

use crate::town::Town;

/// Boris promises Anna so much, having come by her invite.
async fn promises(town: &Town, web: &mut crate::browser::Browser) {
    for label in ["I need help", "I need help every month"] {
        web.presses(label).await;
    }
    web.writes("500").await;
    web.presses("Yes, ask").await;
    let text = web.page.text();
    let token =
        text.split_whitespace().find(|word| word.contains("/i/")).unwrap().rsplit('/').next().unwrap().to_owned();
    town.clock.move_to(town.clock.now() + TimeDelta::minutes(1));
    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    town.presses(&boris, "English", "asks for your help").await;
    town.presses(&boris, "€50", "Your intention").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    town.presses(&boris, "Yes, I intend to", "Thank you for your intention").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_chat_is_told_there_and_finds_it_here_too() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    promises(&town, &mut web).await;
    town.sees(&anna, "Boris").await;
    web.looks_again().await.says("new message");
    web.reads_notices().await.says("Boris").says("€50");
    web.looks_again().await.says_nothing_of("new message");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_nothing_else_finds_it_here_answers_it_and_sees_it_come() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    town.sees(&anna, "A new account is yours now").await;
    for label in ["Profile", "My accounts", "Unlink: Telegram", "Unlink it all the same", "Yes, unlink"] {
        web.presses(label).await;
    }
    web.page.says("I know you by this account");
    web.presses("Menu").await;
    let mut stream = web.watches().await;
    let said = anna.transcript();
    promises(&town, &mut web).await;
    let told = async {
        while !web.looks_again().await.text().contains("new message") {
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(90), told).await.expect("it stands there");
    assert_eq!(anna.transcript(), said, "whoever writes from there is a stranger now");

    // The open page was told each time that something had changed.
    let mut heard = String::new();
    let hears = async {
        while heard.matches("event: state").count() < 2 {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).await.unwrap();
            heard.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    };
    tokio::time::timeout(Duration::from_secs(90), hears).await.expect("it is told");
    assert!(heard.contains("text/event-stream"), "{heard}");

    web.reads_notices().await.says("Boris").says("€50");
    web.presses("Ask").await;
    let told = web.page.text();
    assert!(told.contains("Boris"), "{told}");
    let boris = town.api.user(102);
    town.sees(&boris, "Anna").await;
    // What is answered waits no more.
    web.reads_notices().await;
    town.ends().await;
}

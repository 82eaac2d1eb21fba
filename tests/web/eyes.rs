//! The pages in a real browser, without a mouse, on a phone and on a screen, by day and by night: `testing/web/look.mjs`.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::TimeDelta;
use exodus_engine::conversation::Clock;

use tokio::sync::mpsc;

use crate::town::Town;

const PATIENCE: Duration = Duration::from_secs(240);

/// What `scripts/browser install` says.
fn installed(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: run `scripts/test`, or `scripts/browser install`, which says what to set it to")
    })
}

async fn look(lang: &'static str) {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", lang).await;
    let link = town.link(&anna).await;
    let site = format!("http://{}", town.at);
    let mut program = Command::new(installed("EXODUS_TEST_NODE"));
    program.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/testing/web/look.mjs"));
    program.args([&installed("EXODUS_TEST_CHROMIUM"), &installed("EXODUS_TEST_AXE"), &site, &link, lang]);
    program.args(std::env::var("EXODUS_TEST_PICTURES")).stdout(Stdio::piped());
    let mut run = program.spawn().unwrap();
    let said = BufReader::new(run.stdout.take().unwrap());
    let (tell, mut lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(|line| drop(tell.send(line))));
    let mut wrong = Vec::new();
    let reads = async {
        while let Some(line) = lines.recv().await {
            match line.as_str() {
                "watching" => help_comes(&town, &anna, lang).await,
                _ => wrong.push(line),
            }
        }
    };
    tokio::time::timeout(PATIENCE, reads).await.expect("it ends");
    assert!(run.wait().unwrap().success() && wrong.is_empty(), "{}", wrong.join("\n"));
    town.ends().await;
}

/// Boris comes by her invite, and intends to help.
async fn help_comes(town: &Town, anna: &bot_api::User, lang: &str) {
    let (invite, said) =
        if lang == "ru" { ("Моё приглашение", "?start=") } else { ("My invite", "?start=") };
    anna.writes("/menu");
    let profile = if lang == "ru" { "Профиль" } else { "Profile" };
    town.presses(anna, profile, invite).await;
    town.presses(anna, invite, said).await;
    let chat = anna.transcript();
    let token: String = chat
        .rsplit(said)
        .next()
        .unwrap()
        .chars()
        .take_while(|sign| sign.is_alphanumeric() || "-_".contains(*sign))
        .collect();
    town.clock.move_to(town.clock.now() + TimeDelta::minutes(1));
    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    town.presses(&boris, "English", "asks for your help").await;
    town.presses(&boris, "€50", "Your intention").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    town.presses(&boris, "Yes, I intend to", "Thank you for your intention").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_read_them_in_english() {
    look("en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_read_them_in_russian() {
    look("ru").await;
}

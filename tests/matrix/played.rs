//! The chats of `tests/chats` are played on the terminal. One of them is played here, too, in an encrypted room: what the bot
//! says is the same to the last line.

use std::path::Path;
use std::sync::Arc;

use exodus_engine::testing::{HandClock, fill};

use crate::bot::{Bot, Home};
use crate::person::Person;
use crate::server::shared;

/// The day on which the chats begin.
const FIRST_DAY: &str = "2026-11-10T12:00:00Z";

/// What is said in a chat of one person, and the answer to each.
fn spoken(chat: &str) -> Vec<(String, String)> {
    let mut spoken: Vec<(String, String)> = Vec::new();
    for line in chat.lines().filter(|line| !line.starts_with('#')) {
        match (line.split_once(" > "), spoken.last_mut()) {
            (Some((who, words)), _) if who.starts_with('@') => {
                spoken.push((fill(words, |_, _| None).unwrap_or_else(|| words.to_owned()), String::new()));
            }
            (_, Some((_, answer))) => {
                answer.push_str(line.strip_prefix("  ").unwrap_or(line));
                answer.push('\n');
            }
            _ => {}
        }
    }
    spoken.into_iter().map(|(words, answer)| (words, answer.trim_end().to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn a_chat_is_the_same_in_an_encrypted_room() {
    let server = shared().await;
    let clock = HandClock::at(FIRST_DAY.parse().unwrap());
    let bot = Bot::by(Arc::new(clock), Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens_a_chat(&bot.home.id).await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chats/typing_mistakes.chat");
    let spoken = spoken(&std::fs::read_to_string(file).unwrap());
    assert!(spoken.len() > 30, "{}", spoken.len());
    // The first word is the bot's.
    chat.sees("Please choose your language").await;
    for (words, expected) in spoken {
        chat.says(&words).await;
        let answer = chat.sees_next().await;
        // A sign that keeps programs from finding links in people's words, and shows nothing.
        let said = answer.body().replace('\u{2060}', "");
        let beginning: String = words.chars().take(40).collect();
        assert_eq!(said.trim_end(), expected, "the answer to {beginning:?}");
        assert!(answer.encrypted);
    }
}

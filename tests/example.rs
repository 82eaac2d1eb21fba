//! The chat that an example begins with is what that bot says.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that breaks off has said what it had to"
)]

#[path = "../examples/guestbook.rs"]
#[allow(dead_code, reason = "a program begins where its test does not")]
mod guestbook;

#[path = "../examples/greeter.rs"]
#[allow(dead_code, reason = "a program begins where its test does not")]
mod greeter;

use std::sync::Arc;
use std::time::Duration;

use exodus::app::small::Small;
use exodus::messengers::terminal::{Source, Terminal, Transcript};
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;

/// What stands in an example's first lines between the two fences.
fn chat_of(example: &str) -> String {
    let lines = example.lines().skip_while(|line| *line != "//! ```text").skip(1);
    let lines = lines.take_while(|line| *line != "//! ```");
    lines.map(|line| format!("{}\n", line.trim_start_matches("//!").strip_prefix(' ').unwrap_or_default())).collect()
}

/// The bot says what its first lines tell.
async fn goes_as_told(example: &str, bot: Small) {
    let terminal = Arc::new(Terminal::new());
    let desk = bot.desk(terminal.clone()).await.expect("a bot");
    let (chat, mut written) = (chat_of(example), Vec::new());
    let mut out = Transcript::new(&mut written, false);
    let played = terminal.converse(&desk, chat.as_bytes(), Source::Chat, &mut out, CancellationToken::new());
    played.await.expect("the chat goes to its end");
    assert_eq!(String::from_utf8(written).expect("text"), chat);
}

#[tokio::test]
async fn the_guestbook_goes_as_its_first_lines_tell() {
    goes_as_told(include_str!("../examples/guestbook.rs"), guestbook::guestbook()).await;
}

#[tokio::test]
async fn the_greeter_goes_as_its_first_lines_tell() {
    goes_as_told(include_str!("../examples/greeter.rs"), greeter::greeter()).await;
}

#[tokio::test]
async fn whoever_types_is_prompted_once_for_each_line() {
    let terminal = Arc::new(Terminal::new());
    let desk = guestbook::guestbook().desk(terminal.clone()).await.expect("a book");
    let (mut keys, input) = tokio::io::duplex(64);
    let mut written = Vec::new();
    let mut out = Transcript::new(&mut written, false);
    let input = tokio::io::BufReader::new(input);
    let typing = async {
        for line in ["start\n", "1\n"] {
            keys.write_all(line.as_bytes()).await.expect("typed");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        drop(keys);
    };
    let played = terminal.converse(&desk, input, Source::Keys, &mut out, CancellationToken::new());
    let (played, ()) = tokio::join!(played, typing);
    played.expect("it goes to its end");
    let written = String::from_utf8(written).expect("text");
    assert_eq!(written.matches("@anna >").count(), 3, "{written}");
}

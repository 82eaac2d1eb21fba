//! The chat that `examples/guestbook.rs` begins with is what that bot says.

#[path = "../examples/guestbook.rs"]
#[allow(dead_code, reason = "a program begins where its test does not")]
mod guestbook;

use std::sync::Arc;

use exodus::messengers::terminal::{Source, Terminal, Transcript};
use tokio_util::sync::CancellationToken;

/// What stands in the example's first lines between the two fences.
fn chat() -> String {
    let lines = include_str!("../examples/guestbook.rs").lines().skip_while(|line| *line != "//! ```text").skip(1);
    let lines = lines.take_while(|line| *line != "//! ```");
    lines.map(|line| format!("{}\n", line.trim_start_matches("//!").strip_prefix(' ').unwrap_or_default())).collect()
}

#[tokio::test]
async fn the_guestbook_goes_as_its_first_lines_tell() {
    let terminal = Arc::new(Terminal::new());
    let desk = guestbook::desk(terminal.clone()).await.expect("a book");
    let (chat, mut written) = (chat(), Vec::new());
    let mut out = Transcript::new(&mut written, false);
    let played = terminal.converse(&desk, chat.as_bytes(), Source::Chat, &mut out, CancellationToken::new());
    played.await.expect("the chat goes to its end");
    assert_eq!(String::from_utf8(written).expect("text"), chat);
}

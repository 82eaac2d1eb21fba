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

#[path = "../examples/reminder.rs"]
#[allow(dead_code, reason = "a program begins where its test does not")]
mod reminder;

use std::sync::Arc;
use std::time::Duration;

use exodus_engine::conversation::{Bot, Desk};
use exodus_engine::host::Host;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::messengers::terminal::{Source, Terminal, Transcript};
use exodus_engine::store;
use exodus_engine::testing::{Counted, HandClock, Keyboard, People, Play, Stage, chat_of};
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;

fn locales(words: &str) -> Arc<Locales> {
    Arc::new(Locales::from_texts(&[("en", words)], Format::default()).expect("words"))
}

/// The bot says what its first lines tell: with buttons and without, and though it is started anew between every two lines.
async fn goes_as_told<B: Bot>(example: &str, words: &str, bot: fn() -> B) {
    let (chat, locales) = (chat_of(example), locales(words));
    let all: [(Arc<dyn People>, bool); 2] =
        [(Arc::new(Terminal::new()), true), (Arc::new(Keyboard::new(&locales)), false)];
    for (people, is_listed) in all {
        let db = store::connect("sqlite::memory:").await.expect("a database");
        store::schema::migrate(&db, bot().tables()).await.expect("its tables");
        let (clock, chance) = (Arc::new(HandClock::at(noon())), Arc::new(Counted::default()));
        let stage = Stage { db, locales: locales.clone(), clock, chance, people };
        let mut written = Vec::new();
        let out = Transcript::new(&mut written, false);
        let mut play = Play::new(stage, move |stage: &Stage| stage.host(bot()), None, out).restless();
        for line in chat.lines() {
            play.chat(line).await.expect("it is played");
        }
        drop(play);
        let written = String::from_utf8(written).expect("text");
        if is_listed {
            assert_eq!(written, chat);
        } else {
            // With buttons, nobody has to be told how to choose.
            let bare = |text: &str| text.lines().filter(|line| !line.ends_with(':')).collect::<Vec<_>>().join("\n");
            assert_eq!(bare(&written), bare(&chat));
        }
    }
}

/// The tenth of November, as where chats of the demo begin.
fn noon() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(exodus_engine::testing::BEGINNING, 0).expect("a time")
}

#[tokio::test]
async fn the_guestbook_goes_as_its_first_lines_tell() {
    goes_as_told(include_str!("../examples/guestbook.rs"), guestbook::WORDS, guestbook::guestbook).await;
}

#[tokio::test]
async fn the_greeter_goes_as_its_first_lines_tell() {
    goes_as_told(include_str!("../examples/greeter.rs"), greeter::WORDS, greeter::greeter).await;
}

#[tokio::test]
async fn the_reminder_goes_as_its_first_lines_tell() {
    goes_as_told(include_str!("../examples/reminder.rs"), reminder::WORDS, reminder::reminder).await;
}

#[tokio::test]
async fn whoever_types_is_prompted_once_for_each_line() {
    let terminal = Arc::new(Terminal::new());
    let bot = guestbook::guestbook();
    let db = store::connect("sqlite::memory:").await.expect("a database");
    store::schema::migrate(&db, bot.tables()).await.expect("its tables");
    let desk: Desk<_> = Host::on(Arc::new(bot), locales(guestbook::WORDS), db).parts().desk(terminal.clone());
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

#[tokio::test]
async fn whoever_comes_back_to_a_bot_that_was_started_again_is_heard() {
    let db = store::connect("sqlite::memory:").await.expect("a database");
    store::schema::migrate(&db, guestbook::guestbook().tables()).await.expect("its tables");
    for first in [0, 1_000] {
        let terminal = Arc::new(Terminal::counting_from(first));
        let host = Host::on(Arc::new(guestbook::guestbook()), locales(guestbook::WORDS), db.clone());
        let (desk, mut written) = (host.parts().desk(terminal.clone()), Vec::new());
        let mut out = Transcript::new(&mut written, false);
        let said = "@anna > start\n".as_bytes();
        let played = terminal.converse(&desk, said, Source::Chat, &mut out, CancellationToken::new());
        played.await.expect("it goes to its end");
        let written = String::from_utf8(written).expect("text");
        assert!(written.contains("Nobody has written anything yet."), "{first}: {written}");
    }
}

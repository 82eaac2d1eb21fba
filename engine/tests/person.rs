//! A bot of one screen that registers what the engine brings for whoever is written to.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that breaks off has said what it had to"
)]

use std::sync::Arc;

use async_trait::async_trait;
use exodus_engine::conversation::{Cx, Fault, Messenger, Page, Pages, Route, Screen, Screens};
use exodus_engine::hours::Zone;
use exodus_engine::id::PersonId;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::messengers::terminal::{Terminal, Transcript};
use exodus_engine::msg;
use exodus_engine::person::{Accounts, ChooseLanguage, QuietHoursScreen, TimeZoneScreen, WrittenTo};
use exodus_engine::store;
use exodus_engine::store::account::AccountId;
use exodus_engine::testing::{Counted, HandClock, Play, Stage};

const ENGLISH: &str = "
home = Hello!
set-language = Tongue
set-zone = Clock
set-quiet = Silence
set-account = Address
set-accounts = Who
language-name = English
";
const RUSSIAN: &str = "
home = Привет!
set-language = Речь
set-zone = Часы
set-quiet = Тишина
set-account = Адрес
set-accounts = Кто
language-name = Русский
";

struct Home;

#[async_trait]
impl Screen<()> for Home {
    fn name(&self) -> &'static str {
        "home"
    }

    async fn page(&self, _: &Cx<'_, ()>) -> Result<Page, Fault> {
        Ok(Page::new(msg!("home"))
            .go(msg!("set-language"), Route::new("language"))
            .go(msg!("set-zone"), Route::new("time-zone"))
            .go(msg!("set-quiet"), Route::new("quiet-hours"))
            .go(msg!("set-account"), Route::new("written-to"))
            .go(msg!("set-accounts"), Route::new("accounts")))
    }
}

fn bot(locales: &Locales) -> Pages {
    let screens = Screens::default()
        .with(Home)
        .with(ChooseLanguage::among(locales.languages()))
        .with(TimeZoneScreen::for_those_in("Europe/Podgorica".parse::<Zone>().expect("a zone")))
        .with(QuietHoursScreen)
        .with(WrittenTo)
        .with(Accounts::through(vec![Terminal::new().way_in()].into()));
    Pages::new("home", screens)
}

/// What such a bot says to these lines, and what it has noted by then.
async fn said(lines: &[&str]) -> (String, store::person::Model) {
    let texts = [("en", ENGLISH), ("ru", RUSSIAN)];
    let locales = Arc::new(Locales::from_texts(&texts, Format::default()).expect("words"));
    let db = store::connect("sqlite::memory:").await.expect("a database");
    store::schema::migrate(&db, Vec::new).await.expect("its tables");
    let noon = chrono::DateTime::from_timestamp(1_794_301_200, 0).expect("a time");
    let (clock, chance) = (Arc::new(HandClock::at(noon)), Arc::new(Counted::default()));
    let people = Arc::new(Terminal::new());
    let stage = Stage { db: db.clone(), locales: locales.clone(), clock, chance, people };
    let mut written = Vec::new();
    let out = Transcript::new(&mut written, false);
    let mut play = Play::new(stage, move |stage: &Stage| stage.host(bot(&locales)), None, out).restless();
    for line in lines {
        play.chat(line).await.expect("it is played");
    }
    drop(play);
    let person = store::person::find(&db, PersonId::new(1)).await.expect("an answer").expect("anna");
    (String::from_utf8(written).expect("text"), person)
}

#[tokio::test]
async fn a_bot_that_registers_them_has_the_settings_of_whoever_is_written_to() {
    let (said, anna) = said(&[
        "@anna > start",
        "@anna > Clock",
        "@anna > Atlantis",
        "@anna > Kazan",
        "@anna > Clock",
        "@anna > menu",
        "@anna > Silence",
        "@anna > at night",
        "@anna > 22-7",
        "@anna > Address",
        "@anna > 1",
        "@anna > Tongue",
        "@anna > Русский",
        "@anna > Тишина",
    ])
    .await;
    for line in [
        "As usual here: Podgorica",
        "I don’t know the time in “Atlantis”.",
        "Your time zone from now on: Kazan.",
        "I don’t understand “at night” as quiet hours.",
        "Quiet hours from now on: 22:00–07:00.",
        "Messages go to terminal, anna from now on.",
        "Теперь я говорю по-русски.",
        "Ваши тихие часы: 22:00–07:00.",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert_eq!(
        (anna.lang.as_str(), anna.zone.as_deref(), anna.place.as_deref()),
        ("ru", Some("Europe/Moscow"), Some("Kazan"))
    );
    assert_eq!(
        (anna.quiet_from, anna.quiet_to, anna.written_to),
        (Some(22 * 60), Some(7 * 60), Some(AccountId::new(1)))
    );
}

#[tokio::test]
async fn such_a_bot_links_accounts_also_one_that_has_looked_in_before() {
    let (said, _) = said(&[
        "@anna > start",
        "@anna > Who",
        "@anna > Link another account",
        "@phone > My code: {code}",
        "@anna > Another code",
        "@laptop > hello",
        "@laptop > {code}",
        "@laptop > Who",
        "@laptop > Unlink: terminal, phone",
        "@laptop > Yes, unlink",
        "@phone > hello",
        "@phone > Who",
    ])
    .await;
    for line in [
        "I know you by this account:",
        "terminal: send me there: link CODEAAA2",
        "This account is linked: I know you here too now",
        "terminal: send me there: link CODEAAB2",
        "I know you by 3 accounts.",
        "✉️ terminal, anna (I write to you here)",
        "A new account is yours now: terminal, phone.",
        "Unlinked: terminal, phone.",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let (_, as_stranger) = said.rsplit_once("@phone > Who").expect("the last line");
    assert!(as_stranger.contains("I know you by this account:"), "{said}");
}

//! Every chat of `tests/chats/` is played by the whole bot, and what it says has to be what stands there.
//!
//! Each is played twice, and the bot is stopped and started again between every two lines: as a messenger without buttons on
//! SQLite, and as one with buttons on PostgreSQL where there is one (`EXODUS_TEST_POSTGRES`), else on SQLite too. At the end
//! nobody may be left untold.
//!
//! `UPDATE_EXPECT=1 cargo test --test chats` rewrites what the bot says; read the difference before you keep it. How a
//! chat is written is told in `src/messengers/terminal/mod.rs`, and what else may happen in one in
//! `src/testing/mod.rs`.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that breaks off has said what it had to say")]

#[path = "support/database.rs"]
mod database;
#[path = "support/expectation.rs"]
mod expectation;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use exodus::app::demo::{exodus, scripts_begin};
use exodus::store;
use exodus_engine::locale::{Format, Locales, Msg};
use exodus_engine::messengers::terminal::{Terminal, Transcript};
use exodus_engine::msg;
use exodus_engine::testing::{Counted, HandClock, Keyboard, People, Play, Played, Stage, Stopped};
use expectation::difference;
use sea_orm::DatabaseConnection;

/// One test for each chat, and the list of all.
macro_rules! chats {
    ($($name:ident)*) => {
        const CHATS: &[&str] = &[$(stringify!($name)),*];

        $(#[tokio::test]
        async fn $name() {
            hold(stringify!($name)).await;
        })*
    };
}

chats! {
    a_status_by_its_colour
    accounts_that_join
    administration
    again_in_the_list
    again_on_its_own_page
    another_account
    answered_after_a_change
    answered_already
    answered_at_once
    answers_to_the_newer_question
    any_of_the_words
    as_it_is_now
    asked_anew
    asked_first
    asked_for_another
    bot_off_for_two_months
    case_that_shrinks
    changes_of_sum_and_date
    chaty_initsiativ
    claimed_anew
    claimed_in_time
    clearing_in_a_ring
    confirmed_by_mistake
    corrected_in_time
    counts_lead_to_what_they_count
    daily_hour
    daily_message
    date_comes
    doubled_after_a_deed
    doubled_for_two
    dva_vzaimozachyota
    emergency_covered
    emergency_not_received
    emergency_ran_out
    every_deed
    every_deed_in_russian
    every_status
    every_status_in_russian
    first_words
    foreign_money
    forms
    givers_hear_the_end
    group_in_russian
    group_of_a_circle
    group_of_a_pool
    group_of_an_initiative
    guarantee_links
    heard_as_meant
    held_back
    help_at_once_and_changes
    initiative_for_a_well
    initiative_in_the_group
    initiative_news
    initiatives_of_two
    initiatives_that_end
    initiator_suspended
    initsiativa_bez_menya
    initsiativa_ne_sobrala
    invite_at_hand
    invite_in_the_middle
    invite_with_a_sum
    invites_by_others
    invites_found
    invites_that_end
    invites_that_lead_nowhere
    kassa_dlya_odnogo
    kassa_po_russki
    komu_skazhut
    kto_uznaet
    language_change
    last_known_sum
    leaving
    less_than_is_promised
    lists_of_one
    many_supporters
    meant_together
    my_network
    name_and_about
    newcomer_through_an_invite
    nikto_ne_poluchaet_novostey
    no_answer
    no_such_day
    nobody_agreed
    nobody_gets_such_news
    nobody_is_lost_on_the_first
    nobody_there_yet
    not_passed_on
    number_like_a_sum
    numbers_of_notices
    one_cycle_of_help
    orange_turns_red_and_back
    out_of_my_circle
    parts_of_a_promise
    passed_on
    payment_details
    po_cepochke
    pool_for_one_person
    pool_of_neighbours
    pools_in_the_end
    promised_for_the_emergency
    quiet_hours
    red_across_the_first
    replies
    rings
    said_as_it_is
    said_in_other_words
    same_again
    settings_in_russian
    share_that_grew
    silent_in_the_pool
    slova_ne_tekst
    stale_and_double_presses
    strange_names
    switched_off
    taken_back_by_evening
    the_same_invite_again
    time_far_away
    time_zones
    trust_list
    two_cases_at_once
    two_invites
    two_months
    typing_mistakes
    what_came_in_between
    what_stands
    who_hears_of_it
    who_leaves_and_who_stays
    who_looks_after_a_pool
    who_waits_does_not_owe
    who_would_be_told
    words_are_no_text
    words_of_digests
    yes_to_an_older_question
}

#[test]
fn no_chat_is_left_out() {
    let files = std::fs::read_dir(folder()).expect("tests/chats");
    let mut names: Vec<String> = files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "chat"))
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    let mut listed = CHATS.to_vec();
    listed.sort_unstable();
    assert_eq!(names, listed, "the chats of tests/chats/ and the list in tests/chats.rs");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/chats")
}

/// The chat goes as it is written, whatever it is played on.
async fn hold(name: &str) {
    let file = folder().join(format!("{name}.chat"));
    let chat = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let locales = Arc::new(
        exodus::texts::locales(Format { currency: "EUR".to_owned() })
            .and_then(|all| all.only(&["en", "ru"]))
            .expect("locales"),
    );
    let without_buttons = || -> Arc<dyn People> { Arc::new(Terminal::new()) };
    // What is typed twice is never so with buttons.
    let is_typed = chat.starts_with("# Typed: ");

    let chat = if expectation::is_rewritten() {
        let found = played(name, &chat, &locales, in_memory().await, without_buttons()).await;
        expectation::rewrite(&file, &found);
        found
    } else {
        chat
    };
    let with_buttons = async |db| {
        let found = played(name, &chat, &locales, db, Arc::new(Keyboard::new(&locales))).await;
        same(name, "with buttons", &without_numbers(&without_leads(&chat, &locales)), &without_numbers(&found));
    };
    database::on_each(async |db, url| {
        if url.starts_with("postgres") && !is_typed {
            return with_buttons(db).await;
        }
        let found = played(name, &chat, &locales, db, without_buttons()).await;
        same(name, &format!("without buttons, on {url}"), &chat, &found);
    })
    .await;
    if database::postgres().is_none() && !is_typed {
        with_buttons(in_memory().await).await;
    }
}

/// The chat without the lines that say how to choose from a list, or what to type to a notice: buttons need none.
fn without_leads(chat: &str, locales: &Locales) -> String {
    let mut chat = chat.to_owned();
    for language in locales.languages() {
        let says = |msg: &Msg| locales.plain(&language.code, msg);
        let waiting = says(&msg!("page-unexpected-waiting", choices = "⁂"));
        let (begins, _) = waiting.split_once('⁂').expect("choices");
        let unexpected = |line: &str| match line.strip_prefix("  ").is_some_and(|line| line.starts_with(begins)) {
            true => format!("  {}\n", says(&msg!("page-unexpected"))),
            false => format!("{line}\n"),
        };
        chat = chat.lines().map(unexpected).collect();
    }

    let leads = [msg!("choose-by-number"), msg!("choose-or-answer"), msg!("choose-on-notice")];
    let left_out = (1..=9).map(|number: u32| msg!("choose-without", number = number.to_string()));
    let leads: Vec<Msg> = leads.into_iter().chain(left_out).collect();
    let leads: Vec<String> = locales
        .languages()
        .iter()
        .flat_map(|language| leads.iter().map(|lead| format!("  {}", locales.plain(&language.code, lead))))
        .collect();
    chat.lines().filter(|line| !leads.iter().any(|lead| lead == line)).map(|line| format!("{line}\n")).collect()
}

/// The chat without the numbers of its lists: one that was just typed may be left out of a list, and with buttons none is.
fn without_numbers(chat: &str) -> String {
    let bare = |line: &str| match line.strip_prefix("  ").and_then(|line| line.split_once(". ")) {
        Some((number, label)) if number.parse::<u32>().is_ok() => format!("  • {label}\n"),
        _ => format!("{line}\n"),
    };
    chat.lines().map(bare).collect()
}

fn same(name: &str, how: &str, expected: &str, found: &str) {
    if let Some(difference) = difference(expected, found) {
        panic!("{name}.chat {how} (- is expected, + is what came; UPDATE_EXPECT=1 rewrites the file):\n{difference}");
    }
}

/// Plays a chat on a new database, and writes it down.
async fn played(
    name: &str,
    chat: &str,
    locales: &Arc<Locales>,
    db: DatabaseConnection,
    people: Arc<dyn People>,
) -> String {
    let stage = Stage {
        db: db.clone(),
        locales: locales.clone(),
        clock: Arc::new(HandClock::at(scripts_begin())),
        chance: Arc::new(Counted::default()),
        people,
    };
    let mut written = Vec::new();
    let mut play = Play::new(stage, exodus, Some("en"), Transcript::new(&mut written, false)).restless();
    for (number, line) in chat.lines().enumerate() {
        match play.chat(line).await {
            Ok(Played::On) => {}
            Ok(Played::End) => break,
            Err(Stopped::Puzzled(puzzled)) => {
                panic!("{name}.chat, line {}: {}", number + 1, locales.plain("en", &puzzled.msg()))
            }
            Err(stopped) => panic!("{name}.chat, line {}: {stopped}", number + 1),
        }
    }
    let untold = store::outbox::waiting(&db).await.expect("the outbox");
    assert_eq!(untold, 0, "{name}.chat: notices were not told to anybody");
    drop(play);
    String::from_utf8(written).expect("text")
}

async fn in_memory() -> DatabaseConnection {
    let db = store::connect("sqlite::memory:").await.expect("a database");
    store::migrate(&db).await.expect("migrated");
    db
}

/// Thousands of years pass in moments; only those that can't be written are too far.
#[tokio::test]
async fn the_clock_goes_as_far_as_years_can_be_written() {
    let locales = Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() }).expect("locales"));
    let clock = Arc::new(HandClock::at(scripts_begin()));
    let (chance, people) = (Arc::new(Counted::default()), Arc::new(Terminal::new()));
    let stage = Stage { db: in_memory().await, locales, clock, chance, people };
    let mut written = Vec::new();
    let mut play = Play::new(stage, exodus, Some("en"), Transcript::new(&mut written, false));
    for line in ["@anna > start", "@anna > English", "clock 2035-01-01", "clock +1000000d", "clock off 9999-01-01"] {
        play.chat(line).await.expect("it is played");
    }
    for line in ["clock 10000-01-01", "clock +1000000d", "clock +99999999999999999999d", "clock off +9999999d"] {
        let puzzled = play.chat(line).await.expect_err("too far");
        let wanted =
            if line.starts_with("clock 10000-") { msg!("chat-puzzled-clock") } else { msg!("chat-puzzled-too-far") };
        assert!(matches!(&puzzled, Stopped::Puzzled(puzzled) if puzzled.msg() == wanted), "{line}");
    }
}

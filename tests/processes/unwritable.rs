//! A database that answers and takes no changes: people wait, whoever watches over the bot is told, and when it takes them
//! again, all goes on by itself.

use std::time::Duration;

use bot_api::{BotApi, User};
use exodus::store;
use sea_orm::{ConnectionTrait, Database, DbBackend};

use crate::database::{on_each, on_postgres};
use crate::faults::member;
use crate::own_postgres::OwnPostgres;
use crate::program::{Program, TOKEN};

async fn sees_profile(anna: &User, program: &Program) {
    let seen = anna.wait_for(Duration::from_secs(60), |messages| {
        messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
    });
    assert!(seen.await.is_ok(), "{}\n{}", anna.transcript(), program.log());
}

/// Waits until the log has these words.
async fn is_logged(program: &Program, words: &str) {
    let logged = async {
        while !program.log().contains(words) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(90), logged).await;
    waited.unwrap_or_else(|_| panic!("never {words:?}:\n{}", program.log()));
}

/// How often a turn was tried for nothing.
async fn failed_turns(program: &Program) -> u32 {
    let (_, figures) = program.asked("/metrics").await.unwrap();
    let failed = "exodus_turns_total{messenger=\"telegram\",outcome=\"failed\"} ";
    let failed = figures.lines().find_map(|line| line.strip_prefix(failed));
    failed.map_or(0, |failed| failed.parse().unwrap())
}

/// The operator is told when it begins and when it ends, once.
fn is_told_once(program: &Program) {
    let log = program.log();
    for words in ["waiting for the database", "nothing waits for the database any more"] {
        assert_eq!(log.lines().filter(|line| line.contains(words)).count(), 1, "{words}:\n{log}");
    }
    assert!(!log.contains("slow threshold"), "a library says what the operator knows:\n{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_become_read_only_is_not_ready_and_goes_on_by_itself() {
    let Some((_server, url)) = OwnPostgres::start() else { return };
    let api = BotApi::start(TOKEN).await;
    let program = Program::start(&url, api.url(), None);
    program.is_ready().await;
    let anna = member(&api).await;
    // Told to all sessions that there are, as some hosts do it before they put another server in its place.
    let admin = Database::connect(&url).await.unwrap();
    let read_only = async |on: &str| {
        admin.execute_unprepared("SET default_transaction_read_only = off").await.unwrap();
        admin.execute_unprepared(&format!("ALTER SYSTEM SET default_transaction_read_only = {on}")).await.unwrap();
        admin.execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
    };
    read_only("on").await;
    // Whether a refused statement is the answer, or no connection that could be asked, is a matter of the moment.
    let found = program.is_not_ready().await;
    assert!(
        found.contains("database: answers with an error") || found.contains("database: does not answer"),
        "{found}"
    );
    anna.presses("Профиль");
    is_logged(&program, "waiting for the database").await;
    program.is_not_ready().await;

    read_only("off").await;
    sees_profile(&anna, &program).await;
    program.is_ready().await;
    is_told_once(&program);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_program_has_locked_is_not_ready_and_goes_on_by_itself() {
    on_each(async |db, url| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let locked = store::begin(&db).await.unwrap();
        anna.presses("Профиль");
        program.is_not_ready().await;
        is_logged(&program, "waiting for the database").await;
        locked.rollback().await.unwrap();
        sees_profile(&anna, &program).await;
        program.is_ready().await;
        is_told_once(&program);
    })
    .await;
}

/// The same by a disk that is full, which only a commit finds out.
#[tokio::test(flavor = "multi_thread")]
async fn while_turns_wait_for_a_full_disk_it_is_not_ready() {
    on_each(async |db, url| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        program.fills_its_disk(4096);
        anna.presses("Профиль");
        let boris = api.user(102).named("Boris").lang("en");
        boris.start(None);
        is_logged(&program, "waiting for the database").await;
        // However many they are, and however often they are tried.
        let waited = async {
            while failed_turns(&program).await < 2 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(90), waited).await.expect("both of them wait");
        let (status, found) = program.asked("/ready").await.unwrap();
        assert!(status == 503 && found.contains("database: answers with an error"), "{status} {found}");
        program.has_room_again();
        sees_profile(&anna, &program).await;
        boris.sees("choose your language").await;
        program.is_ready().await;
        is_told_once(&program);
    })
    .await;
}

/// Another program holds what turns need, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn while_turns_wait_for_a_lock_it_is_not_ready_though_the_database_takes_changes() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let held = store::begin(&db).await.unwrap();
        held.execute_unprepared("LOCK TABLE session IN ACCESS EXCLUSIVE MODE").await.unwrap();
        anna.presses("Профиль");
        is_logged(&program, "waiting for the database").await;
        for _ in 0..3 {
            let (status, found) = program.asked("/ready").await.unwrap();
            assert!(status == 503 && found.contains("a turn still waits for it"), "{status} {found}");
        }
        held.rollback().await.unwrap();
        sees_profile(&anna, &program).await;
        program.is_ready().await;
        is_told_once(&program);
    })
    .await;
}

//! What goes wrong around the program: Telegram, the database, the disk. Nobody is left without an answer, nobody is told
//! a thing that did not happen, and what was to be told arrives when all is well again.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule, User};
use chrono::{DateTime, Utc};
use exodus::{notices, store};
use exodus_engine::conversation::{Chance, OsChance};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};

use crate::database::{on_each, postgres};
use crate::front::Front;
use crate::program::{Program, TOKEN};

/// How long something stays broken.
const A_WHILE: Duration = Duration::from_secs(4);

/// Somebody who has become a member, and waits for nothing.
pub async fn member(api: &BotApi) -> User {
    let anna = api.user(101).named("Анна").lang("ru");
    anna.start(None);
    anna.sees("выберите язык").await;
    anna.presses("Русский");
    anna.sees("Ваш статус").await;
    api.settled().await;
    anna
}

/// Something is to be told to the only member.
pub async fn is_to_be_told(db: &DatabaseConnection) {
    let (_, anna) = store::account::find_by_account(db, "telegram", "101").await.unwrap().unwrap();
    is_to_be_told_of(db, notices::names().next().unwrap(), anna.created_at).await;
}

/// The same by a notice of this kind, since then.
pub async fn is_to_be_told_of(db: &DatabaseConnection, kind: &str, since: DateTime<Utc>) {
    let (_, anna) = store::account::find_by_account(db, "telegram", "101").await.unwrap().unwrap();
    let row = store::outbox::New {
        recipient: anna.id,
        kind: kind.to_owned(),
        facts: "{}".to_owned(),
        about: None,
        record: None,
        priority: store::outbox::TELLS,
        by_day: false,
        due_at: since,
        word: OsChance.word().unwrap(),
        number: OsChance.number(9).unwrap(),
    };
    store::outbox::push_many(db, [row], since).await.unwrap();
}

pub fn messages_to(user: &User) -> usize {
    user.messages().iter().filter(|message| message.from_bot).count()
}

/// Waits until nothing waits to be sent.
pub async fn is_told(db: &DatabaseConnection) {
    let told = async {
        while store::outbox::waiting(db).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), told).await.expect("it arrives");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_telegram_answers_for_a_while_each_notice_arrives_once() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let hangs = Fault::Hang(Duration::from_secs(1));
        for fault in [Fault::RetryAfter(2), Fault::ServerError(500), Fault::Garbage, hangs] {
            let before = messages_to(&anna);
            api.fault(FaultRule::new(fault.clone()).method("sendMessage").always());
            is_to_be_told(&db).await;
            tokio::time::sleep(A_WHILE).await;
            assert_eq!(messages_to(&anna), before, "{fault:?}");
            api.heal();
            is_told(&db).await;
            assert_eq!(messages_to(&anna), before + 1, "{fault:?}");
        }
        let unasked = api.requests("sendMessage");
        assert!(unasked < 40, "{unasked}: it is not asked again and again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_that_cannot_be_reached_is_waited_for() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let behind = api.url().trim_start_matches("http://").parse().unwrap();
        let mut front = Front::before(vec![behind]).await;
        let program = Program::start(&url, &front.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        front.close();
        let before = messages_to(&anna);
        is_to_be_told(&db).await;
        anna.presses("Профиль");
        tokio::time::sleep(A_WHILE).await;
        assert_eq!(messages_to(&anna), before);
        front.open().await;
        is_told(&db).await;
        anna.wait_for(Duration::from_secs(60), |messages| {
            messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
        })
        .await
        .unwrap();
        assert_eq!(program.asked("/health").await.unwrap().0, 200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_restarts_is_waited_for() {
    on_each(async |db, url| {
        if db.get_database_backend() == DbBackend::Sqlite {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        is_to_be_told(&db).await;
        is_told(&db).await;

        let server = Database::connect(postgres().unwrap()).await.unwrap();
        let name = url.rsplit('/').next().unwrap();
        let goes = async |allowed: bool| {
            server.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")).await.unwrap();
        };
        is_to_be_told(&db).await;
        goes(false).await;
        let all = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        server.execute_unprepared(&all).await.unwrap();
        anna.presses("Профиль");
        program.says("database: ").await;
        let (status, found) = program.asked("/ready").await.unwrap();
        assert!(status == 503 && found.contains("database: answers with an error"), "{status} {found}");
        tokio::time::sleep(A_WHILE).await;
        goes(true).await;

        anna.wait_for(Duration::from_secs(60), |messages| {
            messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
        })
        .await
        .unwrap();
        is_told(&db).await;
        assert!(program.is_ready().await.contains("database: answers\n"));
        let (_, figures) = program.asked("/metrics").await.unwrap();
        assert!(figures.contains("exodus_database_errors_total{part="), "{figures}");
        let told = program.log().lines().filter(|line| line.contains("\"waiting for the database\"")).count();
        assert!(told <= 1, "said {told} times");
        server.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing() {
    on_each(async |db, url| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        is_to_be_told(&db).await;
        is_told(&db).await;
        // Less than the database's log has already: nothing can be committed.
        program.fills_its_disk(4096);
        is_to_be_told(&db).await;
        anna.presses("Профиль");
        tokio::time::sleep(A_WHILE).await;
        let seen = anna.transcript();
        assert!(!seen.contains("Мой профиль"), "it can't be kept:\n{seen}\n{}", program.log());
        assert_eq!(program.asked("/health").await.unwrap().0, 200);

        // Nor is it ever taken for kept: what people see is in the database that the next process opens.
        assert_eq!(store::outbox::waiting(&db).await.unwrap(), 1);
        program.has_room_again();
        anna.wait_for(Duration::from_secs(60), |messages| {
            messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
        })
        .await
        .unwrap();
        is_told(&db).await;
        let found = db.query_one_raw(sea_orm::Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check"));
        assert_eq!(found.await.unwrap().unwrap().try_get_by_index::<String>(0).unwrap(), "ok");
    })
    .await;
}

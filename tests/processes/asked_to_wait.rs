//! Telegram asks to be left alone for a whole minute. (Most of it is waiting, beside the other tests; so it is played on
//! one database.)
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

use std::time::{Duration, Instant};

use bot_api::{BotApi, Fault, FaultRule, User};
use exodus::store;
use exodus_engine::conversation::{Chance, OsChance};
use sea_orm::DatabaseConnection;

use crate::database::on_sqlite;
use crate::faults::{is_told, member};
use crate::program::{Program, TOKEN};

const MINUTE: Duration = Duration::from_secs(60);

/// So that it is still asked to wait when it has waited for nearly a minute.
const NEARLY: Duration = Duration::from_secs(54);

/// The only member is to be told that these have thought better of it.
async fn is_to_be_told_of(db: &DatabaseConnection, names: std::ops::Range<usize>) {
    let (_, anna) = store::account::find_by_account(db, "telegram", "101").await.unwrap().unwrap();
    let mut rows = Vec::new();
    for name in names {
        let boris = store::member::insert(db, &format!("Борис {name}"), "ru", anna.created_at).await.unwrap();
        rows.push(store::outbox::New {
            recipient: anna.id,
            kind: "notice-withdrawn".to_owned(),
            facts: format!(r#"{{"name":{{"member":{}}},"sum":{{"sum":500}}}}"#, boris.id),
            about: None,
            record: None,
            priority: store::outbox::TELLS,
            by_day: false,
            due_at: anna.created_at,
            word: OsChance.word().unwrap(),
            number: OsChance.number(9).unwrap(),
        });
    }
    store::outbox::push_many(db, rows, anna.created_at).await.unwrap();
}

/// Who was named to her, in the order in which she was told.
fn named(anna: &User) -> Vec<usize> {
    let said = anna.messages().into_iter().filter(|message| message.from_bot);
    said.filter_map(|message| message.as_sent().split_once("Борис ")?.1.split(' ').next()?.parse().ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn a_minute_in_which_telegram_wants_nothing_is_waited_out_and_then_all_arrives_once_and_in_its_order() {
    on_sqlite(&std::env::temp_dir(), &async |db, url: String| {
        let api = BotApi::start(TOKEN).await;
        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let asked = || api.requests("sendMessage") + api.requests("editMessageText");
        let before = asked();
        for method in ["sendMessage", "editMessageText"] {
            api.fault(FaultRule::new(Fault::RetryAfter(60)).method(method).always());
        }
        is_to_be_told_of(&db, 0..1).await;
        while asked() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let refused = Instant::now();
        anna.presses("Профиль");
        for name in 1..6 {
            is_to_be_told_of(&db, name..name + 1).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        tokio::time::sleep(NEARLY - refused.elapsed()).await;
        assert_eq!(asked(), before + 1, "it was asked once, and then left alone:\n{}", program.log());
        assert_eq!(named(&anna), [0; 0]);
        api.heal();

        while named(&anna).is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(refused.elapsed() >= MINUTE - Duration::from_secs(1), "{:?}", refused.elapsed());
        is_told(&db).await;
        assert_eq!(named(&anna), [0, 1, 2, 3, 4, 5]);
        let page = |messages: &[bot_api::ChatMessage]| {
            messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
        };
        anna.wait_for(MINUTE, page).await.unwrap_or_else(|chat| panic!("she never saw her page:\n{chat}"));
        let told = program.log().lines().filter(|line| line.contains("asks for a pause")).count();
        assert_eq!(told, 1, "{}", program.log());
    })
    .await;
}

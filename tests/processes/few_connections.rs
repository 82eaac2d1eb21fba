//! A role that may have few connections.

use bot_api::BotApi;
use exodus::store;
use sea_orm::{ConnectionTrait, Database};

use crate::database::{on_postgres, postgres};
use crate::pooler::Pooler;
use crate::program::{Program, TOKEN};

/// Others than the bot: those of the test, and of a second process that starts.
const ALLOWED: u32 = 3;
const PEOPLE: i64 = 30;

async fn all_are_answered(url: &str) {
    let api = BotApi::start(TOKEN).await;
    let program = Program::start(url, api.url(), None);
    program.is_ready().await;
    let people: Vec<_> = (0..PEOPLE).map(|id| api.user(700 + id).named("Somebody").lang("en")).collect();
    for person in &people {
        person.start(None);
    }
    for person in &people {
        person.sees("choose your language").await;
    }
    let log = program.log();
    assert!(log.contains("lets us have only so many connections"), "{log}");
    assert!(!log.contains("turns wait"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_pooler_that_lends_fewer_connections_than_wanted_too() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let (_pooler, through) = Pooler::of(&url, "session", ALLOWED).await;
        all_are_answered(&through).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_fewer_connections_than_wanted_all_are_answered_without_waiting_for_more() {
    if postgres().is_none() {
        return;
    }
    let role = format!("exodus_few_{}", std::process::id());
    on_postgres(&async |_, url| {
        let server = Database::connect(postgres().unwrap()).await.unwrap();
        let mut address = url::Url::parse(&url).unwrap();
        let name = address.path().trim_start_matches('/').to_owned();
        for sql in [
            format!("CREATE ROLE {role} LOGIN PASSWORD 'few' CONNECTION LIMIT {ALLOWED}"),
            format!("ALTER DATABASE {name} OWNER TO {role}"),
        ] {
            server.execute_unprepared(&sql).await.unwrap();
        }
        address.set_username(&role).unwrap();
        address.set_password(Some("few")).unwrap();

        all_are_answered(address.as_str()).await;
        server.close().await.unwrap();
    })
    .await;
    // What it owned is gone with the database.
    let server = Database::connect(postgres().unwrap()).await.unwrap();
    server.execute_unprepared(&format!("DROP ROLE {role}")).await.unwrap();
    server.close().await.unwrap();
}

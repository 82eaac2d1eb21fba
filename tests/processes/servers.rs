//! PostgreSQL as hosts have it: what `exodus check` finds, and what a start waits for.

use std::time::Duration;

use bot_api::BotApi;
use exodus::store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use url::Url;

use crate::database::{on_postgres, postgres};
use crate::front::Front;
use crate::program::{Program, TOKEN, checked, free_address, says};

/// Something that only the one who runs the server may do.
async fn done(url: &str, sql: &str) {
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

/// The same database, as another role.
fn as_role(url: &str, role: &str) -> String {
    let mut url = Url::parse(url).unwrap();
    url.set_username(role).unwrap();
    url.set_password(Some("hun%40ter2")).unwrap();
    url.into()
}

fn finds(url: &str, words: &[&str]) {
    let found = checked(url);
    let all = words.iter().all(|words| found.contains(words));
    assert!(all && !found.contains("ter2"), "{words:?}: {found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_needs_no_more_than_it_uses_and_is_told_what_it_lacks() {
    on_postgres(&async |db: DatabaseConnection, url: String| {
        let role = format!("role_{}", url.rsplit('/').next().unwrap());
        let mine = as_role(&url, &role);
        let schema = "REVOKE CREATE ON SCHEMA public FROM PUBLIC";
        db.execute_unprepared(&format!("CREATE ROLE {role} LOGIN; {schema}")).await.unwrap();
        finds(&mine, &["✗ database: ", "permission denied for schema public", "GRANT CREATE ON SCHEMA public"]);
        // Trying leaves nothing behind.
        finds(&url, &["✓ database: ", "the next start brings it up to date ("]);
        assert!(db.execute_unprepared("SELECT 1 FROM member").await.is_err());

        store::migrate(&db).await.unwrap();
        let reads = format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
        db.execute_unprepared(&reads).await.unwrap();
        finds(&mine, &["✗ database: ", "may not read and write", "member", "GRANT SELECT, INSERT"]);
        let writes = format!("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}");
        db.execute_unprepared(&writes).await.unwrap();
        finds(&mine, &["✓ database: ", "is up to date"]);

        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&mine, api.url(), None);
        program.is_ready().await;
        program.stop().await;
        db.execute_unprepared(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_is_wrong_with_a_server_at_once_and_never_the_password() {
    let Some(server) = postgres() else { return };
    let latin = format!("latin_{}", std::process::id());
    done(&server, &format!("DROP DATABASE IF EXISTS {latin}")).await;
    let made = format!("CREATE DATABASE {latin} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    done(&server, &made).await;
    let named = |name: &str| {
        let mut url = Url::parse(&server).unwrap();
        url.set_path(name);
        String::from(url)
    };
    finds(&named(&latin), &["✗ database: ", "encoded in LATIN1", "--encoding=UTF8"]);
    done(&server, &format!("DROP DATABASE {latin}")).await;
    finds(&named("no_such_database"), &["✗ database: ", "does not exist", "createdb --owner="]);
    finds(&as_role(&server, "nobody_such"), &["✗ database: ", "nobody_such"]);

    let nobody = free_address();
    let down = format!("postgres://me:hun%40ter2@{nobody}/name");
    let look = tokio::task::spawn_blocking(move || finds(&down, &["✗ database: postgres://127", "connection refused"]));
    tokio::time::timeout(Duration::from_secs(10), look).await.expect("at once").unwrap();
    finds("postgres:///name?host=/no/such/folder&password=hunter2", &["✗ database: ", "there is no such socket"]);
    let port = nobody.port();
    finds(
        &format!("postgres://me:hunter2@[::1]:{port}/name"),
        &["✗ database: postgres://[::1]:", "connection refused"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_waits_for_a_server_that_is_starting_and_says_so_once() {
    on_postgres(&async |_, url: String| {
        let server = Url::parse(&url).unwrap();
        let behind = format!("{}:{}", server.host_str().unwrap(), server.port().unwrap_or(5432));
        let behind = tokio::net::lookup_host(behind).await.unwrap().next().unwrap();
        let mut front = Front::before(vec![behind]).await;
        let mut through = server.clone();
        through.set_host(Some("127.0.0.1")).unwrap();
        through.set_port(Some(Url::parse(&front.url()).unwrap().port().unwrap())).unwrap();
        through.set_password(Some("hunter2")).unwrap();
        front.close();

        let api = BotApi::start(TOKEN).await;
        let program = Program::start(through.as_str(), api.url(), None);
        program.logs("the database is waited for").await;
        // It is tried again, and nothing more is said.
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(program.logs("connection refused").await, 1, "{}", program.log());
        front.open().await;
        program.is_ready().await;
        assert_eq!(program.logs("the database answers").await, 1);
        assert!(!program.log().contains("hunter2"), "{}", program.log());

        // Told to stop, it waits for nobody.
        front.close();
        let mut other = Program::start(through.as_str(), api.url(), None);
        other.logs("the database is waited for").await;
        other.gets("TERM");
        assert!(other.ends().await, "{}", other.log());
        // Whoever has typed a command is told at once.
        let (well, said) = says("migrate", through.as_str(), |_| {});
        assert!(!well && said.contains("connection refused"), "{said}");
    })
    .await;
}

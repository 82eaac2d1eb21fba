//! What whoever runs the homeserver does: rooms are deleted, and notices are written to all who use it.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};

use crate::bot::{self, Bot, nobody_is_untold, the_first_is_told_of_clara};
use crate::cycle::arrives;
use crate::person::{PASSWORD, Person};
use crate::plain;
use crate::server::{Limits, Server};
use crate::waiting::until_true;

/// A server, and the token of whoever runs it.
async fn ruled() -> (Server, String) {
    let mut server = Server::start(Limits::Off).await;
    server.register("ruler", PASSWORD).await;
    server.kill();
    let db = Database::connect(server.database_url()).await.unwrap();
    db.execute_unprepared("UPDATE users SET admin = 1 WHERE name LIKE '@ruler:%'").await.unwrap();
    db.close().await.unwrap();
    server.start_again().await;
    let token = server.token("ruler", PASSWORD).await;
    (server, token)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_servers_notices_are_no_person() {
    let (server, ruler) = ruled().await;
    let bot = Bot::on(&server).await;
    let anna = Person::on(&server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;

    // The homeserver speaks to the bot, in words that people say.
    let notice = json!({ "user_id": bot.home.id, "content": { "msgtype": "m.text", "body": "menu" } });
    for _ in 0..2 {
        server.post("/_synapse/admin/v1/send_server_notice", Some(&ruler), &notice).await;
    }
    chat.asks("profile", "My profile").await;
    let token = server.token(bot.home.id.localpart(), bot::PASSWORD).await;
    let rooms = server.get("/_matrix/client/v3/joined_rooms", &token).await;
    assert_eq!(rooms["joined_rooms"].as_array().unwrap().len(), 2, "{rooms}");
    let db = bot.home.database().await;
    let spoken = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, "SELECT address FROM session"));
    assert_eq!(spoken.await.unwrap().len(), 1, "the notices were no turn");
}

/// Which of the two the homeserver puts out first is a matter of luck. Where it is the bot, or both at once, another room is
/// made; where it is the person, nothing tells that from a farewell, and what is for them waits until they come back.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_spoken_with_in_a_room_that_is_deleted_is_told_all_the_same() {
    let (server, ruler) = ruled().await;
    let bot = Bot::on(&server).await;
    let anna = Person::on(&server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    chat.asks("profile", "My profile").await;
    let db = bot.home.database().await;

    // Her room is deleted, as rooms are.
    let room = chat.room.room_id().to_owned();
    let path = format!("/_synapse/admin/v2/rooms/{room}");
    let deleted = plain::send("DELETE", &server.url(), &path, Some(&ruler), &json!({ "purge": true })).await;
    assert_eq!(deleted.unwrap().status, 200);
    until_true("it is gone", async || {
        let state = format!("/_synapse/admin/v2/rooms/{room}/delete_status");
        let status: Value = server.get(&state, &ruler).await;
        status["results"][0]["status"] == "complete"
    })
    .await;
    the_first_is_told_of_clara(&db).await;
    let another = tokio::select! {
        another = anna.joins_the_next_invite(&bot.home.id) => another,
        () = until_true("she is invited, or counts as gone", async || is_unreachable(&db).await) => {
            anna.opens_a_chat(&bot.home.id).await
        }
    };
    another.sees("Clara").await;
    another.sees("My profile").await;
    another.asks("menu", "Your status: Green").await;
    nobody_is_untold(&db).await;
}

/// Nobody in Matrix can be written to.
async fn is_unreachable(db: &DatabaseConnection) -> bool {
    let sql = "SELECT id FROM account WHERE messenger = 'matrix' AND unreachable_since IS NOT NULL";
    !db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap().is_empty()
}

//! Many people, each in an encrypted room with the bot. They speak in clear, which costs the bot the same: what it says
//! to them is encrypted.

use futures::StreamExt;
use matrix_sdk::ruma::OwnedUserId;
use serde_json::json;

use crate::server::Server;
use crate::waiting::until_true;

/// How many come at the same time.
const AT_ONCE: usize = 8;

/// Opens so many rooms, and waits until each person has had an answer.
pub async fn open(server: &Server, bot: &OwnedUserId, rooms: usize) {
    let people = futures::stream::iter(0..rooms).map(|number| one(server, bot, number));
    people.buffer_unordered(AT_ONCE).collect::<()>().await;
}

async fn one(server: &Server, bot: &OwnedUserId, number: usize) {
    let user = server.register(&format!("person{number}"), "of the bench").await;
    let token = server.token(&user, "of the bench").await;
    let room = json!({
        "preset": "trusted_private_chat", "is_direct": true, "invite": [bot],
        "initial_state": [{
            "type": "m.room.encryption", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" },
        }],
    });
    let room = server.post("/_matrix/client/v3/createRoom", Some(&token), &room).await;
    let room = room["room_id"].as_str().unwrap().to_owned();
    let said = json!({ "msgtype": "m.text", "body": "start" });
    server.put(&format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/1"), &token, &said).await;
    let path = format!("/_matrix/client/v3/rooms/{room}/messages?dir=b&limit=5");
    until_true("the bot answers", async || {
        let newest = server.get(&path, &token).await;
        newest["chunk"]
            .as_array()
            .unwrap()
            .iter()
            .any(|event| event["sender"] == bot.as_str() && event["type"] == "m.room.encrypted")
    })
    .await;
}

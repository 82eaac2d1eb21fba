//! A picture in an encrypted room: the homeserver sees neither it nor what it is called.

use exodus::domain::MemberId;
use exodus::store;
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::ruma::events::room::MediaSource;
use serde_json::Value;

use crate::bot::Bot;
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;

#[tokio::test(flavor = "multi_thread")]
async fn my_network_comes_as_a_picture_that_only_its_reader_can_see() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    let db = bot.home.database().await;
    let now = "2026-11-03T12:00:00Z".parse().unwrap();
    let boris = store::member::insert(&db, "Boris", "en", now).await.unwrap().id;
    store::guarantee::make(&db, (MemberId::new(1), boris), now).await.unwrap();
    chat.asks("menu", "Your status: Green").await;
    chat.asks("members", "near circle").await;
    chat.asks("my network", "Boris").await;
    chat.asks("picture of my network", "Your network as a picture").await;

    let shown = chat.of_the_bot().into_iter().find(|message| message.kind() == "m.image").expect("a picture");
    assert!(shown.encrypted, "{shown:?}");
    assert!(shown.body().contains("near circle round them (1)"), "for whoever can't see it: {shown:?}");
    let content = shown.content.clone().unwrap();
    assert_eq!(content["filename"], "exodus-network.png");
    assert_eq!((&content["info"]["w"], &content["info"]["mimetype"]), (&Value::from(1280), &Value::from("image/png")));
    assert!(content["url"].is_null(), "what the homeserver keeps is encrypted: {content}");
    let source = MediaSource::Encrypted(Box::new(serde_json::from_value(content["file"].clone()).unwrap()));
    let request = MediaRequestParameters { source, format: MediaFormat::File };
    let bytes = chat.room.client().media().get_media_content(&request, false).await.unwrap();
    assert!(bytes.starts_with(b"\x89PNG"), "{} bytes", bytes.len());
    assert_eq!(content["info"]["size"], bytes.len());
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!(content["info"]["h"], number(20));
    // Said once more there, it is not sent once more.
    chat.asks("thank you", "Your network as a picture").await;
    assert_eq!(chat.of_the_bot().iter().filter(|message| message.kind() == "m.image").count(), 1);
    bot.stops().await.unwrap();
}

//! A message to all: everybody who can be reached reads it once; who has left their room can't be reached, and who only ignores
//! the bot is no other to it than who does not look.

use exodus::store::outbox;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::bot::{Bot, Home};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

const WORDS: &str = "We meet on Sunday at one.";

#[tokio::test(flavor = "multi_thread")]
async fn whoever_can_be_reached_reads_it_once_and_the_administrator_reads_how_many_can_not() {
    let server = shared().await;
    let admin = Person::on(server, "Admin").await;
    let mut home = Home::on(server).await;
    home.others = format!("[admin]\naccounts = [\"matrix:{}\"]", admin.id);
    let bot = Bot::at(home);
    bot.home.can_be_written_to(server).await;
    let id = &bot.home.id;
    let with_admin = arrives(&admin, id, "English", "Welcome").await;
    let mut people = Vec::new();
    for name in ["Anna", "Boris", "Vera", "Dina"] {
        let person = Person::on(server, name).await;
        let chat = arrives(&person, id, "English", "Welcome").await;
        people.push((person, chat));
    }
    let [(_, with_anna), (_, with_boris), (vera, with_vera), (_, with_dina)] = &people[..] else {
        panic!("four people")
    };
    // Boris leaves the room, of which the bot hears before anything that is said later; Vera ignores the bot, which the
    // homeserver tells nobody; Dina leaves the bot.
    with_boris.room.leave().await.unwrap();
    vera.client.account().ignore_user(id).await.unwrap();
    with_dina.asks("profile", "My profile").await;
    with_dina.asks("leave the bot", "This can’t be undone").await;
    with_dina.asks("yes, leave", "You have left").await;
    let db = bot.home.database().await;
    let before = with_dina.of_the_bot().len();

    with_admin.asks("administration", "Administration").await;
    with_admin.asks("write to everybody", "What should everybody read").await;
    with_admin.asks(WORDS, "Send it? It goes to 4 members").await;
    with_admin.asks("yes, send it", "Your message is on its way").await;
    with_anna.sees(WORDS).await;
    // What nobody can be told goes on waiting.
    let sent = outbox::Entity::find().filter(outbox::Column::Kind.eq("notice-announcement"));
    let sent = sent.filter(outbox::Column::SentAt.is_not_null());
    until_true("three are told", async || sent.clone().count(&db).await.unwrap() == 3).await;
    with_admin.asks("menu", "Your status").await;
    with_admin.asks("administration", "Administration").await;
    let page = with_admin.asks("the last message to all", "– sent: 3").await;
    assert!(page.body().contains("– can’t be reached: 1"), "{}", page.body());
    assert!(!page.body().contains("– failed: 1"), "{}", page.body());
    assert_eq!((with_anna.count(WORDS), with_boris.count(WORDS), with_vera.count(WORDS)), (1, 0, 0));
    assert_eq!(with_dina.of_the_bot().len(), before, "whoever left is told nothing");
}

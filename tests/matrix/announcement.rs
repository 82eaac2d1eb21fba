//! A message to all: everybody who can be reached reads it once; who has left their room can't be reached, and who only ignores
//! the bot is no other to it than who does not look.

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;

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
    let admins = arrives(&admin, id, "English", "Welcome").await;
    let mut people = Vec::new();
    for name in ["Anna", "Boris", "Vera", "Dina"] {
        let person = Person::on(server, name).await;
        let chat = arrives(&person, id, "English", "Welcome").await;
        people.push((person, chat));
    }
    let [(_, annas), (_, boris_s), (vera, veras), (_, dinas)] = &people[..] else { panic!("four people") };
    // Boris leaves the room; Vera ignores the bot, which the homeserver tells nobody; Dina leaves the bot.
    boris_s.room.leave().await.unwrap();
    vera.client.account().ignore_user(id).await.unwrap();
    dinas.asks("profile", "My profile").await;
    dinas.asks("leave the bot", "This can’t be undone").await;
    dinas.asks("yes, leave", "You have left").await;
    let db = bot.home.database().await;
    boris_s.is_left_by_the_bot().await;
    let before = dinas.of_the_bot().len();

    admins.asks("administration", "Administration").await;
    admins.asks("write to everybody", "What should everybody read").await;
    admins.asks(WORDS, "Send it? It goes to 4 members").await;
    admins.asks("yes, send it", "4 members").await;
    annas.sees(WORDS).await;
    nobody_is_untold(&db).await;
    admins.asks("menu", "Your status").await;
    admins.asks("administration", "Administration").await;
    let page = admins.asks("the last message to all", "– sent: 3").await;
    assert!(page.body().contains("– can’t be reached: 1"), "{}", page.body());
    assert!(!page.body().contains("– failed: 1"), "{}", page.body());
    assert_eq!((annas.count(WORDS), boris_s.count(WORDS), veras.count(WORDS)), (1, 0, 0));
    assert_eq!(dinas.of_the_bot().len(), before, "whoever left is told nothing");
}

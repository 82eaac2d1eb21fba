//! People who come: by the link, by a contact that was passed on, with a new key, many at once; and who comes while nobody is
//! there.

use futures::future::join_all;

use crate::bot::{Bot, Home};
use crate::cycle::arrives;
use crate::late::LateLine;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_is_greeted_once_also_when_the_bot_was_away() {
    let server = shared();
    let mut bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &link, "English", "Welcome").await;
    bot.stops().await;
    let boris = Person::on(server, "Boris").await;
    let later = boris.joins(&link).await;
    bot.starts();
    later.sees("Please choose your language").await;
    later.asks("English", "Welcome").await;
    // Who comes again is known.
    anna.joins(&link).await;
    chat.asks("menu", "Your status").await;
    bot.stops().await;
    bot.starts();
    chat.asks("menu", "Your status").await;
    later.asks("menu", "Your status").await;
    for chat in [&chat, &later] {
        assert_eq!(chat.count("Please choose your language").await, 1, "{}", chat.transcript().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_as_soon_as_there_is_a_link_is_answered() {
    let server = shared();
    let line = LateLine::to(server).await;
    let anna = Person::on(server, "Anna").await;
    let bot = Bot::at(Home::on(server).reading_by(line.port()));
    let chat = anna.joins(&bot.home.link().await).await;
    chat.sees("Please choose your language").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_place_of_a_link_that_was_withdrawn_there_is_another() {
    let server = shared();
    let mut bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let anna = Person::on(server, "Anna").await;
    let hers = arrives(&anna, &link, "English", "Welcome").await;
    bot.stops().await;
    bot.home.is_withdrawn(&link).await;
    bot.starts();
    let another = until("there is another link", async || Some(bot.home.link().await).filter(|it| *it != link)).await;
    let boris = Person::on(server, "Boris").await;
    arrives(&boris, &another, "English", "Welcome").await;
    hers.asks("menu", "Your status").await;
    bot.stops().await;
    bot.starts();
    hers.asks("profile", "My profile").await;
    assert_eq!(bot.home.link().await, another, "it stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_is_passed_on_leads_to_the_bot_and_not_to_whoever_passed_it_on() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let chat = arrives(&anna, &link, "English", "Welcome").await;
    let theirs = boris.takes(&anna.passes_on(&chat).await).await;
    theirs.asks("hello", "Please choose your language").await;
    theirs.asks("English", "Welcome").await;
    chat.asks("menu", "Your status").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_key_at_the_same_address_is_a_stranger() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let anna = Person::on(server, "Anna").await;
    let address = anna.address.clone();
    let chat = arrives(&anna, &link, "English", "Welcome").await;
    chat.asks("profile", "My profile").await;
    drop(anna);
    let again = Person::at(server, &address, "Anna").await;
    let chat = again.joins(&link).await;
    chat.sees("Please choose your language").await;
    chat.asks("English", "Welcome").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_come_at_once_and_each_is_answered() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let people = join_all((0..10).map(|_| Person::on(server, "Somebody"))).await;
    let chats = join_all(people.iter().map(|person| arrives(person, &link, "English", "Welcome"))).await;
    join_all(chats.iter().map(|chat| chat.asks("profile", "My profile"))).await;
    for chat in chats {
        assert_eq!(chat.count("My profile").await, 1);
    }
}

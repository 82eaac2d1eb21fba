//! Groups: the group of somebody's circle, with one pinned card that follows.

use serde_json::json;

use crate::bot::{Bot, Home};
use crate::chat::Chat;
use crate::cycle::{arrives, asks_for_help};
use crate::person::Person;
use crate::server::shared;
use crate::waiting::{until, until_true};

/// A group of this person's with the bot in it.
async fn group_with_the_bot(person: &Person, private: &Chat) -> Chat {
    let group: i64 = person.app.asks("create_group_chat", json!(["circle", false])).await;
    let contacts: Vec<i64> = person.app.asks("get_chat_contacts", private.id).await;
    person.app.asks::<()>("add_contact_to_chat", json!([group, contacts[0]])).await;
    Chat::new(person.app.clone(), group)
}

/// What is pinned there.
async fn card(chat: &Chat) -> Option<String> {
    let pinned: Vec<i64> = chat.app.asks("get_pinned_messages", chat.id).await;
    let [card] = pinned[..] else { return None };
    chat.app.message(card).await["text"].as_str().map(str::to_owned)
}

async fn card_says(chat: &Chat, words: &str) {
    let says = async || card(chat).await.is_some_and(|card| card.contains(words));
    until_true(&format!("the pinned card says {words:?}"), says).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_bound_and_its_card_is_pinned_and_follows() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let private = arrives(&anna, &link, "2", "Добро пожаловать").await;
    let token = asks_for_help(&private).await;
    let group = group_with_the_bot(&anna, &private).await;
    // Nothing but a command is heard, whoever says it.
    group.says("меню").await;
    group.says("круг").await;
    card_says(&group, "Недостаёт: 500").await;
    assert_eq!(group.count("Ваш статус").await, 0, "{}", group.transcript().await);

    let theirs = arrives(&boris, &link, "English", "Welcome").await;
    theirs.asks(&format!("start {token}"), "Would you like to help").await;
    theirs.asks("yes", "How much are you willing").await;
    theirs.asks("50", "Your intention: help").await;
    theirs.asks("1", "Thank you for your intention").await;
    group.sees("Boris → Anna: хочет помочь").await;
    card_says(&group, "Намерения: 50").await;

    // Where the bot is removed it keeps nothing.
    let db = bot.home.database().await;
    let kept = async || {
        let me = exodus::domain::MemberId::new(1);
        exodus::store::chat::of_keepers(&db, [me]).await.unwrap().len()
    };
    assert_eq!(kept().await, 1);
    let contacts: Vec<i64> = anna.app.asks("get_chat_contacts", private.id).await;
    anna.app.asks::<()>("remove_contact_from_chat", json!([group.id, contacts[0]])).await;
    until("nothing is kept there", async || (kept().await == 0).then_some(())).await;
    private.asks("меню", "Ваш статус").await;
}

//! Sending something of the bot's into other chats, and copying it.

use std::time::Duration;

use bot_api::{BotApi, Button, Card, Settings, User};

use crate::bot::{Bot, TOKEN, Updates, invite_of};

async fn offered(user: &User, words: &str) -> Vec<Card> {
    let question = user.asks_inline(words);
    let offered = async {
        loop {
            if let Some(cards) = user.question(question).and_then(|question| question.cards) {
                return cards;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), offered).await.expect("an answer")
}

fn shared_by(user: &User) -> Button {
    user.last_message().button("Forward").expect("a button").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_is_sent_into_any_chat_as_a_card_with_a_button() {
    let api = BotApi::launch(Settings { inline: true, ..Settings::new(TOKEN) }).await.unwrap();
    let bot = Bot::start_at(api, Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    assert_eq!(offered(&anna, "").await, [], "she has made none");
    for label in ["Members", "My invite"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("Your invite").await;
    let token = invite_of(&anna);
    assert_eq!(shared_by(&anna).switch_inline_query.as_deref(), Some(token.as_str()));
    for words in ["", "ann", token.as_str()] {
        let cards = offered(&anna, words).await;
        assert_eq!(cards.len(), 1, "{words}");
        let link = format!("https://t.me/community_bot?start={token}");
        assert!(cards[0].text.contains("Anna") && cards[0].text.contains(&link), "{}", cards[0].text);
        assert_eq!(cards[0].rows[0][0].url, Some(link));
    }
    assert_eq!(offered(&anna, "Boris").await, []);
    // Nobody else is offered it, and a stranger nothing at all.
    let boris = bot.member(2, "Boris").await;
    assert_eq!(offered(&boris, "").await, []);
    assert_eq!(offered(&bot.api.user(3), token.as_str()).await, []);
    // Revoked, it leads nowhere.
    for label in ["Revoke", "Yes, revoke it"] {
        anna.reads_and_presses(label).await;
    }
    anna.sees("has been revoked").await;
    assert_eq!(offered(&anna, "").await, []);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_inline_mode_is_off_an_invite_is_sent_as_a_link() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Members", "My invite"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("Your invite").await;
    let button = shared_by(&anna);
    assert!(button.url.is_some_and(|url| url.starts_with("https://t.me/share/url?url=")));
    // It can be copied as well.
    let copies = anna.last_message().button("Copy the link").expect("a button").copy_text.clone().unwrap();
    let link = format!("https://t.me/community_bot?start={}", invite_of(&anna));
    assert_eq!(copies["text"], link);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_server_gets_the_same_pages_with_plainer_buttons() {
    let api = BotApi::launch(Settings { older: true, ..Settings::new(TOKEN) }).await.unwrap();
    let bot = Bot::start_at(api, Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Members", "My invite"] {
        anna.presses_when_shown(label).await;
    }
    let page = anna.sees("Your invite").await;
    assert!(page.button("Copy").is_none() && page.button("Forward").is_some(), "{page}");
    bot.api.settled().await;
    // It is refused once, and then not tried again.
    let refused = || bot.api.refusals().iter().filter(|it| it.description.contains("Text buttons")).count();
    assert_eq!(refused(), 1);
    anna.writes("/menu");
    for label in ["Members", "My invite"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("Your invite").await;
    bot.api.settled().await;
    assert_eq!(refused(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_says_yes_and_what_cannot_be_undone_look_so() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let style = |label: &str| anna.last_message().button(label).expect("a button").style.clone();
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.sees("€500 every month").await;
    assert_eq!(style("Yes, ask").as_deref(), Some("success"));
    assert_eq!(style("Another sum"), None);
    anna.writes("/menu");
    for label in ["Profile", "Leave"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("Leave the bot?").await;
    assert_eq!(style("Yes, leave").as_deref(), Some("danger"));
    bot.is_blameless().await;
}

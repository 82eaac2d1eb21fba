//! A message to all: sent to whoever can be reached, while one has blocked the bot and one has left it.

use std::time::Duration;

use bot_api::User;

use crate::bot::{ADMINISTRATOR, Bot, Updates};

const WORDS: &str = "We meet on Sunday at one.";

async fn comes(bot: &Bot, id: i64, name: &str) -> User {
    let user = bot.api.user(id).named(name).lang("en");
    user.start(None);
    user.presses_when_shown("English").await;
    user.sees("Welcome!").await;
    user
}

fn read(user: &User) -> usize {
    user.messages().iter().filter(|message| message.from_bot && message.as_sent().contains(WORDS)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_can_be_reached_reads_it_once_and_the_administrator_reads_who_can_not() {
    let mut bot = Bot::start(Updates::Polled).await;
    let admin = comes(&bot, ADMINISTRATOR, "Admin").await;
    let (anna, boris, vera) =
        (comes(&bot, 1, "Anna").await, comes(&bot, 2, "Boris").await, comes(&bot, 3, "Vera").await);
    boris.blocks_bot();
    vera.presses_when_shown("Profile").await;
    vera.presses_when_shown("Leave the bot").await;
    vera.sees("This can’t be undone").await;
    vera.reads_and_presses("Yes, leave").await;
    vera.sees("You have left").await;
    let before = vera.messages().len();

    admin.presses_when_shown("Administration").await;
    admin.presses_when_shown("Write to everybody").await;
    admin.sees("What should everybody read").await;
    admin.writes(WORDS);
    admin.sees("Send it? It goes to 3 members").await;
    admin.reads_and_presses("Yes, send it to 3 members").await;
    // The process ends without a word, and another goes on.
    bot.kill_and_start_again().await;
    let told = anna.wait_for(Duration::from_secs(40), |messages| {
        messages.iter().any(|message| message.as_sent().contains(WORDS)).then_some(())
    });
    told.await.unwrap_or_else(|chat| panic!("Anna was not told:\n{chat}"));
    bot.api.settled().await;
    admin.writes("/menu");
    admin.presses_when_shown("Administration").await;
    admin.presses_when_shown("The last message to all").await;
    let page = admin.sees("– sent: 2").await;
    assert!(page.text.contains("– can’t be reached: 1"), "{page}");
    assert_eq!((read(&anna), read(&boris)), (1, 0));
    assert_eq!(vera.messages().len(), before, "whoever left is told nothing");
    assert_eq!(bot.api.violations(), []);
}

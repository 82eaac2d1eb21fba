//! A database that is older than what people have before them.

use exodus::domain::State;
use exodus::store;
use sea_orm::EntityTrait;

use crate::bot::{Bot, Updates, invite_of, is_told};

/// Somebody means to help Anna with so much.
async fn helper(bot: &Bot, id: i64, name: &str, invite: &str, sum: &str) -> bot_api::User {
    let helper = bot.member(id, name).await;
    helper.start(Some(invite));
    helper.presses_when_shown("Yes, I want to help").await;
    helper.sees("How much are you willing").await;
    helper.writes(sum);
    helper.sees("Your intention").await;
    helper.presses_when_shown("Yes, I intend to").await;
    helper.sees("Your help").await;
    helper
}

async fn states(bot: &Bot) -> Vec<State> {
    let db = bot.database().await;
    let mut rows = store::commitment::Entity::find().all(&db).await.unwrap();
    db.close().await.unwrap();
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| State::parse(&row.state).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_confirm_confirms_nobody_elses_money_after_a_restore() {
    let mut bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.presses_when_shown("Yes, ask").await;
    anna.sees("Your invite").await;
    let invite = invite_of(&anna);
    let boris = helper(&bot, 2, "Boris", &invite, "10").await;
    let dora = helper(&bot, 3, "Dora", &invite, "400").await;
    bot.api.settled().await;

    bot.is_copied().await;
    boris.reads_and_presses("Done").await;
    let old = is_told(&anna, "helped you with €10").await;
    bot.goes_back_to_the_copy().await;
    dora.reads_and_presses("Done").await;
    let new = is_told(&anna, "helped you with €400").await;
    bot.api.settled().await;

    anna.presses_on(old.id, "Confirm");
    anna.sees("That page is gone").await;
    assert_eq!(states(&bot).await, [State::Intention, State::Claimed]);
    anna.presses_on(new.id, "Confirm");
    is_told(&dora, "confirms").await;
    assert_eq!(states(&bot).await, [State::Intention, State::Fulfilled]);
    bot.is_blameless().await;
}

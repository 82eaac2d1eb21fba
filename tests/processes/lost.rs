//! What a kill leaves unshown is shown at the next start, or by another process that goes on.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule, User};
use sea_orm::DbBackend;

use crate::database::on_each;
use crate::faults::{member, messages_to};
use crate::front::Front;
use crate::program::{Program, TOKEN, free_address};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_telegram_has_put_off_and_a_kill_has_lost_is_shown_at_the_next_start_once() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let before = messages_to(&anna);
        asks_for_a_page_that_is_put_off(&api, &anna).await;
        program.kill();
        api.heal();
        assert_eq!(messages_to(&anna), before);

        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        sees_another_message(&anna, before, &program).await;
        // Which message it is, is written down after it was shown.
        anna.reads_and_presses("Профиль").await;
        anna.sees("Мой профиль").await;
        assert_eq!(messages_to(&anna), before + 1, "{}", anna.transcript());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_a_kill_has_lost_is_shown_by_another_process_that_goes_on_once() {
    on_each(async |db, url| {
        if db.get_database_backend() == DbBackend::Sqlite {
            return;
        }
        let api = BotApi::start(TOKEN).await;
        let (first, second) = (free_address(), free_address());
        // All that is brought goes to the first of the two.
        let front = Front::before(vec![first]).await;
        let outside = format!("{}/telegram", front.url());
        let mut one = Program::start(&url, api.url(), Some((&outside, first)));
        let two = Program::start(&url, api.url(), Some((&outside, second)));
        one.is_ready().await;
        two.is_ready().await;
        // What the second finds at its own start is another matter.
        tokio::time::sleep(Duration::from_secs(22)).await;
        let anna = member(&api).await;
        let before = messages_to(&anna);
        asks_for_a_page_that_is_put_off(&api, &anna).await;
        one.kill();
        api.heal();
        assert_eq!(messages_to(&anna), before);
        sees_another_message(&anna, before, &two).await;
        // It would come again by now, if it did.
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(messages_to(&anna), before + 1, "{}", anna.transcript());
    })
    .await;
}

/// It is heard, and done with but for the page.
async fn asks_for_a_page_that_is_put_off(api: &BotApi, anna: &User) {
    let asked = api.requests("sendMessage");
    api.fault(FaultRule::new(Fault::RetryAfter(30)).method("sendMessage").always());
    anna.writes("/menu");
    while api.requests("sendMessage") == asked || api.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn sees_another_message(anna: &User, before: usize, program: &Program) {
    let shown = |messages: &[bot_api::ChatMessage]| {
        (messages.iter().filter(|message| message.from_bot).count() > before).then_some(())
    };
    anna.wait_for(Duration::from_secs(90), shown).await.unwrap_or_else(|_| panic!("{}", program.log()));
}

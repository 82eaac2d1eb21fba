//! What a kill leaves unshown is shown at the next start.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule};

use crate::database::on_each;
use crate::faults::{member, messages_to};
use crate::program::{Program, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_telegram_has_put_off_and_a_kill_has_lost_is_shown_at_the_next_start_once() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let (before, asked) = (messages_to(&anna), api.requests("sendMessage"));
        api.fault(FaultRule::new(Fault::RetryAfter(30)).method("sendMessage").always());
        anna.writes("/menu");
        // It is heard, and done with but for the page.
        while api.requests("sendMessage") == asked || api.pending_updates() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program.kill();
        api.heal();
        assert_eq!(messages_to(&anna), before);

        let program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let shown = |messages: &[bot_api::ChatMessage]| {
            (messages.iter().filter(|message| message.from_bot).count() > before).then_some(())
        };
        anna.wait_for(Duration::from_secs(20), shown).await.unwrap_or_else(|_| panic!("{}", program.log()));
        anna.presses("Профиль");
        anna.sees("Мой профиль").await;
        assert_eq!(messages_to(&anna), before + 1, "{}", anna.transcript());
    })
    .await;
}

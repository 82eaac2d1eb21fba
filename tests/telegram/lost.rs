//! A messenger that refuses us: for a while, or for so long that it is lost. The program goes on, and so does the messenger
//! when it knows us again.

use std::time::Duration;

use async_trait::async_trait;
use bot_api::{BotApi, Fault, FaultRule};
use exodus_engine::conversation::{Inbox, Incoming, Messenger};
use exodus_engine::messengers::telegram::{Settings, Telegram};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::bot::{Bot, TOKEN, Updates, written_to};

const CONFLICT: &str =
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";

fn refused(code: u16, words: &str) -> Fault {
    Fault::Refuse(code, words.to_owned())
}

/// Takes everything, and does nothing.
struct Nobody;

#[async_trait]
impl Inbox for Nobody {
    async fn receive(&self, _: Incoming) -> Result<(), anyhow::Error> {
        Ok(())
    }
}

/// A bot whose patience is short.
async fn impatient(api: &BotApi) -> Telegram {
    let api_url = Some(Url::parse(api.url()).unwrap());
    let patience = Duration::from_millis(300);
    Telegram::connect(Settings { api_url, patience, ..Settings::new(TOKEN.to_owned()) }).await.unwrap()
}

pub async fn until_true(mut is_true: impl FnMut() -> bool) {
    let true_at_last = async {
        while !is_true() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(90), true_at_last).await.expect("it comes true");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_for_too_long_and_whatever_they_ask_is_lost() {
    for (code, words, told) in [
        (401, "Unauthorized", "write the one that @BotFather gave as telegram.token"),
        (404, "Not Found", "write the one that @BotFather gave as telegram.token"),
        (403, "Forbidden: SOMETHING_NEW", "SOMETHING_NEW"),
        (400, "Logged out", "Logged out"),
    ] {
        let api = BotApi::start(TOKEN).await;
        let telegram = impatient(&api).await;
        for method in ["getUpdates", "getMe"] {
            api.fault(FaultRule::new(refused(code, words)).method(method).always());
        }
        let lost = format!("{:#}", telegram.listen(&Nobody, CancellationToken::new()).await.unwrap_err());
        assert!(lost.contains(told) && !lost.contains("very-secret"), "{lost}");
        assert!(!telegram.hears());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_updates_another_program_takes_for_too_long_is_lost() {
    let api = BotApi::start(TOKEN).await;
    let telegram = impatient(&api).await;
    api.fault(FaultRule::new(refused(409, CONFLICT)).method("getUpdates").always());
    let lost = format!("{:#}", telegram.listen(&Nobody, CancellationToken::new()).await.unwrap_err());
    assert!(lost.contains("another program uses the same bot"), "{lost}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_token_is_still_good_is_not_lost_however_long_they_are_refused() {
    let api = BotApi::start(TOKEN).await;
    let telegram = impatient(&api).await;
    let stop = CancellationToken::new();
    api.fault(FaultRule::new(refused(401, "Unauthorized")).method("getUpdates").always());
    let meanwhile = async {
        until_true(|| api.requests("getMe") >= 2).await;
        assert!(!telegram.hears());
        api.heal();
        until_true(|| telegram.hears()).await;
        stop.cancel();
    };
    let (listened, ()) = tokio::join!(telegram.listen(&Nobody, stop.clone()), meanwhile);
    listened.unwrap();
}

/// Whatever they ask, and also a 409, which lasts as long as the other program asks.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_for_a_moment_is_not_lost() {
    for (code, words) in [(401, "Unauthorized"), (404, "Not Found"), (400, "Logged out"), (409, CONFLICT)] {
        let api = BotApi::start(TOKEN).await;
        let api_url = Some(Url::parse(api.url()).unwrap());
        let telegram = Telegram::connect(Settings { api_url, ..Settings::new(TOKEN.to_owned()) }).await.unwrap();
        api.fault(FaultRule::new(refused(code, words)).method("getMe").always());
        api.fault(FaultRule::new(refused(code, words)).method("getUpdates").times(2));
        let stop = CancellationToken::new();
        let meanwhile = async {
            until_true(|| telegram.hears()).await;
            stop.cancel();
        };
        let (listened, ()) = tokio::join!(telegram.listen(&Nobody, stop.clone()), meanwhile);
        listened.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_telegram_refuses_for_a_moment_is_waited_out() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for (code, words) in [(401, "Unauthorized"), (403, "Forbidden"), (400, "Logged out"), (409, CONFLICT)] {
        bot.api.fault(FaultRule::new(refused(code, words)).method("getUpdates").times(2));
        let before = written_to(&anna);
        anna.writes("/menu");
        until_true(|| written_to(&anna) > before).await;
    }
    until_true(|| bot.api.pending_updates() == 0).await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_somebody_takes_away_is_set_again() {
    let bot = Bot::start(Updates::Brought).await;
    let before = bot.api.requests("setWebhook");
    until_true(|| bot.api.requests("getWebhookInfo") > 0).await;
    bot.api.forget_webhook();
    until_true(|| bot.api.requests("setWebhook") > before).await;
    bot.member(1, "Anna").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_knows_ends_nothing_and_is_tried_again() {
    for updates in [Updates::Polled, Updates::Brought] {
        let api = BotApi::start(TOKEN).await;
        for method in ["getMe", "getUpdates", "deleteWebhook", "setWebhook"] {
            api.fault(FaultRule::new(refused(401, "Unauthorized")).method(method).always());
        }
        let mut bot = Bot::begin_at(api, updates);
        until_true(|| bot.api.requests("getMe") >= 2).await;
        bot.api.heal();
        bot.is_up().await;
        bot.member(1, "Anna").await;
        bot.stop().await.unwrap();
    }
}

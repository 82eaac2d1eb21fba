//! How updates reach the bot: read by it, or by webhook.

#![allow(clippy::disallowed_methods, reason = "measures how long the server waits")]

mod bot;

use std::sync::Arc;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use bot::{Bot, TOKEN};
use bot_api::BotApi;
use serde_json::{Value, json};

fn ids(updates: &[Value]) -> Vec<i64> {
    updates.iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn updates_look_like_telegrams() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let anna = api.user(7).named("Anna").lang("ru");
    anna.start(Some("inv_1"));
    bot.ok("sendMessage", json!({ "chat_id": 7, "text": "Yes?", "reply_markup": { "inline_keyboard": [[{ "text": "Yes, do", "callback_data": "y" }]] } })).await;
    anna.presses("Yes");
    let updates = bot.updates(0).await;
    let start = &updates[0]["message"];
    assert_eq!(start["text"], "/start inv_1");
    assert_eq!(start["entities"], json!([{ "type": "bot_command", "offset": 0, "length": 6 }]));
    assert_eq!(start["from"], json!({ "id": 7, "is_bot": false, "first_name": "Anna", "language_code": "ru" }));
    assert_eq!(start["chat"], json!({ "id": 7, "first_name": "Anna", "type": "private" }));
    let press = &updates[1]["callback_query"];
    assert_eq!((&press["data"], &press["message"]["text"]), (&json!("y"), &json!("Yes?")));
    assert_eq!(press["message"]["from"]["is_bot"], true);

    assert_eq!(api.unanswered_presses().len(), 1);
    bot.ok("answerCallbackQuery", json!({ "callback_query_id": press["id"], "text": "Done" })).await;
    assert!(api.unanswered_presses().is_empty());
    assert_eq!(anna.answered_presses()[0].answer.as_ref().unwrap().text.as_deref(), Some("Done"));
}

#[tokio::test]
async fn an_update_comes_again_until_the_next_offset_confirms_it() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let anna = api.user(7);
    anna.writes("one");
    anna.writes("two");
    assert_eq!(ids(&bot.updates(0).await), [1, 2]);
    assert_eq!(ids(&bot.updates(0).await), [1], "so soon");
    assert_eq!(ids(&bot.updates(2).await), [2]);
    let limited = bot.ok("getUpdates", json!({ "limit": 1 })).await;
    assert_eq!(ids(limited.as_array().unwrap()), [2]);
    assert_eq!(bot.ok("getUpdates", json!({ "offset": 3 })).await, json!([]));
    assert_eq!(api.pending_updates(), 0);

    api.redeliver(1);
    assert_eq!(ids(&bot.updates(3).await), [1]);
    assert_eq!(bot.ok("getUpdates", json!({ "offset": 3 })).await, json!([]));
}

#[tokio::test]
async fn a_reader_waits_for_the_next_update_and_no_longer_than_it_said() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let reader = tokio::spawn({
        let bot = bot.clone();
        async move { bot.updates(0).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    api.user(7).writes("late");
    assert_eq!(ids(&reader.await.unwrap()), [1]);
    let begun = Instant::now();
    assert_eq!(bot.ok("getUpdates", json!({ "offset": 2, "timeout": 1 })).await, json!([]));
    assert!((900..2000).contains(&begun.elapsed().as_millis()));
}

#[tokio::test]
async fn a_second_reader_ends_the_wait_of_the_first() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let first = tokio::spawn({
        let bot = bot.clone();
        async move { bot.refused("getUpdates", json!({ "timeout": 5 })).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    bot.ok("getUpdates", json!({})).await;
    assert_eq!(first.await.unwrap().0, 409);
}

#[tokio::test]
async fn only_the_kinds_the_bot_asked_for_come() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    bot.ok("getUpdates", json!({ "allowed_updates": ["callback_query"] })).await;
    let anna = api.user(7);
    assert_eq!(anna.writes("unheard"), 0);
    assert_eq!(anna.presses_data(1, "heard"), 1);
    let updates = bot.updates(0).await;
    assert_eq!(updates[0]["callback_query"]["data"], "heard");
}

#[tokio::test]
async fn a_press_too_late_can_not_be_answered_and_that_is_no_violation() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    api.user(7).presses_too_late(1, "y");
    let press = bot.updates(0).await[0]["callback_query"]["id"].clone();
    assert_eq!(bot.refused("answerCallbackQuery", json!({ "callback_query_id": press })).await.0, 400);
    assert!(api.violations().is_empty() && api.unanswered_presses().is_empty());
}

#[derive(Default)]
struct Hook {
    got: Mutex<Vec<(i64, String)>>,
    refuse: Mutex<usize>,
}

async fn hook(State(hook): State<Arc<Hook>>, headers: HeaderMap, Json(update): Json<Value>) -> StatusCode {
    let secret = headers.get("x-telegram-bot-api-secret-token").unwrap().to_str().unwrap().to_owned();
    let mut refuse = hook.refuse.lock().unwrap();
    if *refuse > 0 {
        *refuse -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    hook.got.lock().unwrap().push((update["update_id"].as_i64().unwrap(), secret));
    StatusCode::OK
}

#[tokio::test]
async fn a_webhook_gets_all_updates_with_the_secret_again_after_an_error_and_in_order_in_each_chat() {
    let state = Arc::new(Hook { refuse: Mutex::new(1), ..Hook::default() });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = Router::new().route("/hook", post(hook)).with_state(Arc::clone(&state));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let (anna, boris) = (api.user(7), api.user(8));
    anna.writes("before the webhook");
    bot.ok("SetWebhook", json!({ "url": url, "secret_token": "s3cret_" })).await;
    anna.writes("two");
    boris.writes("three");
    anna.writes("four");
    api.settled().await;
    let got = state.got.lock().unwrap().clone();
    assert!(got.iter().all(|(_, secret)| secret == "s3cret_"));
    let mut order: Vec<i64> = got.iter().map(|(id, _)| *id).filter(|id| *id != 3).collect();
    assert_eq!(order, [1, 2, 4]);
    order = got.iter().map(|(id, _)| *id).collect();
    order.sort_unstable();
    assert_eq!(order, [1, 2, 3, 4]);
    let info = bot.ok("getWebhookInfo", json!({})).await;
    assert_eq!((&info["url"], &info["pending_update_count"]), (&json!(url), &json!(0)));
    assert!(info["last_error_message"].as_str().unwrap().contains("500"));

    assert_eq!(bot.refused("getUpdates", json!({})).await.0, 409);
    bot.ok("deleteWebhook", json!({})).await;
    api.redeliver(2);
    assert_eq!(ids(&bot.updates(0).await), [2]);
}

#[tokio::test]
async fn what_no_webhook_took_can_be_read_after_it_is_deleted() {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    bot.ok("setWebhook", json!({ "url": "http://127.0.0.1:9/nobody" })).await;
    api.user(7).writes("one");
    api.user(8).writes("two");
    tokio::time::sleep(Duration::from_millis(50)).await;
    bot.ok("deleteWebhook", json!({})).await;
    assert_eq!(ids(&bot.updates(0).await), [1, 2]);
    let cases = [
        (json!({ "url": "http://example.org" }), "HTTPS URL must be provided"),
        (json!({ "url": "https://example.org", "secret_token": "no spaces" }), "unallowed characters"),
    ];
    for (params, words) in cases {
        assert!(bot.refused("setWebhook", params).await.1.contains(words));
    }
}

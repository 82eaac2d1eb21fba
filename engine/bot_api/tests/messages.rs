//! Sending, editing and deleting, as Telegram takes and refuses it.

mod bot;

use bot::{Bot, TOKEN};
use bot_api::{BotApi, Fault, FaultRule, Pace, Rate, RefusalKind, Settings};
use serde_json::{Value, json};

async fn anna() -> (BotApi, Bot, bot_api::User) {
    let api = BotApi::start(TOKEN).await;
    let bot = Bot::new(&api);
    let anna = api.user(7).named("Anna").lang("ru");
    anna.start(None);
    (api, bot, anna)
}

fn keyboard(label: &str, data: &str) -> Value {
    json!({ "inline_keyboard": [[{ "text": label, "callback_data": data }]] })
}

#[tokio::test]
async fn a_message_is_shown_with_its_entities_and_buttons_and_can_be_edited() {
    let (api, bot, anna) = anna().await;
    let bold = json!([{ "type": "bold", "offset": 0, "length": 2 }]);
    let sent = bot
        .ok(
            "SendMessage",
            json!({ "chat_id": 7, "text": "Hi Anna", "entities": bold, "reply_markup": keyboard("Go", "go") }),
        )
        .await;
    let shown = anna.last_message();
    assert_eq!((shown.text.as_str(), shown.labels()), ("Hi Anna", vec!["Go"]));
    assert_eq!(shown.covered_by(&shown.entities[0]), "Hi");
    assert_eq!(sent["reply_markup"], keyboard("Go", "go"));

    let page = json!({ "chat_id": 7, "message_id": sent["message_id"], "text": "Bye" });
    bot.ok("EditMessageText", page.clone()).await;
    let shown = anna.last_message();
    assert_eq!((shown.text.as_str(), shown.edits, shown.rows.len()), ("Bye", 1, 0));

    let (code, words) = bot.refused("editMessageText", page).await;
    assert_eq!(code, 400);
    assert_eq!(
        words,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
    );
    assert_eq!(api.refusals()[0].kind, RefusalKind::NotModified);
    assert!(api.violations().is_empty());
}

#[tokio::test]
async fn wrong_requests_are_refused_in_telegrams_words_and_noted() {
    let (api, bot, anna) = anna().await;
    bot.ok("sendMessage", json!({ "chat_id": 7, "text": "old" })).await;
    bot.ok("sendMessage", json!({ "chat_id": 7, "text": "gone" })).await;
    anna.outlives(2);
    anna.deletes(3);
    let long = "я".repeat(4097);
    let edit = |id: i32| json!({ "chat_id": 7, "message_id": id, "text": "new" });
    let cases = [
        ("sendMessage", json!({ "chat_id": 7, "text": "" }), "Bad Request: message text is empty"),
        ("sendMessage", json!({ "chat_id": 7, "text": " \n " }), "Bad Request: text must be non-empty"),
        ("sendMessage", json!({ "chat_id": 7, "text": long }), "Bad Request: message is too long"),
        ("sendMessage", json!({ "chat_id": 8, "text": "x" }), "Bad Request: chat not found"),
        ("sendMessage", json!({ "text": "x" }), "Bad Request: chat_id is empty"),
        (
            "sendMessage",
            json!({ "chat_id": 7, "text": "x", "reply_markup": keyboard("A", "") }),
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        ("editMessageText", edit(1), "Bad Request: message can't be edited"),
        ("editMessageText", edit(2), "Bad Request: message can't be edited"),
        ("editMessageText", edit(3), "Bad Request: message to edit not found"),
        ("editMessageText", edit(99), "Bad Request: message to edit not found"),
        ("deleteMessage", json!({ "chat_id": 7, "message_id": 3 }), "Bad Request: message to delete not found"),
        (
            "answerCallbackQuery",
            json!({ "callback_query_id": "1" }),
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "setMyCommands",
            json!({ "commands": [{ "command": "Start", "description": "x" }] }),
            "Bad Request: BOT_COMMAND_INVALID",
        ),
    ];
    for (method, params, words) in cases {
        assert_eq!(bot.refused(method, params.clone()).await, (400, words.to_owned()), "{method} {params}");
    }
    let violations: Vec<String> = api.violations().into_iter().map(|refusal| refusal.method).collect();
    assert_eq!(violations.iter().filter(|method| *method == "editMessageText").count(), 0);
    assert_eq!(violations.iter().filter(|method| *method == "sendMessage").count(), 6);
    assert_eq!(violations.len(), 8);
}

#[tokio::test]
async fn people_who_left_cannot_be_written_to() {
    let (api, bot, anna) = anna().await;
    let hello = json!({ "chat_id": 7, "text": "hello" });
    anna.blocks_bot();
    assert_eq!(
        bot.refused("sendMessage", hello.clone()).await,
        (403, "Forbidden: bot was blocked by the user".to_owned())
    );
    anna.start(None);
    bot.ok("sendMessage", hello.clone()).await;
    anna.deactivates();
    assert_eq!(bot.refused("sendMessage", hello).await, (403, "Forbidden: user is deactivated".to_owned()));
    assert!(api.violations().is_empty());
}

#[tokio::test]
async fn strangers_and_unknown_methods_are_turned_away() {
    let (api, bot, _) = anna().await;
    assert_eq!(bot.refused("sendTelepathy", json!({})).await, (404, "Not Found".to_owned()));
    let answer = reqwest::get(format!("{}/bot43:OTHER/getMe", api.url())).await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.text().await.unwrap(), r#"{"description":"Unauthorized","error_code":401,"ok":false}"#);
    assert_eq!(api.violations().len(), 2);
}

#[tokio::test]
async fn get_me_and_parameters_in_a_form_or_the_query_work() {
    let (api, bot, anna) = anna().await;
    assert_eq!(bot.ok("GetMe", json!({})).await["username"], "community_bot");
    let url = format!("{}/bot{TOKEN}/sendMessage", api.url());
    let http = reqwest::Client::new();
    http.get(format!("{url}?chat_id=7&text=query")).send().await.unwrap();
    assert_eq!(anna.last_message().text, "query");
    let form =
        [("chat_id", "7".to_owned()), ("text", "form".to_owned()), ("reply_markup", keyboard("A", "a").to_string())];
    http.post(&url).form(&form).send().await.unwrap();
    assert_eq!((anna.last_message().text.as_str(), anna.last_message().labels()), ("form", vec!["A"]));
    let multipart = "--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--B\r\n\
                     Content-Disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--B--\r\n";
    http.post(&url).header("content-type", "multipart/form-data; boundary=B").body(multipart).send().await.unwrap();
    assert_eq!(anna.last_message().text, "parts");
}

#[tokio::test]
async fn scripted_faults_meet_the_calls_they_are_meant_for() {
    let (api, bot, anna) = anna().await;
    let hello = json!({ "chat_id": 7, "text": "hello" });
    api.fault(FaultRule::new(Fault::RetryAfter(3)).method("sendMessage").chat(7).times(2));
    bot.ok("getMe", json!({})).await;
    for _ in 0..2 {
        let answer = bot.call("sendMessage", hello.clone()).await;
        assert_eq!(
            answer,
            json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 3", "parameters": { "retry_after": 3 } })
        );
    }
    bot.ok("sendMessage", hello.clone()).await;
    api.fault(FaultRule::new(Fault::ServerError(500)).always());
    for _ in 0..3 {
        assert_eq!(bot.refused("sendMessage", hello.clone()).await, (500, "Internal Server Error".to_owned()));
    }
    api.heal();
    let before = anna.messages().len();
    api.fault(FaultRule::new(Fault::AnswerLost));
    let raw = reqwest::get(format!("{}/bot{TOKEN}/sendMessage?chat_id=7&text=lost", api.url())).await.unwrap();
    assert!(raw.text().await.unwrap().starts_with("<html>"));
    assert_eq!(anna.messages().len(), before + 1);
    assert!(api.violations().is_empty());
    assert_eq!(api.requests("sendMessage"), 7);
}

#[tokio::test]
async fn a_bot_that_writes_too_fast_is_slowed_down() {
    let rate = Rate { per_second: 1.0, burst: 2.0 };
    let settings = Settings {
        pace: Some(Pace { chat: rate, group: rate, overall: Rate { per_second: 100.0, burst: 100.0 } }),
        ..Settings::new(TOKEN)
    };
    let api = BotApi::launch(settings).await.unwrap();
    let bot = Bot::new(&api);
    api.user(7).start(None);
    api.user(8).start(None);
    for chat in [7, 7, 8] {
        bot.ok("sendMessage", json!({ "chat_id": chat, "text": "x" })).await;
    }
    assert_eq!(bot.refused("sendMessage", json!({ "chat_id": 7, "text": "x" })).await.0, 429);
    bot.ok("sendMessage", json!({ "chat_id": 8, "text": "x" })).await;
}

#[tokio::test]
async fn commands_are_kept_for_each_language() {
    let (api, bot, _) = anna().await;
    let commands = |words: &str| json!([{ "command": "start", "description": words }]);
    bot.ok("SetMyCommands", json!({ "commands": commands("Begin") })).await;
    bot.ok("SetMyCommands", json!({ "commands": commands("Начать"), "language_code": "ru" })).await;
    assert_eq!(api.commands("")[0].description, "Begin");
    assert_eq!(api.commands("ru")[0].description, "Начать");
    assert_eq!(bot.ok("getMyCommands", json!({ "language_code": "ru" })).await, commands("Начать"));
}

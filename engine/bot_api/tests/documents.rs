//! Sending files, as Telegram takes and refuses it.

mod bot;

use bot::TOKEN;
use bot_api::BotApi;
use serde_json::{Value, json};

/// A form of several parts, the last of them a file, if there is one.
async fn send(api: &BotApi, fields: &[(&str, String)], file: Option<&str>) -> Value {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    if let Some(content) = file {
        body.push_str(&format!(
            "--line\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.json\"\r\n\
             Content-Type: application/json\r\n\r\n{content}\r\n"
        ));
    }
    body.push_str("--line--\r\n");
    let request = reqwest::Client::new().post(format!("{}/bot{TOKEN}/sendDocument", api.url()));
    let request = request.header("content-type", "multipart/form-data; boundary=line").body(body);
    request.send().await.unwrap().json().await.unwrap()
}

fn to(chat: i64) -> (&'static str, String) {
    ("chat_id", chat.to_string())
}

#[tokio::test]
async fn a_file_is_a_message_with_its_caption_and_buttons_whose_text_can_not_be_edited() {
    let api = BotApi::start(TOKEN).await;
    let anna = api.user(7);
    anna.start(None);
    let keyboard = json!({ "inline_keyboard": [[{ "text": "Back", "callback_data": "back" }]] }).to_string();
    let bold = json!([{ "type": "bold", "offset": 0, "length": 4 }]).to_string();
    let fields =
        [to(7), ("caption", "Here it is".to_owned()), ("caption_entities", bold), ("reply_markup", keyboard.clone())];
    let sent = send(&api, &fields, Some("{\"a\":1}")).await["result"].clone();
    assert_eq!(
        (&sent["document"]["file_name"], &sent["document"]["mime_type"], &sent["document"]["file_size"]),
        (&json!("a.json"), &json!("application/json"), &json!(7))
    );
    assert_eq!((&sent["caption"], &sent["text"]), (&json!("Here it is"), &Value::Null));
    let message = anna.last_message();
    let document = message.document.clone().unwrap();
    assert_eq!((document.content.as_str(), message.covered_by(&message.entities[0]).as_str()), ("{\"a\":1}", "Here"));
    assert_eq!(message.labels(), ["Back"]);
    let bot = bot::Bot::new(&api);
    let edit = json!({ "chat_id": 7, "message_id": sent["message_id"], "text": "other" });
    let (code, words) = bot.refused("editMessageText", edit).await;
    assert_eq!((code, words.as_str()), (400, "Bad Request: there is no text in the message to edit"));
}

#[tokio::test]
async fn what_is_no_file_or_too_much_is_refused() {
    let api = BotApi::start(TOKEN).await;
    api.user(7).start(None);
    let long = ("caption", "x".repeat(1025));
    for (fields, file, words) in [
        (vec![to(7)], None, "Bad Request: there is no document in the request"),
        (vec![to(7)], Some(""), "Bad Request: file must be non-empty"),
        (vec![to(7), long], Some("x"), "Bad Request: message caption is too long"),
        (vec![to(8)], Some("x"), "Bad Request: chat not found"),
    ] {
        let answer = send(&api, &fields, file).await;
        assert_eq!((&answer["ok"], &answer["description"]), (&json!(false), &json!(words)));
    }
    assert_eq!(api.requests("sendDocument"), 4);
}

//! A bot in its simplest form: it makes requests and reads answers.
#![allow(dead_code, reason = "each test file uses its own part")]

use bot_api::BotApi;
use serde_json::{Value, json};

pub const TOKEN: &str = "42:TEST";

#[derive(Clone)]
pub struct Bot {
    http: reqwest::Client,
    url: String,
}

impl Bot {
    pub fn new(api: &BotApi) -> Self {
        Self { http: reqwest::Client::new(), url: format!("{}/bot{TOKEN}", api.url()) }
    }

    /// The whole answer, whatever its status.
    pub async fn call(&self, method: &str, params: Value) -> Value {
        let request = self.http.post(format!("{}/{method}", self.url)).json(&params);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The result of a call that succeeds.
    pub async fn ok(&self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params.clone()).await;
        assert_eq!(answer["ok"], true, "{method} {params}: {answer}");
        answer["result"].clone()
    }

    /// The code and words of a call that is refused.
    pub async fn refused(&self, method: &str, params: Value) -> (u64, String) {
        let answer = self.call(method, params.clone()).await;
        assert_eq!(answer["ok"], false, "{method} {params}: {answer}");
        (answer["error_code"].as_u64().unwrap(), answer["description"].as_str().unwrap().to_owned())
    }

    pub async fn updates(&self, offset: i64) -> Vec<Value> {
        self.ok("getUpdates", json!({ "offset": offset, "timeout": 2 })).await.as_array().unwrap().clone()
    }

    /// Answers whatever comes: a text with the same text and a button, a press by counting on.
    pub async fn echo(self) {
        let mut offset = 0;
        loop {
            for update in self.updates(offset).await {
                offset = update["update_id"].as_i64().unwrap() + 1;
                self.react(&update).await;
            }
        }
    }

    pub async fn react(&self, update: &Value) {
        let keyboard = json!({ "inline_keyboard": [[{ "text": "More", "callback_data": "more" }]] });
        if let Some(text) = update["message"]["text"].as_str() {
            let text = format!("You said {text}; https://t.me/community_bot?start=tok-{}", update["update_id"]);
            let chat = &update["message"]["chat"]["id"];
            self.call("sendMessage", json!({ "chat_id": chat, "text": text, "reply_markup": keyboard })).await;
        } else if let Some(press) = update["callback_query"].as_object() {
            let (message, chat) = (&press["message"]["message_id"], &press["message"]["chat"]["id"]);
            self.call("answerCallbackQuery", json!({ "callback_query_id": press["id"] })).await;
            let text = format!("{} more", update["update_id"]);
            let page = json!({ "chat_id": chat, "message_id": message, "text": text, "reply_markup": keyboard });
            self.call("editMessageText", page).await;
        }
    }
}

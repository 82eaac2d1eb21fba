//! A chat with the bot, as its person sees it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::person::App;
use crate::waiting::{until, until_true};

pub struct Chat {
    pub app: Arc<App>,
    pub id: i64,
    /// What was looked at already.
    seen: Mutex<HashSet<i64>>,
}

/// What the bot said.
#[derive(Clone, Debug)]
pub struct Said {
    pub id: i64,
    pub text: String,
}

impl Chat {
    pub fn new(app: Arc<App>, id: i64) -> Chat {
        Chat { app, id, seen: Mutex::default() }
    }

    /// Says this once the app can: it has the bot's key then.
    pub async fn says(&self, text: &str) -> i64 {
        until("the app can write to the bot", async || {
            self.app.tries("misc_send_text_message", json!([self.id, text])).await.ok()
        })
        .await
    }

    /// Says this below a message.
    pub async fn replies(&self, message: i64, text: &str) -> i64 {
        let nothing: Option<String> = None;
        let sent: Value =
            self.app.asks("misc_send_msg", json!([self.id, text, nothing, nothing, nothing, message])).await;
        sent[0].as_i64().unwrap()
    }

    /// All that was said here, by whomever.
    pub async fn messages(&self) -> Vec<Value> {
        let ids: Vec<i64> = self.app.asks("get_message_ids", json!([self.id, false, false])).await;
        let by_id: Value = self.app.asks("get_messages", json!([ids])).await;
        ids.iter().map(|id| by_id[id.to_string()].clone()).collect()
    }

    /// What the bot said.
    pub async fn of_the_bot(&self) -> Vec<Said> {
        let messages = self.messages().await.into_iter();
        let theirs = messages.filter(|it| it["fromId"].as_i64() > Some(9) && it["isInfo"] == false);
        theirs
            .map(|it| Said { id: it["id"].as_i64().unwrap(), text: it["text"].as_str().unwrap_or_default().to_owned() })
            .collect()
    }

    /// How often the bot said this.
    pub async fn count(&self, words: &str) -> usize {
        self.of_the_bot().await.iter().filter(|said| said.text.contains(words)).count()
    }

    /// Waits for something of the bot's that contains this and was not looked at yet.
    pub async fn sees(&self, words: &str) -> Said {
        self.sees_behind(0, words).await
    }

    async fn sees_behind(&self, behind: i64, words: &str) -> Said {
        let is_it = |said: &Said| said.id > behind && said.text.contains(words);
        let found = until_or(words, async || {
            let said = self.of_the_bot().await;
            let mut seen = self.seen.lock().unwrap();
            let found = said.iter().find(|said| is_it(said) && !seen.contains(&said.id)).cloned();
            if let Some(said) = &found {
                seen.insert(said.id);
            }
            found
        })
        .await;
        match found {
            Some(found) => found,
            None => panic!("{words:?} is not said; the bot said:\n{}", self.transcript().await),
        }
    }

    /// Says this, and waits for an answer that contains that.
    pub async fn asks(&self, text: &str, answer: &str) -> Said {
        let said = self.says(text).await;
        self.sees_behind(said, answer).await
    }

    pub async fn transcript(&self) -> String {
        let messages = self.messages().await;
        messages
            .iter()
            .map(|it| format!("[{}] {}\n---\n", it["fromId"], it["text"].as_str().unwrap_or_default()))
            .collect()
    }

    /// Waits until it has been said so often.
    pub async fn is_said(&self, words: &str, times: usize) {
        until_true(words, async || self.count(words).await >= times).await;
    }
}

async fn until_or<T>(what: &str, mut answer: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let asking = until(what, async || answer().await);
    tokio::time::timeout(crate::waiting::PATIENCE - std::time::Duration::from_secs(5), asking).await.ok()
}

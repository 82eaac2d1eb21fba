//! A program that acts for a member: it shows a token, and is answered JSON.

use bot_api::User;
use serde_json::Value;

use crate::browser::{Answer, Browser};
use crate::town::Town;

/// One program.
#[derive(Clone)]
pub struct Program {
    pub token: String,
    pub browser: Browser,
}

impl Program {
    /// One that was given a token for this in the chat, or rather on its pages.
    pub async fn allowed(town: &Town, user: &User, scope: &str) -> Program {
        let mut web = town.signed_in(user, "en").await;
        let (profile, programs, allow) = ("Profile", "Programs and calendar", "Allow a program");
        for label in [profile, programs, allow] {
            web.presses(label).await;
        }
        web.writes("My robot").await;
        for label in [scope, "30 days", "Yes, allow it"] {
            web.presses(label).await;
        }
        web.page.says("I don’t keep it");
        let text = web.page.text();
        let begins = text.find("exodus_").unwrap_or_else(|| panic!("no token:\n{text}"));
        let is_sign = |sign: &char| sign.is_ascii_alphanumeric() || "-_".contains(*sign);
        let token = text[begins..].chars().take_while(is_sign).collect();
        // It was shown once: it is not there any more when somebody else looks.
        Program { token, browser: town.browser("en") }
    }

    pub async fn asks(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.asks_so(method, path, &[], body).await;
        (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
    }

    pub async fn asks_so(&mut self, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
        headers.extend(more);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.browser.asks(method, &format!("/api/v1{path}"), &headers, &body).await
    }

    /// What is found at this path.
    #[track_caller]
    pub fn gets(&mut self, path: &str) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        async move {
            let (status, found) = self.asks("GET", path, &Value::Null).await;
            assert_eq!(status, 200, "{place}: {path}: {found}");
            found
        }
    }

    /// What comes of this.
    pub async fn does(&mut self, path: &str, body: Value) -> Value {
        let (status, done) = self.asks("POST", path, &body).await;
        assert_eq!(status, 200, "{path}: {done}");
        done
    }

    /// Why this is not done: its code.
    pub async fn can_not(&mut self, method: &str, path: &str, body: Value) -> (u16, String) {
        let answer = self.asks_so(method, path, &[], &body).await;
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}: {}", answer.body);
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["status"], answer.status, "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
        (answer.status, problem["code"].as_str().unwrap().to_owned())
    }
}

/// Anna, who asks for 500 every month, and Boris, who came by her invite; each with a program that may act.
pub async fn anna_and_boris(town: &Town) -> (User, User, Program, Program) {
    let anna = town.member(101, "Anna", "en").await;
    let mut hers = Program::allowed(town, &anna, "read and act").await;
    let invite = hers.does("/invites", serde_json::json!({})).await;
    town.clock.move_to(exodus_engine::conversation::Clock::now(town.clock.as_ref()) + chrono::TimeDelta::minutes(1));
    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(invite["token"].as_str().unwrap()));
    town.presses(&boris, "English", "Anna").await;
    let his = Program::allowed(town, &boris, "read and act").await;
    (anna, boris, hers, his)
}

//! The homeserver's own answers, asked for without a client library that could improve on them.

use std::time::Duration;

use matrix_sdk::reqwest::{Client, RequestBuilder};
use serde_json::Value;

pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// Nothing, when nobody answers.
pub async fn get(server: &str, path: &str, token: Option<&str>) -> Option<Answer> {
    ask(client().get(format!("{server}{path}")), token).await
}

pub async fn send(method: &str, server: &str, path: &str, token: Option<&str>, body: &Value) -> Option<Answer> {
    let request = client().request(method.parse().unwrap(), format!("{server}{path}"));
    ask(request.header("content-type", "application/json").body(body.to_string()), token).await
}

async fn ask(request: RequestBuilder, token: Option<&str>) -> Option<Answer> {
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let response = request.send().await.ok()?;
    let status = response.status().as_u16();
    let body = response.text().await.ok()?;
    Some(Answer { status, body: serde_json::from_str(&body).unwrap_or(Value::String(body)) })
}

fn client() -> Client {
    Client::builder().no_proxy().timeout(Duration::from_secs(60)).build().unwrap()
}

use std::net::SocketAddr;

use serde::Deserialize;

use super::secret::{BotToken, WebhookSecret};
use super::value::{HttpUrl, maybe, one};

/// `[telegram]`: the bot's account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramSection {
    /// The token that @BotFather gave.
    #[serde(deserialize_with = "one")]
    pub token: BotToken,
    /// A Bot API server of one's own; Telegram's without it.
    #[serde(default, deserialize_with = "maybe")]
    pub api_url: Option<HttpUrl>,
    /// Where Telegram reaches us from outside. Long polling without it; `webhook_listen` and `webhook_secret` go with it.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_url: Option<HttpUrl>,
    /// The address and port where updates are taken in, behind whatever serves `webhook_url`.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_listen: Option<SocketAddr>,
    /// What Telegram sends along, so that nobody else can bring updates.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_secret: Option<WebhookSecret>,
}

impl TelegramSection {
    pub(super) fn faults(&self, faults: &mut Vec<String>) {
        for (key, given) in
            [("webhook_listen", self.webhook_listen.is_some()), ("webhook_secret", self.webhook_secret.is_some())]
        {
            match (self.webhook_url.is_some(), given) {
                (true, false) => faults.push(format!("telegram.{key}: missing; telegram.webhook_url needs it")),
                (false, true) => faults.push(format!("telegram.{key}: of no use without telegram.webhook_url")),
                _ => {}
            }
        }
    }
}

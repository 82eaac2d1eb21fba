use std::net::SocketAddr;

use serde::Deserialize;

use super::proxy::ProxyUrl;
use super::reading::Discord;
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
    /// What stands between us and there.
    #[serde(default, deserialize_with = "maybe")]
    pub proxy: Option<ProxyUrl>,
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
    pub(super) fn discords(&self) -> Vec<Discord> {
        let keys: [(&'static [&'static str], bool); 2] = [
            (&["telegram.webhook_listen", "telegram.webhook_url"], self.webhook_listen.is_some()),
            (&["telegram.webhook_secret", "telegram.webhook_url"], self.webhook_secret.is_some()),
        ];
        let discord = |(about, given): (&'static [&'static str], bool)| {
            let key = about.first()?;
            match (self.webhook_url.is_some(), given) {
                (true, false) => Some(Discord(about, format!("{key}: missing; telegram.webhook_url needs it"))),
                (false, true) => Some(Discord(about, format!("{key}: of no use without telegram.webhook_url"))),
                _ => None,
            }
        };
        keys.into_iter().filter_map(discord).collect()
    }
}

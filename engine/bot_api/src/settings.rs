use std::net::SocketAddr;
use std::time::Duration;

use crate::pace::Pace;

/// How the server is set up. `Settings::new(token)` is what most tests need.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token; the digits before the colon are the bot's id.
    pub token: String,
    /// The bot's name without `@`, as `getMe` tells it.
    pub username: String,
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Keep every message, update and press, so that tests can look back. A benchmark turns it off
    /// to keep only the newest messages of each chat.
    pub history: bool,
    /// How fast a bot may write, if at all limited.
    pub pace: Option<Pace>,
    /// Inline mode was turned on with @BotFather.
    pub inline: bool,
    /// So were topics in private chats.
    pub topics: bool,
    /// A server from before Bot API 7.10: it passes over the styles of buttons, and takes none that copy.
    pub older: bool,
    /// The first pause after a webhook that did not take its update; it doubles up to 64 times this.
    pub webhook_retry: Duration,
}

impl Settings {
    /// A free port on the loopback interface, full history, no pace limit.
    pub fn new(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            username: "community_bot".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            history: true,
            pace: None,
            inline: false,
            topics: false,
            older: false,
            webhook_retry: Duration::from_millis(200),
        }
    }

    /// The bot's own user id.
    pub fn bot_id(&self) -> i64 {
        let digits = self.token.split(':').next().unwrap_or_default();
        digits.parse().unwrap_or(1)
    }
}

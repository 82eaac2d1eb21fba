use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use url::Url;

use super::troubles::PATIENCE;

/// The bot's account, and how its updates come.
#[derive(Clone)]
pub struct Settings {
    /// The token that @BotFather gave. Never shown.
    pub token: String,
    /// A Bot API server of one's own; Telegram's without it.
    pub api_url: Option<Url>,
    /// What stands between us and there. Never shown: it may hold a password.
    pub proxy: Option<Url>,
    /// Long polling without it.
    pub webhook: Option<Webhook>,
    /// What the menu beside the input field offers. Left as it is when empty.
    pub commands: Vec<Commands>,
    /// What the bot is called there. Left as it is without one.
    pub name: Option<String>,
    /// What it says of itself to those who have not begun. Left as it is when empty.
    pub introductions: Vec<Introduction>,
    /// How long Telegram may refuse us before we are lost.
    pub patience: Duration,
}

impl Settings {
    /// A bot at Telegram itself, by long polling.
    pub fn new(token: String) -> Settings {
        Settings {
            token,
            api_url: None,
            proxy: None,
            webhook: None,
            commands: Vec::new(),
            name: None,
            introductions: Vec::new(),
            patience: PATIENCE,
        }
    }
}

/// Updates are brought to us.
#[derive(Clone)]
pub struct Webhook {
    /// Where Telegram reaches us from outside.
    pub url: Url,
    /// Where we listen, behind whatever serves `url`.
    pub listen: SocketAddr,
    /// What Telegram sends along, so that nobody else can bring updates: 1 to 256 letters, digits, `_` and `-`.
    pub secret: String,
}

/// The commands as people of one language are shown them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commands {
    /// A language of two letters; `None`: everybody whose own language is not there.
    pub lang: Option<String>,
    /// In the order in which they are listed.
    pub commands: Vec<Command>,
    /// They are offered in groups, and not in private chats.
    pub in_groups: bool,
}

/// What the bot says of itself to people of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// A language of two letters; `None`: everybody whose own language is not there.
    pub lang: Option<String>,
    /// What stands in its empty chat.
    pub description: String,
    /// What stands on its profile, and beside its link.
    pub short: String,
}

/// One command, without the slash, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What is typed after the slash.
    pub name: String,
    /// What it does, in the words of that language.
    pub does: String,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("api_url", &self.api_url)
            .field("webhook", &self.webhook)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Webhook { url, listen, .. } = self;
        f.debug_struct("Webhook").field("url", url).field("listen", listen).finish_non_exhaustive()
    }
}

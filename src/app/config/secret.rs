//! Values that nobody may read in a log, an error or a debug print.

use std::fmt;

use url::Url;

use super::value::Value;

/// A text that is never shown: its `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one who has to send it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl Value for Secret {
    const EXPECTED: &'static str = "a text that is not empty";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Secret(text.to_owned()))
    }
}

/// A bot's token as BotFather gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotToken(pub Secret);

impl Value for BotToken {
    const EXPECTED: &'static str = "the token that @BotFather gave, such as 123456:ABC-DEF";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let (id, key) = text.split_once(':')?;
        let fits = !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()) && is_word(key);
        fits.then(|| BotToken(Secret(text.to_owned())))
    }
}

/// What Telegram sends along with each update, so that nobody else can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSecret(pub Secret);

impl Value for WebhookSecret {
    const EXPECTED: &'static str = "1 to 256 letters, digits, _ and -";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        (is_word(text) && text.len() <= 256).then(|| WebhookSecret(Secret(text.to_owned())))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"_-".contains(&letter))
}

/// Where the database is; it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address as it has to be opened, password and all.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The file of a SQLite database; `None` for one in memory and for PostgreSQL.
    pub fn file(&self) -> Option<&str> {
        let path = self.0.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('?').next().unwrap_or_default();
        (!path.is_empty() && path != ":memory:").then_some(path)
    }
}

impl Default for DatabaseUrl {
    fn default() -> Self {
        DatabaseUrl("sqlite://exodus.db".to_owned())
    }
}

/// Without the password, as logs and errors may show it.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.starts_with("sqlite:") {
            return f.write_str(&self.0);
        }
        let Ok(url) = Url::parse(&self.0) else { return f.write_str("postgres://(not shown)") };
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        write!(f, "postgres://{}{port}{}", url.host_str().unwrap_or_default(), url.path())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Value for DatabaseUrl {
    const EXPECTED: &'static str = "sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let sqlite = text.strip_prefix("sqlite:").is_some_and(|path| !path.trim_start_matches('/').is_empty());
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        (sqlite || (postgres && Url::parse(text).is_ok())).then(|| DatabaseUrl(text.to_owned()))
    }
}

//! Values that nobody may read in a log, an error or a debug print.

use std::fmt;

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

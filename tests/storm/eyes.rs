//! What a person has before their eyes, whichever messenger shows it.

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub label: String,
    /// It may do something, where a link only leads somewhere. Not to be seen everywhere.
    pub may_do: bool,
    pub how: How,
}

/// How it is chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    Press { message: i32, data: String },
    Write(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The message that shows it.
    pub message: String,
    pub text: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The open page.
    pub page: Page,
    /// The choices of the latest notices.
    pub notices: Vec<Choice>,
    /// The token of an invite that is shown.
    pub invite: Option<String>,
}

impl Page {
    /// Whether a sum is to be typed.
    pub fn asks_for_a_sum(&self) -> bool {
        ["ype a sum", "type your own", "How much do you ask for", "How much would you give"]
            .iter()
            .any(|words| self.text.contains(words))
    }

    /// Whether words are to be typed: what has happened to whoever asks a pool.
    pub fn asks_for_words(&self) -> bool {
        self.text.contains("What has happened?")
    }
}

/// The token in an invite: behind `start=` in a link, or behind `start` where it is to be written.
pub fn invite_in(text: &str) -> Option<String> {
    let (_, behind) = text.split_once("?start=").or_else(|| text.split_once("start "))?;
    let token: String = behind.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    (token.len() >= 16).then_some(token)
}

/// A person's chat with the bot.
pub trait Chat: Send + Sync + 'static {
    /// The messenger, and the address that the bot knows them by.
    fn who(&self) -> (&'static str, String);

    fn sees(&self) -> Seen;

    /// A command as it is written here.
    fn command(&self, words: &str) -> String;

    fn chooses(&self, choice: &Choice) -> impl Future<Output = ()> + Send;

    fn writes(&self, words: &str) -> impl Future<Output = ()> + Send;

    /// Waits for an answer as long as people do. False: none came.
    fn is_answered(&self) -> impl Future<Output = bool> + Send;
}

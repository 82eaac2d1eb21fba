use crate::conversation::{Heard, Messenger};
use crate::messengers::terminal::{Said, Terminal};

/// A messenger whose people are played: it keeps what they are shown, and knows what they do who mean these words.
pub trait People: Messenger {
    /// What `who` does to say this: writes it, or presses a button.
    fn does(&self, who: &str, words: &str) -> Heard;

    /// What `who` does to say this in reply to the notice with this number: writes it, and to which message; or presses
    /// one of its buttons. `None`: they were shown no such notice.
    fn replies(&self, who: &str, notice: i64, words: &str) -> Option<(Heard, Option<String>)>;

    /// Everything shown since the last time, in its order.
    fn take(&self) -> Vec<Said>;
}

impl People for Terminal {
    fn does(&self, _who: &str, words: &str) -> Heard {
        Heard::Text(words.to_owned())
    }

    fn replies(&self, who: &str, notice: i64, words: &str) -> Option<(Heard, Option<String>)> {
        let message = self.message(who, notice)?;
        Some((Heard::Text(words.to_owned()), Some(message)))
    }

    fn take(&self) -> Vec<Said> {
        Terminal::take(self)
    }
}

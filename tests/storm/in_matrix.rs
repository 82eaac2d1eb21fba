//! A member in Matrix: numbers and words.

use std::sync::Mutex;
use std::time::Duration;

use crate::chat::Chat as Room;
use crate::eyes::{Chat, Choice, How, Page, Seen, invite_in};

const PATIENCE: Duration = Duration::from_secs(8);

/// How far back people look for what they could answer.
const BEFORE_THEIR_EYES: usize = 10;

pub struct InMatrix {
    room: Room,
    address: String,
    /// How many messages of the bot's there were when they wrote last.
    before: Mutex<usize>,
}

impl InMatrix {
    pub fn new(room: Room, address: String) -> InMatrix {
        InMatrix { room, address, before: Mutex::new(0) }
    }
}

impl Chat for InMatrix {
    fn who(&self) -> (&'static str, String) {
        ("matrix", self.address.clone())
    }

    fn sees(&self) -> Seen {
        let mut said = self.room.of_the_bot();
        let newest = said.split_off(said.len().saturating_sub(BEFORE_THEIR_EYES));
        let mut seen = Seen::default();
        for message in newest.iter().rev() {
            let text = message.body();
            seen.invite = seen.invite.or_else(|| invite_in(text));
            let choices: Vec<Choice> = text.lines().filter_map(choice).collect();
            if text.contains("To answer, type:") {
                seen.notices.extend(choices);
            } else if seen.page.choices.is_empty() {
                seen.page = Page { message: message.id.to_string(), text: text.to_owned(), choices };
            }
        }
        seen
    }

    fn command(&self, words: &str) -> String {
        words.to_owned()
    }

    async fn chooses(&self, choice: &Choice) {
        match &choice.how {
            How::Press { data, .. } => self.writes(data).await,
            How::Write(words) => self.writes(words).await,
        }
    }

    async fn writes(&self, words: &str) {
        *self.before.lock().unwrap() = self.room.of_the_bot().len();
        self.room.says(words).await;
    }

    async fn is_answered(&self) -> bool {
        let before = *self.before.lock().unwrap();
        let answered = async {
            while self.room.of_the_bot().len() <= before {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, answered).await.is_ok()
    }
}

/// A line of a list: `3. Members` on a page, `• Confirm 12` under a notice. Where a number may have come to mean another
/// thing meanwhile, people write the words.
fn choice(line: &str) -> Option<Choice> {
    let label = match line.strip_prefix("• ") {
        Some(label) => label,
        None => line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok())?.1,
    };
    Some(Choice { label: label.to_owned(), may_do: true, how: How::Write(label.to_owned()) })
}

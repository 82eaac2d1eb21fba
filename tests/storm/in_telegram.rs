//! A member in Telegram: buttons.

use std::time::Duration;

use bot_api::{ChatMessage, User};

use crate::eyes::{Chat, Choice, How, Page, Seen, invite_in};

/// How far back people look for what they could answer.
const BEFORE_THEIR_EYES: usize = 10;

const PATIENCE: Duration = Duration::from_secs(4);

pub struct InTelegram(pub User);

impl Chat for InTelegram {
    fn who(&self) -> (&'static str, String) {
        ("telegram", self.0.id().to_string())
    }

    fn sees(&self) -> Seen {
        let messages: Vec<ChatMessage> =
            self.0.newest(BEFORE_THEIR_EYES).into_iter().filter(|message| message.from_bot).collect();
        let mut seen = Seen { invite: messages.iter().find_map(|message| invite_in(&message.text)), ..Seen::default() };
        for message in messages {
            let choices = choices(&message);
            if choices.iter().any(|choice| !is_of_notice(choice)) {
                if seen.page.choices.is_empty() {
                    seen.page = Page { message: message.id.to_string(), text: message.text, choices };
                }
            } else {
                seen.notices.extend(choices);
            }
        }
        seen
    }

    fn command(&self, words: &str) -> String {
        format!("/{words}")
    }

    async fn chooses(&self, choice: &Choice) {
        match &choice.how {
            How::Press { message, data } => self.0.presses_data(*message, data),
            How::Write(words) => self.0.writes(words),
        };
    }

    async fn writes(&self, words: &str) {
        self.0.writes(words);
    }

    async fn is_answered(&self) -> bool {
        self.0.is_answered(PATIENCE).await
    }
}

fn choices(message: &ChatMessage) -> Vec<Choice> {
    let pressable = message.rows.iter().flatten().filter_map(|button| {
        let data = button.callback_data.clone()?;
        let may_do = data.contains(':');
        Some(Choice { label: button.text.clone(), may_do, how: How::Press { message: message.id, data } })
    });
    pressable.collect()
}

/// What belongs to a notice carries its number.
fn is_of_notice(choice: &Choice) -> bool {
    matches!(&choice.how, How::Press { data, .. } if data.starts_with('n'))
}

//! A member in Matrix: numbers and words, in a room with the bot. Who is invited to another room by it goes on there.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use matrix_sdk::ruma::OwnedUserId;

use crate::chat::Chat as Room;
use crate::eyes::{Chat, Choice, How, Page, Seen, invite_in};
use crate::heard::Message;
use crate::person::Person;
use crate::server::Server;

const PATIENCE: Duration = Duration::from_secs(8);

/// How far back people look for what they could answer.
const BEFORE_THEIR_EYES: usize = 10;

#[derive(Clone)]
pub struct InMatrix {
    person: Arc<Person>,
    bot: OwnedUserId,
    /// Where they talk with it now.
    room: Arc<Mutex<Room>>,
    /// How many messages of the bot's there were when they wrote last.
    before: Arc<Mutex<usize>>,
}

impl InMatrix {
    /// Signs in, opens a room with the bot, which comes, and begins to talk with it.
    pub async fn arrives(server: &Server, bot: &str, at: usize) -> InMatrix {
        let person = Person::on(server, &format!("Kin_M{at}")).await;
        let bot: OwnedUserId = bot.try_into().unwrap();
        let room = person.opens_a_chat(&bot).await;
        room.is_joined_by_the_bot().await;
        room.says("start").await;
        room.sees("Please choose your language").await;
        room.asks("English", "Your status").await;
        let (person, room) = (Arc::new(person), Arc::new(Mutex::new(room)));
        InMatrix { person, bot, room, before: Arc::default() }
    }

    fn room(&self) -> Room {
        self.room.lock().unwrap().clone()
    }

    /// All that the bot has said to them, wherever.
    pub fn told(&self) -> Vec<Message> {
        self.room().everything().into_iter().filter(|message| message.from == self.bot).collect()
    }

    pub fn transcript(&self) -> String {
        let said = self.room().everything();
        said.iter().map(|message| format!("{} {}: {}\n", message.room, message.from, message.body())).collect()
    }

    /// Goes where the bot asks them to come.
    async fn follows_the_bot(&self) {
        for invited in self.person.client.invited_rooms() {
            // The bot may be killed meanwhile, and the invite may be over.
            if invited.join().await.is_ok() {
                *self.room.lock().unwrap() = self.person.chat_in(invited, &self.bot);
            }
        }
    }
}

impl Chat for InMatrix {
    fn who(&self) -> (&'static str, String) {
        ("matrix", self.person.id.to_string())
    }

    fn sees(&self) -> Seen {
        let mut said = self.told();
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
        self.follows_the_bot().await;
        *self.before.lock().unwrap() = self.told().len();
        self.room().says(words).await;
    }

    async fn is_answered(&self) -> bool {
        let before = *self.before.lock().unwrap();
        let answered = async {
            while self.told().len() <= before {
                self.follows_the_bot().await;
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

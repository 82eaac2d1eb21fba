//! The messages of one chat. Ids are consecutive, so a message is found by subtraction.

use std::collections::VecDeque;

use crate::keyboard::Button;
use crate::message::ChatMessage;
use crate::text::Entity;

#[derive(Debug, Default)]
pub(crate) struct History {
    messages: VecDeque<ChatMessage>,
    said: i32,
}

impl History {
    pub fn say(
        &mut self,
        from_bot: bool,
        date: i64,
        text: String,
        entities: Vec<Entity>,
        rows: Vec<Vec<Button>>,
    ) -> &ChatMessage {
        self.said += 1;
        let message = ChatMessage {
            id: self.said,
            thread: None,
            from_bot,
            date,
            edit_date: None,
            text,
            entities,
            document: None,
            photo: None,
            rows,
            first_text: None,
            edits: 0,
            deleted: false,
            too_old: false,
        };
        self.messages.push_back(message);
        &self.messages[self.messages.len() - 1]
    }

    /// Forgets all but the newest.
    pub fn keep_newest(&mut self, count: usize) {
        while self.messages.len() > count {
            self.messages.pop_front();
        }
    }

    pub fn all(&self) -> impl DoubleEndedIterator<Item = &ChatMessage> {
        self.messages.iter()
    }

    /// Newest first, without those deleted.
    pub fn shown(&self) -> impl Iterator<Item = &ChatMessage> {
        self.messages.iter().rev().filter(|message| !message.deleted)
    }

    pub fn get_mut(&mut self, id: i32) -> Option<&mut ChatMessage> {
        let first = self.messages.front()?.id;
        self.messages.get_mut(usize::try_from(id.checked_sub(first)?).ok()?)
    }

    pub fn get(&self, id: i32) -> Option<&ChatMessage> {
        let first = self.messages.front()?.id;
        self.messages.get(usize::try_from(id.checked_sub(first)?).ok()?)
    }

    /// The newest message with a button whose label contains this.
    pub fn with_button(&self, label: &str) -> Option<(&ChatMessage, &Button)> {
        self.shown().find_map(|message| Some((message, message.button(label)?)))
    }
}

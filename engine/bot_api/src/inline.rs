//! Inline mode: what people ask the bot for in any of their chats, and what it offers to send there.

use crate::keyboard::Button;

/// What somebody typed behind the bot's name, and what the bot offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Who asks.
    pub user: i64,
    /// What they typed.
    pub words: String,
    /// What is offered; none before the bot has answered.
    pub cards: Option<Vec<Card>>,
    /// Nobody else is offered the same.
    pub is_personal: bool,
}

/// One thing that can be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// What the bot calls it.
    pub id: String,
    /// What it is called in the list.
    pub title: String,
    /// What is said of it there.
    pub about: String,
    /// The message that is sent.
    pub text: String,
    /// The buttons under it.
    pub rows: Vec<Vec<Button>>,
}

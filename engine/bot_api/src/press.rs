//! Presses of buttons, and their answers.

/// What the person saw when their press was answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PressAnswer {
    /// The line shown, if any.
    pub text: Option<String>,
    /// Shown as an alert to be closed, instead of a passing line.
    pub alert: bool,
}

/// A press of a button with `callback_data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    /// The callback query's id.
    pub id: u64,
    /// The update that carried it.
    pub update: u32,
    /// Who pressed.
    pub user: i64,
    /// Under which message.
    pub message: i32,
    /// The button's data.
    pub data: String,
    /// The first answer.
    pub answer: Option<PressAnswer>,
    /// How often it was answered: a second delivery may be answered again.
    pub answers: u32,
    /// Telegram takes no answer any more.
    pub too_old: bool,
}

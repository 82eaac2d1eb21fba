//! A message on its way to somebody, and what can become of it.

use std::time::Duration;

use thiserror::Error;

use super::Rendered;

/// One message to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// The chat's address.
    pub to: &'a str,
    /// What is to be seen.
    pub page: &'a Rendered,
    /// The message to edit in place, if that is still possible; otherwise a new one is sent.
    pub edit: Option<&'a str>,
    /// The same for every attempt to send this letter: messengers that know a transaction id take
    /// it, and then a second attempt shows nothing twice.
    pub id: &'a str,
    /// Where in the chat it is shown, as [`Incoming::thread`](super::Incoming::thread) said; `None`: in its main line.
    pub thread: Option<&'a str>,
    /// The address is a group's, and not one person's.
    pub group: Option<InGroup<'a>>,
}

/// Where in a group a letter goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InGroup<'a> {
    /// A topic of it, as the messenger calls that; none: the group as a whole.
    pub place: Option<&'a str>,
}

/// What came of pinning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    /// It is pinned; or nothing ever is in this messenger.
    Done,
    /// The bot may not pin there, until somebody lets it.
    NotAllowed,
}

/// The message that a letter became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The messenger's id of it: what a reply to it names.
    pub message: Option<String>,
    /// The message to edit next time; none where a messenger never edits.
    pub live: Option<String>,
}

impl Shown {
    /// In this message, which can be edited later.
    pub fn editable(message: impl Into<String>) -> Shown {
        let message = message.into();
        Shown { message: Some(message.clone()), live: Some(message) }
    }

    /// In this message, which stays as it is.
    pub fn for_good(message: impl Into<String>) -> Shown {
        Shown { message: Some(message.into()), live: None }
    }
}

/// Why a letter was not shown.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SendError {
    /// No answer, or none that makes sense: wait so long, then try again.
    #[error("try again in {0:?}")]
    Later(Duration),
    /// This chat wants to be left alone for so long. Others may be written to.
    #[error("nothing can be sent to this chat for {0:?}")]
    Wait(Duration),
    /// The messenger wants to be left alone for so long: nothing at all is to be sent until then.
    #[error("nothing can be sent for {0:?}")]
    Pause(Duration),
    /// The messenger refuses it, for a reason that nobody foresaw, and perhaps not for ever: try again after so long. When it
    /// has been refused so for hours, [`Rendered::plain`] may be taken.
    #[error("refused, try again in {again:?}: {why}")]
    Unknown {
        /// How long to wait before the next try.
        again: Duration,
        /// What the messenger said, for the operator: no secret is in it.
        why: String,
    },
    /// This account can't be reached: it blocked the bot, left, or is no more.
    #[error("the account can't be reached")]
    Gone,
    /// The group goes on at this address.
    #[error("the group has moved")]
    Moved(String),
    /// The messenger will never take this letter, as far as is known: a bug of ours. Keep it, tell the operator.
    #[error("{0}")]
    Broken(String),
}

impl SendError {
    /// When to try it again; `None`: it would be no use.
    pub fn again(&self) -> Option<Duration> {
        match self {
            SendError::Later(pause) | SendError::Wait(pause) | SendError::Pause(pause) => Some(*pause),
            SendError::Unknown { again, .. } => Some(*again),
            SendError::Gone | SendError::Moved(_) | SendError::Broken(_) => None,
        }
    }
}

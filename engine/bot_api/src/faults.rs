//! Faults that a test asks for.

use std::time::Duration;

use crate::methods::Method;

/// What goes wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    /// 429 with this `retry_after`, in seconds.
    RetryAfter(u32),
    /// Refused with this code and description.
    Refuse(u16, String),
    /// A server error with this status and Telegram's body for it.
    ServerError(u16),
    /// 200, and a body that is no JSON.
    Garbage,
    /// The request is done and answered after so long.
    Slow(Duration),
    /// No answer for so long, then a server error; nothing is done.
    Hang(Duration),
    /// No answer until `BotApi::heal`, then a server error; nothing is done.
    Stuck,
    /// The request is done, its answer is lost: a body that is no JSON.
    AnswerLost,
    /// The request is done at once, and answered after so long.
    AnswerLate(Duration),
}

/// Which calls a fault meets: the next one, unless said otherwise.
#[derive(Debug, Clone)]
pub struct FaultRule {
    pub(crate) fault: Fault,
    pub(crate) method: Option<Method>,
    pub(crate) chat: Option<i64>,
    pub(crate) left: Option<u32>,
}

impl FaultRule {
    /// The next call of any method but `getUpdates`.
    pub fn new(fault: Fault) -> Self {
        Self { fault, method: None, chat: None, left: Some(1) }
    }

    /// Only calls of this method.
    pub fn method(mut self, name: &str) -> Self {
        self.method = Method::named(name);
        assert!(self.method.is_some(), "no such method: {name}");
        self
    }

    /// Only calls about this chat.
    pub fn chat(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    /// So many calls.
    pub fn times(mut self, times: u32) -> Self {
        self.left = Some(times);
        self
    }

    /// All calls, until `BotApi::heal`.
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    fn meets(&self, method: Method, chat: Option<i64>) -> bool {
        let method_meets = match self.method {
            Some(wanted) => wanted == method,
            None => method != Method::GetUpdates,
        };
        method_meets && self.left != Some(0) && self.chat.is_none_or(|wanted| chat == Some(wanted))
    }
}

/// Takes the fault that this call meets, if any.
pub(crate) fn take(rules: &mut Vec<FaultRule>, method: Method, chat: Option<i64>) -> Option<Fault> {
    let at = rules.iter().position(|rule| rule.meets(method, chat))?;
    let fault = rules[at].fault.clone();
    if let Some(left) = &mut rules[at].left {
        *left -= 1;
        if *left == 0 {
            rules.remove(at);
        }
    }
    Some(fault)
}

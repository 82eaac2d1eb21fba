//! What Telegram says when it refuses a request.

use std::borrow::Cow;

/// What sort of refusal it was: some are the bot's mistake, some happen to every bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The request is wrong whatever the circumstances: a violation.
    Malformed,
    /// An edit that changes nothing.
    NotModified,
    /// The message can't be edited or deleted any more, or the press is too old to answer.
    TooLate,
    /// The person blocked the bot or is gone.
    Gone,
    /// Two readers of updates, or a reader beside a webhook.
    Conflict,
    /// Too many requests.
    TooFast,
    /// The group has become a supergroup.
    Migrated,
    /// The group does not let the bot.
    NotAllowed,
    /// The test asked for it.
    Scripted,
}

/// A request that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The method as Telegram spells it, such as `sendMessage`.
    pub method: String,
    /// The chat it was about, if any.
    pub chat: Option<i64>,
    /// The HTTP status and `error_code`.
    pub code: u16,
    /// Telegram's words.
    pub description: String,
    /// Whose fault it is.
    pub kind: RefusalKind,
}

/// The answer of a method that refuses.
#[derive(Debug)]
pub(crate) struct Refused {
    pub code: u16,
    pub description: Cow<'static, str>,
    pub retry_after: Option<u32>,
    pub migrate_to: Option<i64>,
    pub kind: RefusalKind,
}

impl Refused {
    fn new(code: u16, description: impl Into<Cow<'static, str>>, kind: RefusalKind) -> Self {
        Self { code, description: description.into(), retry_after: None, migrate_to: None, kind }
    }

    pub fn bad(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, description, RefusalKind::Malformed)
    }

    pub fn too_late(description: &'static str) -> Self {
        Self::new(400, description, RefusalKind::TooLate)
    }

    pub fn not_modified() -> Self {
        let words = "Bad Request: message is not modified: specified new message content and reply markup \
                     are exactly the same as a current content and reply markup of the message";
        Self::new(400, words, RefusalKind::NotModified)
    }

    pub fn gone(description: &'static str) -> Self {
        Self::new(403, description, RefusalKind::Gone)
    }

    pub fn not_allowed(description: &'static str) -> Self {
        Self::new(400, description, RefusalKind::NotAllowed)
    }

    pub fn migrated(to: i64) -> Self {
        let words = "Bad Request: group chat was upgraded to a supergroup chat";
        Self { migrate_to: Some(to), ..Self::new(400, words, RefusalKind::Migrated) }
    }

    pub fn conflict(description: &'static str) -> Self {
        Self::new(409, description, RefusalKind::Conflict)
    }

    pub fn too_large() -> Self {
        Self::new(413, "Request Entity Too Large", RefusalKind::Malformed)
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized", RefusalKind::Malformed)
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found", RefusalKind::Malformed)
    }

    pub fn too_fast(seconds: u32) -> Self {
        let words = format!("Too Many Requests: retry after {seconds}");
        Self { retry_after: Some(seconds), ..Self::new(429, words, RefusalKind::TooFast) }
    }

    pub fn scripted(code: u16, description: String) -> Self {
        Self::new(code, description, RefusalKind::Scripted)
    }

    /// The body that is sent.
    pub fn body(&self) -> String {
        let mut body = serde_json::json!({
            "ok": false, "error_code": self.code, "description": self.description,
        });
        if let Some(seconds) = self.retry_after {
            body["parameters"] = serde_json::json!({ "retry_after": seconds });
        }
        if let Some(to) = self.migrate_to {
            body["parameters"] = serde_json::json!({ "migrate_to_chat_id": to });
        }
        body.to_string()
    }
}

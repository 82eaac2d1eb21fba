//! What a message that did not go out means.

use std::time::Duration;

use super::DeltaChat;
use super::rpc::RpcError;
use crate::conversation::SendError;
use crate::store::deltachat::NotKept;

/// What the program says before what the mail server refused for good.
const FOR_GOOD: &str = "Permanent SMTP error";

/// Why a letter did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unsent {
    /// There is nobody to write to.
    Gone,
    /// The mail server or the program does not answer.
    Silent(String),
    /// Too much was sent lately; it may go after this time.
    Waits(Duration),
    /// The program refuses, and nobody knows for how long.
    Refused(String),
    /// The mail server will never take it.
    Never(String),
}

impl From<RpcError> for Unsent {
    fn from(error: RpcError) -> Unsent {
        match error {
            RpcError::Ended => Unsent::Silent(error.to_string()),
            RpcError::Refused(why) => Unsent::Refused(why),
            RpcError::Unreadable { .. } => Unsent::Refused(error.to_string()),
        }
    }
}

impl From<NotKept> for Unsent {
    fn from(error: NotKept) -> Unsent {
        Unsent::Silent(format!("the database does not answer: {error}"))
    }
}

/// What a message was given up for. What the server said may hold somebody's address, so only its code is repeated.
pub(super) fn refused(why: &str) -> Unsent {
    let code = why.split_whitespace().find(|word| is_code(word)).unwrap_or("no code");
    match (why.starts_with(FOR_GOOD), code.starts_with("5.1.")) {
        // Nobody has this address.
        (true, true) => Unsent::Gone,
        (true, false) => Unsent::Never(format!("the mail server refuses it for good ({code})")),
        // It was tried too often, or for a reason that nobody foresaw.
        (false, _) => Unsent::Silent("a message was given up, and is sent again".to_owned()),
    }
}

/// As in `5.7.1`.
fn is_code(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

impl DeltaChat {
    pub(super) fn unsent(&self, to: &str, unsent: Unsent) -> SendError {
        match unsent {
            Unsent::Gone => {
                self.hold.answered(to);
                SendError::Gone
            }
            Unsent::Silent(why) => SendError::Later(self.hold.failed(to, &why)),
            Unsent::Waits(pause) => SendError::Wait(pause.max(Duration::from_secs(1))),
            Unsent::Refused(why) => SendError::Unknown { again: self.hold.failed(to, &why), why },
            Unsent::Never(why) => {
                self.hold.answered(to);
                SendError::Broken(why)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_to_be_for_good_is_final_and_nothing_of_people_is_repeated() {
        let gone = "Permanent SMTP error: permanent: 5.1.1 <eva@example.org> no such user";
        assert_eq!(refused(gone), Unsent::Gone);
        let spam = refused("Permanent SMTP error: permanent: 5.7.1 eva@example.org refused as spam");
        assert_eq!(spam, Unsent::Never("the mail server refuses it for good (5.7.1)".into()));
        let bare = refused("Permanent SMTP error: permanent: no such mailbox eva@example.org");
        assert!(matches!(bare, Unsent::Never(why) if !why.contains("eva")));
        for again in ["Number of retries exceeded the limit.", "", "something new 5.1.1"] {
            assert!(matches!(refused(again), Unsent::Silent(_)), "{again}");
        }
    }
}

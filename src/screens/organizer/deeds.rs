//! What the deeds are called, what is asked before one that can't be undone, and what is said after.

use crate::domain::{DeedKind, Money};
use crate::locale::Msg;
use crate::msg;

/// What stands on the button.
pub(super) fn label(kind: DeedKind) -> Msg {
    match kind {
        DeedKind::Promise => msg!("deed-promise"),
        DeedKind::FulfilNow | DeedKind::Claim => msg!("deed-claim"),
        DeedKind::Change => msg!("deed-change"),
        DeedKind::Withdraw => msg!("deed-withdraw"),
        DeedKind::Remind => msg!("deed-remind"),
        DeedKind::Confirm => msg!("deed-confirm"),
        DeedKind::NotReceived => msg!("deed-not-received"),
        DeedKind::AskToPromise => msg!("deed-ask-to-promise"),
        DeedKind::AskToFulfil => msg!("deed-ask-to-fulfil"),
        DeedKind::Forgive => msg!("deed-forgive"),
    }
}

/// The question before a deed that binds or can't be undone, and its Yes; nothing for the others,
/// which are done at once.
pub(super) fn sure(kind: DeedKind, name: &str, sum: Money) -> Option<(Msg, Msg)> {
    match kind {
        DeedKind::Promise => Some((msg!("sure-promise", name = name, sum = sum), msg!("sure-promise-yes"))),
        DeedKind::Withdraw => Some((msg!("sure-withdraw", name = name, sum = sum), msg!("sure-withdraw-yes"))),
        DeedKind::Forgive => Some((msg!("sure-forgive", name = name, sum = sum), msg!("sure-forgive-yes"))),
        _ => None,
    }
}

/// What was done, and who is told of it; no deed of the state machine is the move to an emergency.
pub fn done(kind: Option<DeedKind>, name: &str, sum: Money) -> Msg {
    match kind {
        Some(DeedKind::Promise) => msg!("done-promise", name = name, sum = sum),
        Some(DeedKind::FulfilNow | DeedKind::Claim) => msg!("done-claim", name = name),
        Some(DeedKind::Change) => msg!("done-change", name = name, sum = sum),
        Some(DeedKind::Withdraw) => msg!("done-withdraw", name = name),
        Some(DeedKind::Remind) => msg!("done-remind", name = name),
        Some(DeedKind::Confirm) => msg!("done-confirm", name = name, sum = sum),
        Some(DeedKind::NotReceived) => msg!("done-not-received", name = name),
        Some(DeedKind::AskToPromise) => msg!("done-ask-to-promise", name = name),
        Some(DeedKind::AskToFulfil) => msg!("done-ask-to-fulfil", name = name),
        Some(DeedKind::Forgive) => msg!("done-forgive", name = name, sum = sum),
        None => msg!("done-move", name = name, sum = sum),
    }
}

//! What the deeds are called, what is asked before one that can't be undone, and what is said after.

use crate::aid::{self, Helping};
use crate::domain::{Called, Commitment, DeedKind};
use crate::notices::Did;
use crate::screens::sentences::told;
use crate::screens::world::{Here, aid, me};
use exodus_engine::conversation::Fault;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// What stands on the button.
pub(super) fn label(helping: &Helping, kind: DeedKind) -> Msg {
    match kind {
        DeedKind::Note if helping.note.is_some() => msg!("deed-note-change"),
        DeedKind::Note => msg!("deed-note"),
        DeedKind::ClaimPart => msg!("deed-claim-part"),
        DeedKind::Promise => msg!("deed-promise"),
        DeedKind::FulfilNow | DeedKind::Claim => msg!("deed-claim"),
        DeedKind::Change => msg!("deed-change"),
        DeedKind::Withdraw => msg!("deed-withdraw"),
        DeedKind::TakeBack => msg!("deed-take-back"),
        DeedKind::Remind => msg!("deed-remind"),
        DeedKind::Confirm => msg!("deed-confirm"),
        DeedKind::NotReceived => msg!("deed-not-received"),
        DeedKind::TakeConfirmationBack => msg!("deed-take-confirmation-back"),
        DeedKind::AskToPromise => msg!("deed-ask-to-promise"),
        DeedKind::AskToFulfil => msg!("deed-ask-to-fulfil"),
        DeedKind::Forgive => msg!("deed-forgive"),
    }
}

/// The question before a deed that binds or can't be undone, and its Yes; nothing for the others,
/// which are done at once.
pub(super) fn sure(kind: DeedKind, helping: &Helping) -> Option<(Msg, Msg)> {
    let (name, sum) = (&helping.name, helping.commitment.sum);
    match kind {
        DeedKind::Withdraw if helping.title.is_some() => {
            let title = helping.title.clone().unwrap_or_default();
            Some((msg!("sure-withdraw-vote", title = title, sum = sum), msg!("sure-withdraw-yes", sum = sum)))
        }
        DeedKind::Promise => Some((msg!("sure-promise", name = name, sum = sum), msg!("sure-promise-yes", sum = sum))),
        DeedKind::Withdraw => {
            Some((msg!("sure-withdraw", name = name, sum = sum), msg!("sure-withdraw-yes", sum = sum)))
        }
        DeedKind::Forgive => Some((msg!("sure-forgive", name = name, sum = sum), msg!("sure-forgive-yes", sum = sum))),
        // Somebody who says that they have helped reads that it is not so.
        DeedKind::NotReceived => {
            let owed = Arg::variant(if helping.commitment.state.is_overdue() { "overdue" } else { "promised" });
            let question = msg!("sure-not-received", name = name, sum = sum, owed = owed);
            Some((question, msg!("sure-not-received-yes", sum = sum)))
        }
        _ => None,
    }
}

/// What was done to a commitment by one of its sides, and who hears of it, or that nobody does.
pub async fn done(cx: &Here<'_>, now: &Commitment, did: Did) -> Result<Msg, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    let other = if who == now.supporter { now.receiver } else { now.supporter };
    let (name, suspended) = aid::called_beside(&aid, who, other).await?;
    let hears = match suspended {
        true => "suspended",
        false if waits_for_them(did) || told(cx, aid::hears_of_help(&aid, now, other).await)? => "yes",
        false => "off",
    };
    let others = told(cx, aid::others(&aid, now).await)?;
    let done = said(did, &name, now, (others, hears));
    let asks = did == Did::AskedToWrite
        || matches!(did, Did::Deed(DeedKind::Remind | DeedKind::AskToPromise | DeedKind::AskToFulfil));
    if asks && !aid::can_be_reached(&aid, other).await? {
        // All that was done is to ask, and nobody hears it.
        return Ok(msg!("done-in-vain", done = done, name = name));
    }
    Ok(done)
}

/// Whether the other side has to do something about it, so that they hear of it whatever they have switched off.
fn waits_for_them(did: Did) -> bool {
    matches!(
        did,
        Did::Part(_)
            | Did::Deed(DeedKind::FulfilNow | DeedKind::Claim | DeedKind::ClaimPart | DeedKind::NotReceived)
            | Did::Whole(DeedKind::NotReceived)
    )
}

/// `others`: how many more of the circle hear of it; `told`: whether the other side hears of it, or why not.
fn said(did: Did, name: &Called, now: &Commitment, (others, told): (usize, &'static str)) -> Msg {
    let (sum, owed) = (now.sum, Arg::variant(if now.state.is_overdue() { "overdue" } else { "promised" }));
    match did {
        Did::Deed(DeedKind::Promise) => {
            msg!("done-promise", name = name, sum = sum, others = others, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::FulfilNow | DeedKind::Claim | DeedKind::ClaimPart) => {
            msg!("done-claim", name = name, sum = sum, others = others, told = Arg::variant(told))
        }
        Did::Part(left) => {
            msg!("done-claim-part", name = name, sum = sum, left = left, others = others, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::Change) => {
            msg!("done-change", name = name, sum = sum, others = others, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::Withdraw) => msg!("done-withdraw", name = name, others = others, told = Arg::variant(told)),
        Did::Deed(DeedKind::TakeBack) => {
            msg!("done-take-back", name = name, owed = owed, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::Remind) => msg!("done-remind", name = name),
        Did::Deed(DeedKind::Confirm) => {
            msg!("done-confirm", name = name, sum = sum, others = others, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::NotReceived) => {
            msg!("done-not-received", name = name, owed = owed, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::TakeConfirmationBack) => {
            msg!("done-take-confirmation-back", name = name, sum = sum, told = Arg::variant(told))
        }
        Did::Deed(DeedKind::Note) => msg!("note-done"),
        Did::Whole(DeedKind::NotReceived) => {
            msg!("done-not-received-part", name = name, sum = sum, owed = owed, told = Arg::variant(told))
        }
        Did::Whole(_) => msg!("done-take-back-part", name = name, sum = sum, owed = owed, told = Arg::variant(told)),
        Did::Deed(DeedKind::AskToPromise) => msg!("done-ask-to-promise", name = name),
        Did::Deed(DeedKind::AskToFulfil) => msg!("done-ask-to-fulfil", name = name),
        Did::Deed(DeedKind::Forgive) => msg!("done-forgive", name = name, sum = sum, told = Arg::variant(told)),
        Did::Moved => msg!("done-move", name = name, sum = sum, others = others, told = Arg::variant(told)),
        Did::AskedToWrite => msg!("done-ask-to-write", name = name),
        Did::Again => msg!("done-again", name = name, sum = sum, others = others, told = Arg::variant(told)),
    }
}

//! What the deeds of the state machine are called, whose they are, and from where each leads where.

use serde::Serialize;

use super::Money;
use super::commitment::{Role, State};
use super::deed::Deed;

/// The name of a deed, for routes and buttons. See [`Deed`] for what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is told at `Deed`")]
pub enum DeedKind {
    Change,
    Withdraw,
    Promise,
    FulfilNow,
    Claim,
    ClaimPart,
    TakeBack,
    Note,
    Remind,
    AskToPromise,
    AskToFulfil,
    Confirm,
    NotReceived,
    TakeConfirmationBack,
    Forgive,
}

impl DeedKind {
    /// Every deed, in the order in which screens offer them.
    pub const ALL: [Self; 15] = [
        Self::Promise,
        Self::FulfilNow,
        Self::Change,
        Self::Withdraw,
        Self::Claim,
        Self::ClaimPart,
        Self::Remind,
        Self::TakeBack,
        Self::Confirm,
        Self::NotReceived,
        Self::TakeConfirmationBack,
        Self::AskToPromise,
        Self::AskToFulfil,
        Self::Forgive,
        Self::Note,
    ];

    /// The short name used in routes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Withdraw => "withdraw",
            Self::Promise => "promise",
            Self::FulfilNow => "fulfil_now",
            Self::Claim => "claim",
            Self::ClaimPart => "claim_part",
            Self::TakeBack => "take_back",
            Self::Note => "note",
            Self::Remind => "remind",
            Self::AskToPromise => "ask_to_promise",
            Self::AskToFulfil => "ask_to_fulfil",
            Self::Confirm => "confirm",
            Self::NotReceived => "not_received",
            Self::TakeConfirmationBack => "take_confirmation_back",
            Self::Forgive => "forgive",
        }
    }

    /// The deed of a short name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The deed itself, of this sum where it needs one.
    pub fn of(self, sum: Money) -> Deed {
        match self {
            Self::Change => Deed::Change(sum),
            Self::Withdraw => Deed::Withdraw,
            Self::Promise => Deed::Promise,
            Self::FulfilNow => Deed::FulfilNow,
            Self::Claim => Deed::Claim,
            Self::ClaimPart => Deed::ClaimPart(sum),
            Self::TakeBack => Deed::TakeBack,
            Self::Note => Deed::Note,
            Self::Remind => Deed::Remind,
            Self::AskToPromise => Deed::AskToPromise,
            Self::AskToFulfil => Deed::AskToFulfil,
            Self::Confirm => Deed::Confirm,
            Self::NotReceived => Deed::NotReceived,
            Self::TakeConfirmationBack => Deed::TakeConfirmationBack,
            Self::Forgive => Deed::Forgive,
        }
    }

    /// The deed itself; nothing for those that need more than a press: another sum, a part, a note.
    pub fn deed(self) -> Option<Deed> {
        match self {
            Self::Change | Self::ClaimPart | Self::Note => None,
            kind => Some(kind.of(Money::ZERO)),
        }
    }

    /// Which side may do it.
    pub fn role(self) -> Role {
        match self {
            Self::Change
            | Self::Withdraw
            | Self::Promise
            | Self::FulfilNow
            | Self::Claim
            | Self::ClaimPart
            | Self::TakeBack
            | Self::Note
            | Self::Remind => Role::Supporter,
            Self::AskToPromise
            | Self::AskToFulfil
            | Self::Confirm
            | Self::NotReceived
            | Self::TakeConfirmationBack
            | Self::Forgive => Role::Receiver,
        }
    }

    /// What is not done while the other side is suspended: they would not hear of it, and could not answer. What is owed can be
    /// given, and everything ended.
    pub fn begins_or_asks(self) -> bool {
        matches!(self, Self::Promise | Self::Change | Self::Remind | Self::AskToPromise | Self::AskToFulfil)
    }

    /// Whether a commitment in this state shows that it has been done: it leads there, and nothing that the other side does.
    /// (What takes a confirmation back leads to where the other side had brought it.)
    pub fn is_done_in(self, state: State) -> bool {
        let leads = |kind: Self| State::ALL.into_iter().any(|from| from != state && kind.leads(from) == Some(state));
        let brings = |kind: Self| kind != Self::TakeConfirmationBack && leads(kind);
        leads(self) && Self::ALL.into_iter().all(|other| !brings(other) || other.role() == self.role())
    }

    /// What a commitment in this state becomes by it; nothing when the state doesn't allow it. Where a part of it is claimed,
    /// this is what the part becomes.
    pub fn leads(self, from: State) -> Option<State> {
        use State::{
            Claimed, Forgiven, Fulfilled, FulfilledLate, Intention, Obligation, Overdue, OverdueClaimed, Withdrawn,
        };
        match (self, from) {
            (Self::Change | Self::AskToPromise, Intention) => Some(Intention),
            (Self::Withdraw, Intention) => Some(Withdrawn),
            (Self::Promise, Intention) => Some(Obligation),
            (Self::FulfilNow, Intention) => Some(Claimed),
            (Self::Claim | Self::ClaimPart, Obligation) => Some(Claimed),
            (Self::Claim | Self::ClaimPart, Overdue) => Some(OverdueClaimed),
            (Self::AskToFulfil, Obligation | Overdue) => Some(from),
            (Self::Remind, Claimed | OverdueClaimed) => Some(from),
            (Self::Confirm, Claimed) => Some(Fulfilled),
            (Self::Confirm, OverdueClaimed) => Some(FulfilledLate),
            (Self::NotReceived | Self::TakeBack, Claimed) => Some(Obligation),
            (Self::NotReceived | Self::TakeBack, OverdueClaimed) => Some(Overdue),
            (Self::TakeConfirmationBack, Fulfilled) => Some(Claimed),
            (Self::TakeConfirmationBack, FulfilledLate) => Some(OverdueClaimed),
            (Self::Forgive, Obligation | Overdue) => Some(Forgiven),
            (Self::Note, from) if !from.is_settled() => Some(from),
            _ => None,
        }
    }
}

//! What an event concerns, for whoever writes it down or tells of it.

use super::event::{Event, Help, Passing};
use super::status::Status;
use super::{CaseId, CollectionId, MemberId};

impl Event {
    /// The help it is about, when it is about a commitment.
    pub fn help(&self) -> Option<Help> {
        match *self {
            Self::Declared { help, .. }
            | Self::Changed { help, .. }
            | Self::Withdrawn { help }
            | Self::Promised { help }
            | Self::Claimed { help, .. }
            | Self::Reminded { help }
            | Self::AskedToPromise { help }
            | Self::AskedToFulfil { help }
            | Self::AskedToWrite { help, .. }
            | Self::Confirmed { help, .. }
            | Self::TakenBack { help, .. }
            | Self::Noted { help }
            | Self::NotReceived { help, .. }
            | Self::ConfirmationTakenBack { help, .. }
            | Self::Forgiven { help }
            | Self::Cancelled { help, .. }
            | Self::CancelledByLeaving { help, .. }
            | Self::Lapsed { help, .. }
            | Self::WentOverdue { help, .. }
            | Self::BroughtOver { help, .. }
            | Self::CarriedOver { help, .. }
            | Self::SetOff { help, .. }
            | Self::WantedDirectly { help, .. }
            | Self::LetSetOff { help, .. }
            | Self::PassedOn { help, .. }
            | Self::TakenOver { help, .. }
            | Self::OwedInstead { help, .. }
            | Self::SharePromised { help, .. } => Some(help),
            Self::CollectionOpened { .. }
            | Self::ChainOffered { .. }
            | Self::ChainAgreed { .. }
            | Self::ChainDone { .. }
            | Self::ChainOver { .. }
            | Self::TargetChanged { .. }
            | Self::DateChanged { .. }
            | Self::RingReached { .. }
            | Self::CollectionEnded { .. }
            | Self::Registered { .. }
            | Self::InviteMade { .. }
            | Self::InviteOpened { .. }
            | Self::Parted { .. }
            | Self::GuaranteeOffered { .. }
            | Self::GuaranteeWithdrawn { .. }
            | Self::Guaranteed { .. }
            | Self::GuaranteeEnded { .. }
            | Self::GuaranteeEndedByLeaving { .. }
            | Self::Left { .. }
            | Self::ClearingAllowed { .. }
            | Self::ClearingRefused { .. }
            | Self::Suspended { .. }
            | Self::Restored { .. }
            | Self::Announced { .. }
            | Self::PoolOpened { .. }
            | Self::PoolJoined { .. }
            | Self::ContributionChanged { .. }
            | Self::PoolLeft { .. }
            | Self::PoolClosed { .. }
            | Self::CaseOpened { .. }
            | Self::CaseLowered { .. }
            | Self::ShareConfirmed { .. }
            | Self::SharesChanged { .. }
            | Self::CaseSettled { .. }
            | Self::CaseOver { .. } => None,
        }
    }

    /// What is left of the help that it is about, where a part became a record of its own.
    pub fn rest(&self) -> Option<Help> {
        match *self {
            Self::Claimed { rest, .. }
            | Self::SetOff { rest, .. }
            | Self::PassedOn { rest, .. }
            | Self::TakenOver { rest, .. } => rest,
            _ => None,
        }
    }

    /// The offer to pass something on that it is about, when it is about one and no commitment.
    pub fn passing(&self) -> Option<Passing> {
        match *self {
            Self::ChainOffered { passing }
            | Self::ChainAgreed { passing }
            | Self::ChainDone { passing, .. }
            | Self::ChainOver { passing, .. } => Some(passing),
            _ => None,
        }
    }

    /// The case it is about, when it is about one and no commitment.
    pub fn case(&self) -> Option<CaseId> {
        match *self {
            Self::CaseOpened { case, .. }
            | Self::CaseLowered { case, .. }
            | Self::ShareConfirmed { case, .. }
            | Self::SharesChanged { case, .. }
            | Self::CaseSettled { case, .. }
            | Self::CaseOver { case, .. } => Some(case),
            _ => None,
        }
    }

    /// Between whom the guarantee is that it is about, when it is about one.
    pub fn guarantee(&self) -> Option<(MemberId, MemberId)> {
        match *self {
            Self::Guaranteed { member, other }
            | Self::GuaranteeEnded { member, other }
            | Self::GuaranteeEndedByLeaving { member, other } => Some((member, other)),
            _ => None,
        }
    }

    /// Whether it may change what takes part in a clearing, or what can be set off of it.
    pub fn changes_what_is_owed(&self) -> bool {
        match self {
            Self::Promised { .. }
            | Self::Claimed { .. }
            | Self::TakenBack { .. }
            | Self::NotReceived { .. }
            | Self::Forgiven { .. }
            | Self::Cancelled { .. }
            | Self::CancelledByLeaving { .. }
            | Self::WentOverdue { .. }
            | Self::BroughtOver { .. }
            | Self::SharePromised { .. }
            | Self::SetOff { .. }
            | Self::PassedOn { .. }
            | Self::TakenOver { .. }
            | Self::OwedInstead { .. }
            | Self::WantedDirectly { .. }
            | Self::LetSetOff { .. }
            | Self::Left { .. }
            | Self::ClearingAllowed { .. }
            | Self::ClearingRefused { .. }
            | Self::Suspended { .. }
            | Self::Restored { .. } => true,
            Self::CollectionOpened { kind, .. } | Self::CollectionEnded { kind, .. } => {
                kind.means_status() == Status::Red
            }
            Self::Declared { .. }
            | Self::Changed { .. }
            | Self::Withdrawn { .. }
            | Self::Noted { .. }
            | Self::Reminded { .. }
            | Self::AskedToPromise { .. }
            | Self::AskedToFulfil { .. }
            | Self::AskedToWrite { .. }
            | Self::Confirmed { .. }
            | Self::ConfirmationTakenBack { .. }
            | Self::Lapsed { .. }
            | Self::CarriedOver { .. }
            | Self::ChainOffered { .. }
            | Self::ChainAgreed { .. }
            | Self::ChainDone { .. }
            | Self::ChainOver { .. }
            | Self::TargetChanged { .. }
            | Self::DateChanged { .. }
            | Self::RingReached { .. }
            | Self::Registered { .. }
            | Self::InviteMade { .. }
            | Self::InviteOpened { .. }
            | Self::Parted { .. }
            | Self::GuaranteeOffered { .. }
            | Self::GuaranteeWithdrawn { .. }
            | Self::Guaranteed { .. }
            | Self::GuaranteeEnded { .. }
            | Self::GuaranteeEndedByLeaving { .. }
            | Self::PoolOpened { .. }
            | Self::PoolJoined { .. }
            | Self::ContributionChanged { .. }
            | Self::PoolLeft { .. }
            | Self::PoolClosed { .. }
            | Self::CaseOpened { .. }
            | Self::CaseLowered { .. }
            | Self::ShareConfirmed { .. }
            | Self::SharesChanged { .. }
            | Self::CaseSettled { .. }
            | Self::CaseOver { .. }
            | Self::Announced { .. } => false,
        }
    }

    /// Whom it concerns as a member, where something is begun with nobody who is in need at once, suspended, or gone.
    pub fn changes_whom(&self) -> Option<MemberId> {
        match *self {
            Self::Suspended { member } | Self::Left { member } => Some(member),
            Self::CollectionOpened { owner, kind, .. } if kind.means_status() == Status::Red => Some(owner),
            _ => None,
        }
    }

    /// The collection it is about, when there is one.
    pub fn collection(&self) -> Option<CollectionId> {
        match *self {
            Self::CollectionOpened { collection, .. }
            | Self::TargetChanged { collection, .. }
            | Self::DateChanged { collection, .. }
            | Self::RingReached { collection, .. }
            | Self::CollectionEnded { collection, .. } => Some(collection),
            _ => self.help().map(|help| help.collection),
        }
    }
}

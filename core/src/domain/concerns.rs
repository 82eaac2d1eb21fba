//! What each event is called, and what it concerns, for whoever writes it down or tells of it: one row each.

use super::event::{Event, Help, Passing};
use super::status::Status;
use super::{CaseId, CollectionId, MemberId, PoolId};

/// What there is to say of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    /// The short name for the journal.
    name: &'static str,
    help: Option<Help>,
    collection: Option<CollectionId>,
    case: Option<CaseId>,
    pool: Option<PoolId>,
    guarantee: Option<(MemberId, MemberId)>,
    passing: Option<Passing>,
    owed: bool,
}

/// An event of this name that concerns nothing of all that.
fn row(name: &'static str) -> Row {
    Row { name, ..Row::default() }
}

/// One that is about this help.
fn help(name: &'static str, help: Help) -> Row {
    Row { help: Some(help), collection: Some(help.collection), ..row(name) }
}

/// One about this collection.
fn collection(name: &'static str, collection: CollectionId) -> Row {
    Row { collection: Some(collection), ..row(name) }
}

/// One about the guarantee between these.
fn guarantee(name: &'static str, one: MemberId, other: MemberId) -> Row {
    Row { guarantee: Some((one, other)), ..row(name) }
}

/// One about this offer to pass something on.
fn passing(name: &'static str, passing: Passing) -> Row {
    Row { passing: Some(passing), ..row(name) }
}

/// One about this pool.
fn pool(name: &'static str, pool: PoolId) -> Row {
    Row { pool: Some(pool), ..row(name) }
}

/// One about this case of it.
fn case(name: &'static str, of: PoolId, case: CaseId) -> Row {
    Row { case: Some(case), ..pool(name, of) }
}

impl Row {
    /// The same, where it changes what is owed, or what can be set off of it.
    fn owed(self) -> Row {
        self.owed_if(true)
    }

    fn owed_if(self, owed: bool) -> Row {
        Row { owed, ..self }
    }
}

impl Event {
    fn row(&self) -> Row {
        match *self {
            Self::Declared { help: it, .. } => help("declared", it),
            Self::Changed { help: it, .. } => help("changed", it),
            Self::Withdrawn { help: it } => help("withdrawn", it),
            Self::Promised { help: it } => help("promised", it).owed(),
            Self::Claimed { help: it, .. } => help("claimed", it).owed(),
            Self::TakenBack { help: it, .. } => help("taken_back", it).owed(),
            Self::Noted { help: it } => help("noted", it),
            Self::Reminded { help: it } => help("reminded", it),
            Self::AskedToPromise { help: it } => help("asked_to_promise", it),
            Self::AskedToFulfil { help: it } => help("asked_to_fulfil", it),
            Self::AskedToWrite { help: it, .. } => help("asked_to_write", it),
            Self::Confirmed { help: it, .. } => help("confirmed", it),
            Self::NotReceived { help: it, .. } => help("not_received", it).owed(),
            Self::ConfirmationTakenBack { help: it, .. } => help("confirmation_taken_back", it),
            Self::Forgiven { help: it } => help("forgiven", it).owed(),
            Self::Cancelled { help: it, .. } => help("cancelled", it).owed(),
            Self::CancelledByLeaving { help: it, .. } => help("cancelled_by_leaving", it).owed(),
            Self::Lapsed { help: it, .. } => help("lapsed", it),
            Self::WentOverdue { help: it, .. } => help("went_overdue", it).owed(),
            Self::BroughtOver { help: it, .. } => help("brought_over", it).owed(),
            Self::CarriedOver { help: it, .. } => help("carried_over", it),
            Self::SetOff { help: it, .. } => help("set_off", it).owed(),
            Self::ChainOffered { passing: it, .. } => passing("chain_offered", it),
            Self::ChainAgreed { passing: it, .. } => passing("chain_agreed", it),
            Self::ChainDone { passing: it, .. } => passing("chain_done", it),
            Self::ChainOver { passing: it, .. } => passing("chain_over", it),
            Self::PassedOn { help: it, .. } => help("passed_on", it).owed(),
            Self::TakenOver { help: it, .. } => help("taken_over", it).owed(),
            Self::OwedInstead { help: it, .. } => help("owed_instead", it).owed(),
            Self::WantedDirectly { help: it, .. } => help("wanted_directly", it).owed(),
            Self::LetSetOff { help: it, .. } => help("let_set_off", it).owed(),
            Self::ClearingAllowed { .. } => row("clearing_allowed").owed(),
            Self::ClearingRefused { .. } => row("clearing_refused").owed(),
            Self::CollectionOpened { collection: it, kind, .. } => {
                collection("collection_opened", it).owed_if(kind.means_status() == Some(Status::Red))
            }
            Self::TargetChanged { collection: it, .. } => collection("target_changed", it),
            Self::DateChanged { collection: it, .. } => collection("date_changed", it),
            Self::RingReached { collection: it, .. } => collection("ring_reached", it),
            Self::CollectionEnded { collection: it, kind, .. } => {
                collection("collection_ended", it).owed_if(kind.means_status() == Some(Status::Red))
            }
            Self::InitiativeProposed { collection: it, .. } => collection("initiative_proposed", it),
            Self::InitiativeReached { collection: it, .. } => collection("initiative_reached", it),
            Self::InitiativeLowered { collection: it, .. } => collection("initiative_lowered", it),
            Self::InitiativeProlonged { collection: it, .. } => collection("initiative_prolonged", it),
            Self::InitiativeNews { collection: it, .. } => collection("initiative_news", it),
            Self::InitiativePaused { collection: it, .. } => collection("initiative_paused", it),
            Self::InitiativeEnded { collection: it, .. } => collection("initiative_ended", it),
            Self::VoteCancelled { help: it, .. } => help("vote_cancelled", it),
            Self::Registered { .. } => row("registered"),
            Self::InviteMade { .. } => row("invite_made"),
            Self::InviteOpened { .. } => row("invite_opened"),
            Self::Parted { .. } => row("parted"),
            Self::GuaranteeOffered { .. } => row("guarantee_offered"),
            Self::GuaranteeWithdrawn { .. } => row("guarantee_withdrawn"),
            Self::Guaranteed { member, other } => guarantee("guaranteed", member, other),
            Self::GuaranteeEnded { member, other } => guarantee("guarantee_ended", member, other),
            Self::GuaranteeEndedByLeaving { member, other } => guarantee("guarantee_ended_by_leaving", member, other),
            Self::Left { .. } => row("left").owed(),
            Self::Suspended { .. } => row("suspended").owed(),
            Self::Restored { .. } => row("restored").owed(),
            Self::SignInGiven { .. } => row("sign_in_given"),
            Self::ProgramAllowed { .. } => row("program_allowed"),
            Self::ProgramEnded { .. } => row("program_ended"),
            Self::Announced { .. } => row("announced"),
            Self::PoolOpened { pool: it, .. } => pool("pool_opened", it),
            Self::PoolJoined { pool: it, .. } => pool("pool_joined", it),
            Self::ContributionChanged { pool: it, .. } => pool("contribution_changed", it),
            Self::PoolLeft { pool: it, .. } => pool("pool_left", it),
            Self::PoolClosed { pool: it, .. } => pool("pool_closed", it),
            Self::CaseOpened { case: it, pool, .. } => case("case_opened", pool, it),
            Self::CaseLowered { case: it, pool, .. } => case("case_lowered", pool, it),
            Self::ShareConfirmed { case: it, pool, .. } => case("share_confirmed", pool, it),
            Self::ShareSpared { case: it, pool, .. } => case("share_spared", pool, it),
            Self::SharesChanged { case: it, pool, .. } => case("shares_changed", pool, it),
            // It is a commitment from now on, and told as one.
            Self::SharePromised { help: it, .. } => help("share_promised", it).owed(),
            Self::CaseSettled { case: it, pool, .. } => case("case_settled", pool, it),
            Self::CaseOver { case: it, pool, .. } => case("case_over", pool, it),
            Self::PoolGroupBound { pool: it, .. } => pool("pool_group_bound", it),
            Self::StrangerInPoolGroup { pool: it, .. } => pool("stranger_in_pool_group", it),
        }
    }

    /// The short name for the journal.
    pub fn name(&self) -> &'static str {
        self.row().name
    }

    /// The help it is about, when it is about a commitment.
    pub fn help(&self) -> Option<Help> {
        self.row().help
    }

    /// The collection it is about, when there is one.
    pub fn collection(&self) -> Option<CollectionId> {
        self.row().collection
    }

    /// The case it is about, when it is about one and no commitment.
    pub fn case(&self) -> Option<CaseId> {
        self.row().case
    }

    /// The pool it is about, when it is about one, or about one of its cases and no commitment.
    pub fn pool(&self) -> Option<PoolId> {
        self.row().pool
    }

    /// Between whom the guarantee is that it is about, when it is about one.
    pub fn guarantee(&self) -> Option<(MemberId, MemberId)> {
        self.row().guarantee
    }

    /// The offer to pass something on that it is about, when it is about one and no commitment.
    pub fn passing(&self) -> Option<Passing> {
        self.row().passing
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

    /// Whom it concerns as a member, where something is begun with nobody who is in need at once, suspended, or gone.
    pub fn changes_whom(&self) -> Option<MemberId> {
        match *self {
            Self::Suspended { member } | Self::Left { member } => Some(member),
            Self::CollectionOpened { owner, kind, .. } if kind.means_status() == Some(Status::Red) => Some(owner),
            _ => None,
        }
    }

    /// Whether it may change what takes part in a clearing, or what can be set off of it.
    pub fn changes_what_is_owed(&self) -> bool {
        self.row().owed
    }
}

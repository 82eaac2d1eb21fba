//! What happened: the closed list that the journal and the notices are written from.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::chain;
use super::collection::Ending;
use super::commitment::{Role, State};
use super::kind::CollectionKind;
use super::pool::CaseEnding;
use super::ring::Ring;
use super::{
    AnnouncementId, CaseId, ChainId, ClearingId, CollectionId, CommitmentId, MemberId, Money, Month, NewsId, PoolId,
};

/// Whom and what help is about, so that nothing has to be looked up to know whom it concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Help {
    /// The commitment.
    pub commitment: CommitmentId,
    /// The collection it helps.
    pub collection: CollectionId,
    /// Who helps.
    pub supporter: MemberId,
    /// Who is helped.
    pub receiver: MemberId,
    /// How much, after what happened.
    pub sum: Money,
}

/// Whom and what passing something on along a chain is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Passing {
    /// The offer.
    pub chain: ChainId,
    /// Who would owe the receiver instead of the middle.
    pub supporter: MemberId,
    /// Who offers it.
    pub middle: MemberId,
    /// To whom it would be owed.
    pub receiver: MemberId,
    /// How much.
    pub sum: Money,
}

/// Something that happened. Serialized it is one flat record with the name under `event`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A supporter declared an intention or an obligation.
    Declared { help: Help, state: State },
    /// A supporter changed the sum of an intention.
    Changed { help: Help, from: Money, to: Money },
    /// A supporter took an intention back.
    Withdrawn { help: Help },
    /// A supporter made an intention an obligation.
    Promised { help: Help },
    /// A supporter says it is done; `at_once` when it was an intention until now. Of a part, `rest` is the obligation that is
    /// left.
    Claimed { help: Help, at_once: bool, rest: Option<Help> },
    /// A supporter has not done it after all: it is an obligation again (`state`: overdue or not), of its own or together with
    /// what was left (`whole`).
    TakenBack { help: Help, state: State, whole: Option<Help> },
    /// A supporter has said something about their help, or taken it back. The words are not told here.
    Noted { help: Help },
    /// A supporter reminded the receiver to confirm.
    Reminded { help: Help },
    /// A receiver asked to promise what is intended.
    AskedToPromise { help: Help },
    /// A receiver asked to fulfil what is promised.
    AskedToFulfil { help: Help },
    /// One side (`by`) asked the other to write to them, because they can't be linked to.
    AskedToWrite { help: Help, by: Role },
    /// A receiver confirmed; `late` when it was overdue.
    Confirmed { help: Help, late: bool },
    /// A receiver says that nothing came: it is an obligation again (`state`: overdue or not), of its own or together with what
    /// was left (`whole`).
    NotReceived { help: Help, state: State, whole: Option<Help> },
    /// A receiver has confirmed by mistake: it waits for confirmation again (`state`: overdue or not).
    ConfirmationTakenBack { help: Help, state: State },
    /// A receiver forgave an obligation.
    Forgiven { help: Help },
    /// The collection ended and took the intention or obligation (`was`) with it.
    Cancelled { help: Help, was: State },
    /// One of the two sides (`by`) left, and what was not settled between them (`was`) was cancelled with that.
    CancelledByLeaving { help: Help, was: State, by: Role },

    /// The month ended on an intention.
    Lapsed { help: Help, month: Month },
    /// The month ended on an obligation or a claim; `state` is what it is now.
    WentOverdue { help: Help, state: State, month: Month },
    /// The month ended, but the live commitment goes on in `month`: it is on hold, put off, or of
    /// an open emergency.
    BroughtOver { help: Help, state: State, month: Month },
    /// What was fulfilled in the month that ended is a new intention in `month`.
    CarriedOver { help: Help, month: Month },

    /// A clearing has set so much of an obligation off: it is fulfilled (`state`: late or not), and `rest` is what is left of
    /// the obligation, if anything is.
    SetOff { help: Help, state: State, rest: Option<Help>, clearing: ClearingId },
    /// One side (`by`) wants an obligation to be kept directly: it is left out of clearing.
    WantedDirectly { help: Help, by: Role },
    /// One side (`by`) lets an obligation take part in clearing again.
    LetSetOff { help: Help, by: Role },

    /// A member offered to pass on what they were promised to whom they have promised something themselves.
    ChainOffered { passing: Passing, until: DateTime<Utc> },
    /// The supporter has agreed to it.
    ChainAgreed { passing: Passing, until: DateTime<Utc> },
    /// All three have agreed: `owed` is owed instead from now on. An intention of its supporter has `made_way` for it.
    ChainDone { passing: Passing, owed: CommitmentId, made_way: Option<Money> },
    /// Nothing comes of it, by this member's doing; nobody's, where its time is over or something else has changed. The receiver
    /// knows of it when the supporter has `agreed`.
    ChainOver { passing: Passing, how: chain::Stage, by: Option<MemberId>, agreed: bool },
    /// So much of an obligation was passed on by its receiver, and `rest` is what is left of it, if anything is.
    PassedOn { help: Help, rest: Option<Help>, chain: ChainId },
    /// So much of an obligation is owed by somebody else now, and `rest` is what is left of it, if anything is.
    TakenOver { help: Help, rest: Option<Help>, chain: ChainId },
    /// A supporter owes so much (`more`) instead of somebody else.
    OwedInstead { help: Help, more: Money, chain: ChainId },

    /// A member asked for help.
    CollectionOpened {
        collection: CollectionId,
        owner: MemberId,
        kind: CollectionKind,
        target: Money,
        ends_on: Option<NaiveDate>,
    },
    /// A member changed the sum they ask for.
    TargetChanged { collection: CollectionId, owner: MemberId, kind: CollectionKind, from: Money, to: Money },
    /// A member moved the date of an emergency.
    DateChanged { collection: CollectionId, owner: MemberId, from: Option<NaiveDate>, to: NaiveDate },
    /// Word of a collection that still lacks something goes further: to those of `ring` who are beyond `before`.
    RingReached {
        collection: CollectionId,
        owner: MemberId,
        kind: CollectionKind,
        before: Ring,
        ring: Ring,
        missing: Money,
        ends_on: Option<NaiveDate>,
    },
    /// A collection ended: `gathered` of `target` was confirmed, from so many supporters.
    CollectionEnded {
        collection: CollectionId,
        owner: MemberId,
        kind: CollectionKind,
        ending: Ending,
        target: Money,
        gathered: Money,
        supporters: u32,
    },

    /// A member proposed an initiative.
    InitiativeProposed { collection: CollectionId, owner: MemberId, target: Money, ends_on: Option<NaiveDate> },
    /// An initiative has all the votes that it needs: its voters are asked to promise by a day.
    InitiativeReached { collection: CollectionId, owner: MemberId, target: Money, voted: Money, by: NaiveDate },
    /// An initiator lowered the sum of their initiative.
    InitiativeLowered { collection: CollectionId, owner: MemberId, from: Money, to: Money },
    /// An initiator moved the date of their initiative.
    InitiativeProlonged { collection: CollectionId, owner: MemberId, to: NaiveDate },
    /// An initiator told the voters something. The words are not told here.
    InitiativeNews { collection: CollectionId, owner: MemberId, news: NewsId },
    /// Its initiator was suspended while voters of an initiative could promise: meanwhile they can't.
    InitiativePaused { collection: CollectionId, owner: MemberId },
    /// An initiative ended: so much was voted for it, and so much promised or given.
    InitiativeEnded {
        collection: CollectionId,
        owner: MemberId,
        ending: Ending,
        target: Money,
        voted: Money,
        promised: Money,
    },
    /// A vote was cancelled, because its initiative has ended so.
    VoteCancelled { help: Help, ending: Ending },

    /// A person became a member, perhaps through an invite to someone's card.
    Registered { member: MemberId, invited_to: Option<MemberId> },
    /// A member made an invite to the card of `invited_to`, their own or another's.
    InviteMade { member: MemberId, invited_to: MemberId },
    /// A member opened an invite that `inviter` made to the card of `invited_to`.
    InviteOpened { member: MemberId, inviter: MemberId, invited_to: MemberId },
    /// A member took another out of their circle. Nobody is told.
    Parted { member: MemberId, other: MemberId },
    /// A member offered a mutual guarantee: whoever accepts it first holds it.
    GuaranteeOffered { member: MemberId },
    /// A member took such an offer back.
    GuaranteeWithdrawn { member: MemberId },
    /// A member accepted the guarantee that `other` offered: the two hold it from now on.
    Guaranteed { member: MemberId, other: MemberId },
    /// A member ended the guarantee that they held with another.
    GuaranteeEnded { member: MemberId, other: MemberId },
    /// A member left, and the guarantee that they held with another ended with that.
    GuaranteeEndedByLeaving { member: MemberId, other: MemberId },
    /// A member left. Of what they were nothing is kept but this number.
    Left { member: MemberId },
    /// A member lets their obligations, to and from them, be set off from now on.
    ClearingAllowed { member: MemberId },
    /// A member does not let them be set off any more.
    ClearingRefused { member: MemberId },
    /// An administrator suspended a member.
    Suspended { member: MemberId },
    /// An administrator let a member take part again.
    Restored { member: MemberId, since: DateTime<Utc> },
    /// An administrator gave a link by which a member signs in in a browser.
    SignInGiven { member: MemberId },
    /// A member lets a program act for them.
    ProgramAllowed { member: MemberId },
    /// A program may act for a member no more.
    ProgramEnded { member: MemberId },
    /// An administrator tells everybody something.
    Announced { announcement: AnnouncementId },

    /// A member opened a pool.
    PoolOpened { pool: PoolId, member: MemberId },
    /// A member joined a pool, by the invite of another.
    PoolJoined { pool: PoolId, member: MemberId, inviter: MemberId },
    /// A member gives more or less to a pool from now on, at the most.
    ContributionChanged { pool: PoolId, member: MemberId, from: Money, to: Money },
    /// A member left a pool; `silent` when it is because they did not answer to a case, `kept` when they looked after it.
    PoolLeft { pool: PoolId, member: MemberId, silent: bool, kept: bool },
    /// A pool was closed, by one of its members; by nobody, when the last of them has left.
    PoolClosed { pool: PoolId, by: Option<MemberId> },
    /// A member opened a case.
    CaseOpened { case: CaseId, pool: PoolId, owner: MemberId, sum: Money },
    /// The owner of a case asks for less.
    CaseLowered { case: CaseId, pool: PoolId, owner: MemberId, from: Money, to: Money },
    /// A member takes their share of a case, which was so much then.
    ShareConfirmed { case: CaseId, pool: PoolId, owner: MemberId, member: MemberId, sum: Money },
    /// A member who has an emergency of their own is asked for their share of a case no more.
    ShareSpared { case: CaseId, pool: PoolId, owner: MemberId, member: MemberId },
    /// The shares of a case have changed: whoever does not know theirs is told, up to so many of them behind `after`.
    SharesChanged { case: CaseId, pool: PoolId, after: MemberId },
    /// The share of a member has become an obligation; `told` is what they were told last that it would be.
    SharePromised { case: CaseId, pool: PoolId, help: Help, told: Option<Money> },
    /// All shares of a case have become obligations: so much of `sum` in all, of so many members.
    CaseSettled { case: CaseId, pool: PoolId, owner: MemberId, sum: Money, promised: Money, supporters: u32 },
    /// Nothing comes of a case.
    CaseOver { case: CaseId, pool: PoolId, owner: MemberId, ending: CaseEnding },
    /// A member bound a group chat to a pool that they look after.
    PoolGroupBound { pool: PoolId, member: MemberId },
    /// Somebody who is not in a pool has asked for something in its group, which `keeper` has bound; `who`, if they are a
    /// member.
    StrangerInPoolGroup { pool: PoolId, keeper: MemberId, who: Option<MemberId> },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_one_that_is_serialized() {
        let help = Help {
            commitment: CommitmentId::new(1),
            collection: CollectionId::new(2),
            supporter: MemberId::new(3),
            receiver: MemberId::new(4),
            sum: Money::from_minor(12_050),
        };
        for event in [
            Event::Declared { help, state: State::Intention },
            Event::AskedToFulfil { help },
            Event::Confirmed { help, late: true },
            Event::Registered { member: MemberId::new(3), invited_to: Some(MemberId::new(4)) },
        ] {
            let facts = serde_json::to_value(event).expect("events are plain data");
            assert_eq!(facts["event"], event.name());
        }
    }

    #[test]
    fn facts_are_plain_numbers_and_short_names() {
        let event = Event::Lapsed {
            help: Help {
                commitment: CommitmentId::new(1),
                collection: CollectionId::new(2),
                supporter: MemberId::new(3),
                receiver: MemberId::new(4),
                sum: Money::from_minor(12_050),
            },
            month: Month::from_number(202_611).expect("a month"),
        };
        let facts = serde_json::to_string(&event).expect("events are plain data");
        assert_eq!(
            facts,
            r#"{"event":"lapsed","help":{"commitment":1,"collection":2,"supporter":3,"receiver":4,"sum":12050},"month":202611}"#
        );
    }
}

//! Why a rule says no.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::Money;
use super::commitment::State;

/// Why something was not done. Nothing has changed when a rule answers with this.
///
/// It carries what is true now where that helps the person who asked. The texts are for logs;
/// people are told in their own language by the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such record, or none that the one who asks may know of.
    #[error("no such record")]
    Unknown,
    /// So many programs act for the member as may at once.
    #[error("too many programs")]
    TooManyPrograms,
    /// The record belongs to others, or the deed is for the other side of it. Decided before
    /// anything else, so that it tells a stranger nothing.
    #[error("not theirs to do")]
    NotYours,
    /// The state of the commitment doesn't allow the deed: an old button, a second press.
    #[error("not possible in the state {}", state.as_str())]
    NotNow {
        /// The state it is in now.
        state: State,
    },
    /// It was set off: nothing more can come of it, and it can't be undone.
    #[error("it was set off")]
    SetOff,
    /// Nobody can support themselves.
    #[error("nobody supports themselves")]
    SelfHelp,
    /// The supporter has a live commitment to this collection already.
    #[error("already helping this collection")]
    AlreadyHelping,
    /// The member has an open collection of this kind already.
    #[error("a collection of this kind is open already")]
    AlreadyOpen,
    /// The collection has ended.
    #[error("the collection has ended")]
    Ended,
    /// A monthly collection takes no new intentions while its owner has an open emergency.
    #[error("the collection is paused")]
    Paused,
    /// The intention is on hold: its collection is paused, or its supporter has an emergency.
    #[error("the intention is on hold")]
    OnHold,
    /// The obligation is put off: its supporter has an open emergency and is not to be pressed.
    #[error("the obligation is put off")]
    PutOff,
    /// The same was asked less than 24 hours ago.
    #[error("asked already, again from {again_at}")]
    TooSoon {
        /// From when on it may be asked again.
        again_at: DateTime<Utc>,
    },
    /// It is so already: the same sum, the same date.
    #[error("nothing would change")]
    Unchanged,
    /// The member asks for nothing now, so nobody is invited to help them.
    #[error("they need nothing now")]
    NeedsNothing,
    /// A member has as many standing invites with an end as one may have.
    #[error("as many invites with an end as there may be")]
    TooManyInvites,
    /// There is nobody yet in the ring that is to be told.
    #[error("nobody is there to be told")]
    NobodyThere,
    /// The collection has all it asks for, so there is nothing to ask others.
    #[error("nothing is missing")]
    NothingMissing,
    /// A member has as many ways to be paid as one may have.
    #[error("as many payment details as there may be")]
    TooManyDetails,
    /// One of their ways to be paid is called so already.
    #[error("payment details of that name already")]
    SameName,
    /// It is more than is missing, and was not when its supporter was asked.
    #[error("more than is missing")]
    MoreThanMissing,
    /// The sum is not the one that its supporter was asked about.
    #[error("another sum than was asked about")]
    OtherSum,
    /// The administrators have suspended whoever asks for help there.
    #[error("suspended by the administrators")]
    Suspended,
    /// Who administers the community can't be suspended.
    #[error("an administrator")]
    Administrator,
    /// A part can't be more than what is still owed.
    #[error("more than is owed")]
    MoreThanOwed {
        /// How much that is.
        owed: Money,
    },
    /// What was confirmed a day ago stays confirmed.
    #[error("too late to take it back")]
    TooLate,
    /// The supporter has declared new help since, so what they gave before stays confirmed.
    #[error("they have declared new help since")]
    HelpsAnew,
    /// A member offers as many guarantees as one may.
    #[error("as many guarantees are offered as there may be")]
    TooManyOffers,
    /// Nobody guarantees themselves.
    #[error("nobody guarantees themselves")]
    OwnGuarantee,
    /// These two hold a guarantee already.
    #[error("they hold a guarantee already")]
    HeldAlready,
    /// A contribution lies between what the pool has agreed on.
    #[error("not a contribution of this pool")]
    Contribution {
        /// The smallest one.
        smallest: Money,
        /// The largest one.
        largest: Money,
    },
    /// The largest contribution is less than the smallest.
    #[error("the largest contribution is less than the smallest")]
    LargestBelowSmallest {
        /// The smallest one.
        smallest: Money,
    },
    /// A case is discussed for 1 to 336 hours.
    #[error("a case is discussed for 1 to 336 hours")]
    Hours,
    /// It is more than the other members of the pool can be asked for now.
    #[error("more than the volume of the others")]
    Volume {
        /// How much that is.
        volume: Money,
    },
    /// As many cases of the pool are discussed as may be at a time.
    #[error("as many cases as there may be")]
    TooManyCases,
    /// A member is in as many pools as one may be.
    #[error("in as many pools as one may be")]
    TooManyPools,
    /// The pool is closed.
    #[error("the pool is closed")]
    PoolClosed,
    /// They are a member of the pool already.
    #[error("in the pool already")]
    InPool,
    /// They have a case in the pool already that is discussed.
    #[error("a case of theirs is discussed already")]
    CaseOpen,
    /// The case is not discussed any more.
    #[error("the case is not discussed any more")]
    CaseOver,
    /// They take no part in the case: they stepped aside while it was discussed.
    #[error("no part in the case any more")]
    NoPart,
    /// They left the pool while they were asked for a share, and came by an invite that was made before.
    #[error("left with a share, and came by an older invite")]
    LeftWithAShare,
    /// The share has become more than the one that was read.
    #[error("the share has grown")]
    ShareGrew,
    /// A case can only be lowered.
    #[error("not less than it is")]
    NotLess {
        /// What it is now.
        sum: Money,
    },
    /// Nobody promises to an initiative before it has all the votes that it needs.
    #[error("the initiative has not got its votes yet")]
    NotReached,
    /// It has got them: its sum and its date stay.
    #[error("the initiative has got its votes")]
    ReachedAlready,
    /// The sum of an initiative can only be lowered.
    #[error("not a lower sum")]
    NotLower,
    /// Its date can only be moved to a later day.
    #[error("not a later day")]
    NotLater,
    /// And only once.
    #[error("prolonged already")]
    Prolonged,
    /// A member has proposed as many initiatives as one may have open.
    #[error("as many initiatives are open as there may be")]
    TooManyInitiatives,
    /// The two promises are no chain: its ends would be one and the same, or may not know each other.
    #[error("no chain")]
    NoChain,
    /// Something about one of the two promises does not allow it now.
    #[error("it can't be passed on now")]
    NotPassedOn,
    /// One of these promises is offered already.
    #[error("offered already")]
    ChainOpen,
    /// The offer is not open any more.
    #[error("the offer is over")]
    ChainOver,
    /// A sum has to be more than zero.
    #[error("a sum has to be positive")]
    NotPositive,
    /// An emergency lasts from 1 to 31 days, and a monthly collection has no date.
    #[error("an emergency lasts 1 to 31 days")]
    Days,
}

//! The rules of mutual aid, as plain types and functions.
//!
//! A rule takes what is true and what is asked, and gives what becomes true and what happened
//! ([`Event`]), or why not ([`Refusal`]). Nothing here reads a clock, a database or a
//! configuration, and nothing here speaks to people: time is an argument, and the sentences are
//! made on the floors above. So a year of a community plays in a test in milliseconds.
//!
//! - [`money`]: sums, and how people type them;
//! - [`month`]: the calendar month in the community's time zone;
//! - [`status`]: Green, Orange, Red, which follow from the open collections;
//! - [`calendar`]: when what the calendar does is due;
//! - [`collection`]: opening, changing and ending a request for help, and what it still lacks;
//! - [`relation`]: how the members of a network stand to somebody;
//! - [`ring`]: how far word of a collection has gone;
//! - [`invite`]: how long one stands;
//! - [`initiative`]: common projects that members vote for;
//! - [`guarantee`]: mutual guarantees, and who is connected through them;
//! - [`commitment`]: one member's record of help, its states, and how it is declared;
//! - [`deed`]: the state machine, which says who may do what to a commitment, and when;
//! - [`month_close`]: what the end of a month does to commitments;
//! - [`clearing`]: what is set off against each other;
//! - [`chain`]: passing on what one is promised to whom one has promised something oneself;
//! - [`leaving`]: what becomes of them when one of their two sides leaves;
//! - [`notification`]: what a member wants to be told, and how soon;
//! - [`Name`], [`AboutMe`]: what a member is called, and says about themselves; [`Note`]: and about their help; [`Called`]:
//!   also one who has left; [`Mark`]: what tells one from another of their name; [`look_of`]: which
//!   names are taken for one;
//! - [`payment`]: how a member can be paid;
//! - [`program`]: programs that act for members, and what they may do;
//! - [`pool`]: what members of a pool share out among them, and how;
//! - [`Reason`], [`Announcement`]: what administrators write;
//! - [`About`]: what a notice is about;
//! - [`event`] and [`refusal`]: the two kinds of answer.

mod about;
mod about_me;
mod administration;
pub mod calendar;
mod called;
pub mod chain;
pub mod clearing;
pub mod collection;
pub mod commitment;
mod concerns;
pub mod day;
pub mod deed;
mod deed_kind;
pub mod doubt;
pub mod event;
mod group;
pub mod guarantee;
pub mod initiative;
pub mod invite;
mod kind;
pub mod leaving;
pub mod length;
mod look;
pub mod money;
pub mod month;
pub mod month_close;
mod name;
mod namesake;
mod note;
pub mod notification;
mod paragraphs;
pub mod payment;
pub mod pool;
pub mod program;
pub mod ready_sums;
mod reckoning;
pub mod refusal;
mod refusal_code;
pub mod relation;
pub mod ring;
pub mod status;
pub mod unit;
#[cfg(test)]
mod zones;

use exodus_engine::id::{Id, PersonId};

pub use about::{About, UnknownAbout};
pub use about_me::AboutMe;
pub use administration::{Announcement, Reason};
pub use called::Called;
pub use chain::Chain;
pub use clearing::{Cleared, Owed, SetOff};
pub use collection::{Collection, Ending, Opening, Totals, Update};
pub use commitment::{Commitment, Role, State, declare};
pub use deed::{Beside, Deed, DeedKind, Outcome, Part, Standing, act, asked_lately, available, once_in_a_day};
pub use doubt::Doubt;
pub use event::{Event, Help, Passing};
pub use group::GroupOf;
pub use guarantee::{TrustList, TrustRing};
pub use kind::CollectionKind;
pub use look::look_of;
pub use money::Money;
pub use month::{Month, local_date};
pub use month_close::{Carried, Closed, Entry, close, ends_with_month};
pub use name::{Name, NameFault, SIGNS_OF_STATUS};
pub use namesake::{Mark, Namesake};
pub use note::Note;
pub use notification::{Category, DailyHour, Mode};
pub use payment::{PaymentDetail, PaymentName, PaymentValue};
pub use pool::{Answer, Case, CaseEnding, CaseWords, Phase, PoolName, PoolRules, Terms};
pub use program::{ProgramName, Scope};
pub use refusal::Refusal;
pub use relation::Relation;
pub use ring::Ring;
pub use status::Status;
pub use unit::{Misread, Unit};

/// A member's number in the store: the person's.
pub type MemberId = PersonId;
/// A collection's number in the store.
pub type CollectionId = Id<Collection>;
/// The number of an offer to pass something on, in the store.
pub type ChainId = Id<Chain>;
/// A clearing's number in the store.
pub type ClearingId = Id<clearing::Clearing>;
/// An invite's number in the store.
pub type InviteId = Id<Invite>;
/// Whose number an [`InviteId`] is.
#[derive(Debug)]
pub enum Invite {}
/// The number in the store of what everybody was told.
pub type AnnouncementId = Id<Announcement>;
/// A commitment's number in the store.
pub type CommitmentId = Id<Commitment>;
/// A pool's number in the store.
pub type PoolId = Id<Pool>;
/// Whose number a [`PoolId`] is.
#[derive(Debug)]
pub enum Pool {}
/// The number of a case of a pool in the store.
pub type CaseId = Id<Case>;
/// The number in the store of what an initiator has told the voters.
pub type NewsId = Id<initiative::Words>;
/// The number in the store of a program that acts for a member.
pub type ProgramId = Id<ProgramName>;
/// The number of a way to pay in the store.
pub type PaymentDetailId = Id<PaymentDetail>;

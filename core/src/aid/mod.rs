//! The use cases, named as in the specification of mutual aid: load, let the rule decide, store,
//! record what happened.
//!
//! Every function works inside the transaction of [`Aid`] and checks there who asks and what is
//! true now: a route and a deed are what people send us. What is not theirs to see is
//! [`Refusal::Unknown`](crate::domain::Refusal::Unknown), the same as what does not exist.
//!
//! What changes something takes a [`Work`], which [`mod@unit`] alone makes, for whatever caller: it closes what is over, and sees
//! to it that what happened is written to the journal and told.

mod acquaintances;
mod administration;
mod agenda;
pub mod apart;
pub mod calendar;
mod cards;
pub mod chains;
pub mod clean_up;
pub mod clearing;
mod collections;
mod deeds;
pub mod digest;
mod emergencies;
mod endings;
mod events;
mod groups;
mod guarantees;
mod heard;
mod helping;
pub mod initiatives;
mod invites;
mod journal;
mod leaving;
mod meanwhile;
mod members;
pub mod month;
mod my_data;
mod namesakes;
mod network;
mod notifications;
mod organizer;
mod overtaken;
mod payment;
mod picture;
pub mod pools;
mod profile;
pub mod programs;
mod reaching;
mod refused;
mod rings;
mod statuses;
pub mod unit;
mod work;
mod writing;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;

pub use acquaintances::{may_part, part};
pub use administration::{
    Admin, Administrators, Announced, Condition, Figures, Seen, all_members, announce, announced, condition,
    count_to_tell, figures, give_sign_in, last_announced, member_seen, record_of, restore, sign_in_given, suspend,
};
pub use agenda::{Due, agenda};
pub use cards::{Card, Circle, Request, Supporter, card, may_see, own_card};
pub use collections::{my_collection, standing_of};
pub use deeds::{claim, note, perform};
pub use emergencies::{helped_in_emergency, is_moved_as_asked, missing_to_move, move_to_emergency, owed, release};
pub use endings::end_if_over;
pub use events::{Doer, Happened, concerned_since, events, last_event};
pub use groups::{
    Bound, GROUP_CARD, MOST_GROUPS, bind_circle, group_chats, is_free, let_groups_go, named_anew, own_tokens,
    public_cards, show_card_anew, what_of,
};
pub use guarantees::{
    Offered, Stands, accept_guarantee, count_trusted, end_guarantee, guarantee_since, hears_of_guarantee, offer,
    offer_guarantee, offered, offers, trust_list, withdraw_offer,
};
pub use heard::{of_asking as heard_of_asking, of_help as others};
pub use helping::{
    Asked, Helping, again, asked, declare, hears_of_help, helped_now, helping, is_promised_as_asked, lapsed, may_again,
    missing, missing_beside, not_more_than_missing, whole,
};
pub use invites::{
    Invitation, accept, count_other_invites, hold_invitation, invitation, invite, invite_for, invite_of, invites_made,
    is_in_need, newest_invite_by, other_invites, revoke, standing_invite, standing_tokens,
};
pub use leaving::{Leaving, leave, leaving};
pub use members::{
    Me, Registration, Suspension, addresses_of, arrive, called_beside, can_be_reached, makes_way, name_of, register,
};
pub use my_data::my_data;
pub use namesakes::{Reading, called as called_by, near_called, told_apart};
pub use network::{Helper, Helpers, around, circle_of, count_around, count_helped, helped_by};
pub use notifications::{
    Heard, Notified, daily_hour, notified, plan_daily_messages, tell_me, tell_me_daily_at, zone_of,
};
pub use organizer::{List, listed, months, organizer};
pub use payment::{
    add_payment_detail, change_payment_detail, delete_payment_detail, make_default, payment_detail, payment_details,
    rename_payment_detail, to_keep_promise,
};
pub use picture::{Help, Surroundings, surroundings};
pub use profile::{NameElsewhere, about_me, describe, names_elsewhere, rename};
pub use refused::Refused;
pub use rings::{beyond, concerned, next_ring, tell_ring, widen};
pub use statuses::{Ended, ask, change_date, change_sum, doubt_about_target, end};
pub use work::{By, Community, Tells, Work};
pub use writing::ask_to_write;

use crate::domain::{Money, Month, local_date};
use crate::store;
use crate::store::tie::Lately;
use exodus_engine::conversation::{Chance, Moment};
use exodus_engine::hours::Zone;

/// What a community has agreed on; from its configuration.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Months and days begin at its midnight.
    pub zone: Zone,
    /// The largest sum that may be typed.
    pub max_amount: Money,
    /// The conditional sum of a mutual guarantee.
    pub guarantee_amount: Money,
}

/// What the use cases read with: an open transaction, the moment, and the rules. What changes something needs [`Work`].
#[derive(Clone, Copy)]
pub struct Aid<'a> {
    pub tx: &'a DatabaseTransaction,
    pub now: DateTime<Utc>,
    pub rules: &'a Rules,
    /// Where words and numbers come from.
    pub chance: &'a dyn Chance,
}

impl<'a> Aid<'a> {
    /// What is read with in this turn, or this step of the calendar.
    pub fn at(at: Moment<'a>, rules: &'a Rules) -> Aid<'a> {
        let Moment { tx, now, chance } = at;
        Aid { tx, now, rules, chance }
    }

    /// The frame that all of this happens in.
    pub fn moment(&self) -> Moment<'a> {
        Moment { tx: self.tx, now: self.now, chance: self.chance }
    }

    /// The current month, where the community lives.
    pub fn month(&self) -> Month {
        Month::of(self.now, &self.rules.zone)
    }

    /// Today, where the community lives.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now, &self.rules.zone)
    }

    /// When the current month began.
    pub fn month_began(&self) -> DateTime<Utc> {
        self.month().first_instant(&self.rules.zone)
    }

    /// How far back a commitment may have ended that still ties its two sides.
    pub fn lately(&self) -> Lately {
        Lately::in_month(self.month(), &self.rules.zone)
    }

    /// How many of a long list are done in one transaction, when so many are right where everybody waits for whoever
    /// writes. Where only those wait whose own records are at work, larger parts are quicker and hold nobody up.
    fn at_once(&self, with_one_writer: u64) -> u64 {
        if store::has_one_writer(self.tx) { with_one_writer } else { with_one_writer * 2 }
    }
}

//! What each refusal is called where programs read it.
//!
//! Others have written these down in their programs, so none of them ever changes, and none is used for something else.

use super::Refusal;

/// Gives each refusal its code, and makes the list of them: one that has none does not compile.
macro_rules! codes {
    ($($refusal:pat => $code:literal,)*) => {
        impl Refusal {
            /// All codes that there are.
            pub const CODES: &[&str] = &[$($code),*];

            /// What it is called by programs, whatever it carries.
            pub fn code(self) -> &'static str {
                match self {
                    $($refusal => $code,)*
                }
            }
        }
    };
}

codes! {
    Refusal::Unknown => "unknown",
    Refusal::TooManyPrograms => "too_many_programs",
    Refusal::NotYours => "not_yours",
    Refusal::NotNow { .. } => "not_now",
    Refusal::SetOff => "set_off",
    Refusal::SelfHelp => "self_help",
    Refusal::AlreadyHelping => "already_helping",
    Refusal::AlreadyOpen => "already_open",
    Refusal::Ended => "ended",
    Refusal::Paused => "paused",
    Refusal::OnHold => "on_hold",
    Refusal::PutOff => "put_off",
    Refusal::TooSoon { .. } => "too_soon",
    Refusal::Unchanged => "unchanged",
    Refusal::NeedsNothing => "needs_nothing",
    Refusal::TooManyInvites => "too_many_invites",
    Refusal::NobodyThere => "nobody_there",
    Refusal::NothingMissing => "nothing_missing",
    Refusal::TooManyDetails => "too_many_details",
    Refusal::SameName => "same_name",
    Refusal::MoreThanMissing => "more_than_missing",
    Refusal::OtherSum => "other_sum",
    Refusal::Suspended => "receiver_suspended",
    Refusal::Administrator => "administrator",
    Refusal::MoreThanOwed { .. } => "more_than_owed",
    Refusal::TooLate => "too_late",
    Refusal::HelpsAnew => "helps_anew",
    Refusal::TooManyOffers => "too_many_offers",
    Refusal::OwnGuarantee => "own_guarantee",
    Refusal::HeldAlready => "held_already",
    Refusal::Contribution { .. } => "bad_contribution",
    Refusal::LargestBelowSmallest { .. } => "largest_below_smallest",
    Refusal::Hours => "bad_hours",
    Refusal::Volume { .. } => "more_than_volume",
    Refusal::TooManyCases => "too_many_cases",
    Refusal::TooManyPools => "too_many_pools",
    Refusal::PoolClosed => "pool_closed",
    Refusal::InPool => "in_pool",
    Refusal::CaseOpen => "case_open",
    Refusal::CaseOver => "case_over",
    Refusal::NoPart => "no_part",
    Refusal::LeftWithAShare => "left_with_a_share",
    Refusal::ShareGrew => "share_grew",
    Refusal::NotLess { .. } => "not_less",
    Refusal::NotReached => "not_reached",
    Refusal::ReachedAlready => "reached_already",
    Refusal::NotLower => "not_lower",
    Refusal::NotLater => "not_later",
    Refusal::Prolonged => "prolonged",
    Refusal::TooManyInitiatives => "too_many_initiatives",
    Refusal::NoChain => "no_chain",
    Refusal::NotPassedOn => "not_passed_on",
    Refusal::ChainOpen => "chain_open",
    Refusal::ChainOver => "chain_over",
    Refusal::NotPositive => "not_positive",
    Refusal::Days => "bad_days",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::{Money, State};

    #[test]
    fn each_is_called_by_a_code_of_its_own() {
        let codes: BTreeSet<&str> = Refusal::CODES.iter().copied().collect();
        assert_eq!(codes.len(), Refusal::CODES.len());
        let is_word = |code: &&&str| code.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
        assert_eq!(Refusal::CODES.iter().filter(is_word).count(), codes.len());
    }

    #[test]
    fn what_it_carries_changes_nothing() {
        assert_eq!(Refusal::NotNow { state: State::Claimed }.code(), "not_now");
        assert_eq!(Refusal::MoreThanOwed { owed: Money::from_minor(1) }.code(), "more_than_owed");
    }
}

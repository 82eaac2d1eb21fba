//! What is asked about before it is done, because it is rather a slip than meant.

use super::collection::is_covered;
use super::{Collection, Money, Totals};

/// Why a new sum is asked about first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The collection would end by it: so much is there already.
    Ends,
    /// It is ten times the old one, or more.
    Tenfold,
    /// It is a tenth of the old one, or less.
    Tenth,
    /// More than that is promised or received already, and stays so.
    LessThanBound,
    /// It is more than is missing.
    MoreThanMissing,
}

/// What is to be asked about another target of an open collection.
pub fn about_target(collection: &Collection, totals: &Totals, target: Money) -> Option<Doubt> {
    if collection.kind.ends_when_covered() && is_covered(target, totals.fulfilled) {
        return Some(Doubt::Ends);
    }
    if target < collection.target && target < totals.bound() {
        return Some(Doubt::LessThanBound);
    }
    of_another_size(collection.target, target)
}

/// What is to be asked about another sum of an intention to a collection that lacks `missing`.
pub fn about_sum(from: Money, to: Money, missing: Money) -> Option<Doubt> {
    of_another_size(from, to).or_else(|| (to > from && to > missing).then_some(Doubt::MoreThanMissing))
}

/// Whether it is to be asked about that a case asks for so much less: it can't be raised again.
pub fn about_less(from: Money, to: Money) -> Option<Doubt> {
    of_another_size(from, to).filter(|doubt| *doubt == Doubt::Tenth)
}

/// A digit too many or too few.
fn of_another_size(from: Money, to: Money) -> Option<Doubt> {
    let is_tenfold = |less: Money, more: Money| more.minor() / 10 >= less.minor();
    if is_tenfold(from, to) { Some(Doubt::Tenfold) } else { is_tenfold(to, from).then_some(Doubt::Tenth) }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::domain::{CollectionId, CollectionKind, MemberId, Ring};

    #[test]
    fn what_ends_something_is_tenfold_or_less_than_is_promised_is_asked_about() {
        let (monthly, emergency) = (CollectionKind::Monthly, CollectionKind::Emergency);
        for (kind, received, promised, target, doubt) in [
            (emergency, 150, 0, 100, Some(Doubt::Ends)),
            (emergency, 150, 0, 150, Some(Doubt::Ends)),
            (emergency, 150, 0, 151, None),
            (emergency, 0, 0, 1_999, None),
            (emergency, 0, 0, 2_000, Some(Doubt::Tenfold)),
            (emergency, 0, 150, 149, Some(Doubt::LessThanBound)),
            (emergency, 0, 150, 150, None),
            (emergency, 50, 100, 149, Some(Doubt::LessThanBound)),
            (emergency, 0, 300, 250, None),
            (monthly, 150, 0, 100, Some(Doubt::LessThanBound)),
            (monthly, 0, 0, 1_000_000, Some(Doubt::Tenfold)),
            (monthly, 0, 0, 21, None),
            (monthly, 0, 0, 20, Some(Doubt::Tenth)),
            (emergency, 0, 0, 1, Some(Doubt::Tenth)),
        ] {
            let collection = Collection {
                id: CollectionId::new(1),
                owner: MemberId::new(1),
                kind,
                target: Money::from_minor(200),
                opened_at: DateTime::UNIX_EPOCH,
                ends_on: NaiveDate::from_ymd_opt(2026, 12, 1),
                reached_at: None,
                ended: None,
                ring: Ring::Near,
            };
            let [fulfilled, obligations] = [received, promised].map(Money::from_minor);
            let totals = Totals { fulfilled, obligations, ..Totals::default() };
            assert_eq!(
                about_target(&collection, &totals, Money::from_minor(target)),
                doubt,
                "{kind:?} {received} {promised} {target}"
            );
        }
    }

    #[test]
    fn a_case_that_asks_for_a_tenth_or_less_is_asked_about() {
        for (to, doubt) in [(99, None), (11, None), (10, Some(Doubt::Tenth)), (1, Some(Doubt::Tenth)), (1_000, None)] {
            assert_eq!(about_less(Money::from_minor(100), Money::from_minor(to)), doubt, "{to}");
        }
    }

    #[test]
    fn more_than_is_missing_is_asked_about_where_it_grows() {
        for (from, to, missing, doubt) in [
            (50, 60, 100, None),
            (50, 100, 100, None),
            (50, 101, 100, Some(Doubt::MoreThanMissing)),
            (200, 150, 100, None),
            (5, 50, 100, Some(Doubt::Tenfold)),
            (1, 9, 0, Some(Doubt::MoreThanMissing)),
            (200, 21, 100, None),
            (200, 20, 100, Some(Doubt::Tenth)),
        ] {
            let [from, to, missing] = [from, to, missing].map(Money::from_minor);
            assert_eq!(about_sum(from, to, missing), doubt, "{from:?} {to:?} {missing:?}");
        }
    }
}

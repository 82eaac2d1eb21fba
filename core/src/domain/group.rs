//! What a group chat is of: docs/rules.md, "Groups".

use super::{MemberId, PoolId};

/// What a group is of: what its card shows, and what is told there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupOf {
    /// Whose circle it is.
    Circle(MemberId),
    /// The pool.
    Pool(PoolId),
}

impl GroupOf {
    /// The kinds of cards, as they are stored: one for each kind of thing that a group can be of.
    pub const CARDS: [&'static str; 2] = [GroupOf::CIRCLE, GroupOf::POOL];

    /// The card of a circle.
    pub const CIRCLE: &'static str = "group-card";

    /// The card of a pool.
    pub const POOL: &'static str = "group-pool";

    /// The kind of its card.
    pub const fn card(self) -> &'static str {
        match self {
            GroupOf::Circle(_) => GroupOf::CIRCLE,
            GroupOf::Pool(_) => GroupOf::POOL,
        }
    }

    /// Its number among the things of its kind.
    pub fn number(self) -> i64 {
        match self {
            GroupOf::Circle(id) => id.number(),
            GroupOf::Pool(id) => id.number(),
        }
    }

    /// What is stored by this card and this number.
    pub fn stored(card: &str, number: i64) -> Option<GroupOf> {
        match card {
            GroupOf::CIRCLE => Some(GroupOf::Circle(MemberId::new(number))),
            GroupOf::POOL => Some(GroupOf::Pool(PoolId::new(number))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        for of in [GroupOf::Circle(MemberId::new(7)), GroupOf::Pool(PoolId::new(7))] {
            assert_eq!(GroupOf::stored(of.card(), of.number()), Some(of));
            assert!(GroupOf::CARDS.contains(&of.card()));
        }
        assert_eq!(GroupOf::stored("group-intention", 7), None);
    }
}

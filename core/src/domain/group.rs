//! What a group chat is of: docs/rules.md, "Groups".

use super::{CollectionId, MemberId, PoolId};

/// What a group is of: what its card shows, and what is told there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupOf {
    /// Whose circle it is.
    Circle(MemberId),
    /// The pool.
    Pool(PoolId),
    /// The initiative.
    Initiative(CollectionId),
}

impl GroupOf {
    /// The kinds of cards, as they are stored: one for each kind of thing that a group can be of.
    pub const CARDS: [&'static str; 3] = [GroupOf::CIRCLE, GroupOf::POOL, GroupOf::INITIATIVE];

    /// The card of a circle.
    pub const CIRCLE: &'static str = "group-card";

    /// The card of a pool.
    pub const POOL: &'static str = "group-pool";

    /// The card of an initiative.
    pub const INITIATIVE: &'static str = "group-initiative";

    /// The kind of its card.
    pub const fn card(self) -> &'static str {
        match self {
            GroupOf::Circle(_) => GroupOf::CIRCLE,
            GroupOf::Pool(_) => GroupOf::POOL,
            GroupOf::Initiative(_) => GroupOf::INITIATIVE,
        }
    }

    /// Its number among the things of its kind.
    pub fn number(self) -> i64 {
        match self {
            GroupOf::Circle(id) => id.number(),
            GroupOf::Pool(id) => id.number(),
            GroupOf::Initiative(id) => id.number(),
        }
    }

    /// What is stored by this card and this number.
    pub fn stored(card: &str, number: i64) -> Option<GroupOf> {
        match card {
            GroupOf::CIRCLE => Some(GroupOf::Circle(MemberId::new(number))),
            GroupOf::POOL => Some(GroupOf::Pool(PoolId::new(number))),
            GroupOf::INITIATIVE => Some(GroupOf::Initiative(CollectionId::new(number))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        let (circle, pool) = (GroupOf::Circle(MemberId::new(7)), GroupOf::Pool(PoolId::new(7)));
        for of in [circle, pool, GroupOf::Initiative(CollectionId::new(7))] {
            assert_eq!(GroupOf::stored(of.card(), of.number()), Some(of));
            assert!(GroupOf::CARDS.contains(&of.card()));
        }
        assert_eq!(GroupOf::stored("group-intention", 7), None);
    }
}

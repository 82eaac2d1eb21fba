//! Mutual guarantees, and the trust lists that they make: docs/rules.md, "Mutual guarantee and the trust list".

use std::collections::{BTreeMap, HashMap};

use super::{MemberId, Money};

/// So many days a link stands that offers a guarantee, the day on which it was made not counted.
pub const DAYS: u32 = 30;

/// So many of them one member may have standing at a time.
pub const MOST_OFFERED: u64 = 20;

/// The name of the guarantee between two members, whoever of them is named first: what is told of it goes by that.
pub fn record(one: MemberId, other: MemberId) -> String {
    format!("guarantee/{}/{}", one.min(other), one.max(other))
}

/// How far away the members of a trust list are, from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrustRing {
    /// Those with whom I hold a guarantee.
    Mine,
    /// Those with whom they do.
    Theirs,
    /// All others who are connected through guarantees.
    Further,
}

impl TrustRing {
    /// All of them, the nearest first.
    pub const ALL: [TrustRing; 3] = [TrustRing::Mine, TrustRing::Theirs, TrustRing::Further];
}

/// A trust list in numbers, from one of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustList {
    /// How many it has, with the member whose list it is: two at least.
    pub members: u64,
    /// How many of them hold a guarantee with that member.
    pub mine: u64,
    /// And how many others with one of these.
    pub theirs: u64,
}

impl TrustList {
    /// How many are in this ring.
    pub fn count(&self, ring: TrustRing) -> u64 {
        match ring {
            TrustRing::Mine => self.mine,
            TrustRing::Theirs => self.theirs,
            TrustRing::Further => self.members.saturating_sub(1 + self.mine + self.theirs),
        }
    }

    /// What all of them together intend, where a guarantee is about this sum.
    pub fn pool(&self, each: Money) -> Money {
        each.times(self.members)
    }
}

/// Which of these members are connected through these guarantees: the greatest part first, of equal ones that with the lowest
/// number; each part in the order of its numbers. What names somebody who is not among the members joins nobody.
pub fn connected(members: &[MemberId], guarantees: &[(MemberId, MemberId)]) -> Vec<Vec<MemberId>> {
    let place: HashMap<MemberId, usize> = members.iter().enumerate().map(|(place, member)| (*member, place)).collect();
    let mut above: Vec<usize> = (0..members.len()).collect();
    for (one, other) in guarantees {
        let (Some(one), Some(other)) = (place.get(one), place.get(other)) else { continue };
        let (one, other) = (top(&mut above, *one), top(&mut above, *other));
        if let Some(joined) = above.get_mut(one.max(other)) {
            *joined = one.min(other);
        }
    }
    let mut parts: BTreeMap<usize, Vec<MemberId>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        parts.entry(top(&mut above, at)).or_default().push(*member);
    }
    let mut parts: Vec<Vec<MemberId>> = parts.into_values().collect();
    for part in &mut parts {
        part.sort_unstable();
    }
    parts.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.first().cmp(&other.first())));
    parts
}

/// Who stands above all others of the part that this one is in; the way there becomes shorter.
fn top(above: &mut [usize], from: usize) -> usize {
    let up = |above: &[usize], at: usize| above.get(at).copied().unwrap_or(at);
    let mut at = from;
    while up(above, at) != at {
        let next = up(above, up(above, at));
        if let Some(shorter) = above.get_mut(at) {
            *shorter = next;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[i64]) -> Vec<MemberId> {
        numbers.iter().copied().map(MemberId::new).collect()
    }

    fn pairs(numbers: &[(i64, i64)]) -> Vec<(MemberId, MemberId)> {
        numbers.iter().map(|(one, other)| (MemberId::new(*one), MemberId::new(*other))).collect()
    }

    #[test]
    fn who_is_connected_is_together_whatever_the_order() {
        for guarantees in [
            vec![(1, 2), (2, 3), (4, 5), (6, 6)],
            vec![(5, 4), (3, 2), (2, 1), (1, 3)],
            vec![(2, 3), (1, 3), (4, 5), (4, 99)],
        ] {
            let parts = connected(&ids(&[6, 5, 4, 3, 2, 1]), &pairs(&guarantees));
            assert_eq!(parts, [ids(&[1, 2, 3]), ids(&[4, 5]), ids(&[6])], "{guarantees:?}");
        }
        assert_eq!(connected(&[], &[]), Vec::<Vec<MemberId>>::new());
    }

    #[test]
    fn a_list_counts_its_rings_and_what_they_intend() {
        let list = TrustList { members: 9, mine: 3, theirs: 3 };
        assert_eq!(TrustRing::ALL.map(|ring| list.count(ring)), [3, 3, 2]);
        assert_eq!(list.pool(Money::from_minor(10_000)), Money::from_minor(90_000));
    }
}

//! A community of random members doing random things in random order, months ending meanwhile: what the specification
//! promises holds at every step.

use std::collections::BTreeSet;

use exodus::domain::*;
use proptest::prelude::*;

use crate::community::Community;
use crate::steps::{members, steps};

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn a_community_keeps_the_promises_of_the_specification(steps in steps()) {
        let mut community = Community::new();
        for step in steps {
            community.play(step);
            community.check();
        }
    }
}

impl Community {
    /// What holds at any moment.
    fn check(&self) {
        assert!(self.commitments.iter().all(|it| it.sum.is_positive()), "a sum is not positive");
        let by_state = State::ALL.map(|state| {
            let of_it = self.commitments.iter().filter(|it| it.state == state);
            of_it.map(|it| it.sum).sum::<Money>().minor()
        });
        assert_eq!(by_state.iter().sum::<i64>(), self.declared, "something was lost or made up");
        self.check_pairs();
        for collection in &self.collections {
            self.check_totals(collection);
        }
        for member in members() {
            let mut kinds = self.open_kinds(member);
            let count = kinds.len();
            kinds.sort_unstable();
            kinds.dedup();
            assert_eq!(kinds.len(), count, "two open collections of one kind");
        }
    }

    /// Nobody helps themselves, at most one intention or obligation of a pair (and beside an intention no claim), and what a
    /// supporter sees as theirs is what the receiver sees as in their favour.
    fn check_pairs(&self) {
        let (mut owed, mut intended, mut claimed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for it in &self.commitments {
            assert_ne!(it.supporter, it.receiver);
            assert_eq!(it.receiver, self.collection(it).owner);
            let pair = (it.collection, it.supporter);
            match it.state {
                State::Intention => assert!(owed.insert(pair) && intended.insert(pair), "two at once"),
                State::Obligation => assert!(owed.insert(pair), "two at once"),
                State::Claimed => drop(claimed.insert(pair)),
                _ => {}
            }
            let emergency = self.collection(it).kind == CollectionKind::Emergency;
            assert!(!emergency || it.state != State::Intention, "an intention to an emergency");
            let of_open = self.collection(it).is_open() || it.state != State::Intention;
            assert!(of_open, "an intention outlived its collection");
            // The parts of a promise are of one pair.
            if let Some(of) = it.part_of {
                let whole = &self.commitments[of.number() as usize];
                assert_eq!((whole.collection, whole.supporter, whole.part_of), (it.collection, it.supporter, None));
            }
        }
        assert!(intended.is_disjoint(&claimed), "an intention beside a claim");
        for a in members() {
            for b in members() {
                let given = self.list(a, Role::Supporter).filter(|it| it.receiver == b);
                let received = self.list(b, Role::Receiver).filter(|it| it.supporter == a);
                assert!(given.eq(received), "{a} and {b} see different lists");
            }
        }
    }

    fn list(&self, member: MemberId, role: Role) -> impl Iterator<Item = &Commitment> {
        self.commitments.iter().filter(move |it| it.role_of(member) == Some(role))
    }

    fn check_totals(&self, collection: &Collection) {
        let totals = self.totals(collection);
        let taken = [totals.obligations, totals.claims, totals.fulfilled];
        let expected = collection.target.minor() - taken.map(Money::minor).iter().sum::<i64>();
        assert_eq!(totals.missing(collection.target).minor(), expected.max(0));
        let covered = totals.fulfilled >= collection.target;
        if collection.kind == CollectionKind::Emergency && collection.is_open() {
            assert!(!covered, "a covered emergency is open");
        }
    }
}

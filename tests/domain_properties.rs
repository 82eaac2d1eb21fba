//! A community of random members doing random things in random order, months ending meanwhile:
//! what the specification promises holds at every step.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use exodus::domain::collection::{self, how_it_ends};
use exodus::domain::*;
use proptest::prelude::*;

const MEMBERS: MemberId = 3;

/// Why a commitment went from one state to another.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cause {
    By(DeedKind),
    MonthEnd,
    CollectionEnd,
}

/// The transitions of the specification, and no others.
const TRANSITIONS: [(State, Cause, State); 25] = {
    use Cause::*;
    use DeedKind::*;
    use State::*;
    [
        (Intention, By(Change), Intention),
        (Intention, By(AskToPromise), Intention),
        (Intention, By(Withdraw), Withdrawn),
        (Intention, By(Promise), Obligation),
        (Intention, By(FulfilNow), Claimed),
        (Intention, MonthEnd, Lapsed),
        (Intention, MonthEnd, Intention), // on hold
        (Intention, CollectionEnd, Cancelled),
        (Obligation, By(AskToFulfil), Obligation),
        (Obligation, By(Claim), Claimed),
        (Obligation, By(Forgive), Forgiven),
        (Obligation, MonthEnd, Overdue),
        (Obligation, MonthEnd, Obligation), // put off, or of an open emergency
        (Obligation, CollectionEnd, Cancelled),
        (Claimed, By(Remind), Claimed),
        (Claimed, By(Confirm), Fulfilled),
        (Claimed, By(NotReceived), Obligation),
        (Claimed, MonthEnd, OverdueClaimed),
        (Claimed, MonthEnd, Claimed), // put off, or of an open emergency
        (Overdue, By(AskToFulfil), Overdue),
        (Overdue, By(Forgive), Forgiven),
        (Overdue, By(Claim), OverdueClaimed),
        (OverdueClaimed, By(Remind), OverdueClaimed),
        (OverdueClaimed, By(Confirm), FulfilledLate),
        (OverdueClaimed, By(NotReceived), Overdue),
    ]
};

#[derive(Debug, Clone)]
enum Step {
    Open { owner: MemberId, kind: CollectionKind, target: i64, days: u32 },
    Retarget { pick: usize, who: MemberId, target: i64 },
    End { pick: usize, who: MemberId },
    Declare { who: MemberId, pick: usize, sum: i64 },
    Act { who: MemberId, pick: usize, deed: DeedKind, sum: i64 },
    Wait { hours: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let member = || 1..=MEMBERS;
    let pick = || 0..1000_usize;
    let kind = prop_oneof![Just(CollectionKind::Monthly), Just(CollectionKind::Emergency)];
    let deed = proptest::sample::select(DeedKind::ALL.to_vec());
    let step = prop_oneof![
        2 => (member(), kind, -1..500_i64, 0..33_u32)
            .prop_map(|(owner, kind, target, days)| Step::Open { owner, kind, target, days }),
        1 => (pick(), member(), -1..500_i64)
            .prop_map(|(pick, who, target)| Step::Retarget { pick, who, target }),
        1 => (pick(), member()).prop_map(|(pick, who)| Step::End { pick, who }),
        6 => (member(), pick(), -1..300_i64)
            .prop_map(|(who, pick, sum)| Step::Declare { who, pick, sum }),
        20 => (member(), pick(), deed, -1..300_i64)
            .prop_map(|(who, pick, deed, sum)| Step::Act { who, pick, deed, sum }),
        1 => (1..400_i64).prop_map(|hours| Step::Wait { hours }),
    ];
    proptest::collection::vec(step, 1..300)
}

/// What the store and the use cases do, in memory.
struct Community {
    now: DateTime<Utc>,
    month: Month,
    collections: Vec<Collection>,
    commitments: Vec<Commitment>,
    /// What all sums must add up to, by what was declared, changed and carried over.
    declared: i64,
}

impl Community {
    fn new() -> Self {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().expect("a time");
        Self { now, month: Month::of(now, Tz::UTC), collections: Vec::new(), commitments: Vec::new(), declared: 0 }
    }

    fn open_kinds(&self, member: MemberId) -> Vec<CollectionKind> {
        self.collections
            .iter()
            .filter(|collection| collection.owner == member && collection.is_open())
            .map(|collection| collection.kind)
            .collect()
    }

    fn status(&self, member: MemberId) -> Status {
        Status::of(self.open_kinds(member))
    }

    fn collection(&self, commitment: &Commitment) -> &Collection {
        &self.collections[commitment.collection as usize]
    }

    fn standing(&self, commitment: &Commitment) -> Standing {
        Standing::of(
            self.collection(commitment).kind,
            self.status(commitment.receiver),
            self.status(commitment.supporter),
        )
    }

    fn totals(&self, collection: &Collection) -> Totals {
        let of_it = self.commitments.iter().filter(|commitment| {
            commitment.collection == collection.id
                && (collection.kind == CollectionKind::Emergency || commitment.month == self.month)
        });
        Totals::of(of_it.map(|it| (it.supporter, it.state, it.sum)))
    }

    fn play(&mut self, step: Step) {
        match step {
            Step::Open { owner, kind, target, days } => {
                let days = (kind == CollectionKind::Emergency).then_some(days);
                let today = local_date(self.now, Tz::UTC);
                let target = Money::from_minor(target);
                let kinds = self.open_kinds(owner);
                if let Ok(opening) = collection::open(kind, &kinds, target, today, days) {
                    self.collections.push(Collection {
                        id: self.collections.len() as CollectionId,
                        owner,
                        kind: opening.kind,
                        target: opening.target,
                        opened_at: self.now,
                        ends_on: opening.ends_on,
                        ended: None,
                        ring: Ring::Near,
                    });
                }
            }
            Step::Retarget { pick, who, target } if !self.collections.is_empty() => {
                let at = pick % self.collections.len();
                let target = Money::from_minor(target);
                if let Ok(new) = collection::change_target(&self.collections[at], who, target) {
                    self.collections[at] = new.collection;
                    self.end_if_covered(at);
                }
            }
            Step::End { pick, who } if !self.collections.is_empty() => {
                let at = pick % self.collections.len();
                if collection::check_owner(&self.collections[at], who).is_ok() {
                    self.end(at, Ending::Ended);
                }
            }
            Step::Declare { who, pick, sum } if !self.collections.is_empty() => {
                self.declare(who, pick % self.collections.len(), Money::from_minor(sum));
            }
            Step::Act { who, pick, deed, sum } if !self.commitments.is_empty() => {
                self.act(who, pick % self.commitments.len(), deed, Money::from_minor(sum));
            }
            Step::Wait { hours } => self.wait(TimeDelta::hours(hours)),
            _ => {}
        }
    }

    fn declare(&mut self, who: MemberId, at: usize, sum: Money) {
        let collection = &self.collections[at];
        let live = self
            .commitments
            .iter()
            .find(|it| it.collection == collection.id && it.supporter == who && it.state.is_live());
        let owner = self.status(collection.owner);
        let declared = declare(who, collection, owner, live.map(|it| it.state), sum);
        if let Ok(state) = declared {
            let (collection, receiver) = (collection.id, collection.owner);
            self.add(who, receiver, collection, sum, state);
        }
    }

    fn add(&mut self, supporter: MemberId, receiver: MemberId, collection: CollectionId, sum: Money, state: State) {
        self.declared += sum.minor();
        self.commitments.push(Commitment {
            id: self.commitments.len() as CommitmentId,
            collection,
            supporter,
            receiver,
            sum,
            state,
            month: self.month,
            asked_at: None,
            reminded_at: None,
        });
    }

    fn act(&mut self, who: MemberId, at: usize, kind: DeedKind, sum: Money) {
        let old = self.commitments[at].clone();
        let standing = self.standing(&old);
        let offered = available(&old, who, standing, self.now).contains(&kind);
        let deed = kind.deed().unwrap_or(Deed::Change(sum));
        match act(&old, who, deed, standing, self.now) {
            Ok(Outcome { commitment, event }) => {
                assert!(offered, "{kind:?} was accepted but not offered");
                assert_eq!(event.help(), Some(commitment.help()));
                if kind != DeedKind::Change {
                    assert_eq!(commitment.sum, old.sum);
                }
                self.declared += commitment.sum.minor() - old.sum.minor();
                self.replace(Cause::By(kind), commitment);
                if let Event::Confirmed { help, .. } = event {
                    self.end_if_covered(help.collection as usize);
                }
            }
            Err(refusal) => {
                // The sum is the person's to choose; all else was known when the page was made.
                let by_sum = matches!(refusal, Refusal::Unchanged | Refusal::NotPositive);
                assert_eq!(offered, by_sum, "{kind:?} was refused: {refusal}");
                let side = [old.supporter, old.receiver].contains(&who);
                assert!(side || refusal == Refusal::NotYours, "a stranger was told {refusal}");
            }
        }
    }

    fn end_if_covered(&mut self, at: usize) {
        let collection = &self.collections[at];
        if collection.is_covered(self.totals(collection).fulfilled) {
            self.end(at, Ending::Covered);
        }
    }

    fn end(&mut self, at: usize, ending: Ending) {
        let collection = &self.collections[at];
        let totals = self.totals(collection);
        self.collections[at] = collection::end(collection, ending, &totals).expect("open").collection;
        for commitment in self.commitments.clone() {
            let state = how_it_ends(ending, commitment.state);
            if let (Some(state), true) = (state, commitment.collection == at as CollectionId) {
                self.replace(Cause::CollectionEnd, Commitment { state, ..commitment });
            }
        }
    }

    fn wait(&mut self, time: TimeDelta) {
        self.now += time;
        while self.month < Month::of(self.now, Tz::UTC) {
            self.close_month();
        }
        for at in 0..self.collections.len() {
            if self.collections[at].is_expired(local_date(self.now, Tz::UTC)) {
                self.end(at, Ending::Expired);
            }
        }
    }

    fn close_month(&mut self) {
        let entries: Vec<Entry> = self
            .commitments
            .iter()
            .map(|commitment| {
                let collection = self.collection(commitment);
                Entry {
                    commitment: commitment.clone(),
                    kind: collection.kind,
                    open: collection.is_open(),
                    receiver: self.status(commitment.receiver),
                    supporter: self.status(commitment.supporter),
                }
            })
            .collect();
        let closed = close(self.month, &entries);
        let mut shuffled = entries.clone();
        shuffled.reverse();
        assert_eq!(closed.carried, close(self.month, &shuffled).carried, "the order matters");

        let ended = self.month;
        self.month = ended.next();
        for Outcome { commitment, .. } in closed.changed {
            let old = &self.commitments[commitment.id as usize];
            let grown = commitment.sum.minor() - old.sum.minor();
            assert!(grown == 0 || commitment.state == State::Intention);
            if commitment.state.is_overdue() {
                assert_ne!(self.status(commitment.supporter), Status::Red);
            }
            self.declared += grown;
            self.replace(Cause::MonthEnd, commitment);
        }
        for new in closed.carried {
            self.add(new.supporter, new.receiver, new.collection, new.sum, State::Intention);
        }
        for commitment in &self.commitments {
            assert!(!commitment.state.is_live() || commitment.month == self.month);
        }
    }

    /// Writes the new truth, if the specification allows it.
    fn replace(&mut self, cause: Cause, new: Commitment) {
        let old = &mut self.commitments[new.id as usize];
        let transition = (old.state, cause, new.state);
        assert!(TRANSITIONS.contains(&transition), "{transition:?} is not in the specification");
        assert_eq!(
            (old.id, old.collection, old.supporter, old.receiver),
            (new.id, new.collection, new.supporter, new.receiver)
        );
        *old = new;
    }

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
        for member in 1..=MEMBERS {
            let mut kinds = self.open_kinds(member);
            let count = kinds.len();
            kinds.sort_unstable();
            kinds.dedup();
            assert_eq!(kinds.len(), count, "two open collections of one kind");
        }
    }

    /// Nobody helps themselves, at most one live commitment of a pair, and what a supporter sees as
    /// theirs is what the receiver sees as in their favour.
    fn check_pairs(&self) {
        let mut live = std::collections::BTreeSet::new();
        for it in &self.commitments {
            assert_ne!(it.supporter, it.receiver);
            assert_eq!(it.receiver, self.collection(it).owner);
            if it.state.is_live() {
                assert!(live.insert((it.collection, it.supporter)), "two live commitments");
            }
            let emergency = self.collection(it).kind == CollectionKind::Emergency;
            assert!(!emergency || it.state != State::Intention, "an intention to an emergency");
            let of_open = self.collection(it).is_open() || it.state != State::Intention;
            assert!(of_open, "an intention outlived its collection");
        }
        for a in 1..=MEMBERS {
            for b in 1..=MEMBERS {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_community_keeps_the_promises_of_the_specification(steps in steps()) {
        let mut community = Community::new();
        for step in steps {
            community.play(step);
            community.check();
        }
    }

    #[test]
    fn what_is_offered_is_what_is_accepted(
        state in proptest::sample::select(State::ALL.to_vec()),
        who in 1..=3_i64,
        on_hold: bool,
        put_off: bool,
        sum in 1..=i64::MAX,
        asked in proptest::option::of(0..60_i64),
        reminded in proptest::option::of(0..60_i64),
    ) {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().expect("a time");
        let ago = |hours: i64| now - TimeDelta::hours(hours);
        let commitment = Commitment {
            id: 1,
            collection: 1,
            supporter: 1,
            receiver: 2,
            sum: Money::from_minor(sum),
            state,
            month: Month::of(now, Tz::UTC),
            asked_at: asked.map(ago),
            reminded_at: reminded.map(ago),
        };
        let standing = Standing { on_hold, put_off };
        let other = Money::from_minor(if sum == 1 { 2 } else { sum - 1 });
        let offered = available(&commitment, who, standing, now);
        for kind in DeedKind::ALL {
            let deed = kind.deed().unwrap_or(Deed::Change(other));
            let accepted = act(&commitment, who, deed, standing, now).is_ok();
            prop_assert_eq!(offered.contains(&kind), accepted, "{:?}", kind);
        }
    }

    #[test]
    fn a_written_sum_is_read_as_itself(minor in 1..=i64::MAX) {
        let sum = Money::from_minor(minor);
        prop_assert_eq!(Money::parse(&sum.to_string(), sum), Ok(sum));
        prop_assert_eq!(Money::parse(&sum.to_string().replace('.', ","), sum), Ok(sum));
        prop_assert_eq!(Money::parse(&format!("€ {sum}"), sum), Ok(sum));
        let less = Money::from_minor(minor - 1);
        prop_assert_eq!(Money::parse(&sum.to_string(), less), Err(Misread::TooLarge(less)));
    }

    #[test]
    fn grouped_thousands_are_read_as_the_same_sum(
        minor in 1..=i64::MAX,
        signs in proptest::sample::select(vec![(' ', ','), ('\u{a0}', '.'), ('.', ','), (',', '.'), ('\'', '.')]),
    ) {
        let (group, point) = signs;
        let digits: Vec<char> = (minor / 100).to_string().chars().rev().collect();
        let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
        let whole: String = groups.join(&group.to_string()).chars().rev().collect();
        let sum = Money::from_minor(minor);
        prop_assert_eq!(Money::parse(&format!("{whole}{point}{:02}", minor % 100), sum), Ok(sum));
    }

    #[test]
    fn any_text_is_read_as_a_sum_within_bounds_or_refused(
        text in prop_oneof![any::<String>(), "[-+0-9 .,'€$a-zр\u{a0}\u{200f}]{0,40}"],
        max in 1..=i64::MAX,
    ) {
        let max = Money::from_minor(max);
        match Money::parse(&text, max) {
            Ok(sum) => prop_assert!(sum.is_positive() && sum <= max),
            Err(Misread::TooLarge(told)) => prop_assert_eq!(told, max),
            Err(_) => {}
        }
    }

    #[test]
    fn months_are_numbered_and_follow_each_other(year in 1..9999_i32, month in 1..=12_u32) {
        let this = Month::new(year, month).expect("a month");
        prop_assert_eq!(Month::from_number(this.number()), Some(this));
        prop_assert_eq!(this.next().previous(), this);
        prop_assert!(this < this.next() && this.number() < this.next().number());
        prop_assert_eq!(this.last_day().succ_opt(), Some(this.next().first_day()));
    }
}

//! What the store and the use cases do, in memory.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::collection::{self, how_it_ends};
use exodus::domain::*;
use exodus_engine::hours::Zone;

use crate::steps::Step;
use crate::transitions::{Cause, TRANSITIONS};

pub struct Community {
    now: DateTime<Utc>,
    month: Month,
    pub collections: Vec<Collection>,
    pub commitments: Vec<Commitment>,
    /// What all sums must add up to, by what was declared, changed and carried over.
    pub declared: i64,
}

impl Community {
    pub fn new() -> Self {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().expect("a time");
        Self { now, month: Month::of(now, &Zone::UTC), collections: Vec::new(), commitments: Vec::new(), declared: 0 }
    }

    pub fn open_kinds(&self, member: MemberId) -> Vec<CollectionKind> {
        self.collections
            .iter()
            .filter(|collection| collection.owner == member && collection.is_open())
            .map(|collection| collection.kind)
            .collect()
    }

    fn status(&self, member: MemberId) -> Status {
        Status::of(self.open_kinds(member))
    }

    pub fn collection(&self, commitment: &Commitment) -> &Collection {
        &self.collections[commitment.collection.number() as usize]
    }

    fn standing(&self, commitment: &Commitment) -> Standing {
        let collection = self.collection(commitment);
        let standing =
            Standing::of(collection.kind, self.status(commitment.receiver), self.status(commitment.supporter));
        standing.of_help_to(collection, commitment.month, self.month, self.beside(commitment))
    }

    /// As the store finds it.
    fn beside(&self, commitment: &Commitment) -> Option<Commitment> {
        let promise = |it: &Commitment| it.part_of.unwrap_or(it.id);
        let matters = |it: &&Commitment| match commitment.state {
            State::Claimed | State::Fulfilled => matches!(it.state, State::Intention | State::Obligation),
            State::OverdueClaimed => it.state == State::Overdue && promise(it) == promise(commitment),
            _ => false,
        };
        let of_the_pair = self.commitments.iter().filter(|it| {
            it.id != commitment.id && (it.collection, it.supporter) == (commitment.collection, commitment.supporter)
        });
        let found: Vec<&Commitment> = of_the_pair.filter(matters).collect();
        assert!(found.len() < 2, "there is more than one: {found:?}");
        found.first().map(|it| (*it).clone())
    }

    pub fn totals(&self, collection: &Collection) -> Totals {
        let of_it = self.commitments.iter().filter(|commitment| {
            commitment.collection == collection.id
                && (collection.kind == CollectionKind::Emergency || commitment.month == self.month)
        });
        Totals::of(of_it.map(|it| (it.supporter, it.state, it.sum)))
    }

    pub fn play(&mut self, step: Step) {
        match step {
            Step::Open { owner, kind, target, days } => {
                let days = (kind == CollectionKind::Emergency).then_some(days);
                let today = local_date(self.now, &Zone::UTC);
                let target = Money::from_minor(target);
                let kinds = self.open_kinds(owner);
                if let Ok(opening) = collection::open(kind, &kinds, target, today, days) {
                    self.collections.push(Collection {
                        id: CollectionId::new(self.collections.len() as i64),
                        owner,
                        kind: opening.kind,
                        target: opening.target,
                        opened_at: self.now,
                        ends_on: opening.ends_on,
                        reached_at: None,
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
            id: CommitmentId::new(self.commitments.len() as i64),
            collection,
            supporter,
            receiver,
            sum,
            state,
            month: self.month,
            asked_at: None,
            reminded_at: None,
            settled_at: None,
            part_of: None,
            claimed_in_time: false,
            set_off_by: None,
        });
    }

    fn act(&mut self, who: MemberId, at: usize, kind: DeedKind, sum: Money) {
        let old = self.commitments[at].clone();
        let standing = self.standing(&old);
        let offered = available(&old, who, &standing, self.now).contains(&kind);
        match act(&old, who, kind.of(sum), &standing, self.now) {
            Ok(outcome) => {
                assert!(offered, "{kind:?} was accepted but not offered");
                let Outcome { commitment, beside, event } = outcome.clone();
                match beside {
                    Some(Beside::Part(part)) => {
                        assert_eq!(kind, DeedKind::ClaimPart);
                        assert_eq!(commitment.sum.minor() + part.sum.minor(), old.sum.minor());
                        let id = CommitmentId::new(self.commitments.len() as i64);
                        let told = outcome.told(id).help().expect("of a commitment");
                        assert_eq!((told.commitment, told.sum), (id, part.sum));
                        let claim = Commitment { id, sum: part.sum, state: part.state, ..commitment.clone() };
                        self.commitments.push(Commitment { part_of: Some(part.of), ..claim });
                    }
                    Some(Beside::Whole(whole)) => {
                        assert_eq!(commitment.state, State::Merged);
                        let rest = &self.commitments[whole.id.number() as usize];
                        assert_eq!(whole.sum.minor(), rest.sum.minor() + old.sum.minor());
                        assert_eq!(whole.state, rest.state);
                        // Its sum has gone over.
                        self.declared += old.sum.minor();
                        self.replace(Cause::OneAgain, whole);
                    }
                    None => {
                        assert_eq!(event.help(), Some(commitment.help()));
                        assert!(kind == DeedKind::Change || commitment.sum == old.sum);
                        self.declared += commitment.sum.minor() - old.sum.minor();
                    }
                }
                self.replace(Cause::By(kind), commitment);
                if let Event::Confirmed { help, .. } = event {
                    self.end_if_covered(help.collection.number() as usize);
                }
            }
            Err(refusal) => {
                // The sum is the person's to choose; all else was known when the page was made.
                let by_sum =
                    matches!(refusal, Refusal::Unchanged | Refusal::NotPositive | Refusal::MoreThanOwed { .. });
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
            if let (Some(state), true) = (state, commitment.collection.number() as usize == at) {
                self.replace(Cause::CollectionEnd, Commitment { state, ..commitment });
            }
        }
    }

    fn wait(&mut self, time: TimeDelta) {
        self.now += time;
        while self.month < Month::of(self.now, &Zone::UTC) {
            self.close_month();
        }
        for at in 0..self.collections.len() {
            if self.collections[at].is_expired(local_date(self.now, &Zone::UTC)) {
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
        for Outcome { commitment, beside, .. } in closed.changed {
            assert_eq!(beside, None);
            let old = &self.commitments[commitment.id.number() as usize];
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
        let old = &mut self.commitments[new.id.number() as usize];
        let transition = (old.state, cause, new.state);
        assert!(TRANSITIONS.contains(&transition), "{transition:?} is not in the specification");
        assert_eq!(
            (old.id, old.collection, old.supporter, old.receiver),
            (new.id, new.collection, new.supporter, new.receiver)
        );
        let settled_at = if new.state.is_settled() { old.settled_at.or(Some(self.now)) } else { None };
        *old = Commitment { settled_at, ..new };
    }
}

//! What has to be true of the records, whatever happened.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use exodus::domain::State::{self, *};
use exodus::domain::{CollectionId, CommitmentId, MemberId, Month, local_date};
use exodus::store::{clearing, collection, commitment, journal, schedule};
use exodus_engine::conversation::Clock;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::place::{Place, month};

/// The commitments as they were at the last look.
#[derive(Default)]
pub struct Records {
    known: BTreeMap<CommitmentId, commitment::Model>,
    /// Open emergencies by their owner, at the last look.
    red: BTreeMap<MemberId, CollectionId>,
    /// Who has left.
    pub left: BTreeSet<MemberId>,
}

/// The steps that a commitment may take, by a deed or by the calendar.
const STEPS: [(State, State); 29] = [
    (Intention, Obligation),
    (Intention, Claimed),
    (Intention, Withdrawn),
    (Intention, Lapsed),
    (Intention, Cancelled),
    (Obligation, Claimed),
    (Obligation, Overdue),
    (Obligation, Forgiven),
    (Obligation, Cancelled),
    (Claimed, Fulfilled),
    (Claimed, Obligation),
    (Claimed, OverdueClaimed),
    (Claimed, Merged),
    (OverdueClaimed, Merged),
    (Fulfilled, Claimed),
    (Fulfilled, OverdueClaimed),
    (FulfilledLate, OverdueClaimed),
    (Overdue, OverdueClaimed),
    (Overdue, Forgiven),
    (OverdueClaimed, FulfilledLate),
    (OverdueClaimed, Overdue),
    // A clearing has set it off.
    (Obligation, Fulfilled),
    (Overdue, FulfilledLate),
    // One of the two has left.
    (Claimed, Cancelled),
    (Overdue, Cancelled),
    (OverdueClaimed, Cancelled),
    // These are two at once: a turn comes before the calendar, and what ended is overdue before the deed is done.
    (Obligation, OverdueClaimed),
    (Claimed, FulfilledLate),
    (Claimed, Overdue),
];

fn state_of(row: &commitment::Model) -> State {
    State::parse(&row.state).unwrap()
}

impl Records {
    /// The commitments to which something can still happen.
    pub fn unsettled(&self) -> Vec<CommitmentId> {
        self.known.values().filter(|row| !state_of(row).is_settled()).map(|row| row.id).collect()
    }

    /// What was confirmed: that can be taken back for a while.
    pub fn confirmed(&self) -> Vec<CommitmentId> {
        self.known.values().filter(|row| state_of(row).is_fulfilled()).map(|row| row.id).collect()
    }

    pub fn all(&self) -> impl Iterator<Item = &commitment::Model> {
        self.known.values()
    }

    pub fn summary(&self) -> String {
        let counted = self.known.values().fold(BTreeMap::new(), |mut counted: BTreeMap<&str, usize>, row| {
            *counted.entry(row.state.as_str()).or_default() += 1;
            counted
        });
        format!("{counted:?}")
    }

    /// Looks at the records again, and checks all that has to be true of them. `closed`: the calendar has come by.
    pub async fn hold(&mut self, place: &Place, closed: bool) {
        let now = place.clock.now();
        let this_month = Month::of(now, &place.zone);
        let collections: HashMap<CollectionId, collection::Model> =
            collection::Entity::find().all(&place.db).await.unwrap().into_iter().map(|row| (row.id, row)).collect();
        let red: BTreeMap<MemberId, CollectionId> = collections
            .values()
            .filter(|row| row.kind == "emergency" && row.ended_at.is_none())
            .map(|row| (row.owner_id, row.id))
            .collect();
        for row in self.changed(place).await {
            let before = self.known.insert(row.id, row.clone());
            self.is_a_step(place, before.as_ref(), &row, &collections);
            if let Some(before) = before {
                let spared = self.red.get(&row.supporter_id).is_some_and(|id| red.get(&row.supporter_id) == Some(id));
                // (What was confirmed in a month that is over waits again as it is; nobody is pressed by that.)
                let ended = state_of(&before).is_live() && state_of(&row).is_overdue();
                assert!(!(spared && ended), "the supporter was Red all the time: {before:?} {row:?}");
            }
        }
        self.red = red;

        let mut pairs = BTreeSet::new();
        let mut confirmed: BTreeMap<CollectionId, i64> = BTreeMap::new();
        for row in self.known.values() {
            let (state, collection) = (state_of(row), &collections[&row.collection_id]);
            assert!(row.sum > 0 && row.supporter_id != row.receiver_id && row.receiver_id == collection.owner_id);
            if matches!(state, Intention | Obligation) {
                assert!(pairs.insert((row.collection_id, row.supporter_id)), "two at once: {row:?}");
            }
            if closed && state.is_live() {
                assert_eq!(month(row.month), this_month, "live in a month that is over: {row:?}");
            }
            if state == Intention {
                let takes = ["monthly", "initiative"].contains(&collection.kind.as_str());
                assert!(takes && collection.ended_at.is_none(), "{row:?} {collection:?}");
            }
            assert_eq!(state.is_settled(), row.settled_at.is_some(), "{row:?}");
            let is_theirs = [row.supporter_id, row.receiver_id].iter().any(|side| self.left.contains(side));
            assert!(!is_theirs || state.is_settled(), "with one who has left: {row:?}");
            if state.is_fulfilled() {
                *confirmed.entry(row.collection_id).or_default() += row.sum;
            }
        }
        for row in collections.values().filter(|row| row.kind == "emergency" && row.ended_at.is_none()) {
            let gathered = confirmed.get(&row.id).copied().unwrap_or_default();
            assert!(gathered < row.target, "covered and still open: {row:?}");
            if closed {
                assert!(local_date(now, &place.zone) <= row.ends_on.unwrap(), "over and still open: {row:?}");
            }
        }
        self.months_follow_each_other(place).await;
    }

    /// All that may have changed since the last look: what is settled stays as it is, unless it was confirmed.
    async fn changed(&self, place: &Place) -> Vec<commitment::Model> {
        let last = self.known.keys().next_back().copied().unwrap_or(CommitmentId::BEFORE_ALL);
        let open = [self.unsettled(), self.confirmed()].concat();
        let rows = commitment::Entity::find()
            .filter(commitment::Column::Id.gt(last).or(commitment::Column::Id.is_in(open)))
            .order_by_asc(commitment::Column::Id)
            .all(&place.db)
            .await
            .unwrap();
        rows.into_iter().filter(|row| self.known.get(&row.id) != Some(row)).collect()
    }

    fn is_a_step(
        &self,
        place: &Place,
        before: Option<&commitment::Model>,
        row: &commitment::Model,
        collections: &HashMap<CollectionId, collection::Model>,
    ) {
        let state = state_of(row);
        let Some(before) = before else {
            let takes = ["monthly", "initiative"].contains(&collections[&row.collection_id].kind.as_str());
            let began = if takes { Intention } else { Obligation };
            let carried = row.carried_from.is_some();
            let set_off = row.clearing_id.is_some() && state.is_fulfilled();
            let part = row.part_of.is_some() && (state.is_claimed() || state == Overdue || set_off);
            assert!(began == state || carried || part, "{row:?} began as nothing of the kind at {}", place.clock.now());
            return;
        };
        let from = state_of(before);
        assert!(from == state || STEPS.contains(&(from, state)), "{before:?} became {row:?}");
        let unclaimed = matches!(from, Obligation | Overdue) && state.is_fulfilled();
        assert_eq!(unclaimed, row.clearing_id.is_some() && before.clearing_id.is_none(), "{before:?} became {row:?}");
        assert!(row.month >= before.month, "{before:?} went back to {row:?}");
        if !matches!(from, Intention | Obligation | Overdue) {
            assert_eq!(row.sum, before.sum, "only an intention changes its sum, and what is owed by parts of it");
        }
    }

    /// Each month was closed once, and one is to come.
    async fn months_follow_each_other(&self, place: &Place) {
        let rows = schedule::Entity::find()
            .filter(schedule::Column::Name.eq("month-close"))
            .order_by_asc(schedule::Column::Id)
            .all(&place.db)
            .await
            .unwrap();
        for pair in rows.windows(2) {
            let months = [&pair[0], &pair[1]].map(|row| month(i32::try_from(row.about).unwrap()));
            assert_eq!(months[0].next(), months[1]);
        }
        let open = rows.iter().filter(|row| row.done_at.is_none()).count();
        assert!(open == 1 && rows.last().unwrap().done_at.is_none());
    }

    /// What was set off of each member's promises comes to what was set off of those to them, in each clearing; and each line is
    /// carried out, once. Says how many there were.
    pub async fn balances_are_kept(&self, place: &Place) -> usize {
        let clearings = clearing::Entity::find().all(&place.db).await.unwrap();
        let counting: Vec<_> =
            clearings.into_iter().filter(|row| row.kind == "month" && row.state != "running").collect();
        for row in &counting {
            assert_eq!(row.state, "done");
            let mut balances: BTreeMap<MemberId, i64> = BTreeMap::new();
            let mut fulfilled = 0;
            for one in self.known.values().filter(|one| one.clearing_id == Some(row.id)) {
                *balances.entry(one.supporter_id).or_default() += one.sum;
                *balances.entry(one.receiver_id).or_default() -= one.sum;
                fulfilled += one.sum;
            }
            assert!(balances.values().all(|sum| *sum == 0), "{row:?}: {balances:?}");
            assert_eq!(fulfilled, row.set_off_sum, "{row:?}");
        }
        counting.iter().filter(|row| row.set_off_sum > 0).count()
    }

    /// The journal tells of each commitment how it came to be what it is.
    pub async fn are_explained(&self, place: &Place) {
        let mut told: BTreeMap<CommitmentId, (State, i64)> = BTreeMap::new();
        let rows = journal::Entity::find().order_by_asc(journal::Column::Id).all(&place.db).await.unwrap();
        for row in rows {
            let Some(id) = row.commitment_id else { continue };
            let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap();
            let said = || State::parse(facts["state"].as_str().unwrap()).unwrap();
            // Of a part, what is left, or what it is one with again.
            let other = |name: &str| {
                let id = CommitmentId::new(facts[name]["commitment"].as_i64()?);
                Some((id, facts[name]["sum"].as_i64().unwrap()))
            };
            if let Some((rest, sum)) = other("rest") {
                let owed = told[&rest].0;
                told.insert(rest, (owed, sum));
                told.insert(id, (owed, 0));
            }
            let was = told.get(&id).map(|(state, _)| *state);
            let state = match row.what.as_str() {
                "not_received" | "taken_back" if facts["whole"].is_object() => {
                    let (whole, sum) = other("whole").unwrap();
                    told.insert(whole, (said(), sum));
                    Merged
                }
                "declared" | "not_received" | "taken_back" | "went_overdue" | "brought_over" => said(),
                "confirmation_taken_back" => said(),
                "withdrawn" => Withdrawn,
                "promised" | "share_promised" => Obligation,
                "claimed" if was == Some(Overdue) => OverdueClaimed,
                "claimed" => Claimed,
                "confirmed" if facts["late"] == true => FulfilledLate,
                "confirmed" => Fulfilled,
                "forgiven" => Forgiven,
                "set_off" => said(),
                "wanted_directly" | "let_set_off" => was.unwrap(),
                "cancelled" | "cancelled_by_leaving" | "vote_cancelled" => Cancelled,
                "lapsed" => Lapsed,
                "carried_over" => Intention,
                "changed" | "noted" | "reminded" | "asked_to_promise" | "asked_to_fulfil" | "asked_to_write" => {
                    was.unwrap()
                }
                other => panic!("{other} is nothing that happens to a commitment"),
            };
            told.insert(id, (state, facts["help"]["sum"].as_i64().unwrap()));
        }
        let kept: BTreeMap<CommitmentId, (State, i64)> =
            self.known.iter().map(|(id, row)| (*id, (state_of(row), row.sum))).collect();
        assert_eq!(told, kept, "what the journal tells is what is kept");
        let now = commitment::Entity::find().order_by_asc(commitment::Column::Id).all(&place.db).await.unwrap();
        let same = |row: &commitment::Model| self.known.get(&row.id).is_some_and(|known| known.state == row.state);
        assert!(now.iter().all(same), "what was settled stayed so");
    }
}

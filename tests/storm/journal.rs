//! The journal, played again from its beginning by the rules as they are written for people: what must have become of
//! every commitment, and of every collection.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use exodus::domain::State;
use serde_json::Value;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Noted {
    pub at: DateTime<Utc>,
    pub actor: Option<i64>,
    pub what: String,
    pub facts: Value,
}

impl Noted {
    pub fn number(&self, place: &str) -> Option<i64> {
        self.facts.pointer(place)?.as_i64()
    }

    fn state(&self, place: &str) -> Option<State> {
        State::parse(self.facts.pointer(place)?.as_str()?)
    }

    fn has(&self, place: &str) -> bool {
        self.facts.pointer(place).is_some_and(Value::is_object)
    }

    fn says(&self, place: &str) -> bool {
        self.facts.pointer(place).and_then(Value::as_bool) == Some(true)
    }
}

/// What a commitment must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Commitment {
    pub collection: i64,
    pub supporter: i64,
    pub receiver: i64,
    pub sum: i64,
    pub state: State,
    /// As 202611.
    pub month: i32,
    pub closed: u32,
}

/// What a collection must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    pub owner: i64,
    pub monthly: bool,
    pub target: i64,
    pub opened: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
}

#[derive(Default)]
pub struct Replay {
    pub commitments: BTreeMap<i64, Commitment>,
    pub collections: BTreeMap<i64, Collection>,
    /// What can't have happened.
    pub faults: Vec<String>,
}

pub fn month_of(at: DateTime<Utc>) -> i32 {
    at.year() * 100 + i32::try_from(at.month()).unwrap()
}

/// What a commitment becomes by this; `None`: that can't happen to it.
fn leads(noted: &Noted, from: Option<State>) -> Option<State> {
    use State::*;
    let Some(from) = from else {
        return match noted.what.as_str() {
            "declared" => noted.state("/state").filter(|state| matches!(state, Intention | Obligation)),
            "carried_over" => Some(Intention),
            "share_promised" => Some(Obligation),
            _ => None,
        };
    };
    match (noted.what.as_str(), from) {
        ("changed" | "asked_to_promise", Intention) => Some(Intention),
        ("withdrawn", Intention) => Some(Withdrawn),
        ("promised", Intention) => Some(Obligation),
        ("claimed", Intention) if noted.says("/at_once") => Some(Claimed),
        ("claimed", Obligation) if !noted.says("/at_once") => Some(Claimed),
        ("claimed", Overdue) if !noted.says("/at_once") => Some(OverdueClaimed),
        ("asked_to_fulfil", Obligation | Overdue) | ("reminded", Claimed | OverdueClaimed) => Some(from),
        ("confirmed", Claimed) if !noted.says("/late") => Some(Fulfilled),
        ("confirmed", OverdueClaimed) if noted.says("/late") => Some(FulfilledLate),
        ("not_received" | "taken_back", Claimed | OverdueClaimed) if noted.has("/whole") => Some(Merged),
        ("not_received" | "taken_back", Claimed) => Some(Obligation),
        ("not_received" | "taken_back", OverdueClaimed) => Some(Overdue),
        ("noted" | "asked_to_write", from) if !from.is_settled() => Some(from),
        ("confirmation_taken_back", Fulfilled | FulfilledLate) => {
            noted.state("/state").filter(|state| state.is_claimed())
        }
        ("forgiven", Obligation | Overdue) => Some(Forgiven),
        ("cancelled", Intention | Obligation) if noted.state("/was") == Some(from) => Some(Cancelled),
        ("lapsed", Intention) => Some(Lapsed),
        ("went_overdue", Obligation) => Some(Overdue),
        ("went_overdue", Claimed) => Some(OverdueClaimed),
        ("brought_over", Intention | Obligation | Claimed) => Some(from),
        _ => None,
    }
}

/// Whether it was for this one to do.
fn is_theirs(noted: &Noted, help: &Commitment) -> bool {
    match noted.what.as_str() {
        "declared" | "changed" | "withdrawn" | "promised" | "claimed" | "reminded" | "taken_back" | "noted" => {
            noted.actor == Some(help.supporter)
        }
        "asked_to_promise"
        | "asked_to_fulfil"
        | "confirmed"
        | "not_received"
        | "forgiven"
        | "confirmation_taken_back" => noted.actor == Some(help.receiver),
        // Either side.
        "asked_to_write" => [Some(help.supporter), Some(help.receiver)].contains(&noted.actor),
        "lapsed" | "went_overdue" | "brought_over" | "carried_over" => noted.actor.is_none(),
        // With the last answer to the case, whoever gives it, or when its time is over.
        "share_promised" => true,
        // With its collection: its owner ended it, confirmed all of it, or its date has passed.
        "cancelled" => noted.actor.is_none_or(|actor| actor == help.receiver),
        _ => false,
    }
}

impl Replay {
    pub fn of(journal: &[Noted]) -> Replay {
        let mut replay = Replay::default();
        for noted in journal {
            let help = noted.number("/help/commitment");
            let can_be = match (help, noted.number("/collection")) {
                (Some(id), _) => replay.helps(id, noted),
                (None, Some(id)) => replay.collects(id, noted),
                (None, None) => Some(()),
            };
            if can_be.is_none() {
                let before = help.map(|id| replay.commitments.get(&id));
                replay.faults.push(format!("this can't have happened: {noted:?} to {before:?}"));
            }
        }
        replay
    }

    fn helps(&mut self, id: i64, noted: &Noted) -> Option<()> {
        if noted.has("/rest") {
            self.parts(id, noted)?;
        }
        let before = self.commitments.get(&id).cloned();
        let state = leads(noted, before.as_ref().map(|before| before.state))?;
        let (now, sum) = (month_of(noted.at), noted.number("/help/sum")?);
        let is_close = matches!(noted.what.as_str(), "lapsed" | "went_overdue" | "brought_over");
        let named = noted.number("/month").and_then(|month| i32::try_from(month).ok());
        let before = before.unwrap_or(Commitment {
            collection: noted.number("/help/collection")?,
            supporter: noted.number("/help/supporter")?,
            receiver: noted.number("/help/receiver")?,
            sum,
            state,
            month: named.unwrap_or(now),
            closed: 0,
        });
        // A month ends once, and nobody does anything in a month with what the last one left behind.
        let month_fits = match is_close {
            true => named? == if state.is_live() { before.month + 1 } else { before.month } && before.month < now,
            false => !before.state.is_live() || before.month == now,
        };
        let sum_fits = match noted.what.as_str() {
            "changed" => sum != before.sum,
            "brought_over" => sum >= before.sum,
            _ => sum == before.sum,
        };
        if noted.what == "share_promised" {
            self.shares_out(&before, noted.at);
        }
        let collection = self.collections.get(&before.collection)?;
        let open = collection.ended.is_none() || !matches!(noted.what.as_str(), "declared" | "carried_over");
        let theirs = is_theirs(noted, &before) && before.supporter != before.receiver;
        if !(month_fits && sum_fits && theirs && open && collection.owner == before.receiver && sum > 0) {
            return None;
        }
        let month = if noted.what == "brought_over" { named? } else { before.month };
        let closed = before.closed + u32::from(is_close);
        if noted.has("/whole") {
            let whole = self.commitments.get_mut(&noted.number("/whole/commitment")?)?;
            let fits = Some(whole.state) == noted.state("/state") && noted.number("/whole/sum")? == whole.sum + sum;
            whole.sum += sum;
            fits.then_some(())?;
        }
        self.commitments.insert(id, Commitment { sum, state, month, closed, ..before });
        Some(())
    }

    /// What a case of a pool comes to begins with its first share that is promised, and has ended with that.
    fn shares_out(&mut self, share: &Commitment, at: DateTime<Utc>) {
        let of_case = self.collections.entry(share.collection).or_insert(Collection {
            owner: share.receiver,
            monthly: false,
            target: 0,
            opened: at,
            ended: Some(at),
        });
        of_case.target += share.sum;
    }

    /// A part of what is owed is about to be claimed: it was owed until now, and the rest still is.
    fn parts(&mut self, id: i64, noted: &Noted) -> Option<()> {
        let (rest, left) = (noted.number("/rest/commitment")?, noted.number("/rest/sum")?);
        let owed = self.commitments.get_mut(&rest)?;
        let part = Commitment { sum: owed.sum - left, ..owed.clone() };
        owed.sum = left;
        (left > 0 && self.commitments.insert(id, part).is_none()).then_some(())
    }

    fn collects(&mut self, id: i64, noted: &Noted) -> Option<()> {
        let owner = noted.number("/owner")?;
        if noted.what == "collection_opened" {
            let monthly = noted.facts["kind"] == "monthly";
            let target = noted.number("/target")?;
            let new = Collection { owner, monthly, target, opened: noted.at, ended: None };
            let is_second = self
                .collections
                .values()
                .any(|one| one.ended.is_none() && one.owner == owner && one.monthly == monthly);
            let fits = noted.actor == Some(owner) && !is_second;
            return (fits && self.collections.insert(id, new).is_none()).then_some(());
        }
        let collection = self.collections.get_mut(&id).filter(|one| one.ended.is_none() && one.owner == owner)?;
        match noted.what.as_str() {
            "target_changed" if noted.number("/from")? == collection.target => {
                collection.target = noted.number("/to")?
            }
            "collection_ended" => collection.ended = Some(noted.at),
            "date_changed" | "ring_reached" => {}
            _ => return None,
        }
        Some(())
    }
}

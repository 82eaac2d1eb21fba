//! The month was closed once for each collection: what was fulfilled in it goes on, with its sum, once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::journal::{Noted, Replay, month_of};

/// A supporter of a collection.
type Pair = (i64, i64);

#[derive(Default)]
struct Left {
    /// Confirmed in the month.
    fulfilled: i64,
    /// The sums that became new intentions.
    carried: Vec<i64>,
    /// By how much what was brought over has grown.
    brought: Vec<i64>,
}

/// What is wrong with the end of the month that was over at `midnight`.
pub fn faults(journal: &[Noted], replay: &Replay, midnight: DateTime<Utc>) -> Vec<String> {
    let mut pairs: BTreeMap<Pair, Left> = BTreeMap::new();
    let (mut sums, mut months) = (BTreeMap::new(), BTreeMap::new());
    for noted in journal {
        let help = |name: &str| noted.number(&format!("/help/{name}"));
        let (Some(id), Some(collection), Some(supporter), Some(sum)) =
            (help("commitment"), help("collection"), help("supporter"), help("sum"))
        else {
            continue;
        };
        let left = pairs.entry((collection, supporter)).or_default();
        let month = *months.entry(id).or_insert(month_of(noted.at));
        match noted.what.as_str() {
            "confirmed" if noted.facts["late"] == false && month < month_of(midnight) && noted.at < midnight => {
                left.fulfilled += sum;
            }
            "carried_over" => left.carried.push(sum),
            "brought_over" => left.brought.push(sum - sums.get(&id).copied().unwrap_or(sum)),
            _ => {}
        }
        sums.insert(id, sum);
    }
    let mut faults: Vec<String> = Vec::new();
    for ((collection, supporter), left) in &pairs {
        let of = &replay.collections[collection];
        let goes_on = of.monthly && of.ended.is_none_or(|ended| ended >= midnight);
        let due = if goes_on { left.fulfilled } else { 0 };
        let fits = match (left.carried.as_slice(), left.brought.as_slice()) {
            ([], []) => due == 0,
            ([carried], []) => due > 0 && *carried == due,
            // To an intention it is added; beside an obligation or a claim nothing is carried over.
            ([], [grown]) => *grown == due || *grown == 0,
            _ => false,
        };
        if !fits {
            faults.push(format!(
                "of {due} that {supporter} had fulfilled for collection {collection}, {:?} was carried over, {:?} added",
                left.carried, left.brought
            ));
        }
    }
    for (id, commitment) in &replay.commitments {
        if commitment.closed > 1 {
            faults.push(format!("the month was closed {} times for commitment {id}", commitment.closed));
        }
    }
    faults
}

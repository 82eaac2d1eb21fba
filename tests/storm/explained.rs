//! What people said to the bot explains what the journal says they did: each deed was pressed for, and done once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Mutex;

use exodus::domain::MemberId;

use crate::chance::Chance;
use crate::eyes::{Choice, How};
use crate::journal::Noted;
use crate::wishes::says;

/// Somebody's address in a messenger.
pub type Who = (&'static str, String);

/// What pressing these may do.
struct Deed {
    labels: &'static [&'static str],
    events: &'static [&'static str],
}

const DEEDS: &[Deed] = &[
    Deed { labels: &["Yes, ask"], events: &["collection_opened", "case_opened"] },
    Deed { labels: &["I take my share"], events: &["share_confirmed"] },
    Deed { labels: &["Yes, we help each other"], events: &["guaranteed"] },
    Deed { labels: &["Offer a mutual guarantee"], events: &["guarantee_offered"] },
    Deed { labels: &["Yes, end it"], events: &["guarantee_ended"] },
    Deed {
        labels: &["Yes, I intend to", "Yes, I promise", "🤝 Promise", "Again"], events: &["declared", "promised"]
    },
    Deed { labels: &["Done"], events: &["claimed"] },
    Deed { labels: &["👍 Confirm"], events: &["confirmed"] },
    Deed { labels: &["has not reached me"], events: &["not_received"] },
    Deed { labels: &["Withdraw", "withdraw", "for the emergency| 🆘"], events: &["withdrawn"] },
    Deed { labels: &["Remind to confirm"], events: &["reminded"] },
    Deed { labels: &["Ask to promise"], events: &["asked_to_promise"] },
    Deed { labels: &["Ask to keep the promise|Ask for it"], events: &["asked_to_fulfil"] },
    Deed { labels: &["Ask them to write"], events: &["asked_to_write"] },
    Deed {
        labels: &["Tell my near circle", "Tell my network too", "Tell the far circle too"],
        events: &["ring_reached"],
    },
];

/// Where each sum that somebody types can end up.
const SUMS: &[(&str, &str)] = &[
    ("declared", "/help/sum"),
    ("changed", "/to"),
    ("target_changed", "/to"),
    ("collection_opened", "/target"),
    ("case_opened", "/sum"),
    ("case_lowered", "/to"),
    ("contribution_changed", "/to"),
];

/// What people said.
#[derive(Default)]
pub struct Told {
    chosen: Mutex<HashMap<Who, HashSet<(String, String)>>>,
    typed: Mutex<HashMap<Who, HashSet<i64>>>,
}

impl Told {
    /// A button works once, however often it is pressed; a message is heard once.
    pub fn chosen(&self, who: Who, choice: &Choice) {
        if !choice.may_do {
            return;
        }
        let mut chosen = self.chosen.lock().unwrap();
        let of_theirs = chosen.entry(who).or_default();
        let once = match &choice.how {
            How::Press { data, .. } => data.clone(),
            How::Write(_) => of_theirs.len().to_string(),
        };
        of_theirs.insert((choice.label.clone(), once));
    }

    /// A sum that they have not typed before.
    pub fn new_sum(&self, who: Who, chance: &mut Chance) -> i64 {
        let mut typed = self.typed.lock().unwrap();
        let of_theirs = typed.entry(who).or_default();
        loop {
            let sum = 1_000 + i64::try_from(chance.below(12_000)).unwrap();
            if of_theirs.insert(sum) {
                return sum;
            }
        }
    }

    /// What in the journal nobody's words explain.
    pub fn unexplained(&self, journal: &[Noted], accounts: &BTreeMap<MemberId, Who>) -> Vec<String> {
        let mut faults = Vec::new();
        for (member, who) in accounts {
            let theirs: Vec<&Noted> = journal.iter().filter(|noted| noted.actor == Some(member.number())).collect();
            faults.extend(self.too_often(who, &theirs));
            faults.extend(self.not_typed(who, &theirs, lapsed_of(member.number(), journal)));
        }
        faults
    }

    fn too_often(&self, who: &Who, theirs: &[&Noted]) -> Vec<String> {
        let chosen = self.chosen.lock().unwrap();
        let chosen = chosen.get(who).cloned().unwrap_or_default();
        let faults = DEEDS.iter().filter_map(|deed| {
            let done = theirs.iter().filter(|noted| deed.events.contains(&noted.what.as_str())).count();
            let fits = |label: &str| deed.labels.iter().any(|words| says(label, words));
            let meant = chosen.iter().filter(|(label, _)| fits(label)).count();
            (done > meant)
                .then(|| format!("{who:?} chose {:?} {meant} times, and {:?} {done} times", deed.labels, deed.events))
        });
        faults.collect()
    }

    /// Each sum was typed once, so it can have been taken once. (An intention that is turned into an obligation of an
    /// emergency takes its sum with it, and so does one that is declared again after it has lapsed.)
    fn not_typed(&self, who: &Who, theirs: &[&Noted], mut lapsed: Vec<i64>) -> Vec<String> {
        let typed = self.typed.lock().unwrap();
        let mut left = typed.get(who).cloned().unwrap_or_default();
        let mut faults = Vec::new();
        for (at, noted) in theirs.iter().enumerate() {
            let Some((_, place)) = SUMS.iter().find(|(what, _)| *what == noted.what) else { continue };
            let sum = noted.facts.pointer(place).and_then(serde_json::Value::as_i64).unwrap();
            let moved = theirs.get(at + 1).is_some_and(|next| noted.what == "declared" && next.what == "withdrawn");
            let again = || lapsed.iter().position(|one| noted.what == "declared" && *one == sum);
            if !moved && !left.remove(&sum) {
                if let Some(at) = again() {
                    lapsed.remove(at);
                    continue;
                }
                faults.push(format!("{who:?} did not type {sum}, or it was taken twice: {noted:?}"));
            }
        }
        faults
    }
}

/// The sums of what a member meant to help with until the month's end took it.
fn lapsed_of(member: i64, journal: &[Noted]) -> Vec<i64> {
    let lapsed =
        journal.iter().filter(|noted| noted.what == "lapsed" && noted.number("/help/supporter") == Some(member));
    lapsed.filter_map(|noted| noted.number("/help/sum")).collect()
}

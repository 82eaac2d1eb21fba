//! What another release has left to be done, and nobody does as long as only this one runs.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

/// How often it is looked for.
const EVERY: TimeDelta = TimeDelta::minutes(10);

/// What is due for less may be in the hands of a process that knows it.
const OVERDUE: TimeDelta = TimeDelta::minutes(1);

/// The kinds that this process does not know and that wait for one that does: the operator is told of each once.
#[derive(Default)]
pub(super) struct Unknown(Mutex<Known>);

#[derive(Default)]
struct Known {
    looked_at: Option<DateTime<Utc>>,
    told: HashSet<String>,
}

impl Unknown {
    /// Before when something has to have been due to be looked for now; `None`: it was looked for a moment ago.
    pub fn due_before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let looked_at = self.known().looked_at;
        // A clock may have been set back.
        looked_at.is_none_or(|then| (now - then).abs() >= EVERY).then(|| now - OVERDUE)
    }

    /// These wait, each since then. Says which of them are news.
    pub fn news(
        &self,
        found: Result<Vec<(String, DateTime<Utc>)>, DbErr>,
        now: DateTime<Utc>,
    ) -> Vec<(String, DateTime<Utc>)> {
        // Whoever waits for the database says so.
        let Ok(found) = found else { return Vec::new() };
        let mut known = self.known();
        known.looked_at = Some(now);
        found.into_iter().filter(|(kind, _)| known.told.insert(kind.clone())).collect()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_news_once_and_is_not_looked_for_all_the_time() {
        let (unknown, now) = (Unknown::default(), DateTime::<Utc>::UNIX_EPOCH);
        let found = |kinds: &[&str]| Ok(kinds.iter().map(|kind| ((*kind).to_owned(), now)).collect());
        let kinds = |news: Vec<(String, DateTime<Utc>)>| news.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(unknown.due_before(now), Some(now - OVERDUE));
        assert_eq!(kinds(unknown.news(found(&["a", "b"]), now)), ["a", "b"]);
        assert_eq!(unknown.due_before(now + EVERY / 2), None);
        assert!(unknown.due_before(now + EVERY).is_some());
        assert_eq!(kinds(unknown.news(found(&["a", "c"]), now + EVERY)), ["c"]);
    }
}

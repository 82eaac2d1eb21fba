//! Tokens that were made just now: they are shown once, and kept nowhere but here, in memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::ProgramId;

/// Tokens that were made just now, by the programs that they are of.
#[derive(Default)]
pub struct Fresh(Mutex<VecDeque<(ProgramId, DateTime<Utc>, String)>>);

/// So many are kept, and for so long.
const MOST: usize = 100;
const KEPT: TimeDelta = TimeDelta::minutes(10);

impl Fresh {
    pub fn put(&self, id: ProgramId, token: String, now: DateTime<Utc>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Of two databases (a restore, a test) one number may be two programs.
        all.retain(|(known, made, _)| *known != id && now - *made < KEPT);
        all.push_back((id, now, token));
        if all.len() > MOST {
            all.pop_front();
        }
    }

    pub fn get(&self, id: ProgramId, now: DateTime<Utc>) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.iter().find(|(known, made, _)| *known == id && now - *made < KEPT);
        found.map(|(_, _, token)| token.clone())
    }
}

//! What is asked of the database while pages are looked at.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::metric::Info;

/// How often each statement was asked since [`anew`], and how long all of it took.
static ASKED: LazyLock<Mutex<HashMap<String, (u64, Duration)>>> = LazyLock::new(Mutex::default);

/// Takes note of a statement that has been asked.
pub fn note(info: &Info<'_>) {
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let (often, long) = asked.entry(info.statement.sql.clone()).or_default();
    *often += 1;
    *long += info.elapsed;
}

/// Begins to count.
pub fn anew() {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// How many statements were asked.
pub fn count() -> u64 {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).values().map(|(often, _)| often).sum()
}

/// Says on standard error which three statements took longest, if `EXODUS_BENCH_STATEMENTS` is set.
pub fn tell(page: &str, turns: usize) {
    if std::env::var_os("EXODUS_BENCH_STATEMENTS").is_none() {
        return;
    }
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut asked: Vec<_> = asked.iter().collect();
    asked.sort_by_key(|(_, (_, long))| std::cmp::Reverse(*long));
    eprintln!("# {page}");
    for (sql, (often, long)) in asked.into_iter().take(3) {
        let ms = long.as_secs_f64() * 1000.0 / turns as f64;
        eprintln!("{ms:.2} ms a turn ({often} times): {sql}\n");
    }
}

//! How it went.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::player::Tally;
use crate::bot_api::BotApi;

/// The figures of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How many lived at once.
    pub members: usize,
    /// How many there were in all.
    pub members_in_all: usize,
    /// The measured time.
    pub seconds: f64,
    /// Updates answered in it.
    pub updates: usize,
    /// And in each second.
    pub updates_per_second: f64,
    /// From an update to the first answer, in milliseconds: the median.
    pub answer_p50_ms: f64,
    /// 95 of 100 were faster.
    pub answer_p95_ms: f64,
    /// 99 of 100 were faster.
    pub answer_p99_ms: f64,
    /// The slowest.
    pub answer_max_ms: f64,
    /// Scripts played to their end, or to where they were stuck.
    pub rounds: u64,
    /// Steps that waited in vain.
    pub timeouts: u64,
    /// Requests that were refused.
    pub refused: u64,
    /// Why, among the first thousand.
    pub refusals: BTreeMap<String, u64>,
    /// Requests by method.
    pub requests: BTreeMap<&'static str, u64>,
    /// Lines of the script that were waited at in vain.
    pub stuck: BTreeMap<String, u64>,
    /// What the first member that was stuck saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stuck_example: Option<String>,
}

/// What had happened before the measure.
pub(crate) struct Before {
    requests: BTreeMap<&'static str, u64>,
    refused: u64,
}

impl Before {
    pub fn of(api: &BotApi) -> Self {
        Self { requests: api.request_counts(), refused: api.shared.telegram().refused }
    }
}

impl Report {
    pub(crate) fn of(
        api: &BotApi,
        tally: &Tally,
        before: Before,
        mut times: Vec<u32>,
        seconds: f64,
        (members, members_in_all): (usize, usize),
    ) -> Self {
        times.sort_unstable();
        let mut requests = api.request_counts();
        for (method, count) in &mut requests {
            *count -= before.requests.get(method).copied().unwrap_or(0);
        }
        let mut refusals = BTreeMap::new();
        for refusal in api.refusals() {
            *refusals.entry(format!("{}: {}", refusal.method, refusal.description)).or_default() += 1;
        }
        Self {
            members,
            members_in_all,
            seconds,
            updates: times.len(),
            updates_per_second: times.len() as f64 / seconds.max(f64::EPSILON),
            answer_p50_ms: percentile(&times, 50),
            answer_p95_ms: percentile(&times, 95),
            answer_p99_ms: percentile(&times, 99),
            answer_max_ms: percentile(&times, 100),
            rounds: tally.rounds(),
            timeouts: tally.timeouts(),
            refused: api.shared.telegram().refused - before.refused,
            refusals,
            requests,
            stuck: tally.stuck(),
            stuck_example: tally.example(),
        }
    }
}

/// Of sorted microseconds, in milliseconds.
fn percentile(times: &[u32], percent: usize) -> f64 {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} members, {:.1} s: {} updates, {:.0} a second",
            self.members, self.seconds, self.updates, self.updates_per_second
        )?;
        writeln!(
            f,
            "answered after {:.1} ms (median), {:.1} ms (95 %), {:.1} ms (99 %), {:.1} ms (slowest)",
            self.answer_p50_ms, self.answer_p95_ms, self.answer_p99_ms, self.answer_max_ms
        )?;
        writeln!(f, "{} rounds, {} timeouts, {} refused", self.rounds, self.timeouts, self.refused)?;
        for (line, count) in &self.stuck {
            writeln!(f, "stuck {count} times at: {line}")?;
        }
        for (words, count) in &self.refusals {
            writeln!(f, "refused {count} times: {words}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn a_percentile_is_the_time_that_so_many_stay_within() {
        let times: Vec<u32> = (1..=100).map(|n| n * 1000).collect();
        let cases = [(50, 50.0), (95, 95.0), (100, 100.0)];
        for (percent, ms) in cases {
            assert!((percentile(&times, percent) - ms).abs() < 1e-9);
        }
        assert!(percentile(&[], 95).abs() < 1e-9);
    }
}

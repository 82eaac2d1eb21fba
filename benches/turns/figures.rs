use std::time::Duration;

use anyhow::Context;

pub const HEAD: &str = "\
| database | members | conversations at once | turns a second | median | 95 % | memory | at most |
|---|---:|---:|---:|---:|---:|---:|---:|";

/// How it went.
pub struct Figures {
    turns_per_second: f64,
    median: Duration,
    p95: Duration,
    /// In megabytes.
    memory: f64,
    peak: f64,
}

impl Figures {
    pub fn of(mut turns: Vec<Duration>, elapsed: Duration) -> anyhow::Result<Figures> {
        turns.sort_unstable();
        let percentile = |percent: usize| {
            let rank = (turns.len() * percent).div_ceil(100).max(1);
            turns.get(rank - 1).copied().context("there was no turn")
        };
        Ok(Figures {
            turns_per_second: turns.len() as f64 / elapsed.as_secs_f64(),
            median: percentile(50)?,
            p95: percentile(95)?,
            memory: megabytes("VmRSS")?,
            peak: megabytes("VmHWM")?,
        })
    }

    /// One row of the table under [`HEAD`].
    pub fn row(&self, database: &str, members: i64, conversations: usize) -> String {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "| {database} | {members} | {conversations} | {:.0} | {:.2} ms | {:.2} ms | {:.0} MB | {:.0} MB |",
            self.turns_per_second,
            ms(self.median),
            ms(self.p95),
            self.memory,
            self.peak,
        )
    }
}

/// The peak of memory counts from here on. (Where this can't be had, it counts from the start.)
pub fn forget_memory_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// A figure of this process, as Linux tells it.
fn megabytes(what: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(what)).with_context(|| format!("no {what}"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1).with_context(|| format!("{what} is empty"))?.parse()?;
    Ok(kilobytes / 1024.0)
}

//! How long it takes to set debts off, beside the best known solvers in C++.
//!
//! Networks of four shapes (`exodus_clearing::generate`) with four debts for each member. Each row is measured in one go,
//! the peers right after us, and all have to find the same total. Only the solution is measured: reading and building a
//! graph is not, and times are of the processor, so that what else is running counts less. What is ours is measured twice,
//! for the greatest total alone and with the oldest first on top, five times each.
//!
//! `scripts/bench clearing` installs the peers where that can be done. Their places are `EXODUS_BENCH_ORTOOLS` (a Python that
//! has it) and `EXODUS_BENCH_LEMON` (the program made of `peers/lemon_solve.cc`). `EXODUS_BENCH_CLEARING` is the largest number of
//! members (100000). A peer that takes longer than a minute is left out of larger rows of the same shape.

#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]
#![allow(clippy::expect_used, clippy::panic, reason = "a benchmark that breaks off has said what it had to say")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use exodus_clearing::check::check;
use exodus_clearing::generate::{Shape, draw};
use exodus_clearing::{Clearing, Debt, Step, solve_telling};

const SEED: u64 = 14;

/// Debts are of so many days: those of a year.
const DAYS: u16 = 365;

/// How often we are measured; what counts is the median.
const RUNS: usize = 5;

const PATIENCE: Duration = Duration::from_secs(60);

const HEAD: &str = "\
| network | members | debts | set off | greatest total | and the oldest first | times | OR-tools | LEMON | check | memory |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

fn main() {
    let largest = env::var("EXODUS_BENCH_CLEARING").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    println!("{HEAD}");
    for shape in Shape::ALL {
        let mut peers = [Peer::ortools(), Peer::lemon()];
        for members in [1_000, 10_000, 100_000].into_iter().filter(|members| *members <= largest) {
            row(shape, members, &mut peers);
        }
    }
}

fn row(shape: Shape, members: u32, peers: &mut [Option<Peer>; 2]) {
    let drawn = draw(shape, members, DAYS, SEED);
    let as_debt = |drawn: &exodus_clearing::generate::Drawn| Debt {
        from: drawn.from,
        to: drawn.to,
        amount: drawn.amount,
        day: i64::from(drawn.day),
    };
    let debts: Vec<Debt> = drawn.iter().map(as_debt).collect();
    let owed: i128 = debts.iter().map(|debt| i128::from(debt.amount)).sum();
    let mut clearing = None;
    let mut runs = [(); RUNS].map(|()| {
        let (greatest, all, found) = solved(&debts);
        clearing = Some(found);
        (all, greatest)
    });
    runs.sort_unstable();
    let (all, greatest) = runs[RUNS / 2];
    let clearing = clearing.expect("at least one run");
    let memory = peak_memory();
    let begin = Spent::now();
    let checked = check(&debts, &clearing.set_off, &clearing.prices).expect("it holds");
    let check = begin.elapsed();
    assert!(checked.oldest_first, "the check gave up");

    let file = env::temp_dir().join(format!("exodus-clearing-{}", std::process::id()));
    let mut text = String::new();
    for Debt { from, to, amount, day } in &debts {
        let _ = writeln!(text, "{from} {to} {amount} {day}");
    }
    fs::write(&file, text).expect("a temporary file");
    let theirs =
        peers.each_mut().map(|peer| peer.as_mut().map_or(String::new(), |peer| peer.measured(&file, checked.total)));
    let _ = fs::remove_file(&file);
    println!(
        "| {} | {members} | {} | {:.1} % | {} | {} | {:.2} | {} | {} | {} | {memory} |",
        shape.name(),
        debts.len(),
        checked.total as f64 * 100.0 / owed as f64,
        shown(greatest),
        shown(all),
        all.as_secs_f64() / greatest.as_secs_f64(),
        theirs[0],
        theirs[1],
        shown(check),
    );
}

/// What is found, and how long it took to find the greatest total, and all.
fn solved(debts: &[Debt]) -> (Duration, Duration, Clearing) {
    let begin = Spent::now();
    let mut greatest = None;
    let clearing = solve_telling(debts, &mut |step| {
        if matches!(step, Step::Oldest { .. }) {
            greatest.get_or_insert_with(|| begin.elapsed());
        }
    })
    .expect("debts");
    let all = begin.elapsed();
    (greatest.unwrap_or(all), all, clearing)
}

/// A solver to compare with: a command that takes a file, and prints the total and the seconds.
struct Peer {
    command: Vec<PathBuf>,
    gave_up: bool,
}

impl Peer {
    fn ortools() -> Option<Self> {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/peers/ortools_solve.py");
        Some(Self { command: vec![env::var_os("EXODUS_BENCH_ORTOOLS")?.into(), script], gave_up: false })
    }

    fn lemon() -> Option<Self> {
        Some(Self { command: vec![env::var_os("EXODUS_BENCH_LEMON")?.into()], gave_up: false })
    }

    fn measured(&mut self, file: &PathBuf, total: i128) -> String {
        if self.gave_up {
            return "–".to_owned();
        }
        let limit = PATIENCE.as_secs().to_string();
        let output = Command::new("timeout").arg(&limit).args(&self.command).arg(file).output().expect("a peer");
        if output.status.code() == Some(124) {
            self.gave_up = true;
            return format!("over {limit} s");
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut words = text.split_whitespace();
        let theirs: i128 = words.next().and_then(|word| word.parse().ok()).unwrap_or_else(|| {
            panic!("{:?} said {text:?} and {}", self.command, String::from_utf8_lossy(&output.stderr))
        });
        assert_eq!(theirs, total, "{:?} finds another total", self.command);
        shown(Duration::from_secs_f64(words.next().and_then(|word| word.parse().ok()).expect("seconds")))
    }
}

/// How much time the processor has spent on this thread, where the system tells; else what a clock shows.
enum Spent {
    Processor(u64),
    Clock(Instant),
}

impl Spent {
    fn now() -> Self {
        Self::nanoseconds().map_or_else(|| Self::Clock(Instant::now()), Self::Processor)
    }

    fn elapsed(&self) -> Duration {
        match self {
            Self::Processor(begin) => {
                Duration::from_nanos(Self::nanoseconds().unwrap_or_default().saturating_sub(*begin))
            }
            Self::Clock(begin) => begin.elapsed(),
        }
    }

    fn nanoseconds() -> Option<u64> {
        fs::read_to_string("/proc/thread-self/schedstat").ok()?.split_whitespace().next()?.parse().ok()
    }
}

fn shown(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 1.0 => format!("{:.0} ms", seconds * 1000.0),
        seconds => format!("{seconds:.1} s"),
    }
}

/// The most memory that this process has had so far.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
    format!("{} MB", kilobytes / 1024)
}

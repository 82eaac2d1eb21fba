use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context;
use serde::Deserialize;

const MEMBERS: &str = "200";

/// How long a member waits for the next step, in seconds: short, so that whoever waits in vain is noticed.
const PATIENCE: &str = "4";

/// The Bot API server, and the members who live the cycle there as soon as a bot comes.
pub struct Load {
    server: Child,
    pub url: String,
}

/// What the server says of it, as far as it matters here.
#[derive(Deserialize)]
pub struct Report {
    pub updates: u64,
    pub updates_per_second: f64,
    pub answer_p50_ms: f64,
    pub answer_p95_ms: f64,
    timeouts: u64,
    refused: u64,
}

impl Load {
    /// They live for as long as is measured.
    pub fn start() -> anyhow::Result<Load> {
        Load::lasting(&std::env::var("EXODUS_BENCH_SECONDS").unwrap_or_else(|_| "10".to_owned()))
    }

    /// They live for so many seconds.
    pub fn lasting(seconds: &str) -> anyhow::Result<Load> {
        let exodus = Path::new(env!("CARGO_BIN_EXE_exodus"));
        let program = exodus.with_file_name("bot-api");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/telegram/cycle.txt");
        let mut server = Command::new(&program)
            .args(["--listen", "127.0.0.1:0", "--report", "json", "--script", script])
            .args(["--members", MEMBERS, "--seconds", seconds, "--patience", PATIENCE])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} can't be started; scripts/bench builds it", program.display()))?;
        let said = server.stderr.take().context("bot-api says nothing")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        let url = line.trim().strip_prefix("listening on ").context(line.clone())?.to_owned();
        Ok(Load { server, url })
    }

    /// Ends it before its time.
    pub fn breaks_off(mut self) -> anyhow::Result<()> {
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }

    /// Waits until the members have lived as long as is measured.
    ///
    /// # Errors
    /// Somebody waited in vain, or much was refused: then the figures mean nothing. (A press that is answered when its
    /// member has lived to the end and is forgotten is refused; that is the load's doing.)
    pub fn ended(self) -> anyhow::Result<Report> {
        let ended = self.server.wait_with_output()?;
        anyhow::ensure!(ended.status.success(), "bot-api: {}", ended.status);
        let report: Report = serde_json::from_slice(&ended.stdout)?;
        let well = report.updates > 0 && report.timeouts == 0 && report.refused * 100 <= report.updates;
        anyhow::ensure!(well, "not all went well: {}", String::from_utf8_lossy(&ended.stdout));
        Ok(report)
    }
}

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use anyhow::Context;

/// The processor's time is counted in hundredths of a second, on every Linux.
const TICKS: f64 = 100.0;

/// How the bot gets its updates.
#[derive(Clone, Copy)]
pub enum Way {
    Polling,
    Webhook,
}

impl Way {
    pub fn name(self) -> &'static str {
        match self {
            Way::Polling => "long polling",
            Way::Webhook => "webhook",
        }
    }
}

/// `exodus run`, a process of its own.
pub struct Bot {
    process: Child,
}

impl Bot {
    pub fn start(api: &str, database: &str, way: Way) -> anyhow::Result<Bot> {
        let mut run = Command::new(env!("CARGO_BIN_EXE_exodus"));
        run.arg("run").current_dir(env!("CARGO_TARGET_TMPDIR")).stdout(Stdio::null());
        // When the members have lived their time the server is gone; that it can't be reached then is no news.
        run.env("RUST_LOG", "error").env("EXODUS_DATABASE_URL", database);
        run.env("EXODUS_TELEGRAM_TOKEN", "42:TEST").env("EXODUS_TELEGRAM_API_URL", api);
        if let Way::Webhook = way {
            let here = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
            run.env("EXODUS_TELEGRAM_WEBHOOK_URL", format!("http://{here}/"));
            run.env("EXODUS_TELEGRAM_WEBHOOK_LISTEN", here).env("EXODUS_TELEGRAM_WEBHOOK_SECRET", "secret");
        }
        Bot::run(run)
    }

    /// The same, run in any other way.
    pub fn run(mut command: Command) -> anyhow::Result<Bot> {
        Ok(Bot { process: command.spawn()? })
    }

    /// All processor time that it has taken since its start.
    pub fn cpu_seconds(&self) -> anyhow::Result<f64> {
        let stat = self.told("stat")?;
        // What follows the program's name, which may have spaces in it; see proc(5).
        let (_, fields) = stat.rsplit_once(')').context("stat is not as expected")?;
        let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<f64>);
        let mut next = || ticks.next().context("stat is short");
        Ok((next()?? + next()??) / TICKS)
    }

    /// A figure of its memory: `VmRSS` now, `VmHWM` at most.
    pub fn megabytes(&self, what: &str) -> anyhow::Result<f64> {
        let status = self.told("status")?;
        let line = status.lines().find(|line| line.starts_with(what)).with_context(|| format!("no {what}"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1).with_context(|| format!("{what} is empty"))?.parse()?;
        Ok(kilobytes / 1024.0)
    }

    fn told(&self, file: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{file}", self.process.id());
        std::fs::read_to_string(&path).with_context(|| format!("{path} can't be read; did exodus stop?"))
    }

    /// Stops it as an operator does. Its Bot API server has gone, so it is not asked how its last requests went.
    pub fn stop(mut self) -> anyhow::Result<()> {
        Command::new("kill").arg(self.process.id().to_string()).status()?;
        self.process.wait()?;
        Ok(())
    }
}

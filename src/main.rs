//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exodus::app::config::Config;
use exodus::app::{check, clearing, copy, demo, migrate, output, run, time_zones};
use exodus_engine::config::{DatabaseUrl, Value};
use exodus_engine::conversation::Clock;
use exodus_engine::host::{SystemClock, logs};

/// Mutual aid in circles of trust: a bot that a community runs for itself.
#[derive(Parser)]
#[command(name = "exodus", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the bot with every messenger that is configured, until SIGTERM or Ctrl-C
    Run {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Try the whole bot in the terminal, on a database that is thrown away
    Demo {
        /// Play the chat in this file (- is standard input) instead of typing
        #[arg(long, value_name = "FILE")]
        script: Option<PathBuf>,
        /// The language to begin with
        #[arg(long, value_name = "CODE")]
        lang: Option<String>,
        /// Begin with a community of a dozen members
        #[arg(long)]
        seed: bool,
    },
    /// Check the configuration, the database and the messengers, and say what to fix
    Check {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Bring the database up to date (`run` does it too)
    Migrate {
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Copy all of a database into an empty one of either kind, and compare it row by row
    Copy {
        /// The database that is copied: sqlite://FILE or postgres://USER@HOST/NAME
        #[arg(long, value_name = "URL", value_parser = database_url)]
        from: DatabaseUrl,
        /// The one that it is copied to: empty, or not made yet
        #[arg(long, value_name = "URL", value_parser = database_url)]
        to: DatabaseUrl,
    },
    /// Set chains of debts off against each other: the solver by itself, without a bot or a database
    Clearing {
        #[command(subcommand)]
        command: Clearing,
    },
}

#[derive(Subcommand)]
enum Clearing {
    /// Write what is set off of each debt, with totals on standard error
    Solve {
        /// A table `from,to,amount[,currency[,date]]` (- is standard input)
        #[arg(default_value = "-")]
        table: PathBuf,
        /// Write JSON instead of the same table with one more column
        #[arg(long)]
        json: bool,
        /// Write here what proves that it could not be more
        #[arg(long, value_name = "FILE")]
        certificate: Option<PathBuf>,
    },
    /// Check what `solve` has written, without the solver
    Check {
        /// The table that was solved
        table: PathBuf,
        /// The table that was written
        solved: PathBuf,
        /// The certificate that was written with it
        certificate: PathBuf,
    },
}

#[derive(clap::Args)]
struct ConfigFile {
    /// The configuration [default: exodus.toml, if there is one]
    #[arg(long = "config", value_name = "FILE")]
    file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match obey(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            output::complain(format_args!("exodus: {}", told(&error)));
            ExitCode::FAILURE
        }
    }
}

async fn obey(command: Command) -> anyhow::Result<ExitCode> {
    // Libraries bring several kinds of cryptography, and one that is not told which to take would break off.
    let _ = rustls::crypto::ring::default_provider().install_default();
    logs::start(if matches!(command, Command::Run { .. }) { logs::RUNNING } else { logs::TALKING })?;
    match command {
        Command::Run { config } => {
            time_zones::take_newest().log(SystemClock.now());
            run::run(Config::load(config.file.as_deref())?).await?;
        }
        Command::Migrate { config } => {
            time_zones::take_newest();
            migrate::migrate(&Config::load(config.file.as_deref())?).await?;
        }
        Command::Check { config } if check::check(config.file.as_deref()).await => {}
        Command::Check { .. } => return Ok(ExitCode::FAILURE),
        Command::Copy { from, to } => copy::copy(from, to).await?,
        Command::Clearing { command: Clearing::Solve { table, json, certificate } } => {
            clearing::solve(&table, json, certificate.as_deref())?;
        }
        Command::Clearing { command: Clearing::Check { table, solved, certificate } } => {
            clearing::check(&table, &solved, &certificate)?;
        }
        Command::Demo { script, lang, seed } => {
            return demo::run(demo::DemoArgs { lang, script, seed }, SystemClock.now()).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the address of a database.
fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    let why = || DatabaseUrl::because(text).unwrap_or_else(|| format!("expected {}", DatabaseUrl::EXPECTED));
    DatabaseUrl::read(text).ok_or_else(why)
}

/// What happened and why, each thing once: many errors repeat their cause in their own words.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        before if before.contains(&cause) => told,
        before => format!("{before}: {cause}"),
    })
}

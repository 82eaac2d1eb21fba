//! The command line.

use std::process::ExitCode;

use exodus::app::config::Config;
use exodus::app::{check, clearing, copy, demo, init, migrate, run, time_zones};
use exodus_command_line::{Clearing, Command};
use exodus_engine::config::{DatabaseUrl, Value};
use exodus_engine::conversation::Clock;
use exodus_engine::host::{SystemClock, logs};

#[tokio::main]
async fn main() -> ExitCode {
    match obey(exodus_command_line::asked().command).await {
        Ok(code) => code,
        Err(error) => {
            logs::end("exodus", &told(&error), SystemClock.now());
            ExitCode::FAILURE
        }
    }
}

async fn obey(command: Command) -> anyhow::Result<ExitCode> {
    // Libraries bring several kinds of cryptography, and one that is not told which to take would break off.
    let _ = rustls::crypto::ring::default_provider().install_default();
    logs::start(if matches!(command, Command::Run { .. }) { logs::RUNNING } else { logs::TALKING })?;
    match command {
        Command::Init { file, lang } => {
            time_zones::take_newest();
            return init::init(&file, lang.as_deref(), SystemClock.now()).await;
        }
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
        Command::Copy { from, to } => {
            copy::copy(database_url("--from", &from), database_url("--to", &to)).await?;
        }
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

/// The database that an argument names.
fn database_url(argument: &str, text: &str) -> DatabaseUrl {
    let why = || DatabaseUrl::because(text).unwrap_or_else(|| format!("expected {}", DatabaseUrl::EXPECTED));
    DatabaseUrl::read(text).unwrap_or_else(|| exodus_command_line::refuse(argument, &why()))
}

/// What happened and why, each thing once: many errors repeat their cause in their own words.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        before if before.contains(&cause) => told,
        before => format!("{before}: {cause}"),
    })
}

//! `bot-api`: the server as a process of its own, with members who live a script at a bot.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use bot_api::driver::{self, Load, Script};
use bot_api::{BotApi, Pace, Settings};
use clap::{Parser, ValueEnum};

#[derive(Parser)]
#[command(about = "A Telegram Bot API server for tests, and members who live a script at a bot")]
struct Args {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The bot's token.
    #[arg(long, default_value = "42:TEST")]
    token: String,
    /// The story that members live; without it the server just serves.
    #[arg(long)]
    script: Option<PathBuf>,
    /// How many members live it at once.
    #[arg(long, default_value_t = 200)]
    members: usize,
    /// How long to measure, in seconds.
    #[arg(long)]
    seconds: Option<f64>,
    /// How many rounds each group plays.
    #[arg(long)]
    rounds: Option<u64>,
    /// How long to run before the measure begins, in seconds.
    #[arg(long, default_value_t = 0.0)]
    warm_up: f64,
    /// How long a member waits for the next step, in seconds.
    #[arg(long, default_value_t = 30.0)]
    patience: f64,
    /// Hold the bot to Telegram's pace.
    #[arg(long)]
    pace: bool,
    /// How to tell the figures.
    #[arg(long, value_enum, default_value = "text")]
    report: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Json,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bot-api: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let script = match &args.script {
        Some(path) => Some(Script::parse(&std::fs::read_to_string(path)?)?),
        None => None,
    };
    let pace = args.pace.then(Pace::telegram);
    let settings = Settings { listen: args.listen, history: false, pace, ..Settings::new(&args.token) };
    let api = BotApi::launch(settings).await?;
    eprintln!("listening on {}", api.url());
    let Some(script) = script else {
        tokio::signal::ctrl_c().await?;
        return Ok(());
    };
    let time = args.seconds.map(Duration::try_from_secs_f64).transpose()?;
    let load = Load {
        members: args.members,
        // A load without an end is nobody's wish.
        time: time.or((args.rounds.is_none()).then_some(Duration::from_secs(30))),
        rounds: args.rounds,
        warm_up: Duration::try_from_secs_f64(args.warm_up)?,
        patience: Duration::try_from_secs_f64(args.patience)?,
    };
    let report = driver::run(&api, script, &load).await;
    match args.report {
        Form::Text => print!("{report}"),
        Form::Json => println!("{}", serde_json::to_string_pretty(&report)?),
    }
    Ok(())
}

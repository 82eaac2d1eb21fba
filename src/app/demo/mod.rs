//! The whole bot in the terminal, on a database that is thrown away: typed by hand, or played from a script.
//!
//! A [`Play`] takes a chat line by line: each line is a turn of the real bot ([`House`]), then everything that is due
//! is delivered, and all of it is written down in the form that `messengers/terminal` describes. A chat that was
//! written down so is a script, and the chats of the tests are such files. Besides what people say and how the clock
//! moves, a chat may contain what a messenger's network does to people:
//!
//! - `@anna reply 12 > words`: Anna replies to the notice with this number;
//! - `clock off +62d`: the clock moves while the bot is off, and then it is started again;
//! - `@anna again`: Anna's last message or press arrives a second time;
//! - `@anna >> Label`: Anna presses an old button: on the oldest message that shows it;
//! - `@boris >> @anna Label`: Boris presses what only Anna was shown, as forged data would;
//! - `{invite}`, `{invite:anna}`, `{U+0007}`, `{x*10000}` in words: see [`fill`].

mod blanks;
mod clock;
mod counted;
mod house;
mod people;
mod play;
mod prompt;
mod puzzled;
mod script;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};

pub use blanks::fill;
pub use clock::HandClock;
pub use counted::Counted;
pub use house::{House, World};
pub use people::People;
pub use play::{Play, Played, Stopped};
pub use puzzled::Puzzled;

use crate::app::output::complain;
use crate::locale::{Arg, Format, Locales};
use crate::messengers::terminal::{Terminal, Transcript};
use crate::{msg, store};

/// What time it is when a script begins, so that it goes the same way each time: 10 November 2026, 9 o'clock.
const SCRIPTS_BEGIN: i64 = 1_794_301_200;

/// How the demo was asked for.
#[derive(Clone, Debug, Default)]
pub struct DemoArgs {
    /// The language of the demo's own words, and of newcomers' terminals.
    pub lang: Option<String>,
    /// A chat to play; `-` is standard input.
    pub script: Option<PathBuf>,
    /// Begins with a community to look at.
    pub seed: bool,
}

/// The demo's own voice: what it says beside the bot.
struct Voice {
    locales: Arc<Locales>,
    lang: String,
}

impl Voice {
    fn say(&self, msg: &crate::locale::Msg) -> crate::locale::Text {
        self.locales.text(&self.lang, msg)
    }

    fn plain(&self, msg: &crate::locale::Msg) -> String {
        self.locales.plain(&self.lang, msg)
    }
}

/// Runs the demo until its people leave, or its script ends. By hand it begins at `now`.
///
/// # Errors
/// The database or the output fails. A script that can't be understood is an exit code.
pub async fn run(args: DemoArgs, now: DateTime<Utc>) -> anyhow::Result<ExitCode> {
    let locales = Arc::new(Locales::embedded(Format { currency: "EUR".to_owned() })?);
    let lang = match &args.lang {
        None => locales.default_language().to_owned(),
        Some(asked) => match locales.negotiate(Some(asked)) {
            Some(lang) => lang.to_owned(),
            None => {
                complain(locales.plain(locales.default_language(), &unknown_language(&locales, asked)));
                return Ok(ExitCode::FAILURE);
            }
        },
    };
    let now = match args.script {
        None => now,
        Some(_) => scripts_begin(),
    };
    let voice = Voice { locales: locales.clone(), lang: lang.clone() };
    let world = throwaway(locales, now).await?;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let out = Transcript::new(std::io::stdout(), colour).as_wide_as(columns());

    let mut play = Play::new(world, Some(&lang), Transcript::new(std::io::sink(), false));
    if args.seed {
        script::seed(&mut play, &lang).await?;
    }
    let play = play.written_to(out);
    let ended = match &args.script {
        Some(file) => script::run(play, file, &voice).await,
        None => prompt::run(play, args.seed, &voice).await.map(|()| ExitCode::SUCCESS),
    };
    match ended {
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        ended => ended,
    }
}

/// How many columns the terminal has; nothing where the output goes elsewhere.
fn columns() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0).then_some(size.ws_col.into())
}

/// When scripts begin.
pub fn scripts_begin() -> DateTime<Utc> {
    DateTime::from_timestamp(SCRIPTS_BEGIN, 0).unwrap_or_default()
}

/// A world of its own in memory, with the terminal as its messenger.
async fn throwaway(locales: Arc<Locales>, now: DateTime<Utc>) -> anyhow::Result<World> {
    let db = store::connect("sqlite::memory:").await.context("a database in memory")?;
    store::migrate(&db).await.context("a database in memory")?;
    Ok(World {
        db,
        locales,
        clock: Arc::new(HandClock::at(now)),
        chance: Arc::new(Counted::default()),
        people: Arc::new(Terminal::new()),
    })
}

fn unknown_language(locales: &Locales, asked: &str) -> crate::locale::Msg {
    let known: Vec<&str> = locales.languages().iter().map(|language| language.code.as_str()).collect();
    msg!("demo-unknown-language", lang = asked, known = Arg::Verbatim(known.join(", ")))
}

/// Whoever reads us has seen enough (`| head`): that is an end like any other.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

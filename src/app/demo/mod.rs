//! The whole bot in the terminal, on a database that is thrown away: typed by hand, or played from a script, as the chats of
//! the tests are (see [`exodus_engine::testing`]).

mod prompt;
mod script;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};

use super::calendar::Months;
use super::output::complain;
use crate::aid::{Administrators, Rules};
use crate::domain::Money;
use crate::screens::{Exodus, Reading, Settings};
use crate::store;
use exodus_engine::host::Host;
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Format, Locales};
use exodus_engine::messengers::terminal::{NAME, Terminal, Transcript};
use exodus_engine::msg;
use exodus_engine::testing::{BEGINNING, Counted, HandClock, Play, Stage};

/// A million, and a hundred, in minor units: as where a community configures nothing.
const MAX_AMOUNT: Money = Money::from_minor(100_000_000);
const GUARANTEE_AMOUNT: Money = Money::from_minor(10_000);

/// Who administers the demo's community: whoever is called so.
const ADMIN: &str = "admin";

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
    fn say(&self, msg: &exodus_engine::locale::Msg) -> exodus_engine::locale::Text {
        self.locales.text(&self.lang, msg)
    }

    fn plain(&self, msg: &exodus_engine::locale::Msg) -> String {
        self.locales.plain(&self.lang, msg)
    }
}

/// Runs the demo until its people leave, or its script ends. By hand it begins at `now`.
///
/// # Errors
/// The database or the output fails. A script that can't be understood is an exit code.
pub async fn run(args: DemoArgs, now: DateTime<Utc>) -> anyhow::Result<ExitCode> {
    let locales = Arc::new(crate::texts::locales(Format { currency: "EUR".to_owned() })?);
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
    let stage = throwaway(locales, now).await?;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let out = Transcript::new(std::io::stdout(), colour).as_wide_as(columns());

    let mut play = Play::new(stage, exodus, Some(&lang), Transcript::new(std::io::sink(), false));
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

/// The bot as it runs for a community that has configured nothing.
pub fn exodus(stage: &Stage) -> Host<Exodus> {
    let rules = Rules { zone: Zone::UTC, max_amount: MAX_AMOUNT, guarantee_amount: GUARANTEE_AMOUNT };
    let exodus = Exodus::new(Settings {
        rules: rules.clone(),
        ways_in: vec![stage.people.way_in()].into(),
        support_contact: None,
        locales: stage.locales.clone(),
        reading: Reading::of(&stage.locales),
    })
    .administered_by(Administrators::new([(NAME.to_owned(), ADMIN.to_owned())]));
    stage.host(exodus).calendar(Months::new(rules))
}

/// What time it is when a script begins, so that it goes the same way each time.
pub fn scripts_begin() -> DateTime<Utc> {
    DateTime::from_timestamp(BEGINNING, 0).unwrap_or_default()
}

/// A stage of its own in memory, with the terminal as its messenger.
async fn throwaway(locales: Arc<Locales>, now: DateTime<Utc>) -> anyhow::Result<Stage> {
    let db = store::connect("sqlite::memory:").await.context("a database in memory")?;
    store::migrate(&db).await.context("a database in memory")?;
    Ok(Stage {
        db,
        locales,
        clock: Arc::new(HandClock::at(now)),
        chance: Arc::new(Counted::default()),
        people: Arc::new(Terminal::new()),
    })
}

fn unknown_language(locales: &Locales, asked: &str) -> exodus_engine::locale::Msg {
    let known: Vec<&str> = locales.languages().iter().map(|language| language.code.as_str()).collect();
    msg!("demo-unknown-language", lang = asked, known = Arg::Verbatim(known.join(", ")))
}

/// Whoever reads us has seen enough (`| head`): that is an end like any other.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

//! `exodus init`: a few questions, each answer looked at when it is given, and a first configuration is written.
//!
//! What was typed is read, and its accounts are asked about, exactly as `exodus check` does it: as the text of a
//! configuration.

mod account;
mod answers;
mod community;
mod keyboard;
mod written;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::output;
use answers::Answers;
use exodus_engine::host::stopped_by;
use exodus_engine::locale::{Arg, Format, Locales, Msg};
use exodus_engine::messengers::Messengers;
use exodus_engine::msg;
use keyboard::{Gone, Keyboard};

/// What a shell reports of a program that Ctrl-C has ended.
const INTERRUPTED: u8 = 130;

/// Whoever sits at the terminal, and the language that they are spoken with.
struct Host {
    locales: Arc<Locales>,
    lang: String,
    keyboard: Keyboard,
}

impl Host {
    fn plain(&self, msg: &Msg) -> String {
        self.locales.plain(&self.lang, msg)
    }

    fn say(&self, msg: &Msg) {
        output::say(self.plain(msg));
    }

    /// What they answer; with nothing, what stands in brackets.
    async fn asks(&mut self, question: &Msg, usual: Option<&str>) -> Result<String, Gone> {
        let usual_shown = usual.map(|usual| format!(" [{usual}]")).unwrap_or_default();
        let question = format!("{}{usual_shown}: ", self.plain(question));
        let typed = self.keyboard.line(&question).await?;
        Ok(if typed.is_empty() { usual.unwrap_or_default().to_owned() } else { typed })
    }

    /// The same for what nobody may read over their shoulder.
    async fn asks_in_secret(&mut self, question: &Msg) -> Result<String, Gone> {
        let question = format!("{}: ", self.plain(question));
        self.keyboard.secret(&question).await
    }

    /// Which of these they choose: by its number, or as it is called.
    async fn chooses(&mut self, question: &Msg, choices: &[String], usual: usize) -> Result<usize, Gone> {
        output::say(format_args!("\n{}", self.plain(question)));
        for (number, choice) in (1..).zip(choices) {
            output::say(format_args!("  {number}. {choice}"));
        }
        loop {
            let typed = self.keyboard.line(&format!("[{}]: ", usual + 1)).await?;
            let named = choices.iter().position(|choice| choice.to_lowercase() == typed.to_lowercase());
            let counted = || typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            match named.or_else(counted).or(typed.is_empty().then_some(usual)) {
                Some(chosen) if chosen < choices.len() => return Ok(chosen),
                _ => self.say(&msg!("init-number", most = Arg::Verbatim(choices.len().to_string()))),
            }
        }
    }
}

/// Asks, and writes `file`. `now` is for the clock of the place where the community lives.
///
/// # Errors
/// The texts are broken, or signals can't be listened for. What can't be done is an exit code, and was said.
pub async fn init(file: &Path, lang: Option<&str>, now: DateTime<Utc>) -> anyhow::Result<ExitCode> {
    let locales = Arc::new(crate::texts::locales(Format { currency: "EUR".to_owned() })?);
    let lang = spoken(&locales, lang);
    let complain = |msg: &Msg| {
        output::complain(locales.plain(&lang, msg));
        Ok(ExitCode::FAILURE)
    };
    if let Some(obstacle) = written::obstacle(file) {
        return complain(&obstacle);
    }
    if account::offered(&Messengers::built()).is_empty() {
        return complain(&msg!("init-no-messenger"));
    }
    let Some(keyboard) = Keyboard::of_this_process() else { return complain(&msg!("init-no-terminal")) };
    let mut host = Host { locales: locales.clone(), lang: lang.clone(), keyboard };

    let stop = CancellationToken::new();
    let mut ended = None;
    let talk = async {
        ended = stop.run_until_cancelled(talk(&mut host, file, now)).await;
        Ok(())
    };
    stopped_by(stop.clone(), talk).await?;
    let code = match ended {
        Some(Ok(())) => return Ok(ExitCode::SUCCESS),
        Some(Err(Gone)) => ExitCode::FAILURE,
        None => ExitCode::from(INTERRUPTED),
    };
    output::complain(format_args!("\n{}", host.plain(&msg!("init-nothing-written"))));
    Ok(code)
}

/// The whole conversation.
async fn talk(host: &mut Host, file: &Path, now: DateTime<Utc>) -> Result<(), Gone> {
    host.say(&msg!("init-hello", file = path(file)));
    let language = community::language(host).await?;
    let account = account::account(host).await?;
    let currency = community::currency(host).await?;
    let zone = community::zone(host, now).await?;
    let answers = Answers { language, account, currency, zone };
    let file = written::write(host, file, &answers).await?;
    output::say("");
    host.say(&msg!("init-written", file = path(&file)));
    host.say(&msg!("init-next"));
    let with = if file == Path::new("exodus.toml") { String::new() } else { format!(" --config {}", file.display()) };
    let command = |name: &str| Arg::Verbatim(format!("exodus {name}{with}"));
    let greet = answers.link().map(|link| msg!("init-next-greet", link = Arg::Verbatim(link)));
    let steps = [Some(msg!("init-next-run", command = command("run"))), greet];
    let more = Some(msg!("init-next-more", command = command("check")));
    for (number, step) in (1..).zip(steps.into_iter().chain([more]).flatten()) {
        output::say(format_args!("  {number}. {}", host.plain(&step)));
    }
    Ok(())
}

/// The language to ask in: the one that was asked for, or that of the system.
fn spoken(locales: &Locales, asked: Option<&str>) -> String {
    let of_system = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let of_system = of_system.as_deref().and_then(|name| name.split(['.', '@']).next());
    let spoken = asked.and_then(|asked| locales.negotiate(Some(asked))).or_else(|| locales.negotiate(of_system));
    spoken.unwrap_or(locales.default_language()).to_owned()
}

fn path(path: &Path) -> Arg {
    Arg::Verbatim(path.display().to_string())
}

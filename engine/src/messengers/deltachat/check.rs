//! A check before a start: whether the program is there, whether the mail server takes us, and where people find the bot.

use std::path::{Path, PathBuf};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::account::{existing, is_ours, link_of, try_out};
use super::asking::Core;
use super::events::events_of;
use super::program::{NotRunning, Program, version};
use super::rpc::Rpc;
use super::settings::{Login, Settings};
use crate::conversation::{Chance, OsChance};

/// One thing that was looked at: what was found, or what to mend.
type Line = Result<String, String>;

/// What is known of the account.
enum Found {
    /// It was made, and people come by this link.
    Link(String),
    /// It is to be made.
    Nothing,
    /// The bot runs.
    InUse,
}

/// Looks whether the bot could run with these settings: one line for each thing, what was found or what to mend. While the
/// bot runs, its folder is left alone, and the lines say less.
pub async fn check(settings: Settings) -> Vec<Line> {
    let found = match version(&settings.program).await {
        Ok(version) => format!("{} is version {version}", settings.program),
        Err(missing) => return vec![Err(missing.to_string())],
    };
    let mut lines = vec![Ok(found)];
    match look(&settings).await {
        Err(mend) => lines.push(Err(mend)),
        Ok(Found::InUse) => lines.push(Ok(format!(
            "{} is in use: the bot runs, and its log tells more than can be seen from here",
            settings.accounts_dir.display()
        ))),
        Ok(Found::Nothing) => lines.push(first(&settings).await),
        Ok(Found::Link(link)) => lines.push(Ok(format!("people come by {link}\n{}", drawn(&link)))),
    }
    lines
}

/// What the account's folder says. It is not made here.
async fn look(settings: &Settings) -> Result<Found, String> {
    let folder = &settings.accounts_dir;
    if !folder.join("accounts.toml").exists() {
        return Ok(Found::Nothing);
    }
    let (program, rpc) = match Program::start(&settings.program, folder).await {
        Err(NotRunning::InUse(_)) => return Ok(Found::InUse),
        started => started.map_err(|error| error.to_string())?,
    };
    let found = known(&rpc, settings).await;
    rpc.hang_up();
    program.stop().await;
    found
}

async fn known(rpc: &Rpc, settings: &Settings) -> Result<Found, String> {
    let Some(account) = existing(rpc).await.map_err(|error| error.to_string())? else { return Ok(Found::Nothing) };
    let core = Core { rpc: rpc.clone(), account };
    is_ours(&core, settings).await.map_err(|error| error.to_string())?;
    let link = link_of(&core).await.map_err(|error| error.to_string())?;
    Ok(link.map_or(Found::Nothing, Found::Link))
}

/// There is no account yet: whether the mailbox would let us in, tried in a folder that is thrown away.
async fn first(settings: &Settings) -> Line {
    let will = format!("{} will be made at the first start", settings.accounts_dir.display());
    if let Login::Relay(_) = settings.login {
        return Ok(format!("{will}, with a mailbox at the relay"));
    }
    let folder = trial_folder()?;
    let tried = tried_in(&folder, settings).await;
    let _ = std::fs::remove_dir_all(&folder);
    tried.map(|()| format!("the mail server takes the password; {will}"))
}

async fn tried_in(folder: &Path, settings: &Settings) -> Result<(), String> {
    let started = Program::start(&settings.program, folder).await;
    let (program, rpc) = started.map_err(|error| error.to_string())?;
    let mut events = events_of(rpc.clone());
    let tried = try_out(rpc.clone(), &mut events, settings).await;
    rpc.hang_up();
    program.stop().await;
    tried.map_err(|error| error.to_string())
}

fn trial_folder() -> Result<PathBuf, String> {
    let word = OsChance.word().map_err(|error| error.to_string())?;
    Ok(std::env::temp_dir().join(format!("deltachat-check-{word}")))
}

/// The link as a picture that a phone reads off the screen.
fn drawn(link: &str) -> String {
    QrCode::new(link).map(|code| code.render::<Dense1x2>().quiet_zone(true).build()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_drawn_in_lines_of_one_width() {
        let drawn = drawn("https://i.delta.chat/#0E7C1E88E0B219D0AA7596BDB537829038120BD1&v=3&i=a&s=b&a=bot%40dc.test");
        let widths: Vec<usize> = drawn.lines().map(|line| line.chars().count()).collect();
        assert!(widths.len() > 10 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
    }
}

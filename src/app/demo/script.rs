use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, BufReader};

use super::Voice;
use crate::app::output::complain;
use crate::screens::Exodus;
use exodus_engine::locale::Arg;
use exodus_engine::msg;
use exodus_engine::testing::{Play, Played, Stopped};

/// The community that `--seed` begins with, as the chat in which it came to be.
const SEED: &str = include_str!("seed.chat");

/// Plays a script to its end; a line that can't be understood ends it at once.
pub(super) async fn run<W: Write>(mut play: Play<Exodus, W>, file: &Path, voice: &Voice) -> anyhow::Result<ExitCode> {
    let (name, opened) = open(file).await;
    let input = match opened {
        Ok(input) => input,
        Err(error) => return Ok(unreadable(&name, &error, voice)),
    };
    let mut lines = input.lines();
    for number in 1u32.. {
        let line = match lines.next_line().await {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(error) => return Ok(unreadable(&name, &error, voice)),
        };
        match play.chat(line.trim_start_matches('\u{feff}')).await {
            Ok(Played::On) => {}
            Ok(Played::End) => break,
            Err(Stopped::Puzzled(puzzled)) => {
                let number = Arg::Verbatim(number.to_string());
                let place = msg!("demo-script-line", file = Arg::Verbatim(name), line = number, why = puzzled.msg());
                complain(voice.plain(&place));
                return Ok(ExitCode::FAILURE);
            }
            Err(stopped) => return Err(stopped.into_error()),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What to call a script, and its text.
async fn open(file: &Path) -> (String, std::io::Result<Box<dyn AsyncBufRead + Unpin>>) {
    if file == Path::new("-") {
        return ("stdin".to_owned(), Ok(Box::new(BufReader::new(tokio::io::stdin()))));
    }
    let opened = tokio::fs::File::open(file).await;
    (file.display().to_string(), opened.map(|file| Box::new(BufReader::new(file)) as Box<dyn AsyncBufRead + Unpin>))
}

/// Plays the seed, unseen; then one of its members is chosen who speaks this language.
pub(super) async fn seed<W: Write>(play: &mut Play<Exodus, W>, lang: &str) -> anyhow::Result<()> {
    for (number, line) in SEED.lines().enumerate() {
        match play.chat(line).await {
            Ok(_) => {}
            Err(Stopped::Puzzled(puzzled)) => bail!("seed.chat, line {}: {puzzled:?}", number + 1),
            Err(stopped) => return Err(stopped.into_error()).context("seed.chat"),
        }
    }
    if let Some(member) = play.first_to_speak(lang).await? {
        play.choose(&member);
    }
    Ok(())
}

fn unreadable(file: &str, error: &std::io::Error, voice: &Voice) -> ExitCode {
    let file = Arg::Verbatim(file.to_owned());
    let msg = msg!("demo-script-unreadable", file = file, why = Arg::Verbatim(error.to_string()));
    complain(voice.plain(&msg));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use sea_orm::EntityTrait;

    use super::*;
    use crate::app::demo::{exodus, scripts_begin, throwaway};
    use crate::store;
    use exodus_engine::locale::Format;
    use exodus_engine::messengers::terminal::Transcript;
    use exodus_engine::testing::Puzzled;

    #[tokio::test]
    async fn the_seed_is_a_community_with_something_of_everything() {
        let locales = crate::texts::locales(Format { currency: "EUR".to_owned() }).expect("locales");
        let stage = throwaway(Arc::new(locales), scripts_begin()).await.expect("a stage");
        let db = stage.db.clone();
        let mut play = Play::new(stage, exodus, None, Transcript::new(std::io::sink(), false));
        seed(&mut play, "ru").await.expect("the seed");
        assert_eq!(play.who(), Some("борис"));

        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = |what: &str| *found.entry(what.to_owned()).or_default() += 1;
        for person in store::person::Entity::find().all(&db).await.expect("people") {
            count(&format!("member who speaks {}", person.lang));
        }
        for collection in store::collection::Entity::find().all(&db).await.expect("collections") {
            count(&format!("{} collection", collection.kind));
        }
        for commitment in store::commitment::Entity::find().all(&db).await.expect("commitments") {
            count(&commitment.state);
        }
        let expected = [
            ("member who speaks en", 7),
            ("member who speaks ru", 5),
            ("monthly collection", 3),
            ("emergency collection", 1),
            ("intention", 7),
            ("obligation", 2),
            ("claimed", 2),
            ("fulfilled", 2),
        ];
        let expected = expected.into_iter().map(|(what, count)| (what.to_owned(), count)).collect();
        assert_eq!(found, expected);
    }

    #[tokio::test]
    async fn a_name_is_a_person_s_or_a_group_s() {
        let locales = crate::texts::locales(Format { currency: "EUR".to_owned() }).expect("locales");
        let stage = throwaway(Arc::new(locales), scripts_begin()).await.expect("a stage");
        let mut play = Play::new(stage, exodus, None, Transcript::new(std::io::sink(), false));
        for (line, puzzles) in [
            ("@anna > /start", None),
            ("@anna in @anna > /circle", Some(Puzzled::IsPerson("anna".to_owned()))),
            ("@boris in @boris > /circle", Some(Puzzled::IsPerson("boris".to_owned()))),
            ("@boris in @anna > /circle", Some(Puzzled::IsPerson("anna".to_owned()))),
            ("@anna in @circle > /circle", None),
            ("@circle > /start", Some(Puzzled::IsGroup("circle".to_owned()))),
            ("@boris in @circle > /circle", None),
            ("@boris > /start", None),
        ] {
            let puzzled = match play.chat(line).await {
                Ok(_) => None,
                Err(Stopped::Puzzled(puzzled)) => Some(puzzled),
                Err(stopped) => panic!("{line}: {stopped}"),
            };
            assert_eq!(puzzled, puzzles, "{line}");
        }
    }
}

//! Reminds people of what they ask it to, wherever they talk with it: a notice with buttons, which is sent though the bot
//! was killed in between.
//!
//! ```text
//! @anna > start
//!   What shall I remind you of? For example: in 20 minutes to water the plants
//!
//! @anna > in 20 minutes to water the plants
//!   I will, in 20 minutes.
//!
//!   What shall I remind you of? For example: in 20 minutes to water the plants
//!
//! clock +20m
//!   2026-11-10 09:20 UTC
//!
//! @anna 🔔
//!   ⏰ Time to water the plants
//!
//!   To answer, type:
//!   • ✔ Done № 1
//!   • In an hour again № 1
//!
//! @anna > In an hour again № 1
//!   I will, in 60 minutes.
//!
//!   What shall I remind you of? For example: in 20 minutes to water the plants
//!
//! clock +1h
//!   2026-11-10 10:20 UTC
//!
//! @anna 🔔
//!   ⏰ Time to water the plants
//!
//!   To answer, type:
//!   • ✔ Done № 2
//!   • In an hour again № 2
//!
//! @anna > ✔ Done № 2
//!   Well done!
//!
//!   What shall I remind you of? For example: in 20 minutes to water the plants
//! ```
//!
//! In the terminal: `cargo run --package exodus-engine --example reminder`. In Telegram as well: with `--features telegram`, and
//! `BOT_TELEGRAM_TOKEN` in the environment. In Matrix as well: with `--features matrix`, and `BOT_MATRIX_HOMESERVER_URL`,
//! `BOT_MATRIX_USER` and `BOT_MATRIX_PASSWORD`. All is kept in `reminder.db`, or in
//! the database of `BOT_DATABASE_URL`.

use async_trait::async_trait;
use chrono::TimeDelta;
use exodus_engine::conversation::{
    Answered, Bot, Cx, Fault, Input, Kept, Moment, Page, Route, Screen, Screens, Step, Tell, Turn,
};
use exodus_engine::host::Host;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::msg;

pub const WORDS: &str = "
ask = What shall I remind you of? For example: <i>in 20 minutes to water the plants</i>
unclear = Say when and what, please: <i>in 2 hours to call Boris</i>.
noted = { $minutes ->
    [one] I will, in a minute.
   *[other] I will, in { $minutes } minutes.
 }
reminder = ⏰ Time { $what }
done = ✔ Done
later = In an hour again
well-done = Well done!
";

#[derive(Default)]
pub struct Reminder(Screens<()>);

pub fn reminder() -> Reminder {
    Reminder(Screens::default().with(Ask))
}

#[async_trait]
impl Bot for Reminder {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.0
    }

    fn home(&self) -> Route {
        Route::new("ask")
    }

    fn tells(&self) -> Vec<&'static str> {
        vec!["reminder"]
    }

    async fn notices(&self, _: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let page = |what: &str| Page::new(msg!("reminder", what = what)).deed(msg!("done"), "done");
        Ok(these.iter().map(|it| Some(page(&it.facts).deed(msg!("later"), "later"))).collect())
    }

    async fn answer(&self, cx: &mut Cx<'_, ()>, it: &Kept, deed: &str) -> Result<Answered, Fault> {
        Ok(match deed {
            "later" => remind(cx, 60, &it.facts).await?.into(),
            _ => Step::stay().saying(msg!("well-done")).into(),
        })
    }
}

struct Ask;

#[async_trait]
impl Screen<()> for Ask {
    fn name(&self) -> &'static str {
        "ask"
    }

    async fn page(&self, _: &Cx<'_, ()>) -> Result<Page, Fault> {
        Ok(Page::new(msg!("ask")).asking())
    }

    async fn act(&self, cx: &mut Cx<'_, ()>, input: Input) -> Result<Step, Fault> {
        let Input::Wrote(words) = input else { return Err(Fault::Lost) };
        match read(&words) {
            Some((minutes, what)) => remind(cx, minutes, what).await,
            None => Ok(Step::stay().saying(msg!("unclear"))),
        }
    }
}

async fn remind(cx: &Cx<'_, ()>, minutes: i64, what: &str) -> Result<Step, Fault> {
    let (me, due_at) = (cx.me()?, cx.turn.at.now + TimeDelta::minutes(minutes));
    cx.turn.at.tell([Tell::new(me, "reminder").of(what).asking().at(due_at)]).await?;
    Ok(Step::stay().saying(msg!("noted", minutes = minutes)))
}

/// `in 20 minutes to water the plants`: how many minutes, and what.
fn read(words: &str) -> Option<(i64, &str)> {
    let mut parts = words.trim().strip_prefix("in ")?.splitn(3, ' ');
    let (number, unit, what) = (parts.next()?.parse::<u16>().ok()?, parts.next()?, parts.next()?);
    let minutes = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    Some((i64::from(number) * minutes, what))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let locales = Locales::from_texts(&[("en", WORDS)], Format::default())?;
    let database = std::env::var("BOT_DATABASE_URL").unwrap_or_else(|_| "sqlite://reminder.db".to_owned());
    let host = Host::open(reminder(), locales, &database).await?;
    host.through_the_environment().await?.run_until_told().await
}

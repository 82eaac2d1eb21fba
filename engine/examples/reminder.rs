//! Reminds people of what they ask it to, wherever they talk with it: a notice with buttons, which is sent though the bot
//! was killed in between.
//!
//! ```text
//! @anna > start
//!   What shall I remind you of? For example: in 20 minutes to water the plants
//!
//! @anna > in 20 minutes to water the plants
//!   I will, in 20 min.
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
//!   I will, in 60 min.
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
    Answered, Cx, Fault, Input, Kept, Page, Pages, PlainNotices, Screen, Screens, Step, Tell,
};
use exodus_engine::host::Host;
use exodus_engine::msg;

pub const WORDS: &str = "
ask = What shall I remind you of? For example: <i>in 20 minutes to water the plants</i>
unclear = Say when and what, please: <i>in 2 hours to call Boris</i>.
noted = I will, in { $minutes } min.
reminder = ⏰ Time { $what }
done = ✔ Done
later = In an hour again
well-done = Well done!
";

pub fn reminder() -> Pages {
    Pages::new("ask", Screens::default().with(Ask)).telling("reminder", Reminders)
}

struct Reminders;

#[async_trait]
impl PlainNotices for Reminders {
    fn page(&self, it: &Kept) -> Option<Page> {
        let page = Page::new(msg!("reminder", what = it.facts.as_str()));
        Some(page.deed(msg!("done"), "done").deed(msg!("later"), "later"))
    }

    async fn answer(&self, cx: &mut Cx<'_, ()>, it: &Kept, deed: &str) -> Result<Answered, Fault> {
        match deed {
            "later" => Ok(remind(cx, 60, &it.facts).await?.into()),
            _ => Ok(Step::stay().saying(msg!("well-done")).into()),
        }
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
            None => Ok(Step::misread(msg!("unclear"))),
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
    let units = [("minute", 1), ("hour", 60), ("day", 24 * 60)];
    let (_, minutes) = units.into_iter().find(|(name, _)| *name == unit.trim_end_matches('s'))?;
    Some((i64::from(number) * minutes, what))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    Host::of_the_environment(reminder(), &[("en", WORDS)], "reminder").await?.run_until_told().await
}

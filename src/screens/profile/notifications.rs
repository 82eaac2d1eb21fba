use async_trait::async_trait;
use chrono::NaiveDateTime;

use super::daily_hour::shown;
use crate::aid::{self, Notified};
use crate::domain::{Category, DailyHour, Mode};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::hours::place;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;
use exodus_engine::person::account_name;

/// What I am told at once, once a day, or not at all; when I am left alone; and where I am written to.
pub struct Notifications;

#[async_trait]
impl Screen<World> for Notifications {
    fn name(&self) -> &'static str {
        "notifications"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let notified = aid::notified(&aid(cx), me(cx)?.id).await?;
        let now = notified.place.zone.local(cx.turn.at.now);
        Ok(view(&notified, now, &cx.lang))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (category, mode) = chosen_by(&deed).ok_or(Fault::Lost)?;
        run(cx, async |work| aid::tell_me(work, me(cx)?.id, category, mode).await).await?;
        let daily = aid::daily_hour(&aid(cx), me(cx)?.id).await?;
        Ok(Step::stay().saying(now_told(category, mode, daily)))
    }
}

/// The deed that has a category told like this: as it was offered, whatever has been chosen elsewhere since.
fn choosing(category: Category, mode: Mode) -> String {
    format!("{}={}", category.as_str(), mode.as_str())
}

fn chosen_by(deed: &str) -> Option<(Category, Mode)> {
    let (category, mode) = deed.split_once('=')?;
    Some((Category::parse(category)?, Mode::parse(mode)?))
}

fn view(notified: &Notified, now: NaiveDateTime, lang: &str) -> Page {
    let page = Page::new(msg!("notifications-title"))
        .say(msg!("notifications-how", hour = shown(notified.daily)))
        .line(msg!("notifications-always"))
        .say(match notified.settings.quiet {
            Some(quiet) => msg!("notifications-quiet", hours = Arg::Verbatim(quiet.to_string())),
            None => msg!("notifications-never-quiet"),
        })
        .line(zone_line(notified, now, lang));
    let page = match notified.settings.account().filter(|_| notified.settings.accounts.len() > 1) {
        Some(account) => page.line(msg!("notifications-account", account = account_name(account))),
        None => page,
    };
    let page = Category::ALL
        .into_iter()
        .fold(page, |page, category| {
            let mode = notified.mode(category);
            // A doubled press, or number, would lead past what was wanted.
            page.switch(label(category, mode), choosing(category, mode.next()))
        })
        .go(msg!("notifications-set-hour"), Route::new("daily-hour"))
        .go(msg!("notifications-set-quiet"), Route::new("quiet-hours"))
        .go(msg!("notifications-set-zone"), Route::new("time-zone"));
    match notified.settings.accounts.len() {
        0 | 1 => page,
        _ => page.go(msg!("notifications-set-account"), Route::new("written-to")),
    }
}

fn zone_line(notified: &Notified, now: NaiveDateTime, lang: &str) -> Msg {
    let time = Arg::Verbatim(now.format("%H:%M").to_string());
    msg!(
        "notifications-zone",
        zone = Arg::Words(place::shown(&notified.place.zone, notified.place.named.as_deref(), lang)),
        time = time
    )
}

fn label(category: Category, mode: Mode) -> Msg {
    let what = name(category);
    match mode {
        Mode::On => msg!("notifications-on", what = what),
        Mode::Digest => msg!("notifications-digest", what = what),
        Mode::Off => msg!("notifications-off", what = what),
    }
}

fn now_told(category: Category, mode: Mode, daily: DailyHour) -> Msg {
    let what = name(category);
    match mode {
        Mode::On => msg!("notifications-now-on", what = what),
        Mode::Digest => msg!("notifications-now-digest", what = what, hour = shown(daily)),
        Mode::Off => msg!("notifications-now-off", what = what),
    }
}

fn name(category: Category) -> Msg {
    match category {
        Category::Network => msg!("notifications-network"),
        Category::HelpToMe => msg!("notifications-help-to-me"),
        Category::OwnHelp => msg!("notifications-own-help"),
        Category::Supported => msg!("notifications-supported"),
        Category::Reminders => msg!("notifications-reminders"),
        Category::Digests => msg!("notifications-digests"),
        Category::Announcements => msg!("notifications-announcements"),
    }
}

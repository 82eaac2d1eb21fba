//! When I am told what I want to hear of once a day.

use async_trait::async_trait;

use crate::aid;
use crate::domain;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The hour of my daily message: `daily-hour`.
pub struct DailyHour;

/// Hours that many choose.
const OFFERED: [&str; 4] = ["8", "13", "19", "21"];

#[async_trait]
impl Screen<World> for DailyHour {
    fn name(&self) -> &'static str {
        "daily-hour"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(aid::daily_hour(&aid(cx), me(cx)?.id).await?))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let hour = match &input {
            Input::Chose(deed) if OFFERED.contains(&deed.as_str()) => domain::DailyHour::read(deed),
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(typed) => domain::DailyHour::read(typed),
        };
        let Some(hour) = hour else { return Ok(Step::misread(msg!("daily-hour-not-understood"))) };
        told(cx, run(cx, async |work| aid::tell_me_daily_at(work, me(cx)?.id, hour).await).await)?;
        Ok(Step::back().saying(msg!("daily-hour-done", hour = shown(hour))))
    }
}

fn view(now: domain::DailyHour) -> Page {
    let page = Page::new(msg!("daily-hour-now", hour = shown(now))).say(msg!("daily-hour-question")).asking();
    let offered = OFFERED.into_iter().filter_map(|offer| Some((offer, domain::DailyHour::read(offer)?)));
    offered
        .filter(|(_, hour)| *hour != now)
        .fold(page, |page, (offer, hour)| page.light(msg!("daily-hour-offer", hour = shown(hour)), offer))
}

/// As clocks show it.
pub(super) fn shown(hour: domain::DailyHour) -> Arg {
    Arg::Verbatim(hour.to_string())
}

use async_trait::async_trait;

use super::typed;
use crate::aid;
use crate::conversation::{Fault, Input, Page, Screen, Step};
use crate::domain::{Zone, zone};
use crate::locale::Arg;
use crate::msg;
use crate::screens::world::{Here, World, aid, me};

/// Where I live, as far as the clock is concerned.
pub struct TimeZoneScreen;

#[async_trait]
impl Screen<World> for TimeZoneScreen {
    fn name(&self) -> &'static str {
        "time-zone"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let now = aid::notified(&aid(cx), me(cx)?.id).await?.zone;
        Ok(view(&now, &cx.world.settings.rules.zone, &time(cx, &now)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let community = &cx.world.settings.rules.zone;
        let zone = match &input {
            Input::Chose(deed) if deed == community.name() => community.clone(),
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(said) => match zone::zone_of(said) {
                Some(zone) => zone,
                None => return Ok(Step::stay().saying(msg!("zone-not-understood", typed = typed(said)))),
            },
        };
        aid::live_in(&aid(cx), me(cx)?.id, &zone).await?;
        let time = Arg::Verbatim(time(cx, &zone));
        Ok(Step::back().saying(msg!("zone-done", zone = Arg::Verbatim(zone::city(&zone)), time = time)))
    }
}

/// What clocks there show now.
fn time(cx: &Here<'_>, zone: &Zone) -> String {
    zone.local(cx.turn.now).format("%H:%M").to_string()
}

fn view(now: &Zone, community: &Zone, time: &str) -> Page {
    let city = |zone| Arg::Verbatim(zone::city(zone));
    let page = Page::new(msg!("zone-now", zone = city(now), time = Arg::Verbatim(time.to_owned())))
        .say(msg!("zone-question"))
        .asking();
    if now == community {
        return page;
    }
    page.deed(msg!("zone-of-community", zone = city(community)), community.name())
}

use async_trait::async_trait;

use super::typed;
use crate::aid;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::hours::Zone;
use exodus_engine::hours::place::{self, Place};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// Where I live, as far as the clock is concerned.
pub struct TimeZoneScreen;

#[async_trait]
impl Screen<World> for TimeZoneScreen {
    fn name(&self) -> &'static str {
        "time-zone"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let notified = aid::notified(&aid(cx), me(cx)?.id).await?;
        let now = Place { zone: notified.zone, named: notified.place };
        Ok(view(&now, &cx.world.settings.rules.zone, &time(cx, &now.zone), &cx.lang))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let community = &cx.world.settings.rules.zone;
        let place = match &input {
            Input::Chose(deed) if deed == community.name() => Place { zone: community.clone(), named: None },
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(said) => match place::place_of(said, cx.turn.at.now) {
                Some(place) => place,
                None => return Ok(Step::stay().saying(msg!("zone-not-understood", typed = typed(said)))),
            },
        };
        run(cx, async |work| aid::live_in(work, me(cx)?.id, &place).await).await?;
        let time = Arg::Verbatim(time(cx, &place.zone));
        Ok(Step::back().saying(msg!("zone-done", zone = shown(&place, &cx.lang), time = time)))
    }
}

/// What clocks there show now.
fn time(cx: &Here<'_>, zone: &Zone) -> String {
    zone.local(cx.turn.at.now).format("%H:%M").to_string()
}

fn shown(place: &Place, lang: &str) -> Arg {
    Arg::Words(place::shown(&place.zone, place.named.as_deref(), lang))
}

fn view(now: &Place, community: &Zone, time: &str, lang: &str) -> Page {
    let page = Page::new(msg!("zone-now", zone = shown(now, lang), time = Arg::Verbatim(time.to_owned())))
        .say(msg!("zone-question"))
        .asking();
    if now.zone == *community {
        return page;
    }
    let of_community = Place { zone: community.clone(), named: None };
    page.light(msg!("zone-of-community", zone = shown(&of_community, lang)), community.name())
}

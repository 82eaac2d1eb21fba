//! By which clock somebody lives.

use async_trait::async_trait;

use super::{settings, typed};
use crate::conversation::{Cx, Fault, Input, Page, Screen, Step};
use crate::hours::Zone;
use crate::hours::place::{self, Place};
use crate::locale::Arg;
use crate::msg;

/// Where I live, as far as the clock is concerned: `time-zone`.
pub struct TimeZoneScreen {
    /// The zone of those who have chosen none.
    usual: Zone,
}

impl TimeZoneScreen {
    /// Those who have chosen none live in this one: the same as [`Host::in_zone`](crate::host::Host::in_zone) says.
    pub fn for_those_in(usual: Zone) -> TimeZoneScreen {
        TimeZoneScreen { usual }
    }
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for TimeZoneScreen {
    fn name(&self) -> &'static str {
        "time-zone"
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        let now = settings::mine(cx).await?.place_or(&self.usual);
        Ok(view(&now, &self.usual, &time(cx, &now.zone), &cx.lang))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let place = match &input {
            Input::Chose(deed) if deed == self.usual.name() => Place { zone: self.usual.clone(), named: None },
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(said) => match place::place_of(said, cx.turn.at.now) {
                Some(place) => place,
                None => return Ok(Step::misread(msg!("zone-not-understood", typed = typed(said)))),
            },
        };
        settings::live_in(&cx.turn.at, cx.me()?, &place).await?;
        let time = Arg::Verbatim(time(cx, &place.zone));
        Ok(Step::back().saying(msg!("zone-done", zone = shown(&place, &cx.lang), time = time)))
    }
}

/// What clocks there show now.
fn time<W>(cx: &Cx<'_, W>, zone: &Zone) -> String {
    zone.local(cx.turn.at.now).format("%H:%M").to_string()
}

fn shown(place: &Place, lang: &str) -> Arg {
    Arg::Words(place::shown(&place.zone, place.named.as_deref(), lang))
}

fn view(now: &Place, usual: &Zone, time: &str, lang: &str) -> Page {
    let page = Page::new(msg!("zone-now", zone = shown(now, lang), time = Arg::Verbatim(time.to_owned())))
        .say(msg!("zone-question"))
        .asking();
    if now.zone == *usual {
        return page;
    }
    let as_usual = Place { zone: usual.clone(), named: None };
    page.light(msg!("zone-as-usual", zone = shown(&as_usual, lang)), usual.name())
}

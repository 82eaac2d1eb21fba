use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::offer::route_to;
use crate::aid;
use crate::domain::local_date;
use crate::screens::members::Place;
use crate::screens::world::{Here, World, aid, me};
use crate::store::invite::Offer;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The guarantees that I offer, which nobody has accepted yet: `offers` and `offers/<page>`.
pub struct Offers;

#[async_trait]
impl Screen<World> for Offers {
    fn name(&self) -> &'static str {
        "offers"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let offers = aid::offers(&aid(cx), me(cx)?.id).await?;
        let place = Place::of(Place::asked(cx.route.number(0)), offers.len() as u64);
        Ok(view(&offers, place, &cx.world.settings.rules.zone))
    }
}

fn view(offers: &[Offer], place: Place, zone: &Zone) -> Page {
    if offers.is_empty() {
        return Page::new(msg!("offers-none")).go(msg!("trust-back"), Route::new("trust"));
    }
    let page = place.says(Page::new(msg!("offers-title", count = offers.len())));
    let slice = Place::slice(place.number());
    let (skip, take) = (usize::try_from(slice.skip).unwrap_or(usize::MAX), usize::try_from(slice.take).unwrap_or(0));
    let page = offers
        .iter()
        .skip(skip)
        .take(take)
        .fold(page, |page, offer| page.go(label(offer, offers, zone), route_to(offer.id)));
    place.turns(page, 0, |number| Route::new("offers").with(number))
}

/// "🛡 until the end of 29 December", or for whom it is. Of several of one day each has a number.
fn label(offer: &Offer, all: &[Offer], zone: &Zone) -> Msg {
    let day = last_day(offer.ends_at, zone);
    let is_of_that_day = |one: &&Offer| one.comer.is_none() && last_day(one.ends_at, zone) == day;
    let of_that_day: Vec<&Offer> = all.iter().filter(is_of_that_day).collect();
    match &offer.comer {
        Some(name) => msg!("offers-one-came", day = day, name = name),
        None if of_that_day.len() > 1 => {
            let number = of_that_day.iter().filter(|one| one.id <= offer.id).count();
            msg!("offers-one-of-several", day = day, number = number)
        }
        None => msg!("offers-one", day = day),
    }
}

/// The last day on which it can be accepted.
pub fn last_day(ends_at: DateTime<Utc>, zone: &Zone) -> Msg {
    Msg::day_month(local_date(ends_at - TimeDelta::seconds(1), zone))
}

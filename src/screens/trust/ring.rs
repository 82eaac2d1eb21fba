use async_trait::async_trait;

use crate::aid;
use crate::domain::TrustRing;
use crate::screens::members::{Place, cards};
use crate::screens::world::{Here, World, aid, me};
use crate::store::network::{People, Whom};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// A ring of my trust list: those whom I may see by their names, the others as a number. `trust-ring/<ring>` and
/// `trust-ring/<ring>/<page>`.
pub struct Ring;

/// The rings by the names that routes have for them.
const RINGS: [(TrustRing, &str); 3] =
    [(TrustRing::Mine, "mine"), (TrustRing::Theirs, "theirs"), (TrustRing::Further, "further")];

#[async_trait]
impl Screen<World> for Ring {
    fn name(&self) -> &'static str {
        "trust-ring"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let ring = cx.route.arg(0).and_then(of_name).ok_or(Fault::Lost)?;
        let count = aid::trust_list(&aid, me).await?.map_or(0, |list| list.count(ring));
        let asked = Place::asked(cx.route.number(1));
        let people = aid::around(&aid, me, Whom::Trusted(ring), false, Place::slice(asked)).await?;
        let place = Place::of(asked, people.count.found);
        Ok(view(ring, count, &people, place))
    }
}

fn of_name(name: &str) -> Option<TrustRing> {
    RINGS.into_iter().find(|(_, one)| *one == name).map(|(ring, _)| ring)
}

/// Where the list of a ring begins.
pub(super) fn route_to(ring: TrustRing) -> Route {
    let name = RINGS.into_iter().find(|(one, _)| *one == ring).map_or("", |(_, name)| name);
    Route::new("trust-ring").with(name)
}

/// "My guarantees (3)".
pub(super) fn label(ring: TrustRing, count: u64) -> Msg {
    match ring {
        TrustRing::Mine => msg!("trust-mine", count = count),
        TrustRing::Theirs => msg!("trust-theirs", count = count),
        TrustRing::Further => msg!("trust-further", count = count),
    }
}

/// `count`: how many the ring has, by name or not.
fn view(ring: TrustRing, count: u64, people: &People, place: Place) -> Page {
    let title = match ring {
        TrustRing::Mine => msg!("trust-mine-title", count = count),
        TrustRing::Theirs => msg!("trust-theirs-title", count = count),
        TrustRing::Further => msg!("trust-further-title", count = count),
    };
    let (found, page) = (people.count.found, Page::new(title));
    let unnamed = count.saturating_sub(found);
    let page = match (unnamed, ring) {
        (0, _) => page,
        (_, TrustRing::Further) if found == 0 => page.say(msg!("trust-nobody-named")),
        (_, TrustRing::Further) => page.say(msg!("trust-unnamed", count = unnamed)),
        // So many are not listed one by one.
        (_, TrustRing::Mine | TrustRing::Theirs) => page.say(msg!("trust-unlisted", count = unnamed)),
    };
    let page = cards(place.says(page), people);
    place.turns(page, 0, |number| route_to(ring).with(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ring_is_found_by_its_route() {
        for ring in TrustRing::ALL {
            assert_eq!(route_to(ring).arg(0).and_then(of_name), Some(ring));
        }
        assert_eq!(of_name("everybody"), None);
    }
}

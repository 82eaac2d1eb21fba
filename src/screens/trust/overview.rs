use async_trait::async_trait;

use super::{means, ring};
use crate::aid;
use crate::domain::{Money, TrustList, TrustRing};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// My trust list in numbers, its rings, and offering a guarantee: `trust`.
pub struct Trust;

/// The deed that makes a link.
const OFFER: &str = "offer";

#[async_trait]
impl Screen<World> for Trust {
    fn name(&self) -> &'static str {
        "trust"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let list = aid::trust_list(&aid, me).await?;
        let offers = aid::offers(&aid, me).await?.len();
        Ok(view(list, offers, cx.world.settings.rules.guarantee_amount, means(cx)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        match input {
            Input::Chose(deed) if deed == OFFER => {
                let id = told(cx, run(cx, async |work| aid::offer_guarantee(work, who).await).await)?;
                Ok(Step::go(Route::new("offer").with(id)))
            }
            _ => Err(Fault::Lost),
        }
    }
}

fn view(list: Option<TrustList>, offers: usize, each: Money, means: [Msg; 2]) -> Page {
    let page = match list {
        Some(list) => Page::new(msg!("trust-title", count = list.members)).say(msg!(
            "trust-pool",
            pool = list.pool(each),
            count = list.members,
            sum = each
        )),
        None => Page::new(msg!("trust-alone")),
    };
    let page = means.into_iter().fold(page, Page::say);
    let rings = list.into_iter().flat_map(|list| TrustRing::ALL.map(|ring| (ring, list.count(ring))));
    let page = rings
        .filter(|(_, count)| *count > 0)
        .fold(page, |page, (ring, count)| page.go(ring::label(ring, count), ring::route_to(ring)));
    let page = page.deed(msg!("trust-offer"), OFFER);
    match offers {
        0 => page,
        count => page.go(msg!("trust-offers", count = count), Route::new("offers")),
    }
}

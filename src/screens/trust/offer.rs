use async_trait::async_trait;

use super::means;
use super::offers::last_day;
use crate::aid;
use crate::domain::InviteId;
use crate::screens::members::link_lines;
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// A guarantee that I offer: the link to pass on, and taking it back. `offer/<invite>`; `offer/<invite>/withdraw` asks whether
/// to take it back.
pub struct Offer;

/// The argument, and the deed.
const WITHDRAW: &str = "withdraw";

#[async_trait]
impl Screen<World> for Offer {
    fn name(&self) -> &'static str {
        "offer"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let offer = aid::offer(&aid, who, id).await?;
        if cx.route.arg(1) == Some(WITHDRAW) {
            return Ok(view_withdrawing(id));
        }
        let day = last_day(offer.ends_at, &cx.world.settings.rules.zone);
        let page = Page::new(msg!("offer-title", day = day));
        let page = link_lines(page, &cx.world.settings.ways_in.now(), &offer.token).say(msg!("offer-how"));
        let page = page.say_if(offer.comer.as_ref().map(|name| msg!("offer-comer", name = name)));
        let page = means(cx).into_iter().fold(page, Page::say);
        Ok(page.go(msg!("trust-back"), Route::new("trust")).go(msg!("offer-withdraw"), route_to(id).with(WITHDRAW)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        // Where it was asked whether they are sure.
        if input != Input::Chose(WITHDRAW.into()) || cx.route.arg(1) != Some(WITHDRAW) {
            return Err(Fault::Lost);
        }
        let withdrawn = run(cx, async |work| aid::withdraw_offer(work, who, id).await).await;
        told_at(cx, To::Instead(Route::new("trust")), withdrawn)?;
        Ok(Step::instead(Route::new("trust")).saying(msg!("offer-withdrawn")))
    }
}

/// Where this offer is.
pub(super) fn route_to(id: InviteId) -> Route {
    Route::new("offer").with(id)
}

fn view_withdrawing(id: InviteId) -> Page {
    Page::new(msg!("offer-withdraw-sure"))
        .go(msg!("offer-withdraw-no"), route_to(id))
        .grave(msg!("offer-withdraw-yes"), WITHDRAW)
}

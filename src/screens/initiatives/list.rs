use async_trait::async_trait;

use super::words::initiative_at;
use crate::aid;
use crate::screens::members::Place;
use crate::screens::world::{Here, World, aid, me};
use crate::store::initiative::Line;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// The open initiatives that I may see, those whose date comes first: `initiatives` and `initiatives/<page>`. Whoever
/// administers the community sees all.
pub struct Initiatives;

#[async_trait]
impl Screen<World> for Initiatives {
    fn name(&self) -> &'static str {
        "initiatives"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, admin) = (aid(cx), me(cx)?.id, cx.world.admin.as_ref());
        let count = aid::initiatives::count_open(&aid, who, admin).await?;
        let place = Place::of(Place::asked(cx.route.number(0)), count);
        let lines = aid::initiatives::open(&aid, who, admin, Place::slice(place.number())).await?;
        let over = aid::initiatives::count_over(&aid, who).await?;
        let title = if count == 0 { msg!("initiatives-none") } else { msg!("initiatives-title", count = count) };
        let page = listed(place.says(Page::new(title)), &lines);
        let page = place.turns(page, 0, |number| Route::new("initiatives").with(number));
        let page = page.go(msg!("initiative-propose"), Route::new("propose"));
        Ok(match over {
            0 => page,
            over => page.go(msg!("initiatives-to-over", count = over), Route::new("initiatives-over")),
        })
    }
}

/// Those that are over and that I have proposed or voted for: `initiatives-over` and `initiatives-over/<page>`.
pub struct InitiativesOver;

#[async_trait]
impl Screen<World> for InitiativesOver {
    fn name(&self) -> &'static str {
        "initiatives-over"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who) = (aid(cx), me(cx)?.id);
        let count = aid::initiatives::count_over(&aid, who).await?;
        let place = Place::of(Place::asked(cx.route.number(0)), count);
        let lines = aid::initiatives::over(&aid, who, Place::slice(place.number())).await?;
        let page = listed(place.says(Page::new(msg!("initiatives-over-title", count = count))), &lines);
        Ok(place.turns(page, 0, |number| Route::new("initiatives-over").with(number)))
    }
}

fn listed(page: Page, lines: &[Line]) -> Page {
    lines.iter().fold(page, |page, one| {
        page.go(msg!("initiatives-one", title = &one.title, voted = one.voted, sum = one.target), initiative_at(one.id))
    })
}

use async_trait::async_trait;

use super::people::{self, Place, shown};
use crate::aid;
use crate::screens::world::{Here, World, aid, me};
use crate::store::network::{People, Whom};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// The far circle: those in need whom my network does not reach yet. `expand` and `expand/<page>`.
pub struct Expand;

#[async_trait]
impl Screen<World> for Expand {
    fn name(&self) -> &'static str {
        "expand"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let asked = Place::asked(cx.route.number(0));
        let people = aid::around(&aid, me, Whom::Beyond, true, Place::slice(asked)).await?;
        let place = Place::of(asked, people.count.found);
        Ok(view(&people, place))
    }
}

fn view(people: &People, place: Place) -> Page {
    let count = people.count;
    if count.found == 0 {
        return Page::new(msg!("expand-nobody"));
    }
    let page =
        place.says(Page::new(msg!("expand-title", count = count.found, shown = shown(count)))).say(msg!("expand-how"));
    place.turns(people::cards(page, people), 0, |number| Route::new("expand").with(number))
}

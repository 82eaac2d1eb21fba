use async_trait::async_trait;

use super::people::{self, Place};
use crate::aid;
use crate::domain::{Called, MemberId};
use crate::screens::world::{Here, World, aid, me};
use crate::store::network::People;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// Whom a member helps, as far as I may see them. `helps/<member>` and `helps/<member>/<page>`.
pub struct Helps;

#[async_trait]
impl Screen<World> for Helps {
    fn name(&self) -> &'static str {
        "helps"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, whose) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let all = aid::count_helped(&aid, who, whose).await?;
        let name = aid::name_of(&aid, who, whose).await?;
        let asked = Place::asked(cx.route.number(1));
        let people = aid::helped_by(&aid, who, whose, Place::slice(asked)).await?;
        let place = Place::of(asked, people.count.found);
        let unseen = all.saturating_sub(people.count.found);
        Ok(view((whose, &name), &people, unseen, place))
    }
}

/// `unseen`: how many more they are whom I may not see.
fn view((whose, name): (MemberId, &Called), people: &People, unseen: u64, place: Place) -> Page {
    let page = place.says(Page::new(msg!("helps-title", name = name, count = people.count.found)));
    let page = page.say_if((unseen > 0).then(|| msg!("helps-unseen", count = unseen)));
    let page = people::cards(page, people);
    place.turns(page, 0, |number| Route::new("helps").with(whose).with(number))
}

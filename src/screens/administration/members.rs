use async_trait::async_trait;

use super::admin;
use crate::aid;
use crate::screens::members::Place;
use crate::screens::sentences::status_sign;
use crate::screens::world::{Here, World, aid};
use crate::store::community::One;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// All members, those who came last first: `admin-members`, `admin-members/<page>`.
pub struct AdminMembers;

#[async_trait]
impl Screen<World> for AdminMembers {
    fn name(&self) -> &'static str {
        "admin-members"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, admin, asked) = (aid(cx), admin(cx)?, Place::asked(cx.route.number(0)));
        let (mut listed, count) = aid::all_members(&aid, admin, Place::slice(asked)).await?;
        let place = Place::of(asked, count);
        if place.number() != asked {
            listed = aid::all_members(&aid, admin, Place::slice(place.number())).await?.0;
        }
        Ok(view(&listed, count, place))
    }
}

fn view(listed: &[One], count: u64, place: Place) -> Page {
    let page = place.says(Page::new(msg!("admin-members-title", count = count)));
    let page = listed.iter().fold(page, |page, one| {
        let label = match one.suspended {
            true => msg!("admin-member-suspended", name = &one.name),
            false => msg!("people-one", sign = status_sign(one.status), name = &one.name),
        };
        page.go(label, Route::new("admin-member").with(one.id))
    });
    place.turns(page, 0, |number| Route::new("admin-members").with(number))
}

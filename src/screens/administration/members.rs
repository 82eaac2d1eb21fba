use async_trait::async_trait;

use super::admin;
use crate::aid;
use crate::domain::look_of;
use crate::screens::members::Place;
use crate::screens::sentences::status_sign;
use crate::screens::world::{Here, World, aid};
use crate::store::community::One;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
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
        Ok(view(&listed, count, place, &cx.world.settings.rules.zone))
    }
}

fn view(listed: &[One], count: u64, place: Place, zone: &Zone) -> Page {
    let page = place.says(Page::new(msg!("admin-members-title", count = count)));
    let page = listed.iter().fold(page, |page, one| {
        let label = match one.suspended {
            true => msg!("people-one-suspended", name = &one.name),
            false => msg!("people-one", sign = status_sign(one.status), name = &one.name),
        };
        let is_double = listed.iter().any(|other| other.id != one.id && look_of(&other.name) == look_of(&one.name));
        let label = match is_double {
            true => msg!("admin-member-since", one = label, time = Msg::date_time(zone.local(one.since))),
            false => label,
        };
        page.go(label, Route::new("admin-member").with(one.id))
    });
    place.turns(page, 0, |number| Route::new("admin-members").with(number))
}

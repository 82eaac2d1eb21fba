use async_trait::async_trait;

use super::people::{self, Place, shown};
use super::picture;
use crate::aid;
use crate::domain::Relation;
use crate::screens::world::{Here, World, aid, me};
use crate::store::network::{Count, People, Whom};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// My network: all of it, or those who stand so to me.
///
/// `network` and `network/<page>` list everybody; `network/<which>` and `network/<which>/<page>` the near circle or one of the
/// six relations; `network/by` leads to these, with their counts; `network/picture` brings all of it as a picture.
pub struct Network;

/// What follows in the route of the page that brings the picture.
const PICTURE: &str = "picture";

/// What can be picked out of a network, in the order of the page that leads to it.
const PARTS: [(Whom, &str); 7] = [
    (Whom::Near, "near"),
    (Whom::Who(Relation::HelpsMe), "helps-me"),
    (Whom::Who(Relation::IHelp), "i-help"),
    (Whom::Who(Relation::HelpsMyHelpers), "helps-my-helpers"),
    (Whom::Who(Relation::HelpsWhomIHelp), "helps-whom-i-help"),
    (Whom::Who(Relation::MyHelpersHelp), "my-helpers-help"),
    (Whom::Who(Relation::WhomIHelpHelps), "whom-i-help-helps"),
];

#[async_trait]
impl Screen<World> for Network {
    fn name(&self) -> &'static str {
        "network"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        match cx.route.arg(0) {
            Some("by") => return Ok(view_parts(aid::count_around(&aid, me, PARTS.map(|(whom, _)| whom)).await?)),
            Some(PICTURE) => return picture::page(cx).await,
            _ => {}
        }
        let (whom, number) = match cx.route.arg(0).filter(|arg| arg.parse::<i64>().is_err()) {
            None => (Whom::Network, cx.route.number(0)),
            Some(name) => (of_name(name).ok_or(Fault::Lost)?, cx.route.number(1)),
        };
        let asked = Place::asked(number);
        let people = aid::around(&aid, me, whom, false, Place::slice(asked)).await?;
        let place = Place::of(asked, people.count.found);
        Ok(view(whom, &people, place))
    }
}

fn of_name(name: &str) -> Option<Whom> {
    PARTS.into_iter().find(|(_, one)| *one == name).map(|(whom, _)| whom)
}

/// Where the list of these begins.
pub(super) fn route_of(whom: Whom) -> Route {
    let network = Route::new("network");
    match PARTS.into_iter().find(|(one, _)| *one == whom) {
        Some((_, name)) => network.with(name),
        None => network,
    }
}

fn view(whom: Whom, people: &People, place: Place) -> Page {
    if people.count.found == 0 {
        return match whom {
            Whom::Network => Page::new(msg!("members-alone")).say(msg!("members-how-to-grow")),
            _ => Page::new(title(whom, people.count)).say(msg!("network-nobody")),
        };
    }
    let page = people::cards(place.says(Page::new(title(whom, people.count))), people);
    match whom {
        Whom::Network => {
            let page = page.go(msg!("network-by"), route_of(whom).with("by"));
            let page = page.go(msg!("network-picture"), route_of(whom).with(PICTURE));
            place.turns(page, 2, |number| route_of(whom).with(number))
        }
        _ => place.turns(page, 0, |number| route_of(whom).with(number)),
    }
}

fn title(whom: Whom, count: Count) -> Msg {
    match whom {
        Whom::Network => msg!("network-title", count = count.found, shown = shown(count)),
        whom => msg!("network-part", part = called(whom), count = shown(count)),
    }
}

fn view_parts(counts: [Count; PARTS.len()]) -> Page {
    let parts = PARTS.into_iter().zip(counts);
    parts.fold(Page::new(msg!("network-by-title")), |page, ((whom, _), count)| {
        page.go(msg!("network-part-label", part = called(whom), count = shown(count)), route_of(whom))
    })
}

/// What a part of a network is called.
fn called(whom: Whom) -> Msg {
    match whom {
        Whom::Near => msg!("network-near"),
        Whom::Network | Whom::Further | Whom::Beyond | Whom::Trusted(_) => msg!("members-network"),
        Whom::Who(Relation::HelpsMe) => msg!("network-helps-me"),
        Whom::Who(Relation::IHelp) => msg!("network-i-help"),
        Whom::Who(Relation::HelpsMyHelpers) => msg!("network-helps-my-helpers"),
        Whom::Who(Relation::HelpsWhomIHelp) => msg!("network-helps-whom-i-help"),
        Whom::Who(Relation::MyHelpersHelp) => msg!("network-my-helpers-help"),
        Whom::Who(Relation::WhomIHelpHelps) => msg!("network-whom-i-help-helps"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_and_relation_is_found_by_its_route() {
        for (whom, name) in PARTS {
            assert_eq!(route_of(whom).arg(0), Some(name));
            assert_eq!(of_name(name), Some(whom));
        }
        for relation in Relation::ALL {
            assert!(PARTS.iter().any(|(whom, _)| *whom == Whom::Who(relation)), "{relation:?}");
        }
        assert_eq!((of_name("by"), of_name("everybody")), (None, None));
    }
}

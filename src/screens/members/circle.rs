use async_trait::async_trait;

use super::people::Place;
use crate::aid::{self, Helper, Helpers};
use crate::domain::{MemberId, Note};
use crate::notices::SpaceLeft;
use crate::screens::sentences::{all_given, gives};
use crate::screens::world::{Here, World, aid, me};
use crate::store::commitment::Gives;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The whole circle of what a member asks for now: those whom I may see lead on to their cards. `circle/<member>` and
/// `circle/<member>/<page>`.
pub struct Circle;

#[async_trait]
impl Screen<World> for Circle {
    fn name(&self) -> &'static str {
        "circle"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, whose) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let asked = Place::asked(cx.route.number(1));
        let mut circle = aid::circle_of(&aid, who, whose, Place::slice(asked)).await?;
        let place = Place::of(asked, circle.as_ref().map_or(0, |circle| circle.count));
        if place.number() != asked {
            // It has become shorter.
            circle = aid::circle_of(&aid, who, whose, Place::slice(place.number())).await?;
        }
        Ok(match circle.filter(|circle| circle.count > 0) {
            Some(circle) => view(whose, &circle, place),
            None => Page::new(msg!("circle-nobody")).go(msg!("notice-card"), Route::new("card").with(whose)),
        })
    }
}

fn view(whose: MemberId, circle: &Helpers, place: Place) -> Page {
    let page = place.says(Page::new(msg!("circle-title", name = &circle.name, count = circle.count)));
    let (seen, unseen): (Vec<&Helper>, Vec<&Helper>) = circle.listed.iter().partition(|one| one.seen);
    let page = page.lines(unseen.into_iter().map(|one| msg!("circle-line", one = label(one, circle))).collect());
    let page = page.lines(notes(circle));
    let page = seen.into_iter().fold(page, |page, one| {
        page.go(msg!("circle-card", one = label(one, circle)), Route::new("card").with(one.id))
    });
    place.turns(page, 0, |number| Route::new("circle").with(whose).with(number))
}

/// What is said about the help, as far as there is room on a page.
fn notes(circle: &Helpers) -> Vec<Msg> {
    let given = circle.listed.iter().flat_map(|one| one.gives.iter().map(move |given| (one, given)));
    let said = given.filter_map(|(one, given)| Some((one, given, given.note.as_ref()?)));
    let line = |(one, given, note): (&Helper, &Gives, &Note)| {
        let given = one_given(given, circle);
        msg!("list-noted", one = msg!("circle-one", name = &one.name, gives = given), note = note.as_str())
    };
    let mut space = SpaceLeft::of(NOTES);
    said.filter(|(one, _, note)| space.takes_words(note.as_str()) && space.takes_words(&one.name)).map(line).collect()
}

/// How much room the notes of a page may take, in UTF-16 units.
const NOTES: usize = 2_000;

/// "Boris: 👍 €100, ❤️ €50", or the name alone.
fn label(one: &Helper, circle: &Helpers) -> Msg {
    match all_given(one.gives.iter().map(|given| one_given(given, circle))) {
        Some(given) => msg!("circle-one", name = &one.name, gives = given),
        None => msg!("circle-named", name = &one.name),
    }
}

fn one_given(given: &Gives, circle: &Helpers) -> Msg {
    gives(given.state, given.sum, circle.counts.filter(|month| *month != given.month).map(|_| given.month))
}

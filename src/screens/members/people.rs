//! Lists of members, a page at a time: how each of them is, who they are, and what they lack.

use crate::screens::sentences::status_sign;
use crate::store::Slice;
use crate::store::network::{Count, People, Person};
use exodus_engine::conversation::{Choice, Page, Route};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// How many members a page lists.
pub(super) const A_PAGE: u64 = 8;

/// Which page of how many this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    number: u64,
    last: u64,
}

impl Place {
    /// The page that a route names by this argument, beginning with 0; nonsense is the first one.
    pub fn asked(number: Option<i64>) -> u64 {
        number.and_then(|number| u64::try_from(number).ok()).unwrap_or(0)
    }

    pub fn slice(number: u64) -> Slice {
        Slice { skip: number.saturating_mul(A_PAGE), take: A_PAGE }
    }

    /// Where somebody is who asked for this page of so many members: at the last one, when there is none so far.
    pub fn of(asked: u64, count: u64) -> Place {
        let last = count.saturating_sub(1) / A_PAGE;
        Place { number: asked.min(last), last }
    }

    pub fn number(self) -> u64 {
        self.number
    }

    /// "Page 2 of 3", where there is more than one.
    pub fn says(self, page: Page) -> Page {
        match self.last {
            0 => page,
            last => page.line(msg!("people-page", number = self.number + 1, count = last + 1)),
        }
    }

    /// The ways to the pages beside this one, on which `more` choices stand beside the members.
    pub fn turns(self, page: Page, more: u64, at: impl Fn(usize) -> Route) -> Page {
        let [a_page, number, last] =
            [A_PAGE + more, self.number, self.last].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        page.turning(a_page, number, last, at)
    }
}

/// How many there are: "2,000", or "2,000+" where there are more than were looked for.
pub(super) fn shown(count: Count) -> Arg {
    match count.at_least {
        true => msg!("people-at-least", count = count.found).into(),
        false => count.found.into(),
    }
}

/// A choice for each of these, called as they are in lists.
pub(super) fn choices<'a>(
    people: &'a People,
    choice: impl Fn(Msg, &Person) -> Choice + 'a,
) -> impl Iterator<Item = Choice> + 'a {
    people.listed.iter().map(move |one| choice(label(one), one))
}

/// The links to the cards of these.
pub fn cards(page: Page, people: &People) -> Page {
    let to_card = |label, one: &Person| Choice::go(label, Route::new("card").with(one.id));
    choices(people, to_card).fold(page, Page::choice)
}

/// "🔆 Anna: 🙏 €200", or "⏸ Anna" of one who is suspended.
fn label(one: &Person) -> Msg {
    if one.suspended {
        return msg!("people-one-suspended", name = &one.name);
    }
    let (sign, name) = (status_sign(one.status), &one.name);
    match one.missing {
        Some(missing) => msg!("people-one-missing", sign = sign, name = name, sum = missing),
        None => msg!("people-one", sign = sign, name = name),
    }
}

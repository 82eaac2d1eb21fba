use async_trait::async_trait;

use crate::aid::{self, Refused};
use crate::domain::{Collection, CollectionId, CollectionKind, Refusal, Ring, Status};
use crate::screens::sentences::{heard_by, status_name, told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The rings that can be told, as the deeds name them.
const RINGS: [(Ring, &str); 3] = [(Ring::Near, "tell-near"), (Ring::Network, "tell-network"), (Ring::Far, "tell-far")];

/// What I say of my situation, and how I can say something else.
pub struct StatusScreen;

#[async_trait]
impl Screen<World> for StatusScreen {
    fn name(&self) -> &'static str {
        "status"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let who = me(cx)?.id;
        let (status, open) = aid::standing_of(&aid(cx), who).await?;
        let next = match asked_now(&open) {
            Some(collection) => aid::next_ring(&aid(cx), who, collection).await?,
            None => None,
        };
        let next = asked_now(&open).zip(next);
        Ok(view(status, &open, next.map(|(collection, ring)| (collection.id, ring))))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (collection, ring) = told_by(&deed).ok_or(Fault::Lost)?;
        let who = me(cx)?.id;
        let (_, open) = aid::standing_of(&aid(cx), who).await?;
        if asked_now(&open).is_none_or(|now| now.id != collection) {
            return Ok(Step::stay().saying(msg!("page-stale")));
        }
        let heard = match run(cx, async |work| aid::tell_ring(work, who, collection, ring).await).await {
            // What can be done about that is to bring somebody in.
            nobody @ Err(Refused::Rule(Refusal::NobodyThere)) => {
                told_at(cx, To::Go(Route::new("invite").with(who)), nobody)?
            }
            asked => told(cx, asked)?,
        };
        let so_many = heard_by(heard);
        Ok(Step::stay().saying(match ring {
            Ring::Far => msg!("status-far-told", told = so_many),
            Ring::Network => msg!("status-network-told", told = so_many),
            Ring::Near | Ring::Nobody => msg!("status-near-told", told = so_many),
        }))
    }
}

/// The deed that has a ring told of a collection: of this one and no other, however things stand when it is done.
fn telling(collection: CollectionId, ring: Ring) -> Option<String> {
    let (_, name) = RINGS.into_iter().find(|(one, _)| *one == ring)?;
    Some(format!("{name}/{collection}"))
}

fn told_by(deed: &str) -> Option<(CollectionId, Ring)> {
    let (name, collection) = deed.split_once('/')?;
    let (ring, _) = RINGS.into_iter().find(|(_, one)| *one == name)?;
    Some((collection.parse().ok()?, ring))
}

/// The open collection that help goes to now: a monthly one is paused beside an emergency.
fn asked_now(open: &[Collection]) -> Option<&Collection> {
    open.iter().max_by_key(|collection| collection.kind.means_status())
}

fn view(status: Status, open: &[Collection], next: Option<(CollectionId, Ring)>) -> Page {
    let of_kind = |kind| open.iter().find(|collection| collection.kind == kind);
    let monthly = of_kind(CollectionKind::Monthly);
    let emergency = of_kind(CollectionKind::Emergency);
    let page = Page::new(msg!("status-now", status = status_name(status))).line(match status {
        Status::Green => msg!("status-green-means"),
        Status::Orange => msg!("status-orange-means"),
        Status::Red => msg!("status-red-means"),
    });
    let page = named(page, status, emergency);
    let page = match emergency {
        Some(emergency) => about_emergency(page, emergency),
        None => asking(page, "ask-emergency", msg!("status-to-red"), msg!("status-to-red-words")),
    };
    let page = match monthly {
        Some(monthly) => about_monthly(page, monthly, emergency.is_some()),
        None if emergency.is_none() => {
            asking(page, "ask-monthly", msg!("status-to-orange"), msg!("status-to-orange-words"))
        }
        None => page,
    };
    let untold = asked_now(open).is_some_and(|collection| collection.ring == Ring::Nobody);
    let page = page.say_if(untold.then(|| msg!("status-untold")));
    let label = match next {
        Some((_, Ring::Far)) => msg!("status-tell-far"),
        Some((_, Ring::Network)) => msg!("status-tell-network"),
        _ => msg!("status-tell-near"),
    };
    match next.and_then(|(collection, ring)| telling(collection, ring)) {
        Some(deed) => page.deed(label, deed),
        None => page,
    }
}

/// What a status is called, where no form is called so: what one has already is on this page; and who is Red and wants to be
/// Orange has no emergency any more.
fn named(page: Page, status: Status, emergency: Option<&Collection>) -> Page {
    let here = Choice::go(msg!("status-now", status = status_name(status)), Route::new("status"));
    let page = page.called(
        match status {
            Status::Green => msg!("status-to-green-words"),
            Status::Orange => msg!("status-to-orange-words"),
            Status::Red => msg!("status-to-red-words"),
        },
        here,
    );
    match emergency {
        Some(emergency) => {
            let end = Choice::go(msg!("status-emergency-end"), Route::new("end").with(emergency.id));
            page.called(msg!("status-to-orange-words"), end)
        }
        None => page,
    }
}

/// The way to a form that asks for help, by its name or by what people say who need that.
fn asking(page: Page, form: &str, label: Msg, words: Msg) -> Page {
    let ask = Choice::go(label, Route::new(form));
    page.called(msg!("status-need-words"), ask.clone()).called(words, ask.clone()).choice(ask)
}

fn about_emergency(page: Page, emergency: &Collection) -> Page {
    let line = emergency.ends_on.map(|date| msg!("status-emergency", sum = emergency.target, date = date));
    let page = page
        .say_if(line)
        .go(msg!("status-emergency-sum"), Route::new("change-sum").with(emergency.id))
        .go(msg!("status-emergency-date"), Route::new("change-date").with(emergency.id));
    ending(page, msg!("status-emergency-end"), emergency)
}

fn about_monthly(page: Page, monthly: &Collection, paused: bool) -> Page {
    let line = if paused {
        msg!("status-monthly-paused", sum = monthly.target)
    } else {
        msg!("status-monthly", sum = monthly.target)
    };
    let page = page.say(line).go(msg!("status-monthly-sum"), Route::new("change-sum").with(monthly.id));
    match paused {
        // Who is Red says by these words that the emergency is over.
        true => page.go(msg!("status-monthly-end"), Route::new("end").with(monthly.id)),
        false => ending(page, msg!("status-monthly-end"), monthly),
    }
}

/// The way to ask no more, by its name or by what people say who need no more help.
fn ending(page: Page, label: Msg, asked: &Collection) -> Page {
    let end = Choice::go(label, Route::new("end").with(asked.id));
    page.called(msg!("status-to-green-words"), end.clone()).choice(end)
}

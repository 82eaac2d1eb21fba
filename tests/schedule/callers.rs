//! Whoever has a use case run, it comes to the same: a turn, a step of the calendar, and a caller who has no moment open.

use std::sync::Arc;

use async_trait::async_trait;
use exodus::aid::{self, By, Community, Refused, Rules, Work, unit};
use exodus::domain::{CollectionKind, MemberId, Money, Refusal};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{
    Bot, Caps, Clock, Cx, Fault, Heard, Incoming, Input, Moment, OsChance, Page, Route, Screen, Screens, Step, Turn,
};
use exodus_engine::delivery::{Calendar, Progress};
use exodus_engine::host::{Host, Parts};
use exodus_engine::locale::Format;
use exodus_engine::msg;
use sea_orm::{EntityTrait, QueryOrder};
use tokio_util::sync::CancellationToken;

use super::place::Place;
use exodus::domain::State::Intention;

/// Somebody asks for help, and may find in the end that a rule says no.
#[derive(Clone)]
struct Asks {
    rules: Rules,
    who: MemberId,
    refused: bool,
}

impl Asks {
    fn community(&self) -> Community<'_> {
        Community { rules: &self.rules, tells: &Notices }
    }

    async fn ask(&self, work: &Work<'_>) -> Result<(), Refused> {
        aid::ask(work, self.who, CollectionKind::Emergency, Money::from_minor(10_000), Some(7)).await?;
        if self.refused { Err(Refusal::NothingMissing.into()) } else { Ok(()) }
    }

    async fn at(&self, at: Moment<'_>) -> Result<(), Refused> {
        unit::run(at, self.community(), By::Member(self.who), async |work| self.ask(work).await).await
    }
}

#[async_trait]
impl Calendar for Asks {
    fn jobs(&self) -> &'static [&'static str] {
        &["ask"]
    }

    async fn step(&self, at: &Moment<'_>, _: &store::schedule::Model) -> Result<Progress, Fault> {
        Ok(self.at(*at).await.map(|()| Progress::Done)?)
    }
}

#[async_trait]
impl Screen<()> for Asks {
    fn name(&self) -> &'static str {
        "ask"
    }

    async fn page(&self, _: &Cx<'_, ()>) -> Result<Page, Fault> {
        Ok(Page::new(msg!("menu-need-help")).asking())
    }

    async fn act(&self, cx: &mut Cx<'_, ()>, _: Input) -> Result<Step, Fault> {
        Ok(self.at(cx.turn.at).await.map(|()| Step::stay())?)
    }
}

struct Asking(Screens<()>);

#[async_trait]
impl Bot for Asking {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.0
    }

    fn home(&self) -> Route {
        Route::new("ask")
    }
}

/// A bot whose only screen asks.
fn parts(place: &Place, asks: &Asks) -> Parts<Asking> {
    let locales = exodus::texts::locales(Format { currency: "EUR".to_owned() }).unwrap();
    let bot = Asking(Screens::default().with(asks.clone()));
    let host = Host::on(Arc::new(bot), Arc::new(locales), place.db.clone()).calendar(asks.clone());
    host.by(place.clock.clone(), Arc::new(OsChance)).parts()
}

async fn in_a_turn(place: &Place, asks: &Asks) {
    let engine = parts(place, asks).engine;
    for (seq, words) in [(1, "/start"), (2, "a hundred")] {
        let incoming = Incoming {
            address: "Anna".to_owned(),
            update: seq.to_string(),
            seq,
            name: "Anna".to_owned(),
            lang: Some("en".to_owned()),
            reply_to: None,
            thread: None,
            album: None,
            tab: String::new(),
            early: false,
            heard: Heard::Text(words.to_owned()),
        };
        engine.turn("terminal", Caps::KEYBOARD, &incoming).await.unwrap().unwrap();
    }
}

async fn in_a_step(place: &Place, asks: &Asks) {
    let due = store::schedule::New { name: "ask", about: 0, due_at: place.clock.now() };
    store::schedule::plan(&place.db, [due], place.clock.now()).await.unwrap();
    let pass = parts(place, asks).scheduler.pass(&CancellationToken::new()).await.unwrap();
    assert_eq!(pass.broken, asks.refused);
}

async fn alone(place: &Place, asks: &Asks) {
    let moments = parts(place, asks).moments;
    let by = By::Member(asks.who);
    let done = unit::alone(&moments, asks.community(), by, async |work| asks.ask(work).await).await;
    assert_eq!(matches!(done, Err(Refused::Rule(Refusal::NothingMissing))), asks.refused, "{done:?}");
}

/// All that a use case leaves: the journal, who is told, what is to be done by and by, and what became of Boris's
/// intention to Anna, whose month is over.
async fn left(place: &Place, of: usize, refused: bool) -> String {
    let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
    let intended = place.help(boris, &place.monthly(anna).await, 100, Intention).await;
    place.set("2026-12-01T00:00:07Z");
    let asks = Asks { rules: place.rules(), who: anna, refused };
    match of {
        0 => in_a_turn(place, &asks).await,
        1 => in_a_step(place, &asks).await,
        _ => alone(place, &asks).await,
    }
    let journal = store::journal::Entity::find().order_by_asc(store::journal::Column::Id).all(&place.db).await.unwrap();
    let journal: Vec<_> = journal.into_iter().map(|row| (row.actor_id, row.what, row.facts)).collect();
    let told = store::outbox::Entity::find().order_by_asc(store::outbox::Column::Id).all(&place.db).await.unwrap();
    let told: Vec<_> = told.into_iter().map(|row| (row.recipient_id, row.kind, row.facts)).collect();
    let planned = store::schedule::planned(&place.db, &aid::calendar::Job::NAMES).await.unwrap();
    let planned: Vec<_> = planned.into_iter().map(|row| (row.name, row.about, row.due_at)).collect();
    let open = store::collection::open_of(&place.db, anna).await.unwrap().len();
    format!("{journal:#?} {told:#?} {planned:#?} {open} {:?}", place.state(intended.id).await)
}

async fn place() -> Place {
    let db = store::connect("sqlite::memory:").await.unwrap();
    store::migrate(&db).await.unwrap();
    Place::new(db)
}

#[tokio::test]
async fn a_turn_a_step_and_a_caller_without_a_moment_leave_the_same() {
    let turn = left(&place().await, 0, false).await;
    for what in ["lapsed", "collection_opened", "notice-opened-emergency", "emergency-end", "2 (Lapsed, 202611)"] {
        assert!(turn.contains(what), "{what} is not in {turn}");
    }
    assert_eq!(turn, left(&place().await, 1, false).await);
    assert_eq!(turn, left(&place().await, 2, false).await);
}

#[tokio::test]
async fn of_a_use_case_that_a_rule_refuses_none_of_them_leaves_anything() {
    for caller in 0..3 {
        let left = left(&place().await, caller, true).await;
        assert!(left.starts_with("[] [] [] 1 (Intention, 202611)"), "{caller}: {left}");
    }
}

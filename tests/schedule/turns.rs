//! Turns that come after a month's end and before the calendar.

use std::sync::Arc;
use std::time::Duration;

use exodus::aid;
use exodus::domain::State::*;
use exodus::domain::{CollectionKind, Deed, MemberId, Money};
use exodus::screens::{Exodus, Reading, Settings};
use exodus::store;
use exodus_engine::conversation::{Caps, Engine, Heard, Incoming};
use exodus_engine::locale::Format;
use exodus_engine::testing::Counted;
use tokio::sync::Notify;

use crate::place::{Place, month};
use crate::support::database::on_each;

#[tokio::test]
async fn nobody_can_promise_what_has_lapsed_though_the_calendar_has_not_come_by() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara) =
            (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
        let collection = place.monthly(anna).await;
        let intention = place.help(boris, &collection, 100, Intention).await;
        let others = place.help(clara, &collection, 80, Intention).await;
        place.ensure().await;
        let engine = place.engine();
        let route = "/organizer";
        place.set("2026-11-30T23:59:59Z");
        engine.hear("Boris", 1, route).await;
        assert_eq!(place.state(intention.id).await, (Intention, 202_611));

        place.set("2026-12-01T00:00:00Z");
        engine.hear("Boris", 2, route).await;
        assert_eq!(place.state(intention.id).await, (Lapsed, 202_611));
        assert_eq!(place.state(others.id).await, (Intention, 202_611), "what is not his waits for the calendar");
        let refused =
            place.within(async |aid| aid::perform(aid, boris, intention.id, Deed::Promise).await.is_err()).await;
        assert!(refused);

        place.pass().await;
        assert_eq!(place.state(others.id).await, (Lapsed, 202_611));
        let lapsed: Vec<i64> = place.journal().await.into_iter().map(|(_, id)| id).collect();
        assert_eq!(lapsed, [intention.id, others.id].map(|id| id.number()), "each once");
        let told: Vec<MemberId> = place.told().await.into_iter().map(|(who, _)| who).collect();
        assert_eq!(told, [anna, boris, clara], "whoever closed it, each has a digest");
    })
    .await;
}

#[tokio::test]
async fn what_a_turn_has_carried_over_is_not_carried_over_again_when_it_is_withdrawn() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let collection = place.monthly(anna).await;
        place.help(boris, &collection, 100, Fulfilled).await;
        place.ensure().await;
        place.set("2026-12-01T00:00:00Z");
        let carried = place
            .within(async |aid| {
                aid::month::close_for(aid, boris).await.unwrap();
                store::commitment::live_of(aid.tx, collection.id, boris).await.unwrap().unwrap()
            })
            .await;
        assert_eq!((carried.sum.minor(), carried.month), (100, month(202_612)));
        place.within(async |aid| aid::perform(aid, boris, carried.id, Deed::Withdraw).await.map(drop).unwrap()).await;
        place.pass().await;
        assert_eq!(store::commitment::live_of(&place.db, collection.id, boris).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn who_becomes_red_after_midnight_is_not_spared_what_has_ended() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let promised = place.help(boris, &place.monthly(anna).await, 100, Obligation).await;
        place.ensure().await;
        place.set("2027-01-01T00:00:07Z");
        place
            .within(async |aid| {
                aid::month::close_for(aid, boris).await.unwrap();
                let (kind, sum) = (CollectionKind::Emergency, Money::from_minor(100));
                aid::ask(aid, boris, kind, sum, Some(7)).await.unwrap();
            })
            .await;
        assert_eq!(place.state(promised.id).await, (Overdue, 202_611));
        place.pass().await;
        assert_eq!(place.state(promised.id).await, (Overdue, 202_611));
    })
    .await;
}

struct Bot(Engine<Exodus>);

impl Place {
    fn engine(&self) -> Bot {
        let locales = Arc::new(exodus::texts::locales(Format { currency: "EUR".to_owned() }).unwrap());
        let chance = Arc::new(Counted::default());
        let exodus = Exodus::new(Settings {
            rules: self.rules(),
            ways_in: Vec::new().into(),
            support_contact: None,
            locales: locales.clone(),
            reading: Reading::of(&locales),
        });
        Bot(Engine::new(Arc::new(exodus), self.db.clone(), locales, self.clock.clone(), chance))
    }
}

impl Bot {
    async fn hear(&self, who: &str, seq: i64, words: &str) {
        let incoming = Incoming {
            address: who.to_owned(),
            update: seq.to_string(),
            seq,
            name: who.to_owned(),
            lang: Some("en".to_owned()),
            reply_to: None,
            thread: None,
            album: None,
            tab: String::new(),
            early: false,
            heard: Heard::Text(words.to_owned()),
        };
        let caps = Caps::KEYBOARD;
        self.0.turn("terminal", caps, &incoming).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn who_waits_for_the_close_of_what_is_theirs_does_not_close_the_month_that_has_begun() {
    on_each(async |db, url| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let claimed = place.help(boris, &place.emergency(anna, 30).await, 100, Claimed).await;
        place.ensure().await;
        let beside = place.beside(&url).await;
        place.set("2026-12-01T00:00:00Z");
        let (closed, waits) = (Notify::new(), Duration::from_millis(300));
        let first = place.within(async |aid| {
            aid::month::close_for(aid, boris).await.unwrap();
            closed.notify_one();
            // Meanwhile the other has seen that there is something to close, and waits for it.
            tokio::time::sleep(waits).await;
        });
        let second = async {
            closed.notified().await;
            beside.within(async |aid| aid::month::close_for(aid, boris).await.unwrap()).await;
        };
        tokio::join!(first, second);
        assert_eq!(place.state(claimed.id).await, (Claimed, 202_612));
    })
    .await;
}

//! What the calendar does for an emergency.

use exodus::aid;
use exodus::domain::State::*;
use exodus::domain::{CollectionId, Deed, Ending, MemberId, Ring};
use exodus::store;

use crate::place::{Place, at};
use crate::support::database::on_each;

#[tokio::test]
async fn an_emergency_s_moments_are_noted_moved_and_forgotten_with_it() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let anna = place.member("Anna").await;
        let emergency = place.emergency(anna, 15).await;
        let expected = |ends: &str, far: &str, network: &str, reminders: [&str; 2]| {
            let mut all = vec![
                ("emergency-end".to_owned(), at(ends)),
                ("emergency-far".to_owned(), at(far)),
                ("emergency-network".to_owned(), at(network)),
            ];
            all.extend(reminders.map(|reminder| ("emergency-reminder".to_owned(), at(reminder))));
            all
        };
        let reminders = ["2026-11-22T09:00:00Z", "2026-11-24T09:00:00Z"];
        let first = expected("2026-11-26T00:00:00Z", "2026-11-20T20:00:00Z", "2026-11-15T16:00:00Z", reminders);
        assert_eq!(place.of_emergency(emergency.id).await, first);

        place.within(async |aid| aid::change_date(aid, anna, emergency.id, 4).await.map(drop).unwrap()).await;
        let reminders = ["2026-11-11T09:00:00Z", "2026-11-13T09:00:00Z"];
        let moved = expected("2026-11-15T00:00:00Z", "2026-11-13T12:00:00Z", "2026-11-12T00:00:00Z", reminders);
        assert_eq!(place.of_emergency(emergency.id).await, moved);
        place.within(async |aid| aid::end(aid, anna, emergency.id).await.map(drop).unwrap()).await;
        assert_eq!(place.of_emergency(emergency.id).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_older_than_the_calendar_gets_its_emergencies_noted_once() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let anna = place.member("Anna").await;
        let opening = exodus::domain::Opening {
            kind: exodus::domain::CollectionKind::Emergency,
            target: exodus::domain::Money::from_minor(100),
            ends_on: Some(at("2026-11-14T00:00:00Z").date_naive()),
        };
        let emergency = store::collection::insert(&place.db, anna, opening, at("2026-11-01T00:00:00Z")).await.unwrap();
        place.ensure().await;
        let noted = place.of_emergency(emergency.id).await;
        place.ensure().await;
        assert_eq!(place.of_emergency(emergency.id).await, noted);
        assert_eq!(noted.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn an_emergency_runs_out_when_its_last_day_is_over() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara) =
            (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
        let emergency = place.emergency(anna, 10).await;
        let (promised, helped) =
            (place.help(boris, &emergency, 100, Obligation).await, place.help(clara, &emergency, 50, Fulfilled).await);
        place.ensure().await;
        place.pass_at("2026-11-20T23:59:59Z").await;
        assert!(place.is_open(emergency.id).await);
        place.pass_at("2026-11-21T00:00:00Z").await;
        let ended = store::collection::find(&place.db, emergency.id).await.unwrap().unwrap();
        assert_eq!(ended.ended, Some(Ending::Expired));
        assert_eq!(place.state(promised.id).await.0, Obligation, "what was promised stands");
        assert_eq!(place.state(helped.id).await.0, Fulfilled);
        let told = place.told().await;
        for (who, kind) in [(clara, "notice-thanks"), (anna, "notice-ran-out-mine")] {
            assert!(told.contains(&(who, kind.to_owned())), "{kind}: {told:?}");
        }
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.state(promised.id).await, (Overdue, 202_611));
    })
    .await;
}

#[tokio::test]
async fn of_two_reminders_that_come_late_only_the_last_is_sent() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let emergency = place.emergency(anna, 15).await;
        place.help(boris, &emergency, 100, Obligation).await;
        place.ensure().await;
        place.pass_at("2026-11-24T10:00:00Z").await;
        let reminded = place.told().await.into_iter().filter(|(_, kind)| kind == "notice-remind-emergency");
        assert_eq!(reminded.map(|(who, _)| who).collect::<Vec<_>>(), [boris]);
        assert!(place.of_emergency(emergency.id).await.iter().all(|(name, ..)| name != "emergency-reminder"));
    })
    .await;
}

#[tokio::test]
async fn what_was_promised_to_an_emergency_of_the_month_s_last_day_has_time_until_the_next_month_s_end() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let emergency = place.emergency(anna, 20).await;
        let promised = place.help(boris, &emergency, 100, Obligation).await;
        place.ensure().await;
        // Both are due at this moment, and found late.
        place.pass_at("2026-12-01T08:00:00Z").await;
        assert!(!place.is_open(emergency.id).await);
        assert_eq!(place.state(promised.id).await, (Obligation, 202_612));
        place.pass_at("2027-01-01T00:00:00Z").await;
        assert_eq!(place.state(promised.id).await, (Overdue, 202_612));
    })
    .await;
}

#[tokio::test]
async fn word_of_an_emergency_goes_further_only_while_something_is_missing() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let names = ["Anna", "Boris", "Clara", "Dan", "Eva"];
        let mut members = Vec::new();
        for name in names {
            members.push(place.member(name).await);
        }
        let [anna, boris, clara, dan, eva] = members[..] else { panic!("five") };
        for (by, to) in [(boris, anna), (clara, boris), (dan, clara), (eva, dan)] {
            let collection = place.monthly(to).await;
            place.help(by, &collection, 100, Intention).await;
        }
        place.ensure().await;
        let emergency = place.emergency(anna, 15).await;
        let ring_told = async |who: MemberId| {
            place.told().await.iter().filter(|told| **told == (who, "notice-ring-emergency".to_owned())).count()
        };
        place.pass_at("2026-11-15T15:59:59Z").await;
        assert_eq!((ring_told(clara).await, ring_told(dan).await), (0, 0));
        // Whoever looks so far finds her before word reaches them; nobody looks further.
        let sees = async |who| place.within(async |aid| aid::may_see(aid, who, anna).await.unwrap()).await;
        assert!(sees(dan).await && !sees(eva).await);
        place.pass_at("2026-11-15T16:00:00Z").await;
        assert_eq!((ring_told(clara).await, ring_told(dan).await), (1, 0));
        // Anna does not wait for the second third; when it comes, it has nothing to add.
        let tells =
            async |ring| place.within(async |aid| aid::tell_ring(aid, anna, emergency.id, ring).await.is_ok()).await;
        assert!(!tells(Ring::Network).await, "the calendar was faster");
        assert_eq!((ring_told(clara).await, ring_told(dan).await), (1, 0));
        assert!(tells(Ring::Far).await);
        assert_eq!((ring_told(clara).await, ring_told(dan).await), (1, 1));
        assert!(sees(dan).await && !sees(eva).await, "who is told may look");
        place.pass_at("2026-11-20T20:00:00Z").await;
        assert_eq!((ring_told(boris).await, ring_told(clara).await, ring_told(dan).await), (0, 1, 1));
        assert!(!tells(Ring::Far).await, "each ring once");
    })
    .await;
}

#[tokio::test]
async fn word_of_an_emergency_that_lacks_nothing_stays_where_it_is() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let emergency = place.emergency(anna, 15).await;
        place.help(boris, &emergency, 50_000, Obligation).await;
        place.ensure().await;
        place.pass_at("2026-11-25T00:00:00Z").await;
        let ring = store::collection::find(&place.db, emergency.id).await.unwrap().unwrap().ring;
        assert_eq!(ring, Ring::Nobody, "there was nobody when it opened");
    })
    .await;
}

#[tokio::test]
async fn a_red_member_is_neither_pressed_nor_overdue_and_what_was_on_hold_goes_on() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara) =
            (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
        let promised = place.help(boris, &place.monthly(anna).await, 100, Obligation).await;
        let intended = place.help(clara, &place.monthly(boris).await, 80, Intention).await;
        place.ensure().await;
        let emergency = place.emergency(boris, 25).await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.state(promised.id).await, (Obligation, 202_612));
        assert_eq!(place.state(intended.id).await, (Intention, 202_612));
        let told = place.told().await;
        let pressed = |who: MemberId| {
            let pressing = ["notice-settle", "notice-remind-monthly", "notice-overdue", "notice-month"];
            told.iter().any(|(whom, kind)| *whom == who && pressing.contains(&kind.as_str()))
        };
        assert!(!pressed(boris) && !pressed(clara), "{told:?}");
        let promise = async |expected: bool| {
            let done =
                place.within(async |aid| aid::perform(aid, clara, intended.id, Deed::Promise).await.is_ok()).await;
            assert_eq!(done, expected);
        };
        promise(false).await;
        place.pass_at("2026-12-06T00:00:00Z").await;
        assert!(!place.is_open(emergency.id).await);
        promise(true).await;
        place.pass_at("2027-01-01T00:00:00Z").await;
        assert_eq!(place.state(promised.id).await, (Overdue, 202_612));
    })
    .await;
}

impl Place {
    /// What is still to be done for an emergency, and when: by name.
    async fn of_emergency(&self, id: CollectionId) -> Vec<(String, chrono::DateTime<chrono::Utc>)> {
        let rows = self.schedule().await.into_iter();
        let mut rows: Vec<_> = rows
            .filter(|(name, about, _, done)| name.starts_with("emergency-") && *about == id.number() && !done)
            .map(|(name, _, due, _)| (name, due))
            .collect();
        rows.sort();
        rows
    }

    async fn is_open(&self, id: CollectionId) -> bool {
        store::collection::find(&self.db, id).await.unwrap().unwrap().is_open()
    }
}

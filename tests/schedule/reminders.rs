//! Reminders: to those who have something to settle, in time or not at all.

use exodus::aid::digest;
use exodus::domain::State::*;
use exodus::domain::{MemberId, Role};
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::EntityTrait;

use crate::place::{Place, november};
use crate::support::database::on_each;

#[tokio::test]
async fn those_who_have_something_to_settle_are_reminded_and_nobody_else() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara, dan, eva) = (
            place.member("Anna").await,
            place.member("Boris").await,
            place.member("Clara").await,
            place.member("Dan").await,
            place.member("Eva").await,
        );
        let collection = place.monthly(anna).await;
        place.help(boris, &collection, 100, Fulfilled).await;
        place.help(clara, &collection, 80, Intention).await;
        place.help(dan, &collection, 60, Obligation).await;
        place.help(eva, &collection, 40, Claimed).await;
        place.ensure().await;

        place.pass_at("2026-11-25T08:59:59Z").await;
        assert_eq!(place.told().await, []);
        place.pass_at("2026-11-25T09:00:00Z").await;
        let settle = |who| (who, "notice-settle".to_owned());
        assert_eq!(place.told().await, [anna, clara, dan, eva].map(settle));
        place.pass_at("2026-11-28T09:00:00Z").await;
        let told = place.told().await;
        assert_eq!(told[4..], [(dan, "notice-remind-monthly".to_owned())]);
        place.pass_at("2026-11-30T23:59:59Z").await;
        assert_eq!(place.told().await.len(), 5, "each of them once");
        let rows = store::outbox::Entity::find().all(&place.db).await.unwrap();
        assert!(rows.iter().all(|row| row.by_day), "and each by day, where they are");
    })
    .await;
}

#[tokio::test]
async fn what_is_to_be_settled_is_what_the_month_would_end() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let monthly = place.monthly(anna).await;
        place.help(boris, &monthly, 10, Overdue).await;
        place.help(boris, &monthly, 20, OverdueClaimed).await;
        place.help(boris, &monthly, 30, Obligation).await;
        let (settles, last) =
            place.within(async |aid| digest::to_settle(aid, MemberId::BEFORE_ALL).await.unwrap()).await;
        assert_eq!(last, Some(boris));
        let [of_anna, of_boris] = &settles[..] else { panic!("{settles:?}") };
        let sums = |lines: &[digest::Line]| lines.iter().map(|line| line.sum.minor()).collect::<Vec<_>>();
        assert_eq!(sums(&of_boris.fulfil), [10, 30]);
        assert_eq!(sums(&of_boris.remind), [20]);
        assert_eq!(sums(&of_anna.confirm), [20]);
        assert_eq!((of_anna.confirm[0].side, of_anna.confirm[0].other), (Role::Receiver, boris));
        assert_eq!(place.within(async |aid| digest::to_settle(aid, boris).await.unwrap()).await, (vec![], None));

        // An emergency that is open goes on into the next month.
        let emergency = place.emergency(anna, 30).await;
        place.help(boris, &emergency, 40, Obligation).await;
        let (unclaimed, _) =
            place.within(async |aid| digest::unclaimed(aid, MemberId::BEFORE_ALL).await.unwrap()).await;
        assert_eq!(unclaimed.iter().map(|one| one.line.sum.minor()).collect::<Vec<_>>(), [30]);
        let (to_emergency, last) = place
            .within(async |aid| digest::unclaimed_of(aid, emergency.id, MemberId::BEFORE_ALL).await.unwrap())
            .await;
        assert_eq!(to_emergency.iter().map(|one| one.line.sum.minor()).collect::<Vec<_>>(), [40]);
        assert_eq!(last, Some(boris));
    })
    .await;
}

#[tokio::test]
async fn who_promised_to_an_emergency_is_reminded_three_days_and_one_day_before_its_date() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let emergency = place.emergency(anna, 10).await;
        place.help(boris, &emergency, 100, Obligation).await;
        place.ensure().await;
        for (now, times) in [
            ("2026-11-17T08:59:59Z", 0),
            ("2026-11-17T09:00:00Z", 1),
            ("2026-11-19T08:59:59Z", 1),
            ("2026-11-19T09:00:00Z", 2),
            ("2026-11-30T23:00:00Z", 2),
        ] {
            place.pass_at(now).await;
            let reminded = place.told_by_kind().await.remove("notice-remind-emergency").unwrap_or_default();
            assert_eq!(reminded, times, "{now}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reminder_that_would_come_too_late_is_left_out() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let emergency = place.emergency(anna, 5).await;
        place.help(boris, &emergency, 100, Obligation).await;
        place.help(boris, &place.monthly(anna).await, 100, Obligation).await;
        place.ensure().await;
        // Nobody was at work on any of these days.
        place.pass_at("2026-12-20T00:00:00Z").await;
        let told = place.told_by_kind().await;
        for kind in ["notice-settle", "notice-remind-monthly", "notice-remind-emergency", "notice-ring-emergency"] {
            assert!(!told.contains_key(kind), "{told:?}");
        }
        // A little late is better than not at all.
        place.pass_at("2026-12-26T20:00:00Z").await;
        assert!(place.told_by_kind().await.contains_key("notice-settle"));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_to_promise_to_remind_or_to_declare_again_while_the_other_is_suspended() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let monthly = place.monthly(anna).await;
        place.help(boris, &monthly, 20, OverdueClaimed).await;
        place.help(boris, &monthly, 10, Intention).await;
        let settles = async || place.within(async |aid| digest::to_settle(aid, anna).await.unwrap().0).await;
        let [of_boris] = &settles().await[..] else { panic!("Boris has something to settle") };
        assert_eq!((of_boris.promise.len(), of_boris.remind.len()), (1, 1));
        store::member::suspend(&place.db, anna, "a reason", place.clock.now()).await.unwrap();
        assert_eq!(settles().await, [], "of that nothing can be done now");
        // What the month left says so.
        place.ensure().await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        let of_november = place.within(async |aid| digest::left_by(aid, november(), anna).await.unwrap().0).await;
        let [of_boris] = &of_november[..] else { panic!("{of_november:?}") };
        let lines = of_boris.lapsed.iter().chain(&of_boris.overdue);
        assert_eq!(lines.map(|line| (line.sum.minor(), line.paused)).collect::<Vec<_>>(), [(10, true), (20, true)]);
        let rows = store::outbox::of_person(&place.db, boris).await.unwrap();
        let facts = &rows.last().expect("a digest").facts;
        assert!(facts.contains("waits") && !facts.contains("remind"), "{facts}");
    })
    .await;
}

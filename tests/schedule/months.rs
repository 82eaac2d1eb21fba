//! The end of a month.

use chrono::TimeDelta;
use exodus::domain::MemberId;
use exodus::domain::State::*;
use exodus::store;
use exodus::store::schedule::PassedOver;
use exodus_engine::hours::Zone;

use crate::place::{Place, at, month, november};
use crate::support::database::on_each;

#[tokio::test]
async fn a_month_ends_once_and_leaves_everybody_one_digest() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara, dan) = (
            place.member("Anna").await,
            place.member("Boris").await,
            place.member("Clara").await,
            place.member("Dan").await,
        );
        let collection = place.monthly(anna).await;
        let fulfilled = place.help(boris, &collection, 100, Fulfilled).await;
        let more = place.help(boris, &collection, 50, Fulfilled).await;
        let intention = place.help(clara, &collection, 80, Intention).await;
        let obligation = place.help(dan, &collection, 60, Obligation).await;
        place.ensure().await;

        place.pass_at("2026-11-24T23:59:59Z").await;
        assert_eq!(place.state(intention.id).await, (Intention, 202_611), "its month is not over");
        assert!(place.planned("month-close").await.iter().all(|(.., done)| !done), "it is closed at its end");
        assert_eq!(
            (place.journal().await, place.digests().await),
            (Vec::new(), Vec::new()),
            "and nothing is told before"
        );
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.state(intention.id).await, (Lapsed, 202_611));
        assert_eq!(place.state(obligation.id).await, (Overdue, 202_611));
        assert_eq!(place.state(fulfilled.id).await, (Fulfilled, 202_611));
        let carried = store::commitment::live_of(&place.db, collection.id, boris).await.unwrap().unwrap();
        assert_eq!((carried.state, carried.sum.minor(), carried.month), (Intention, 150, month(202_612)));
        let journal = place.journal().await;
        let expected = [("lapsed", intention.id), ("went_overdue", obligation.id), ("carried_over", carried.id)];
        assert_eq!(journal, expected.map(|(what, id)| (what.to_owned(), id.number())));
        assert_ne!(more.id, carried.id);

        let digests: Vec<MemberId> = place.digests().await;
        assert_eq!(digests, [anna, boris, clara, dan], "one each, and nobody twice");
        assert_eq!(place.pass().await.steps, 0);
        assert_eq!(place.pass_at("2026-12-01T00:00:01Z").await.steps, 0);
        assert_eq!(place.digests().await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn missed_months_are_closed_in_their_order_each_for_itself() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let collection = place.monthly(anna).await;
        place.help(boris, &collection, 100, Fulfilled).await;
        place.ensure().await;

        place.pass_at("2027-02-03T10:00:00Z").await;
        // What was fulfilled in November was an intention for December, and nobody promised it.
        let whats: Vec<String> = place.journal().await.into_iter().map(|(what, _)| what).collect();
        assert_eq!(whats, ["carried_over", "lapsed"]);
        assert_eq!(store::commitment::live_of(&place.db, collection.id, boris).await.unwrap(), None);
        assert_eq!(
            place.digests().await,
            [anna, boris, anna, boris],
            "November's, then December's; January left nothing"
        );
        let closes = place.planned("month-close").await;
        let expected = [(202_611, true), (202_612, true), (202_702, false)];
        assert_eq!(closes.into_iter().map(|(month, _, done)| (month, done)).collect::<Vec<_>>(), expected);
        // What it would have been about has passed, so nobody was reminded of it.
        assert_eq!(place.told_by_kind().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_older_than_the_calendar_begins_with_its_oldest_month() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara) =
            (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
        let collection = place.monthly(anna).await;
        let old = place.help(boris, &collection, 100, Intention).await;
        let older = place.help(clara, &collection, 70, Fulfilled).await;
        place.set("2027-01-20T12:00:00Z");
        place.scheduler().catch_up(&tokio_util::sync::CancellationToken::new()).await.unwrap();
        assert_eq!(place.state(old.id).await, (Lapsed, 202_611));
        assert_eq!(place.state(older.id).await, (Fulfilled, 202_611));
        let closes: Vec<i64> = place.planned("month-close").await.into_iter().map(|(month, ..)| month).collect();
        assert_eq!(closes, [202_611, 202_612, 202_701]);
        let carried =
            store::commitment::by_supporter(&place.db, clara, &[Lapsed], store::Slice { skip: 0, take: 9 }).await;
        assert_eq!(carried.unwrap()[0].commitment.month, month(202_612), "carried over once, and lapsed a month later");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_back_does_nothing_twice() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let collection = place.monthly(anna).await;
        place.help(boris, &collection, 100, Fulfilled).await;
        place.ensure().await;
        place.pass_at("2026-12-01T00:00:05Z").await;
        let (journal, told) = (place.journal().await, place.told().await);

        for now in ["2026-11-30T23:30:00Z", "2026-12-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T03:00:00Z"] {
            place.set(now);
            place.ensure().await;
            place.pass().await;
            assert_eq!((place.journal().await, place.told().await), (journal.clone(), told.clone()), "{now}");
        }
        // Who acts while the clock is behind is not lost: it ends with the month that is closed next.
        place.set("2026-11-30T23:30:00Z");
        let clara = place.member("Clara").await;
        let late = place.help(clara, &collection, 50, Intention).await;
        place.pass_at("2027-01-01T00:00:00Z").await;
        assert_eq!(place.state(late.id).await, (Lapsed, 202_612));
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_months_ahead_and_is_put_right_leaves_no_month_unclosed() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris, clara) =
            (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
        let collection = place.monthly(anna).await;
        place.ensure().await;
        place.pass_at("2027-02-05T10:00:00Z").await;

        place.set("2026-11-21T10:00:00Z");
        place.ensure().await;
        let november = place.help(boris, &collection, 100, Intention).await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.state(november.id).await, (Lapsed, 202_611));
        let december = place.help(clara, &collection, 70, Obligation).await;
        place.pass_at("2026-12-25T09:00:00Z").await;
        let reminded = place.told().await.into_iter().filter(|(_, kind)| kind == "notice-settle");
        assert!(reminded.map(|(who, _)| who).any(|who| who == clara), "she has something to settle");
        place.pass_at("2027-01-01T00:00:00Z").await;
        assert_eq!(place.state(december.id).await, (Overdue, 202_612));
        let closes = place.planned("month-close").await;
        let open: Vec<i64> = closes.iter().filter(|(.., done)| !done).map(|(month, ..)| *month).collect();
        assert_eq!(open, [202_701, 202_702], "January comes next");
    })
    .await;
}

#[tokio::test]
async fn what_ends_up_behind_a_close_that_is_under_way_is_closed_with_it() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let collection = place.monthly(anna).await;
        place.ensure().await;
        // Who began before midnight commits when the close has gone past them.
        let late = place.help(boris, &collection, 100, Intention).await;
        let (all, then) = (PassedOver::default(), at("2026-12-01T00:00:00Z"));
        let close = store::schedule::first_due(&place.db, &["month-close"], &all, then);
        let behind = format!("closed {} {}", i64::MAX, i64::MAX);
        let close = close.await.unwrap().unwrap().id;
        store::schedule::go_on(&place.db, close, &behind).await.unwrap();
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.state(late.id).await, (Lapsed, 202_611));
        assert_eq!(place.digests().await, [anna, boris]);
    })
    .await;
}

#[tokio::test]
async fn a_month_ends_when_its_last_day_does_where_the_community_lives() {
    // Clocks jumped over midnight on 1 October 2017 in Paraguay and on 1 April 2011 in Amman, and showed it twice on
    // 1 November 2020 in Havana.
    for (zone, open, ends, ended) in [
        ("UTC", "2026-11-10T12:00:00Z", "2026-12-01T00:00:00Z", 202_611),
        ("Europe/Podgorica", "2026-06-10T12:00:00Z", "2026-06-30T22:00:00Z", 202_606),
        ("America/New_York", "2026-11-10T12:00:00Z", "2026-12-01T05:00:00Z", 202_611),
        ("America/Asuncion", "2017-09-10T12:00:00Z", "2017-10-01T04:00:00Z", 201_709),
        ("Asia/Amman", "2011-03-10T12:00:00Z", "2011-03-31T22:00:00Z", 201_103),
        ("America/Havana", "2020-10-10T12:00:00Z", "2020-11-01T04:00:00Z", 202_010),
        // In 2026 British Columbia, Alberta and the Northwest Territories, and Manitoba kept their summer time for good,
        // Cuba kept it for a winter, and Morocco gave up an hour: see `hours::zone`.
        ("America/Vancouver", "2026-11-10T12:00:00Z", "2026-12-01T07:00:00Z", 202_611),
        ("America/Edmonton", "2026-11-10T12:00:00Z", "2026-12-01T06:00:00Z", 202_611),
        ("America/Winnipeg", "2026-11-10T12:00:00Z", "2026-12-01T05:00:00Z", 202_611),
        ("America/Yellowknife", "2026-11-10T12:00:00Z", "2026-12-01T06:00:00Z", 202_611),
        ("America/Havana", "2026-11-10T12:00:00Z", "2026-12-01T04:00:00Z", 202_611),
        ("Africa/Casablanca", "2026-11-10T12:00:00Z", "2026-12-01T00:00:00Z", 202_611),
    ] {
        on_each(async |db, _| {
            let place = Place::new(db).in_zone(zone.parse().unwrap());
            place.set(open);
            let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
            let intention = place.help(boris, &place.monthly(anna).await, 80, Intention).await;
            place.ensure().await;
            let before = (at(ends) - TimeDelta::seconds(1)).to_rfc3339();
            place.pass_at(&before).await;
            assert_eq!(place.state(intention.id).await, (Intention, ended), "{zone}");
            place.pass_at(ends).await;
            assert_eq!(place.state(intention.id).await, (Lapsed, ended), "{zone}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_community_that_moves_to_another_time_zone_ends_its_month_there() {
    on_each(async |db, _| {
        let place = Place::new(db);
        place.ensure().await;
        let new_york: Zone = "America/New_York".parse().unwrap();
        let place = place.in_zone(new_york.clone());
        place.ensure().await;
        let closes = place.planned("month-close").await;
        assert_eq!(closes, [(202_611, november().next().first_instant(&new_york), false)]);
    })
    .await;
}

impl Place {
    /// Who was sent a month's digest, in its order.
    async fn digests(&self) -> Vec<MemberId> {
        let told = self.told().await.into_iter();
        told.filter(|(_, kind)| matches!(kind.as_str(), "notice-month" | "notice-overdue"))
            .map(|(who, _)| who)
            .collect()
    }
}

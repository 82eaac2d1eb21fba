//! A bot that was off for very long, or a clock that jumps years ahead: what was missed is done once, and comes to the same.

use std::time::Duration;

use exodus::domain::MemberId;
use exodus::domain::State::*;

use crate::place::Place;
use crate::support::database::on_each;

/// A community in the middle of November; whether something stays overdue in it, which every month tells of anew.
async fn community(place: &Place, overdue: bool) {
    let (anna, boris, clara) = (place.member("Anna").await, place.member("Boris").await, place.member("Clara").await);
    let collection = place.monthly(anna).await;
    place.help(boris, &collection, 100, Fulfilled).await;
    // It goes on over the end of November.
    let emergency = place.emergency(clara, 25).await;
    if overdue {
        place.help(clara, &collection, 80, Obligation).await;
        place.help(boris, &emergency, 30, Obligation).await;
    } else {
        place.help(clara, &collection, 80, Intention).await;
    }
    place.ensure().await;
}

#[tokio::test]
async fn months_that_are_passed_over_come_to_the_same_as_one_by_one() {
    for overdue in [false, true] {
        on_each(async |db, url| {
            let late = Place::new(db);
            community(&late, overdue).await;
            late.pass_at("2027-06-15T12:00:00Z").await;
            let (journal, told) = (late.journal().await, late.told().await);
            let closes = late.planned("month-close").await;
            assert_eq!(closes.last().map(|(month, _, done)| (*month, *done)), Some((202_706, false)), "{url}");
            let of: Vec<i64> = closes.iter().map(|(month, ..)| *month).collect();
            match overdue {
                false => assert_eq!(of, [202_611, 202_612, 202_706], "nothing is left for the months between"),
                true => assert_eq!(of, [202_611, 202_612, 202_705, 202_706], "what is overdue is told with the latest"),
            }
            // The same, month by month: in another database.
            on_each(async |db, other| {
                if url.split(':').next() != other.split(':').next() {
                    return;
                }
                let steady = Place::new(db);
                community(&steady, overdue).await;
                for month in ["2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06"] {
                    steady.pass_at(&format!("{month}-01T00:00:00Z")).await;
                }
                // Nobody hears of an emergency that is over.
                let lasting = |journal: Vec<(String, i64)>| -> Vec<(String, i64)> {
                    journal.into_iter().filter(|(what, _)| what != "ring_reached").collect()
                };
                assert_eq!(lasting(steady.journal().await), lasting(journal.clone()), "overdue: {overdue}");
                let digests = |told: Vec<(MemberId, String)>| -> Vec<(MemberId, String)> {
                    let of_a_month = |kind: &str| matches!(kind, "notice-month" | "notice-overdue");
                    told.into_iter().filter(|(_, kind)| of_a_month(kind)).collect()
                };
                // Five months in which nothing changed tell five times what the latest of them tells.
                let (steady, late) = (digests(steady.told().await), digests(told.clone()));
                assert!(steady.starts_with(&late), "overdue: {overdue}: {steady:?} {late:?}");
                assert_eq!(steady.len() > late.len(), overdue, "{steady:?} {late:?}");
            })
            .await;
        })
        .await;
    }
}

#[tokio::test]
async fn what_stays_overdue_for_centuries_is_told_once() {
    on_each(async |db, _| {
        let place = Place::new(db);
        community(&place, true).await;
        let pass = place.pass_at("9999-06-15T12:00:00Z");
        let pass = tokio::time::timeout(Duration::from_secs(60), pass).await.expect("it is not done month by month");
        assert!(!pass.broken && pass.steps < 60, "{pass:?}");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_jumps_to_the_end_of_time_is_caught_up_with_at_once() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        place.help(boris, &place.monthly(anna).await, 100, Fulfilled).await;
        place.ensure().await;
        let pass = place.pass_at("9999-06-15T12:00:00Z");
        let pass = tokio::time::timeout(Duration::from_secs(60), pass).await.expect("it is not done night by night");
        assert!(!pass.broken && pass.steps < 60, "{pass:?}");
        let nights = place.planned("clean-up").await;
        assert_eq!(nights.iter().filter(|(.., done)| *done).count(), 1, "one night for all");
    })
    .await;
}

//! Initiatives whose initiator is suspended, and those who are asked to promise and can't: what waits, what goes on, and what they
//! are told.

use exodus::aid::{self, Admin, Administrators};
use exodus::domain::{Deed, Ending, Reason, Refusal, State};
use exodus::store;

use crate::initiatives::{Well, money, rule};
use crate::support::database::on_each;

fn admin() -> Admin {
    Administrators::new([("terminal".to_owned(), "admin".to_owned())]).admit("terminal", "admin").unwrap()
}

impl Well {
    async fn suspends_initiator(&self) {
        let (anna, why) = (self.members[0], Reason::read("a reason").unwrap());
        self.place.within(async |aid| aid::suspend(aid, &admin(), anna, &why).await.unwrap()).await;
    }

    async fn restores_initiator(&self) {
        let anna = self.members[0];
        self.place.within(async |aid| aid::restore(aid, &admin(), anna).await.unwrap()).await;
    }
}

#[tokio::test]
async fn one_that_has_its_votes_goes_on_a_minute_after_its_initiator_is_restored() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        well.votes(1, 10_000).await.unwrap();
        well.suspends_initiator().await;
        well.place.pass_at("2026-11-12T12:00:00Z").await;
        assert!(!well.reached().await);
        assert_eq!(rule(well.votes(2, 100).await), Refusal::Suspended);
        assert!(well.seen(1).await.is_ok(), "whoever votes for it sees it");
        assert_eq!(rule(well.seen(2).await), Refusal::Unknown);
        well.restores_initiator().await;
        well.place.pass_at("2026-11-12T12:01:00Z").await;
        assert!(well.reached().await);
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn who_could_not_promise_meanwhile_is_told_so_and_asked_anew() {
    on_each(async |db, _| {
        let well = Well::of(db, 3).await;
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 4_000).await.unwrap());
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::Promise).await.unwrap();
        well.suspends_initiator().await;
        assert_eq!(well.told("notice-initiative-paused").await, [0, 0, 1, 0], "who has promised is asked for nothing");
        assert_eq!(rule(well.does(2, &two, Deed::Promise).await), Refusal::Suspended);
        well.place.pass_at("2026-11-15T09:00:00Z").await;
        assert_eq!(well.told("notice-initiative-remind").await, [0; 4]);
        // They have as many days as at first.
        well.place.set("2026-11-16T10:00:00Z");
        well.restores_initiator().await;
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1, 2, 0]);
        well.place.pass_at("2026-11-18T00:00:00Z").await;
        assert_eq!(well.ending().await, None);
        well.place.pass_at("2026-11-21T09:00:00Z").await;
        assert_eq!(well.told("notice-initiative-remind").await, [0, 0, 1, 0]);
        well.does(2, &two, Deed::Promise).await.unwrap();
        well.place.pass_at("2026-11-24T00:00:00Z").await;
        assert_eq!(well.ending().await, Some(Ending::Reached));
        assert_eq!(well.told("notice-initiative-promised").await, [0, 1, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn when_it_lasts_until_the_days_are_over_that_is_what_is_said() {
    on_each(async |db, _| {
        let well = Well::of(db, 3).await;
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 4_000).await.unwrap());
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::Promise).await.unwrap();
        well.suspends_initiator().await;
        well.place.pass_at("2026-11-18T00:00:00Z").await;
        assert_eq!((well.state(&one).await, well.state(&two).await), (State::Obligation, State::Cancelled));
        assert_eq!(well.told("notice-initiative-held-over").await, [0, 0, 1, 0]);
        assert_eq!(well.told("notice-initiative-held-promised").await, [0, 1, 0, 0]);
        for other in ["notice-initiative-unpromised", "notice-initiative-promised", "notice-initiative-promised-mine"] {
            assert_eq!(well.told(other).await, [0; 4], "{other}");
        }
        // Nothing begins again with that.
        well.restores_initiator().await;
        well.place.pass_at("2026-12-05T00:00:00Z").await;
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn one_whose_initiator_is_suspended_on_its_last_day_ends_then_and_not_for_want_of_votes() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        let vote = well.votes(1, 10_000).await.unwrap();
        well.suspends_initiator().await;
        well.place.pass_at("2026-11-21T00:00:00Z").await;
        assert_eq!((well.ending().await, well.state(&vote).await), (Some(Ending::Expired), State::Cancelled));
        assert_eq!(well.told("notice-initiative-held-over").await, [0, 1]);
        assert_eq!(well.told("notice-initiative-not-reached").await, [0, 0]);
        // Who has proposed it reads so as soon as anything is told to them, once.
        assert_eq!(well.told("notice-initiative-ended-meanwhile").await, [0, 0]);
        well.restores_initiator().await;
        assert_eq!(well.told("notice-initiative-ended-meanwhile").await, [1, 0]);
        well.suspends_initiator().await;
        well.place.pass_at("2026-11-22T00:00:00Z").await;
        well.restores_initiator().await;
        assert_eq!(well.told("notice-initiative-ended-meanwhile").await, [1, 0]);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_red_is_not_asked_for_what_they_can_not_do() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 4_000).await.unwrap());
        let emergency = well.place.emergency(well.members[1], 3).await.id;
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        assert_eq!(well.told("notice-initiative-reached").await, [0, 0, 1]);
        assert_eq!(well.told("notice-initiative-reached-held").await, [0, 1, 0]);
        assert_eq!(rule(well.does(1, &one, Deed::Promise).await), Refusal::OnHold);
        // When their emergency is over in time, they are reminded like all others, and can.
        well.place.pass_at("2026-11-15T09:00:00Z").await;
        assert!(!store::collection::find(&well.place.db, emergency).await.unwrap().unwrap().is_open());
        assert_eq!(well.told("notice-initiative-remind").await, [0, 1, 1]);
        well.does(1, &one, Deed::Promise).await.unwrap();
        well.does(2, &two, Deed::Promise).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_has_given_already_hears_of_its_end() {
    on_each(async |db, _| {
        let well = Well::of(db, 3).await;
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 4_000).await.unwrap());
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        // One gives it in two parts, the other a part, and owes the rest.
        for sum in [2_000, 4_000] {
            well.does(1, &one, Deed::Promise).await.ok();
            well.does(1, &one, Deed::ClaimPart(money(sum))).await.unwrap();
        }
        well.does(2, &two, Deed::Promise).await.unwrap();
        well.does(2, &two, Deed::ClaimPart(money(1_000))).await.unwrap();
        well.place.pass_at("2026-11-18T00:00:00Z").await;
        assert_eq!(well.told("notice-initiative-given").await, [0, 1, 0, 0], "each once");
        assert_eq!(well.told("notice-initiative-promised").await, [0, 0, 1, 0]);
    })
    .await;
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let one = well.votes(1, 10_000).await.unwrap();
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::FulfilNow).await.unwrap();
        assert_eq!(well.cancels(0).await.unwrap(), 1);
        assert_eq!(well.told("notice-initiative-cancelled-given").await, [0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn who_has_given_something_hears_that_its_initiator_has_left() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let (one, _) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 4_000).await.unwrap());
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::FulfilNow).await.unwrap();
        well.does(0, &one, Deed::Confirm).await.unwrap();
        let anna = well.members[0];
        well.place.within(async |aid| aid::leave(aid, anna).await.unwrap()).await;
        assert_eq!(well.told("notice-initiator-left-given").await, [0, 1, 0]);
        assert_eq!(well.told("notice-initiator-left").await, [0, 0, 1]);
    })
    .await;
}

//! What takes part in a clearing: what both sides allow, and were told of.

use exodus::aid::clearing::Read;
use exodus::aid::{self, chains, clearing};
use exodus::domain::State::{Claimed, Fulfilled, FulfilledLate, Intention, Obligation, Overdue};
use exodus::domain::{CommitmentId, Deed, MemberId, Money, Month};
use exodus::store::{self, Slice};
use exodus_engine::conversation::Clock;

use crate::ring::{NOTICE, RUN, Ring};
use crate::support::database::on_each;
use crate::trio::does;

#[tokio::test]
async fn only_what_both_sides_allow_takes_part_and_nothing_of_those_in_need_at_once() {
    on_each(async |db, _| {
        // Each pair of members owes each other, so whatever takes part is set off whole.
        let ring = Ring::of(&db, 14).await;
        let place = &ring.place;
        let mut pairs = Vec::new();
        for pair in 0..7 {
            let (one, other) = (2 * pair, 2 * pair + 1);
            pairs.push([ring.owes(one, other, 500, Obligation).await, ring.owes(other, one, 500, Obligation).await]);
        }
        // One does not allow it; one keeps it out; one is claimed; one is in need at once; one is suspended; two are left.
        ring.refuse(ring.members[1]).await;
        let (who, direct) = (ring.members[2], pairs[1][1].id);
        place.within(async |aid| clearing::keep_directly(aid, who, direct).await.unwrap()).await;
        let (who, claimed) = (ring.members[4], pairs[2][0].id);
        place.within(async |aid| aid::perform(aid, who, claimed, Deed::Claim).await.unwrap()).await;
        place.emergency(ring.members[6], 20).await;
        store::member::suspend(&db, ring.members[8], "why", place.clock.now()).await.unwrap();
        // Intentions, and what is owed to an emergency, are nothing of the kind either.
        let urgent = place.emergency(place.member("Urgent").await, 20).await;
        place.help(ring.members[0], &urgent, 500, Obligation).await;
        ring.run().await;
        for (number, pair) in pairs.iter().enumerate() {
            for one in pair {
                let (sum, state) = place.sum(one.id).await;
                let expected = match number {
                    5 | 6 => Fulfilled,
                    2 if one.id == claimed => Claimed,
                    _ => Obligation,
                };
                assert_eq!((sum, state), (500, expected), "pair {number}");
            }
        }
        assert_eq!(place.set_off().await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_set_off_that_could_not_take_part_when_its_sides_were_told() {
    on_each(async |db, _| {
        // Each pair of members owes each other, so whatever takes part is set off whole.
        let ring = Ring::of(&db, 12).await;
        let place = &ring.place;
        let mut pairs = Vec::new();
        for pair in 0..5 {
            let (one, other) = (2 * pair, 2 * pair + 1);
            pairs.push([ring.owes(one, other, 500, Obligation).await, ring.owes(other, one, 500, Obligation).await]);
        }
        // On the 20th one is in need at once, one is suspended, one does not allow it, and one promise is kept out.
        place.pass_at("2026-11-18T15:00:00Z").await;
        let urgent = place.emergency(ring.members[0], 3).await;
        store::member::suspend(&db, ring.members[2], "why", place.clock.now()).await.unwrap();
        ring.refuse(ring.members[4]).await;
        let (who, direct) = (ring.members[6], pairs[3][0].id);
        place.within(async |aid| clearing::keep_directly(aid, who, direct).await.unwrap()).await;
        place.pass_at(NOTICE).await;
        let told: Vec<MemberId> = place.notices("notice-clearing-soon").await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(told, ring.members[8..10]);

        // Four days later nothing is in the way of any of it any more, and two more have promised each other.
        place.pass_at("2026-11-24T15:00:00Z").await;
        assert!(store::collection::find(&db, urgent.id).await.unwrap().is_some_and(|urgent| !urgent.is_open()));
        store::member::restore(&db, ring.members[2]).await.unwrap();
        ring.allow(ring.members[4]).await;
        place.within(async |aid| clearing::let_set_off(aid, who, direct).await.unwrap()).await;
        pairs.push([ring.owes(10, 11, 500, Obligation).await, ring.owes(11, 10, 500, Obligation).await]);
        place.pass_at(RUN).await;
        let set_off: Vec<CommitmentId> = place.set_off().await.into_iter().map(|(id, _)| id).collect();
        assert_eq!(set_off, pairs[4].clone().map(|one| one.id), "only what was told of");

        // In the next month all of them are told, and it is.
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        for one in pairs.iter().flatten() {
            let (_, state) = place.sum(one.id).await;
            assert!(matches!(state, Fulfilled | FulfilledLate), "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_consent_that_is_taken_back_counts_up_to_the_last_moment_and_what_is_overdue_takes_part() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 5).await;
        let place = &ring.place;
        let first = ring.owe(&[500, 600, 700, 800, 900]).await;
        // A smaller ring beside it: two of them owe each other.
        let back = ring.owes(1, 0, 300, Obligation).await;
        place.pass_at(NOTICE).await;
        place.set("2026-11-25T04:59:59Z");
        ring.refuse(ring.members[3]).await;
        place.pass_at(RUN).await;
        assert_eq!(place.set_off().await, [(first[0].id, 300), (back.id, 300)]);

        ring.allow(ring.members[3]).await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.sum(first[0].id).await, (200, Overdue));
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        assert_eq!(place.sum(first[0].id).await, (200, FulfilledLate));
        assert_eq!(place.sum(first[4].id).await, (700, Overdue));
        // What was set off in November went on as an intention, as all that is fulfilled does.
        let carried = store::commitment::by_supporter(&db, ring.members[0], &[Intention], Slice::ALL).await.unwrap();
        assert_eq!(carried.iter().map(|one| one.commitment.sum.minor()).collect::<Vec<_>>(), [300]);
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_off_tells_first_and_sets_off_five_days_later_or_not_at_all() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        place.pass_at("2026-11-23T15:00:00Z").await;
        assert_eq!(place.notices("notice-clearing-soon").await.len(), 2);
        place.pass_at("2026-11-27T05:00:00Z").await;
        assert!(place.clearings().await.is_empty());
        place.pass_at("2026-11-28T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2);
    })
    .await;
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        place.pass_at("2026-11-27T15:00:00Z").await;
        place.pass_at("2026-12-02T15:00:00Z").await;
        assert!(place.notices("notice-clearing-soon").await.is_empty() && place.clearings().await.is_empty());
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2, "overdue by then, and told of in time");
    })
    .await;
}

#[tokio::test]
async fn what_was_told_of_takes_part_also_when_a_chain_has_made_it_more_and_a_trial_has_nothing_else() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 5).await;
        let place = &ring.place;
        let first = ring.owes(0, 1, 3_000, Obligation).await;
        let second = ring.owes(1, 2, 3_000, Obligation).await;
        let grows = ring.owes(0, 2, 1_000, Obligation).await;
        let back = ring.owes(2, 0, 10_000, Obligation).await;
        place.pass_at(NOTICE).await;

        // Two more promise each other, of which nobody was told; and what the first owes the second goes to the third.
        ring.owes(3, 4, 500, Obligation).await;
        ring.owes(4, 3, 500, Obligation).await;
        let [a, b, c] = [0, 1, 2].map(|number| ring.members[number]);
        let (first, second, sum) = (first.id, second.id, Money::from_minor(3_000));
        let chain = does(place, b, async |aid| chains::offer(aid, b, first, second, sum).await).await.unwrap();
        for who in [a, c] {
            does(place, who, async |aid| chains::answer(aid, who, chain, true).await).await.unwrap();
        }
        assert_eq!(place.sum(grows.id).await, (4_000, Obligation));

        let (now, month) = (place.clock.now(), Month::of(place.clock.now(), &place.zone));
        let trial = store::clearing::begin(&db, store::clearing::Kind::Trial, month, now).await.unwrap();
        let tried = place.within(async |aid| clearing::read_next(aid, trial, CommitmentId::BEFORE_ALL).await.unwrap());
        let Read::Some(tried, _) = tried.await else { panic!("something takes part") };
        let tried: Vec<(CommitmentId, i64)> = tried.iter().map(|one| (one.commitment, one.sum.minor())).collect();
        assert_eq!(tried, [(grows.id, 4_000), (back.id, 10_000)]);

        place.pass_at(RUN).await;
        assert_eq!(place.set_off().await, [(grows.id, 4_000), (back.id, 4_000)]);
    })
    .await;
}

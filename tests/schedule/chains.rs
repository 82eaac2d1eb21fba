//! Passing on along a chain of promises: what comes of it, who can do it, and who learns of it.

use chrono::TimeDelta;
use exodus::aid::chains::{self, Partner};
use exodus::aid::{self, Aid};
use exodus::domain::State::{Claimed, Fulfilled, Intention, Obligation, Overdue, PassedOn, TakenOver, Withdrawn};
use exodus::domain::chain::Stage;
use exodus::domain::{CommitmentId, MemberId, Money, Refusal};
use exodus::store::{self, Slice};
use exodus_engine::conversation::{Clock, Moment, OsChance};

use crate::place::at;
use crate::support::database::on_each;
use crate::trio::Trio;

impl Trio {
    /// With whom this promise can be passed on, and how much.
    async fn partners(&self, who: MemberId, id: CommitmentId) -> Vec<(CommitmentId, i64)> {
        let (tx, rules) = (store::begin(&self.place.db).await.unwrap(), self.place.rules());
        let aid = Aid::at(Moment { tx: &tx, now: self.place.clock.now(), chance: &OsChance }, &rules);
        let helping = aid::helping(&aid, who, id).await.unwrap();
        let partners = chains::partners(&aid, who, &helping).await.unwrap();
        tx.rollback().await.unwrap();
        partners.into_iter().map(|Partner { commitment, sum, .. }| (commitment, sum.minor())).collect()
    }

    async fn sees(&self, who: MemberId, id: exodus::domain::ChainId) -> bool {
        let (tx, rules) = (store::begin(&self.place.db).await.unwrap(), self.place.rules());
        let aid = Aid::at(Moment { tx: &tx, now: self.place.clock.now(), chance: &OsChance }, &rules);
        let seen = chains::seen(&aid, who, id).await.is_ok();
        tx.rollback().await.unwrap();
        seen
    }

    /// What their collection lacks of 500.00 this month.
    async fn missing(&self, collection: &exodus::domain::Collection) -> i64 {
        let month = exodus::domain::Month::of(self.place.clock.now(), &self.place.zone);
        let totals = store::commitment::totals(&self.place.db, collection, month).await.unwrap();
        totals.missing(collection.target).minor()
    }
}

#[tokio::test]
async fn both_promises_shrink_and_as_much_is_owed_instead() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let missing = [it.missing(&it.boris_asks).await, it.missing(&it.clara_asks).await];
        assert_eq!(it.partners(it.boris, it.first.id).await, [(it.second.id, 4_000)]);
        assert_eq!(it.partners(it.boris, it.second.id).await, [(it.first.id, 4_000)]);
        let done = it.passes_on(4_000).await;
        assert_eq!(done.stage, Stage::Done);
        let (a, b, c) = (it.anna, it.boris, it.clara);
        assert_eq!(
            it.records().await,
            [(a, b, 2_000, Obligation), (a, b, 4_000, PassedOn), (a, c, 4_000, Obligation), (b, c, 4_000, TakenOver)]
        );
        assert_eq!(it.now(&it.first).await, (2_000, Obligation), "what is left is the promise that it was");
        let owed = it.place.commitment(done.owed.unwrap()).await;
        assert_eq!((owed.supporter, owed.receiver, owed.collection), (a, c, it.clara_asks.id));
        assert_eq!(
            [it.missing(&it.boris_asks).await, it.missing(&it.clara_asks).await],
            missing,
            "what Boris was promised has been of use to him, and Clara is promised as much as before"
        );
        assert_eq!(
            it.told().await,
            [(a, "supporter"), (c, "receiver"), (b, "agreed"), (a, "owed"), (b, "done")]
                .map(|(to, kind)| (to, kind.into()))
        );
        // The one in the middle has it in both archives, and the others once it is done.
        let states = |list: aid::List| list.states();
        let (given, received) = (states(aid::List::Given), states(aid::List::Received));
        for (who, gave, got) in [(a, 0, 0), (b, 4_000, 4_000), (c, 0, 0)] {
            let sum = |listed: Vec<store::commitment::Listed>| {
                listed.iter().map(|one| one.commitment.sum.minor()).sum::<i64>()
            };
            let mine = store::commitment::by_supporter(&db, who, given, Slice::ALL).await.unwrap();
            let to_me = store::commitment::by_receiver(&db, who, received, Slice::ALL).await.unwrap();
            assert_eq!((sum(mine), sum(to_me)), (gave, got), "{who}");
        }
        let reliability = store::commitment::reliability(&db, a).await.unwrap();
        assert_eq!(reliability, store::commitment::Reliability::default(), "nothing is kept by passing on");
        let journal: Vec<String> = it.place.journal().await.into_iter().map(|(what, _)| what).collect();
        for what in ["chain_offered", "chain_agreed", "passed_on", "taken_over", "owed_instead", "chain_done"] {
            assert_eq!(journal.iter().filter(|one| *one == what).count(), 1, "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_owed_there_already_grows_and_what_is_intended_there_makes_way() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let before = it.place.help(it.anna, &it.clara_asks, 1_000, Obligation).await;
        let done = it.passes_on(4_000).await;
        assert_eq!(done.owed, Some(before.id));
        assert_eq!(it.now(&before).await, (5_000, Obligation));
    })
    .await;
    // Whether it was intended before the offer, or since.
    for early in [true, false] {
        on_each(async |db, _| {
            let it = Trio::of(&db).await;
            let intend = async || it.place.help(it.anna, &it.clara_asks, 1_000, Intention).await;
            let before = if early { Some(intend().await) } else { None };
            let chain = it.offers(4_000).await.unwrap();
            it.says(it.anna, chain, true).await.unwrap();
            let intended = match before {
                Some(before) => before,
                None => intend().await,
            };
            let owed = it.says(it.clara, chain, true).await.unwrap().owed.unwrap();
            assert_eq!(it.now(&intended).await, (1_000, Withdrawn), "{early}");
            let owed = it.place.commitment(owed).await;
            assert_eq!((owed.sum.minor(), owed.state), (4_000, Obligation), "{early}");
            let told: Vec<String> = it.place.told().await.into_iter().map(|(_, kind)| kind).collect();
            assert!(told.contains(&"notice-chain-owed-not-intended".to_owned()), "{told:?}");
            // Nobody reads that she has thought better of it.
            assert!(!told.iter().any(|kind| kind.ends_with("withdrawn")), "{told:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_claimed_there_stays_beside_it() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let claimed = it.place.help(it.anna, &it.clara_asks, 1_000, Claimed).await;
        let done = it.passes_on(4_000).await;
        assert_ne!(done.owed, Some(claimed.id));
        assert_eq!(it.now(&claimed).await, (1_000, Claimed));
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_is_promised_anew_for_this_month() {
    on_each(async |db, _| {
        let it = Trio::owing(&db, (3_000, Overdue), (4_000, Overdue)).await;
        it.place.set("2026-12-02T12:00:00Z");
        it.place.pass().await;
        let done = it.passes_on(3_000).await;
        let owed = it.place.commitment(done.owed.unwrap()).await;
        assert_eq!((owed.sum.minor(), owed.state, owed.month.number()), (3_000, Obligation, 202_612));
        assert_eq!(it.now(&it.first).await, (3_000, PassedOn));
        assert_eq!(it.now(&it.second).await, (1_000, Overdue));
        let reliability = store::commitment::reliability(&db, it.anna).await.unwrap();
        assert_eq!(reliability.overdue, 0, "Clara and Boris have agreed to another day");
    })
    .await;
}

#[tokio::test]
async fn it_stands_over_a_month_s_end_and_for_seven_days() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        it.place.set("2026-11-28T12:00:00Z");
        let chain = it.offers(4_000).await.unwrap();
        it.says(it.anna, chain, true).await.unwrap();
        it.place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(it.now(&it.second).await, (4_000, Overdue));
        assert_eq!(it.stage(chain).await, Stage::Agreed);
        it.place.pass_at("2026-12-05T11:59:59Z").await;
        assert_eq!(it.stage(chain).await, Stage::Agreed);
        let before = it.told().await.len();
        it.place.pass_at("2026-12-05T12:00:00Z").await;
        assert_eq!(it.stage(chain).await, Stage::Expired);
        let told = it.told().await.split_off(before);
        assert_eq!(told, [it.boris, it.anna, it.clara].map(|to| (to, "expired".to_owned())));
        assert_eq!(it.says(it.clara, chain, true).await, Err(Refusal::ChainOver));
        assert_eq!(it.now(&it.second).await, (4_000, Overdue));
        it.offers(4_000).await.expect("nobody has said No");
    })
    .await;
}

#[tokio::test]
async fn the_last_of_the_chain_knows_nothing_of_it_before_the_first_has_agreed() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let chain = it.offers(4_000).await.unwrap();
        assert_eq!(it.says(it.clara, chain, true).await, Err(Refusal::Unknown));
        assert_eq!(it.says(it.clara, chain, false).await, Err(Refusal::Unknown));
        assert!(it.sees(it.anna, chain).await && it.sees(it.boris, chain).await && !it.sees(it.clara, chain).await);
        let stranger = it.place.member("Stranger").await;
        assert_eq!(it.says(stranger, chain, true).await, Err(Refusal::Unknown));
        assert!(store::chain::known_to(&db, it.clara).await.unwrap().is_empty(), "not in her data either");
        it.says(it.anna, chain, false).await.unwrap();
        assert_eq!(it.stage(chain).await, Stage::Declined);
        assert!(!it.sees(it.clara, chain).await);
        let told = [(it.anna, "supporter"), (it.boris, "declined")].map(|(to, kind)| (to, kind.to_owned()));
        assert_eq!(it.told().await, told, "she is told nothing");
    })
    .await;
}

#[tokio::test]
async fn only_those_come_into_it_who_may_see_each_other() {
    on_each(async |db, _| {
        let it = Trio::owing(&db, (6_000, Overdue), (4_000, Overdue)).await;
        // So long ago that the two promises are no ties any more, and Anna and Boris want to know each other no more.
        it.place.set("2027-03-10T12:00:00Z");
        it.does(it.anna, async |aid| aid::part(aid, it.anna, it.boris).await).await.unwrap();
        assert!(it.partners(it.boris, it.first.id).await.is_empty());
        assert_eq!(it.offers(4_000).await, Err(Refusal::NoChain));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_twice_at_once_nor_again_soon_after_a_no() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        assert_eq!(it.offers(3_999).await, Err(Refusal::OtherSum), "not what was read");
        let chain = it.offers(4_000).await.unwrap();
        assert_eq!(it.offers(4_000).await, Err(Refusal::ChainOpen));
        assert!(it.partners(it.boris, it.first.id).await.is_empty());
        assert!(it.partners(it.boris, it.second.id).await.is_empty());
        // Dima is owed as well, but what Anna owes is offered already.
        let dima = it.place.member("Dima").await;
        let dima_asks = it.place.monthly(dima).await;
        let third = it.place.help(it.boris, &dima_asks, 500, Obligation).await;
        assert!(it.partners(it.boris, it.first.id).await.is_empty(), "he would read only at the end that it can't be");
        assert!(it.partners(it.boris, third.id).await.is_empty());
        let to_dima = it
            .does(it.boris, async |aid| {
                chains::offer(aid, it.boris, it.first.id, third.id, Money::from_minor(500)).await
            })
            .await;
        assert_eq!(to_dima, Err(Refusal::ChainOpen));
        it.says(it.anna, chain, true).await.unwrap();
        assert_eq!(it.says(it.anna, chain, true).await, Err(Refusal::Unchanged));
        it.says(it.anna, chain, false).await.unwrap();
        assert_eq!(it.stage(chain).await, Stage::Declined, "nothing had come of it yet");
        let again_at = it.chain(chain).await.made_at + TimeDelta::days(7);
        assert_eq!(it.offers(4_000).await, Err(Refusal::TooSoon { again_at }));
        it.place.set("2026-11-17T12:00:00Z");
        let again = it.offers(4_000).await.unwrap();
        assert_eq!(it.says(it.boris, again, true).await, Err(Refusal::NotYours));
        it.says(it.boris, again, false).await.unwrap();
        assert_eq!(it.stage(again).await, Stage::Withdrawn);
    })
    .await;
}

#[tokio::test]
async fn only_promises_of_a_month_are_passed_on_and_only_between_three() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        // Boris owes Anna, too: nobody comes to owe themselves.
        let anna_asks = it.place.monthly(it.anna).await;
        let back = it.place.help(it.boris, &anna_asks, 700, Obligation).await;
        assert!(it.partners(it.boris, back.id).await.is_empty());
        let to_herself = it
            .does(it.boris, async |aid| {
                chains::offer(aid, it.boris, it.first.id, back.id, Money::from_minor(700)).await
            })
            .await;
        assert_eq!(to_herself, Err(Refusal::NoChain));
        // Nobody else's promises are anybody's to offer.
        let others = it
            .does(it.anna, async |aid| {
                chains::offer(aid, it.anna, it.first.id, it.second.id, Money::from_minor(4_000)).await
            })
            .await;
        assert_eq!(others, Err(Refusal::Unknown));
        // What is done is done.
        let done = it.place.help(it.anna, &it.clara_asks, 100, Fulfilled).await;
        assert!(it.partners(it.clara, done.id).await.is_empty());
        assert_eq!(at("2026-11-10T12:00:00Z"), it.place.clock.now());
    })
    .await;
}

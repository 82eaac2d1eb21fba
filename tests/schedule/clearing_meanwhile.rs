//! What somebody does while a clearing is computed, and after it was decided.

use exodus::aid::{self, clearing};
use exodus::domain::Deed;
use exodus::domain::State::{Fulfilled, Obligation};
use exodus::store;
use exodus_engine::conversation::Clock;

use crate::ring::{NOTICE, RUN, Ring, computed};
use crate::support::database::on_each;

#[tokio::test]
async fn whatever_changes_while_it_is_computed_has_it_computed_anew() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 3).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 600, 700]).await;
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let quiet = computed(place, async || {}).await;
        let acts: [&dyn Fn() -> futures::future::BoxFuture<'static, ()>; 3] = [
            &|| {
                let (place, who, id) = (place.clone(), ring.members[0], all[0].id);
                Box::pin(async move {
                    place.within(async |aid| aid::perform(aid, who, id, Deed::Claim).await.unwrap()).await;
                })
            },
            &|| {
                let (place, who) = (place.clone(), ring.members[1]);
                Box::pin(async move { place.within(async |aid| clearing::refuse(aid, who).await.unwrap()).await })
            },
            &|| {
                let (place, who, id) = (place.clone(), ring.members[2], all[2].id);
                Box::pin(async move {
                    place.within(async |aid| clearing::keep_directly(aid, who, id).await.unwrap()).await;
                })
            },
        ];
        for act in acts {
            let run = computed(place, async || act().await).await;
            assert!(!place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
        }
        assert!(
            !place.within(async |aid| clearing::decide(aid, quiet).await.unwrap()).await,
            "nor what was read before"
        );
        let anew = computed(place, async || {}).await;
        assert!(place.within(async |aid| clearing::decide(aid, anew).await.unwrap()).await);
        assert_eq!(place.set_off().await, [], "what is claimed, refused and kept out closes no ring");
    })
    .await;
}

#[tokio::test]
async fn from_the_decision_on_all_of_it_counts_whoever_comes_before_the_calendar() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 4).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 600, 700, 800]).await;
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let run = computed(place, async || {}).await;
        assert!(place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
        // Nothing is carried out yet. Whoever comes finds their own promises as they are from now on.
        let who = ring.members[0];
        place.within(async |aid| clearing::carry_out_for(aid, who).await.unwrap()).await;
        assert_eq!(place.sum(all[0].id).await, (500, Fulfilled));
        assert_eq!(place.sum(all[3].id).await, (300, Obligation));
        assert_eq!(place.sum(all[1].id).await, (600, Obligation), "the others' come later");
        // It is too late to take anything back: whoever was in the middle of it is played again.
        let (late, theirs) = (ring.members[2], all[2].id);
        let tx = store::begin(&db).await.unwrap();
        let rules = place.rules();
        let at = exodus_engine::conversation::Moment {
            tx: &tx,
            now: place.clock.now(),
            chance: &exodus_engine::conversation::OsChance,
        };
        let community = aid::Community { rules: &rules, tells: &exodus::notices::Notices };
        let work = async |aid: &aid::Work<'_>| {
            // As if it had begun before the decision: nothing is carried out for them at its beginning.
            aid::perform(aid, late, theirs, Deed::Claim).await
        };
        let done = aid::unit::run(at, community, aid::By::Member(late), work).await;
        // (The beginning of a turn carries it out; what is left of the promise is claimed then.)
        assert_eq!(done.unwrap().sum.minor(), 200);
        tx.rollback().await.unwrap();
        while place.within(async |aid| clearing::carry_out_next(aid).await.unwrap()).await {}
        let states = [(500, Fulfilled), (100, Obligation), (200, Obligation), (300, Obligation)];
        for (one, expected) in all.iter().zip(states) {
            assert_eq!(place.sum(one.id).await, expected);
        }
        let journal = place.journal().await.into_iter().filter(|(what, _)| what == "set_off").count();
        assert_eq!(journal, 4, "each once");
    })
    .await;
}

//! One commitment: what becomes of it, and whom that brings into the circle.

use exodus::domain::{Commitment, MemberId, State};
use exodus::store::{self, Slice};

use crate::community::{become_of, emergency, help, help_of, member, month_began, monthly, noon, october};
use crate::support::database::on_each;

#[tokio::test]
async fn an_update_needs_the_state_that_it_was_decided_on() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let intention = help(&db, boris, &monthly(&db, anna).await, 100, State::Intention).await;
        let promised = become_of(&db, intention.clone(), State::Obligation, noon(3)).await;
        let withdrawn = Commitment { state: State::Withdrawn, ..intention };
        assert!(!store::commitment::update(&db, &withdrawn, State::Intention, noon(4)).await.unwrap());
        assert_eq!(store::commitment::find_locked(&db, promised.id).await.unwrap(), Some(promised));
    })
    .await;
}

#[tokio::test]
async fn the_times_of_a_commitment_follow_its_states() {
    use sea_orm::EntityTrait;
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let mut now = help(&db, boris, &monthly(&db, anna).await, 100, State::Intention).await;
        for (day, state, promised, claimed, settled) in [
            (3, State::Obligation, Some(3), None, None),
            (4, State::Claimed, Some(3), Some(4), None),
            (5, State::Obligation, Some(3), None, None),
            (6, State::Claimed, Some(3), Some(6), None),
            (7, State::OverdueClaimed, Some(3), Some(6), None),
            (8, State::FulfilledLate, Some(3), Some(6), Some(8)),
        ] {
            now = become_of(&db, now, state, noon(day)).await;
            let row = store::commitment::Entity::find_by_id(now.id).one(&db).await.unwrap().unwrap();
            let times = (row.promised_at, row.claimed_at, row.settled_at);
            assert_eq!(times, (promised.map(noon), claimed.map(noon), settled.map(noon)), "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_circle_holds_who_helps_now() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        for (collection, expected) in [
            (
                monthly(&db, anna).await,
                vec!["intention", "obligation", "claimed", "fulfilled", "fulfilled_late", "passed_on"],
            ),
            (
                emergency(&db, anna).await,
                vec![
                    "intention",
                    "obligation",
                    "claimed",
                    "fulfilled",
                    "fulfilled_late",
                    "passed_on",
                    "fulfilled before",
                ],
            ),
        ] {
            let mut names = std::collections::HashMap::new();
            for state in State::ALL {
                let helper = member(&db, &format!("{} {:?}", state.as_str(), collection.kind)).await;
                help(&db, helper, &collection, 100, state).await;
                names.insert(helper, state.as_str());
            }
            for (name, state) in [("fulfilled before", State::Fulfilled), ("late before", State::FulfilledLate)] {
                let helper = member(&db, &format!("{name} {:?}", collection.kind)).await;
                let intention = help_of(&db, helper, &collection, 100, State::Intention, october()).await;
                become_of(&db, intention, state, month_began() - chrono::TimeDelta::seconds(1)).await;
                names.insert(helper, name);
            }
            let circle = store::commitment::circle(&db, &collection, month_began()).await.unwrap();
            let hearing = store::commitment::hearing(&db, collection.id, month_began()).await.unwrap();
            assert_eq!(hearing, circle);
            assert_eq!(circle.iter().map(|id| names[id]).collect::<Vec<_>>(), expected);

            let listed = store::commitment::circle_listed(&db, &collection, month_began(), Slice::ALL).await.unwrap();
            let mut listed: Vec<MemberId> = listed.into_iter().map(|one| one.commitment.supporter).collect();
            listed.sort_unstable();
            assert_eq!(listed, circle, "who is in the circle is listed");
            let size =
                async |viewer| store::commitment::circle_size(&db, &collection, month_began(), viewer).await.unwrap();
            assert_eq!(size(circle[0]).await, (expected.len() as u32, true));
            assert_eq!(size(anna).await, (expected.len() as u32, false));
            help(&db, circle[3], &collection, 5, State::Intention).await;
            assert_eq!(size(circle[3]).await, (expected.len() as u32, true), "helping once more makes nobody two");
        }
    })
    .await;
}

#[tokio::test]
async fn reliability_counts_what_was_promised_to_others() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let fund = monthly(&db, anna).await;
        for state in State::ALL {
            if state.is_live() {
                continue;
            }
            help(&db, boris, &fund, 100, state).await;
        }
        let reliability = store::commitment::reliability(&db, boris).await.unwrap();
        // What is claimed and waits to be confirmed counts against nobody, also when its month is over; nor does what was
        // claimed in time, and confirmed later.
        let expected = store::commitment::Reliability { fulfilled: 1, fulfilled_late: 1, overdue: 1 };
        assert_eq!(reliability, expected);
        let claimed = help(&db, boris, &fund, 100, State::OverdueClaimed).await;
        let in_time = exodus::domain::Commitment { claimed_in_time: true, ..claimed };
        become_of(&db, in_time, State::FulfilledLate, noon(5)).await;
        let reliability = store::commitment::reliability(&db, boris).await.unwrap();
        assert_eq!(reliability, store::commitment::Reliability { fulfilled: 2, ..expected });
        assert_eq!(store::commitment::reliability(&db, anna).await.unwrap(), Default::default());
    })
    .await;
}

//! Who is joined with whom, in a community made by hand.

use exodus::domain::{Ending, State};
use exodus::store;

use crate::community::{become_of, emergency, help, help_of, member, month_began, monthly, noon, october};
use crate::support::database::on_each;

#[tokio::test]
async fn a_tie_is_what_helps_now() {
    on_each(async |db, _| {
        for state in State::ALL {
            let anna = member(&db, &format!("Anna {state:?}")).await;
            let boris = member(&db, &format!("Boris {state:?}")).await;
            help(&db, boris, &monthly(&db, anna).await, 100, state).await;
            let tied = state.is_live() || state.is_fulfilled();
            for (one, other) in [(anna, boris), (boris, anna)] {
                let near = store::tie::near(&db, one, month_began()).await.unwrap();
                assert_eq!(near.contains_key(&other), tied, "{state:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_fulfilled_before_this_month_ties_only_in_an_open_emergency() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let sos = emergency(&db, anna).await;
        for collection in [&monthly(&db, anna).await, &sos] {
            let intention = help_of(&db, boris, collection, 100, State::Intention, october()).await;
            become_of(&db, intention, State::Fulfilled, month_began() - chrono::TimeDelta::seconds(1)).await;
        }
        let tied = async || store::sight::may_see(&db, anna, boris, month_began()).await.unwrap();
        assert!(tied().await);
        store::collection::end(&db, sos.id, Ending::Ended, noon(3)).await.unwrap();
        assert!(!tied().await);
    })
    .await;
}

#[tokio::test]
async fn an_intention_ties_nobody_while_either_side_has_an_emergency() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        help(&db, boris, &monthly(&db, anna).await, 100, State::Intention).await;
        for in_need in [anna, boris] {
            let sos = emergency(&db, in_need).await;
            assert!(store::tie::near(&db, anna, month_began()).await.unwrap().is_empty());
            store::collection::end(&db, sos.id, Ending::Ended, noon(3)).await.unwrap();
            assert_eq!(store::tie::near(&db, anna, month_began()).await.unwrap().len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn the_network_reaches_two_steps_in_every_direction() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let mut ids = std::collections::HashMap::from([("Anna", anna)]);
        for name in [
            "supporter",
            "helped",
            "supports my supporter",
            "supports the helped",
            "my supporter helps",
            "the helped helps",
            "far",
        ] {
            ids.insert(name, member(&db, name).await);
        }
        let mut funds = std::collections::HashMap::new();
        for (by, to) in [
            ("supporter", "Anna"),
            ("Anna", "helped"),
            ("supports my supporter", "supporter"),
            ("supports the helped", "helped"),
            ("supporter", "my supporter helps"),
            ("helped", "the helped helps"),
            ("far", "the helped helps"),
        ] {
            if !funds.contains_key(to) {
                funds.insert(to, monthly(&db, ids[to]).await);
            }
            help(&db, ids[by], &funds[to], 100, State::Intention).await;
        }
        let network = store::tie::network(&db, anna, month_began()).await.unwrap();
        let reached: Vec<_> = network.iter().map(|one| (one.name.as_str(), one.steps)).collect();
        assert_eq!(
            reached,
            [
                ("supporter", 1),
                ("helped", 1),
                ("supports my supporter", 2),
                ("supports the helped", 2),
                ("my supporter helps", 2),
                ("the helped helps", 2),
            ]
        );
        for (name, id) in &ids {
            let within = store::sight::may_see(&db, anna, *id, month_began()).await.unwrap();
            assert_eq!(within, *name != "far", "{name}");
        }
    })
    .await;
}

//! Who is near whom, in a community made by hand.

use exodus::domain::{MemberId, Month, Ring, State};
use exodus::store::{acquaintance, invite, sight, tie};
use sea_orm::DatabaseConnection;

use crate::community::{become_of, emergency, help, help_of, lately, member, month_began, monthly, october};
use crate::support::database::on_each;

fn month(number: i32) -> Month {
    Month::from_number(number).unwrap()
}

/// The names in the near circle.
async fn near(db: &DatabaseConnection, who: MemberId) -> Vec<String> {
    let near = tie::within(db, who, Ring::Near, lately()).await.unwrap();
    assert_eq!(tie::count_near(db, who).await.unwrap(), near.len() as u64);
    near.into_iter().map(|one| one.name).collect()
}

async fn sees(db: &DatabaseConnection, viewer: MemberId, whose: MemberId) -> bool {
    sight::may_see(db, viewer, whose, lately()).await.unwrap()
}

#[tokio::test]
async fn whoever_ever_helped_is_near_whatever_became_of_it() {
    on_each(async |db, _| {
        for state in State::ALL {
            let (one, other) = (format!("Anna {state:?}"), format!("Boris {state:?}"));
            let (anna, boris) = (member(&db, &one).await, member(&db, &other).await);
            let intention = help_of(&db, boris, &monthly(&db, anna).await, 100, State::Intention, month(202_501)).await;
            become_of(&db, intention, state, month_began() - chrono::TimeDelta::days(600)).await;
            assert_eq!((near(&db, anna).await, near(&db, boris).await), (vec![other], vec![one]));
            assert!(sees(&db, anna, boris).await && sees(&db, boris, anna).await, "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_ended_ties_in_its_month_and_in_the_two_after_it() {
    on_each(async |db, _| {
        for state in State::ALL {
            // What ended with August ended on the first of September, which is two months before November.
            for (of, in_time) in [(202_608, true), (202_607, false)] {
                let one = async |name: &str| member(&db, &format!("{name} {state:?} {of}")).await;
                let (anna, boris, vera) = (one("Anna").await, one("Boris").await, one("Vera").await);
                help(&db, boris, &monthly(&db, vera).await, 100, State::Intention).await;
                let asks = emergency(&db, anna).await;
                let declared = help_of(&db, boris, &asks, 100, State::Intention, month(of)).await;
                become_of(&db, declared, state, month(of).next().first_instant(&exodus_engine::hours::Zone::UTC)).await;
                let tied = state.is_live() || in_time;
                // Boris knows both; they see each other where one at least of the two steps is a tie.
                assert!(sees(&db, vera, anna).await && sees(&db, anna, vera).await, "{state:?} {of}");
                let gleb = one("Gleb").await;
                let long_ago =
                    help_of(&db, boris, &monthly(&db, gleb).await, 100, State::Intention, month(202_601)).await;
                become_of(&db, long_ago, State::Withdrawn, month_began() - chrono::TimeDelta::days(270)).await;
                assert_eq!((sees(&db, gleb, anna).await, sees(&db, anna, gleb).await), (tied, tied), "{state:?} {of}");
                let network = tie::within(&db, vera, Ring::Network, lately()).await.unwrap();
                assert_eq!(network.iter().any(|one| one.id == anna), tied, "{state:?} {of}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_intention_on_hold_ties() {
    on_each(async |db, _| {
        let (anna, boris, vera) = (member(&db, "Anna").await, member(&db, "Boris").await, member(&db, "Vera").await);
        help(&db, boris, &monthly(&db, anna).await, 100, State::Intention).await;
        help(&db, boris, &monthly(&db, vera).await, 100, State::Intention).await;
        for in_need in [anna, boris] {
            emergency(&db, in_need).await;
            assert!(sees(&db, vera, anna).await && sees(&db, anna, vera).await);
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
        let network = tie::within(&db, anna, Ring::Network, lately()).await.unwrap();
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
            assert_eq!(sees(&db, anna, *id).await, *name != "far", "{name}");
            // Anna is in need: so her far circle finds her too.
            assert!(sees(&db, *id, anna).await, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_came_by_an_invite_knows_both_who_made_it_and_whom_it_leads_to() {
    on_each(async |db, _| {
        let (anna, boris, vera) = (member(&db, "Anna").await, member(&db, "Boris").await, member(&db, "Vera").await);
        let made = invite::insert(&db, "token", boris, anna, month_began()).await.unwrap();
        for other in [anna, boris] {
            acquaintance::by_invite(&db, (vera, other), &made, month_began()).await.unwrap();
        }
        assert_eq!(near(&db, vera).await, ["Anna", "Boris"]);
        assert_eq!((near(&db, anna).await, near(&db, boris).await), (vec!["Vera".into()], vec!["Vera".into()]));
        // Two who know the same one do not see each other by that.
        assert!(!sees(&db, anna, boris).await && !sees(&db, boris, anna).await);
        // What is revoked later takes nothing away.
        assert!(invite::revoke(&db, made.id, month_began()).await.unwrap());
        assert!(sees(&db, vera, anna).await);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_removed_is_gone_and_comes_back_only_by_what_is_newer() {
    let minutes = |count| month_began() + chrono::TimeDelta::minutes(count);
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let fund = monthly(&db, anna).await;
        let declared = help(&db, boris, &fund, 100, State::Intention).await;
        let old = invite::insert(&db, "old", anna, anna, minutes(0)).await.unwrap();
        acquaintance::by_invite(&db, (boris, anna), &old, minutes(1)).await.unwrap();

        assert!(acquaintance::remove(&db, anna, boris, minutes(2)).await.unwrap());
        assert!(!acquaintance::remove(&db, boris, anna, minutes(2)).await.unwrap(), "once is enough");
        assert_eq!(near(&db, anna).await, ["Boris"], "what is live joins them still");
        become_of(&db, declared, State::Withdrawn, minutes(3)).await;
        assert_eq!((near(&db, anna).await, near(&db, boris).await), (vec![], vec![]));
        assert!(!sees(&db, anna, boris).await && !sees(&db, boris, anna).await);

        acquaintance::by_invite(&db, (boris, anna), &old, minutes(4)).await.unwrap();
        assert!(!sees(&db, boris, anna).await, "the invite is older than the parting");
        invite::revoke(&db, old.id, minutes(4)).await.unwrap();
        let new = invite::insert(&db, "new", anna, anna, minutes(5)).await.unwrap();
        acquaintance::by_invite(&db, (boris, anna), &new, minutes(6)).await.unwrap();
        assert!(acquaintance::stands(&db, anna, boris).await.unwrap() && sees(&db, boris, anna).await);

        // Who has removed somebody comes back by any invite of theirs.
        assert!(acquaintance::remove(&db, boris, anna, minutes(7)).await.unwrap());
        acquaintance::by_invite(&db, (boris, anna), &new, minutes(8)).await.unwrap();
        assert!(acquaintance::stands(&db, boris, anna).await.unwrap());

        // Help makes them know each other again.
        assert!(acquaintance::remove(&db, anna, boris, minutes(9)).await.unwrap());
        let overdue = help_of(&db, boris, &fund, 100, State::Obligation, october()).await;
        assert!(acquaintance::stands(&db, anna, boris).await.unwrap());
        assert!(acquaintance::remove(&db, anna, boris, minutes(10)).await.unwrap());
        become_of(&db, overdue, State::Overdue, minutes(11)).await;
        assert!(sees(&db, anna, boris).await, "what is not settled stays theirs to see");
        assert!(near(&db, anna).await.is_empty());
    })
    .await;
}

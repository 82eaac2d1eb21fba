//! My network as I see it in lists: who stands how to me, who is in need, and what they lack.

use std::collections::HashMap;

use exodus::domain::{Ending, MemberId, Money, Relation, State, Status};
use exodus::store::network::{self, Count, Now, People, Whom};
use exodus::store::{Slice, acquaintance, collection, commitment, invite, sight};
use sea_orm::DatabaseConnection;

use crate::community::{
    become_of, emergency, help, help_of, lately, member, month_began, monthly, noon, november, october,
};
use crate::support::database::on_each;

fn now() -> Now {
    Now { lately: lately(), month: november(), month_began: month_began() }
}

async fn list(db: &DatabaseConnection, who: MemberId, whom: Whom) -> People {
    let people = network::list(db, who, whom, false, now(), Slice::ALL).await.unwrap();
    assert_eq!(people.count, all(people.listed.len() as u64));
    if whom != Whom::Beyond {
        for one in &people.listed {
            assert!(sight::may_see(db, who, one.id, lately()).await.unwrap(), "{whom:?}: {}", one.name.as_str());
        }
    }
    people
}

/// That so many were found, and no more can be there.
fn all(found: u64) -> Count {
    Count { found, at_least: false }
}

fn names(people: &People) -> Vec<&str> {
    people.listed.iter().map(|one| one.name.as_str()).collect()
}

/// Members by name; the second of each pair asks for monthly help, and the first intends to help.
async fn community(db: &DatabaseConnection, helps: &[(&'static str, &'static str)]) -> HashMap<&'static str, MemberId> {
    let (mut ids, mut funds) = (HashMap::new(), HashMap::new());
    for name in helps.iter().flat_map(|(by, to)| [*by, *to]) {
        if !ids.contains_key(name) {
            ids.insert(name, member(db, name).await);
        }
    }
    for (by, to) in helps {
        if !funds.contains_key(to) {
            funds.insert(*to, monthly(db, ids[to]).await);
        }
        help(db, ids[by], &funds[to], 100, State::Intention).await;
    }
    ids
}

#[tokio::test]
async fn each_relation_is_one_or_two_steps_along_ties() {
    on_each(async |db, _| {
        let ids = community(
            &db,
            &[
                ("helper", "me"),
                ("me", "helped"),
                ("helper's helper", "helper"),
                ("helps the helped", "helped"),
                ("helper helps", "helper"),
                ("helper", "helped by my helper"),
                ("helped", "helped by whom I help"),
                ("far", "helped by whom I help"),
                ("stranger", "another stranger"),
            ],
        )
        .await;
        let me = ids["me"];
        // Known, without help.
        let known = member(&db, "known").await;
        let made = invite::insert(&db, "token", me, me, noon(1)).await.unwrap();
        acquaintance::by_invite(&db, (known, me), &made, noon(1)).await.unwrap();
        let expected: [(Whom, &[&str]); 9] = [
            (Whom::Who(Relation::HelpsMe), &["helper"]),
            (Whom::Who(Relation::IHelp), &["helped"]),
            (Whom::Who(Relation::HelpsMyHelpers), &["helper's helper", "helper helps"]),
            (Whom::Who(Relation::HelpsWhomIHelp), &["helps the helped"]),
            (Whom::Who(Relation::MyHelpersHelp), &["helped by my helper"]),
            (Whom::Who(Relation::WhomIHelpHelps), &["helped by whom I help"]),
            (Whom::Near, &["helper", "helped", "known"]),
            (
                Whom::Network,
                &[
                    "helper",
                    "helped",
                    "helped by my helper",
                    "helped by whom I help",
                    "helper's helper",
                    "helps the helped",
                    "helper helps",
                    "known",
                ],
            ),
            (Whom::Beyond, &["far"]),
        ];
        let kinds = expected.map(|(whom, _)| whom);
        let counts = network::counts(&db, me, kinds, lately()).await.unwrap();
        for ((whom, expected), count) in expected.into_iter().zip(counts) {
            let people = list(&db, me, whom).await;
            assert_eq!(names(&people), expected, "{whom:?}");
            assert_eq!(count, people.count, "{whom:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_taken_their_help_back_or_not_given_it_helps_nobody() {
    on_each(async |db, _| {
        for state in State::ALL {
            let name = |name: &str| format!("{name} {state:?}");
            let [me, one, other] =
                [member(&db, &name("me")).await, member(&db, &name("one")).await, member(&db, &name("other")).await];
            let (mine, theirs) = (monthly(&db, me).await, monthly(&db, one).await);
            for (by, to) in [(one, &mine), (other, &theirs)] {
                let declared = help(&db, by, to, 100, State::Intention).await;
                if state != State::Intention {
                    become_of(&db, declared, state, noon(2)).await;
                }
            }
            // The same as in the circle, by section 4 of the specification.
            let helps = match state {
                State::Intention | State::Obligation | State::Claimed => true,
                State::Fulfilled | State::FulfilledLate | State::PassedOn => true,
                State::Withdrawn | State::Lapsed | State::Cancelled | State::Forgiven => false,
                State::Overdue | State::OverdueClaimed | State::Merged | State::TakenOver => false,
            };
            let expected = |one: &str| if helps { vec![name(one)] } else { Vec::new() };
            let by = async |who, relation| {
                let people = list(&db, who, Whom::Who(relation)).await;
                let [count] = network::counts(&db, who, [Whom::Who(relation)], lately()).await.unwrap();
                assert_eq!(count, people.count, "{state:?}");
                names(&people).into_iter().map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(by(me, Relation::HelpsMe).await, expected("one"), "{state:?}");
            assert_eq!(by(one, Relation::IHelp).await, expected("me"), "{state:?}");
            assert_eq!(by(me, Relation::HelpsMyHelpers).await, expected("other"), "{state:?}");
            let helped = network::helped_by(&db, one, me, now(), Slice::ALL).await.unwrap();
            assert_eq!(names(&helped), expected("me"), "{state:?}");
            // Nobody is lost by that.
            assert_eq!(names(&list(&db, me, Whom::Near).await), [name("one")], "{state:?}");
            assert_eq!(list(&db, me, Whom::Network).await.count, all(2), "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn those_in_need_come_first_and_those_who_lack_most_before_the_others() {
    on_each(async |db, _| {
        let me = member(&db, "me").await;
        let mut funds = HashMap::new();
        // Each is known to me because I once helped; so nothing of mine counts in what they have.
        for name in ["green", "has all", "has more", "paused", "lacks half", "lacks all", "ended"] {
            let one = member(&db, name).await;
            let fund = monthly(&db, one).await;
            let mine = help(&db, me, &fund, 100, State::Intention).await;
            become_of(&db, mine, State::Withdrawn, noon(2)).await;
            funds.insert(name, fund);
        }
        for name in ["green", "ended"] {
            assert!(collection::end(&db, funds[name].id, Ending::Ended, noon(2)).await.unwrap());
        }
        let other = |number| member(&db, ["a", "b", "c", "d", "e", "f", "g"][number]);
        // 500.00 are asked for.
        help(&db, other(0).await, &funds["has all"], 50_000, State::Obligation).await;
        help(&db, other(1).await, &funds["has more"], 80_000, State::Claimed).await;
        help(&db, other(2).await, &funds["lacks half"], 25_000, State::Fulfilled).await;
        help(&db, other(3).await, &funds["lacks half"], 10_000, State::Intention).await;
        // What belongs to another month, or was not done, is not taken off.
        let old = help_of(&db, other(4).await, &funds["lacks all"], 9_000, State::Intention, october()).await;
        become_of(&db, old, State::FulfilledLate, noon(2)).await;
        help_of(&db, other(5).await, &funds["lacks all"], 9_000, State::Overdue, october()).await;
        help(&db, other(6).await, &funds["paused"], 40_000, State::Obligation).await;
        let urgent = emergency(&db, funds["paused"].owner).await;
        let given = help(&db, funds["green"].owner, &urgent, 12_300, State::Obligation).await;
        become_of(&db, given, State::Fulfilled, noon(2)).await;

        let people = list(&db, me, Whom::Near).await;
        let seen: Vec<_> =
            people.listed.iter().map(|one| (one.name.as_str(), one.status, one.missing.map(Money::minor))).collect();
        let expected = [
            ("lacks all", Status::Orange, Some(50_000)),
            ("paused", Status::Red, Some(37_700)),
            ("lacks half", Status::Orange, Some(25_000)),
            ("has all", Status::Orange, Some(0)),
            ("has more", Status::Orange, Some(0)),
            ("green", Status::Green, None),
            ("ended", Status::Green, None),
        ];
        assert_eq!(seen, expected);
        // The card of each says the same.
        for (name, _, missing) in expected {
            let open = collection::open_of(&db, funds[name].owner).await.unwrap();
            let Some(asks) = open.iter().max_by_key(|one| one.kind.means_status()) else { continue };
            let totals = commitment::totals(&db, asks, november()).await.unwrap();
            assert_eq!(Some(totals.missing(asks.target).minor()), missing, "{name}");
        }
        let needy = network::list(&db, me, Whom::Near, true, now(), Slice { skip: 3, take: 8 }).await.unwrap();
        assert_eq!((needy.count, names(&needy)), (all(5), vec!["has all", "has more"]));
    })
    .await;
}

#[tokio::test]
async fn a_list_is_cut_into_pages_that_say_how_much_there_is() {
    on_each(async |db, _| {
        let me = member(&db, "me").await;
        let fund = monthly(&db, me).await;
        for number in 0..10 {
            help(&db, member(&db, &format!("{number}")).await, &fund, 100, State::Intention).await;
        }
        let page = async |skip, take| {
            network::list(&db, me, Whom::Who(Relation::HelpsMe), false, now(), Slice { skip, take }).await.unwrap()
        };
        let first = page(0, 4).await;
        assert_eq!((first.count, names(&first)), (all(10), vec!["0", "1", "2", "3"]));
        let last = page(8, 4).await;
        assert_eq!((last.count, names(&last)), (all(10), vec!["8", "9"]));
        let behind = page(12, 4).await;
        assert_eq!((behind.count, names(&behind)), (all(10), vec!["8", "9"]), "where there is nobody any more");
        let nobody = network::list(&db, me, Whom::Beyond, false, now(), Slice::ALL).await.unwrap();
        assert_eq!(nobody, People { listed: Vec::new(), count: all(0) });
    })
    .await;
}

#[tokio::test]
async fn whoever_was_removed_stands_in_no_list() {
    on_each(async |db, _| {
        let ids = community(&db, &[("Anna", "Boris"), ("Vera", "Boris")]).await;
        let (anna, boris, vera) = (ids["Anna"], ids["Boris"], ids["Vera"]);
        for gone in [State::Withdrawn, State::Overdue, State::Fulfilled] {
            let fund = collection::open_of(&db, boris).await.unwrap().remove(0);
            let live = commitment::live_of(&db, fund.id, anna).await.unwrap();
            let live = match live {
                Some(live) => live,
                None => help(&db, anna, &fund, 100, State::Intention).await,
            };
            become_of(&db, live, gone, noon(3)).await;
            for whom in [Whom::Near, Whom::Network] {
                assert!(names(&list(&db, anna, whom).await).contains(&"Boris"), "{gone:?}, {whom:?}");
            }
            acquaintance::remove(&db, boris, anna, noon(4)).await.unwrap();
            for whom in [Whom::Near, Whom::Who(Relation::IHelp), Whom::Network, Whom::Beyond] {
                assert_eq!(list(&db, anna, whom).await.count, all(0), "{gone:?}, {whom:?}");
            }
            assert!(!names(&list(&db, vera, Whom::Network).await).contains(&"Anna"), "{gone:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_those_whom_somebody_helps_each_sees_whom_they_may() {
    on_each(async |db, _| {
        let ids = community(
            &db,
            &[
                ("helper", "one"),
                ("helper", "two"),
                ("helper", "three"),
                ("near", "helper"),
                ("also helps one", "one"),
                ("helps the near", "near"),
            ],
        )
        .await;
        let helped = async |viewer: &str| {
            let slice = Slice::ALL;
            let people = network::helped_by(&db, ids["helper"], ids[viewer], now(), slice).await.unwrap();
            let these = ["one", "two", "three"].map(|name| ids[name]);
            let seen = sight::seen_among(&db, ids[viewer], &these, lately()).await.unwrap();
            assert_eq!(seen.len(), people.listed.len(), "{viewer}");
            people.listed.into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!(helped("helper").await, ["one", "two", "three"]);
        assert_eq!(helped("near").await, ["one", "two", "three"]);
        assert_eq!(helped("two").await, ["one", "two", "three"], "oneself, and who shares a helper");
        // Three steps away, and in need; then only in need no more.
        assert_eq!(helped("helps the near").await, ["one", "two", "three"]);
        for name in ["two", "three"] {
            let open = collection::open_of(&db, ids[name]).await.unwrap().remove(0);
            collection::end(&db, open.id, Ending::Ended, noon(3)).await.unwrap();
        }
        assert_eq!(helped("helps the near").await, ["one"]);
        assert_eq!(helped("also helps one").await, ["one"], "two steps from the helper");
        assert_eq!(
            network::counts(&db, ids["helper"], [Whom::Who(Relation::IHelp)], lately()).await.unwrap(),
            [all(3)]
        );
    })
    .await;
}

/// What somebody lacks is looked at only where they can come on the page: so all pages together have to list everybody once, in
/// one order.
#[tokio::test]
async fn page_by_page_everybody_comes_once_and_by_what_they_lack() {
    on_each(async |db, _| {
        let me = member(&db, "me").await;
        let giver = member(&db, "giver").await;
        let made = invite::insert(&db, "token", me, me, noon(1)).await.unwrap();
        let mut expected: Vec<(i64, MemberId)> = Vec::new();
        let mut green = Vec::new();
        for number in 0..140_i64 {
            let one = member(&db, &format!("one {number}")).await;
            acquaintance::by_invite(&db, (one, me), &made, noon(1)).await.unwrap();
            if number % 7 == 0 {
                green.push(one);
                continue;
            }
            // Who asks for most has most already, and some have more than they ask for.
            let (target, has) = match number % 3 {
                0 => (50_000 + number, 0),
                1 => (90_000 + number, 80_000),
                _ => (20_000, 30_000 * (number % 2)),
            };
            let asks = monthly(&db, one).await;
            assert!(collection::set_target(&db, asks.id, Money::from_minor(target)).await.unwrap());
            if has > 0 {
                help(&db, giver, &asks, has, State::Obligation).await;
            }
            expected.push((target - has, one));
        }
        expected.sort_by_key(|(lacks, id)| (-lacks, *id));
        for take in [1, 8, 50, 500] {
            for (only_in_need, in_all) in [(true, expected.len()), (false, expected.len() + green.len())] {
                let mut listed = Vec::new();
                for skip in (0..in_all as u64).step_by(take) {
                    let slice = Slice { skip, take: take as u64 };
                    let page = network::list(&db, me, Whom::Near, only_in_need, now(), slice).await.unwrap();
                    assert_eq!(page.count, all(in_all as u64));
                    listed.extend(page.listed);
                }
                let all_of: Vec<MemberId> = expected.iter().map(|(_, id)| *id).chain(green.iter().copied()).collect();
                let ids: Vec<MemberId> = listed.iter().map(|one| one.id).collect();
                assert_eq!(ids, all_of[..in_all], "{take} at once");
                for (one, (lacks, _)) in listed.iter().zip(&expected) {
                    assert_eq!(one.missing, Some(Money::from_minor(*lacks.max(&0))));
                }
                // Behind the end stands the last page.
                let beyond = Slice { skip: u64::MAX, take: take as u64 };
                let last = network::list(&db, me, Whom::Near, only_in_need, now(), beyond).await.unwrap();
                let begins = (in_all - 1) / take * take;
                let ids: Vec<MemberId> = last.listed.iter().map(|one| one.id).collect();
                assert_eq!(ids, all_of[begins..in_all]);
            }
        }
    })
    .await;
}

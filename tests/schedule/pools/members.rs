//! Who is in a pool, and who is not any more.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use exodus::aid::{self, pools};
use exodus::domain::invite::Term;
use exodus::domain::{CaseEnding, CaseWords, Phase, Refusal};
use exodus::store;

use super::{Circle, money, rule};
use crate::place::{Place, at};
use crate::support::database::on_each;

#[tokio::test]
async fn an_invite_to_a_pool_is_not_used_up_by_who_is_in_it_and_makes_nobody_acquainted() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (pool, boris, gleb) = (circle.pool, circle.members[1], circle.members[2]);
        let dima = circle.place.member("Dima").await;
        circle
            .place
            .within(async |aid| {
                pools::invite_to_pool(aid, boris, pool, Term::ForOne).await.unwrap();
                let invite = pools::pool_invite(aid, boris, pool).await.unwrap().unwrap();
                assert!(aid::accept(aid, gleb, &invite.token, false).await.unwrap().is_left);
                assert!(!store::acquaintance::stands(aid.tx, gleb, boris).await.unwrap());
                assert!(pools::invited(aid, gleb, &invite.token).await.unwrap().unwrap().is_in);
                assert!(!aid::accept(aid, dima, &invite.token, false).await.unwrap().is_left);
                assert!(!store::acquaintance::stands(aid.tx, dima, boris).await.unwrap(), "looking keeps nothing");
                let standing = pools::pool_invite(aid, boris, pool).await.unwrap();
                assert_eq!(standing.map(|standing| standing.used), Some(0), "it can still be taken back");
                pools::join(aid, dima, &invite.token, money(100)).await.unwrap();
                assert!(store::acquaintance::stands(aid.tx, dima, boris).await.unwrap());
                assert!(aid::accept(aid, gleb, &invite.token, false).await.is_err(), "now it is used up");
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn when_all_others_leave_nothing_comes_of_it() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let case = circle.case(0, 600).await.unwrap();
        circle.leaves(1).await;
        assert_eq!(circle.shares(case).await, [None, None, Some(300)], "nobody's is more than they give");
        circle.leaves(2).await;
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::Nobody)));
        assert_eq!(circle.told("notice-case-nobody").await, [1, 0, 0]);
        circle.leaves(0).await;
        let pool = store::pool::find(&circle.place.db, circle.pool).await.unwrap().unwrap();
        assert!(!pool.is_open() && pool.rules.is_empty(), "nobody is left who could read them");
    })
    .await;
}

#[tokio::test]
async fn who_is_suspended_takes_no_part_and_who_leaves_the_community_is_out_of_it() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300, 300]).await;
        let case = circle.case(0, 300).await.unwrap();
        let admin = aid::Administrators::new([("terminal".to_owned(), "root".to_owned())]);
        let admin = admin.admit("terminal", "root").unwrap();
        let why = exodus::domain::Reason::read("Promises").unwrap();
        let boris = circle.members[1];
        circle.place.within(async |aid| aid::suspend(aid, &admin, boris, &why).await.unwrap()).await;
        assert_eq!(circle.shares(case).await, [None, None, Some(150), Some(150)]);
        let gleb = circle.members[3];
        circle.place.within(async |aid| aid::leave(aid, gleb).await.unwrap()).await;
        let vera = circle.members[2];
        let seen = circle.place.within(async |aid| pools::case_seen(aid, vera, case).await.unwrap()).await;
        assert_eq!(seen.mine.unwrap().share, money(300));
        // Its owner leaves: it is over.
        let anna = circle.members[0];
        circle.place.within(async |aid| aid::leave(aid, anna).await.unwrap()).await;
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::OwnerGone)));
        assert_eq!(circle.told("notice-case-over").await, [0, 0, 1, 0]);
        // Boris stays in the pool meanwhile.
        assert_eq!(store::pool::member::ids(&circle.place.db, circle.pool).await.unwrap(), [boris, vera]);
    })
    .await;
}

#[tokio::test]
async fn a_pool_is_closed_by_who_has_been_in_it_longest_and_what_is_discussed_is_over() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (pool, place) = (circle.pool, &circle.place);
        let settled = circle.case(0, 100).await.unwrap();
        for who in [1, 2] {
            circle.confirms(settled, who).await.unwrap();
        }
        let case = circle.case(1, 300).await.unwrap();
        let close = async |who: usize| {
            let who = circle.members[who];
            place.within(async |aid| pools::close_pool(aid, who, pool).await).await
        };
        assert_eq!(rule(close(1).await), Refusal::NotYours);
        circle.leaves(0).await;
        assert_eq!(close(1).await.unwrap(), 1, "the other one hears of it");
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::Closed)));
        assert_eq!(circle.told("notice-pool-closed").await, [0, 0, 1]);
        assert_eq!(circle.owed(settled).await, BTreeMap::from([(1, 50), (2, 50)]), "what was promised stands");
        assert_eq!(rule(circle.case(2, 10).await), Refusal::PoolClosed);
        assert_eq!(rule(circle.confirms(case, 2).await), Refusal::CaseOver);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_a_pool_or_what_is_asked_there() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let case = circle.case(0, 300).await.unwrap();
        let stranger = circle.place.member("Mallory").await;
        let pool = circle.pool;
        circle
            .place
            .within(async |aid| {
                assert_eq!(rule(pools::pool_seen(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::case_seen(aid, stranger, case).await), Refusal::Unknown);
                assert_eq!(rule(pools::volume_for_case(aid, stranger, pool).await), Refusal::Unknown);
                let slice = store::Slice { skip: 0, take: 8 };
                assert_eq!(rule(pools::pool_members(aid, stranger, pool, slice).await), Refusal::Unknown);
                assert_eq!(rule(pools::ended_cases(aid, stranger, pool, slice).await), Refusal::Unknown);
                assert_eq!(rule(pools::pool_invite(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::confirm(aid, stranger, case, money(i64::MAX)).await), Refusal::Unknown);
                assert_eq!(rule(pools::lower(aid, stranger, case, money(1)).await), Refusal::Unknown);
                assert_eq!(rule(pools::withdraw(aid, stranger, case).await), Refusal::Unknown);
                assert_eq!(rule(pools::leave_pool(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::close_pool(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::invite_to_pool(aid, stranger, pool, Term::ForOne).await), Refusal::Unknown);
                let words = CaseWords::read("x").unwrap();
                assert_eq!(rule(pools::open_case(aid, stranger, pool, &words, money(1)).await), Refusal::Unknown);
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn who_has_an_emergency_is_asked_for_nothing_and_stays() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300, 300]).await;
        let place = &circle.place;
        place.ensure().await;
        let case = circle.case(0, 300).await.unwrap();
        assert_eq!(circle.shares(case).await, [None, Some(100), Some(100), Some(100)]);
        circle.confirms(case, 1).await.unwrap();
        // One who has answered, and one who has not, are in an emergency from now on.
        for who in [1, 2] {
            place.emergency(circle.members[who], 14).await;
        }
        assert_eq!(circle.shares(case).await, [None, Some(150), None, Some(150)], "what was taken stays taken");
        assert_eq!(circle.told("notice-case-spared").await, [0, 0, 1, 0]);
        assert_eq!(rule(circle.confirms(case, 2).await), Refusal::NoPart);
        circle.confirms(case, 3).await.unwrap();
        assert_eq!(circle.owed(case).await, BTreeMap::from([(1, 150), (3, 150)]));
        // In the next case neither of them takes part, nor is either put out for silence.
        let next = circle.case(0, 100).await.unwrap();
        assert_eq!(circle.shares(next).await, [None, None, None, Some(100)]);
        for time in ["2026-11-11T12:00:00Z", "2026-11-12T12:00:00Z"] {
            place.pass_at(time).await;
        }
        assert_eq!(circle.told("notice-pool-left").await, [0, 0, 0, 1]);
        assert_eq!(store::pool::member::ids(&place.db, circle.pool).await.unwrap(), circle.members[..3]);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_with_a_share_comes_back_by_a_new_invite_alone() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (pool, anna, place) = (circle.pool, circle.members[0], &circle.place);
        let invite = async |aid: &aid::Work<'_>| {
            pools::invite_to_pool(aid, anna, pool, Term::Until(at("2026-11-20T12:00:00Z"))).await.unwrap();
            pools::pool_invite(aid, anna, pool).await.unwrap().unwrap().token
        };
        let old = place.within(invite).await;
        place.set("2026-11-10T12:01:00Z");
        circle.case(0, 100).await.unwrap();
        place.set("2026-11-10T12:02:00Z");
        circle.leaves(1).await;
        let boris = circle.members[1];
        let join = async |token: &str| {
            place
                .within(async |aid| {
                    aid::accept(aid, boris, token, false).await.unwrap();
                    let barred = pools::invited(aid, boris, token).await.unwrap().unwrap().is_barred;
                    (barred, pools::join(aid, boris, token, money(300)).await)
                })
                .await
        };
        let (barred, joined) = join(&old).await;
        assert_eq!((barred, rule(joined)), (true, Refusal::LeftWithAShare));
        place.set("2026-11-10T12:03:00Z");
        let new = place.within(invite).await;
        let (barred, joined) = join(&new).await;
        assert!(!barred && joined.is_ok());
        // Who leaves while nothing is asked of them comes back by the same one.
        let case = store::pool::case::running(&place.db, pool).await.unwrap().remove(0).id;
        circle.confirms(case, 2).await.unwrap();
        place.set("2026-11-10T12:04:00Z");
        circle.leaves(1).await;
        assert!(join(&new).await.1.is_ok());
    })
    .await;
}

#[tokio::test]
async fn two_pools_of_one_name_are_told_apart_by_who_is_in_both() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let first = Circle::of(place.clone(), &[300, 300]).await;
        let second = Circle::of(place.clone(), &[300]).await;
        let names = async || store::pool::seen::names(&place.db, [first.pool, second.pool]).await.unwrap();
        assert_eq!(names().await[&second.pool], "Neighbours", "nobody is in both");
        second.joins(first.members[1], 300).await;
        assert_eq!(names().await[&first.pool], "Neighbours");
        assert_eq!(names().await[&second.pool], "Neighbours (2)");
        let mine = store::pool::seen::of_member(&place.db, first.members[1]).await.unwrap();
        let mine: Vec<&str> = mine.iter().map(|pool| pool.name.as_str()).collect();
        assert_eq!(mine, ["Neighbours", "Neighbours (2)"]);
    })
    .await;
}

#[tokio::test]
async fn leaving_many_pools_takes_as_many_questions_as_leaving_one() {
    on_each(async |mut db, _| {
        let asked = Arc::new(AtomicUsize::new(0));
        let counting = asked.clone();
        db.set_metric_callback(move |_| {
            counting.fetch_add(1, Ordering::Relaxed);
        });
        let place = Place::new(db);
        let effort = async |pools: usize| {
            let mut circles = Vec::new();
            for _ in 0..pools {
                circles.push(Circle::of(place.clone(), &[300]).await);
            }
            let gleb = place.member("Gleb").await;
            for circle in &circles {
                circle.joins(gleb, 300).await;
            }
            let before = asked.load(Ordering::Relaxed);
            place.within(async |aid| aid::leave(aid, gleb).await.unwrap()).await;
            asked.load(Ordering::Relaxed) - before
        };
        let (one, many) = (effort(1).await, effort(12).await);
        // A number of a notice that its reader has already is drawn once more.
        assert!(many <= one + 5, "{many} questions, and {one} for one pool");
    })
    .await;
}

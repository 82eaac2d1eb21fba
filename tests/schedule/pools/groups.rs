//! The group chats of a pool: who binds one, what is told there, and how it ends.

use exodus::aid::pools::{self, PoolBound};
use exodus::domain::{GroupOf, MemberId, PoolId};
use exodus::store;
use exodus_engine::conversation::Group;
use exodus_engine::id::PersonId;
use sea_orm::EntityTrait;

use super::{Circle, money};
use crate::place::Place;
use crate::support::database::on_each;

async fn bind(place: &Place, who: MemberId, address: &str, named: Option<PoolId>) -> PoolBound {
    let group = Group { address, place: None, bound: None, number: None };
    place.within(async |aid| pools::bind_pool(aid, who, named, ("terminal", group), "en").await.unwrap()).await
}

/// As whom the groups of this pool are written to.
async fn groups(place: &Place, pool: PoolId) -> Vec<PersonId> {
    let found = store::group::of(&place.db, [GroupOf::Pool(pool)]).await.unwrap();
    found.into_iter().map(|(_, chat)| chat.reader).collect()
}

/// What was told there, but for the card.
async fn posts(place: &Place, group: PersonId) -> Vec<String> {
    let told = place.told().await.into_iter().filter(|(to, kind)| *to == group && kind != "group-pool");
    told.map(|(_, kind)| kind).collect()
}

#[tokio::test]
async fn whoever_looks_after_a_pool_binds_it_and_nobody_else() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let first = Circle::of(place.clone(), &[300, 300]).await;
        let [anna, boris] = [first.members[0], first.members[1]];
        let stranger = place.member("Mallory").await;
        for who in [boris, stranger] {
            assert_eq!(bind(&place, who, "-1", None).await, PoolBound::NoneKept);
            assert_eq!(bind(&place, who, "-1", Some(first.pool)).await, PoolBound::NoneKept);
        }
        assert_eq!(bind(&place, anna, "-1", None).await, PoolBound::Bound);
        assert_eq!(groups(&place, first.pool).await.len(), 1);
        assert_eq!(first.told("notice-pool-group").await, [1, 0], "they read who reads there");
        // Boris opens one, and looks after another from now on: which one has to be said.
        let second = Circle::of(place.clone(), &[300]).await;
        second.joins(boris, 300).await;
        second.leaves(0).await;
        first.leaves(0).await;
        assert_eq!(bind(&place, boris, "-2", None).await, PoolBound::Several);
        assert_eq!(bind(&place, boris, "-2", Some(second.pool)).await, PoolBound::Bound);
        assert_eq!(groups(&place, second.pool).await.len(), 1);
        assert!(groups(&place, first.pool).await.is_empty(), "whoever bound it has left the pool");
    })
    .await;
}

#[tokio::test]
async fn a_group_reads_what_happens_and_not_who_takes_what() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (place, anna) = (&circle.place, circle.members[0]);
        bind(place, anna, "-1", None).await;
        let group = groups(place, circle.pool).await[0];
        let case = circle.case(0, 200).await.unwrap();
        circle.confirms(case, 1).await.unwrap();
        place.within(async |aid| pools::lower(aid, anna, case, money(150)).await.map(drop).unwrap()).await;
        circle.confirms(case, 2).await.unwrap();
        let told =
            ["group-pool-case", "group-pool-share", "group-pool-lowered", "group-pool-share", "group-pool-settled"];
        assert_eq!(posts(place, group).await, told);
        let next = circle.case(1, 50).await.unwrap();
        let boris = circle.members[1];
        place.within(async |aid| pools::withdraw(aid, boris, next).await.map(drop).unwrap()).await;
        assert_eq!(posts(place, group).await[told.len()..], ["group-pool-case", "group-pool-over"]);
        // None of the facts of any of these names anybody but the owners.
        let rows = store::outbox::Entity::find().all(&place.db).await.unwrap();
        for row in rows.iter().filter(|row| row.recipient_id == group) {
            assert!(!row.facts.contains(&format!("\"member\":{}", circle.members[2])), "{}", row.facts);
        }
    })
    .await;
}

#[tokio::test]
async fn when_the_pool_is_closed_its_groups_read_so_and_are_let_go() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let (place, anna, pool) = (&circle.place, circle.members[0], circle.pool);
        bind(place, anna, "-1", None).await;
        let group = groups(place, pool).await[0];
        place.within(async |aid| pools::close_pool(aid, anna, pool).await.map(drop).unwrap()).await;
        assert_eq!(posts(place, group).await, ["group-pool-closed", "group-let-go"]);
        assert!(groups(place, pool).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn whoever_has_bound_it_hears_of_those_who_are_not_in_the_pool() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let (place, pool) = (&circle.place, circle.pool);
        let stranger = place.member("Mallory").await;
        bind(place, circle.members[0], "-1", None).await;
        let (_, chat) = store::group::of(&place.db, [GroupOf::Pool(pool)]).await.unwrap().remove(0);
        // Twice, and told of once.
        for who in [Some(circle.members[1]), Some(stranger), None, Some(stranger), None] {
            place.within(async |aid| pools::heard_in_pool_group(aid, who, pool, &chat).await.unwrap()).await;
        }
        assert_eq!(circle.told("notice-pool-stranger-named").await, [1, 0]);
        assert_eq!(circle.told("notice-pool-stranger").await, [1, 0]);
    })
    .await;
}

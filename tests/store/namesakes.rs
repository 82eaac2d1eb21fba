//! Whom somebody may take for another: those of one name whom they have in sight, and nobody else.

use std::collections::HashSet;

use exodus::domain::{MemberId, State, look_of};
use exodus::store::namesake::{self, Double, Read};
use exodus::store::{account, acquaintance, invite, member};
use sea_orm::DatabaseConnection;

use crate::community::{become_of, help, lately, member as called, monthly, noon};
use crate::support::database::on_each;

async fn one(db: &DatabaseConnection, name: &str, address: &str) -> MemberId {
    let one = member::insert(db, name, "en", noon(1)).await.unwrap();
    account::insert(db, one.id, "terminal", address, noon(1)).await.unwrap();
    one.id
}

async fn read(db: &DatabaseConnection, reader: MemberId, named: MemberId) -> Read {
    let name = member::find(db, named).await.unwrap().unwrap().name;
    Read { reader, named, look: look_of(&name) }
}

#[tokio::test]
async fn it_is_known_at_once_whether_another_has_the_name() {
    on_each(async |db, _| {
        let anna = one(&db, "Anna Maria", "first").await;
        let boris = one(&db, "Boris", "second").await;
        let is_shared = async || {
            let all = [anna, boris, MemberId::new(99)];
            let mut named = member::named(&db, all).await.unwrap();
            named.sort_by_key(|one| one.id);
            let looks = ["Anna Maria", "Boris"].map(look_of);
            let shared = namesake::shared(&db, &looks.iter().map(String::as_str).collect()).await.unwrap();
            assert_eq!(shared.contains(&looks[0]), named[0].is_shared);
            named.iter().map(|one| one.is_shared).collect::<Vec<_>>()
        };
        assert_eq!(is_shared().await, [false, false]);
        let other = one(&db, "anna  MARIA", "third").await;
        assert_eq!(is_shared().await, [true, false]);
        member::erase(&db, &[other], noon(2)).await.unwrap();
        assert_eq!(is_shared().await, [false, false], "who has left has no name");
        member::suspend(&db, boris, "why", noon(2)).await.unwrap();
        let named = member::named(&db, [anna, boris, other]).await.unwrap();
        let held: Vec<MemberId> = named.iter().filter(|one| one.is_suspended).map(|one| one.id).collect();
        assert_eq!((held, named.len()), (vec![boris], 2), "who has left is left out");
    })
    .await;
}

/// Whom this reader may take for this member.
async fn others(db: &DatabaseConnection, reader: MemberId, named: MemberId) -> Vec<MemberId> {
    let mut found = namesake::doubles(db, &[read(db, reader, named).await], lately()).await.unwrap();
    found.sort_by_key(|double| double.other);
    assert!(found.iter().all(|double| (double.reader, double.named) == (reader, named)));
    found.into_iter().map(|double| double.other).collect()
}

#[tokio::test]
async fn whoever_is_in_the_readers_network_may_be_taken_for_another_of_their_name() {
    on_each(async |db, _| {
        let (reader, friend) = (called(&db, "Reader").await, called(&db, "Friend").await);
        let named = one(&db, "Anna Maria", "named").await;
        // But for case, spaces and the script of a letter they are one name.
        let near = one(&db, "\u{430}nna  MARIA", "near").await;
        let next = one(&db, "Anna Maria", "next").await;
        let known = one(&db, "Anna Maria", "known").await;
        let stranger = one(&db, "Anna Maria", "stranger").await;
        let other = one(&db, "Anna Marie", "other name").await;
        assert_eq!(others(&db, reader, named).await, []);
        let asks = monthly(&db, reader).await;
        help(&db, near, &asks, 100, State::Intention).await;
        help(&db, other, &asks, 100, State::Intention).await;
        assert_eq!(others(&db, reader, named).await, [near]);
        // Somebody whom the reader has near helps them, and helped them lately.
        help(&db, friend, &asks, 100, State::Intention).await;
        let helps = help(&db, friend, &monthly(&db, next).await, 100, State::Intention).await;
        assert_eq!(others(&db, reader, named).await, [near, next]);
        become_of(&db, helps, State::Fulfilled, noon(2)).await;
        assert_eq!(others(&db, reader, named).await, [near, next]);
        let made = invite::insert(&db, "a-token", reader, reader, noon(1)).await.unwrap();
        acquaintance::by_invite(&db, (known, reader), &made, noon(1)).await.unwrap();
        assert_eq!(others(&db, reader, named).await, [near, next, known]);
        assert_eq!(others(&db, stranger, named).await, [stranger], "whoever reads has that name as well");
        member::set_name(&db, near, "Vera").await.unwrap();
        member::erase(&db, &[next], noon(3)).await.unwrap();
        assert_eq!(others(&db, reader, named).await, [known], "who is called otherwise by now, and who has left");
        assert_eq!(others(&db, reader, next).await, [], "who has left has no name");
    })
    .await;
}

#[tokio::test]
async fn many_are_asked_for_at_once_and_each_reads_of_their_own() {
    on_each(async |db, _| {
        assert_eq!(namesake::doubles(&db, &[], lately()).await.unwrap(), []);
        let readers = [called(&db, "First").await, called(&db, "Second").await];
        let (named, near) = (one(&db, "Anna", "named").await, one(&db, "Anna", "near").await);
        help(&db, near, &monthly(&db, readers[0]).await, 100, State::Intention).await;
        let mut all = Vec::new();
        for (reader, of) in [(readers[0], named), (readers[1], named), (readers[1], near)] {
            all.push(read(&db, reader, of).await);
        }
        let found = namesake::doubles(&db, &all, lately()).await.unwrap();
        assert_eq!(found, [Double { reader: readers[0], named, other: near }]);

        let made = invite::insert(&db, "a-token", readers[1], readers[1], noon(1)).await.unwrap();
        invite::note_use(&db, made.id, near, noon(1)).await.unwrap();
        let known = namesake::known_of(&db, &HashSet::from([near, named])).await.unwrap();
        assert_eq!(known[&near].inviter, Some((readers[1], "Second".to_owned())));
        assert_eq!((known[&named].inviter.clone(), known[&named].since), (None, noon(1)));
        let pairs = namesake::who_know(&db, &readers.into(), &HashSet::from([near, named])).await.unwrap();
        assert_eq!(pairs, HashSet::from([(readers[0], near)]));
    })
    .await;
}

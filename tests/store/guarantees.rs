//! Mutual guarantees and the trust lists that they make: kept as plain following of the guarantees would find them.

use std::collections::{BTreeMap, BTreeSet};

use exodus::domain::{MemberId, Relation, Ring, State, TrustList, TrustRing};
use exodus::store::network::{self, Now, Whom};
use exodus::store::{self, Slice, acquaintance, guarantee, sight, tie, trust_list};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::community::{emergency, help, lately, member, month_began, monthly, noon, november};
use crate::support::database::on_each;

/// Chance that is the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

type Pairs = BTreeSet<(MemberId, MemberId)>;

/// How many steps along guarantees lead from somebody to each of those who are connected.
fn steps(pairs: &Pairs, from: MemberId) -> BTreeMap<MemberId, usize> {
    let mut found = BTreeMap::from([(from, 0)]);
    let mut edge = vec![from];
    while let Some(at) = (!edge.is_empty()).then(|| edge.remove(0)) {
        for (one, other) in pairs {
            let next = if *one == at { other } else { one };
            if (*one == at || *other == at) && !found.contains_key(next) {
                found.insert(*next, found[&at] + 1);
                edge.push(*next);
            }
        }
    }
    found
}

/// Everybody's list as it follows from these guarantees alone.
fn expected(pairs: &Pairs, who: MemberId) -> Option<TrustList> {
    let steps = steps(pairs, who);
    let at = |step| steps.values().filter(|one| **one == step).count() as u64;
    (steps.len() > 1).then(|| TrustList { members: steps.len() as u64, mine: at(1), theirs: at(2) })
}

async fn holds(db: &DatabaseConnection, members: &[MemberId], pairs: &Pairs) {
    for who in members {
        assert_eq!(trust_list::of_member(db, *who).await.unwrap(), expected(pairs, *who), "{who}: {pairs:?}");
        assert_eq!(trust_list::size_of(db, *who).await.unwrap(), expected(pairs, *who).map_or(0, |list| list.members));
    }
    assert_eq!(guarantee::count(db).await.unwrap(), pairs.len() as u64);
    // No list is left of whose members nobody is left.
    let sql = "SELECT COUNT(*) FROM trust_list l
               WHERE l.members <> (SELECT COUNT(*) FROM trust_list_member t WHERE t.list_id = l.id)";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0, "{pairs:?}");
}

#[tokio::test]
async fn lists_are_kept_as_the_guarantees_say_whatever_is_made_and_ended() {
    on_each(async |db, _| {
        let mut members = Vec::new();
        for number in 0..12 {
            members.push(member(&db, &format!("member {number}")).await);
        }
        let (mut pairs, mut chance) = (Pairs::new(), Chance(7));
        for step in 0..160 {
            let (one, other) = (members[chance.below(12)], members[chance.below(12)]);
            if one == other {
                continue;
            }
            let pair = (one.min(other), one.max(other));
            match chance.below(20) {
                0 => {
                    let with = guarantee::end_all(&db, one).await.unwrap();
                    assert_eq!(with.len(), pairs.iter().filter(|pair| pair.0 == one || pair.1 == one).count());
                    pairs.retain(|pair| pair.0 != one && pair.1 != one);
                }
                // More begin than end, so that there are long ways and rings; later it is the other way round.
                roll if (roll < 12) == (step % 80 < 40) => {
                    let made = guarantee::make(&db, (one, other), noon(2)).await.unwrap();
                    assert_eq!(made, pairs.insert(pair));
                    assert!(acquaintance::stands(&db, one, other).await.unwrap());
                }
                _ => assert_eq!(guarantee::end(&db, one, other).await.unwrap(), pairs.remove(&pair)),
            }
            holds(&db, &members, &pairs).await;
        }
    })
    .await;
}

#[tokio::test]
async fn two_who_make_guarantees_at_once_come_one_after_the_other() {
    on_each(async |db, url| {
        let other = store::connect(&url).await.unwrap();
        let mut members = Vec::new();
        for number in 0..6 {
            members.push(member(&db, &format!("member {number}")).await);
        }
        let mut chance = Chance(3);
        for round in 0..12 {
            let mut pick = || (members[chance.below(6)], members[chance.below(6)]);
            let (here, there) = (pick(), pick());
            let play = async |db: &DatabaseConnection, pair: (MemberId, MemberId), ends: bool| loop {
                if pair.0 == pair.1 {
                    return;
                }
                let tx = store::begin(db).await.unwrap();
                let done = match ends {
                    true => guarantee::end(&tx, pair.0, pair.1).await,
                    false => guarantee::make(&tx, pair, noon(2)).await,
                };
                // Whoever was too slow tries again, as a turn does.
                if done.is_ok() && tx.commit().await.is_ok() {
                    return;
                }
            };
            tokio::join!(play(&db, here, round % 3 == 2), play(&other, there, round % 4 == 3));
            let mut pairs = Pairs::new();
            for who in &members {
                for row in guarantee::of(&db, *who).await.unwrap() {
                    pairs.insert((row.member_id.min(row.other_id), row.member_id.max(row.other_id)));
                }
            }
            holds(&db, &members, &pairs).await;
        }
        other.close().await.unwrap();
    })
    .await;
}

/// Members without accounts, in a row: each holds a guarantee with the next one.
async fn chain(db: &DatabaseConnection, many: i64) {
    for sql in [
        "INSERT INTO person (id, lang, created_at) {n} SELECT i, 'en', $2 FROM n",
        "INSERT INTO member (id, name, created_at) {n} SELECT i, 'Member ' || i, $2 FROM n",
        "INSERT INTO guarantee (member_id, other_id, since)
         {n} SELECT i, i + 1, $2 FROM n WHERE i < $1 UNION ALL SELECT i + 1, i, $2 FROM n WHERE i < $1",
        "INSERT INTO trust_list (id, members) {n} SELECT 1, $1 FROM n WHERE i = 1 AND $2 IS NOT NULL",
        "INSERT INTO trust_list_member (member_id, list_id) {n} SELECT i, 1 FROM n WHERE $2 IS NOT NULL",
    ] {
        let n = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
        let values = [many.into(), noon(1).into()];
        let sql = sql.replace("{n}", n).replace("$2 IS NOT NULL", "CAST($2 AS TEXT) IS NOT NULL");
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    }
    if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        db.execute_unprepared("SELECT setval('trust_list_id_seq', 10)").await.unwrap();
    }
}

#[tokio::test]
async fn a_long_list_that_breaks_in_two_is_parted_though_neither_side_is_small() {
    on_each(async |db, _| {
        let many = 6_000;
        chain(&db, many).await;
        let size = async |who: i64| trust_list::size_of(&db, MemberId::new(who)).await.unwrap();
        assert!(guarantee::end(&db, MemberId::new(3_000), MemberId::new(3_001)).await.unwrap());
        assert_eq!([size(1).await, size(3_000).await, size(3_001).await, size(6_000).await], [3_000; 4]);
        // Near an end, it is seen at once who leaves.
        assert!(guarantee::end(&db, MemberId::new(100), MemberId::new(101)).await.unwrap());
        assert_eq!([size(1).await, size(100).await, size(101).await, size(3_000).await], [100, 100, 2_900, 2_900]);
        // Whoever leaves may part a list in several.
        guarantee::make(&db, (MemberId::new(50), MemberId::new(4_000)), noon(2)).await.unwrap();
        assert_eq!([size(1).await, size(6_000).await], [3_100; 2]);
        guarantee::end_all(&db, MemberId::new(50)).await.unwrap();
        assert_eq!([size(49).await, size(50).await, size(51).await, size(3_001).await], [49, 0, 50, 3_000]);
        guarantee::make(&db, (MemberId::new(1), MemberId::new(6_000)), noon(2)).await.unwrap();
        assert_eq!([size(1).await, size(4_500).await], [3_049; 2]);
    })
    .await;
}

/// Those whom a ring shows, by name.
async fn ring(db: &DatabaseConnection, who: MemberId, ring: TrustRing) -> Vec<String> {
    let now = Now { lately: lately(), month: november(), month_began: month_began() };
    let people = network::list(db, who, Whom::Trusted(ring), false, now, Slice::ALL).await.unwrap();
    assert_eq!(people.count.found, people.listed.len() as u64);
    for one in &people.listed {
        assert!(sight::may_see(db, who, one.id, lately()).await.unwrap(), "{ring:?}: {}", one.name.as_str());
    }
    let mut names: Vec<String> = people.listed.into_iter().map(|one| one.name.as_str().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn nearer_rings_are_named_and_further_ones_as_far_as_they_may_be_seen() {
    on_each(async |db, _| {
        let mut ids = BTreeMap::new();
        for name in ["me", "a", "b", "aa", "ab", "bb", "aaa", "aab", "far", "alone"] {
            ids.insert(name, member(&db, name).await);
        }
        for (one, other) in [
            ("me", "a"),
            ("me", "b"),
            ("a", "b"),
            ("a", "aa"),
            ("a", "ab"),
            ("b", "ab"),
            ("b", "bb"),
            ("aa", "aaa"),
            ("ab", "aab"),
            ("aab", "far"),
        ] {
            assert!(guarantee::make(&db, (ids[one], ids[other]), noon(2)).await.unwrap());
        }
        let list = trust_list::of_member(&db, ids["me"]).await.unwrap().unwrap();
        assert_eq!((list, list.count(TrustRing::Further)), (TrustList { members: 9, mine: 2, theirs: 3 }, 3));
        assert_eq!(ring(&db, ids["me"], TrustRing::Mine).await, ["a", "b"]);
        assert_eq!(ring(&db, ids["me"], TrustRing::Theirs).await, ["aa", "ab", "bb"]);
        assert_eq!(ring(&db, ids["me"], TrustRing::Further).await, [""; 0]);
        // In need, and three ties away.
        monthly(&db, ids["aaa"]).await;
        emergency(&db, ids["far"]).await;
        assert_eq!(ring(&db, ids["me"], TrustRing::Further).await, ["aaa"]);
        // Whom one helps is near, wherever they are in the list; and nobody is shown who is in another one.
        let asks = emergency(&db, ids["aab"]).await;
        help(&db, ids["me"], &asks, 100, State::Obligation).await;
        let asks = emergency(&db, ids["alone"]).await;
        help(&db, ids["me"], &asks, 100, State::Obligation).await;
        assert_eq!(ring(&db, ids["me"], TrustRing::Further).await, ["aaa", "aab", "far"]);
        assert_eq!(trust_list::of_member(&db, ids["alone"]).await.unwrap(), None);
        assert_eq!(ring(&db, ids["alone"], TrustRing::Mine).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_guarantee_ties() {
    on_each(async |db, _| {
        let (anna, boris, vera) = (member(&db, "Anna").await, member(&db, "Boris").await, member(&db, "Vera").await);
        let gleb = member(&db, "Gleb").await;
        let sees = async |viewer, whose| sight::may_see(&db, viewer, whose, lately()).await.unwrap();
        let within = async |who, ring| -> Vec<(String, i32)> {
            let within = tie::within(&db, who, ring, lately()).await.unwrap();
            within.into_iter().map(|one| (one.name, one.steps)).collect()
        };
        assert!(guarantee::make(&db, (anna, boris), noon(2)).await.unwrap());
        assert!(!guarantee::make(&db, (boris, anna), noon(3)).await.unwrap(), "a second one changes nothing");
        assert_eq!(guarantee::since(&db, boris, anna).await.unwrap(), Some(noon(2)));
        guarantee::make(&db, (vera, boris), noon(2)).await.unwrap();
        assert!(sees(anna, vera).await && sees(vera, anna).await);
        assert_eq!(within(anna, Ring::Network).await, [("Boris".to_owned(), 1), ("Vera".to_owned(), 2)]);
        // Three ties away those in need are seen.
        help(&db, gleb, &monthly(&db, vera).await, 100, State::Intention).await;
        assert_eq!((sees(anna, gleb).await, sees(gleb, anna).await), (false, false));
        monthly(&db, gleb).await;
        emergency(&db, anna).await;
        assert_eq!((sees(anna, gleb).await, sees(gleb, anna).await), (true, true));
        assert!(within(anna, Ring::Far).await.contains(&("Gleb".to_owned(), 3)));
        let now = Now { lately: lately(), month: november(), month_began: month_began() };
        let around = async |who, whom| -> Vec<String> {
            let people = network::list(&db, who, whom, false, now, Slice::ALL).await.unwrap();
            people.listed.into_iter().map(|one| one.name.as_str().to_owned()).collect()
        };
        assert_eq!(around(anna, Whom::Near).await, ["Boris"]);
        assert_eq!(around(gleb, Whom::Beyond).await, ["Anna"]);
        assert_eq!(around(boris, Whom::Who(Relation::HelpsMe)).await, [""; 0], "a guarantee is no help");
        // It joins two of whom one has removed the other, as long as it lasts.
        assert!(acquaintance::remove(&db, anna, boris, noon(3)).await.unwrap());
        assert!(sees(anna, boris).await && sees(boris, anna).await);
        assert_eq!(tie::count_near(&db, anna).await.unwrap(), 1);
        assert!(guarantee::end(&db, anna, boris).await.unwrap());
        assert!(!guarantee::end(&db, boris, anna).await.unwrap());
        assert!(!sees(anna, boris).await && !sees(anna, vera).await);
    })
    .await;
}

//! Everything once: however many processes there are, and whenever they are cut off.

use std::time::Duration;

use exodus::aid::calendar::Job;
use exodus::domain::MemberId;
use exodus::domain::State::{self, *};
use exodus::store;
use sea_orm::DatabaseConnection;
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// So many, that a month's close takes several steps, and its digests too.
const SUPPORTERS: i64 = 128;
const RECEIVERS: i64 = 10;

/// A community in which everybody helps everybody who asks, in all states.
async fn community(db: &DatabaseConnection) -> Place {
    let place = Place::new(db.clone());
    let mut collections = Vec::new();
    for number in 0..RECEIVERS {
        let owner = place.member(&format!("Receiver {number}")).await;
        collections.push(place.monthly(owner).await);
    }
    let tx = store::begin(db).await.unwrap();
    for number in 0..SUPPORTERS {
        let member = store::member::insert(&tx, &format!("Supporter {number}"), "en", place.now()).await.unwrap();
        for (at, collection) in collections.iter().enumerate() {
            let states = [Intention, Obligation, Claimed, Fulfilled];
            let state = states[usize::try_from(number).unwrap().wrapping_add(at) % states.len()];
            declare(&tx, member.id, collection, state, place.now()).await;
        }
    }
    tx.commit().await.unwrap();
    place.ensure().await;
    place
}

async fn declare(
    tx: &sea_orm::DatabaseTransaction,
    by: MemberId,
    to: &exodus::domain::Collection,
    state: State,
    now: chrono::DateTime<chrono::Utc>,
) {
    let new = store::commitment::New {
        collection: to.id,
        supporter: by,
        receiver: to.owner,
        sum: exodus::domain::Money::from_minor(100),
        state: Intention,
        month: crate::place::november(),
    };
    let declared = store::commitment::insert(tx, new, now).await.unwrap();
    let after = exodus::domain::Commitment { state, ..declared };
    assert!(store::commitment::update(tx, &after, Intention, now).await.unwrap());
}

/// What the end of November has to come to, whoever does it.
async fn is_closed_once(place: &Place) {
    let mut found = std::collections::BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (what, id) in place.journal().await {
        assert!(seen.insert((what.clone(), id)), "{what} of {id} happened twice");
        *found.entry(what).or_insert(0) += 1;
    }
    let quarter = SUPPORTERS * RECEIVERS / 4;
    let expected = [("carried_over", quarter), ("lapsed", quarter), ("went_overdue", quarter * 2)];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected.map(|(what, count)| (what.to_owned(), count)));
    let told = place.told().await;
    let digests: Vec<MemberId> = told.iter().filter(|(_, kind)| kind != "notice-settle").map(|(who, _)| *who).collect();
    let whom: std::collections::BTreeSet<MemberId> = digests.iter().copied().collect();
    assert_eq!(digests.len(), whom.len(), "nobody has two digests");
    assert_eq!(whom.len() as i64, SUPPORTERS + RECEIVERS);
    let done: Vec<_> = place.planned("month-close").await.into_iter().map(|(about, _, done)| (about, done)).collect();
    assert_eq!(done, [(202_611, true), (202_612, false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_a_month_s_close_and_do_nothing_twice() {
    on_each(async |db, url| {
        let place = community(&db).await;
        let other = place.beside(&url).await;
        place.set("2026-12-01T00:00:00Z");
        let stop = CancellationToken::new();
        let (one, two) = (place.scheduler(), other.scheduler());
        let (one, two) = tokio::join!(one.catch_up(&stop), two.catch_up(&stop));
        one.and(two).unwrap();
        is_closed_once(&place).await;
        other.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_cut_off_at_any_moment_leaves_the_rest_to_the_next_one() {
    on_each(async |db, url| {
        let place = community(&db).await;
        place.set("2026-12-01T00:00:00Z");
        let mut cut_off = 0;
        for attempt in 0..200_u64 {
            let process = place.beside(&url).await;
            let work = {
                let process = process.clone();
                tokio::spawn(async move { process.scheduler().catch_up(&CancellationToken::new()).await })
            };
            // Every time a little later, so that every part of a step is cut at some time.
            tokio::time::sleep(Duration::from_micros(500 + attempt * 700)).await;
            work.abort();
            let ended = work.await;
            // Its connections go with it, and what they had begun.
            process.db.close().await.unwrap();
            match ended {
                Ok(done) => {
                    done.unwrap();
                    break;
                }
                Err(_) => cut_off += 1,
            }
        }
        assert!(cut_off > 5, "it was too fast to be cut off: {cut_off}");
        place.pass().await;
        is_closed_once(&place).await;
    })
    .await;
}

#[tokio::test]
async fn what_breaks_is_in_nobody_s_way() {
    on_each(async |db, _| {
        let place = Place::new(db);
        place.ensure().await;
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let intention = place.help(boris, &place.monthly(anna).await, 80, Intention).await;
        let broken = store::schedule::New { name: "settle-reminder", about: 99, due_at: place.now() };
        store::schedule::plan(&place.db, [broken], place.now()).await.unwrap();
        let pass = place.pass_at("2026-12-01T00:00:00Z").await;
        assert!(pass.broken && !pass.elsewhere);
        assert_eq!(place.state(intention.id).await.0, Lapsed);
        assert!(place.pass().await.broken, "and it is tried again");
    })
    .await;
}

/// Of two releases on one database each does what it knows.
#[tokio::test]
async fn what_only_another_release_can_do_is_left_to_it() {
    on_each(async |db, _| {
        let place = Place::new(db);
        place.ensure().await;
        place.pass().await;
        let unknown = store::schedule::New { name: "what-comes-next-year", about: 99, due_at: place.now() };
        store::schedule::plan(&place.db, [unknown], place.now()).await.unwrap();
        let pass = place.pass().await;
        assert!(!pass.broken && pass.steps == 0, "{pass:?}");
        let due = store::schedule::next_due(&place.db, &Job::NAMES).await.unwrap();
        assert!(due.is_some_and(|due| due > place.now()), "nobody is woken by it: {due:?}");
        assert_eq!(place.planned("what-comes-next-year").await.len(), 1);
    })
    .await;
}

impl Place {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        exodus_engine::conversation::Clock::now(self.clock.as_ref())
    }
}

//! What only one of several processes does.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use exodus::store;
use exodus_engine::conversation::Clock;
use exodus_engine::delivery::{Holder, Leases, Peers};
use tokio_util::sync::CancellationToken;

use crate::support::database::on_each;

/// A clock that is moved by hand.
#[derive(Default)]
struct Seconds(AtomicI64);

impl Clock for Seconds {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_794_301_200 + self.0.load(Ordering::SeqCst), 0).unwrap()
    }
}

struct Process {
    leases: Leases,
    clock: Arc<Seconds>,
}

impl Process {
    async fn start(url: &str, id: &str) -> Process {
        let (db, clock) = (store::connect(url).await.unwrap(), Arc::new(Seconds::default()));
        let holder = Holder { id: id.to_owned(), is_gone: |id| id == "dead" };
        Process { leases: Leases::new(db, clock.clone(), holder), clock }
    }

    /// Whether it gets the lease in a moment.
    async fn gets(&self) -> Option<exodus_engine::delivery::Lease> {
        let stop = CancellationToken::new();
        let held = self.leases.hold("listen/post", &stop);
        let soon = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            stop.cancel();
        };
        tokio::join!(held, soon).0
    }
}

#[tokio::test]
async fn one_process_does_it_and_the_next_when_that_has_ended() {
    on_each(async |db, url| {
        let (one, two) = (Process::start(&url, "one").await, Process::start(&url, "two").await);
        let held = one.gets().await.expect("nobody had it");
        assert!(held.is_held());
        if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            assert!(two.gets().await.is_some(), "there is one process, so nothing to wait for");
            return;
        }
        assert!(two.gets().await.is_none());
        held.give_back().await;
        let held = two.gets().await.expect("it was given back");
        assert!(one.gets().await.is_none());

        // The second dies without a word: its lease is not renewed, and ends.
        one.clock.0.store(19, Ordering::SeqCst);
        assert!(one.gets().await.is_none());
        one.clock.0.store(20, Ordering::SeqCst);
        let other = one.gets().await.expect("it has run out");
        assert!(two.gets().await.is_none());
        drop((held, other));
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_a_process_that_is_known_to_have_ended() {
    on_each(async |db, url| {
        if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            return;
        }
        let dead = Process::start(&url, "dead").await;
        let lease = dead.gets().await.expect("nobody had it");
        assert!(Process::start(&url, "two").await.gets().await.is_some());
        drop(lease);
    })
    .await;
}

#[tokio::test]
async fn whoever_finds_the_lease_in_other_hands_does_it_no_more() {
    on_each(async |db, url| {
        if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            return;
        }
        let (one, two) = (Process::start(&url, "one").await, Process::start(&url, "two").await);
        let lost = one.gets().await.expect("nobody had it");
        two.clock.0.store(20, Ordering::SeqCst);
        let held = two.gets().await.expect("it has run out");
        tokio::time::timeout(Duration::from_secs(8), lost.lost()).await.expect("it is noticed at the next renewal");
        assert!(!lost.is_held() && held.is_held());
    })
    .await;
}

#[tokio::test]
async fn processes_know_how_many_they_are() {
    on_each(async |db, url| {
        let shared = db.get_database_backend() != sea_orm::DbBackend::Sqlite;
        let (one, two) = (Process::start(&url, "one").await, Process::start(&url, "two").await);
        let stop = CancellationToken::new();
        let (first, saying) = Peers::join(one.leases.clone(), stop.clone()).await;
        assert_eq!(*first.count().borrow(), 1);
        let (second, other_saying) = Peers::join(two.leases.clone(), stop.clone()).await;
        assert_eq!(*second.count().borrow(), if shared { 2 } else { 1 });
        let told = async {
            let mut count = first.count();
            if shared {
                tokio::time::timeout(Duration::from_secs(8), count.wait_for(|count| *count == 2))
                    .await
                    .unwrap()
                    .unwrap();
            }
            stop.cancel();
        };
        tokio::join!(saying, other_saying, told);
        assert_eq!(store::lease::held(&db, "process/", one.clock.now()).await.unwrap(), 0, "each has said goodbye");
    })
    .await;
}

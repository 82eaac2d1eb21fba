//! A clearing in a large community: once, whole, and whoever acts meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use exodus::aid::{self, Refused};
use exodus::domain::State::Obligation;
use exodus::domain::{CommitmentId, Deed, MemberId};
use exodus::store::{self, Slice};
use exodus_engine::conversation::{Clock, Fault};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::ring::{NOTICE, RUN, Ring};
use crate::support::database::on_each;

/// A community in which everybody owes several others.
async fn large(db: &DatabaseConnection) -> Ring {
    let ring = Ring::of(db, 60).await;
    let tx = store::begin(db).await.unwrap();
    let month = crate::place::november().number();
    for (number, collection) in ring.asks.iter().enumerate() {
        for step in [1, 7, 13, 29] {
            let supporter = ring.members[(number + step) % ring.members.len()];
            let sql = "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, promised_at)
                       VALUES ($1, $2, $3, $4, 'obligation', $5, $6, $6)";
            let values = [
                collection.id.into(),
                supporter.into(),
                collection.owner.into(),
                (1_000 + i64::try_from(number * step % 97).unwrap()).into(),
                month.into(),
                ring.place.clock.now().into(),
            ];
            tx.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    ring
}

/// All of one clearing was carried out, each line once, and nothing of any other.
async fn is_cleared_once(ring: &Ring, before: &BTreeMap<MemberId, i64>) {
    let place = &ring.place;
    assert_eq!(&place.balances().await, before);
    let [clearing] = &place.clearings().await[..] else { panic!("one clearing") };
    assert_eq!(clearing.state, "done");
    let lines = place.set_off().await;
    assert_eq!(lines.iter().map(|(_, sum)| sum).sum::<i64>(), clearing.set_off_sum);
    assert!(clearing.set_off_sum > 100_000, "{clearing:?}");
    let rows = store::commitment::Entity::find().all(&place.db).await.unwrap();
    let fulfilled: i64 = rows.iter().filter(|row| row.clearing_id == Some(clearing.id)).map(|row| row.sum).sum();
    assert_eq!(fulfilled, clearing.set_off_sum);
    let journal = place.journal().await.into_iter().filter(|(what, _)| what == "set_off");
    assert_eq!(journal.count(), lines.len());
    let told = place.notices("notice-set-off").await;
    let whom: BTreeSet<MemberId> = told.iter().map(|(to, _)| *to).collect();
    assert_eq!(told.len(), whom.len(), "one notice each");
    assert_eq!(whom.len(), usize::try_from(clearing.set_off_members).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_clear_a_month_once() {
    on_each(async |db, url| {
        let ring = large(&db).await;
        let (place, before) = (&ring.place, ring.place.balances().await);
        place.pass_at(NOTICE).await;
        let other = place.beside(&url).await;
        place.set(RUN);
        let stop = CancellationToken::new();
        let (one, two) = (place.scheduler(), other.scheduler());
        let (one, two) = tokio::join!(one.catch_up(&stop), two.catch_up(&stop));
        one.and(two).unwrap();
        is_cleared_once(&ring, &before).await;
        other.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_off_at_any_moment_it_is_done_whole_or_begun_anew() {
    on_each(async |db, url| {
        let ring = large(&db).await;
        let (place, before) = (&ring.place, ring.place.balances().await);
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let (mut cut_off, mut undecided) = (0, 0);
        for attempt in 0..400_u64 {
            let process = place.beside(&url).await;
            let work = {
                let process = process.clone();
                tokio::spawn(async move { process.scheduler().catch_up(&CancellationToken::new()).await })
            };
            tokio::time::sleep(Duration::from_micros(2_000 + attempt * 1_500)).await;
            work.abort();
            let ended = work.await;
            process.db.close().await.unwrap();
            match ended {
                Ok(done) => {
                    done.unwrap();
                    break;
                }
                Err(_) => {
                    cut_off += 1;
                    undecided += usize::from(place.clearings().await.is_empty());
                }
            }
        }
        assert!(
            cut_off > 3 && undecided > 1 && undecided < cut_off,
            "{cut_off} cut off, {undecided} before the decision"
        );
        place.pass().await;
        is_cleared_once(&ring, &before).await;
        // What never counted is thrown away.
        place.pass_at("2026-11-27T05:00:00Z").await;
        let rows = store::clearing::Entity::find().all(&db).await.unwrap();
        assert!(rows.iter().all(|row| row.state == "done"), "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_act_meanwhile_lose_nothing_and_break_nothing() {
    on_each(async |db, url| {
        let ring = large(&db).await;
        let place = &ring.place;
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let stop = CancellationToken::new();
        let crowd = {
            // A file has one process, and that has one connection.
            let beside = if store::has_one_writer(&db) { place.clone() } else { place.beside(&url).await };
            let (place, members, stop) = (beside, ring.members.clone(), stop.clone());
            tokio::spawn(async move {
                let mut done = 0;
                for round in 0..usize::MAX {
                    if stop.is_cancelled() {
                        break;
                    }
                    let who = members[round % members.len()];
                    let mine =
                        store::commitment::by_supporter(&place.db, who, &[Obligation], Slice::ALL).await.unwrap();
                    if let Some(one) = mine.first() {
                        done += usize::from(acts(&place, who, one.commitment.id).await);
                    }
                    tokio::time::sleep(Duration::from_millis(7)).await;
                }
                done
            })
        };
        let scheduler = place.scheduler();
        // As often as it is put off because somebody has acted.
        for minute in (0..).step_by(6) {
            scheduler.catch_up(&CancellationToken::new()).await.unwrap();
            if place.clearings().await.iter().any(|row| row.state == "done") {
                break;
            }
            if minute > 30 {
                stop.cancel();
            }
            place.set(&(crate::place::at(RUN) + chrono::TimeDelta::minutes(minute)).to_rfc3339());
        }
        stop.cancel();
        let claimed = crowd.await.unwrap();
        let [clearing] = &place.clearings().await[..] else { panic!("one clearing") };
        let rows = store::commitment::Entity::find().all(&db).await.unwrap();
        let fulfilled: i64 = rows.iter().filter(|row| row.clearing_id == Some(clearing.id)).map(|row| row.sum).sum();
        assert_eq!(fulfilled, clearing.set_off_sum);
        let claims = rows.iter().filter(|row| row.state == "claimed").count();
        assert_eq!(claims, claimed, "what people have done is done");
    })
    .await;
}

/// Somebody claims one of their promises, as a turn does: with tries.
async fn acts(place: &Place, who: MemberId, id: CommitmentId) -> bool {
    loop {
        let rules = place.rules();
        let tx = store::begin(&place.db).await.unwrap();
        let at = exodus_engine::conversation::Moment {
            tx: &tx,
            now: place.clock.now(),
            chance: &exodus_engine::conversation::OsChance,
        };
        let community = aid::Community { rules: &rules, tells: &exodus::notices::Notices };
        let work = async |aid: &aid::Work<'_>| aid::perform(aid, who, id, Deed::Claim).await;
        match aid::unit::run(at, community, aid::By::Member(who), work).await {
            Ok(_) => {
                tx.commit().await.unwrap();
                return true;
            }
            Err(Refused::Fault(Fault::Raced)) => tx.rollback().await.unwrap(),
            Err(Refused::Rule(_)) => {
                tx.rollback().await.unwrap();
                return false;
            }
            Err(fault) => panic!("{fault}"),
        }
    }
}

//! Clearing among the members of a community: what comes of it, to the cent.

use exodus::aid::{self, Refused, clearing};
use exodus::domain::State::{Fulfilled, Obligation};
use exodus::domain::{Deed, MemberId};
use exodus::store::{self, Slice};
use exodus_engine::conversation::Clock;

use crate::ring::{NOTICE, RUN, Ring};
use crate::support::database::on_each;

#[tokio::test]
async fn a_ring_is_set_off_on_the_25th_and_everybody_s_balance_stays_as_it_was() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 4).await;
        let place = &ring.place;
        let [a, b, c] = ring.owe(&[6_000, 4_000, 10_001]).await.try_into().unwrap();
        let outside = ring.owes(3, 0, 700, Obligation).await;
        let before = place.balances().await;

        place.pass_at("2026-11-20T04:59:59Z").await;
        assert!(place.notices("notice-clearing-soon").await.is_empty());
        place.pass_at(NOTICE).await;
        let told: Vec<MemberId> = place.notices("notice-clearing-soon").await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(
            told,
            ring.members[..3],
            "everybody who both gives and gets: no ring passes who only does one of them"
        );
        place.pass_at("2026-11-25T04:59:59Z").await;
        assert!(place.clearings().await.is_empty());
        place.pass_at(RUN).await;

        assert_eq!(place.sum(a.id).await, (2_000, Obligation));
        assert_eq!(place.sum(b.id).await, (4_000, Fulfilled));
        assert_eq!(place.sum(c.id).await, (6_001, Obligation));
        assert_eq!(place.sum(outside.id).await, (700, Obligation));
        assert_eq!(place.balances().await, before);
        let given = store::commitment::by_supporter(&db, ring.members[0], &[Fulfilled], Slice::ALL).await.unwrap();
        let [line] = &given[..] else { panic!("a line of its own: {given:?}") };
        assert_eq!((line.commitment.sum.minor(), line.commitment.part_of), (4_000, Some(a.id)));
        let [clearing] = &place.clearings().await[..] else { panic!("one clearing") };
        assert_eq!((clearing.state.as_str(), clearing.set_off_sum, clearing.set_off_count), ("done", 12_000, 3));
        assert_eq!((clearing.owed_sum, clearing.owed_count, clearing.owed_members), (20_701, 4, 4));
        assert_eq!(line.commitment.set_off_by, Some(clearing.id));
        place.pass_at("2026-11-26T05:00:00Z").await;
        assert_eq!(place.clearings().await.len(), 1, "once a month");
    })
    .await;
}

#[tokio::test]
async fn a_member_s_notice_page_and_archives_add_up_to_the_cent() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 9).await;
        let place = &ring.place;
        // Everybody in several rings with everybody: sums that don't divide.
        for from in 0..9 {
            for step in 1..9 {
                ring.owes(from, (from + step) % 9, 1_001 + i64::try_from(from * 37 + step * 11).unwrap(), Obligation)
                    .await;
            }
        }
        ring.run().await;
        let id = place.clearings().await[0].id;
        let told = place.notices("notice-set-off").await;
        for &member in &ring.members {
            let rules = place.rules();
            let tx = store::begin(&db).await.unwrap();
            let at = exodus_engine::conversation::Moment {
                tx: &tx,
                now: place.clock.now(),
                chance: &exodus_engine::conversation::OsChance,
            };
            let aid = aid::Aid::at(at, &rules);
            let (own, lines, _) = clearing::lines(&aid, member, id, Slice { skip: 0, take: 100 }).await.unwrap();
            let sum = |lines: &[&exodus::domain::SetOff]| lines.iter().map(|line| line.sum.minor()).sum::<i64>();
            let (mine, theirs): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.supporter == member);
            assert_eq!((mine.len() as u64, sum(&mine)), (own.given.0, own.given.1.minor()));
            assert_eq!((theirs.len() as u64, sum(&theirs)), (own.got.0, own.got.1.minor()));
            assert_eq!(own.given.1, own.got.1, "a balance is not changed");
            let given = store::commitment::by_supporter(&tx, member, &[Fulfilled], Slice::ALL).await.unwrap();
            let got = store::commitment::by_receiver(&tx, member, &[Fulfilled], Slice::ALL).await.unwrap();
            for (archive, (count, sum)) in [(given, own.given), (got, own.got)] {
                let archived: i64 = archive.iter().map(|one| one.commitment.sum.minor()).sum();
                assert_eq!((archive.len() as u64, archived), (count, sum.minor()));
                assert!(archive.iter().all(|one| one.commitment.set_off_by == Some(id)));
            }
            let mut told = told.iter().filter(|(to, _)| *to == member);
            let (_, facts) = told.next().expect("a notice");
            assert!(told.next().is_none(), "one notice");
            assert_eq!(facts["mine"]["how_much"], own.given.1.minor());
            assert_eq!(facts["for_me"]["how_much"], own.got.1.minor());
            assert_eq!(facts["mine"]["how_many"], own.given.0);
            assert!(facts["mine_lines"].as_array().unwrap().len() <= 5);
            tx.rollback().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_set_off_is_nobody_s_to_take_back() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 500]).await;
        ring.run().await;
        for (who, deed) in [(1, Deed::TakeConfirmationBack), (1, Deed::Forgive), (0, Deed::TakeBack)] {
            let (who, id) = (ring.members[who], all[0].id);
            let done = place.within(async |aid| aid::perform(aid, who, id, deed).await).await;
            assert!(matches!(done, Err(Refused::Rule(_))), "{deed:?}: {done:?}");
        }
    })
    .await;
}

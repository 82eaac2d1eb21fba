//! What somebody does while something is offered to be passed on; and that it is done whole, once, or not at all.

use std::time::Duration;

use exodus::aid::clearing;
use exodus::aid::{self, By, Community, unit};
use exodus::domain::State::{Obligation, PassedOn, TakenOver};
use exodus::domain::chain::Stage;
use exodus::domain::{CollectionKind, Deed, MemberId, Money, Refusal};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Clock, Moment, OsChance};

use crate::support::database::on_each;
use crate::trio::{Trio, does};

/// What makes it impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Claimed,
    PartClaimed,
    Forgiven,
    WantedDirectly,
    InNeedAtOnce,
    Left,
    MiddleLeft,
}

impl Trio {
    /// Somebody does it; says who.
    async fn changes(&self, change: Change) -> MemberId {
        let (anna, boris, clara) = (self.anna, self.boris, self.clara);
        let (first, second) = (self.first.id, self.second.id);
        let done = match change {
            Change::Claimed => {
                self.does(anna, async |aid| aid::perform(aid, anna, first, Deed::Claim).await.map(drop)).await
            }
            Change::PartClaimed => {
                let part = Deed::ClaimPart(Money::from_minor(2_001));
                self.does(anna, async |aid| aid::perform(aid, anna, first, part).await.map(drop)).await
            }
            Change::Forgiven => {
                self.does(clara, async |aid| aid::perform(aid, clara, second, Deed::Forgive).await.map(drop)).await
            }
            Change::WantedDirectly => {
                self.does(clara, async |aid| clearing::keep_directly(aid, clara, second).await).await
            }
            Change::InNeedAtOnce => {
                let (kind, sum) = (CollectionKind::Emergency, Money::from_minor(9_000));
                self.does(clara, async |aid| aid::ask(aid, clara, kind, sum, Some(7)).await.map(drop)).await
            }
            Change::Left => self.does(anna, async |aid| aid::leave(aid, anna).await).await,
            Change::MiddleLeft => self.does(boris, async |aid| aid::leave(aid, boris).await).await,
        };
        done.unwrap();
        match change {
            Change::Claimed | Change::PartClaimed | Change::Left => anna,
            Change::Forgiven | Change::WantedDirectly | Change::InNeedAtOnce => clara,
            Change::MiddleLeft => boris,
        }
    }
}

#[tokio::test]
async fn what_makes_it_impossible_ends_it_and_the_others_are_told() {
    let all = [
        Change::Claimed,
        Change::PartClaimed,
        Change::Forgiven,
        Change::WantedDirectly,
        Change::InNeedAtOnce,
        Change::Left,
        Change::MiddleLeft,
    ];
    for what in all {
        on_each(async |db, _| {
            let it = Trio::of(&db).await;
            let chain = it.offers(4_000).await.unwrap();
            it.says(it.anna, chain, true).await.unwrap();
            let by = it.changes(what).await;
            assert_eq!(it.stage(chain).await, Stage::Void, "{what:?}");
            let told = it.told().await;
            // Of one who has left nothing is kept that they were told.
            let told: Vec<_> = told.into_iter().filter(|(_, kind)| kind == "void").map(|(to, _)| to).collect();
            let others: Vec<MemberId> = [it.boris, it.anna, it.clara].into_iter().filter(|one| *one != by).collect();
            assert_eq!(told, others, "{what:?}");
            let records = it.records().await;
            assert!(records.iter().all(|(.., state)| ![PassedOn, TakenOver].contains(state)), "{what:?}: {records:?}");
            if ![Change::Left, Change::MiddleLeft].contains(&what) {
                assert_eq!(it.says(it.clara, chain, true).await, Err(Refusal::ChainOver), "{what:?}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn what_leaves_enough_lets_it_stand() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let chain = it.offers(4_000).await.unwrap();
        let part = Deed::ClaimPart(Money::from_minor(2_000));
        it.does(it.anna, async |aid| aid::perform(aid, it.anna, it.first.id, part).await).await.unwrap();
        assert_eq!(it.stage(chain).await, Stage::Asked);
        it.says(it.anna, chain, true).await.unwrap();
        it.says(it.clara, chain, true).await.unwrap();
        assert_eq!(it.now(&it.first).await, (4_000, PassedOn));
        assert_eq!(it.now(&it.second).await, (4_000, TakenOver));
    })
    .await;
}

#[tokio::test]
async fn one_who_is_suspended_passes_nothing_on() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let chain = it.offers(4_000).await.unwrap();
        store::member::suspend(&db, it.anna, "a reason", it.place.clock.now()).await.unwrap();
        // (By an administrator it would have ended at once.)
        it.place.within(async |aid| aid::chains::expire(aid, chain).await.unwrap()).await;
        assert_eq!(it.says(it.anna, chain, true).await, Err(Refusal::NotPassedOn));
        assert_eq!(it.stage(chain).await, Stage::Asked);
    })
    .await;
}

#[tokio::test]
async fn a_clearing_that_is_computed_meanwhile_begins_anew_and_one_that_was_decided_comes_first() {
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let run = it.place.within(async |aid| clearing::begin(aid).await.unwrap()).await;
        it.passes_on(4_000).await;
        assert!(!it.place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
    })
    .await;
    on_each(async |db, _| {
        let it = Trio::of(&db).await;
        let chain = it.offers(4_000).await.unwrap();
        it.says(it.anna, chain, true).await.unwrap();
        // Half of what Anna owes Boris is set off, and not carried out when Clara, who is no side of it, agrees.
        let run = it.place.within(async |aid| clearing::begin(aid).await.unwrap()).await;
        let line = exodus::domain::SetOff {
            commitment: it.first.id,
            supporter: it.anna,
            receiver: it.boris,
            sum: Money::from_minor(3_000),
            of: Money::from_minor(6_000),
        };
        it.place.within(async |aid| clearing::note_lines(aid, run, &[line]).await.unwrap()).await;
        assert!(it.place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
        let answered = it.says(it.clara, chain, true).await;
        assert!(answered.is_err(), "{answered:?}: only 30.00 is left of what was to be passed on");
        it.place.within(async |aid| clearing::carry_out_next(aid).await.unwrap()).await;
        assert_eq!(it.now(&it.first).await, (3_000, Obligation));
        assert_eq!(it.now(&it.second).await, (4_000, Obligation));
        assert_eq!(it.stage(chain).await, Stage::Void);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_and_a_no_in_the_same_moment_come_one_after_the_other() {
    on_each(async |db, url| {
        for round in 0..8 {
            let it = Trio::of(&db).await;
            let chain = it.offers(4_000).await.unwrap();
            it.says(it.anna, chain, true).await.unwrap();
            // A file has one process, and that has one connection.
            let other = if store::has_one_writer(&db) { it.place.clone() } else { it.place.beside(&url).await };
            let yes = |place| async move {
                does(place, it.clara, async |aid| aid::chains::answer(aid, it.clara, chain, true).await).await
            };
            let no = async {
                tokio::time::sleep(Duration::from_micros(round * 700)).await;
                does(&other, it.anna, async |aid| aid::chains::answer(aid, it.anna, chain, false).await).await
            };
            let (one, two, no) = tokio::join!(yes(&it.place), yes(&other), no);
            let done = [&one, &two].into_iter().filter(|yes| yes.is_ok()).count();
            assert_eq!(done + usize::from(no.is_ok()), 1, "{one:?} {two:?} {no:?}");
            let passed =
                it.records().await.into_iter().filter(|(from, .., state)| *from == it.anna && *state == PassedOn);
            assert_eq!(passed.count(), done, "once, or not at all");
            if !store::has_one_writer(&db) {
                other.db.close().await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_off_at_any_moment_all_three_records_change_or_none() {
    on_each(async |db, url| {
        let (mut cut_off, mut whole) = (0, 0);
        for attempt in 0..200_u64 {
            if cut_off > 5 && whole > 5 {
                break;
            }
            let it = Trio::of(&db).await;
            let chain = it.offers(4_000).await.unwrap();
            it.says(it.anna, chain, true).await.unwrap();
            let process = it.place.beside(&url).await;
            let work = {
                let (process, clara) = (process.clone(), it.clara);
                tokio::spawn(async move {
                    let rules = process.rules();
                    let tx = store::begin(&process.db).await.unwrap();
                    let at = Moment { tx: &tx, now: process.clock.now(), chance: &OsChance };
                    let community = Community { rules: &rules, tells: &Notices };
                    let yes = async |aid: &aid::Work<'_>| aid::chains::answer(aid, clara, chain, true).await;
                    unit::run(at, community, By::Member(clara), yes).await.unwrap();
                    tx.commit().await.unwrap();
                })
            };
            tokio::time::sleep(Duration::from_micros(300 + attempt * 2_000)).await;
            work.abort();
            let ended = work.await;
            process.db.close().await.unwrap();
            cut_off += usize::from(ended.is_err());
            // Seen at one moment: a commit that was on its way may arrive only now.
            let (done, records) = loop {
                let before = it.stage(chain).await;
                let records = it.records().await;
                if it.stage(chain).await == before {
                    break (before == Stage::Done, records);
                }
            };
            let mine: Vec<_> = records.iter().copied().filter(|(from, ..)| *from == it.anna).collect();
            let (a, b, c) = (it.anna, it.boris, it.clara);
            whole += usize::from(done);
            let expected = match done {
                true => vec![(a, b, 2_000, Obligation), (a, b, 4_000, PassedOn), (a, c, 4_000, Obligation)],
                false => vec![(a, b, 6_000, Obligation)],
            };
            assert_eq!(mine, expected, "attempt {attempt}");
            assert!(records.contains(&(b, c, 4_000, if done { TakenOver } else { Obligation })), "attempt {attempt}");
        }
        assert!(cut_off > 3 && whole > 3, "{cut_off} cut off, {whole} done");
    })
    .await;
}

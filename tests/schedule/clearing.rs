//! Clearing among the members of a community: what takes part, what comes of it, all of it or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use exodus::aid::clearing::{self, Read};
use exodus::aid::{self, Refused};
use exodus::domain::State::{self, *};
use exodus::domain::{Cleared, ClearingId, Collection, Commitment, CommitmentId, Deed, MemberId, Owed};
use exodus::store::{self, Slice};
use exodus_engine::conversation::{Clock, Fault};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, QueryOrder, Statement};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// The day of the notice, and the day of the clearing.
const NOTICE: &str = "2026-11-20T05:00:00Z";
const RUN: &str = "2026-11-25T05:00:00Z";

/// Members who all ask for help, and allow clearing.
struct Ring {
    place: Place,
    members: Vec<MemberId>,
    asks: Vec<Collection>,
}

impl Ring {
    async fn of(db: &DatabaseConnection, members: usize) -> Ring {
        let place = Place::new(db.clone());
        let mut ring = Ring { place, members: Vec::new(), asks: Vec::new() };
        for number in 0..members {
            let member = ring.place.member(&format!("Member {number}")).await;
            ring.members.push(member);
            ring.asks.push(ring.place.monthly(member).await);
            ring.allow(member).await;
        }
        ring.place.ensure().await;
        ring
    }

    async fn allow(&self, who: MemberId) {
        self.place.within(async |aid| clearing::allow(aid, who).await.unwrap()).await;
    }

    async fn refuse(&self, who: MemberId) {
        self.place.within(async |aid| clearing::refuse(aid, who).await.unwrap()).await;
    }

    async fn owes(&self, from: usize, to: usize, sum: i64, state: State) -> Commitment {
        self.place.help(self.members[from], &self.asks[to], sum, state).await
    }

    /// Everybody owes the next one so much.
    async fn owe(&self, sums: &[i64]) -> Vec<Commitment> {
        let mut all = Vec::new();
        for (from, sum) in sums.iter().enumerate() {
            all.push(self.owes(from, (from + 1) % sums.len(), *sum, Obligation).await);
        }
        all
    }

    async fn run(&self) {
        self.place.pass_at(NOTICE).await;
        self.place.pass_at(RUN).await;
    }
}

impl Place {
    async fn sum(&self, id: CommitmentId) -> (i64, State) {
        let commitment = self.commitment(id).await;
        (commitment.sum.minor(), commitment.state)
    }

    /// What was set off: of which promise, how much.
    async fn set_off(&self) -> Vec<(CommitmentId, i64)> {
        let rows = store::set_off::Entity::find().order_by_asc(store::set_off::Column::CommitmentId);
        let rows = rows.all(&self.db).await.unwrap();
        let decided: BTreeSet<ClearingId> = self.clearings().await.into_iter().map(|row| row.id).collect();
        rows.into_iter()
            .filter(|row| decided.contains(&row.clearing_id))
            .map(|row| (row.commitment_id, row.sum))
            .collect()
    }

    /// Those that count.
    async fn clearings(&self) -> Vec<store::clearing::Model> {
        let rows = store::clearing::Entity::find().all(&self.db).await.unwrap();
        rows.into_iter().filter(|row| row.kind == "month" && row.state != "running").collect()
    }

    /// How much each member owes, less what they are owed.
    async fn balances(&self) -> BTreeMap<MemberId, i64> {
        let mut balances = BTreeMap::new();
        for row in store::commitment::Entity::find().all(&self.db).await.unwrap() {
            if matches!(State::parse(&row.state).unwrap(), Obligation | Overdue) {
                *balances.entry(row.supporter_id).or_default() += row.sum;
                *balances.entry(row.receiver_id).or_default() -= row.sum;
            }
        }
        balances.retain(|_, sum| *sum != 0);
        balances
    }

    /// What waits in the outbox of this kind: to whom, and its facts.
    async fn notices(&self, kind: &str) -> Vec<(MemberId, serde_json::Value)> {
        let rows = store::outbox::Entity::find().order_by_asc(store::outbox::Column::Id).all(&self.db).await.unwrap();
        let rows = rows.into_iter().filter(|row| row.kind == kind);
        rows.map(|row| (row.recipient_id, serde_json::from_str(&row.facts).unwrap())).collect()
    }
}

/// A run up to its decision, as the calendar prepares it, but for what `meanwhile` does before that.
async fn computed(place: &Place, meanwhile: impl AsyncFn()) -> ClearingId {
    let run = place.within(async |aid| clearing::begin(aid).await.unwrap()).await;
    let (mut owed, mut after) = (Vec::<Owed>::new(), CommitmentId::BEFORE_ALL);
    while let Read::Some(more, last) =
        place.within(async |aid| clearing::read_next(aid, run, after).await.unwrap()).await
    {
        owed.extend(more);
        after = last;
    }
    let Cleared { lines, totals } = exodus::domain::clearing::clear(&owed).unwrap();
    place.within(async |aid| clearing::note_lines(aid, run, &lines).await.unwrap()).await;
    place.within(async |aid| clearing::note_totals(aid, run, totals).await.unwrap()).await;
    meanwhile().await;
    run
}

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
async fn only_what_both_sides_allow_takes_part_and_nothing_of_those_in_need_at_once() {
    on_each(async |db, _| {
        // Each pair of members owes each other, so whatever takes part is set off whole.
        let ring = Ring::of(&db, 14).await;
        let place = &ring.place;
        let mut pairs = Vec::new();
        for pair in 0..7 {
            let (one, other) = (2 * pair, 2 * pair + 1);
            pairs.push([ring.owes(one, other, 500, Obligation).await, ring.owes(other, one, 500, Obligation).await]);
        }
        // One does not allow it; one keeps it out; one is claimed; one is in need at once; one is suspended; two are left.
        ring.refuse(ring.members[1]).await;
        let (who, direct) = (ring.members[2], pairs[1][1].id);
        place.within(async |aid| clearing::keep_directly(aid, who, direct).await.unwrap()).await;
        let (who, claimed) = (ring.members[4], pairs[2][0].id);
        place.within(async |aid| aid::perform(aid, who, claimed, Deed::Claim).await.unwrap()).await;
        place.emergency(ring.members[6], 20).await;
        store::member::suspend(&db, ring.members[8], "why", place.clock.now()).await.unwrap();
        // Intentions, and what is owed to an emergency, are nothing of the kind either.
        let urgent = place.emergency(place.member("Urgent").await, 20).await;
        place.help(ring.members[0], &urgent, 500, Obligation).await;
        ring.run().await;
        for (number, pair) in pairs.iter().enumerate() {
            for one in pair {
                let (sum, state) = place.sum(one.id).await;
                let expected = match number {
                    5 | 6 => Fulfilled,
                    2 if one.id == claimed => Claimed,
                    _ => Obligation,
                };
                assert_eq!((sum, state), (500, expected), "pair {number}");
            }
        }
        assert_eq!(place.set_off().await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_set_off_that_could_not_take_part_when_its_sides_were_told() {
    on_each(async |db, _| {
        // Each pair of members owes each other, so whatever takes part is set off whole.
        let ring = Ring::of(&db, 12).await;
        let place = &ring.place;
        let mut pairs = Vec::new();
        for pair in 0..5 {
            let (one, other) = (2 * pair, 2 * pair + 1);
            pairs.push([ring.owes(one, other, 500, Obligation).await, ring.owes(other, one, 500, Obligation).await]);
        }
        // On the 20th one is in need at once, one is suspended, one does not allow it, and one promise is kept out.
        place.pass_at("2026-11-18T15:00:00Z").await;
        let urgent = place.emergency(ring.members[0], 3).await;
        store::member::suspend(&db, ring.members[2], "why", place.clock.now()).await.unwrap();
        ring.refuse(ring.members[4]).await;
        let (who, direct) = (ring.members[6], pairs[3][0].id);
        place.within(async |aid| clearing::keep_directly(aid, who, direct).await.unwrap()).await;
        place.pass_at(NOTICE).await;
        let told: Vec<MemberId> = place.notices("notice-clearing-soon").await.into_iter().map(|(to, _)| to).collect();
        assert_eq!(told, ring.members[8..10]);

        // Four days later nothing is in the way of any of it any more, and two more have promised each other.
        place.pass_at("2026-11-24T15:00:00Z").await;
        assert!(store::collection::find(&db, urgent.id).await.unwrap().is_some_and(|urgent| !urgent.is_open()));
        store::member::restore(&db, ring.members[2]).await.unwrap();
        ring.allow(ring.members[4]).await;
        place.within(async |aid| clearing::let_set_off(aid, who, direct).await.unwrap()).await;
        pairs.push([ring.owes(10, 11, 500, Obligation).await, ring.owes(11, 10, 500, Obligation).await]);
        place.pass_at(RUN).await;
        let set_off: Vec<CommitmentId> = place.set_off().await.into_iter().map(|(id, _)| id).collect();
        assert_eq!(set_off, pairs[4].clone().map(|one| one.id), "only what was told of");

        // In the next month all of them are told, and it is.
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        for one in pairs.iter().flatten() {
            let (_, state) = place.sum(one.id).await;
            assert!(matches!(state, Fulfilled | FulfilledLate), "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_consent_that_is_taken_back_counts_up_to_the_last_moment_and_what_is_overdue_takes_part() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 5).await;
        let place = &ring.place;
        let first = ring.owe(&[500, 600, 700, 800, 900]).await;
        // A smaller ring beside it: two of them owe each other.
        let back = ring.owes(1, 0, 300, Obligation).await;
        place.pass_at(NOTICE).await;
        place.set("2026-11-25T04:59:59Z");
        ring.refuse(ring.members[3]).await;
        place.pass_at(RUN).await;
        assert_eq!(place.set_off().await, [(first[0].id, 300), (back.id, 300)]);

        ring.allow(ring.members[3]).await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(place.sum(first[0].id).await, (200, Overdue));
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        assert_eq!(place.sum(first[0].id).await, (200, FulfilledLate));
        assert_eq!(place.sum(first[4].id).await, (700, Overdue));
        // What was set off in November went on as an intention, as all that is fulfilled does.
        let carried = store::commitment::by_supporter(&db, ring.members[0], &[Intention], Slice::ALL).await.unwrap();
        assert_eq!(carried.iter().map(|one| one.commitment.sum.minor()).collect::<Vec<_>>(), [300]);
    })
    .await;
}

#[tokio::test]
async fn whatever_changes_while_it_is_computed_has_it_computed_anew() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 3).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 600, 700]).await;
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let quiet = computed(place, async || {}).await;
        let acts: [&dyn Fn() -> futures::future::BoxFuture<'static, ()>; 3] = [
            &|| {
                let (place, who, id) = (place.clone(), ring.members[0], all[0].id);
                Box::pin(async move {
                    place.within(async |aid| aid::perform(aid, who, id, Deed::Claim).await.unwrap()).await;
                })
            },
            &|| {
                let (place, who) = (place.clone(), ring.members[1]);
                Box::pin(async move { place.within(async |aid| clearing::refuse(aid, who).await.unwrap()).await })
            },
            &|| {
                let (place, who, id) = (place.clone(), ring.members[2], all[2].id);
                Box::pin(async move {
                    place.within(async |aid| clearing::keep_directly(aid, who, id).await.unwrap()).await;
                })
            },
        ];
        for act in acts {
            let run = computed(place, async || act().await).await;
            assert!(!place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
        }
        assert!(
            !place.within(async |aid| clearing::decide(aid, quiet).await.unwrap()).await,
            "nor what was read before"
        );
        let anew = computed(place, async || {}).await;
        assert!(place.within(async |aid| clearing::decide(aid, anew).await.unwrap()).await);
        assert_eq!(place.set_off().await, [], "what is claimed, refused and kept out closes no ring");
    })
    .await;
}

#[tokio::test]
async fn from_the_decision_on_all_of_it_counts_whoever_comes_before_the_calendar() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 4).await;
        let place = &ring.place;
        let all = ring.owe(&[500, 600, 700, 800]).await;
        place.pass_at(NOTICE).await;
        place.set(RUN);
        let run = computed(place, async || {}).await;
        assert!(place.within(async |aid| clearing::decide(aid, run).await.unwrap()).await);
        // Nothing is carried out yet. Whoever comes finds their own promises as they are from now on.
        let who = ring.members[0];
        place.within(async |aid| clearing::carry_out_for(aid, who).await.unwrap()).await;
        assert_eq!(place.sum(all[0].id).await, (500, Fulfilled));
        assert_eq!(place.sum(all[3].id).await, (300, Obligation));
        assert_eq!(place.sum(all[1].id).await, (600, Obligation), "the others' come later");
        // It is too late to take anything back: whoever was in the middle of it is played again.
        let (late, theirs) = (ring.members[2], all[2].id);
        let tx = store::begin(&db).await.unwrap();
        let rules = place.rules();
        let at = exodus_engine::conversation::Moment {
            tx: &tx,
            now: place.clock.now(),
            chance: &exodus_engine::conversation::OsChance,
        };
        let community = aid::Community { rules: &rules, tells: &exodus::notices::Notices };
        let work = async |aid: &aid::Work<'_>| {
            // As if it had begun before the decision: nothing is carried out for them at its beginning.
            aid::perform(aid, late, theirs, Deed::Claim).await
        };
        let done = aid::unit::run(at, community, aid::By::Member(late), work).await;
        // (The beginning of a turn carries it out; what is left of the promise is claimed then.)
        assert_eq!(done.unwrap().sum.minor(), 200);
        tx.rollback().await.unwrap();
        while place.within(async |aid| clearing::carry_out_next(aid).await.unwrap()).await {}
        let states = [(500, Fulfilled), (100, Obligation), (200, Obligation), (300, Obligation)];
        for (one, expected) in all.iter().zip(states) {
            assert_eq!(place.sum(one.id).await, expected);
        }
        let journal = place.journal().await.into_iter().filter(|(what, _)| what == "set_off").count();
        assert_eq!(journal, 4, "each once");
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

#[tokio::test]
async fn a_bot_that_was_off_tells_first_and_sets_off_five_days_later_or_not_at_all() {
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        place.pass_at("2026-11-23T15:00:00Z").await;
        assert_eq!(place.notices("notice-clearing-soon").await.len(), 2);
        place.pass_at("2026-11-27T05:00:00Z").await;
        assert!(place.clearings().await.is_empty());
        place.pass_at("2026-11-28T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2);
    })
    .await;
    on_each(async |db, _| {
        let ring = Ring::of(&db, 2).await;
        let place = &ring.place;
        ring.owe(&[500, 500]).await;
        place.pass_at("2026-11-27T15:00:00Z").await;
        place.pass_at("2026-12-02T15:00:00Z").await;
        assert!(place.notices("notice-clearing-soon").await.is_empty() && place.clearings().await.is_empty());
        place.pass_at("2026-12-20T05:00:00Z").await;
        place.pass_at("2026-12-25T05:00:00Z").await;
        assert_eq!(place.set_off().await.len(), 2, "overdue by then, and told of in time");
    })
    .await;
}

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

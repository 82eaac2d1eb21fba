//! Members whose promises close a ring, and what can be seen of a clearing among them.

use std::collections::{BTreeMap, BTreeSet};

use exodus::aid::clearing::{self, Read};
use exodus::domain::State::{self, Obligation, Overdue};
use exodus::domain::{Cleared, ClearingId, Collection, Commitment, CommitmentId, MemberId, Owed};
use exodus::store;
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};

use crate::place::Place;

/// The day of the notice, and the day of the clearing.
pub const NOTICE: &str = "2026-11-20T05:00:00Z";
pub const RUN: &str = "2026-11-25T05:00:00Z";

/// Members who all ask for help, and allow clearing.
pub struct Ring {
    pub place: Place,
    pub members: Vec<MemberId>,
    pub asks: Vec<Collection>,
}

impl Ring {
    pub async fn of(db: &DatabaseConnection, members: usize) -> Ring {
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

    pub async fn allow(&self, who: MemberId) {
        self.place.within(async |aid| clearing::allow(aid, who).await.unwrap()).await;
    }

    pub async fn refuse(&self, who: MemberId) {
        self.place.within(async |aid| clearing::refuse(aid, who).await.unwrap()).await;
    }

    pub async fn owes(&self, from: usize, to: usize, sum: i64, state: State) -> Commitment {
        self.place.help(self.members[from], &self.asks[to], sum, state).await
    }

    /// Everybody owes the next one so much.
    pub async fn owe(&self, sums: &[i64]) -> Vec<Commitment> {
        let mut all = Vec::new();
        for (from, sum) in sums.iter().enumerate() {
            all.push(self.owes(from, (from + 1) % sums.len(), *sum, Obligation).await);
        }
        all
    }

    pub async fn run(&self) {
        self.place.pass_at(NOTICE).await;
        self.place.pass_at(RUN).await;
    }
}

impl Place {
    pub async fn sum(&self, id: CommitmentId) -> (i64, State) {
        let commitment = self.commitment(id).await;
        (commitment.sum.minor(), commitment.state)
    }

    /// What was set off: of which promise, how much.
    pub async fn set_off(&self) -> Vec<(CommitmentId, i64)> {
        let rows = store::set_off::Entity::find().order_by_asc(store::set_off::Column::CommitmentId);
        let rows = rows.all(&self.db).await.unwrap();
        let decided: BTreeSet<ClearingId> = self.clearings().await.into_iter().map(|row| row.id).collect();
        rows.into_iter()
            .filter(|row| decided.contains(&row.clearing_id))
            .map(|row| (row.commitment_id, row.sum))
            .collect()
    }

    /// Those that count.
    pub async fn clearings(&self) -> Vec<store::clearing::Model> {
        let rows = store::clearing::Entity::find().all(&self.db).await.unwrap();
        rows.into_iter().filter(|row| row.kind == "month" && row.state != "running").collect()
    }

    /// How much each member owes, less what they are owed.
    pub async fn balances(&self) -> BTreeMap<MemberId, i64> {
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
    pub async fn notices(&self, kind: &str) -> Vec<(MemberId, serde_json::Value)> {
        let rows = store::outbox::Entity::find().order_by_asc(store::outbox::Column::Id).all(&self.db).await.unwrap();
        let rows = rows.into_iter().filter(|row| row.kind == kind);
        rows.map(|row| (row.recipient_id, serde_json::from_str(&row.facts).unwrap())).collect()
    }
}

/// A run up to its decision, as the calendar prepares it, but for what `meanwhile` does before that.
pub async fn computed(place: &Place, meanwhile: impl AsyncFn()) -> ClearingId {
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

//! Three members in a chain of promises: Anna owes Boris, and Boris owes Clara.

use std::sync::atomic::{AtomicUsize, Ordering};

use exodus::aid::chains::{self, Answered};
use exodus::aid::{self, By, Community, Refused, Work};
use exodus::domain::chain::Stage;
use exodus::domain::{Chain, ChainId, Collection, Commitment, MemberId, Money, Refusal, State};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Clock, Fault, Moment, OsChance};
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::place::Place;

static TRIOS: AtomicUsize = AtomicUsize::new(1);

pub struct Trio {
    pub place: Place,
    pub anna: MemberId,
    pub boris: MemberId,
    pub clara: MemberId,
    /// What Boris asks for, and Clara.
    pub boris_asks: Collection,
    pub clara_asks: Collection,
    /// What Anna has promised Boris, and Boris Clara.
    pub first: Commitment,
    pub second: Commitment,
}

impl Trio {
    pub async fn owing(db: &DatabaseConnection, first: (i64, State), second: (i64, State)) -> Trio {
        let place = Place::new(db.clone());
        // There may be several on one database.
        let number = TRIOS.fetch_add(1, Ordering::Relaxed);
        let name = |name: &str| format!("{name} {number}");
        let anna = place.member(&name("Anna")).await;
        let boris = place.member(&name("Boris")).await;
        let clara = place.member(&name("Clara")).await;
        let (boris_asks, clara_asks) = (place.monthly(boris).await, place.monthly(clara).await);
        let first = place.help(anna, &boris_asks, first.0, first.1).await;
        let second = place.help(boris, &clara_asks, second.0, second.1).await;
        place.ensure().await;
        Trio { place, anna, boris, clara, boris_asks, clara_asks, first, second }
    }

    /// Anna owes 60.00, and Boris 40.00.
    pub async fn of(db: &DatabaseConnection) -> Trio {
        Trio::owing(db, (6_000, State::Obligation), (4_000, State::Obligation)).await
    }

    pub async fn offers(&self, sum: i64) -> Result<ChainId, Refusal> {
        let (first, second) = (self.first.id, self.second.id);
        self.does(self.boris, async |aid| chains::offer(aid, self.boris, first, second, Money::from_minor(sum)).await)
            .await
    }

    pub async fn says(&self, who: MemberId, chain: ChainId, agrees: bool) -> Result<Answered, Refusal> {
        self.does(who, async |aid| chains::answer(aid, who, chain, agrees).await).await
    }

    /// All of it: offered, and agreed to by both.
    pub async fn passes_on(&self, sum: i64) -> Answered {
        let chain = self.offers(sum).await.unwrap();
        assert_eq!(self.says(self.anna, chain, true).await.unwrap().stage, Stage::Agreed);
        self.says(self.clara, chain, true).await.unwrap()
    }

    pub async fn chain(&self, id: ChainId) -> Chain {
        store::chain::find(&self.place.db, id).await.unwrap().unwrap()
    }

    pub async fn stage(&self, id: ChainId) -> Stage {
        self.chain(id).await.stage
    }

    /// Somebody does something in a turn of theirs: with tries, and nothing is kept of what a rule refuses.
    pub async fn does<T>(
        &self,
        who: MemberId,
        work: impl AsyncFn(&Work<'_>) -> Result<T, Refused>,
    ) -> Result<T, Refusal> {
        does(&self.place, who, work).await
    }

    /// Sum and state of a promise.
    pub async fn now(&self, one: &Commitment) -> (i64, State) {
        let one = self.place.commitment(one.id).await;
        (one.sum.minor(), one.state)
    }

    /// All records that there are: from whom, to whom, how much, in which state.
    pub async fn records(&self) -> Vec<(MemberId, MemberId, i64, State)> {
        let rows = store::commitment::Entity::find().all(&self.place.db).await.unwrap();
        let row = |row: store::commitment::Model| {
            (row.supporter_id, row.receiver_id, row.sum, State::parse(&row.state).unwrap())
        };
        let mut rows: Vec<_> = rows.into_iter().map(row).collect();
        rows.sort_unstable();
        rows
    }

    /// Who was told what of chains, in its order.
    pub async fn told(&self) -> Vec<(MemberId, String)> {
        let told = self.place.told().await.into_iter();
        let of_chains = told.filter_map(|(to, kind)| Some((to, kind.strip_prefix("notice-chain-")?.to_owned())));
        of_chains.collect()
    }
}

/// A turn of this member in this process.
pub async fn does<T>(
    place: &Place,
    who: MemberId,
    work: impl AsyncFn(&Work<'_>) -> Result<T, Refused>,
) -> Result<T, Refusal> {
    loop {
        let rules = place.rules();
        let tx = store::begin(&place.db).await.unwrap();
        let at = Moment { tx: &tx, now: place.clock.now(), chance: &OsChance };
        let community = Community { rules: &rules, tells: &Notices };
        match aid::unit::run(at, community, By::Member(who), async |aid| work(aid).await).await {
            Ok(done) => match tx.commit().await {
                Ok(()) => return Ok(done),
                Err(error) => assert!(Fault::from(error).to_string().contains("same records")),
            },
            Err(Refused::Rule(refusal)) => {
                tx.rollback().await.unwrap();
                return Err(refusal);
            }
            Err(Refused::Fault(Fault::Raced)) => tx.rollback().await.unwrap(),
            Err(Refused::Fault(fault)) => panic!("{fault}"),
        }
    }
}

//! Parts of a promise, and confirmations that are taken back: by the use cases, over the end of a month.

use exodus::aid::{self, Refused};
use exodus::domain::State::*;
use exodus::domain::{Collection, CommitmentId, Deed, MemberId, Money, Note, Refusal, Role, State};
use exodus::store::{self, Slice};

use crate::place::{Place, month, november};
use crate::support::database::on_each;

/// Boris owes Anna 100 for November.
struct Promise {
    place: Place,
    anna: MemberId,
    boris: MemberId,
    fund: Collection,
    owed: CommitmentId,
}

impl Promise {
    async fn at(place: Place) -> Promise {
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let fund = place.monthly(anna).await;
        let owed = place.help(boris, &fund, 100, Obligation).await.id;
        place.ensure().await;
        Promise { place, anna, boris, fund, owed }
    }

    async fn claims(&self, sum: i64) -> Result<CommitmentId, Refused> {
        let sum = Money::from_minor(sum);
        let done = self.place.within(async |aid| aid::claim(aid, self.boris, self.owed, sum, None).await).await;
        done.map(|claim| claim.id)
    }

    async fn does(&self, who: MemberId, id: CommitmentId, deed: Deed) -> Result<CommitmentId, Refused> {
        self.place.within(async |aid| aid::perform(aid, who, id, deed).await).await.map(|now| now.id)
    }

    async fn is(&self, id: CommitmentId) -> (State, i64) {
        let now = self.place.commitment(id).await;
        (now.state, now.sum.minor())
    }

    async fn missing(&self) -> i64 {
        let totals = store::commitment::totals(&self.place.db, &self.fund, november()).await.unwrap();
        totals.missing(self.fund.target).minor()
    }

    /// Kinds of what was told since so many notices.
    async fn told(&self, since: usize) -> Vec<(MemberId, String)> {
        self.place.told().await.split_off(since)
    }
}

#[tokio::test]
async fn a_part_is_confirmed_and_the_rest_is_still_owed() {
    on_each(async |db, _| {
        let it = Promise::at(Place::new(db)).await;
        let before = it.missing().await;
        let note = Note::read("10 kg of potatoes").unwrap();
        it.place.within(async |aid| aid::note(aid, it.boris, it.owed, Some(&note)).await.unwrap()).await;
        let part = it.claims(40).await.unwrap();
        assert_eq!((it.is(part).await, it.is(it.owed).await), ((Claimed, 40), (Obligation, 60)));
        assert_eq!(it.missing().await, before);
        let notes = store::commitment::notes_of(&it.place.db, [part, it.owed]).await.unwrap();
        assert_eq!(notes.len(), 2, "a part of potatoes is potatoes");
        assert_eq!(it.told(0).await, [(it.anna, "notice-claimed-part".to_owned())]);
        // More than is left is not given.
        let owed = Money::from_minor(60);
        assert!(
            matches!(it.claims(61).await, Err(Refused::Rule(Refusal::MoreThanOwed { owed: left })) if left == owed)
        );
        it.does(it.anna, part, Deed::Confirm).await.unwrap();
        assert_eq!((it.is(part).await, it.is(it.owed).await), ((Fulfilled, 40), (Obligation, 60)));
        assert_eq!(it.missing().await, before);

        // The month ends: what came is intended again, and the rest is overdue.
        it.place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(it.is(it.owed).await, (Overdue, 60));
        let carried = store::commitment::live_of(&it.place.db, it.fund.id, it.boris).await.unwrap().unwrap();
        assert_eq!((carried.state, carried.sum.minor(), carried.month), (Intention, 40, month(202_612)));

        // Of what is overdue a part can be given too.
        let late = it.claims(15).await.unwrap();
        assert_eq!((it.is(late).await, it.is(it.owed).await), ((OverdueClaimed, 15), (Overdue, 45)));
        it.does(it.anna, late, Deed::Confirm).await.unwrap();
        let kept = store::commitment::reliability(&it.place.db, it.boris).await.unwrap();
        assert_eq!((kept.fulfilled, kept.fulfilled_late, kept.overdue), (0, 0, 1), "one promise is one");
        it.does(it.boris, it.owed, Deed::Claim).await.unwrap();
        it.does(it.anna, it.owed, Deed::Confirm).await.unwrap();
        let kept = store::commitment::reliability(&it.place.db, it.boris).await.unwrap();
        assert_eq!((kept.fulfilled, kept.fulfilled_late, kept.overdue), (0, 1, 0));
        let archive = store::commitment::by_supporter(
            &it.place.db,
            it.boris,
            aid::List::Given.states(),
            Slice { skip: 0, take: 9 },
        );
        let archive: Vec<i64> = archive.await.unwrap().iter().map(|one| one.commitment.sum.minor()).collect();
        assert_eq!(archive, [15, 45, 40], "of a month what was settled last comes first");
    })
    .await;
}

#[tokio::test]
async fn a_part_that_has_not_come_is_owed_together_with_the_rest() {
    on_each(async |db, _| {
        let it = Promise::at(Place::new(db)).await;
        for (who, deed, told) in [
            (it.anna, Deed::NotReceived, (it.boris, "notice-not-received-part")),
            (it.boris, Deed::TakeBack, (it.anna, "notice-taken-back-part")),
        ] {
            let part = it.claims(40).await.unwrap();
            let before = it.place.told().await.len();
            assert_eq!(it.does(who, part, deed).await.unwrap(), it.owed);
            assert_eq!((it.is(part).await, it.is(it.owed).await), ((Merged, 40), (Obligation, 100)));
            assert_eq!(it.told(before).await, [(told.0, told.1.to_owned())]);
            let leads = it.place.commitment(part).await;
            let whole = it.place.within(async |aid| aid::whole(aid, who, &leads).await.unwrap()).await;
            assert_eq!(whole, Some(it.owed));
        }
        // When nothing is left beside it, it is owed by itself; and takes up what comes back then.
        let part = it.claims(40).await.unwrap();
        it.does(it.boris, it.owed, Deed::Claim).await.unwrap();
        assert_eq!(it.does(it.anna, part, Deed::NotReceived).await.unwrap(), part);
        assert_eq!(it.does(it.anna, it.owed, Deed::NotReceived).await.unwrap(), part);
        assert_eq!((it.is(part).await, it.is(it.owed).await), ((Obligation, 100), (Merged, 60)));
        let tallies = store::commitment::tallies(&it.place.db, it.boris).await.unwrap();
        assert_eq!(tallies.sum(Role::Supporter, &[Obligation, Claimed]).minor(), 100);
    })
    .await;
}

#[tokio::test]
async fn a_confirmation_that_is_taken_back_waits_again_for_a_day_only() {
    on_each(async |db, _| {
        let it = Promise::at(Place::new(db)).await;
        it.does(it.boris, it.owed, Deed::Claim).await.unwrap();
        it.does(it.anna, it.owed, Deed::Confirm).await.unwrap();
        let before = it.place.told().await.len();
        it.does(it.anna, it.owed, Deed::TakeConfirmationBack).await.unwrap();
        assert_eq!(it.is(it.owed).await, (Claimed, 100));
        assert_eq!(it.told(before).await, [(it.boris, "notice-confirmation-taken-back".to_owned())]);
        it.does(it.anna, it.owed, Deed::Confirm).await.unwrap();
        it.place.set("2026-11-11T12:00:00Z");
        let late = it.does(it.anna, it.owed, Deed::TakeConfirmationBack).await;
        assert!(matches!(late, Err(Refused::Rule(Refusal::TooLate))), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn beside_a_new_intention_or_after_the_end_a_confirmation_stays() {
    on_each(async |db, _| {
        let it = Promise::at(Place::new(db)).await;
        it.does(it.boris, it.owed, Deed::Claim).await.unwrap();
        it.does(it.anna, it.owed, Deed::Confirm).await.unwrap();
        let new = it.place.help(it.boris, &it.fund, 30, Intention).await.id;
        let refused = it.does(it.anna, it.owed, Deed::TakeConfirmationBack).await;
        assert!(matches!(refused, Err(Refused::Rule(Refusal::HelpsAnew))), "{refused:?}");
        // A promise takes up what has not come.
        it.does(it.boris, new, Deed::Promise).await.unwrap();
        it.does(it.anna, it.owed, Deed::TakeConfirmationBack).await.unwrap();
        assert_eq!(it.does(it.anna, it.owed, Deed::NotReceived).await.unwrap(), new);
        assert_eq!((it.is(it.owed).await, it.is(new).await), ((Merged, 100), (Obligation, 130)));
        it.does(it.boris, new, Deed::Claim).await.unwrap();
        it.does(it.anna, new, Deed::Confirm).await.unwrap();
        it.place.within(async |aid| aid::end(aid, it.anna, it.fund.id).await.unwrap()).await;
        let refused = it.does(it.anna, new, Deed::TakeConfirmationBack).await;
        assert!(matches!(refused, Err(Refused::Rule(Refusal::Ended))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_waits_again_of_a_month_that_is_over_is_overdue() {
    on_each(async |db, _| {
        let it = Promise::at(Place::new(db)).await;
        it.does(it.boris, it.owed, Deed::Claim).await.unwrap();
        it.place.set("2026-11-30T20:00:00Z");
        it.does(it.anna, it.owed, Deed::Confirm).await.unwrap();
        it.place.pass_at("2026-12-01T00:00:00Z").await;
        let carried = store::commitment::live_of(&it.place.db, it.fund.id, it.boris).await.unwrap().unwrap();
        it.place.set("2026-12-01T10:00:00Z");
        it.does(it.anna, it.owed, Deed::TakeConfirmationBack).await.unwrap();
        assert_eq!(it.place.state(it.owed).await, (OverdueClaimed, 202_611));
        assert_eq!(it.is(carried.id).await, (Intention, 100), "what is intended now stays");
        it.does(it.anna, it.owed, Deed::NotReceived).await.unwrap();
        assert_eq!(it.is(it.owed).await, (Overdue, 100));
    })
    .await;
}

#[tokio::test]
async fn of_an_emergency_what_waits_again_counts_in_the_month_that_it_is() {
    on_each(async |db, _| {
        let place = Place::new(db);
        let (anna, boris) = (place.member("Anna").await, place.member("Boris").await);
        let sos = place.emergency(anna, 31).await;
        let owed = place.help(boris, &sos, 100, Obligation).await.id;
        place.ensure().await;
        let does = async |who, deed| place.within(async |aid| aid::perform(aid, who, owed, deed).await.unwrap()).await;
        does(boris, Deed::Claim).await;
        place.set("2026-11-30T20:00:00Z");
        does(anna, Deed::Confirm).await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        place.set("2026-12-01T10:00:00Z");
        does(anna, Deed::TakeConfirmationBack).await;
        assert_eq!(place.state(owed).await, (Claimed, 202_612));
        // Confirmed again, it covers what it is; and an emergency that it covers is over.
        place.within(async |aid| aid::change_sum(aid, anna, sos.id, Money::from_minor(100)).await.unwrap()).await;
        does(anna, Deed::Confirm).await;
        let refused = place.within(async |aid| aid::perform(aid, anna, owed, Deed::TakeConfirmationBack).await).await;
        assert!(matches!(refused, Err(Refused::Rule(Refusal::Ended))), "{refused:?}");
    })
    .await;
}

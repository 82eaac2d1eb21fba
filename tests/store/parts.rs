//! Parts of a promise, what is said about help, and what each month comes to.

use exodus::domain::{Commitment, CommitmentId, MemberId, Money, Part, Role, State};
use exodus::store::commitment::{self, OfMonth, Reliability};
use exodus::store::{self, Slice, is_unique_violation};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::community::{become_of, emergency, help, help_of, member, month_began, monthly, noon, november, october};
use crate::support::database::on_each;

/// Claims so much of what is owed, as the use case does.
async fn part(db: &DatabaseConnection, owed: &mut Commitment, sum: i64, state: State) -> Commitment {
    owed.sum = Money::from_minor(owed.sum.minor() - sum);
    assert!(commitment::update(db, owed, owed.state, noon(3)).await.unwrap());
    let part = Part { sum: Money::from_minor(sum), state, of: owed.part_of.unwrap_or(owed.id) };
    commitment::insert_part(db, owed, part, None, noon(3)).await.unwrap()
}

#[tokio::test]
async fn beside_an_obligation_stand_claims_and_no_second_obligation() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let fund = monthly(&db, anna).await;
        let mut owed = help(&db, boris, &fund, 100, State::Obligation).await;
        let first = part(&db, &mut owed, 40, State::Claimed).await;
        let second = part(&db, &mut owed, 10, State::Claimed).await;
        assert_eq!(commitment::find(&db, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!((first.part_of, second.part_of), (Some(owed.id), Some(owed.id)));
        assert_eq!(commitment::live_of(&db, fund.id, boris).await.unwrap(), Some(owed.clone()));
        assert_eq!(commitment::beside(&db, &first).await.unwrap(), Some(owed.clone()));
        let totals = commitment::totals(&db, &fund, november()).await.unwrap();
        assert_eq!((totals.obligations.minor(), totals.claims.minor()), (50, 50));
        let circle = commitment::circle_page(&db, &fund, month_began(), Slice::ALL).await.unwrap();
        assert_eq!(circle[0].1.iter().map(|one| one.sum.minor()).collect::<Vec<_>>(), [10, 40, 50]);
        // The database itself holds that one thing is owed at a time.
        let again = format!("UPDATE commitment SET state = 'obligation' WHERE id = {}", first.id);
        assert!(is_unique_violation(&db.execute_unprepared(&again).await.unwrap_err()));
        // When all is claimed, the newest claim is what there is.
        let owed = become_of(&db, owed, State::Claimed, noon(4)).await;
        assert_eq!(commitment::beside(&db, &first).await.unwrap(), None);
        assert_eq!(commitment::live_of(&db, fund.id, boris).await.unwrap(), Some(second.clone()));
        // A part is nothing that was declared.
        let newest = commitment::newest_of(&db, fund.id, boris).await.unwrap();
        assert_eq!(newest.map(|newest| newest.id), Some(owed.id));
        assert!(commitment::newest_of_each(&db, boris, [fund.id]).await.unwrap().contains(&owed.id));
    })
    .await;
}

#[tokio::test]
async fn beside_something_overdue_matters_what_else_is_overdue_of_the_same_promise() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let fund = monthly(&db, anna).await;
        let other = help_of(&db, boris, &fund, 70, State::Overdue, october()).await;
        let mut owed = help_of(&db, boris, &fund, 100, State::Overdue, october()).await;
        let claim = part(&db, &mut owed, 40, State::OverdueClaimed).await;
        help(&db, boris, &fund, 30, State::Obligation).await;
        assert_eq!(commitment::beside(&db, &claim).await.unwrap(), Some(owed.clone()));
        assert_eq!(commitment::beside(&db, &Commitment { state: State::OverdueClaimed, ..other }).await.unwrap(), None);
        let merged = become_of(&db, claim, State::Merged, noon(5)).await;
        let whole = commitment::whole(&db, &merged).await.unwrap();
        assert!(whole.is_some_and(|whole| matches!(whole.state, State::Obligation | State::Overdue)));
    })
    .await;
}

#[tokio::test]
async fn a_confirmation_that_is_taken_back_leaves_when_it_was_claimed() {
    use sea_orm::EntityTrait;
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let mut now = help(&db, boris, &monthly(&db, anna).await, 100, State::Obligation).await;
        for (day, state, claimed, settled) in [
            (4, State::Claimed, Some(4), None),
            (5, State::Fulfilled, Some(4), Some(5)),
            (6, State::Claimed, Some(4), None),
            (7, State::Fulfilled, Some(4), Some(7)),
            (8, State::OverdueClaimed, Some(4), None),
        ] {
            now = become_of(&db, now, state, noon(day)).await;
            let row = commitment::Entity::find_by_id(now.id).one(&db).await.unwrap().unwrap();
            assert_eq!((row.claimed_at, row.settled_at), (claimed.map(noon), settled.map(noon)), "{state:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_parts_of_a_promise_are_one_promise() {
    use State::{Claimed, Forgiven, Fulfilled, FulfilledLate, Merged, Obligation, Overdue, OverdueClaimed};
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let fund = monthly(&db, anna).await;
        let reliability = |fulfilled, fulfilled_late, overdue| Reliability { fulfilled, fulfilled_late, overdue };
        for (number, (parts, rest, expected)) in [
            (vec![Fulfilled], Fulfilled, reliability(1, 0, 0)),
            (vec![Fulfilled, Fulfilled], FulfilledLate, reliability(0, 1, 0)),
            (vec![Fulfilled], Overdue, reliability(0, 0, 1)),
            (vec![Fulfilled, OverdueClaimed], Overdue, reliability(0, 0, 1)),
            (vec![Fulfilled], Forgiven, reliability(1, 0, 0)),
            (vec![Forgiven], Forgiven, reliability(0, 0, 0)),
            (vec![Merged], Fulfilled, reliability(1, 0, 0)),
            // It is kept when nothing of it is left.
            (vec![Fulfilled], Obligation, reliability(0, 0, 0)),
            (vec![Fulfilled], Claimed, reliability(0, 0, 0)),
        ]
        .into_iter()
        .enumerate()
        {
            let helper = member(&db, &format!("Helper {number}")).await;
            let mut owed = help(&db, helper, &fund, 100, Obligation).await;
            for state in &parts {
                let claim = part(&db, &mut owed, 10, Claimed).await;
                become_of(&db, claim, *state, noon(4)).await;
            }
            become_of(&db, owed, rest, noon(5)).await;
            assert_eq!(commitment::reliability(&db, helper).await.unwrap(), expected, "{parts:?}, {rest:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_month_is_added_up_and_listed_from_the_latest_on() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let (fund, sos) = (monthly(&db, anna).await, emergency(&db, anna).await);
        let mut boris = Vec::new();
        let one = member(&db, "Boris").await;
        for (to, sum, state, month) in [
            (&fund, 1, State::Fulfilled, november()),
            (&fund, 2, State::FulfilledLate, october()),
            (&sos, 4, State::Fulfilled, october()),
            (&fund, 8, State::Fulfilled, november()),
            (&fund, 16, State::Overdue, october()),
            (&fund, 32, State::Obligation, november()),
        ] {
            boris.push(help_of(&db, one, to, sum, state, month).await.id);
        }
        let done = [State::Fulfilled, State::FulfilledLate];
        let of = |month, count, sum| OfMonth { month, count, sum: Money::from_minor(sum) };
        for (who, side) in [(one, Role::Supporter), (anna, Role::Receiver)] {
            let months = |from, to| commitment::by_month(&db, who, side, &done, from..=to);
            let both = [of(november(), 2, 9), of(october(), 2, 6)];
            assert_eq!(months(october(), november()).await.unwrap(), both);
            assert_eq!(months(november(), november()).await.unwrap(), both[..1]);
            let tallies = commitment::tallies(&db, who).await.unwrap();
            let only: Vec<Option<CommitmentId>> =
                [&done[..], &[State::Overdue], &[State::Claimed], &[State::Obligation, State::Intention]]
                    .map(|states| tallies.only(side, states))
                    .to_vec();
            assert_eq!(only, [None, Some(boris[4]), None, Some(boris[5])]);
        }
        let listed = commitment::by_receiver(&db, anna, &done, Slice::ALL).await.unwrap();
        let ids: Vec<CommitmentId> = listed.iter().map(|one| one.commitment.id).collect();
        assert_eq!(ids, [boris[3], boris[0], boris[2], boris[1]], "the latest month first, and of it the newest");
        let second = commitment::by_receiver(&db, anna, &done, Slice { skip: 1, take: 2 }).await.unwrap();
        assert_eq!(second, listed[1..3]);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_about_help_is_kept_beside_it() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let helps: MemberId = boris;
        let one = help(&db, helps, &monthly(&db, anna).await, 100, State::Fulfilled).await;
        let other = help(&db, helps, &emergency(&db, anna).await, 100, State::Obligation).await;
        commitment::set_note(&db, one.id, Some("10 kg of potatoes")).await.unwrap();
        let notes = commitment::notes_of(&db, [one.id, other.id]).await.unwrap();
        assert_eq!(
            notes.into_iter().map(|(id, note)| (id, note.as_str().to_owned())).collect::<Vec<_>>(),
            [(one.id, "10 kg of potatoes".to_owned())]
        );
        let listed = commitment::by_supporter(&db, boris, &State::ALL, Slice::ALL).await.unwrap();
        assert_eq!(listed.iter().filter_map(|one| one.note.as_ref()).count(), 1);
        commitment::set_note(&db, one.id, None).await.unwrap();
        assert!(store::commitment::notes_of(&db, [one.id]).await.unwrap().is_empty());
    })
    .await;
}

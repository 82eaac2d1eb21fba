//! Members with their accounts, and the collections that they open.

use exodus::domain::{Collection, Ending, MemberId, Money};
use exodus::store;

use crate::community::{emergency, member, monthly, noon};
use crate::support::database::on_each;

#[tokio::test]
async fn an_account_leads_to_its_member_and_can_become_unreachable() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let (account, found) = store::account::find_by_account(&db, "terminal", "Anna").await.unwrap().unwrap();
        assert_eq!((account.person_id, found.id), (anna, anna));
        assert_eq!(store::account::find_by_account(&db, "matrix", "Anna").await.unwrap(), None);

        store::person::set_lang(&db, [anna], "ru").await.unwrap();
        store::member::set_name(&db, anna, "Анна 🌻").await.unwrap();
        let found = store::member::find(&db, anna).await.unwrap().unwrap();
        assert_eq!(found.name, "Анна 🌻");
        assert_eq!(store::person::find(&db, anna).await.unwrap().unwrap().lang, "ru");
        assert_eq!(store::member::names(&db, [anna, MemberId::new(99)]).await.unwrap().len(), 1);

        store::account::mark_unreachable(&db, account.id, noon(3)).await.unwrap();
        assert_eq!(store::account::reachable_account(&db, anna).await.unwrap(), None);
        store::account::mark_reachable(&db, account.id).await.unwrap();
        assert_eq!(store::account::reachable_account(&db, anna).await.unwrap(), Some(account));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_written_to_at_the_account_they_chose_or_else_at_their_oldest() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let boris = member(&db, "Boris").await;
        let oldest = store::account::of_person(&db, anna).await.unwrap().remove(0);
        let chosen = store::account::insert(&db, anna, "matrix", "@anna:example.org", noon(2)).await.unwrap();
        let written_to = async || store::account::reachable_account(&db, anna).await.unwrap().map(|account| account.id);
        assert_eq!(written_to().await, Some(oldest.id));
        store::person::set_written_to(&db, anna, chosen.id).await.unwrap();
        assert_eq!(written_to().await, Some(chosen.id));
        store::account::mark_unreachable(&db, chosen.id, noon(3)).await.unwrap();
        assert_eq!(written_to().await, Some(oldest.id));
        store::account::mark_unreachable(&db, oldest.id, noon(3)).await.unwrap();
        assert_eq!(written_to().await, None);
        // What is somebody else's is nobody's choice.
        let theirs = store::account::of_person(&db, boris).await.unwrap().remove(0);
        store::person::set_written_to(&db, anna, theirs.id).await.unwrap();
        assert_eq!(written_to().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_collection_is_opened_changed_and_ended_once() {
    on_each(async |db, _| {
        let (anna, boris) = (member(&db, "Anna").await, member(&db, "Boris").await);
        let (month, sos) = (monthly(&db, anna).await, emergency(&db, anna).await);
        assert_eq!(store::collection::open_of(&db, anna).await.unwrap(), [month.clone(), sos.clone()]);
        let of_both = store::collection::open_of_many(&db, [anna, boris]).await.unwrap();
        assert_eq!(of_both.keys().collect::<Vec<_>>(), [&anna]);

        assert!(store::collection::set_target(&db, sos.id, Money::from_minor(7)).await.unwrap());
        assert!(store::collection::set_date(&db, sos.id, noon(25).date_naive()).await.unwrap());
        assert!(store::collection::end(&db, sos.id, Ending::Covered, noon(3)).await.unwrap());
        assert!(!store::collection::end(&db, sos.id, Ending::Ended, noon(4)).await.unwrap());
        assert!(!store::collection::set_target(&db, sos.id, Money::from_minor(8)).await.unwrap());

        let expected = Collection {
            target: Money::from_minor(7),
            ends_on: Some(noon(25).date_naive()),
            ended: Some(Ending::Covered),
            ..sos.clone()
        };
        assert_eq!(store::collection::find(&db, sos.id).await.unwrap(), Some(expected.clone()));
        assert_eq!(store::collection::find_locked(&db, sos.id).await.unwrap(), Some(expected));
        assert_eq!(store::collection::open_of(&db, anna).await.unwrap(), [month]);
        emergency(&db, anna).await;
    })
    .await;
}

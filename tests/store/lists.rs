//! Many commitments at once: lists, counts and sums.

use exodus::domain::{CollectionKind, Money, Role, State, Totals};
use exodus::store::{self, Slice};

use crate::community::{emergency, help, help_of, member, monthly, noon, november, october};
use crate::support::database::on_each;

const ALL: Slice = Slice { skip: 0, take: 100 };

#[tokio::test]
async fn totals_lists_and_tallies_agree() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let fund = monthly(&db, anna).await;
        let sos = emergency(&db, anna).await;
        let mut helpers = Vec::new();
        for (name, sum, state, month) in [
            ("Boris", 100, State::Intention, november()),
            ("Vera", 200, State::Obligation, november()),
            ("Gleb", 400, State::Claimed, november()),
            ("Dina", 800, State::Fulfilled, november()),
            ("Egor", 1600, State::Overdue, october()),
            ("Zoya", 3200, State::Fulfilled, october()),
            ("Ivan", 6400, State::Withdrawn, november()),
        ] {
            let helper = member(&db, name).await;
            help_of(&db, helper, &fund, sum, state, month).await;
            helpers.push(helper);
        }
        let again = help(&db, helpers[3], &fund, 5, State::Intention).await;
        help_of(&db, helpers[0], &sos, 9, State::Fulfilled, october()).await;

        let money = Money::from_minor;
        let expected = Totals {
            intentions: money(105),
            obligations: money(200),
            claims: money(400),
            fulfilled: money(800),
            fulfilled_by: 1,
        };
        assert_eq!(store::commitment::totals(&db, &fund, november()).await.unwrap(), expected);
        let both = store::commitment::totals_of(&db, [fund.id, sos.id], november()).await.unwrap();
        assert_eq!(both[&fund.id], expected);
        assert_eq!(both[&sos.id], Totals { fulfilled: money(9), fulfilled_by: 1, ..Totals::default() });

        let tallies = store::commitment::tallies(&db, anna).await.unwrap();
        let live = [State::Intention, State::Obligation, State::Claimed];
        assert_eq!(tallies.count(Role::Receiver, &live), 4);
        assert_eq!(tallies.sum(Role::Receiver, &live), money(705));
        assert_eq!(tallies.count(Role::Supporter, &State::ALL), 0);
        assert_eq!(
            store::commitment::tallies(&db, helpers[0]).await.unwrap().sum(Role::Supporter, &State::ALL),
            money(109)
        );

        let in_favour = store::commitment::by_receiver(&db, anna, &live, ALL).await.unwrap();
        let names: Vec<&str> = in_favour.iter().map(|listed| listed.name.as_str()).collect();
        assert_eq!(names, ["Dina", "Gleb", "Vera", "Boris"]);
        assert_eq!(in_favour[0].commitment, again);
        let second = Slice { skip: 1, take: 2 };
        assert_eq!(store::commitment::by_receiver(&db, anna, &live, second).await.unwrap(), in_favour[1..3]);
        assert_eq!(store::commitment::of_collection(&db, fund.id, &live, ALL).await.unwrap(), in_favour);
        let by_boris = store::commitment::by_supporter(&db, helpers[0], &State::ALL, ALL).await.unwrap();
        let seen: Vec<_> = by_boris.iter().map(|listed| (listed.name.as_str(), listed.kind)).collect();
        // The help to the emergency is of October.
        assert_eq!(seen, [("Anna", CollectionKind::Monthly), ("Anna", CollectionKind::Emergency)]);

        assert_eq!(store::commitment::live_of(&db, fund.id, helpers[3]).await.unwrap(), Some(again.clone()));
        assert_eq!(store::commitment::live_of(&db, fund.id, helpers[6]).await.unwrap(), None);

        let ended = store::commitment::end_for_collection(&db, fund.id, State::Intention, State::Cancelled, noon(9))
            .await
            .unwrap();
        let states: Vec<_> = ended.iter().map(|ended| (ended.supporter, ended.state)).collect();
        assert_eq!(states, [(helpers[0], State::Cancelled), (helpers[3], State::Cancelled)]);
    })
    .await;
}

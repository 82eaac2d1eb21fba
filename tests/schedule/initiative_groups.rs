//! The group chats of an initiative: who binds one, what is told there, and how it ends.

use exodus::aid;
use exodus::aid::initiatives::{self, InitiativeBound};
use exodus::domain::initiative::Words;
use exodus::domain::{CollectionId, Deed, GroupOf, Money};
use exodus::store;
use exodus_engine::conversation::Group;
use exodus_engine::id::PersonId;
use sea_orm::EntityTrait;

use crate::initiatives::{Well, proposed};
use crate::support::database::on_each;

impl Well {
    async fn binds(&self, who: usize, address: &str, named: Option<CollectionId>) -> InitiativeBound {
        let group = Group { address, place: None, bound: None, number: None };
        let (who, at) = (self.members[who], ("terminal", group));
        self.place.within(async |aid| initiatives::bind_initiative(aid, who, named, at, "en").await.unwrap()).await
    }

    /// As whom the groups of this initiative are written to.
    async fn groups(&self, id: CollectionId) -> Vec<PersonId> {
        let found = store::group::of(&self.place.db, [GroupOf::Initiative(id)]).await.unwrap();
        found.into_iter().map(|(_, chat)| chat.reader).collect()
    }

    /// What was told there, but for the card.
    async fn posts(&self, group: PersonId) -> Vec<String> {
        let told = self.place.told().await.into_iter();
        told.filter(|(to, kind)| *to == group && kind != GroupOf::INITIATIVE).map(|(_, kind)| kind).collect()
    }
}

#[tokio::test]
async fn whoever_proposes_an_initiative_binds_a_group_to_it_and_nobody_else() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        assert_eq!(well.binds(1, "-1", None).await, InitiativeBound::NoneOpen);
        assert_eq!(well.binds(1, "-1", Some(well.id)).await, InitiativeBound::NoneOpen);
        assert_eq!(well.binds(0, "-1", None).await, InitiativeBound::Bound);
        assert_eq!(well.groups(well.id).await.len(), 1);
        // With two of them, which one has to be said.
        let (other, _) = proposed(&well.place, well.members[0], 500, 10).await.unwrap();
        assert_eq!(well.binds(0, "-2", None).await, InitiativeBound::Several);
        assert_eq!(well.binds(0, "-2", Some(other)).await, InitiativeBound::Bound);
        assert_eq!(well.groups(other).await.len(), 1);
        // One that is over is bound to no group any more, and stays where it is.
        well.cancels(0).await.unwrap();
        assert_eq!(well.binds(0, "-3", Some(well.id)).await, InitiativeBound::NoneOpen);
        assert_eq!(well.groups(well.id).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn its_group_reads_what_happens_and_not_who_votes() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        well.binds(0, "-1", None).await;
        let group = well.groups(well.id).await[0];
        let (anna, id) = (well.members[0], well.id);
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 1_000).await.unwrap());
        well.does(2, &two, Deed::Change(Money::from_minor(2_000))).await.unwrap();
        let words = Words::read("It has a place").unwrap();
        well.place.within(async |aid| initiatives::tell_voters(aid, anna, id, &words).await.unwrap()).await;
        well.prolongs(0, 20).await.unwrap();
        well.lowers(0, 8_000).await.unwrap();
        well.place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::FulfilNow).await.unwrap();
        well.does(0, &one, Deed::Confirm).await.unwrap();
        well.does(2, &two, Deed::Promise).await.ok();
        well.place.pass_at("2026-11-18T00:00:00Z").await;
        let told = [
            "group-initiative-vote",
            "group-initiative-vote",
            "group-initiative-news",
            "group-initiative-prolonged",
            "group-initiative-lowered",
            "group-initiative-reached",
            "group-initiative-given",
            "group-initiative-promise",
            "group-initiative-promised",
        ];
        assert_eq!(well.posts(group).await, told);
        // None of the facts of any of these names anybody.
        let rows = store::outbox::Entity::find().all(&well.place.db).await.unwrap();
        for row in rows.iter().filter(|row| row.recipient_id == group) {
            assert!(!row.facts.contains("member"), "{}", row.facts);
        }
        // What is given later is counted on the card, which stays.
        well.does(2, &two, Deed::Claim).await.unwrap();
        well.does(0, &two, Deed::Confirm).await.unwrap();
        assert_eq!(well.posts(group).await.last().map(String::as_str), Some("group-initiative-given"));
        let let_go =
            well.place.within(async |aid| initiatives::let_initiative_groups_go(aid, anna, id).await.unwrap()).await;
        assert_eq!((let_go, well.groups(id).await.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn with_its_initiator_its_groups_are_gone() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        well.binds(0, "-1", None).await;
        let (group, anna) = (well.groups(well.id).await[0], well.members[0]);
        well.votes(1, 100).await.unwrap();
        well.place.within(async |aid| aid::leave(aid, anna).await.unwrap()).await;
        assert!(well.groups(well.id).await.is_empty());
        assert_eq!(well.posts(group).await, ["group-let-go"]);
    })
    .await;
}

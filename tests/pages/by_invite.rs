//! Who comes in where a community lets in by invite alone, and invites that end.

use chrono::TimeDelta;
use exodus::domain::invite::{MOST_WITH_AN_END, Term};
use exodus::domain::{InviteId, MemberId};
use exodus::store;
use exodus_engine::conversation::Rendered;
use sea_orm::EntityTrait;

use crate::community::{member, noon};
use crate::house::{House, deed, presses};

async fn members(house: &House) -> usize {
    store::member::Entity::find().all(&house.db).await.unwrap().len()
}

/// What a newcomer can choose.
fn offers_languages(page: &Rendered) -> bool {
    presses(page).iter().any(|press| press.ends_with(":en"))
}

async fn invite(house: &House, token: &str, by: MemberId, term: Term) -> InviteId {
    store::invite::insert_for(&house.db, token, (by, by), term, noon(1)).await.unwrap().id
}

#[tokio::test]
async fn by_invite_alone_nobody_else_comes_in_whatever_they_say() {
    let house = House::by_invite_alone().await;
    let anna = member(&house.db, "anna").await;
    invite(&house, "anna-token-00000000001", anna, Term::Open).await;
    let revoked = invite(&house, "anna-token-00000000002", anna, Term::ForOne).await;
    store::invite::revoke(&house.db, revoked, noon(2)).await.unwrap();

    let mut first = None;
    for (n, said) in ["start", "hello", "English", "start anna-token-00000000002", "start nothing"].iter().enumerate() {
        let page = house.says(&format!("stranger-{n}"), said).await;
        assert!(!offers_languages(&page), "{said}");
        // The same for all of them, so that nobody learns which invite there was.
        assert_eq!(page.text.plain(), *first.get_or_insert(page.text.plain()), "{said}");
    }
    assert_eq!(members(&house).await, 1);

    let page = house.says("boris", "start anna-token-00000000001").await;
    assert!(offers_languages(&page));
    house.presses("boris", &deed(&page, "en")).await;
    assert_eq!(members(&house).await, 2);
}

#[tokio::test]
async fn an_invite_that_was_revoked_while_a_language_was_chosen_lets_nobody_in() {
    let house = House::by_invite_alone().await;
    let anna = member(&house.db, "anna").await;
    let made = invite(&house, "anna-token-00000000001", anna, Term::Open).await;
    let page = house.says("boris", "start anna-token-00000000001").await;
    store::invite::revoke(&house.db, made, noon(3)).await.unwrap();
    let page = house.presses("boris", &deed(&page, "en")).await;
    assert!(!offers_languages(&page), "{}", page.text.plain());
    assert_eq!(members(&house).await, 1);
}

#[tokio::test]
async fn of_two_who_hold_an_invite_for_one_person_the_first_to_choose_comes_in() {
    let house = House::by_invite_alone().await;
    let anna = member(&house.db, "anna").await;
    invite(&house, "anna-token-00000000001", anna, Term::ForOne).await;
    let mut pages = Vec::new();
    for who in ["boris", "clara"] {
        pages.push((who, house.says(who, "start anna-token-00000000001").await));
    }
    for (who, page) in &pages {
        house.presses(who, &deed(page, "en")).await;
    }
    assert_eq!(members(&house).await, 2, "Anna and Boris");
    // He may look again; she may not.
    let again = house.says("boris", "start anna-token-00000000001").await;
    assert!(again.text.plain().contains("anna"), "{}", again.text.plain());
    assert!(!offers_languages(&house.says("clara", "start anna-token-00000000001").await));
}

#[tokio::test]
async fn an_invite_for_a_time_ends_with_its_last_day() {
    let house = House::by_invite_alone().await;
    let anna = member(&house.db, "anna").await;
    let ends_at = noon(10);
    invite(&house, "anna-token-00000000001", anna, Term::Until(ends_at)).await;
    assert!(house.clock.move_to(ends_at - TimeDelta::seconds(1)));
    assert!(offers_languages(&house.says("boris", "start anna-token-00000000001").await));
    assert!(house.clock.move_to(ends_at));
    assert!(!offers_languages(&house.says("clara", "start anna-token-00000000001").await));
}

#[tokio::test]
async fn nobody_makes_more_invites_with_an_end_than_so_many() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    for n in 1..MOST_WITH_AN_END {
        invite(&house, &format!("anna-token-000000000{n:02}"), anna, Term::ForOne).await;
    }
    let standing = async || store::invite::count_with_an_end(&house.db, anna, noon(3)).await.unwrap();
    house.presses("anna", "/menu").await;
    for expected in [MOST_WITH_AN_END, MOST_WITH_AN_END] {
        let page = house.presses("anna", &format!("/invite/{anna}/limited")).await;
        house.presses("anna", &deed(&page, "limited/7")).await;
        assert_eq!(standing().await, expected);
    }
}

//! Who sees what in the picture of their network: what their pages show, and no more.

use std::collections::BTreeSet;

use exodus::domain::{MemberId, State};
use exodus::store;
use exodus_engine::conversation::{Content, Picture, Rendered};
use exodus_engine::msg;

use crate::community::{become_of, emergency, help, member, monthly, noon};
use crate::house::House;
use crate::who_sees::{VIEWERS, house};

fn picture(page: &Rendered) -> Option<&Picture> {
    page.file.as_ref().and_then(|file| file.picture())
}

/// All that can be read on the picture of somebody's network: what is written, and the titles of dots and arrows.
async fn read(house: &House, who: &str) -> Vec<String> {
    let page = house.presses(who, "/network/picture").await;
    let Some(picture) = picture(&page) else { return Vec::new() };
    let svg = picture.drawing.svg();
    let words = svg.split('<').filter_map(|part| Some(part.split_once('>')?.1.to_owned()));
    words.filter(|words| !words.is_empty()).chain([picture.about.clone()]).collect()
}

/// Who of these is named on all pages of somebody's network.
async fn in_network(house: &House, who: &str, names: &[&'static str]) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for page in 0..4 {
        let page = house.presses(who, &format!("/network/{page}")).await;
        for button in page.buttons.iter().flatten() {
            found.extend(names.iter().filter(|name| button.label.contains(**name)));
        }
    }
    found
}

fn has(read: &[String], words: &str) -> bool {
    read.iter().any(|one| one.contains(words))
}

#[tokio::test]
async fn on_a_picture_stand_those_of_the_network_and_nobody_else() {
    let house = house().await;
    let names: Vec<&str> = VIEWERS.iter().map(|viewer| viewer.name).chain(["Olga"]).collect();
    for viewer in VIEWERS {
        let read = read(&house, viewer.name).await;
        let named: BTreeSet<&str> = names.iter().copied().filter(|name| has(&read, name)).collect();
        assert_eq!(named, in_network(&house, viewer.name, &names).await, "{}: {read:?}", viewer.name);
        assert_eq!(has(&read, "Anna"), viewer.network, "{}: {read:?}", viewer.name);
    }
}

#[tokio::test]
async fn sums_are_for_the_owner_and_the_circle_and_guarantees_for_the_two() {
    let house = house().await;
    for viewer in VIEWERS {
        let who = viewer.name;
        let read = read(&house, who).await;
        // What Boris gives Anna, and what she gives Olga.
        assert_eq!(has(&read, "€123"), viewer.sums, "{who}: {read:?}");
        assert_eq!(has(&read, "€77.70"), who == "Anna", "{who}: {read:?}");
        // What Gleb gives Boris, and Dina gives Gleb.
        let theirs = read.iter().filter(|one| one.contains("€1") && !one.contains("€123"));
        let theirs: Vec<&String> = theirs.filter(|one| one.contains('→')).collect();
        assert_eq!(!theirs.is_empty(), ["Boris", "Gleb", "Dina"].contains(&who), "{who}: {theirs:?}");
        let of_two = house.words("en", &msg!("picture-guarantee"));
        assert_eq!(has(&read, &of_two), ["Anna", "Vera"].contains(&who), "{who}: {read:?}");
    }
    // That he helps her is said to all who see both of them.
    let seen = read(&house, "Vera").await;
    assert!(seen.contains(&"Boris → Anna".to_owned()), "{seen:?}");
    let seen = read(&house, "Boris").await;
    assert!(seen.contains(&"Me → Anna: 🤝→👍 €123.00".to_owned()) || has(&seen, "Me → Anna: "), "{seen:?}");
}

/// Ira helps Zoya beside whoever looks; what else Zoya has going on is not theirs.
#[tokio::test]
async fn of_others_it_says_only_what_goes_to_the_collection_that_help_goes_to_now() {
    let house = House::in_memory().await;
    let db = &house.db;
    let mut ids: Vec<MemberId> = Vec::new();
    for name in ["Zoya", "Ira", "Lev"] {
        ids.push(member(db, name).await);
    }
    let [zoya, ira, lev] = ids[..] else { panic!("three members") };
    let month = monthly(db, zoya).await;
    help(db, ira, &month, 1_100, State::Intention).await;
    help(db, lev, &month, 2_200, State::Intention).await;
    let tie = "Ira → Zoya";
    assert!(has(&read(&house, "Lev").await, &format!("{tie}: ❤️ €11")), "both are of one circle");
    // An emergency: the monthly collection takes nothing, and its circle is not shown.
    let urgent = emergency(db, zoya).await;
    let seen = read(&house, "Lev").await;
    assert!(has(&seen, tie) && !has(&seen, "€11"), "{seen:?}");
    assert!(has(&seen, "Me → Zoya: ❤️ €22"), "their own they see: {seen:?}");
    help(db, ira, &urgent, 3_300, State::Obligation).await;
    let seen = read(&house, "Lev").await;
    assert!(has(&seen, tie) && !has(&seen, "€33"), "Lev is not of that circle: {seen:?}");
    let given = help(db, lev, &urgent, 4_400, State::Obligation).await;
    let seen = read(&house, "Lev").await;
    assert!(has(&seen, &format!("{tie}: 🤝 €33")) && !has(&seen, "€11"), "{seen:?}");
    // Who is suspended asks for nothing, and nothing of it is said.
    become_of(db, given, State::Claimed, noon(2)).await;
    store::member::suspend(db, zoya, "a reason", noon(2)).await.unwrap();
    let seen = read(&house, "Lev").await;
    assert!(has(&seen, tie) && !has(&seen, "€33") && has(&seen, "€44"), "{seen:?}");
}

#[tokio::test]
async fn whoever_knows_nobody_gets_no_picture() {
    let house = house().await;
    for who in ["Rita", "Stas"] {
        let page = house.presses(who, "/network/picture").await;
        assert!(picture(&page).is_none(), "{who}");
        assert!(page.text.plain().contains(&house.words("en", &msg!("members-alone"))), "{who}");
    }
    // It comes with its page and not once more with what is said there; and it is the same for the same network.
    let first = house.presses("Anna", "/network/picture").await;
    assert!(matches!(first.file.as_ref().unwrap().content, Content::Picture(_)));
    assert_eq!(house.says("Anna", "thank you").await.file, None);
    assert_eq!(house.presses("Anna", "/network/picture").await.file, first.file);
}

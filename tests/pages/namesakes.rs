//! Two members of one name are told apart wherever they are named, by what may be seen of them and no more; and where nobody
//! mixes them up, nothing stands beside a name.

use chrono::{DateTime, Utc};
use exodus::aid::digest::{Digest, Line};
use exodus::aid::{Aid, GROUP_CARD, Rules};
use exodus::domain::{Commitment, MemberId, Money, Role, State};
use exodus::{notices, store};
use exodus_engine::conversation::{Bot, Kept, Moment, OsChance, Reader, render_notice};
use exodus_engine::hours::Zone;
use exodus_engine::id::PersonId;
use sea_orm::EntityTrait;

use crate::community::{help, monthly, noon, november};
use crate::house::{House, KEYBOARD, MAX};
use crate::notices::longest;

/// A member of this name with this address.
async fn called(house: &House, name: &str, address: &str, since: DateTime<Utc>) -> MemberId {
    let member = store::member::insert(&house.db, name, "en", since).await.unwrap();
    store::account::insert(&house.db, member.id, "terminal", address, since).await.unwrap();
    member.id
}

/// Somebody comes by an invite.
async fn comes_by(house: &House, token: &str, inviter: MemberId, comer: MemberId) {
    let made = match store::invite::live_between(&house.db, inviter, inviter).await.unwrap() {
        Some(made) => made,
        None => store::invite::insert(&house.db, token, inviter, inviter, noon(1)).await.unwrap(),
    };
    store::acquaintance::by_invite(&house.db, (comer, inviter), &made, noon(1)).await.unwrap();
    store::invite::note_use(&house.db, made.id, comer, noon(1)).await.unwrap();
}

/// Boris asks for help; two whose names look alike help him, and Clara does.
struct Two {
    house: House,
    boris: MemberId,
    annas: [MemberId; 2],
    helps: [Commitment; 2],
}

async fn two() -> Two {
    let house = House::in_memory().await;
    let boris = called(&house, "Boris", "boris", noon(1)).await;
    let annas = [called(&house, "Anna", "anna-one", noon(1)).await, called(&house, "ANNA", "anna-two", noon(2)).await];
    let clara = called(&house, "Clara", "clara", noon(1)).await;
    let asks = monthly(&house.db, boris).await;
    let helps = [
        help(&house.db, annas[0], &asks, 10_000, State::Intention).await,
        help(&house.db, annas[1], &asks, 7_000, State::Intention).await,
    ];
    help(&house.db, clara, &asks, 100, State::Obligation).await;
    Two { house, boris, annas, helps }
}

async fn page(house: &House, who: &str, route: &str) -> String {
    let page = house.presses(who, route).await;
    let labels = page.buttons.iter().flatten().map(|button| button.label.clone());
    [page.text.plain(), labels.collect::<Vec<_>>().join("\n")].join("\n").replace('\u{a0}', " ")
}

/// A notice about the help of this member, as it is read.
async fn notice(house: &House, to: PersonId, kind: &str, about: MemberId, lang: &str) -> String {
    let facts = format!(r#"{{"name":{{"member":{about}}},"sum":{{"sum":10000}}}}"#);
    said(house, Kept { to, kind: kind.to_owned(), facts, about: None }, lang).await
}

async fn said(house: &House, kept: Kept, lang: &str) -> String {
    let tx = store::begin(&house.db).await.unwrap();
    let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
    let page = house.bot.notices(&at, &[kept]).await.unwrap().remove(0).expect("a page");
    let rendered = render_notice(&house.locales, Reader::of(lang), KEYBOARD, &page, &longest());
    rendered.text.plain().replace('\u{a0}', " ")
}

const FIRST: &str = "Anna (here since 1 November 2026)";
const SECOND: &str = "ANNA (here since 2 November 2026)";

#[tokio::test]
async fn lists_and_pages_of_help_tell_them_apart() {
    let Two { house, helps, annas, .. } = two().await;
    for route in ["/list/for-me", "/network", "/network/helps-me"] {
        let text = page(&house, "boris", route).await;
        assert!(text.contains(FIRST) && text.contains(SECOND), "{route}: {text}");
        assert!(text.contains("Clara") && !text.contains("Clara ("), "{route}: {text}");
    }
    for (help, name) in helps.iter().zip([FIRST, SECOND]) {
        let text = page(&house, "boris", &format!("/commitment/{}", help.id)).await;
        assert!(text.contains(name), "{text}");
    }
    // Nobody is marked to themselves, and whom they know is one.
    let text = page(&house, "anna-one", &format!("/commitment/{}", helps[0].id)).await;
    assert!(text.contains("Boris") && !text.contains("Boris ("), "{text}");
    let text = page(&house, "boris", &format!("/card/{}", annas[0])).await;
    assert!(text.contains(FIRST), "{text}");
}

#[tokio::test]
async fn on_buttons_they_are_told_apart_in_brief_and_the_text_says_it_in_full() {
    let long = "Anna Konstantinovna Verkhnevolzhskaya-Zavolzhskaya";
    let house = House::in_memory().await;
    let boris = called(&house, "Boris", "boris", noon(1)).await;
    for (address, day) in [("anna-one", 1), ("anna-two", 2)] {
        let anna = called(&house, long, address, noon(day)).await;
        monthly(&house.db, anna).await;
        let asks = store::collection::open_of(&house.db, boris).await.unwrap().pop();
        let asks = match asks {
            Some(asks) => asks,
            None => monthly(&house.db, boris).await,
        };
        help(&house.db, anna, &asks, 10_000, State::Intention).await;
    }
    for (lang, marks, in_full) in [
        ("en", ["(1 Nov 2026)", "(2 Nov 2026)"], "(here since 1 November 2026)"),
        ("ru", ["(1.11.2026)", "(2.11.2026)"], "(здесь с 1 ноября 2026 года)"),
    ] {
        house.speak(boris, lang).await;
        for route in ["/list/for-me", "/network"] {
            let page = house.presses("boris", route).await;
            let labels = page.buttons.iter().flatten().map(|button| button.label.replace('\u{a0}', " "));
            let named: Vec<String> = labels.filter(|label| label.contains("Anna")).collect();
            for mark in marks {
                assert_eq!(named.iter().filter(|label| label.contains(mark)).count(), 1, "{route}: {named:?}");
            }
            assert!(named.iter().all(|label| label.encode_utf16().count() <= KEYBOARD.seen_of_label), "{named:?}");
            let text = page.text.plain().replace('\u{a0}', " ");
            assert!(text.contains(&format!("{long} {in_full}")), "{route}: {text}");
        }
    }
}

#[tokio::test]
async fn a_name_that_a_button_shows_in_whole_is_not_said_once_more() {
    let house = House::in_memory().await;
    let asks = called(&house, "Bartholomew", "asks", noon(1)).await;
    let clara = called(&house, "Clara", "clara", noon(1)).await;
    help(&house.db, clara, &monthly(&house.db, asks).await, 100, State::Intention).await;
    let page = house.presses("clara", "/members").await;
    let labels: Vec<&str> = page.buttons.iter().flatten().map(|button| button.label.as_str()).collect();
    assert!(labels.contains(&"🔗 Bartholomew: invite to help"), "{labels:?}");
    assert!(!page.text.plain().contains("Bartholomew"), "{}", page.text.plain());
}

#[tokio::test]
async fn a_circle_tells_them_apart_to_whoever_sees_it() {
    let Two { house, boris, .. } = two().await;
    for route in [format!("/card/{boris}"), format!("/circle/{boris}")] {
        for who in ["boris", "clara"] {
            let text = page(&house, who, &route).await;
            assert!(text.contains(FIRST) && text.contains(SECOND), "{who} {route}: {text}");
        }
    }
    let text = page(&house, "anna-one", &format!("/card/{boris}")).await;
    assert!(text.contains("Anna:") && text.contains(SECOND), "to the one it is the other: {text}");
}

#[tokio::test]
async fn notices_tell_them_apart_in_each_language() {
    let Two { house, boris, annas, .. } = two().await;
    let english = notice(&house, boris, "notice-intention", annas[0], "en").await;
    assert!(english.contains(FIRST), "{english}");
    let russian = notice(&house, boris, "notice-intention", annas[1], "ru").await;
    assert!(russian.contains("ANNA (здесь с 2 ноября 2026 года)"), "{russian}");
    // Those who help the same member read of each other, though they know each other not.
    let clara = store::account::Entity::find().all(&house.db).await.unwrap();
    let clara = clara.into_iter().find(|one| one.address == "clara").unwrap().person_id;
    let facts = format!(r#"{{"name":{{"member":{}}},"friend":{{"member":{boris}}},"sum":{{"sum":1}}}}"#, annas[0]);
    let kept = Kept { to: clara, kind: "notice-circle-intention".to_owned(), facts, about: None };
    let circle = said(&house, kept, "en").await;
    assert!(circle.contains(FIRST) && !circle.contains("Boris ("), "{circle}");
}

#[tokio::test]
async fn several_readers_of_one_batch_read_each_of_those_whom_they_know() {
    let Two { house, boris, annas, .. } = two().await;
    let dina = called(&house, "Dina", "dina", noon(1)).await;
    comes_by(&house, "dina-token", dina, annas[0]).await;
    let facts = format!(r#"{{"name":{{"member":{}}},"sum":{{"sum":10000}}}}"#, annas[0]);
    let kept = |to| Kept { to, kind: "notice-intention".to_owned(), facts: facts.clone(), about: None };
    let tx = store::begin(&house.db).await.unwrap();
    let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
    let pages = house.bot.notices(&at, &[kept(dina), kept(boris), kept(dina)]).await.unwrap();
    let texts: Vec<String> = pages
        .into_iter()
        .map(|page| {
            let page = page.expect("a page");
            let rendered = render_notice(&house.locales, Reader::of("en"), KEYBOARD, &page, &longest());
            rendered.text.plain().replace('\u{a0}', " ")
        })
        .collect();
    assert!(texts[1].contains(FIRST), "Boris knows two: {}", texts[1]);
    for text in [&texts[0], &texts[2]] {
        assert!(text.contains("Anna") && !text.contains("Anna ("), "Dina knows one: {text}");
    }
}

#[tokio::test]
async fn digests_tell_them_apart() {
    let Two { house, boris, annas, helps } = two().await;
    let rules = Rules { zone: Zone::UTC, max_amount: MAX, guarantee_amount: Money::ZERO };
    let tx = store::begin(&house.db).await.unwrap();
    let aid = Aid { tx: &tx, now: noon(3), rules: &rules, chance: &OsChance };
    let line = |n: usize| Line {
        commitment: helps[n].id,
        side: Role::Receiver,
        other: annas[n],
        sum: helps[n].sum,
        state: State::Intention,
        paused: false,
    };
    let digest = Digest { member: boris, carried: vec![line(0), line(1)], lapsed: Vec::new(), overdue: Vec::new() };
    notices::month_digests(&aid, november(), vec![digest]).await.unwrap();
    let rows = store::outbox::Entity::find().all(&tx).await.unwrap();
    tx.commit().await.unwrap();
    let text = said(&house, Kept::from(rows.into_iter().next().unwrap()), "en").await;
    assert!(text.contains(FIRST) && text.contains(SECOND), "{text}");
}

#[tokio::test]
async fn whoever_invited_them_tells_them_apart_where_the_reader_knows_whom_that_is() {
    let Two { house, boris, annas, .. } = two().await;
    let dina = called(&house, "Dina", "dina", noon(1)).await;
    comes_by(&house, "dina-token", dina, annas[0]).await;
    let text = page(&house, "boris", "/network/near").await;
    assert!(text.contains(FIRST) && !text.contains("Dina"), "whom Boris does not know is not named: {text}");
    comes_by(&house, "boris-token", boris, annas[1]).await;
    comes_by(&house, "boris-token", boris, dina).await;
    let text = page(&house, "boris", "/network/near").await;
    assert!(text.contains("Anna (invited by Dina)") && text.contains("ANNA (invited by you)"), "{text}");
    house.speak(boris, "ru").await;
    let text = page(&house, "boris", "/network/near").await;
    assert!(text.contains("Anna (по приглашению: Dina)") && text.contains("ANNA (по вашему приглашению)"), "{text}");
}

#[tokio::test]
async fn of_somebody_out_of_sight_nothing_is_learned() {
    let house = House::in_memory().await;
    let boris = called(&house, "Boris", "boris", noon(1)).await;
    let anna = called(&house, "Anna", "anna-one", noon(1)).await;
    // Of that name, and known to nobody here.
    called(&house, "Anna", "anna-two", noon(2)).await;
    let asks = monthly(&house.db, boris).await;
    let help = help(&house.db, anna, &asks, 10_000, State::Intention).await;
    for route in ["/list/for-me".to_owned(), format!("/card/{anna}"), format!("/commitment/{}", help.id)] {
        let text = page(&house, "boris", &route).await;
        assert!(text.contains("Anna") && !text.contains("Anna ("), "{route}: {text}");
    }
    let text = notice(&house, boris, "notice-intention", anna, "en").await;
    assert!(text.contains("Anna") && !text.contains("Anna ("), "{text}");
}

#[tokio::test]
async fn whoever_has_the_readers_own_name_is_told_from_them() {
    let house = House::in_memory().await;
    let boris = called(&house, "Boris", "boris", noon(1)).await;
    let other = called(&house, "Boris", "boris-too", noon(2)).await;
    let asks = monthly(&house.db, boris).await;
    help(&house.db, other, &asks, 10_000, State::Intention).await;
    let text = notice(&house, boris, "notice-intention", other, "en").await;
    assert!(text.contains("Boris (here since 2 November 2026)"), "{text}");
}

#[tokio::test]
async fn a_group_reads_since_when_they_are_there_and_nobody_else_is_named() {
    let Two { house, boris, annas, .. } = two().await;
    let dina = called(&house, "Dina", "dina", noon(1)).await;
    comes_by(&house, "dina-token", dina, annas[0]).await;
    comes_by(&house, "boris-token", boris, dina).await;
    let (address, place, about) = ("-100", None, Some(boris.number()));
    let new = store::chat::New {
        messenger: "terminal",
        address,
        place,
        keeper: boris,
        lang: "en",
        card_kind: GROUP_CARD,
        about,
    };
    let group = store::chat::insert(&house.db, new, noon(1)).await.unwrap();
    let card = Kept { to: group, kind: GROUP_CARD.to_owned(), facts: "{}".to_owned(), about: None };
    let text = said(&house, card, "en").await;
    assert!(text.contains(FIRST) && text.contains(SECOND) && !text.contains("Dina"), "{text}");
    let facts = format!(r#"{{"name":{{"member":{}}},"friend":{{"member":{boris}}}}}"#, annas[0]);
    let post = Kept { to: group, kind: "group-intention".to_owned(), facts, about: None };
    let text = said(&house, post, "en").await;
    assert!(text.contains(FIRST) && !text.contains("Dina"), "{text}");
}

//! Who sees what of a member: every kind of viewer, every page about them, each typed as a deep link.

use exodus::domain::{CollectionId, Ending, MemberId, State};
use exodus::store;
use exodus_engine::conversation::Rendered;
use exodus_engine::msg;

use crate::community::{become_of, help, help_of, member, monthly, noon, november};
use crate::house::{ADMINISTRATOR, House, deed, dump, presses};

/// Somebody who looks, and what they may see of Anna.
pub struct Viewer {
    pub name: &'static str,
    /// Her card, her circle, and that she helps others.
    pub card: bool,
    /// Who of the circle gives how much.
    pub sums: bool,
    /// The card of Boris, who helps her.
    pub boris: bool,
    /// The card of Olga, whom she helps.
    pub olga: bool,
    /// She is in their network; or only beyond it.
    pub network: bool,
    pub beyond: bool,
    /// They can take her out of their circle.
    knows: bool,
}

const NOTHING: Viewer = Viewer {
    name: "",
    card: false,
    sums: false,
    boris: false,
    olga: false,
    network: false,
    beyond: false,
    knows: false,
};

/// Six see Anna, two do not.
pub const VIEWERS: [Viewer; 8] = [
    Viewer { name: "Anna", card: true, sums: true, boris: true, olga: true, ..NOTHING },
    Viewer { name: "Boris", card: true, sums: true, boris: true, olga: true, network: true, knows: true, ..NOTHING },
    // Near, by an invite long ago.
    Viewer { name: "Vera", card: true, boris: true, olga: true, network: true, knows: true, ..NOTHING },
    // In the network: helps Boris. Olga is three steps away, and in need.
    Viewer { name: "Gleb", card: true, boris: true, olga: true, network: true, ..NOTHING },
    // In the far circle: helps Gleb. Boris is in need, too.
    Viewer { name: "Dina", card: true, boris: true, beyond: true, ..NOTHING },
    // Came by an invite of Boris.
    Viewer { name: "Ivan", card: true, boris: true, olga: true, network: true, knows: true, ..NOTHING },
    // Was near, until Anna took her out of her circle.
    Viewer { name: "Rita", ..NOTHING },
    Viewer { name: "Stas", ..NOTHING },
];

/// Members 1 to 9 in the order of the viewers and Olga; Anna's collection is the first one, the commitment of Boris too. Anna,
/// Boris and Vera are in a pool, in which Anna has opened a case; she holds a guarantee with Vera, and offers another one.
pub async fn house() -> House {
    let house = House::in_memory().await;
    let db = &house.db;
    let mut ids: Vec<MemberId> = Vec::new();
    for name in VIEWERS.iter().map(|viewer| viewer.name).chain(["Olga"]) {
        ids.push(member(db, name).await);
    }
    let [anna, boris, vera, gleb, dina, ivan, rita, _, olga] = ids[..] else { panic!("nine members") };
    let asks = monthly(db, anna).await;
    help(db, boris, &asks, 12_300, State::Claimed).await;
    help(db, anna, &monthly(db, olga).await, 7_770, State::Obligation).await;
    help(db, gleb, &monthly(db, boris).await, 100, State::Intention).await;
    help(db, dina, &monthly(db, gleb).await, 100, State::Intention).await;
    for (token, by, comer) in [("anna", anna, vera), ("boris", boris, ivan), ("anna-too", vera, rita)] {
        let made = store::invite::insert(db, token, by, anna, noon(1)).await.unwrap();
        if comer != rita {
            store::acquaintance::by_invite(db, (comer, by), &made, noon(1)).await.unwrap();
        }
        store::acquaintance::by_invite(db, (comer, anna), &made, noon(1)).await.unwrap();
    }
    let long_gone = help_of(db, rita, &asks, 4_440, State::Intention, november()).await;
    become_of(db, long_gone, State::Withdrawn, noon(2)).await;
    assert!(store::acquaintance::remove(db, anna, rita, noon(2)).await.unwrap());
    let (pool, _) = crate::pool::pool(db, &[boris, vera, anna], "Neighbours", "The roof burned down").await;
    crate::pool::invite_to(db, pool, anna, "pool-token").await;
    store::guarantee::make(db, (anna, vera), noon(2)).await.unwrap();
    store::invite::insert_offer(db, "offer-token", anna, noon(20), noon(2)).await.unwrap();
    house
}

fn leads_to(page: &Rendered, route: &str) -> bool {
    presses(page).contains(&route)
}

#[tokio::test]
async fn each_sees_what_is_for_them() {
    let house = house().await;
    let lost = house.words("en", &msg!("page-lost"));
    for viewer in VIEWERS {
        let who = viewer.name;
        let look = async |route: &str| {
            let page = house.presses(who, route).await;
            let text = page.text.plain();
            (page, text)
        };
        let kept = {
            look("/menu").await;
            dump(&house.db).await
        };
        // What leads to nobody without a card.
        for route in ["/card/1", "/circle/1", "/circle/1/0", "/helps/1", "/helps/1/0", "/invite/1"] {
            let (_, text) = look(route).await;
            assert_eq!(text.starts_with(&lost), !viewer.card, "{who} at {route}: {text}");
            for secret in ["Anna", "Boris", "Olga"] {
                assert!(viewer.card || !text.contains(secret), "{who} at {route}: {text}");
            }
        }
        let (card, text) = look("/card/1").await;
        assert_eq!(text.contains("€123"), viewer.card, "totals are for whoever sees the card: {who}: {text}");
        assert_eq!(text.contains("Boris: "), viewer.sums, "{who}: {text}");
        assert_eq!(leads_to(&card, "/circle/1"), viewer.card, "{who}");
        assert_eq!(leads_to(&card, "/helps/1"), viewer.card, "{who}");
        assert_eq!(leads_to(&card, "/card/1/part"), viewer.knows, "{who}");
        let (part, _) = look("/card/1/part").await;
        assert_eq!(presses(&part).iter().any(|press| press.ends_with(":part")), viewer.knows, "{who}");
        let (circle, text) = look("/circle/1").await;
        let names_boris =
            circle.buttons.iter().flatten().any(|one| one.label.contains("Boris")) || text.contains("Boris");
        assert_eq!(names_boris, viewer.card, "{who}: {text}");
        assert_eq!(leads_to(&circle, "/card/2"), viewer.boris, "{who}: {text}");
        let sums = format!("{text} {:?}", circle.buttons.iter().flatten().map(|one| &one.label).collect::<Vec<_>>());
        assert_eq!(sums.contains("€123"), viewer.sums, "{who}: {sums}");
        let (helps, text) = look("/helps/1").await;
        assert_eq!(leads_to(&helps, "/card/9"), viewer.olga, "{who}: {text}");
        assert!(!text.contains("77"), "what she gives is Olga's and her circle's affair: {who}: {text}");
        let (network, _) = look("/network").await;
        assert_eq!(leads_to(&network, "/card/1"), viewer.network, "{who}");
        let (beyond, _) = look("/expand").await;
        assert_eq!(leads_to(&beyond, "/card/1"), viewer.beyond, "{who}");
        for (route, theirs) in [
            ("/help/1", viewer.card && who != "Anna"),
            ("/commitment/1", ["Anna", "Boris"].contains(&who)),
            ("/end/1", who == "Anna"),
            ("/change-sum/1", who == "Anna"),
            ("/change/1", false),
            ("/invites/by/2", who == "Anna"),
        ] {
            let (_, text) = look(route).await;
            assert!(theirs || !text.contains("€123") && !text.contains("€500"), "{who} at {route}: {text}");
            let elsewhere = text.starts_with(&lost) || who == "Anna" || who == "Boris";
            assert!(theirs || elsewhere, "{who} at {route}: {text}");
        }
        assert_eq!(dump(&house.db).await, kept, "{who} has only looked");
    }
}

#[tokio::test]
async fn the_far_circle_sees_nobody_who_needs_nothing() {
    let house = house().await;
    store::collection::end(&house.db, CollectionId::new(1), Ending::Ended, noon(3)).await.unwrap();
    let lost = house.words("en", &msg!("page-lost"));
    for viewer in VIEWERS {
        let text = house.presses(viewer.name, "/card/1").await.text.plain();
        assert_eq!(text.starts_with(&lost), !viewer.card || viewer.beyond, "{}: {text}", viewer.name);
        let circle = house.presses(viewer.name, "/circle/1").await.text.plain();
        assert!(!circle.contains("Boris"), "{}: {circle}", viewer.name);
        let expand = house.presses(viewer.name, "/expand").await;
        assert!(!leads_to(&expand, "/card/1"), "{}", viewer.name);
    }
}

#[tokio::test]
async fn nobody_is_invited_to_help_somebody_by_those_who_do_not_see_them() {
    let house = house().await;
    for place in ["/members", "/invite-to", "/card/8"] {
        house.presses("Stas", place).await;
        // As if the page had offered it.
        let session = store::session::load(&house.db, "terminal", "Stas").await.unwrap().unwrap();
        let press = format!("{}:invite/1", session.word);
        let (offered, rev) = (format!("{}\n\t{press}\tAnna", session.offered), session.rev);
        assert!(store::session::save(&house.db, &store::session::Model { offered, ..session }, rev).await.unwrap());
        let kept = dump(&house.db).await;
        let text = house.presses("Stas", &press).await.text.plain();
        assert_eq!(dump(&house.db).await, kept, "at {place}");
        let unknown = house.words("en", &msg!("refused-unknown"));
        assert!(text.starts_with(&unknown) && !text.contains("Anna"), "at {place}: {text}");
    }
    let kept = dump(&house.db).await;
    let members = house.presses("Stas", "/members").await;
    house.presses("Stas", &deed(&members, "invite/8")).await;
    assert_ne!(dump(&house.db).await, kept, "their own they may");
}

/// Three more who look: one who was near and is suspended, one who administers and knows nobody, one who helped and has left.
#[tokio::test]
async fn whoever_is_suspended_administers_or_has_left_sees_nothing_of_anybody() {
    let house = house().await;
    let db = &house.db;
    let (sava, lena) = (member(db, "Sava").await, member(db, "Lena").await);
    member(db, ADMINISTRATOR).await;
    let asks = store::collection::find(db, CollectionId::new(1)).await.unwrap().unwrap();
    let gave = help(db, lena, &asks, 9_990, State::Obligation).await;
    become_of(db, gave, State::Fulfilled, noon(2)).await;
    help(db, sava, &asks, 8_880, State::Obligation).await;
    let page = house.presses("Lena", "/leave").await;
    house.presses("Lena", &deed(&page, "leave")).await;
    store::member::suspend(db, sava, "a reason", noon(2)).await.unwrap();
    let routes = [
        "/card/1",
        "/card/1/part",
        "/circle/1",
        "/helps/1",
        "/invite/1",
        "/help/1",
        "/commitment/1",
        "/commitment/5",
        "/commitment/6",
        "/end/1",
        "/change-sum/1",
        "/change/6",
        "/invites/by/2",
        "/network",
        "/network/near",
        "/network/picture",
        "/expand",
        "/members",
        "/invite-to",
        "/organizer",
        "/list/mine",
        "/list/given",
        "/pools",
        "/pool/1",
        "/pool-members/1",
        "/pool-invite/1",
        "/cases/1",
        "/case/1",
        "/contribution/1",
        "/trust",
        "/trust-ring/mine",
        "/trust-ring/theirs",
        "/trust-ring/further",
        "/guarantee/1",
        "/offers",
        "/offer/5",
        "/set-off/1",
    ];
    for who in ["Sava", ADMINISTRATOR, "Lena"] {
        house.presses(who, "/menu").await;
        let kept = dump(db).await;
        for route in routes {
            let page = house.presses(who, route).await;
            let seen = format!("{} {:?}", page.text.plain(), page.buttons);
            for secret in ["Anna", "Boris", "Olga", "Vera", "Neighbours", "roof", "123", "99.9", "88.8"] {
                assert!(!seen.contains(secret), "{who} at {route}: {seen}");
            }
        }
        assert_eq!(dump(db).await, kept, "{who} has only looked");
    }
    // And what others see of them: the one is there and takes no help, the other has no name.
    let circle = house.presses("Anna", "/circle/1").await;
    let seen = format!("{} {:?}", circle.text.plain(), circle.buttons);
    assert!(seen.contains("Sava") && seen.contains("Former member") && !seen.contains("Lena"), "{seen}");
    let card = house.presses("Anna", &format!("/card/{sava}")).await.text.plain();
    assert!(card.contains("Sava") && card.contains(&house.words("en", &msg!("card-suspended"))), "{card}");
    let lost = house.words("en", &msg!("page-lost"));
    assert!(house.presses("Anna", &format!("/card/{lena}")).await.text.plain().starts_with(&lost));
}

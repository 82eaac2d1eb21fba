//! Who looks at what, so that each screen is seen in each of its states.

use exodus::domain::clearing::clear;
use exodus::domain::{Cleared, CollectionId, CollectionKind, MemberId, Owed, State};
use exodus::store;
use exodus::store::clearing::Kind;
use sea_orm::DatabaseConnection;

use crate::book::Book;
use crate::community::{help, member, monthly, noon, november};
use crate::everybody::{crowd, ordinary, pay};
use crate::house::ADMINISTRATOR;

use CollectionKind::{Emergency, Monthly};

/// What everybody has a look at.
const STANDING: [&str; 9] =
    ["/menu", "/profile", "/status", "/organizer", "/members", "/network", "/network/by", "/invite-to", "/currency"];

const PARTS: [&str; 7] = [
    "/network/near",
    "/network/helps-me",
    "/network/i-help",
    "/network/helps-my-helpers",
    "/network/helps-whom-i-help",
    "/network/my-helpers-help",
    "/network/whom-i-help-helps",
];

const LISTS: [&str; 8] = [
    "/list/mine",
    "/list/for-me",
    "/list/claimed",
    "/list/to-confirm",
    "/list/overdue",
    "/list/overdue-for-me",
    "/list/given",
    "/list/received",
];

/// The people of the other tests, some with nothing at all, one with more than a page holds, and invites.
pub async fn settle(db: &DatabaseConnection) {
    let (people, _) = ordinary(db).await;
    let orange = people[1].1;
    for name in ["nobody", "invited", "asks-monthly", "asks-urgently"] {
        member(db, name).await;
    }
    let covered = member(db, "covered").await;
    let asks = monthly(db, covered).await;
    pay(db, covered, &["Card", "PayPal"], "paypal.me/covered").await;
    let helper = member(db, "helper").await;
    help(db, helper, &asks, 50_000, State::Obligation).await;
    let two = member(db, "two-accounts").await;
    store::account::insert(db, two, "telegram", "1234567", noon(1)).await.unwrap();
    browsers(db, helper).await;
    crowd(db, 23).await;
    let (held, administrator) = (member(db, "held").await, member(db, ADMINISTRATOR).await);
    store::member::suspend(db, held, "Promises were not kept", noon(2)).await.unwrap();
    store::announcement::insert(db, administrator, "We meet on Sunday.\n\nBring cake.", held, noon(2)).await.unwrap();
    store::member::set_about(db, covered, Some("I bake bread. https://example.org/bread")).await.unwrap();
    cleared(db).await;
    crate::chain::owing(db, ["gives", "passes", "gets"]).await;
    let (pool, _) =
        crate::pool::pool(db, &[covered, orange, helper], "Neighbours", "The roof is gone.\nIt leaks.").await;
    let voters = [member(db, "votes").await, member(db, "votes too").await];
    initiatives(db, covered, voters).await;
    for (token, by, to) in [
        ("to-green", people[0].1, people[0].1),
        ("to-orange", orange, orange),
        ("to-red", people[2].1, people[2].1),
        ("to-urgent", people[3].1, people[3].1),
        ("to-covered", helper, covered),
    ] {
        store::invite::insert(db, token, by, to, noon(1)).await.unwrap();
    }
    crate::pool::invite_to(db, pool, covered, "to-pool").await;
    // One after the other, each with a guarantee with the next.
    let mut before = None;
    for name in ["trusting", "trusted", "their-trusted", "further-trusted", "behind-them"] {
        let here = member(db, name).await;
        if let Some(before) = before {
            store::guarantee::make(db, (before, here), noon(2)).await.unwrap();
        } else {
            store::invite::insert_offer(db, "offer-of-trusting", here, noon(30), noon(2)).await.unwrap();
        }
        before = Some(here);
    }
}

/// Two who owe each other, and allow clearing: there was one, which has set off what closes a ring.
async fn cleared(db: &DatabaseConnection) {
    let (one, two) = (member(db, "clears").await, member(db, "clears too").await);
    let (ours, theirs) = (monthly(db, one).await, monthly(db, two).await);
    let owed =
        [help(db, one, &theirs, 4_000, State::Obligation).await, help(db, two, &ours, 10_000, State::Obligation).await];
    for who in [one, two] {
        store::clearing_consent::allow(db, who, noon(1)).await.unwrap();
    }
    let owed = owed.map(|one| Owed {
        commitment: one.id,
        supporter: one.supporter,
        receiver: one.receiver,
        sum: one.sum,
        since: noon(1).date_naive(),
    });
    let Cleared { lines, totals } = clear(&owed).unwrap();
    let clearing = store::clearing::begin(db, Kind::Month, november(), noon(2)).await.unwrap();
    store::set_off::push_many(db, clearing, &lines).await.unwrap();
    store::clearing::note_totals(db, clearing, totals).await.unwrap();
    assert!(store::clearing::decide(db, clearing, noon(2)).await.unwrap());
    store::commitment::set_off(db, clearing, &lines, noon(2)).await.unwrap();
    store::set_off::done(db, clearing, &lines, noon(2)).await.unwrap();
    store::clearing::done(db, clearing).await.unwrap();
}

/// First what can be seen, and then what can be done.
pub async fn play(book: &mut Book) {
    beginning(book).await;
    standing(book).await;
    notifications(book).await;
    profile(book).await;
    cards(book).await;
    invited(book).await;
    forms(book).await;
    commitments(book).await;
    by_the_supporter(book).await;
    by_the_receiver(book).await;
    ending(book).await;
    invites(book).await;
    trust(book).await;
    pools(book).await;
    with_initiatives(book).await;
    own_data(book).await;
    administration(book).await;
    clearing(book).await;
    in_browsers(book).await;
    chains(book).await;
}

async fn beginning(book: &mut Book) {
    let lang = format!(":{}", book.lang);
    book.scene("a stranger", &["hello", "start", "start to-orange", "/menu", "(a picture)", &lang]).await;
    book.scene("another stranger", &["start", &lang]).await;
    book.scene("nobody", &["/menu", "hello", "/nonsense", "/commitment/1", "cancel", "(a picture)"]).await;
    book.scene("nobody", &["!nonsense", "start unknown", "/faq", "/profile", "/language", &lang]).await;
    for topic in ["start", "signs", "menu", "cases", "wider", "nonsense"] {
        book.scene("nobody", &[&format!("/faq-topic/{topic}")]).await;
    }
    book.scene("orange", &["start to-orange"]).await;
}

async fn standing(book: &mut Book) {
    for who in ["nobody", "green", "orange", "red", "emergency-only", "was-red", "centre"] {
        for place in STANDING {
            book.scene(who, &[place]).await;
        }
    }
    book.scene("centre", &["/list/for-me", "/list/for-me/1"]).await;
    book.scene("centre", &["/network/1", "/network/picture", "/network/99", "/network/helps-me/1", "/invite-to/2"])
        .await;
    for who in ["nobody", "orange", "supporter-0-1"] {
        for place in PARTS {
            book.scene(who, &[place]).await;
        }
        book.scene(who, &["/expand"]).await;
    }
    for who in ["nobody", "orange", "centre"] {
        for place in LISTS {
            book.scene(who, &[place]).await;
        }
    }
}

/// What somebody is told, when, and where.
async fn notifications(book: &mut Book) {
    let (who, place) = ("two-accounts", "/notifications");
    book.scene(who, &[place, ":network=digest", ":network=off", ":digests=digest", ":network=on"]).await;
    book.scene(who, &[place, "/daily-hour", "at night", "8", "/daily-hour", ":21"]).await;
    book.scene(who, &["/quiet-hours", "at night", "22-7", "/quiet-hours", ":23-8", "/quiet-hours", ":none"]).await;
    book.scene(who, &["/time-zone", "Atlantis", "new york", "/time-zone", ":UTC"]).await;
    book.scene(who, &["/written-to"]).await;
    let telegram = format!(":write-to/{}", book.account(who, "telegram").await);
    book.scene(who, &[place, "/written-to", &telegram, "/written-to"]).await;
    book.scene("nobody", &[place, "/written-to"]).await;
    accounts(book).await;
}

/// Where somebody is signed in, and how they sign in in one browser more.
async fn in_browsers(book: &mut Book) {
    let place = "/browsers";
    book.scene("nobody", &[place, "/browsers/link", ":draw", ":draw"]).await;
    book.scene("helper", &[place, ":end/1", place, ":end-all"]).await;
    let programs = "/programs";
    book.scene("nobody", &[programs]).await;
    let new = ["/programs/new", "\u{200b}", "My robot", ":scope=act", ":days=90", ":allow"];
    book.scene("nobody", &new).await;
    let robot = store::program::of(&book.house.db, book.member("nobody")).await.unwrap().pop().unwrap().id;
    let [token, end] = ["token", "end"].map(|what| format!("/programs/{what}/{robot}"));
    book.scene("nobody", &[programs, &token, &end, ":end", &token]).await;
    book.scene("nobody", &["/programs/new", "Diary", ":scope=calendar", ":days=30", ":redo-scope", ":scope=read"])
        .await;
}

/// A program that acts for somebody, and what it was answered.
pub async fn program(db: &DatabaseConnection, who: MemberId) {
    let digest = store::web::digest(&format!("program of {who}"));
    let kept = ("her robot", digest.as_str(), exodus::domain::Scope::Act);
    let program = store::program::insert(db, who, kept, noon(1), noon(29)).await.unwrap();
    let (name, answer) = ("one".to_owned(), "{\"told\":1}".to_owned());
    let reply = store::program_reply::Model { program_id: program, name, digest, answer, answered_at: noon(2) };
    store::program_reply::insert(db, reply).await.unwrap();
}

/// Somebody is signed in in three browsers, of which nobody knows what one of them is.
pub async fn browsers(db: &DatabaseConnection, who: MemberId) {
    let account = store::account::insert(db, who, "web", &format!("browsers of {who}"), noon(1)).await.unwrap().id;
    for (day, called) in [(1, "Firefox, Linux"), (2, ""), (3, "Safari, iPhone")] {
        let digest = store::web::digest(&format!("{who} {day}"));
        store::web::browser::insert(db, account, &digest, called, noon(day)).await.unwrap();
    }
}

/// By which accounts somebody is known.
async fn accounts(book: &mut Book) {
    let (who, place) = ("two-accounts", "/accounts");
    let other = book.account(who, "telegram").await;
    book.scene("nobody", &[place, "/accounts/link", ":draw", "/accounts/link", ":draw", "link ABCDEFG2", place]).await;
    let (asks, does) = (format!("{place}/unlink/{other}"), format!(":unlink/{other}"));
    let own = format!("{place}/unlink/{}", book.account(who, "terminal").await);
    book.scene(who, &[place, &own, &asks, &does, place]).await;
}

/// What somebody is called, and says about themselves.
async fn profile(book: &mut Book) {
    let (who, long) = ("two-accounts", "x".repeat(181));
    book.scene(who, &["/profile", "/name", "\u{200b}", &long, "no"]).await;
    book.scene(who, &["/profile", "/name", "two accounts"]).await;
    book.scene(who, &["/profile", "/about", &long, "I mend bicycles."]).await;
    book.scene(who, &["/profile", "/about", "I mend bicycles: www.example.org", "/about", ":remove"]).await;
    book.scene("covered", &["/profile"]).await;
    book.scene(who, &["/payment", "/payment-add", "Card", "card", "1234", "/payment-add", "card"]).await;
    let mine = book.payment_detail(who, "Card").await;
    let (edit, delete) = (mine.replace("detail", "edit"), format!("{mine}/delete"));
    book.scene(who, &["/payment", &mine, &format!("{edit}/name"), &long, "IBAN"]).await;
    book.scene(who, &["/payment", &mine, &format!("{edit}/value"), &long, "ME25 1234"]).await;
    for name in ["b", "c", "d", "e"] {
        book.scene(who, &["/payment", "/payment-add", name, "5678"]).await;
    }
    book.scene(who, &["/payment-add"]).await;
    let other = book.payment_detail(who, "b").await;
    book.scene(who, &["/payment", &other, ":default"]).await;
    book.scene(who, &["/payment", &mine, &delete, ":delete"]).await;
    book.scene(who, &["/payment", &other, &format!("{other}/delete"), ":delete"]).await;
    let promised = book.commitment("helper", "covered");
    book.scene("helper", &[&promised]).await;
}

async fn cards(book: &mut Book) {
    let own = [("green", "green"), ("orange", "orange"), ("red", "red")];
    let circle = [("supporter-0-1", "orange"), ("supporter-1-1", "red"), ("supporter-3-1", "emergency-only")];
    let others = [("supporter-4-1", "was-red"), ("supporter-0-1", "supporter-0-2"), ("helper", "covered")];
    for (who, whose) in own.into_iter().chain(circle).chain(others) {
        book.scene(who, &[&format!("/card/{}", book.member(whose))]).await;
    }
    let (orange, only) = (book.member("orange"), book.member("emergency-only"));
    for who in ["orange", "supporter-0-1", &format!("receiver-{orange}-1")] {
        for place in ["circle", "helps"] {
            book.scene(who, &[&format!("/{place}/{orange}"), &format!("/{place}/{orange}/9")]).await;
        }
    }
    book.scene("supporter-3-1", &[&format!("/circle/{only}"), &format!("/helps/{only}")]).await;
    book.scene("supporter-4-1", &[&format!("/circle/{}", book.member("was-red"))]).await;
    let centre = book.member("centre");
    book.scene("centre", &[&format!("/circle/{centre}"), &format!("/circle/{centre}/2")]).await;
    let asks = format!("receiver-{}-0", book.member("orange"));
    book.scene("supporter-0-1", &[&format!("/card/{}", book.member(&asks))]).await;
}

async fn invited(book: &mut Book) {
    for token in ["to-green", "to-orange", "to-red", "to-urgent", "to-covered"] {
        book.scene("invited", &[&format!("start {token}")]).await;
    }
    book.scene("supporter-0-1", &["start to-orange"]).await;
}

async fn forms(book: &mut Book) {
    let help = |owner: &str, kind| format!("/help/{}", book.collection(owner, kind));
    let (monthly, urgent, paused) = (help("orange", Monthly), help("emergency-only", Emergency), help("red", Monthly));
    let (covered, ended) = (help("covered", Monthly), help("was-red", Emergency));
    book.scene("invited", &[&monthly, "fifty", "0", "50,123", "9999999", "hello", "25,50", ":redo-sum"]).await;
    book.scene("invited", &[&urgent, "100", ":confirm"]).await;
    book.scene("invited", &[&monthly, "25,50", ":confirm"]).await;
    book.scene("invited", &[&paused]).await;
    book.scene("invited", &[&covered]).await;
    book.scene("orange", &[&monthly]).await;
    book.scene("supporter-0-1", &[&monthly]).await;
    book.scene("supporter-4-1", &[&ended]).await;
    book.scene("asks-monthly", &["/ask-monthly", "plenty", "500", ":redo-sum", "450", ":ask"]).await;
    book.scene("asks-urgently", &["/ask-emergency", "0", "1234,56", "40", "7", ":redo-date", "21", ":ask"]).await;
    book.scene("asks-urgently", &["/ask-emergency", "10", "7", ":ask"]).await;
}

/// Each state from both sides, of a monthly collection, an emergency, and one that has ended.
async fn commitments(book: &mut Book) {
    for n in 0..14 {
        let helps = book.commitment(&format!("supporter-0-{n}"), "orange");
        book.scene(&format!("supporter-0-{n}"), &[&helps]).await;
        book.scene("orange", &["/organizer", &helps]).await;
    }
    for (ring, owner) in [(3, "emergency-only"), (4, "was-red")] {
        for n in [1, 2, 3, 4, 5, 9] {
            let helps = book.commitment(&format!("supporter-{ring}-{n}"), owner);
            book.scene(&format!("supporter-{ring}-{n}"), &[&helps]).await;
            book.scene(owner, &[&helps]).await;
        }
    }
    // What an emergency of one of the two does to the others.
    for n in [0, 1, 3] {
        let receiver = format!("receiver-{}-{n}", book.member("red"));
        let by_red = book.commitment("red", &receiver);
        book.scene("red", &[&by_red]).await;
        book.scene(&receiver, &[&by_red]).await;
    }
    let held = book.commitment("supporter-1-0", "red");
    book.scene("supporter-1-0", &[&held]).await;
    book.scene("red", &[&held]).await;
}

async fn by_the_supporter(book: &mut Book) {
    let of = |n: usize| book.commitment(&format!("supporter-0-{n}"), "orange");
    let (intention, obligation, claimed, overdue) = (of(0), of(1), of(2), of(3));
    let held = book.commitment("supporter-1-0", "red");
    let long = "x".repeat(181);
    let change = intention.replace("commitment", "change");
    let too_late = obligation.replace("commitment", "change");
    book.scene("supporter-0-0", &[&change, "ten", "10", &change, "20"]).await;
    let promise = format!("{intention}/promise");
    book.scene("supporter-0-0", &[&promise, ":promise", ":again", &promise]).await;
    let mine = book.commitment("green", &format!("receiver-{}-0", book.member("green")));
    book.scene("green", &[&mine, &format!("{mine}/withdraw"), ":withdraw"]).await;
    let at_once = book.commitment("orange", &format!("receiver-{}-0", book.member("orange")));
    book.scene("orange", &[&at_once, ":fulfil_now"]).await;
    let given = obligation.replace("commitment", "given");
    let late = overdue.replace("commitment", "given");
    let note = |of: &str| of.replace("commitment", "note");
    book.scene("supporter-0-0", &[&note(&intention), &long, "10 kg of potatoes", &note(&intention)]).await;
    book.scene("supporter-0-0", &[&note(&intention), ":remove"]).await;
    book.scene("supporter-0-1", &[&given, "all", "cancel", &given, "plenty", "9999", "4", &long, "By bank, today"])
        .await;
    book.scene("orange", &["/list/to-confirm", &format!("/circle/{}", book.member("orange"))]).await;
    book.scene("supporter-0-1", &[&too_late, &obligation, ":claim", &given, &note(&obligation)]).await;
    book.scene("supporter-0-3", &[&late, "3", ":note="]).await;
    book.scene("supporter-0-2", &[&claimed, ":remind", ":again"]).await;
    book.scene("supporter-0-3", &[&overdue, ":claim"]).await;
    book.scene("supporter-1-0", &[&held, &format!("{held}/move"), ":move/1000"]).await;
}

async fn by_the_receiver(book: &mut Book) {
    let of = |n: usize| book.commitment(&format!("supporter-3-{n}"), "emergency-only");
    let (intention, obligation, claimed, overdue, late) = (of(0), of(1), of(2), of(3), of(4));
    let who = "emergency-only";
    book.scene(who, &[&intention, ":ask_to_promise", ":again"]).await;
    book.scene(who, &[&obligation, ":ask_to_fulfil", &format!("{obligation}/forgive"), ":forgive"]).await;
    book.scene(who, &[&claimed, &format!("{claimed}/not_received"), ":not_received"]).await;
    book.scene(who, &[&overdue, ":ask_to_fulfil"]).await;
    book.scene(who, &[&late, ":confirm", &late, ":take_confirmation_back"]).await;
}

async fn ending(book: &mut Book) {
    let at = |route: &str, owner: &str, kind| format!("/{route}/{}", book.collection(owner, kind));
    let (sum, urgent_sum) = (at("change-sum", "orange", Monthly), at("change-sum", "red", Emergency));
    let (date, ended) = (at("change-date", "red", Emergency), at("end", "was-red", Emergency));
    let (monthly, emergency) = (at("end", "orange", Monthly), at("end", "red", Emergency));
    let paused = at("end", "red", Monthly);
    let release = format!("{emergency}/release");
    book.scene("orange", &[&sum, "more", "500", &sum, "750"]).await;
    book.scene("red", &[&urgent_sum, "99,90"]).await;
    book.scene("red", &[&date, "soon", "32", "22"]).await;
    book.scene("orange", &[&monthly, ":end"]).await;
    book.scene("red", &[&paused, ":end"]).await;
    book.scene("red", &[&emergency, ":end", &release, ":release"]).await;
    book.scene("was-red", &[&ended]).await;
}

async fn invites(book: &mut Book) {
    let mine = format!("/invite/{}", book.member("nobody"));
    let theirs = format!("/invite/{}", book.member("emergency-only"));
    book.scene("nobody", &["/invites"]).await;
    let by_helper = format!("/invites/by/{}", book.member("helper"));
    let covered = format!("/invite/{}", book.member("covered"));
    book.scene("covered", &[&covered, "/invites", &by_helper, ":revoke/5"]).await;
    book.scene("supporter-0-0", &[&format!("/invite/{}", book.member("green"))]).await;
    book.scene("nobody", &[&mine, ":make", &format!("{mine}/revoke"), ":revoke"]).await;
    book.scene("nobody", &[&format!("{mine}/limited"), ":limited"]).await;
    book.scene("nobody", &[&format!("{mine}/limited"), ":limited/7", &mine, "/invites"]).await;
    book.scene("supporter-3-1", &[&theirs, ":make", &format!("{theirs}/revoke")]).await;
    let only = book.member("emergency-only");
    let invite = format!(":invite/{only}");
    book.scene("supporter-3-2", &["/members", &invite]).await;
    let mine = format!(":invite/{}", book.member("supporter-3-5"));
    book.scene("supporter-3-5", &["/invite-to", &mine]).await;
    book.scene("supporter-3-0", &[&format!("/card/{only}"), &invite]).await;
}

/// Mutual guarantees, and the lists that they make.
async fn trust(book: &mut Book) {
    for who in ["nobody", "trusting", "their-trusted"] {
        book.scene(who, &["/trust", "/trust-ring/mine", "/trust-ring/theirs", "/trust-ring/further"]).await;
    }
    let (one, other) = (book.member("trusting"), book.member("trusted"));
    book.scene("trusted", &["start offer-of-trusting", &format!("/card/{one}"), &format!("/guarantee/{one}")]).await;
    book.scene("nobody", &["start offer-of-trusting", ":yes"]).await;
    book.scene("trusting", &["/offers", "/trust", ":offer", "/offers"]).await;
    let last = book.offer("trusting").await;
    book.scene("trusting", &[&format!("/offer/{last}"), &format!("/offer/{last}/withdraw"), ":withdraw"]).await;
    book.scene("trusting", &[&format!("/guarantee/{other}"), &format!("/guarantee/{other}/end"), ":end"]).await;
}

/// A pool, its members, invites and cases.
async fn pools(book: &mut Book) {
    let long = "x".repeat(2_001);
    let asked = ["/pools", "/pool-open", &long, "Family", &long, "Fire", "5", "4", "50", "0", "72", "51", "40"];
    book.scene("nobody", &[&asked[..], &[":open", "/pools"]].concat()).await;
    book.scene("covered", &["/pools", "/pool/1", "/pool-members/1", "/cases/1", "/pool-invite/1"]).await;
    book.scene("covered", &["/pool-invite/1/another", ":make/7", "/pool-invite/1/revoke", ":revoke"]).await;
    book.scene("covered", &["/pool/1/close", "/pool/1/leave", "/contribution/1", "1", "20"]).await;
    book.scene("covered", &["/case-open/1", &long, "The door", "500", "30", ":ask", "/pool/1"]).await;
    book.scene("covered", &["/case/2", "/case-lower/2", "40", "20"]).await;
    book.scene("covered", &["/case/2/withdraw", ":withdraw", "/cases/1"]).await;
    book.scene("orange", &["/pool/1", "/case/1", "/case/1/leave"]).await;
    book.scene("orange", &["/case/1", ":take/2500"]).await;
    book.scene("orange", &["/pool-group/1"]).await;
    book.scene("helper", &["/pool/1", "/case/1"]).await;
    book.scene("invited", &["start to-pool", "/join/to-pool", "5", "30", ":join", "/case/1"]).await;
    book.scene("invited", &["start to-pool", "/join/to-pool"]).await;
    book.scene("invited", &["/pool/1/leave", ":leave"]).await;
}

/// An initiative that collects votes, one that has those that it needs, and one that is over.
async fn initiatives(db: &DatabaseConnection, of: MemberId, [one, other]: [MemberId; 2]) {
    let words = "A well for all of us.\nhttps://example.org/well";
    let mut found = Vec::new();
    for title in ["A well", "A bench", "A bridge"] {
        let id = crate::initiative::initiative(db, of, title, words).await;
        found.push(store::collection::find(db, id).await.unwrap().unwrap());
    }
    let [well, bench, bridge] = &found[..] else { panic!("three") };
    help(db, one, well, 12_000, State::Intention).await;
    store::initiative::add_news(db, well.id, "We have found a place.\nIt is dry.", noon(2)).await.unwrap();
    help(db, one, bench, 30_000, State::Obligation).await;
    help(db, other, bench, 25_000, State::Intention).await;
    crate::initiative::reached(db, bench.id).await;
    help(db, one, bridge, 100, State::Cancelled).await;
    store::collection::end(db, bridge.id, exodus::domain::Ending::Expired, noon(2)).await.unwrap();
}

/// Initiatives: the lists, their cards, proposing one, voting, and what its initiator and an administrator do.
async fn with_initiatives(book: &mut Book) {
    let long = "x".repeat(1_001);
    let [well, bench, bridge] = book.initiatives().await;
    let of = |screen: &str, id: CollectionId| format!("/{screen}/{id}");
    let asked =
        ["/initiatives", "/propose", &long, "A swing", &long, "For the children", "0", "500", "1.1.2020", "200", "30"];
    book.scene("nobody", &[&asked[..], &[":propose", "/initiatives"]].concat()).await;
    book.scene("covered", &["/initiatives", "/initiatives-over", &of("initiative", well), &of("initiative", bench)])
        .await;
    book.scene("covered", &[&of("initiative", bridge)]).await;
    for one in [well, bench, bridge] {
        book.scene("votes", &[&of("initiative", one), &of("vote", one)]).await;
    }
    book.scene("helper", &[&of("vote", well), "0", "400", ":vote/38000", &of("vote", well)]).await;
    let vote = book.vote("votes", well).await;
    book.scene("votes", &[&vote, &format!("{vote}/withdraw")]).await;
    book.scene("covered", &[&vote]).await;
    let vote = book.vote("votes too", bench).await;
    book.scene("votes too", &[&vote, &format!("{vote}/promise")]).await;
    book.scene("covered", &[&vote]).await;
    book.scene("covered", &[&of("initiative-news", well), &long, "It will be dug on Monday.", ":tell"]).await;
    book.scene("covered", &[&of("initiative-group", well), &of("initiative-group", bridge)]).await;
    book.scene("covered", &[&of("initiative-date", well), "29.11.2026", "60", ":prolong"]).await;
    book.scene("covered", &[&of("initiative-sum", well), "500", "450", ":redo-sum", "400", ":lower/40000"]).await;
    book.scene(
        "covered",
        &[&of("initiative-cancel", bench), &format!("{}/sure", of("initiative-cancel", bench)), ":cancel"],
    )
    .await;
    book.scene(ADMINISTRATOR, &["/initiatives", &of("initiative", well)]).await;
    book.scene(ADMINISTRATOR, &[&of("initiative-close", well), "\u{200b}", "It is an advertisement", ":close"]).await;
}

async fn own_data(book: &mut Book) {
    for who in ["nobody", "orange"] {
        book.scene(who, &["/leave"]).await;
    }
    book.scene("nobody", &["/my-data"]).await;
    // The file itself has times and words of its own.
    book.scene("held", &["/menu", "/my-data", "/leave", "/profile"]).await;
}

async fn administration(book: &mut Book) {
    let (held, green) = (book.member("held"), book.member("green"));
    let (one, own) = (format!("/admin-member/{green}"), book.member(ADMINISTRATOR));
    book.scene(ADMINISTRATOR, &["/admin", "/admin-members", "/admin-members/99", &one]).await;
    book.scene(ADMINISTRATOR, &[&format!("/admin-member/{own}")]).await;
    book.scene(ADMINISTRATOR, &[&format!("/suspend/{green}"), "\u{200b}", "Writes to strangers", ":redo-why"]).await;
    book.scene(ADMINISTRATOR, &[&format!("/suspend/{green}"), "Writes to strangers", ":suspend"]).await;
    book.scene(ADMINISTRATOR, &[&format!("/admin-member/{held}"), ":restore"]).await;
    let sign_in = format!("/sign-in-for/{green}");
    book.scene(ADMINISTRATOR, &[&sign_in, ":give/minutes", &sign_in, ":give/day"]).await;
    book.scene(ADMINISTRATOR, &["/admin-status", ":open", "/admin-status/99"]).await;
    book.scene(ADMINISTRATOR, &["/announce", &"x".repeat(1_001), "We meet on Sunday.", ":send"]).await;
    book.scene(ADMINISTRATOR, &["/announcement/1"]).await;
}

/// What may be set off, and what was.
async fn clearing(book: &mut Book) {
    let promise = book.promise("clears too", "clears").await;
    book.scene("nobody", &["/clearing", ":allow", ":refuse", "/set-off/1", "/set-off/2"]).await;
    book.scene("clears", &["/clearing", "/set-off/1", &promise, ":directly"]).await;
    book.scene("clears too", &["/clearing", &promise]).await;
    book.scene("clears", &[&promise, ":let-set-off"]).await;
    book.scene("clears too", &[&promise, ":directly"]).await;
    for place in ["/list/given", "/list/received", "/set-off/1/9"] {
        book.scene("clears", &[place]).await;
    }
    let whole = book.commitment("clears", "clears too");
    let part = book.commitment("clears too", "clears");
    book.scene("clears", &[&whole, &part]).await;
    book.scene("clears too", &[&part]).await;
    book.scene(ADMINISTRATOR, &["/admin-clearing", ":try", "/admin-clearing"]).await;
    book.trial_is_done().await;
    book.scene(ADMINISTRATOR, &["/admin-clearing"]).await;
}

/// What is passed on along a chain of promises, once declined and once agreed to.
async fn chains(book: &mut Book) {
    let (first, second) = (book.commitment("gives", "passes"), book.commitment("passes", "gets"));
    let pass_on = |promise: &str| promise.replace("commitment", "pass-on");
    let pair = format!("{}/{}", pass_on(&first), second.rsplit('/').next().unwrap());
    book.scene("passes", &[&first, &pass_on(&first), &second, &pass_on(&second), &pair, ":offer/4000"]).await;
    book.scene("gives", &[&first, "/chain/1", &pass_on(&first), ":again"]).await;
    book.scene("gets", &["/chain/1", &second]).await;
    book.scene("passes", &["/chain/1", &first, &pair]).await;
    book.scene("gives", &["/chain/1", ":agree", &first]).await;
    book.scene("gets", &["/chain/1", &second]).await;
    book.scene("passes", &["/chain/1"]).await;
    book.scene("gets", &["/chain/1", ":agree", "/list/for-me", &second]).await;
    book.scene("gives", &["/chain/1", &first, "/list/mine"]).await;
    book.scene("passes", &["/chain/1", &first, "/list/given", "/list/received", "/profile"]).await;
}

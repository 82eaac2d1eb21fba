//! A community with one of every kind of member, and help in every state on both sides of each.

use exodus::domain::{AboutMe, Collection, Commitment, MemberId, PaymentName, PaymentValue, State};
use exodus::store;
use exodus_engine::locale::clean_name;
use sea_orm::DatabaseConnection;

use crate::community::{emergency, help, help_of, member, monthly, noon, november, october};

/// Every state that a commitment can be in.
pub const STATES: [State; 14] = [
    State::Intention,
    State::Obligation,
    State::Claimed,
    State::Overdue,
    State::OverdueClaimed,
    State::Fulfilled,
    State::FulfilledLate,
    State::Withdrawn,
    State::Lapsed,
    State::Forgiven,
    State::Cancelled,
    State::Merged,
    State::PassedOn,
    State::TakenOver,
];

/// Names that would break a page if it could be broken by a name.
pub fn hostile_names() -> Vec<String> {
    let names = [
        "👨‍👩‍👧‍👦".repeat(64),
        "👨‍👩‍👧‍👦".repeat(20),
        "\u{202e}gnirts\u{202c} שלום عليكم".to_owned(),
        "Z̷̨̡̛̰̦̈́̀͠a̵̧̨̛̰͆̀̕l̴̡̢̛̰͑̀̚g̸̢̨̛̰͌̀̐ő̷̡̨̰̀̕".to_owned(),
        "<b>bold</b> & <script>alert(1)</script>".to_owned(),
        "[x](https://evil.example) **b** `c` _d_".to_owned(),
        "@room @everyone /menu".to_owned(),
        "a\u{1b}[2J\nb\u{0}c\u{7}".to_owned(),
        "w".repeat(64),
        "ﷺ".repeat(30),
    ];
    let cleaned = names.iter().map(|name| {
        use unicode_segmentation::UnicodeSegmentation;
        let first: String = name.graphemes(true).take(64).collect();
        clean_name(&first).unwrap_or_else(|_| first.chars().take(64).collect())
    });
    cleaned.collect()
}

/// A text about oneself, with a link, that would break a card if it could be broken.
fn about_with(name: &str) -> String {
    let fitting = |text: &String| AboutMe::read(text).is_ok();
    let link = "https://example.org/bread";
    Some(format!("{name} {name} {link}")).filter(fitting).unwrap_or_else(|| format!("{link} {name}"))
}

/// How somebody can be paid; the first of these is the default.
pub async fn pay(db: &DatabaseConnection, whom: MemberId, names: &[&str], value: &str) {
    for (n, name) in names.iter().enumerate() {
        let name = PaymentName::read(name).unwrap_or_else(|_| PaymentName::read("a name").unwrap());
        let value = PaymentValue::read(value).unwrap();
        store::payment_detail::insert(db, whom, &name, &value, n == 0).await.unwrap();
    }
}

/// Who there is to look at the pages: their address is their name. Those who help them are there too, and those whose
/// names would break a page.
pub async fn settle(db: &DatabaseConnection) -> Vec<(&'static str, MemberId)> {
    let (people, open) = ordinary(db).await;
    for name in hostile_names() {
        let hostile = member(db, &name).await;
        store::member::set_about(db, hostile, Some(&about_with(&name))).await.unwrap();
        let beginning: String = name.chars().take(8).collect();
        pay(db, hostile, &[&beginning, "Card", "IBAN", "PayPal", "Cash"], &name).await;
        let asks = monthly(db, hostile).await;
        let claimed = help(db, hostile, &open[0], 100, State::Claimed).await;
        note(db, &claimed, &about_with(&name)).await;
        help(db, hostile, &open[2], 99_999_999, State::Obligation).await;
        help_of(db, people[0].1, &asks, 9_900, State::Overdue, october()).await;
        let intended = help(db, people[0].1, &asks, 12_345, State::Intention).await;
        note(db, &intended, &name).await;
    }
    people
}

/// The same people without the hostile names, and the open collections among theirs.
pub async fn ordinary(db: &DatabaseConnection) -> (Vec<(&'static str, MemberId)>, Vec<Collection>) {
    let mut people = Vec::new();
    for name in ["green", "orange", "red", "emergency-only", "was-red"] {
        people.push((name, member(db, name).await));
    }
    pay(db, people[0].1, &["Card", "IBAN"], "1234").await;
    let (orange, red, only, was) = (people[1].1, people[2].1, people[3].1, people[4].1);
    let open = [monthly(db, orange).await, monthly(db, red).await, emergency(db, red).await, emergency(db, only).await];
    let ended = emergency(db, was).await;
    for (n, collection) in open.iter().chain([&ended]).enumerate() {
        in_every_state(db, collection, n).await;
    }
    store::collection::end(db, ended.id, exodus::domain::Ending::Ended, noon(3)).await.unwrap();
    for (_, who) in people.clone() {
        helps_in_every_state(db, who).await;
    }
    (people, open.to_vec())
}

async fn in_every_state(db: &DatabaseConnection, collection: &Collection, n: usize) {
    for (m, state) in STATES.into_iter().enumerate() {
        let supporter = member(db, &format!("supporter-{n}-{m}")).await;
        let month = if state.is_overdue() { october() } else { november() };
        let helps = help_of(db, supporter, collection, 1_000, state, month).await;
        if state.is_claimed() || state.is_fulfilled() {
            note(db, &helps, "By bank, on Friday").await;
        }
    }
}

async fn note(db: &DatabaseConnection, help: &Commitment, note: &str) {
    store::commitment::set_note(db, help.id, Some(note)).await.unwrap();
}

async fn helps_in_every_state(db: &DatabaseConnection, who: MemberId) {
    for (m, state) in STATES.into_iter().enumerate() {
        let receiver = member(db, &format!("receiver-{who}-{m}")).await;
        let asks = if m % 2 == 0 { monthly(db, receiver).await } else { emergency(db, receiver).await };
        help(db, who, &asks, 2_550, state).await;
    }
}

/// One member whom so many others help, and who helps as many.
pub async fn crowd(db: &DatabaseConnection, size: usize) -> MemberId {
    let centre = member(db, "centre").await;
    let asks = monthly(db, centre).await;
    for n in 0..size {
        let other = member(db, &format!("neighbour {n:03}")).await;
        help(db, other, &asks, 1_000, if n % 2 == 0 { State::Intention } else { State::Claimed }).await;
        let other = monthly(db, other).await;
        help(db, centre, &other, 1_000, if n % 3 == 0 { State::Obligation } else { State::Claimed }).await;
    }
    centre
}

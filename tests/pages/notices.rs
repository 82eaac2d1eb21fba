//! Every notice there is, in every language.

use exodus::domain::{About, CaseId, ChainId, CollectionId, CommitmentId, MemberId, PoolId};
use exodus::notices::{self, Names};
use exodus_engine::conversation::{Choice, Named, Page, Press, Reader, Rendered, render_notice};
use exodus_engine::locale::{Format, Locales};
use serde_json::{Map, Value, json};

use crate::house::{KEYBOARD, NUMBERED, presses};
use crate::limits;

/// The notices that have choices, and the deeds among those.
const OFFERING: [(&str, &[&str]); 106] = [
    ("notice-clearing-soon", &[]),
    ("notice-set-off", &[]),
    ("notice-intention", &["ask_to_promise"]),
    ("notice-obligation", &["ask_to_fulfil"]),
    ("notice-changed", &["ask_to_promise"]),
    ("notice-promised", &["ask_to_fulfil"]),
    ("notice-claimed", &["confirm"]),
    ("notice-reminded", &["confirm"]),
    ("notice-taken-back", &["ask_to_fulfil"]),
    ("notice-asked-to-promise", &["promise"]),
    ("notice-asked-to-fulfil", &["claim"]),
    ("notice-asked-to-write", &[]),
    ("notice-not-received", &["claim"]),
    ("notice-claimed-part", &["confirm"]),
    ("notice-taken-back-part", &["ask_to_fulfil"]),
    ("notice-not-received-part", &["claim"]),
    ("notice-taken-back-overdue", &["ask_to_fulfil"]),
    ("notice-taken-back-part-overdue", &["ask_to_fulfil"]),
    ("notice-not-received-overdue", &["claim"]),
    ("notice-not-received-part-overdue", &["claim"]),
    ("notice-confirmation-taken-back", &["remind"]),
    ("notice-move-to-emergency", &["move"]),
    ("notice-opened-monthly", &[]),
    ("notice-opened-emergency", &[]),
    ("notice-ended-promised", &["claim"]),
    ("notice-ended-monthly-promised", &["claim"]),
    ("notice-ended-claimed", &["remind"]),
    ("notice-ran-out", &[]),
    ("notice-ran-out-mine", &[]),
    ("notice-ends-soon", &[]),
    ("notice-date-changed-promised", &["claim"]),
    ("notice-ran-out-claimed", &[]),
    ("notice-ring-monthly", &[]),
    ("notice-ring-emergency", &[]),
    ("notice-remind-monthly", &["claim"]),
    ("notice-remind-emergency", &["claim"]),
    ("notice-restored-claimed", &["remind"]),
    ("notice-daily", &[]),
    ("notice-invite-made", &[]),
    ("notice-guaranteed", &[]),
    ("notice-supporter-left", &[]),
    ("notice-supporter-left-claimed", &[]),
    ("notice-receiver-left", &[]),
    ("notice-receiver-left-claimed", &[]),
    ("notice-suspended", &[]),
    ("notice-restored", &[]),
    ("notice-case", &["take-share"]),
    ("notice-case-again", &["take-share"]),
    ("notice-case-share", &["take-share"]),
    ("notice-case-share-taken", &[]),
    ("notice-case-share-nothing", &[]),
    ("notice-case-spared", &[]),
    ("notice-case-less", &[]),
    ("notice-case-promised", &["claim"]),
    ("notice-case-settled", &[]),
    ("notice-case-nobody", &[]),
    ("notice-case-over", &[]),
    ("notice-pool-joined", &[]),
    ("notice-pool-fewer", &[]),
    ("notice-pool-kept", &[]),
    ("notice-case-given-up", &[]),
    ("notice-pool-group", &[]),
    ("notice-pool-stranger", &[]),
    ("notice-pool-stranger-named", &[]),
    ("notice-initiative-proposed", &["vote/1000", "vote/2000", "vote/5000"]),
    ("notice-initiative-vote", &[]),
    ("notice-initiative-vote-changed", &[]),
    ("notice-initiative-vote-withdrawn", &[]),
    ("notice-initiative-reached", &["promise"]),
    ("notice-initiative-reached-mine", &[]),
    ("notice-initiative-remind", &["promise"]),
    ("notice-initiative-lowered", &[]),
    ("notice-initiative-prolonged", &[]),
    ("notice-initiative-news", &[]),
    ("notice-initiative-not-reached", &[]),
    ("notice-initiative-not-reached-mine", &[]),
    ("notice-initiative-cancelled", &[]),
    ("notice-initiative-cancelled-promised", &[]),
    ("notice-initiative-closed", &[]),
    ("notice-initiative-closed-promised", &[]),
    ("notice-initiative-closed-mine", &[]),
    ("notice-initiative-promised", &["claim"]),
    ("notice-initiative-unpromised", &[]),
    ("notice-initiative-promised-mine", &[]),
    ("notice-initiative-nobody-mine", &[]),
    ("notice-initiative-ended-meanwhile", &[]),
    ("notice-initiative-reached-held", &[]),
    ("notice-initiative-paused", &[]),
    ("notice-initiative-given", &[]),
    ("notice-initiative-cancelled-given", &[]),
    ("notice-initiative-closed-given", &[]),
    ("notice-initiative-held-over", &[]),
    ("notice-initiative-held-promised", &[]),
    ("notice-initiator-left", &[]),
    ("notice-initiator-left-given", &[]),
    ("notice-voter-left", &[]),
    ("notice-chain-supporter", &["agree-chain", "decline-chain"]),
    ("notice-chain-receiver", &["agree-chain", "decline-chain"]),
    ("notice-chain-owed", &["claim"]),
    ("notice-chain-owed-not-intended", &["claim"]),
    ("notice-chain-agreed", &[]),
    ("notice-chain-done", &[]),
    ("notice-chain-declined", &[]),
    ("notice-chain-withdrawn", &[]),
    ("notice-chain-expired", &[]),
    ("notice-chain-void", &[]),
];

/// The notices that somebody waits for an answer to: nothing switches them off.
const ASKING: [&str; 24] = [
    "notice-case",
    "notice-case-again",
    "notice-case-share",
    // A promise of a sum that they did not know when they took it, and that they are out of a pool.
    "notice-case-promised",
    "notice-pool-left",
    // Whether they agree to what is passed on, and that they owe it then.
    "notice-chain-supporter",
    "notice-chain-receiver",
    "notice-chain-owed",
    "notice-chain-owed-not-intended",
    "notice-claimed",
    "notice-reminded",
    "notice-asked-to-promise",
    "notice-asked-to-fulfil",
    "notice-asked-to-write",
    "notice-not-received",
    "notice-claimed-part",
    "notice-not-received-part",
    "notice-not-received-overdue",
    "notice-not-received-part-overdue",
    "notice-move-to-emergency",
    "notice-overdue",
    "notice-initiative-reached",
    // Said to one, of themselves.
    "notice-suspended",
    "notice-restored",
];

fn locales() -> Locales {
    exodus::texts::locales(Format { currency: "EUR".to_owned() }).expect("locales")
}

const ANNA: MemberId = MemberId::new(1);
const FRIEND: MemberId = MemberId::new(2);

/// A fact of every name that a notice may speak of.
fn facts() -> Map<String, Value> {
    let facts = [
        ("name", json!({ "member": ANNA })),
        ("friend", json!({ "member": FRIEND })),
        ("supporter", json!({ "member": FRIEND })),
        ("middle", json!({ "member": ANNA })),
        ("receiver", json!({ "member": FRIEND })),
        ("by", json!({ "member": ANNA })),
        ("sum", json!({ "sum": 12_050 })),
        ("from", json!({ "sum": 100 })),
        ("intention", json!({ "sum": 100_000_000 })),
        ("gathered", json!({ "sum": 0 })),
        ("promised", json!({ "sum": 7_000 })),
        ("part", json!({ "sum": 4_000 })),
        ("left", json!({ "sum": 100_000_000 })),
        ("missing", json!({ "sum": 100 })),
        ("count", json!({ "count": 21 })),
        ("asks", json!({ "sum": 100_000_000 })),
        ("most", json!({ "sum": 100_000 })),
        ("grows", json!({ "count": 1 })),
        ("until", json!({ "at": "2026-11-30T12:00:00Z" })),
        ("pool", json!({ "pool": 1 })),
        ("words", json!({ "case": 1 })),
        ("date", json!({ "date": "2026-11-30" })),
        ("title", json!({ "initiative": 1 })),
        ("news", json!({ "news": 1 })),
        ("voted", json!({ "sum": 5_000 })),
        ("mine", json!({ "sum": 700 })),
    ];
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

/// What they are called.
fn names() -> Names {
    let names = [(ANNA, "<b>Анна</b> & [x](y) @room {$sum}"), (FRIEND, "שלום 👨‍👩‍👧‍👦")];
    names.into_iter().map(|(id, name)| (id, name.to_owned())).collect()
}

/// What takes the most room.
pub fn longest() -> Named {
    Named { word: "WWWWWWWWWWWW".to_owned(), number: 999_999_999 }
}

/// A notice with what it offers, which is about one kind of thing alone.
fn page(kind: &str, json: &str, names: &Names) -> Page {
    let all = [
        About::Member(MemberId::new(7)),
        About::Collection(CollectionId::new(7)),
        About::Commitment(CommitmentId::new(7)),
        About::Pool(PoolId::new(7)),
        About::Case(CaseId::new(7)),
        About::Chain(ChainId::new(7)),
    ];
    let page = |about| notices::page(kind, json, about, names).unwrap_or_else(|| panic!("{kind} is unknown"));
    let (pages, without) = (all.map(|about| page(Some(about))), page(None));
    let rows = without.rows.clone();
    let mut offering = pages.into_iter().filter(|page| page.rows != rows);
    let page = offering.next().unwrap_or(without);
    assert!(offering.next().is_none(), "{kind} is about one kind of thing");
    page
}

/// A notice as each reader sees it.
fn read(locales: &Locales, kind: &str, facts: &Map<String, Value>, names: &Names, see: impl Fn(&str, &Rendered)) {
    let json = Value::Object(facts.clone()).to_string();
    let page = page(kind, &json, names);
    for language in locales.languages() {
        for caps in [KEYBOARD, NUMBERED] {
            let rendered = render_notice(locales, Reader::of(&language.code), caps, &page, &longest());
            let place = format!("{kind} in {}", language.code);
            see(&place, &rendered);
            let no_name = |text: &str| text.replace("{$sum}", "");
            let mut plain = rendered.clone();
            for span in &mut plain.text.spans {
                span.text = no_name(&span.text);
            }
            limits::hold(&place, locales, &language.code, caps, &plain);
        }
    }
}

#[test]
fn every_notice_is_a_page_in_every_language() {
    let locales = locales();
    for kind in notices::names() {
        read(&locales, kind, &facts(), &names(), |place, page| {
            let text = page.text.plain();
            let names_nobody = !locales.variables("en", kind).contains("name");
            assert!(names_nobody || text.contains("Анна</b> & [x](y) @room"), "{place} changes people's words: {text}");
        });
    }
}

#[test]
fn who_is_no_member_any_more_is_called_by_a_word_of_the_readers_language() {
    let locales = locales();
    for kind in notices::names() {
        read(&locales, kind, &facts(), &Names::default(), |place, page| {
            let text = page.text.plain();
            let names_nobody = !locales.variables("en", kind).contains("name");
            let called = text.contains("Former member") || text.contains("Бывший участник");
            assert!(names_nobody || called, "{place} names nobody: {text}");
        });
        let json = Value::Object(facts()).to_string();
        assert_eq!(page(kind, &json, &Names::default()).about, None, "nobody answers by that: {kind}");
    }
}

#[test]
fn a_notice_offers_its_choices_and_no_others() {
    let locales = locales();
    let json = Value::Object(facts()).to_string();
    for kind in notices::names() {
        let asking = OFFERING.iter().find(|(name, _)| *name == kind);
        let page = page(kind, &json, &names());
        let deeds = page.rows.iter().flatten().filter_map(|choice| match choice {
            Choice::Do { name, .. } => Some(name.as_str()),
            _ => None,
        });
        let deeds: Vec<String> = deeds.into_iter().map(|deed| deed.to_owned()).collect();
        assert_eq!(deeds, asking.map(|(_, deeds)| deeds.to_vec()).unwrap_or_default(), "{kind}");
        assert_eq!(asking.is_some(), !page.rows.is_empty(), "{kind}");
        let named = Named { word: "B3XT6VPA".to_owned(), number: 12 };
        let rendered = render_notice(&locales, Reader::of("en"), KEYBOARD, &page, &named);
        for press in presses(&rendered) {
            let Some(Press::Notice { notice, .. } | Press::NoticeLink { notice, .. }) = Press::decode(press) else {
                panic!("{kind}: {press}");
            };
            assert_eq!(notice, named.word, "{kind}: {press}");
        }
    }
}

#[test]
fn what_somebody_waits_for_can_not_be_switched_off_and_all_else_can() {
    for kind in notices::names() {
        let (_, asks) = notices::category(kind).expect("every kind has a category");
        assert_eq!(asks, ASKING.contains(&kind), "{kind}");
    }
}

#[test]
fn a_notice_of_an_older_release_lacks_a_fact_and_is_told_all_the_same() {
    let locales = locales();
    for kind in notices::names() {
        for lacking in facts().keys() {
            let mut facts = facts();
            facts.remove(lacking);
            read(&locales, kind, &facts, &names(), |_, _| {});
        }
    }
}

#[test]
fn what_this_release_does_not_know_is_no_page() {
    for (kind, facts) in [
        ("notice-of-the-future", "{}"),
        ("notice-intention", ""),
        ("notice-intention", "[]"),
        ("notice-intention", "{\"name\":{\"hologram\":1}}"),
        // What somebody is called is no fact: it would be kept in a second place.
        ("notice-intention", "{\"name\":{\"words\":\"Anna\"}}"),
        ("menu-hello", "{}"),
    ] {
        assert_eq!(
            notices::page(kind, facts, Some(About::Commitment(CommitmentId::new(7))), &names()),
            None,
            "{kind} {facts}"
        );
    }
}

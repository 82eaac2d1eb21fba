//! Who sees what of a member's pools, cases and guarantees: every kind of viewer, every page, each typed as a deep link.

use exodus_engine::msg;

use crate::house::{dump, presses};
use crate::who_sees::{VIEWERS, house};

/// Those in Anna's pool.
pub const POOL: &[&str] = &["Anna", "Boris", "Vera"];

/// Pages, who may see each, and what they read there.
const PAGES: [(&str, &[&str], &str); 12] = [
    ("/pool/1", POOL, "Neighbours"),
    ("/pool/1/leave", POOL, ""),
    ("/pool-members/1", POOL, ""),
    ("/pool-invite/1", POOL, ""),
    ("/contribution/1", POOL, ""),
    ("/cases/1", POOL, ""),
    ("/case/1", POOL, "roof"),
    ("/case-open/1", POOL, ""),
    // What belongs to one of them alone.
    ("/case-lower/1", &["Anna"], ""),
    ("/guarantee/1", &["Vera"], "Anna"),
    ("/guarantee/1/end", &["Vera"], "Anna"),
    ("/offer/5", &["Anna"], ""),
];

#[tokio::test]
async fn each_sees_what_is_for_them() {
    let house = house().await;
    // Of a guarantee that never was the page says no more than of one that has ended.
    let nothing = [msg!("page-lost"), msg!("guarantee-none")].map(|words| house.words("en", &words));
    let is_nothing = |seen: &str| nothing.iter().any(|words| seen.starts_with(words.as_str()));
    for who in VIEWERS.map(|viewer| viewer.name) {
        house.presses(who, "/menu").await;
        let kept = dump(&house.db).await;
        for (route, whose, reads) in PAGES {
            let page = house.presses(who, route).await;
            let seen = format!("{} {:?}", page.text.plain(), page.buttons);
            if whose.contains(&who) {
                assert!(!is_nothing(&seen) && seen.contains(reads), "{who} at {route}: {seen}");
                continue;
            }
            // A case is no secret to its pool, nor that it can be lowered by somebody else.
            let knows = POOL.contains(&who) && route.contains("case");
            assert!(knows || is_nothing(&seen), "{who} at {route}: {seen}");
            for secret in ["Neighbours", "roof", "Fire and water", "Boris", "Vera"] {
                assert!(knows || who == secret || !seen.contains(secret), "{who} at {route}: {seen}");
            }
        }
        assert_eq!(dump(&house.db).await, kept, "{who} has only looked");
    }
}

#[tokio::test]
async fn of_a_pool_those_are_named_whom_one_knows() {
    let house = house().await;
    for (who, named, not_named) in [("Anna", "Boris", "Olga"), ("Boris", "Anna", "Vera"), ("Vera", "Anna", "Boris")] {
        house.presses(who, "/menu").await;
        let page = house.presses(who, "/pool-members/1").await;
        let seen = format!("{} {:?}", page.text.plain(), page.buttons);
        assert!(seen.contains(named) && !seen.contains(not_named), "{who}: {seen}");
    }
}

#[tokio::test]
async fn a_trust_list_leads_to_those_who_are_in_it() {
    let house = house().await;
    for viewer in VIEWERS {
        house.presses(viewer.name, "/menu").await;
        for ring in ["/trust", "/trust-ring/mine", "/trust-ring/theirs", "/trust-ring/further"] {
            let page = house.presses(viewer.name, ring).await;
            let leads = presses(&page).contains(&"/card/1");
            assert_eq!(leads, viewer.name == "Vera" && ring == "/trust-ring/mine", "{} at {ring}", viewer.name);
        }
    }
}

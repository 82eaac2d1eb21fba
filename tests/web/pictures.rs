//! The picture of a network, in a page.

use exodus::domain::MemberId;
use exodus::store;

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn my_network_stands_in_the_page_with_a_title_on_each_dot_and_nothing_that_the_policy_forbids() {
    let town = Town::begins().await;
    let user = town.member(101, "Anna", "en").await;
    let boris = town.member(102, "Bo<b>ris & \"Co\"", "en").await;
    let now = "2026-11-03T12:00:00Z".parse().unwrap();
    store::guarantee::make(&town.database().await, (MemberId::new(1), MemberId::new(2)), now).await.unwrap();
    drop(boris);
    let mut web = town.signed_in(&user, "en").await;
    for label in ["Members", "My network", "Picture of my network"] {
        web.presses(label).await;
    }
    web.page.says("Your network as a picture");
    web.page.says("Save exodus-network.png");
    let svg = web.page.body.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a picture");
    let title = "<title>Bo&lt;b&gt;ris &amp; &quot;Co&quot; and me: mutual guarantee</title>";
    assert!(svg.contains(title), "{svg}");
    for forbidden in ["<style", "style=", "<script", "onload", "href", "<image", "<b>"] {
        assert!(!svg.contains(forbidden), "{forbidden}");
    }
    let file = web.asks("GET", &format!("{}/file", web.tab()), &[], "").await;
    assert_eq!(file.header("content-type"), Some("image/png"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"exodus-network.png\""));
}

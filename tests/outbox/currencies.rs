//! Sums in notices, for those who want to see them in another currency too.

use std::sync::Arc;

use exodus::store;

use crate::desk::Desk;
use crate::news::SUM;
use crate::support::database::on_each;
use exodus_engine::conversation::Clock;

#[tokio::test]
async fn each_reads_sums_also_in_the_currency_of_their_own_choice() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris, clara) = (desk.member("anna").await, desk.member("boris").await, desk.member("clara").await);
        for (who, currency) in [(anna, Some("USD")), (boris, None), (clara, Some("RUB"))] {
            store::person::set_also_in(&desk.db, who, currency).await.unwrap();
        }
        desk.queue(&[anna, boris, clara], SUM, store::outbox::TELLS, desk.clock.now()).await;
        let letters = desk.deliver().await;
        let said: Vec<String> = desk.post.pages().iter().map(|page| page.text.plain().replace('\u{a0}', " ")).collect();
        let to =
            |name: &str| letters.iter().zip(&said).find(|(letter, _)| letter.starts_with(name)).unwrap().1.as_str();
        assert_eq!(to("anna"), "It came to €100 (≈ $110).");
        assert_eq!(to("boris"), "It came to €100.");
        assert_eq!(to("clara"), "It came to €100.", "a currency that has no rate any more");
    })
    .await;
}

//! What a card says of a circle adds up, in however many parts somebody has given.

use exodus::domain::State;

use crate::community::{help, member, monthly};
use crate::house::House;

/// More than a card looks at to see who did something last.
const PARTS: i64 = 50;

#[tokio::test]
async fn the_line_of_a_supporter_is_the_sum_of_all_that_they_give() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let asks = monthly(&house.db, anna).await;
    let (boris, vera) = (member(&house.db, "boris").await, member(&house.db, "vera").await);
    help(&house.db, vera, &asks, 2_000, State::Claimed).await;
    for _ in 0..PARTS {
        help(&house.db, boris, &asks, 101, State::Claimed).await;
    }
    help(&house.db, vera, &asks, 345, State::Obligation).await;
    for who in ["anna", "boris"] {
        let text = house.presses(who, &format!("/card/{anna}")).await.text.plain();
        for line in ["– boris: 🤝→👍 €50.50", "– vera: 🤝 €3.45, 🤝→👍 €20", "🤝→👍 Done, not confirmed yet: €70.50"]
        {
            assert!(text.contains(line), "{who}: {line} in {text}");
        }
    }
}

//! Topics in private chats: what is answered there belongs where it was asked.

use crate::bot::{Bot, Updates};

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_stands_in_the_topic_that_it_was_asked_in() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    assert_eq!(anna.last_message().thread, None);
    for topic in [77, 78] {
        anna.writes_in(topic, "/menu");
        anna.wait_for(std::time::Duration::from_secs(10), |messages| {
            messages.last().filter(|last| last.from_bot && last.thread == Some(topic)).cloned()
        })
        .await
        .unwrap_or_else(|chat| panic!("not in {topic}:\n{chat}"));
        // What is pressed there is shown there.
        anna.presses_when_shown("Profile").await;
        assert_eq!(anna.sees("My profile").await.thread, Some(topic));
    }
    // One that is no more does not keep the answer from them.
    bot.api.settled().await;
    anna.writes_in(79, "/help");
    anna.deletes_topic(79);
    bot.api.settled().await;
    assert!(anna.last_message().text.contains("Exodus helps people"), "{}", anna.transcript());
    bot.is_blameless().await;
}

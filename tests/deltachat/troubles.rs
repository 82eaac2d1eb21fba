//! The mail server is away, or does not take what it is given: nothing is lost, nothing comes twice.

use std::time::Duration;

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::cycle::arrives;
use crate::line::{Fate, Line};
use crate::person::Person;
use crate::server::{Server, shared};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn what_the_mail_server_does_not_take_now_goes_out_later_and_once() {
    let server = shared();
    let line = Line::to(server).await;
    let bot = Bot::at(Home::on(server).sending_by(line.port()));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let hers = arrives(&anna, &link, "English", "Welcome").await;
    let his = arrives(&boris, &link, "English", "Welcome").await;

    line.does(Fate::Recipient("451 4.7.1 later"));
    hers.says("profile").await;
    for _ in 0..9 {
        his.says("menu").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    line.does(Fate::Passes);
    hers.sees("My profile").await;
    his.sees("Your status").await;
    assert_eq!(hers.count("My profile").await, 1);

    // The mail was taken, and nobody heard of it.
    line.does(Fate::Unanswered);
    hers.says("menu").await;
    hers.sees("Your status").await;
    line.does(Fate::Passes);
    hers.asks("profile", "My profile").await;
    // The welcome says it too.
    assert_eq!(hers.count("Your status").await, 2, "{}", hers.transcript().await);
    nobody_is_untold(&bot.home.database().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_whose_mail_is_refused_for_good_holds_up_nobody() {
    let server = shared();
    let line = Line::to(server).await;
    let bot = Bot::at(Home::on(server).sending_by(line.port()));
    let link = bot.home.link().await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let hers = arrives(&anna, &link, "English", "Welcome").await;
    let his = arrives(&boris, &link, "English", "Welcome").await;
    for refusal in [Fate::Mail("554 5.7.1 refused as spam"), Fate::Recipient("550 5.1.1 there is nobody of this name")]
    {
        line.does(refusal);
        hers.says("profile").await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        line.does(Fate::Passes);
        his.asks("menu", "Your status").await;
        assert_eq!(hers.count("My profile").await, 0);
        // Whoever writes again is answered again.
        hers.asks("menu", "Your status").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_for_a_while_is_waited_for() {
    let mut server = Server::start();
    let bot = Bot::at(Home::on(&server));
    let anna = Person::on(&server, "Anna").await;
    let hers = arrives(&anna, &bot.home.link().await, "English", "Welcome").await;
    server.is_full("nobody-in-particular");
    server.stops();
    hers.says("profile").await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    server.starts();
    // Apps try the network again by themselves when their phone has one again.
    anna.app.tries::<()>("maybe_network", serde_json::Value::Null).await.ok();
    hers.sees("My profile").await;
    hers.asks("menu", "Your status").await;
    assert_eq!(hers.count("My profile").await, 1);
}

//! Anna asks in a browser, Boris helps in a chat and in a browser: the whole cycle, in both languages.

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn help_is_asked_for_promised_given_and_confirmed() {
    let town = Town::begins().await;
    let anna = town.member(101, "Анна", "ru").await;
    let mut web = town.signed_in(&anna, "en").await;
    web.page.says("Анна").says("Ваш статус: Зелёный");
    assert!(web.page.body.contains("<html lang=\"ru\">"), "she is spoken to in her language: {}", web.page.body);

    web.presses("Мне нужна помощь").await.says("Ваш статус: Зелёный");
    web.presses("Нужна ежемесячная помощь").await.says("Сколько вам нужно в месяц?");
    web.writes("много").await.says("Это не похоже на сумму").says("Сколько вам нужно в месяц?");
    assert!(web.page.body.contains("value=\"много\""), "what was written is not lost: {}", web.page.body);
    web.looks_again().await;
    assert!(web.page.body.contains("value=\"много\""), "nor by looking again");
    web.writes("500").await.says("Вы просите 500").says("Всё верно?");
    web.presses("Да, попросить").await.says("Теперь ваш статус — Оранжевый");
    let invite = web.page.text();
    let invite = invite.split_whitespace().find(|word| word.contains("/i/")).unwrap();
    let token = invite.rsplit('/').next().unwrap().to_owned();

    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    town.presses(&boris, "English", "Анна asks for your help").await;
    let mut his = town.signed_in(&boris, "ru").await;
    his.page.says("Boris");
    his.presses("Members").await;
    his.presses("My network").await.says("Анна");
    his.presses("Анна").await.says("Needs €500 every month");
    his.presses("Help").await.says("How much are you willing to help");
    his.writes("120.50").await.says("Your intention: help Анна with €120.50");
    his.presses("Yes, I intend to").await.says("Thank you for your intention! Анна has been told.");
    town.sees(&anna, "120,50").await;

    web.reads_notices().await.says("120,50");
    web.looks_again().await;
    web.presses("Меню").await;
    web.presses("Органайзер").await;
    his.presses("Promise").await;
    his.page.says("€120.50");
    town.ends().await;
}

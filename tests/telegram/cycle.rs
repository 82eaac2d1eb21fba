//! Anna asks, Boris helps: the whole cycle, in both languages.

use std::time::Duration;

use bot_api::User;

use crate::bot::{Bot, Updates, invite_of, written_to};

/// How long an answer may take, with a start of the bot before it.
const PATIENCE: Duration = Duration::from_secs(90);

/// What happens between two steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// The bot is cut off and started again.
    Death,
}

struct Story {
    bot: Bot,
    between: Between,
    anna: User,
    boris: User,
}

impl Story {
    async fn begin(updates: Updates, between: Between) -> Story {
        let bot = Bot::start(updates).await;
        let anna = bot.api.user(101).named("Anna").lang("ru");
        let boris = bot.api.user(102).named("Boris").lang("en");
        Story { bot, between, anna, boris }
    }

    /// They press this, and then somebody has seen so many messages that say that.
    async fn presses(&mut self, who: &User, label: &str, sees: &str) {
        who.reads_and_presses(label).await;
        self.sees(who, sees).await;
    }

    /// They press this below the message that says that, and below no other.
    async fn answers(&self, who: &User, message: &str, label: &str) {
        let asked = who.wait_for(PATIENCE, |messages| {
            messages.iter().find(|one| one.text.contains(message) && one.button(label).is_some()).map(|one| one.id)
        });
        let asked = asked.await.unwrap_or_else(|chat| panic!("no {label:?} below {message:?}:\n{chat}"));
        who.presses_on(asked, label);
    }

    async fn writes(&mut self, who: &User, text: &str, sees: &str) {
        who.writes(text);
        self.sees(who, sees).await;
    }

    /// They ask for the menu, and press this there.
    async fn menu(&mut self, who: &User, label: &str, sees: &str) {
        let before = who.last_message().id;
        who.writes("/menu");
        let fresh = who.wait_for(PATIENCE, |messages| {
            messages
                .iter()
                .rev()
                .find(|message| message.from_bot && message.id > before && message.button(label).is_some())
                .map(drop)
        });
        fresh.await.unwrap_or_else(|chat| panic!("no menu with {label:?}:\n{chat}"));
        self.presses(who, label, sees).await;
    }

    async fn sees(&mut self, who: &User, words: &str) {
        self.sees_times(who, words, 1).await;
    }

    async fn sees_times(&mut self, who: &User, words: &str, times: usize) {
        if let Err(chat) = seen(who, words, times, PATIENCE).await {
            panic!("{} never saw {words:?} {times} times:\n{chat}", who.id());
        }
        if self.between == Between::Death {
            self.bot.api.settled().await;
            self.bot.kill_and_start_again().await;
        }
    }

    async fn play(&mut self) {
        let (anna, boris) = (self.anna.clone(), self.boris.clone());
        anna.start(None);
        self.sees(&anna, "Пожалуйста, выберите язык").await;
        self.presses(&anna, "Русский", "Добро пожаловать").await;
        self.presses(&anna, "Профиль", "Мой профиль").await;
        self.presses(&anna, "Статус", "Ваш статус: Зелёный").await;
        self.presses(&anna, "Нужна ежемесячная помощь", "Сколько вам нужно в месяц").await;
        if self.between == Between::Nothing {
            assert_eq!(written_to(&anna), 1, "every press changes the one live message:\n{}", anna.transcript());
        }
        self.writes(&anna, "500", "каждый месяц. Всё верно").await;
        self.presses(&anna, "Да, попросить", "Ваше приглашение").await;
        if self.between == Between::Nothing {
            assert_eq!(written_to(&anna), 2, "an answer gets a message below it:\n{}", anna.transcript());
        }

        boris.start(Some(&invite_of(&anna)));
        self.sees(&boris, "Please choose your language").await;
        self.presses(&boris, "English", "Would you like to help Anna?").await;
        self.presses(&boris, "Yes, I want to help", "How much are you willing").await;
        self.writes(&boris, "120,50", "Your intention: help Anna with €120.50").await;
        self.presses(&boris, "Yes, I intend to", "Anna has been told").await;

        self.sees(&anna, "Boris хочет помочь вам: 120,50").await;
        self.presses(&anna, "Попросить пообещать", "получит просьбу").await;
        self.sees(&boris, "asks you to promise").await;
        self.answers(&boris, "asks you to promise", "🤝 Promise").await;
        self.sees(&boris, "You have promised €120.50").await;
        self.sees(&anna, "теперь обещает помочь вам").await;
        self.presses(&boris, "Done", "Marked as done").await;
        self.sees(&anna, "Она дошла?").await;
        self.presses(&anna, "Не получено", "Сообщить, что помощь до вас не дошла").await;
        self.presses(&anna, "не дошли", "Теперь это обещание").await;
        self.sees(&boris, "has not arrived yet").await;

        // Both get to it by their lists.
        self.menu(&anna, "Органайзер", "ваша помощь другим и помощь вам").await;
        self.presses(&anna, "Мне помогают: 1", "Помощь вам: 120,50").await;
        self.menu(&boris, "Organizer", "all the help you give and get").await;
        self.presses(&boris, "My help to others: 1", "When you have helped, choose “Done”").await;

        self.presses(&boris, "Done", "Marked as done").await;
        self.sees_times(&anna, "Она дошла?", 2).await;
        self.presses(&anna, "Подтвердить", "120,50").await;
        self.sees(&boris, "confirms that they received €120.50").await;
        self.menu(&anna, "Профиль", "Недостаёт: 379,50").await;
        self.bot.is_blameless().await;
    }
}

/// Waits until so many messages of the bot say this.
async fn seen(who: &User, words: &str, times: usize, patience: Duration) -> Result<(), String> {
    let said = |messages: &[bot_api::ChatMessage]| {
        let said = messages.iter().filter(|message| message.from_bot && message.text.contains(words)).count();
        (said >= times).then_some(())
    };
    who.wait_for(patience, said).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_by_long_polling() {
    let mut story = Story::begin(Updates::Polled, Between::Nothing).await;
    story.play().await;
    story.bot.stop().await.unwrap();
    assert_eq!(story.bot.api.pending_updates(), 0, "what was done with is confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_by_webhook() {
    let mut story = Story::begin(Updates::Brought, Between::Nothing).await;
    story.play().await;
    story.bot.stop().await.unwrap();
    assert!(story.bot.api.has_webhook(), "what comes while the bot rests is kept for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_by_long_polling_with_a_death_between_any_two_steps() {
    Story::begin(Updates::Polled, Between::Death).await.play().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_by_webhook_with_a_death_between_any_two_steps() {
    Story::begin(Updates::Brought, Between::Death).await.play().await;
}

//! How a member lives while the storm goes: wishes, one after another.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio_util::sync::CancellationToken;

use crate::chance::Chance;
use crate::explained::Told;
use crate::eyes::{Chat, Choice, How, Page, Seen};
use crate::wishes::{ASK_MONTHLY, Begins, Nature, Way, Wish, says};

/// How many steps a wish is followed.
const STEPS: usize = 9;

/// So often they look whether the page is another one.
const PATIENCE: usize = 20;

/// What all members have in common.
#[derive(Default)]
pub struct Common {
    pub over: CancellationToken,
    /// So much waits to be told that people only look, or all would come too late.
    pub breathless: AtomicBool,
    /// What people said to the bot.
    pub told: Told,
    pub turns: AtomicU64,
    pub asked_again: AtomicU64,
    /// How many times as fast as others they read and rest.
    pub haste: u32,
}

/// People who know each other, and pass on their invites.
#[derive(Default)]
pub struct Circle {
    invites: Mutex<Vec<(String, String)>>,
}

impl Circle {
    fn passes_on(&self, who: &str, token: String) {
        let mut invites = self.invites.lock().unwrap();
        if !invites.iter().any(|(from, known)| from == who && *known == token) {
            invites.retain(|(from, _)| from != who);
            invites.push((who.to_owned(), token));
        }
    }

    fn invite(&self, chance: &mut Chance) -> Option<String> {
        let invites = self.invites.lock().unwrap();
        chance.one_of(&invites).map(|(_, token)| token.clone())
    }
}

pub struct Member<C> {
    chat: C,
    circle: Arc<Circle>,
    common: Arc<Common>,
    chance: Chance,
    nature: Nature,
    /// The page that they looked at last.
    last: Page,
    /// What they have chosen on notices.
    answered: Vec<How>,
}

impl<C: Chat> Member<C> {
    pub fn new(chat: C, circle: Arc<Circle>, common: Arc<Common>, chance: Chance, nature: Nature) -> Member<C> {
        Member { chat, circle, common, chance, nature, last: Page::default(), answered: Vec::new() }
    }

    pub async fn lives(mut self) {
        let over = self.common.over.clone();
        self.comes(&over).await;
        for way in self.nature.first() {
            self.follows(Wish::to(way)).await;
        }
        while !over.is_cancelled() {
            let wish = match self.common.breathless.load(Ordering::Relaxed) {
                true => Wish::to_look(&mut self.chance),
                false => Wish::next(&mut self.chance, self.nature),
            };
            self.follows(wish).await;
            self.rests(300, 3000).await;
        }
    }

    /// Comes in: some by themselves and with a wish of their own, the others by an invite.
    async fn comes(&mut self, over: &CancellationToken) {
        if self.nature == Nature::Asks {
            self.writes("start").await;
            if self.chat.is_answered().await {
                self.takes_a_language().await;
            }
            self.follows(Wish::to(ASK_MONTHLY)).await;
        } else {
            while self.circle.invite(&mut self.chance).is_none() && !over.is_cancelled() {
                self.rests(200, 400).await;
            }
            self.follows(Wish::to_help()).await;
        }
    }

    async fn follows(&mut self, wish: Wish) {
        let begun = match wish.begins {
            Begins::AtTheMenu => {
                self.writes("menu").await;
                true
            }
            Begins::WithAnInvite => match self.circle.invite(&mut self.chance) {
                Some(token) => {
                    self.writes(&format!("start {token}")).await;
                    true
                }
                None => false,
            },
            Begins::WithANotice => self.answers_a_notice().await,
        };
        if begun {
            self.goes(wish.way).await;
        }
    }

    /// Now and then somebody presses once more what they have pressed already.
    async fn answers_a_notice(&mut self) -> bool {
        let mut notices = self.chat.sees().notices;
        if !self.chance.percent(10) {
            notices.retain(|choice| !self.answered.contains(&choice.how));
        }
        notices.retain(|choice| self.nature.likes(&choice.label, &mut self.chance));
        let Some(choice) = self.chance.one_of(&notices).cloned() else { return false };
        self.answered.push(choice.how.clone());
        self.chooses(&choice).await;
        true
    }

    /// Goes a way to its end, or until no answer comes: then they ask for the menu, as people do.
    async fn goes(&mut self, way: Way) {
        let mut taken = HashSet::new();
        for _ in 0..STEPS {
            let Some(seen) = self.sees_something_new().await else {
                self.common.asked_again.fetch_add(1, Ordering::Relaxed);
                return self.writes("menu").await;
            };
            match next(&seen, way, &taken, &mut self.chance) {
                Some((step, choice)) => {
                    taken.insert(step);
                    self.chooses(&choice).await;
                }
                None if seen.page.asks_for_words() && taken.insert(usize::MAX - 1) => {
                    self.common.turns.fetch_add(1, Ordering::Relaxed);
                    self.chat.writes("The roof is gone").await;
                }
                None if seen.page.asks_for_a_sum() && taken.insert(usize::MAX) => self.types_a_sum().await,
                None => return,
            }
            // People read before they press.
            self.rests(500, 3000).await;
        }
    }

    /// Waits for another page than the last one. What is sent unasked in between is no answer.
    async fn sees_something_new(&mut self) -> Option<Seen> {
        for _ in 0..PATIENCE {
            if !self.chat.is_answered().await {
                return None;
            }
            self.takes_a_language().await;
            let seen = self.looks();
            if seen.page != self.last {
                self.last = seen.page.clone();
                return Some(seen);
            }
            self.rests(100, 200).await;
        }
        None
    }

    fn looks(&self) -> Seen {
        let seen = self.chat.sees();
        if let Some(token) = &seen.invite {
            let (_, address) = self.chat.who();
            self.circle.passes_on(&address, token.clone());
        }
        seen
    }

    /// Newcomers are asked for their language before anything else.
    async fn takes_a_language(&mut self) {
        let seen = self.chat.sees();
        let english = seen.page.choices.iter().find(|choice| choice.label == "English");
        if let Some(english) = english.cloned() {
            self.chooses(&english).await;
            self.chat.is_answered().await;
        }
    }

    async fn chooses(&self, choice: &Choice) {
        self.common.told.chosen(self.chat.who(), choice);
        self.common.turns.fetch_add(1, Ordering::Relaxed);
        self.chat.chooses(choice).await;
    }

    async fn types_a_sum(&mut self) {
        let sum = self.common.told.new_sum(self.chat.who(), &mut self.chance);
        self.common.turns.fetch_add(1, Ordering::Relaxed);
        self.chat.writes(&format!("{}.{:02}", sum / 100, sum % 100)).await;
    }

    async fn writes(&self, command: &str) {
        self.common.turns.fetch_add(1, Ordering::Relaxed);
        self.chat.writes(&self.chat.command(command)).await;
    }

    async fn rests(&mut self, from: u64, to: u64) {
        let rest = self.chance.millis(from, to) / self.common.haste.max(1);
        let _ = tokio::time::timeout(rest, self.common.over.cancelled()).await;
    }
}

/// The furthest step of the way that the page offers and that was not taken yet; of several such choices any one.
fn next(seen: &Seen, way: Way, taken: &HashSet<usize>, chance: &mut Chance) -> Option<(usize, Choice)> {
    (0..way.len()).rev().filter(|step| !taken.contains(step)).find_map(|step| {
        let fitting: Vec<&Choice> = seen.page.choices.iter().filter(|choice| says(&choice.label, way[step])).collect();
        Some((step, (*chance.one_of(&fitting)?).clone()))
    })
}

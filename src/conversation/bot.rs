use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::{Choice, Command, Cx, Fault, Named, Route, Screens, Step};

/// The frame of one turn: its transaction, its moment, and the chat that is talking.
pub struct Turn<'a> {
    pub tx: &'a DatabaseTransaction,
    pub now: DateTime<Utc>,
    pub messenger: &'a str,
    pub address: &'a str,
    /// How the messenger calls the person.
    pub name: &'a str,
}

/// When a word for `start` is looked for in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Before anything else is made of it.
    First,
    /// Nothing else could be made of it.
    Last,
}

/// A notice that somebody received, and what can be chosen on it.
#[derive(Clone, Debug)]
pub struct NoticeChoices {
    pub named: Named,
    /// The message that shows it, where its messenger has said so.
    pub message: Option<String>,
    /// The name of whoever it is about; may be empty.
    pub about: String,
    /// Somebody waits for the answer.
    pub asks: bool,
    /// May be none.
    pub choices: Vec<Choice>,
}

impl NoticeChoices {
    /// Whether it may be what stands in this message of its reader's messenger.
    pub fn stands_in(&self, message: Option<&str>) -> bool {
        let known = self.message.as_deref().zip(message);
        known.is_none_or(|(shown, said)| shown == said)
    }
}

/// Which notice somebody means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// The one whose buttons carry this word.
    Word(&'a str),
    /// The one of theirs with this number.
    Number(i64),
    /// The one that is shown in this message of their messenger.
    In(&'a str),
}

/// What a bot brings to the engine.
#[async_trait]
pub trait Bot: Send + Sync + 'static {
    /// What screens know of the person who is talking. Loaded anew in each turn; a deed that is refused leaves it as it was
    /// before.
    type World: Clone + Send + Sync + 'static;

    /// Loads the world of whoever talks in this chat.
    async fn arrive(&self, turn: &Turn<'_>) -> Result<Self::World, Fault>;

    /// The language this person chose, if the bot knows it better than the chat's session does.
    fn lang(&self, world: &Self::World) -> Option<String> {
        let _ = world;
        None
    }

    fn screens(&self) -> &Screens<Self::World>;

    /// The route that the main menu has.
    fn home(&self) -> Route;

    /// Where this person has to go instead of `route`: a stranger to the welcome, say.
    fn detour(&self, world: &Self::World, route: &Route) -> Option<Route> {
        let _ = (world, route);
        None
    }

    /// The word for `start` in a text that says more than that: an invite, wherever it stands.
    async fn invite_in(&self, cx: &Cx<'_, Self::World>, text: &str, sought: Sought) -> Result<Option<String>, Fault> {
        let _ = (cx, text, sought);
        Ok(None)
    }

    /// What `start` does, with the word that followed it (an invite).
    async fn start(&self, cx: &mut Cx<'_, Self::World>, word: Option<&str>) -> Result<Step, Fault> {
        let _ = (cx, word);
        Ok(Step::home())
    }

    /// The screen of a command that leads to one (`help`, `language`).
    fn place(&self, command: Command) -> Option<Route> {
        let _ = command;
        None
    }

    /// Does the deed of the notice that goes by this word. Of one that is refused, nothing is kept.
    async fn answer(&self, cx: &mut Cx<'_, Self::World>, notice: &str, deed: &str) -> Result<Step, Fault> {
        let _ = (cx, notice, deed);
        Err(Fault::Lost)
    }

    /// This notice, if it was to this person; also when its choices have been taken already, or it has none.
    async fn notice(&self, cx: &Cx<'_, Self::World>, which: Which<'_>) -> Result<Option<NoticeChoices>, Fault> {
        let _ = (cx, which);
        Ok(None)
    }

    /// The notices to this person whose choices can still be taken, newest first.
    async fn open_notices(&self, cx: &Cx<'_, Self::World>) -> Result<Vec<NoticeChoices>, Fault> {
        let _ = cx;
        Ok(Vec::new())
    }

    /// Whoever has this chat can be written to from now on, or can't: they have shut the bot out.
    async fn reach(&self, turn: &Turn<'_>, reachable: bool) -> Result<(), Fault> {
        let _ = (turn, reachable);
        Ok(())
    }

    /// Whether whoever is talking is nobody that the bot knows: see [`super::Engine::wary`].
    fn is_stranger(&self, world: &Self::World) -> bool {
        let _ = world;
        false
    }

    /// The last step of a turn, inside its transaction: write down what happened, queue who is told.
    async fn depart(&self, cx: &mut Cx<'_, Self::World>) -> Result<(), Fault> {
        let _ = cx;
        Ok(())
    }
}

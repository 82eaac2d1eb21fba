use async_trait::async_trait;

use super::{Answered, Command, Cx, Fault, Group, GroupCommand, Kept, Moment, Page, Route, Screens, Shareable, Step};
use crate::id::PersonId;
use crate::store::person;
use crate::store::schema::Steps;

/// The frame of one turn: its moment, and the chat that is talking.
pub struct Turn<'a> {
    /// The frame that all of it happens in.
    pub at: Moment<'a>,
    /// The name of the messenger.
    pub messenger: &'a str,
    /// The chat's address there.
    pub address: &'a str,
    /// How the messenger calls the person.
    pub name: &'a str,
    /// Whoever has this address; none: a stranger.
    pub person: Option<Person>,
}

/// Somebody who can be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their number in the store.
    pub id: PersonId,
    /// The language that they have chosen.
    pub lang: String,
    /// The code of the currency that they see sums in beside the bot's own, if they have chosen one.
    pub also_in: Option<String>,
}

impl From<person::Model> for Person {
    fn from(row: person::Model) -> Person {
        Person { id: row.id, lang: row.lang, also_in: row.also_in }
    }
}

/// When a word for `start` is looked for in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Before anything else is made of it.
    First,
    /// Nothing else could be made of it.
    Last,
}

/// What a bot brings to the engine.
#[async_trait]
pub trait Bot: Send + Sync + 'static {
    /// What screens know of the person who is talking. Loaded anew in each turn; a deed that is refused leaves it as it was
    /// before.
    type World: Clone + Send + Sync + 'static;

    /// Loads the world of whoever talks in this chat.
    async fn arrive(&self, turn: &Turn<'_>) -> Result<Self::World, Fault>;

    /// Whether whoever writes is a person from then on, who can be told things. A bot whose door is not open to everybody
    /// lets them in by itself ([`Cx::let_in`]), when they may.
    fn lets_everybody_in(&self) -> bool {
        true
    }

    /// Its tables, as steps that are done once each, the oldest first. They may refer to those of the engine, `person` above
    /// all.
    fn tables(&self) -> Steps {
        Vec::new
    }

    /// Its screens.
    fn screens(&self) -> &Screens<Self::World>;

    /// The route that the main menu has.
    fn home(&self) -> Route;

    /// Where this person has to go instead of `route`: a stranger to the welcome, say.
    fn detour(&self, world: &Self::World, route: &Route) -> Option<Route> {
        let _ = (world, route);
        None
    }

    /// The words for `start` in a text that says more than that: invites, wherever they stand.
    async fn invite_in(&self, cx: &Cx<'_, Self::World>, text: &str, sought: Sought) -> Result<Option<String>, Fault> {
        let _ = (cx, text, sought);
        Ok(None)
    }

    /// Where words lead by which nothing is called that is offered here or waits for an answer: somebody's name, say.
    async fn called(&self, cx: &Cx<'_, Self::World>, words: &str) -> Result<Option<Step>, Fault> {
        let _ = (cx, words);
        Ok(None)
    }

    /// What `start` does, with the words that followed it (invites). Where it says to stay, nothing is left that was begun.
    async fn start(&self, cx: &mut Cx<'_, Self::World>, word: Option<&str>) -> Result<Step, Fault> {
        let _ = (cx, word);
        Ok(Step::home())
    }

    /// The screen of a command that leads to one (`help`, `language`).
    fn place(&self, command: Command) -> Option<Route> {
        let _ = command;
        None
    }

    /// The kinds of notices that this release can put into words. All others are left to a process that can.
    fn tells(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// These notices as pages, in their order: made of the database as it is now, when they are sent and when they are
    /// answered. None for one whose facts can't be read. A few queries, however many they are.
    ///
    /// # Errors
    /// See [`Fault`]; a notice that breaks is given up, the others are asked for again.
    async fn notices(&self, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let _ = at;
        Ok(these.iter().map(|_| None).collect())
    }

    /// Does a deed of a notice. The engine has found that it is theirs, that it offers this, and that it was not answered
    /// before; it counts as answered when the deed is done. Of one that is refused, nothing is kept.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn answer(&self, cx: &mut Cx<'_, Self::World>, notice: &Kept, deed: &str) -> Result<Answered, Fault> {
        let _ = (cx, notice, deed);
        Err(Fault::Lost)
    }

    /// Whether this notice may have offered this deed when it was sent, though it offers it no more: what it offers follows what
    /// is so by then. Then a press on it counts all the same, and what comes of it is for [`answer`](Bot::answer) to say.
    fn has_offered(&self, notice: &Kept, deed: &str) -> bool {
        let _ = (notice, deed);
        false
    }

    /// Whether nothing that this notice offers to do can be done any more, however that came.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn is_over(&self, cx: &Cx<'_, Self::World>, notice: &Kept) -> Result<bool, Fault> {
        let _ = (cx, notice);
        Ok(false)
    }

    /// Whether a notice of this kind says that what it asks about has come about anew: then an older one about the same can't
    /// be answered any more. Not where it only asks once more.
    fn tells_anew(&self, kind: &str) -> bool {
        let _ = kind;
        false
    }

    /// Where somebody is led who presses this deed of a notice that they have answered before.
    fn place_of(&self, notice: &Kept, deed: &str) -> Route {
        let _ = (notice, deed);
        self.home()
    }

    /// Somebody has typed a code in an account of theirs that is to be another person's from then on. True: there is nothing
    /// at all of theirs in the bot that would get lost, and what little there was is forgotten; the engine gives the account
    /// away, and forgets the rest. By default nobody is taken to have nothing.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn makes_way(&self, at: &Moment<'_>, who: PersonId) -> Result<bool, Fault> {
        let _ = (at, who);
        Ok(false)
    }

    /// The words that it hears in groups; without any it is not at home there.
    fn group_commands(&self) -> &'static [GroupCommand] {
        &[]
    }

    /// Does a command that somebody says in a group, whoever they are. What it gives is said there at once, and may get lost;
    /// what has to be there is told to the group's reader.
    ///
    /// # Errors
    /// See [`Fault`]: nothing is kept of what was done.
    async fn in_group(
        &self,
        cx: &mut Cx<'_, Self::World>,
        group: Group<'_>,
        command: &str,
    ) -> Result<Option<Page>, Fault> {
        let _ = (cx, group, command);
        Ok(None)
    }

    /// Somebody whom the bot knows has added it to a group: what it says there.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn greets(&self, cx: &mut Cx<'_, Self::World>, group: Group<'_>) -> Result<Option<Page>, Fault> {
        let _ = (cx, group);
        Ok(None)
    }

    /// What it has to be sent into other chats, for these words of whoever is talking. Nothing can be changed by it.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn shares(&self, cx: &Cx<'_, Self::World>, words: &str) -> Result<Vec<Shareable>, Fault> {
        let _ = (cx, words);
        Ok(Vec::new())
    }

    /// The last step of a turn, inside its transaction: write down what happened, queue who is told.
    async fn depart(&self, cx: &mut Cx<'_, Self::World>) -> Result<(), Fault> {
        let _ = cx;
        Ok(())
    }
}

use std::collections::HashMap;

use async_trait::async_trait;

use super::reach::let_in;
use super::{Draft, Fault, Page, Route, Turn};
use crate::id::PersonId;
use crate::locale::Msg;

/// What a person did on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The deed of this name; the engine has checked that it belongs to the page they see.
    Chose(String),
    /// They wrote this, on a page that asks.
    Wrote(String),
}

/// Where a person goes after a deed, and one line about what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where they go.
    pub to: To,
    /// The line above the page that they get.
    pub saying: Option<Msg>,
    /// What they wrote was not understood, and the line says what to write instead. The second time in a row they are told
    /// what can be done at all.
    pub misread: bool,
}

/// Where a person goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// The same screen again.
    Stay,
    /// Another screen; Back returns here.
    Go(Route),
    /// Another screen in place of this one, which is done with: a finished form.
    Instead(Route),
    /// The screen before this one.
    Back,
    /// The main menu.
    Home,
    /// Nowhere: the bot knows them no more, and nothing is kept of where this chat stood. The line is the last that they
    /// read; whoever writes from here again is a stranger.
    Gone,
}

impl Step {
    /// They stay where they are, and see how it is now.
    pub fn stay() -> Step {
        To::Stay.into()
    }

    /// They stay where they are, because what they wrote is no answer: the line says what would be one.
    pub fn misread(why: Msg) -> Step {
        Step { to: To::Stay, saying: Some(why), misread: true }
    }

    /// They go there; Back returns here.
    pub fn go(route: Route) -> Step {
        To::Go(route).into()
    }

    /// They go there, and this place is done with: Back does not return to it.
    pub fn instead(route: Route) -> Step {
        To::Instead(route).into()
    }

    /// They go back to where they were before.
    pub fn back() -> Step {
        To::Back.into()
    }

    /// They go to the main menu.
    pub fn home() -> Step {
        To::Home.into()
    }

    /// The bot knows them no more ([`To::Gone`]), and this is the last that they read: for a screen on which people leave for
    /// good, after it has erased what was known of them.
    pub fn farewell(line: Msg) -> Step {
        Step::from(To::Gone).saying(line)
    }

    /// The same, with a line about what came of it.
    #[must_use]
    pub fn saying(mut self, line: Msg) -> Step {
        self.saying = Some(line);
        self
    }
}

impl From<To> for Step {
    fn from(to: To) -> Step {
        Step { to, saying: None, misread: false }
    }
}

/// Everything a screen may use during one turn.
pub struct Cx<'a, W> {
    /// The open transaction, the moment, the chat.
    pub turn: &'a Turn<'a>,
    /// What the bot knows of the person who is talking.
    pub world: W,
    /// Where the person is.
    pub route: Route,
    /// The language that the page will be shown in; a screen may change it.
    pub lang: String,
    /// The code of the currency that it will show sums in beside the bot's own, if there is one; a screen may change it.
    pub also_in: Option<String>,
    /// What they have answered on the form of this screen so far.
    pub draft: Draft,
}

impl<W> Cx<'_, W> {
    /// The person who is talking.
    ///
    /// # Errors
    /// [`Fault::Lost`]: a stranger is.
    pub fn me(&self) -> Result<PersonId, Fault> {
        self.turn.person.as_ref().map(|person| person.id).ok_or(Fault::Lost)
    }

    /// Makes a person of the stranger who is talking, and returns their id; they can be told things from now on.
    ///
    /// # Errors
    /// [`Fault::Raced`] when another process has done so in the same moment.
    pub async fn let_in(&self) -> Result<PersonId, Fault> {
        let Turn { at, messenger, address, .. } = self.turn;
        Ok(let_in(at, (messenger, address), &self.lang).await?.id)
    }

    /// The answer already given to this field of the form on this screen.
    pub fn answer(&self, field: &str) -> Option<&str> {
        self.draft.get(&self.route, field)
    }
}

/// One place in the conversation.
#[async_trait]
pub trait Screen<W: Send + Sync>: Send + Sync {
    /// The first word of its routes.
    fn name(&self) -> &'static str;

    /// What is to be seen here. It changes nothing.
    ///
    /// # Errors
    /// [`Fault::Lost`] when the route leads to nothing that this person may see.
    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault>;

    /// Does what the person asked for, and says where they go next. A deed that is none of this screen's is an old
    /// bookmark, as a route that leads nowhere is: [`Fault::Lost`].
    ///
    /// # Errors
    /// See [`Fault`].
    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let _ = (cx, input);
        Err(Fault::Lost)
    }
}

/// All screens of a bot, by name.
pub struct Screens<W: Send + Sync> {
    by_name: HashMap<&'static str, Box<dyn Screen<W>>>,
}

impl<W: Send + Sync> Default for Screens<W> {
    fn default() -> Self {
        Screens { by_name: HashMap::new() }
    }
}

impl<W: Send + Sync + 'static> Screens<W> {
    /// The same screens and one more: the one line that registers it.
    #[must_use]
    pub fn with(mut self, screen: impl Screen<W> + 'static) -> Screens<W> {
        let name = screen.name();
        let before = self.by_name.insert(name, Box::new(screen));
        debug_assert!(before.is_none(), "two screens are called {name}");
        self
    }

    /// The screen of this route.
    pub fn get(&self, route: &Route) -> Option<&dyn Screen<W>> {
        self.by_name.get(route.screen()).map(Box::as_ref)
    }

    /// The names of all.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.by_name.keys().copied()
    }
}

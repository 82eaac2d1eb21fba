use async_trait::async_trait;

use super::{Answered, Bot, Command, Cx, Fault, Kept, Moment, Page, Route, Screens, Turn};
use crate::id::PersonId;
use crate::store::schema::Steps;

/// A bot that is little more than its screens: whoever comes may see them all.
pub struct Pages {
    screens: Screens<()>,
    home: &'static str,
    tables: Steps,
    tells: Option<(&'static str, Box<dyn PlainNotices>)>,
}

/// What such a bot tells people later.
#[async_trait]
pub trait PlainNotices: Send + Sync + 'static {
    /// A notice as a page. None: its facts can't be read.
    fn page(&self, notice: &Kept) -> Option<Page>;

    /// Does a deed of a notice: see [`Bot::answer`].
    ///
    /// # Errors
    /// See [`Fault`].
    async fn answer(&self, cx: &mut Cx<'_, ()>, notice: &Kept, deed: &str) -> Result<Answered, Fault>;
}

impl Pages {
    /// These screens; everybody begins with the one called `home`.
    pub fn new(home: &'static str, screens: Screens<()>) -> Pages {
        Pages { screens, home, tables: Vec::new, tells: None }
    }

    /// The same with tables of its own: see [`Bot::tables`].
    #[must_use]
    pub fn with_tables(self, tables: Steps) -> Pages {
        Pages { tables, ..self }
    }

    /// The same, which tells notices of this kind.
    #[must_use]
    pub fn telling(self, kind: &'static str, tells: impl PlainNotices) -> Pages {
        Pages { tells: Some((kind, Box::new(tells))), ..self }
    }
}

#[async_trait]
impl Bot for Pages {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.screens
    }

    fn home(&self) -> Route {
        Route::new(self.home)
    }

    /// The screen of that name, where there is one.
    fn place(&self, command: Command) -> Option<Route> {
        let name = self.screens.names().find(|name| *name == command.name())?;
        Some(Route::new(name))
    }

    fn tables(&self) -> Steps {
        self.tables
    }

    fn tells(&self) -> Vec<&'static str> {
        self.tells.iter().map(|(kind, _)| *kind).collect()
    }

    /// A bot that is nothing but screens keeps nothing of anybody.
    async fn makes_way(&self, _: &Moment<'_>, _: PersonId) -> Result<bool, Fault> {
        Ok((self.tables)().is_empty() && self.tells.is_none())
    }

    async fn notices(&self, _: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        Ok(these.iter().map(|notice| self.tells.as_ref()?.1.page(notice)).collect())
    }

    async fn answer(&self, cx: &mut Cx<'_, ()>, notice: &Kept, deed: &str) -> Result<Answered, Fault> {
        let (_, tells) = self.tells.as_ref().ok_or(Fault::Lost)?;
        tells.answer(cx, notice, deed).await
    }
}

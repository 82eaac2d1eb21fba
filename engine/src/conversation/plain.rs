use async_trait::async_trait;

use super::{Bot, Fault, Route, Screens, Turn};
use crate::store::schema::Steps;

/// A bot that is nothing but its screens: whoever comes may see them all.
pub struct Pages {
    screens: Screens<()>,
    home: &'static str,
    tables: Steps,
}

impl Pages {
    /// These screens; everybody begins with the one called `home`.
    pub fn new(home: &'static str, screens: Screens<()>) -> Pages {
        Pages { screens, home, tables: Vec::new }
    }

    /// The same with tables of its own: see [`Bot::tables`].
    #[must_use]
    pub fn with_tables(self, tables: Steps) -> Pages {
        Pages { tables, ..self }
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

    fn tables(&self) -> Steps {
        self.tables
    }
}

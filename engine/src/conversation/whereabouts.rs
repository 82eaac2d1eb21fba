//! Where somebody stands: the page of that place, and the ways from it; or what is said where there is none.

use super::engine::Engine;
use super::render::{Back, Ways};
use super::{Bot, Cx, Draft, Fault, Page, Session};
use crate::locale::Msg;
use crate::msg;

impl<B: Bot> Engine<B> {
    /// The page of the place where the person is now; where there is nothing to see, they are taken home.
    pub(super) async fn page(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        saying: Option<Msg>,
    ) -> Result<(Page, Option<Msg>), Fault> {
        let Some(screen) = self.bot.screens().get(&cx.route) else {
            // It is another release's; that one may be asked next.
            let saying = saying.filter(|line| line.key != not_now().key);
            return Ok((Page::new(not_now()), saying));
        };
        match screen.page(cx).await {
            Ok(page) => return Ok((page, saying)),
            // A page that a rule refuses is none that this person can see.
            Err(Fault::Lost | Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
        let home = self.bot.home();
        session.reset(&home);
        cx.draft = Draft::default();
        cx.route = self.bot.detour(&cx.world, &home).unwrap_or(home);
        session.route = cx.route.clone();
        let Some(screen) = self.bot.screens().get(&cx.route) else {
            return Err(Fault::Broken(format!("there is no screen for {}", cx.route)));
        };
        match screen.page(cx).await {
            Ok(page) => Ok((page, Some(saying.unwrap_or_else(|| self.lost(cx))))),
            Err(Fault::Lost | Fault::Refused(_)) => {
                Err(Fault::Broken(format!("the screen of {} is lost", cx.route.screen())))
            }
            Err(fault) => Err(fault),
        }
    }

    /// What is said to who is taken home, because there is nothing where they wanted to go; or to where everything leads
    /// somebody who may go nowhere else.
    pub(super) fn lost(&self, cx: &Cx<'_, B::World>) -> Msg {
        match self.bot.detour(&cx.world, &self.bot.home()) {
            None => msg!("page-lost"),
            Some(_) => msg!("page-stale"),
        }
    }

    pub(super) fn ways(&self, page: &Page, session: &Session, answered: bool) -> Ways {
        let home = self.bot.home();
        if page.bare || session.route == home {
            return Ways { back: None, home: None };
        }
        let back = session.trail.last().cloned().filter(|back| *back != home).map(Back::Place);
        // In a form, one question back.
        Ways { back: if answered { Some(Back::Question) } else { back }, home: Some(home) }
    }
}

/// What is said where a page, or a notice, is of a release that this process is not of: another process may know it.
pub(super) fn not_now() -> Msg {
    msg!("page-not-now")
}

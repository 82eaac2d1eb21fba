//! Words that work everywhere, done; an invite among them, wherever it stands in a text.

use super::command::Spoken;
use super::engine::Engine;
use super::hearing::one_back;
use super::screen::To;
use super::session::Begun;
use super::{Bot, Caps, Command, Cx, Fault, Session, Sought, Step};
use crate::locale::{Arg, Msg};
use crate::msg;

impl<B: Bot> Engine<B> {
    /// An invite, or a word that works everywhere.
    pub(super) async fn commanded(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        if let Some(words) = self.bot.invite_in(cx, text, Sought::First).await? {
            return self.command(cx, session, Command::Start, Some(&words)).await.map(Some);
        }
        // Without buttons, an invite that works no more is opened like any other, also where something is asked.
        match self.commands.read(text, caps.buttons && session.asks) {
            // A choice of that name is before their eyes.
            Spoken::Known(Command::Help, None) if !session.asks && session.offers(text) => Ok(None),
            Spoken::Known(command, word) => self.command(cx, session, command, word).await.map(Some),
            Spoken::Unknown => Ok(Some(Step::stay().saying(self.no_such_command()))),
            Spoken::No => Ok(None),
        }
    }

    /// What works everywhere, of what this bot has.
    fn no_such_command(&self) -> Msg {
        let has = |page| Arg::variant(if self.bot.place(page).is_some() { "yes" } else { "no" });
        msg!("page-no-such-command", help = has(Command::Help), language = has(Command::Language))
    }

    pub(super) async fn command(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        command: Command,
        word: Option<&str>,
    ) -> Result<Step, Fault> {
        Ok(match command {
            Command::Start => {
                let begun = word.is_some().then(|| session.begun(&cx.draft)).flatten();
                let step = self.start(cx, word).await?;
                match &step.to {
                    // What leads nowhere leaves everybody where they were.
                    To::Stay => step,
                    To::Home if begun.is_some() => Step { to: To::Stay, ..step },
                    // So does what leads to where they are.
                    To::Go(route) if begun.is_some() && *route == cx.route => Step { to: To::Stay, ..step },
                    To::Go(route) if let Some(begun) = begun => {
                        // Also where they came by the same one: Back leads to what was begun, and on from there.
                        session.trail.retain(|crumb| crumb != route);
                        let to = match begun {
                            Begun::Here => To::Go(route.clone()),
                            // They look at one after another.
                            Begun::Before => To::Instead(route.clone()),
                        };
                        with_way_back(Step { to, ..step })
                    }
                    _ => {
                        let home = self.bot.home();
                        session.reset(&home);
                        cx.route = home;
                        step
                    }
                }
            }
            Command::Menu => Step::home(),
            Command::Back if cx.draft.begun(&cx.route) => one_back(cx),
            Command::Back => Step::back(),
            Command::Cancel if session.asks || cx.draft.begun(&cx.route) => Step::back().saying(msg!("page-cancelled")),
            Command::Cancel => Step::stay().saying(msg!("page-nothing-to-cancel")),
            Command::Help | Command::Language => match self.bot.place(command) {
                Some(place) => Step::go(place),
                // This bot has no such page.
                None => Step::stay().saying(msg!("page-unexpected")),
            },
        })
    }
}

/// What was begun is not lost by going elsewhere: it waits where Back leads.
fn with_way_back(step: Step) -> Step {
    let Step { to, saying, .. } = step;
    Step::from(to).saying(match saying {
        Some(said) => msg!("page-said-begun", said = said),
        None => msg!("page-begun"),
    })
}

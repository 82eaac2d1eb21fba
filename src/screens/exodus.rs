use std::sync::Arc;

use async_trait::async_trait;

use super::sentences::told_at;
use super::world::{Here, World, aid, me};
use super::{Settings, organizer, screens, start};
use crate::aid;
use crate::conversation::{Bot, Command, Cx, Fault, NoticeChoices, Route, Screens, Sought, Step, To, Turn, Which};
use crate::domain::About;
use crate::{msg, notices};

/// The bot of mutual aid.
pub struct Exodus {
    settings: Arc<Settings>,
    screens: Screens<World>,
}

impl Exodus {
    pub fn new(settings: Settings) -> Exodus {
        Exodus { settings: Arc::new(settings), screens: screens() }
    }
}

#[async_trait]
impl Bot for Exodus {
    type World = World;

    async fn arrive(&self, turn: &Turn<'_>) -> Result<World, Fault> {
        let me = aid::arrive(turn.tx, turn.messenger, turn.address).await?;
        let world = World { me, settings: self.settings.clone(), happened: aid::Happened::default() };
        if let Some(me) = &world.me {
            // Between a month's last midnight and the calendar's work nothing is done to what has ended.
            let (rules, chance) = (&world.settings.rules, world.settings.chance.as_ref());
            let aid = aid::Aid { tx: turn.tx, now: turn.now, rules, happened: &world.happened, chance };
            aid::month::close_for(&aid, me.id).await?;
        }
        Ok(world)
    }

    fn lang(&self, world: &World) -> Option<String> {
        world.me.as_ref().map(|me| me.lang.clone())
    }

    fn is_stranger(&self, world: &World) -> bool {
        world.me.is_none()
    }

    fn screens(&self) -> &Screens<World> {
        &self.screens
    }

    fn home(&self) -> Route {
        Route::new("menu")
    }

    /// A newcomer sees nothing but the welcome, and a member sees that no more.
    fn detour(&self, world: &World, route: &Route) -> Option<Route> {
        match (&world.me, route.screen() == start::WELCOME) {
            (None, false) => Some(Route::new(start::WELCOME)),
            (Some(_), true) => Some(self.home()),
            _ => None,
        }
    }

    async fn invite_in(&self, cx: &Cx<'_, World>, text: &str, sought: Sought) -> Result<Option<String>, Fault> {
        start::invite_in(cx, text, sought).await
    }

    async fn start(&self, cx: &mut Cx<'_, World>, word: Option<&str>) -> Result<Step, Fault> {
        start::start(cx, word).await
    }

    fn place(&self, command: Command) -> Option<Route> {
        match command {
            Command::Help => Some(Route::new("faq")),
            Command::Language => Some(Route::new("language")),
            _ => None,
        }
    }

    /// A notice's deed works once, on any later day, as long as the record still allows it.
    async fn answer(&self, cx: &mut Cx<'_, World>, notice: &str, deed: &str) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        let Some(notice) = notices::to(cx.turn.tx, who, Which::Word(notice)).await? else {
            return Err(Fault::Lost);
        };
        let place = match notice.about(deed) {
            Some(About::Commitment(id)) => Route::new("commitment").with(id),
            Some(About::Collection(id)) => Route::new("end").with(id),
            Some(About::Member(id)) => Route::new("card").with(id),
            None => self.home(),
        };
        if notice.answered {
            return Ok(Step::go(place).saying(msg!("notice-answered")));
        }
        let done = notices::act(&aid(cx), who, &notice, deed).await;
        let done = told_at(cx, To::Go(place), done)?;
        let place = Route::new("commitment").with(done.commitment.id);
        Ok(Step::go(place).saying(organizer::done(cx, &done.commitment, done.did).await?))
    }

    async fn notice(&self, cx: &Cx<'_, World>, which: Which<'_>) -> Result<Option<NoticeChoices>, Fault> {
        let Some(me) = &cx.world.me else { return Ok(None) };
        Ok(notices::to(cx.turn.tx, me.id, which).await?.map(|notice| notice.choices()))
    }

    async fn open_notices(&self, cx: &Cx<'_, World>) -> Result<Vec<NoticeChoices>, Fault> {
        match &cx.world.me {
            Some(me) => notices::open(cx.turn.tx, me.id).await,
            None => Ok(Vec::new()),
        }
    }

    async fn reach(&self, turn: &Turn<'_>, reachable: bool) -> Result<(), Fault> {
        Ok(aid::reach(turn.tx, (turn.messenger, turn.address), reachable, turn.now).await?)
    }

    async fn depart(&self, cx: &mut Here<'_>) -> Result<(), Fault> {
        let events = cx.world.happened.take();
        if events.is_empty() {
            return Ok(());
        }
        let actor = cx.world.me.as_ref().map(|me| me.id);
        aid::note(&aid(cx), actor, &events).await?;
        notices::tell(&aid(cx), &events).await
    }
}

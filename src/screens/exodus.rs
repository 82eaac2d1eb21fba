use std::sync::Arc;

use async_trait::async_trait;

use super::sentences::told_at;
use super::suspended::SUSPENDED;
use super::world::{Here, World, aid, me, run};
use super::{GROUP_COMMANDS, Settings, groups, initiatives, members, organizer, pools, screens, start};
use crate::aid::{self, Administrators, Aid, Refused, Registration, unit};
use crate::domain::{About, DeedKind, Refusal};
use crate::notices::{self, Did};
use exodus_engine::conversation::{
    Answered, Bot, Command, Cx, Fault, Group, GroupCommand, Kept, Moment, Page, Route, Screens, Shareable, Sought,
    Step, To, Turn,
};
use exodus_engine::id::PersonId;
use exodus_engine::msg;

/// The bot of mutual aid.
pub struct Exodus {
    settings: Arc<Settings>,
    screens: Screens<World>,
    registration: Registration,
    administrators: Administrators,
}

impl Exodus {
    pub fn new(settings: Settings) -> Exodus {
        Exodus::with(Arc::new(settings))
    }

    /// The same, of settings that others know as well.
    pub fn with(settings: Arc<Settings>) -> Exodus {
        let screens = screens(&settings);
        let (administrators, registration) = (Administrators::default(), Registration::Open);
        Exodus { settings, screens, registration, administrators }
    }

    /// Lets these become members; anybody, unless this is said.
    #[must_use]
    pub fn registering(self, registration: Registration) -> Exodus {
        Exodus { registration, ..self }
    }

    /// The same, administered by whoever has these accounts.
    #[must_use]
    pub fn administered_by(self, administrators: Administrators) -> Exodus {
        Exodus { administrators, ..self }
    }
}

#[async_trait]
impl Bot for Exodus {
    type World = World;

    async fn arrive(&self, turn: &Turn<'_>) -> Result<World, Fault> {
        let arrived = match &turn.person {
            Some(person) => aid::arrive(&Aid::at(turn.at, &self.settings.rules), person).await?,
            None => None,
        };
        let (me, is_behind) = arrived.map_or((None, false), |(me, is_behind)| (Some(me), is_behind));
        // Also before they are registered: the menu that they get then is theirs.
        let admin = self.administrators.admit(turn.messenger, turn.address);
        // Whoever administers the community needs no invite to it.
        let registration = if admin.is_some() { Registration::Open } else { self.registration };
        let world = World { me, admin, settings: self.settings.clone(), registration };
        if is_behind {
            unit::close_what_is_over(turn.at, world.community(), world.by()).await?;
        }
        Ok(world)
    }

    /// Members come by an invite, or after they have chosen a language.
    fn lets_everybody_in(&self) -> bool {
        false
    }

    fn screens(&self) -> &Screens<World> {
        &self.screens
    }

    fn home(&self) -> Route {
        Route::new("menu")
    }

    /// A newcomer sees nothing but the welcome, and a member sees that no more. Whoever is suspended reads why, and nothing
    /// else but what is theirs alone.
    fn detour(&self, world: &World, route: &Route) -> Option<Route> {
        let screen = route.screen();
        match &world.me {
            None => (screen != start::WELCOME).then(|| Route::new(start::WELCOME)),
            Some(me) if me.suspended.is_some() => {
                (![SUSPENDED, "my-data", "leave"].contains(&screen)).then(|| Route::new(SUSPENDED))
            }
            Some(_) => [SUSPENDED, start::WELCOME].contains(&screen).then(|| self.home()),
        }
    }

    async fn invite_in(&self, cx: &Cx<'_, World>, text: &str, sought: Sought) -> Result<Option<String>, Fault> {
        start::invite_in(cx, text, sought).await
    }

    async fn called(&self, cx: &Here<'_>, words: &str) -> Result<Option<Step>, Fault> {
        match start::sum_said(cx, words).await? {
            Some(step) => Ok(Some(step)),
            None => members::called(cx, words).await,
        }
    }

    async fn start(&self, cx: &mut Cx<'_, World>, word: Option<&str>) -> Result<Step, Fault> {
        if cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
            return Ok(Step::home());
        }
        start::start(cx, word).await
    }

    fn place(&self, command: Command) -> Option<Route> {
        match command {
            Command::Help => Some(Route::new("faq")),
            Command::Language => Some(Route::new("language")),
            _ => None,
        }
    }

    fn tells(&self) -> Vec<&'static str> {
        notices::names().chain(groups::kinds()).collect()
    }

    async fn notices(&self, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let is_for_a_group = |kept: &&Kept| groups::kinds().any(|kind| kind == kept.kind);
        let (in_groups, to_people): (Vec<&Kept>, Vec<&Kept>) = these.iter().partition(is_for_a_group);
        let aid = Aid::at(*at, &self.settings.rules);
        if in_groups.is_empty() {
            return Ok(notices::pages(&aid, these).await?);
        }
        let mut pages = groups::pages(&aid, &self.settings.ways_in, &in_groups).await?.into_iter();
        let to_people: Vec<Kept> = to_people.into_iter().cloned().collect();
        let mut to_people = notices::pages(&aid, &to_people).await?.into_iter();
        let next = |kept| if is_for_a_group(&kept) { pages.next() } else { to_people.next() };
        Ok(these.iter().map(next).map(Option::flatten).collect())
    }

    async fn shares(&self, cx: &Here<'_>, words: &str) -> Result<Vec<Shareable>, Fault> {
        if cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
            return Ok(Vec::new());
        }
        members::shares(cx, words).await
    }

    fn group_commands(&self) -> &'static [GroupCommand] {
        &GROUP_COMMANDS
    }

    async fn in_group(&self, cx: &mut Here<'_>, group: Group<'_>, command: &str) -> Result<Option<Page>, Fault> {
        groups::in_group(cx, group, command).await
    }

    async fn greets(&self, cx: &mut Here<'_>, _: Group<'_>) -> Result<Option<Page>, Fault> {
        groups::greets(cx).await
    }

    async fn answer(&self, cx: &mut Here<'_>, notice: &Kept, deed: &str) -> Result<Answered, Fault> {
        let (who, place) = (me(cx)?.id, self.place_of(notice, deed));
        if let Some(About::Case(case)) = notices::about(notice, deed) {
            return pools::answer(cx, notice, deed, case).await;
        }
        if let (Some(About::Collection(initiative)), Some(sum)) = (notices::about(notice, deed), notices::vote_of(deed))
        {
            return initiatives::answer(cx, initiative, sum).await;
        }
        if let Some(About::Chain(chain)) = notices::about(notice, deed) {
            return organizer::answer_chain(cx, deed, chain).await;
        }
        let done = run(cx, async |work| notices::act(work, who, notice, deed).await).await;
        if let (Err(Refused::Rule(Refusal::MoreThanMissing | Refusal::OtherSum)), Some(About::Commitment(id))) =
            (&done, notices::about(notice, deed))
        {
            // It is not what they read, so they are asked.
            return Err(organizer::asks_anew(cx, id, deed).await?);
        }
        if let Err(Refused::Rule(Refusal::NotNow { state })) = done
            && DeedKind::parse(deed).is_some_and(|kind| kind.is_done_in(state))
        {
            // They have done it elsewhere.
            return Err(Fault::Refused(Step::go(place).saying(msg!("notice-answered"))));
        }
        if let (Err(Refused::Rule(refusal @ Refusal::AlreadyHelping)), Some(About::Commitment(id))) =
            (&done, notices::about(notice, deed))
        {
            if notices::moves(deed) {
                return Err(organizer::instead_of_moving(cx, id).await?);
            }
            if let Some(place) = organizer::instead_of_again(cx, id, *refusal).await? {
                return Err(place);
            }
        }
        let done = told_at(cx, To::Go(place), done)?;
        let place = Route::new("commitment").with(done.commitment.id);
        let step = Step::go(place).saying(organizer::done(cx, &done.commitment, done.did).await?);
        Ok(Answered { step, stays_open: done.did == Did::Again })
    }

    fn has_offered(&self, notice: &Kept, deed: &str) -> bool {
        notices::has_offered(notice, deed)
    }

    async fn is_over(&self, cx: &Here<'_>, notice: &Kept) -> Result<bool, Fault> {
        // Whoever is suspended can do nothing about it.
        let Ok(me) = me(cx) else {
            return Ok(matches!(
                notices::about(notice, ""),
                Some(About::Commitment(_) | About::Case(_) | About::Chain(_))
            ));
        };
        notices::is_over(&aid(cx), me.id, notice).await
    }

    async fn makes_way(&self, at: &Moment<'_>, who: PersonId) -> Result<bool, Fault> {
        Ok(aid::makes_way(at, who).await?)
    }

    fn tells_anew(&self, kind: &str) -> bool {
        notices::tells_anew(kind)
    }

    fn place_of(&self, notice: &Kept, deed: &str) -> Route {
        match notices::about(notice, deed) {
            Some(About::Commitment(id)) => Route::new("commitment").with(id),
            Some(About::Collection(id)) if notice.kind.starts_with("notice-initiative") => {
                Route::new("initiative").with(id)
            }
            Some(About::Collection(id)) => Route::new("end").with(id),
            Some(About::Member(id)) => Route::new("card").with(id),
            Some(About::Pool(id)) => Route::new("pool").with(id),
            Some(About::Case(id)) => Route::new("case").with(id),
            Some(About::Chain(id)) => Route::new("chain").with(id),
            None => self.home(),
        }
    }
}

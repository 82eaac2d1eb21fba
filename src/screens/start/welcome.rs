use std::collections::BTreeMap;

use async_trait::async_trait;

use super::found::MOST_INVITES;
use crate::aid::{self, Invitation, Registration};
use crate::domain::{Called, MemberId, Name};
use crate::screens::trust::GUARANTEED;
use crate::screens::world::{Here, World, aid, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::Language;
use exodus_engine::msg;

/// The route of the welcome; an invite's token may follow.
pub const WELCOME: &str = "welcome";

/// Where an invite leads.
pub(super) const INVITED: &str = "invited";

/// What of a draft there holds the invites that a newcomer came by.
const ALL: &str = "all";

/// The first thing a newcomer sees: the choice of a language, in all of them. Choosing registers.
pub struct Welcome;

#[async_trait]
impl Screen<World> for Welcome {
    fn name(&self) -> &'static str {
        WELCOME
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let is_invited = standing(cx, kept(cx).last().map(String::as_str)).await?.is_some();
        Ok(if is_invited || lets_in_anybody(cx) {
            view(cx.world.settings.locales.languages(), is_invited)
        } else {
            view_closed()
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(lang) = input else { return Ok(Step::stay()) };
        if !cx.world.settings.locales.languages().iter().any(|language| language.code == lang) {
            return Err(Fault::Lost);
        }
        let tokens = kept(cx);
        let mut invitation = None;
        // A few at the most; one may have been revoked since.
        for token in tokens.iter().rev() {
            invitation = held(cx, token).await?;
            if invitation.is_some() {
                break;
            }
        }
        if invitation.is_none() && !lets_in_anybody(cx) {
            // It was revoked, or somebody else has come by it, since the languages were shown.
            return Ok(Step::stay().saying(msg!("start-no-invite")));
        }
        let invited_to = invitation.as_ref().map(|invitation| invitation.to.0);
        let name = name_to_begin_with(cx.turn.name);
        let (messenger, address) = (cx.turn.messenger, cx.turn.address);
        let me = run(cx, async |work| aid::register(work, messenger, address, &name, &lang, invited_to).await).await;
        cx.world.me = Some(me.map_err(Fault::from)?);
        cx.lang = lang;
        cx.draft.clear(&Route::new(INVITED));
        match invitation {
            Some(_) => accept(cx, &tokens, true).await,
            None if tokens.is_empty() => Ok(Step::home().saying(msg!("welcome-new"))),
            None => Ok(Step::home().saying(msg!("welcome-new-too-late"))),
        }
    }
}

/// Whether who holds no invite may become a member.
fn lets_in_anybody(cx: &Here<'_>) -> bool {
    cx.world.registration == Registration::Open
}

/// The invite with this token, if a newcomer can come by it.
async fn standing(cx: &Here<'_>, token: Option<&str>) -> Result<Option<Invitation>, Fault> {
    let Some(token) = token else { return Ok(None) };
    known(aid::invitation(&aid(cx), None, token).await)
}

/// The same, and nobody else comes by it first.
async fn held(cx: &Here<'_>, token: &str) -> Result<Option<Invitation>, Fault> {
    known(aid::hold_invitation(&aid(cx), None, token).await)
}

/// What leads nowhere is no invite.
fn known(invitation: Result<Invitation, aid::Refused>) -> Result<Option<Invitation>, Fault> {
    match invitation {
        Ok(invitation) => Ok(Some(invitation)),
        Err(aid::Refused::Rule(_)) => Ok(None),
        Err(aid::Refused::Fault(fault)) => Err(fault),
    }
}

/// Where nobody gets in without an invite, and this one has none.
fn view_closed() -> Page {
    Page::new(msg!("welcome-hello")).say(msg!("welcome-closed")).polyglot().bare()
}

/// Nobody is named before a language is chosen.
fn view(languages: &[Language], is_invited: bool) -> Page {
    let greeting = Page::new(msg!("welcome-hello"));
    // Who comes by one that leads nowhere reads what all others do who have none.
    let greeting = greeting.say(if is_invited { msg!("welcome-invited") } else { msg!("welcome-invite") });
    let greeting = greeting.say(msg!("welcome-choose")).polyglot().bare();
    languages.iter().fold(greeting, |page, language| {
        page.light(msg!("welcome-language", name = language.name.clone()), &language.code)
    })
}

/// What `start` does: a newcomer is welcomed, and keeps the invites that they came by, the last one first to be seen; a
/// member goes where the invites lead, or home.
pub async fn start(cx: &mut Here<'_>, words: Option<&str>) -> Result<Step, Fault> {
    // What is no token leads nowhere, as an unknown one does.
    let is_token = |word: &&str| Route::parse(word).is_some() && !word.contains('/') && word.len() <= 40;
    let tokens: Vec<String> =
        words.into_iter().flat_map(str::split_whitespace).filter(is_token).map(str::to_owned).collect();
    match (&cx.world.me, tokens.is_empty()) {
        (None, _) => {
            let standing = aid::standing_tokens(&aid(cx), None, &tokens).await?;
            let came_by: Vec<String> = tokens.into_iter().filter(|token| standing.contains(token)).collect();
            // The one that they came by before still leads somewhere.
            let is_in_vain = words.is_some() && came_by.is_empty() && !kept(cx).is_empty();
            let step = Step::go(keep(cx, came_by));
            Ok(if is_in_vain { step.saying(msg!("start-no-invite")) } else { step })
        }
        (Some(_), false) => accept(cx, &tokens, false).await,
        (Some(_), true) if words.is_some() => Ok(no_invite()),
        (Some(_), true) => Ok(Step::home()),
    }
}

/// The invites that a newcomer came by, the last one last.
fn kept(cx: &Here<'_>) -> Vec<String> {
    let all = cx.draft.get(&Route::new(INVITED), ALL).unwrap_or_default();
    all.split_whitespace().map(str::to_owned).collect()
}

/// Keeps these too, and gives the way to the welcome. They wait beside the route, where no word that leads elsewhere loses
/// them; the last one is in it too, so that another one is another page.
fn keep(cx: &mut Here<'_>, tokens: Vec<String>) -> Route {
    let mut all = kept(cx);
    for token in tokens {
        all.retain(|one| *one != token);
        all.push(token);
    }
    all.drain(..all.len().saturating_sub(MOST_INVITES));
    if !all.is_empty() {
        cx.draft.set(&Route::new(INVITED), ALL, all.join(" "));
    }
    // What is left of one that nobody can come by any more is no part of a route.
    all.pop().into_iter().filter(|token| Route::parse(token).is_some()).fold(Route::new(WELCOME), Route::with)
}

/// Goes where the last of these invites leads, and knows from now on whom the others lead to. `is_new`: by these they became
/// a member.
async fn accept(cx: &mut Here<'_>, tokens: &[String], is_new: bool) -> Result<Step, Fault> {
    let Some(me) = cx.world.me.as_ref().map(|me| me.id) else { return Ok(Step::home()) };
    let (mut led, mut is_own) = (Vec::new(), false);
    for token in tokens.iter().take(MOST_INVITES) {
        // A few at the most.
        match run(cx, async |work| aid::accept(work, me, token, is_new).await).await {
            Ok(invitation) if invitation.to.0 == me && !invitation.guarantees => is_own = true,
            Ok(invitation) => led.push(invitation),
            Err(aid::Refused::Rule(_)) => {}
            Err(aid::Refused::Fault(fault)) => return Err(fault),
        }
    }
    let Some(last) = led.pop() else {
        return Ok(if is_own { Step::home().saying(msg!("invite-own")) } else { no_invite() });
    };
    let others: BTreeMap<MemberId, Called> =
        led.into_iter().map(|other| other.to).filter(|to| to.0 != last.to.0).collect();
    let step = match last.is_left {
        _ if last.guarantees => Step::go(Route::new(GUARANTEED).with(&last.token)),
        true if last.pool.is_some() => Step::go(Route::new(INVITED).with(&last.token)).saying(msg!("invite-left-pool")),
        true => Step::go(Route::new("card").with(last.to.0)).saying(msg!("invite-left", name = &last.to.1)),
        false => Step::go(Route::new(INVITED).with(&last.token)),
    };
    if others.is_empty() {
        return Ok(step);
    }
    let names: Vec<&str> = others.values().map(Called::as_str).collect();
    Ok(step.saying(msg!("invited-also", count = names.len(), names = names.join(", "))))
}

/// Unknown, mistyped and revoked are one: nobody learns which. What was begun here is not lost by it.
fn no_invite() -> Step {
    Step::stay().saying(msg!("start-no-invite"))
}

/// How the messenger calls them, as far as that can be a name.
fn name_to_begin_with(name: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let beginning: String = name.graphemes(true).take(exodus_engine::locale::NAME_CHARACTERS).collect();
    let first_word = || beginning.split_whitespace().next().unwrap_or_default();
    let name = Name::from_elsewhere(&beginning).or_else(|| Name::from_elsewhere(first_word()));
    name.map_or_else(|| "👤".to_owned(), |name| name.as_str().to_owned())
}

use async_trait::async_trait;

use crate::aid::{self, Invitation};
use crate::screens::world::{Here, World, aid};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::{Language, clean_name};
use exodus_engine::msg;

/// The route of the welcome; an invite's token may follow.
pub const WELCOME: &str = "welcome";

/// The first thing a newcomer sees: the choice of a language, in all of them. Choosing registers.
pub struct Welcome;

#[async_trait]
impl Screen<World> for Welcome {
    fn name(&self) -> &'static str {
        WELCOME
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let invited = standing(cx, cx.route.arg(0)).await?.is_some();
        Ok(view(&cx.world.settings.languages, invited))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(lang) = input else { return Ok(Step::stay()) };
        if !cx.world.settings.languages.iter().any(|language| language.code == lang) {
            return Err(Fault::Lost);
        }
        let (invitation, aid) = (standing(cx, cx.route.arg(0)).await?, aid(cx));
        let invited_to = invitation.as_ref().map(|invitation| invitation.to.0);
        let name = name_to_begin_with(cx.turn.name);
        let me = aid::register(&aid, cx.turn.messenger, cx.turn.address, &name, &lang, invited_to).await;
        cx.world.me = Some(me.map_err(Fault::from)?);
        cx.lang = lang;
        match invitation {
            Some(invitation) => accept(cx, &invitation.token).await,
            None => Ok(Step::home().saying(msg!("welcome-new"))),
        }
    }
}

/// The invite with this token, if it stands.
async fn standing(cx: &Here<'_>, token: Option<&str>) -> Result<Option<Invitation>, Fault> {
    let Some(token) = token else { return Ok(None) };
    match aid::invitation(&aid(cx), token).await {
        Ok(invitation) => Ok(Some(invitation)),
        Err(aid::Refused::Rule(_)) => Ok(None),
        Err(aid::Refused::Fault(fault)) => Err(fault),
    }
}

/// Whoever comes without a standing invite reads that one can be sent, whatever the reason.
fn view(languages: &[Language], invited: bool) -> Page {
    let greeting = Page::new(msg!("welcome-hello")).say_if((!invited).then(|| msg!("welcome-invite")));
    let greeting = greeting.say(msg!("welcome-choose")).polyglot().bare();
    languages.iter().fold(greeting, |page, language| {
        page.light(msg!("welcome-language", name = language.name.clone()), &language.code)
    })
}

/// What `start` does: a newcomer is welcomed, and keeps the invite that they came by before, unless another one stands; a
/// member goes where the invite leads, or home.
pub async fn start(cx: &mut Here<'_>, word: Option<&str>) -> Result<Step, Fault> {
    // What is no token leads nowhere, as an unknown one does.
    let token = word.filter(|token| Route::parse(token).is_some() && !token.contains('/') && token.len() <= 40);
    match (&cx.world.me, token) {
        (None, token) => {
            let before = cx.route.arg(0).filter(|_| cx.route.screen() == WELCOME);
            let kept = if standing(cx, token).await?.is_some() { token } else { before.or(token) };
            Ok(Step::go(kept.into_iter().fold(Route::new(WELCOME), Route::with)))
        }
        (Some(_), Some(token)) => accept(cx, token).await,
        (Some(_), None) if word.is_some() => Ok(no_invite()),
        (Some(_), None) => Ok(Step::home()),
    }
}

/// Goes where an invite leads.
async fn accept(cx: &mut Here<'_>, token: &str) -> Result<Step, Fault> {
    let Some(me) = cx.world.me.as_ref().map(|me| me.id) else { return Ok(Step::home()) };
    match aid::accept(&aid(cx), me, token).await {
        Ok(invitation) if invitation.to.0 == me => Ok(Step::home().saying(msg!("invite-own"))),
        Ok(_) => Ok(Step::go(Route::new("invited").with(token))),
        Err(aid::Refused::Rule(_)) => Ok(no_invite()),
        Err(aid::Refused::Fault(fault)) => Err(fault),
    }
}

/// Unknown, mistyped and revoked are one: nobody learns which.
fn no_invite() -> Step {
    Step::home().saying(msg!("start-no-invite"))
}

/// How the messenger calls them, as far as that can be a name.
fn name_to_begin_with(name: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    let beginning: String = name.graphemes(true).take(exodus_engine::locale::NAME_CHARACTERS).collect();
    let first_word = || beginning.split_whitespace().next().unwrap_or_default();
    clean_name(&beginning).or_else(|_| clean_name(first_word())).unwrap_or_else(|_| "👤".to_owned())
}

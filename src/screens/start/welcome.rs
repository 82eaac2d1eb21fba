use async_trait::async_trait;

use crate::aid::{self, Invitation};
use crate::conversation::{Fault, Input, Page, Route, Screen, Step};
use crate::locale::{Language, clean_name};
use crate::msg;
use crate::screens::world::{Here, World, aid};

/// The route of the welcome; the tokens of invites may follow.
pub const WELCOME: &str = "welcome";

/// Of so many invites, the latest, that somebody comes by before they have chosen a language, none is lost.
const MOST_INVITES: usize = 3;

/// The first thing a newcomer sees: the choice of a language, in all of them. Choosing registers.
pub struct Welcome;

#[async_trait]
impl Screen<World> for Welcome {
    fn name(&self) -> &'static str {
        WELCOME
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let invited = !standing(cx).await?.is_empty();
        Ok(view(&cx.world.settings.languages, invited))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(lang) = input else { return Ok(Step::stay()) };
        if !cx.world.settings.languages.iter().any(|language| language.code == lang) {
            return Err(Fault::Lost);
        }
        let (mut invitations, aid) = (standing(cx).await?, aid(cx));
        let last = invitations.pop();
        let invited_to = last.as_ref().map(|invitation| invitation.to.0);
        let name = name_to_begin_with(cx.turn.name);
        let me = aid::register(&aid, cx.turn.messenger, cx.turn.address, &name, &lang, invited_to).await;
        cx.world.me = Some(me.map_err(Fault::from)?);
        cx.lang = lang;
        for invitation in invitations {
            // They meet whoever sent it, and stand where the last one leads.
            accept(cx, &invitation.token).await?;
        }
        match last {
            Some(invitation) => accept(cx, &invitation.token).await,
            None => Ok(Step::home().saying(msg!("welcome-new"))),
        }
    }
}

/// The invites by which somebody came who has not chosen a language yet, as far as they stand.
async fn standing(cx: &Here<'_>) -> Result<Vec<Invitation>, Fault> {
    let mut standing = Vec::new();
    for token in tokens(&cx.route) {
        match aid::invitation(&aid(cx), token).await {
            Ok(invitation) => standing.push(invitation),
            Err(aid::Refused::Rule(_)) => {}
            Err(aid::Refused::Fault(fault)) => return Err(fault),
        }
    }
    Ok(standing)
}

fn tokens(welcome: &Route) -> impl Iterator<Item = &str> {
    (0..MOST_INVITES).map_while(|place| welcome.arg(place))
}

/// Whoever comes without a standing invite reads that one can be sent, whatever the reason.
fn view(languages: &[Language], invited: bool) -> Page {
    let greeting = Page::new(msg!("welcome-hello")).say_if((!invited).then(|| msg!("welcome-invite")));
    let greeting = greeting.say(msg!("welcome-choose")).polyglot().bare();
    languages.iter().fold(greeting, |page, language| {
        page.light(msg!("welcome-language", name = language.name.clone()), &language.code)
    })
}

/// What `start` does: a newcomer is welcomed, and keeps the invites that they came by before; a member goes where the
/// invite leads, or home.
pub async fn start(cx: &mut Here<'_>, word: Option<&str>) -> Result<Step, Fault> {
    // What is no token leads nowhere, as an unknown one does.
    let token = word.filter(|token| Route::parse(token).is_some() && !token.contains('/') && token.len() <= 40);
    match (&cx.world.me, token) {
        (None, token) => {
            let before = tokens(&cx.route).filter(|_| cx.route.screen() == WELCOME);
            let mut tokens: Vec<&str> = before.filter(|before| Some(*before) != token).chain(token).collect();
            let kept = tokens.split_off(tokens.len().saturating_sub(MOST_INVITES));
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
    let beginning: String = name.graphemes(true).take(crate::locale::NAME_CHARACTERS).collect();
    let first_word = || beginning.split_whitespace().next().unwrap_or_default();
    clean_name(&beginning).or_else(|_| clean_name(first_word())).unwrap_or_else(|_| "👤".to_owned())
}

//! Programs that act for me: which there are, letting one more, and ending one.

use async_trait::async_trait;

use crate::aid;
use crate::aid::programs::Program;
use crate::domain::program::DAYS;
use crate::domain::{ProgramId, ProgramName, Scope};
use crate::screens::fresh::Fresh;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken, WaysIn};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// The programs that act for me: `programs` lists them; `programs/new` lets one more; `programs/token/<program>` shows the token
/// of one that was let just now, which is shown once; `programs/end/<program>` asks whether one is to end.
///
/// A token is kept nowhere but here, in memory, until it has been copied: a page that was lost meanwhile shows none, and another
/// one is made.
#[derive(Default)]
pub struct Programs {
    fresh: Fresh,
}

const PROGRAMS: &str = "programs";
const NEW: &str = "new";
const TOKEN: &str = "token";
const END: &str = "end";

/// The deed that lets one more.
const ALLOW: &str = "allow";

#[async_trait]
impl Screen<World> for Programs {
    fn name(&self) -> &'static str {
        PROGRAMS
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let who = me(cx)?.id;
        let Some(site) = site(&cx.world.settings.ways_in) else { return Ok(view_off()) };
        let programs = aid::programs::programs(&aid(cx), who).await?;
        let one = |id: Option<ProgramId>| programs.iter().find(|program| Some(program.id) == id).ok_or(Fault::Lost);
        let zone = &cx.world.settings.rules.zone;
        match cx.route.arg(0) {
            Some(NEW) => match form().question(cx) {
                Some(question) => Ok(question),
                None => view_sure(cx),
            },
            Some(TOKEN) => {
                let program = one(cx.route.id(1))?;
                let token = self.fresh.get(program.id, cx.turn.at.now);
                Ok(token.map_or_else(|| view_shown(program), |token| view_token(program, &site, &token)))
            }
            Some(END) => Ok(view_end(one(cx.route.id(1))?, zone)),
            _ => Ok(view(&programs, zone)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        match cx.route.arg(0) {
            Some(NEW) => match form().take(cx, &input) {
                Taken::Here(step) => Ok(step),
                Taken::NotMine if input == Input::Chose(ALLOW.to_owned()) => {
                    let (name, scope, days) = answers(cx)?;
                    let allowed =
                        run(cx, async |work| aid::programs::allow_program(work, who, &name, scope, days).await).await;
                    let (id, token) = told(cx, allowed)?;
                    self.fresh.put(id, token, cx.turn.at.now);
                    Ok(Step::instead(Route::new(PROGRAMS).with(TOKEN).with(id)))
                }
                Taken::NotMine => Err(Fault::Lost),
            },
            Some(END) if input == Input::Chose(END.to_owned()) => {
                let id = cx.route.id(1).ok_or(Fault::Lost)?;
                told(cx, run(cx, async |work| aid::programs::end_program(work, who, id).await).await)?;
                Ok(Step::instead(Route::new(PROGRAMS)).saying(msg!("programs-ended")))
            }
            _ if matches!(input, Input::Wrote(_)) => Ok(Step::stay()),
            _ => Err(Fault::Lost),
        }
    }
}

/// Under which address the bot answers programs.
pub(in crate::screens) fn site(ways_in: &WaysIn) -> Option<String> {
    let link = ways_in.now().into_iter().find_map(|way| way.signs_in)?;
    link.strip_suffix("in/{token}").map(str::to_owned)
}

fn form() -> Form<'static> {
    let name = Field::new("name", msg!("programs-name-question"), |typed| {
        ProgramName::read(typed).map(|name| name.as_str().to_owned()).map_err(unfit)
    })
    .in_any_words();
    let scope = Field::new("scope", msg!("programs-scope-question"), |typed| {
        match Scope::parse(typed).filter(|scope| Scope::GIVEN.contains(scope)) {
            Some(scope) => Ok(scope.as_str().to_owned()),
            None => Err(msg!("programs-scope-unknown")),
        }
    });
    let scope = Scope::GIVEN.into_iter().fold(scope, |field, scope| field.offer(scope_name(scope), scope.as_str()));
    let days = Field::new("days", msg!("programs-days-question"), |typed| {
        let days = typed.trim().parse().ok().filter(|days| DAYS.contains(days));
        days.map(|days| days.to_string()).ok_or(msg!("programs-days-unknown"))
    });
    let days =
        DAYS.into_iter().fold(days, |field, days| field.offer(msg!("programs-days", days = days), days.to_string()));
    Form::new(vec![name, scope, days])
}

fn answers(cx: &Here<'_>) -> Result<(ProgramName, Scope, u32), Fault> {
    let name = cx.answer("name").and_then(|name| ProgramName::read(name).ok());
    let scope = cx.answer("scope").and_then(Scope::parse);
    let days = cx.answer("days").and_then(|days| days.parse().ok());
    Ok((name.ok_or(Fault::Lost)?, scope.ok_or(Fault::Lost)?, days.ok_or(Fault::Lost)?))
}

fn scope_name(scope: Scope) -> Msg {
    match scope {
        Scope::Read => msg!("programs-scope-read"),
        Scope::Act => msg!("programs-scope-act"),
        Scope::Calendar => msg!("programs-scope-calendar"),
        Scope::Status => msg!("programs-scope-status"),
    }
}

fn view_off() -> Page {
    Page::new(msg!("programs-title")).say(msg!("programs-off"))
}

fn view(programs: &[Program], zone: &Zone) -> Page {
    let line = |program: &Program| {
        let (name, scope) = (program.name.as_str(), scope_name(program.scope));
        let until = Msg::date_time(zone.local(program.expires_at));
        match program.seen_at {
            Some(seen) => {
                msg!(
                    "programs-line",
                    name = name,
                    scope = scope,
                    until = until,
                    seen = Msg::date_time(zone.local(seen))
                )
            }
            None => msg!("programs-line-unused", name = name, scope = scope, until = until),
        }
    };
    let page = Page::new(msg!("programs-title")).say(msg!("programs-what"));
    let page = match programs {
        [] => page.say(msg!("programs-none")),
        all => page.lines(all.iter().map(line).collect()),
    };
    let page = page.go(msg!("programs-allow"), Route::new(PROGRAMS).with(NEW));
    programs.iter().fold(page, |page, program| {
        page.go(msg!("programs-end", name = program.name.as_str()), Route::new(PROGRAMS).with(END).with(program.id))
    })
}

fn view_sure(cx: &Here<'_>) -> Result<Page, Fault> {
    let (name, scope, days) = answers(cx)?;
    let means = match scope {
        Scope::Read => msg!("programs-means-read"),
        Scope::Act => msg!("programs-means-act"),
        Scope::Calendar | Scope::Status => msg!("programs-means-calendar"),
    };
    Ok(Page::new(msg!("programs-sure", name = name.as_str(), scope = scope_name(scope), days = days))
        .say(means)
        .deed(msg!("programs-sure-yes"), ALLOW)
        .light(msg!("programs-redo-name"), Form::redo("name"))
        .light(msg!("programs-redo-scope"), Form::redo("scope"))
        .light(msg!("programs-redo-days"), Form::redo("days")))
}

fn view_token(program: &Program, site: &str, token: &str) -> Page {
    let page = match program.scope {
        Scope::Calendar => {
            let link = Arg::Verbatim(format!("{site}calendar/{token}.ics"));
            Page::new(msg!("programs-calendar", link = link)).say(msg!("programs-calendar-how"))
        }
        Scope::Read | Scope::Act | Scope::Status => {
            let docs = Arg::Verbatim(format!("{site}api/v1/"));
            Page::new(msg!("programs-token", name = program.name.as_str(), token = Arg::Verbatim(token.to_owned())))
                .say(msg!("programs-token-how", docs = docs))
        }
    };
    page.say(msg!("programs-token-once")).go(msg!("programs-back"), Route::new(PROGRAMS))
}

fn view_shown(program: &Program) -> Page {
    Page::new(msg!("programs-token-gone", name = program.name.as_str())).go(msg!("programs-back"), Route::new(PROGRAMS))
}

fn view_end(program: &Program, zone: &Zone) -> Page {
    let since = Msg::date_time(zone.local(program.created_at));
    Page::new(msg!("programs-end-sure", name = program.name.as_str(), since = since))
        .go(msg!("programs-end-no"), Route::new(PROGRAMS))
        .grave(msg!("programs-end-yes"), END)
}

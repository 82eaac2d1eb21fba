//! The two ways of asking: reading, and acting. Whoever asks is known in the same transaction in which they are answered.

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::asked::{Asked, lang_of};
use super::codes;
use super::feed::Feed;
use super::limits::{Limits, ROUND, Who};
use super::problem::Problem;
use crate::aid::programs::{self, Answered, Caller};
use crate::aid::{Administrators, Aid, By, Community, Refused, Work, unit};
use crate::domain::{Refusal, Scope, Unit};
use crate::notices::Notices;
use crate::screens::Settings;
use exodus_engine::conversation::{Fault, Moment, Moments};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What programs are answered with.
pub struct Api {
    pub(super) moments: Moments,
    pub(super) settings: Arc<Settings>,
    pub(super) limits: Arc<Limits>,
    pub(super) feed: Arc<Feed>,
    pub(super) administrators: Administrators,
    /// What is asked comes encrypted.
    pub(super) is_secure: bool,
    /// Nobody is listened to any more.
    pub(super) stop: CancellationToken,
}

/// What is answered: something, or why not.
pub type Answer = Result<Response, Problem>;

/// Why a request was not answered.
enum Not {
    /// No token counts that was shown.
    Known,
    /// This token does not allow it.
    Allowed(Caller),
    /// They are suspended.
    TakingPart(Caller),
    /// By its name something else was asked for before.
    TheSame(Caller),
    /// A rule says no.
    By(Refusal, Caller),
}

impl Api {
    /// Programs are answered in these moments, by what is configured.
    pub fn new(
        moments: Moments,
        settings: Arc<Settings>,
        administrators: Administrators,
        (is_secure, stop): (bool, CancellationToken),
    ) -> Arc<Api> {
        let feed = Feed::begin(moments.clone(), settings.clone());
        Arc::new(Api { moments, settings, limits: Limits::begin(), feed, administrators, is_secure, stop })
    }

    pub(super) fn unit(&self) -> &Unit {
        &self.settings.reading.unit
    }

    pub(super) fn words(&self, lang: &str, msg: &Msg) -> String {
        self.settings.locales.plain(lang, msg)
    }

    fn community(&self) -> Community<'_> {
        Community { rules: &self.settings.rules, tells: &Notices }
    }

    /// Answers what changes nothing.
    pub(super) async fn read<T: Serialize>(
        self: &Arc<Self>,
        asked: &Asked,
        work: impl AsyncFn(&Aid<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Answer {
        let found = self.look(asked, Scope::Read, work).await?;
        Ok(json(serde_json::to_string(&found).unwrap_or_default()))
    }

    /// The same, as it is found; `needed`: what the token has to allow.
    pub(super) async fn look<T>(
        self: &Arc<Self>,
        asked: &Asked,
        needed: Scope,
        work: impl AsyncFn(&Aid<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Result<T, Problem> {
        let token = self.shown(asked)?;
        let is_known = self.admit(asked, Who::Asks(token.to_owned()))?;
        let looked = self.look_uncounted(token, needed, work).await;
        self.answered(asked, looked, (!is_known).then(|| Who::Asks(token.to_owned())))
    }

    /// The same for whoever is watching, who does not ask anew.
    pub(super) async fn look_again<T>(
        self: &Arc<Self>,
        asked: &Asked,
        needed: Scope,
        work: impl AsyncFn(&Aid<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Result<T, Problem> {
        let looked = self.look_uncounted(self.shown(asked)?, needed, work).await;
        self.answered(asked, looked, None)
    }

    /// What is asked owns all that it needs: whoever plays it again and again can't prove otherwise that it may go to another
    /// thread.
    async fn look_uncounted<T>(
        self: &Arc<Self>,
        token: &str,
        needed: Scope,
        work: impl AsyncFn(&Aid<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Result<Result<T, Not>, Fault> {
        let (api, shown) = (self.clone(), token.to_owned());
        self.moments
            .look(token, async move |at: Moment<'_>| {
                let caller = match api.caller(at, &shown, needed).await? {
                    Ok(caller) => caller,
                    Err(not) => return Ok(Err(not)),
                };
                if caller.is_behind {
                    unit::close_what_is_over(at, api.community(), By::Member(caller.member)).await?;
                }
                match work(&Aid::at(at, &api.settings.rules), &caller, &api).await {
                    Ok(found) => Ok(Ok(found)),
                    Err(Refused::Rule(refusal)) => Ok(Err(Not::By(refusal, caller))),
                    Err(Refused::Fault(fault)) => Err(fault),
                }
            })
            .await
    }

    /// Does something, once for each name that the program gives it; `body`: what else was asked for by that.
    pub(super) async fn act<T: Serialize>(
        self: &Arc<Self>,
        asked: &Asked,
        body: &str,
        work: impl AsyncFn(&Work<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Answer {
        let token = self.shown(asked)?;
        let is_known = self.admit(asked, Who::Acts(token.to_owned()))?;
        if !asked.has_good_name() {
            return Err(Problem::unreadable(self, &lang_of(self, &asked.headers), "Idempotency-Key"));
        }
        let what = format!("{}\n{body}", asked.what);
        let (api, shown, request) = (self.clone(), token.to_owned(), asked.clone());
        let played =
            self.moments.play(token, async move |at: Moment<'_>| api.done(at, (&shown, &request, &what), &work).await);
        let answered = self.answered(asked, played.await, (!is_known).then(|| Who::Acts(token.to_owned())));
        Ok(json(answered?))
    }

    /// The answer, as it was given to this before, or as the deed gives it now.
    async fn done<T: Serialize>(
        &self,
        at: Moment<'_>,
        (token, asked, what): (&str, &Asked, &str),
        work: &impl AsyncFn(&Work<'_>, &Caller, &Api) -> Result<T, Refused>,
    ) -> Result<Result<String, Not>, Fault> {
        let caller = match self.caller(at, token, Scope::Act).await? {
            Ok(caller) => caller,
            Err(not) => return Ok(Err(not)),
        };
        if let Some(name) = &asked.name {
            match programs::answered(&Aid::at(at, &self.settings.rules), caller.program, name, what).await? {
                Answered::No => {}
                Answered::So(answer) => return Ok(Ok(answer)),
                Answered::Otherwise => return Ok(Err(Not::TheSame(caller))),
            }
        }
        let (by, known) = (By::Member(caller.member), caller.clone());
        let done = unit::run(at, self.community(), by, async |begun: &Work<'_>| {
            let answer = serde_json::to_string(&work(begun, &known, self).await?).unwrap_or_default();
            if let Some(name) = &asked.name {
                programs::remember_answer(begun, known.program, (name, what), answer.clone()).await?;
            }
            Ok(answer)
        });
        match done.await {
            Ok(answer) => Ok(Ok(answer)),
            Err(Refused::Rule(refusal)) => Ok(Err(Not::By(refusal, caller))),
            Err(Refused::Fault(fault)) => Err(fault),
        }
    }

    /// Who asks, if this token allows what is needed.
    async fn caller(&self, at: Moment<'_>, token: &str, needed: Scope) -> Result<Result<Caller, Not>, Fault> {
        let Some(caller) = programs::caller(&Aid::at(at, &self.settings.rules), token).await? else {
            return Ok(Err(Not::Known));
        };
        Ok(match caller {
            caller if !caller.scope.covers(needed) => Err(Not::Allowed(caller)),
            caller if caller.suspended => Err(Not::TakingPart(caller)),
            caller => Ok(caller),
        })
    }

    fn shown<'a>(&self, asked: &'a Asked) -> Result<&'a str, Problem> {
        asked.token.as_deref().ok_or_else(|| {
            let lang = lang_of(self, &asked.headers);
            match self.limits.may_ask(Who::From(asked.from.clone())) {
                true => Problem::new(self, &lang, codes::NO_TOKEN, &msg!("api-no-token")),
                false => Problem::too_often(self, &lang, ROUND.as_secs()),
            }
        })
    }

    /// Whether a token is known to count. Of those that are not, nobody tries many.
    fn admit(&self, asked: &Asked, who: Who) -> Result<bool, Problem> {
        let is_known = self.limits.knows(&who);
        let may = match is_known {
            true => self.limits.may_ask(who),
            false => !self.limits.is_over(&Who::From(asked.from.clone())),
        };
        let too_often = || Problem::too_often(self, &lang_of(self, &asked.headers), ROUND.as_secs());
        if may { Ok(is_known) } else { Err(too_often()) }
    }

    /// What came of it, or what is wrong; `who`: it is counted from now on whose token has proved to count.
    fn answered<T>(&self, asked: &Asked, came: Result<Result<T, Not>, Fault>, who: Option<Who>) -> Result<T, Problem> {
        let theirs = lang_of(self, &asked.headers);
        if let (Some(who), Ok(Ok(_) | Err(Not::Allowed(_) | Not::TakingPart(_) | Not::TheSame(_) | Not::By(..)))) =
            (who, &came)
        {
            self.limits.may_ask(who);
        }
        let not = match came {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(not)) => not,
            Err(fault) => return Err(Problem::broken(self, &theirs, &fault)),
        };
        Err(match not {
            Not::Known => {
                self.limits.may_ask(Who::From(asked.from.clone()));
                Problem::new(self, &theirs, codes::UNKNOWN_TOKEN, &msg!("api-unknown-token"))
            }
            Not::Allowed(caller) => Problem::new(self, &caller.lang, codes::NOT_ALLOWED, &msg!("api-not-allowed")),
            Not::TakingPart(caller) => Problem::new(self, &caller.lang, codes::SUSPENDED, &msg!("api-suspended")),
            Not::TheSame(caller) => Problem::new(self, &caller.lang, codes::OTHER_REQUEST, &msg!("api-other-request")),
            Not::By(refusal, caller) => Problem::refused(self, &caller.lang, refusal),
        })
    }
}

fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

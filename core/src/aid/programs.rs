//! Programs that act for a member: which there are, and what they are known by.

use chrono::{DateTime, Days, TimeDelta, Utc};
use sea_orm::DbErr;

use super::{Admin, Aid, Refused, Work};
use crate::domain::program::MOST;
use crate::domain::{Event, MemberId, ProgramId, ProgramName, Refusal, Scope};
use crate::store::program::Model;
use crate::store::{self, program, web};
use exodus_engine::hours::Zone;

/// What tokens begin with, so that they are known for what they are wherever they turn up.
pub const TOKEN: &str = "exodus_";

/// A program that acts for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    pub id: ProgramId,
    pub name: String,
    pub scope: Scope,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// When it has asked for something last, to the hour.
    pub seen_at: Option<DateTime<Utc>>,
}

impl Program {
    fn of(row: Model) -> Result<Program, DbErr> {
        let scope = row.scope()?;
        let Model { id, name, created_at, expires_at, seen_at, .. } = row;
        Ok(Program { id, name, scope, created_at, expires_at, seen_at })
    }
}

/// A program that asks for something.
#[derive(Clone, Debug)]
pub struct Caller {
    pub program: ProgramId,
    /// For whom it acts, who reads the answers in this language and lives by this clock.
    pub member: MemberId,
    pub lang: String,
    pub zone: Option<Zone>,
    pub scope: Scope,
    /// The administrators have suspended them.
    pub suspended: bool,
    /// Something of theirs is of a month that has ended and has still to be closed.
    pub is_behind: bool,
}

/// The programs that act for a member, the newest first.
pub async fn programs(aid: &Aid<'_>, who: MemberId) -> Result<Vec<Program>, Refused> {
    // The status page is none that they have allowed.
    let rows = program::of(aid.tx, who).await?.into_iter();
    let rows = rows.filter(|row| row.expires_at > aid.now && row.scope != Scope::Status.as_str());
    Ok(rows.map(Program::of).collect::<Result<_, _>>()?)
}

/// Lets a program act for a member for so many days. Gives the token by which it is known, which is kept nowhere.
pub async fn allow_program(
    aid: &Work<'_>,
    who: MemberId,
    name: &ProgramName,
    scope: Scope,
    days: u32,
) -> Result<(ProgramId, String), Refused> {
    // Two that are allowed in the same moment are counted one after the other.
    store::member::lock(aid.tx, who).await?;
    if u64::try_from(programs(aid, who).await?.len()).is_ok_and(|count| count >= MOST) {
        return Err(Refusal::TooManyPrograms.into());
    }
    let token = format!("{TOKEN}{}", aid.chance.token()?);
    let expires_at = aid.now.checked_add_days(Days::new(days.into())).ok_or(Refusal::Days)?;
    let kept = (name.as_str(), web::digest(&token), scope);
    let id = program::insert(aid.tx, who, (kept.0, &kept.1, kept.2), aid.now, expires_at).await?;
    aid.happened(Event::ProgramAllowed { member: who });
    Ok((id, token))
}

/// What the way to the status page is called before and after somebody has come by it: no member calls a program so, because the
/// name of one can't begin with a space.
const WAY_TO_STATUS: (&str, &str) = (" status link", " status");

/// Opens the status page for whoever administers the community: gives the token of a link by which they come to it, once and
/// within ten minutes.
pub async fn open_status(aid: &Work<'_>, _: &Admin, who: MemberId) -> Result<(ProgramId, String), Refused> {
    let token = format!("{TOKEN}{}", aid.chance.token()?);
    let kept = web::digest(&token);
    let expires_at = aid.now + TimeDelta::minutes(10);
    let id = program::insert(aid.tx, who, (WAY_TO_STATUS.0, &kept, Scope::Status), aid.now, expires_at).await?;
    Ok((id, token))
}

/// Somebody has come by that link: gives what their browser shows from now on, for twelve hours. None: it does not count.
pub async fn begin_status(aid: &Aid<'_>, token: &str) -> Result<Option<String>, Refused> {
    let shown = format!("{TOKEN}{}", aid.chance.token()?);
    let (before, now) = ((web::digest(token), WAY_TO_STATUS.0), (web::digest(&shown), WAY_TO_STATUS.1));
    let until = aid.now + TimeDelta::hours(12);
    let began = program::exchange(aid.tx, (&before.0, before.1), (&now.0, now.1), aid.now, until).await?;
    Ok(began.then_some(shown))
}

/// A program may do nothing any more.
pub async fn end_program(aid: &Work<'_>, who: MemberId, id: ProgramId) -> Result<(), Refused> {
    if !program::end(aid.tx, who, id).await? {
        return Err(Refusal::Unknown.into());
    }
    aid.happened(Event::ProgramEnded { member: who });
    Ok(())
}

/// The program that is known by this token; none, where it does not count. One query.
pub async fn caller(aid: &Aid<'_>, token: &str) -> Result<Option<Caller>, DbErr> {
    let Some(asking) = program::asking(aid.tx, &web::digest(token), aid.now, aid.month()).await? else {
        return Ok(None);
    };
    // One that another release has allowed may do nothing here.
    let Some(scope) = Scope::parse(&asking.scope) else { return Ok(None) };
    Ok(Some(Caller {
        program: asking.id,
        member: asking.member_id,
        lang: asking.lang,
        zone: asking.zone.and_then(|zone| zone.parse().ok()),
        scope,
        suspended: asking.suspended_at.is_some(),
        is_behind: asking.behind,
    }))
}

/// What was answered to what a program asked by a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Nothing yet.
    No,
    /// This.
    So(String),
    /// By that name it has asked for something else.
    Otherwise,
}

/// Whether this was asked before: by that name, and what.
pub async fn answered(aid: &Aid<'_>, program: ProgramId, name: &str, asked: &str) -> Result<Answered, DbErr> {
    let reply = store::program_reply::find(aid.tx, program, name).await?;
    Ok(match reply {
        None => Answered::No,
        Some(reply) if reply.digest == web::digest(asked) => Answered::So(reply.answer),
        Some(_) => Answered::Otherwise,
    })
}

/// Remembers what was answered.
pub async fn remember_answer(
    aid: &Aid<'_>,
    program: ProgramId,
    (name, asked): (&str, &str),
    answer: String,
) -> Result<(), Refused> {
    let (name, digest) = (name.to_owned(), web::digest(asked));
    let reply = store::program_reply::Model { program_id: program, name, digest, answer, answered_at: aid.now };
    match store::program_reply::insert(aid.tx, reply).await {
        // The same was asked in the same moment.
        Err(error) if store::is_unique_violation(&error) => Err(exodus_engine::conversation::Fault::Raced.into()),
        kept => Ok(kept?),
    }
}

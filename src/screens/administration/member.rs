use async_trait::async_trait;

use super::admin;
use crate::aid::{self, Seen};
use crate::domain::{MemberId, local_date};
use crate::screens::sentences::{status_name, told};
use crate::screens::world::{Here, World, aid, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// One member, as an administrator sees them: `admin-member/<member>`.
pub struct AdminMember;

/// The deed that lets a member take part again.
const RESTORE: &str = "restore";

#[async_trait]
impl Screen<World> for AdminMember {
    fn name(&self) -> &'static str {
        "admin-member"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let id: MemberId = cx.route.id(0).ok_or(Fault::Lost)?;
        let seen = aid::member_seen(&aid(cx), admin(cx)?, id).await?;
        let page = view(&seen, &cx.world.settings.rules.zone);
        let has_pages = cx.world.settings.ways_in.now().iter().any(|way| way.signs_in.is_some());
        Ok(if has_pages { page.go(msg!("admin-sign-in"), Route::new("sign-in-for").with(id)) } else { page })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (id, admin) = (cx.route.id(0).ok_or(Fault::Lost)?, admin(cx)?.clone());
        if input != Input::Chose(RESTORE.to_owned()) {
            return Err(Fault::Lost);
        }
        told(cx, run(cx, async |work| aid::restore(work, &admin, id).await).await)?;
        Ok(Step::stay().saying(msg!("admin-restored")))
    }
}

fn view(seen: &Seen, zone: &Zone) -> Page {
    let member = &seen.member;
    let mut lines = vec![
        // To the minute, and where they write from: others may have the same name.
        msg!("admin-since", time = Msg::date_time(zone.local(member.since))),
        msg!("admin-gives", count = seen.gives),
        msg!("admin-gets", count = seen.gets),
        msg!("admin-kept", kept = seen.kept, overdue = seen.overdue),
    ];
    let messengers = seen.messengers.iter().map(|name| msg!("messenger-name", messenger = Arg::Verbatim(name.clone())));
    let messengers = messengers.reduce(|one, next| msg!("admin-and", one = one, next = next));
    lines.extend(messengers.map(|messengers| msg!("admin-accounts", messengers = messengers)));
    lines.extend(seen.administers.then(|| msg!("admin-administers")));
    let title = match member.suspended {
        true => msg!("card-title-paused", name = &member.name),
        false => msg!("card-title", name = &member.name, status = status_name(member.status)),
    };
    let page = Page::new(title).lines(lines);
    match &seen.suspended {
        Some(suspension) => page
            .say(msg!("admin-is-suspended", date = local_date(suspension.since, zone), why = &suspension.why))
            .deed(msg!("admin-restore"), RESTORE),
        None if seen.administers => page,
        None => page.go(msg!("admin-suspend"), Route::new("suspend").with(member.id)),
    }
}

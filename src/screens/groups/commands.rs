use super::telling::{GROUP_HELP_OUT, as_typed, leading, way_in};
use super::{CIRCLE, HELP_OUT};
use crate::aid::{self, Bound, MOST_GROUPS, Refused};
use crate::screens::sentences::told;
use crate::screens::world::{Here, run};
use exodus_engine::conversation::{Fault, Group, Page, Tell};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// Does a command in a group, and gives what is said there at once.
///
/// # Errors
/// See [`Fault`].
pub async fn in_group(cx: &mut Here<'_>, group: Group<'_>, command: &str) -> Result<Option<Page>, Fault> {
    match (command, group.bound) {
        // Whoever asks: it is there for all to see.
        (CIRCLE, Some(chat)) => {
            if cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
                // They take part in nothing meanwhile.
                return Ok(None);
            }
            let shown = run(cx, async |work| aid::show_card_anew(work, chat, group.place).await).await;
            told(cx, shown)?;
            Ok(None)
        }
        (CIRCLE, None) => bind(cx, group).await,
        (HELP_OUT, Some(chat)) => {
            cx.turn.at.tell([Tell::new(chat.reader, GROUP_HELP_OUT)]).await?;
            Ok(None)
        }
        (HELP_OUT, None) => Ok(Some(Page::new(msg!("group-unbound", command = circle(cx))))),
        _ => Ok(None),
    }
}

/// What is said when a member adds the bot to a group.
///
/// # Errors
/// See [`Fault`].
pub async fn greets(cx: &mut Here<'_>) -> Result<Option<Page>, Fault> {
    Ok(cx.world.me.as_ref().map(|_| Page::new(msg!("group-greeting", command = circle(cx)))))
}

/// Binds a group to the circle of the member who asks for it. Nothing has to be said then: its card says it all.
async fn bind(cx: &mut Here<'_>, group: Group<'_>) -> Result<Option<Page>, Fault> {
    if cx.turn.address.is_empty() {
        return Ok(Some(Page::new(msg!("group-anonymous", command = circle(cx)))));
    }
    // Who is suspended takes part in nothing, and is told why where they are alone with the bot.
    let Some(me) = cx.world.me.clone().filter(|me| me.suspended.is_none()) else {
        let page = Page::new(msg!("group-not-a-member"));
        let way = way_in(&cx.world.settings.ways_in, cx.turn.messenger);
        return Ok(Some(leading(page, way.as_ref(), None)));
    };
    let lang = cx.lang.clone();
    let at = (cx.turn.messenger, group);
    let bound: Result<Bound, Refused> = run(cx, async |work| aid::bind_circle(work, me.id, at, &lang).await).await;
    Ok(match told(cx, bound)? {
        Bound::Bound => None,
        Bound::NothingOpen => Some(Page::new(msg!("group-nothing-open", command = circle(cx)))),
        Bound::TooMany => {
            let max = i64::try_from(MOST_GROUPS).unwrap_or(i64::MAX);
            Some(Page::new(msg!("group-too-many", max = max, command = circle(cx))))
        }
    })
}

/// The word for it, as it is typed here.
fn circle(cx: &Here<'_>) -> Arg {
    as_typed(way_in(&cx.world.settings.ways_in, cx.turn.messenger).as_ref(), CIRCLE)
}

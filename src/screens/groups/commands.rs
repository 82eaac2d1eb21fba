use super::telling::GROUP_HELP_OUT;
use super::ways::{as_typed, leading, way_in};
use super::{CIRCLE, HELP_OUT, INITIATIVE, POOL};
use crate::aid::initiatives::InitiativeBound;
use crate::aid::pools::PoolBound;
use crate::aid::{self, Bound, MOST_GROUPS, Me};
use crate::domain::{CollectionId, GroupOf, PoolId};
use crate::screens::sentences::told;
use crate::screens::world::{Here, aid, run};
use crate::store::chat::Chat;
use exodus_engine::conversation::{Fault, Group, Page, Tell};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// Does a command in a group, and gives what is said there at once.
///
/// # Errors
/// See [`Fault`].
pub async fn in_group(cx: &mut Here<'_>, group: Group<'_>, command: &str) -> Result<Option<Page>, Fault> {
    match (command, group.bound) {
        (CIRCLE | POOL | INITIATIVE, Some(chat)) => {
            // What is over is said by its card, which stays as it is: whoever has something else to be kept there binds that.
            let free = aid::is_free(&aid(cx), chat).await? && who_binds(cx).is_some();
            if free && bind(cx, Group { bound: None, ..group }, command).await?.is_none() {
                return Ok(None);
            }
            show_again(cx, group, chat).await
        }
        (CIRCLE | POOL | INITIATIVE, None) => bind(cx, group, command).await,
        (HELP_OUT, Some(chat)) => {
            heard(cx, chat).await?;
            cx.turn.at.tell([Tell::new(chat.reader, GROUP_HELP_OUT)]).await?;
            Ok(None)
        }
        (HELP_OUT, None) => {
            let (command, pool, initiative) = (typed(cx, CIRCLE), typed(cx, POOL), typed(cx, INITIATIVE));
            Ok(Some(Page::new(msg!("group-unbound", command = command, pool = pool, initiative = initiative))))
        }
        _ => Ok(None),
    }
}

/// What is said when a member adds the bot to a group.
///
/// # Errors
/// See [`Fault`].
pub async fn greets(cx: &mut Here<'_>) -> Result<Option<Page>, Fault> {
    let (command, pool, initiative) = (typed(cx, CIRCLE), typed(cx, POOL), typed(cx, INITIATIVE));
    let greeting = || msg!("group-greeting", command = command, pool = pool, initiative = initiative);
    Ok(cx.world.me.as_ref().map(|_| Page::new(greeting())))
}

/// Binds a group to what the command names. What is said where it can't be.
async fn bind(cx: &mut Here<'_>, group: Group<'_>, command: &str) -> Result<Option<Page>, Fault> {
    match command {
        POOL => bind_pool(cx, group).await,
        INITIATIVE => bind_initiative(cx, group).await,
        _ => bind_circle(cx, group).await,
    }
}

/// The card, whoever asks: it is there for all to see, whichever word they say for it.
async fn show_again(cx: &mut Here<'_>, group: Group<'_>, chat: &Chat) -> Result<Option<Page>, Fault> {
    if cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
        // They take part in nothing meanwhile.
        return Ok(None);
    }
    let shown = run(cx, async |work| aid::show_card_anew(work, chat, group.place).await).await;
    told(cx, shown)?;
    heard(cx, chat).await?;
    Ok(None)
}

/// Somebody has said something there.
async fn heard(cx: &mut Here<'_>, chat: &Chat) -> Result<(), Fault> {
    let who = cx.world.me.as_ref().map(|me| me.id);
    if cx.turn.address.is_empty() || cx.world.me.as_ref().is_some_and(|me| me.suspended.is_some()) {
        // Nobody knows who.
        return Ok(());
    }
    match aid::what_of(chat) {
        Some(GroupOf::Pool(pool)) => {
            let heard = run(cx, async |work| aid::pools::heard_in_pool_group(work, who, pool, chat).await).await;
            told(cx, heard)
        }
        Some(GroupOf::Circle(_) | GroupOf::Initiative(_)) | None => Ok(()),
    }
}

/// Binds a group to the circle of the member who asks for it. Nothing has to be said then: its card says it all.
async fn bind_circle(cx: &mut Here<'_>, group: Group<'_>) -> Result<Option<Page>, Fault> {
    let Some(me) = who_binds(cx) else { return Ok(Some(can_not_bind(cx, CIRCLE))) };
    let (lang, at) = (cx.lang.clone(), (cx.turn.messenger, group));
    let bound = run(cx, async |work| aid::bind_circle(work, me.id, at, &lang).await).await;
    Ok(match told(cx, bound)? {
        Bound::Bound => None,
        Bound::NothingOpen => Some(Page::new(msg!("group-nothing-open", command = typed(cx, CIRCLE)))),
        Bound::TooMany => Some(too_many(cx, CIRCLE)),
    })
}

/// Binds a group to a pool that the member looks after who asks for it: the one whose number stands there, or the only one.
async fn bind_pool(cx: &mut Here<'_>, group: Group<'_>) -> Result<Option<Page>, Fault> {
    let Some(me) = who_binds(cx) else { return Ok(Some(can_not_bind(cx, POOL))) };
    let (lang, at) = (cx.lang.clone(), (cx.turn.messenger, group));
    let named = group.number.map(PoolId::new);
    let bound = run(cx, async |work| aid::pools::bind_pool(work, me.id, named, at, &lang).await).await;
    Ok(match told(cx, bound)? {
        PoolBound::Bound => None,
        // What they are called is for nobody here to read but their members.
        PoolBound::Several => Some(Page::new(msg!("group-pool-several"))),
        PoolBound::NoneKept => Some(Page::new(msg!("group-pool-none"))),
        PoolBound::TooMany => Some(too_many(cx, POOL)),
    })
}

/// Binds a group to an initiative of the member who asks for it: the one whose number stands there, or the only open one.
async fn bind_initiative(cx: &mut Here<'_>, group: Group<'_>) -> Result<Option<Page>, Fault> {
    let Some(me) = who_binds(cx) else { return Ok(Some(can_not_bind(cx, INITIATIVE))) };
    let (lang, at) = (cx.lang.clone(), (cx.turn.messenger, group));
    let named = group.number.map(CollectionId::new);
    let bound = run(cx, async |work| aid::initiatives::bind_initiative(work, me.id, named, at, &lang).await).await;
    Ok(match told(cx, bound)? {
        InitiativeBound::Bound => None,
        InitiativeBound::Several => Some(Page::new(msg!("group-initiative-several"))),
        InitiativeBound::NoneOpen => Some(Page::new(msg!("group-initiative-none"))),
        InitiativeBound::TooMany => Some(too_many(cx, INITIATIVE)),
    })
}

/// Who asks for it, if they can bind anything. Who is suspended takes part in nothing, and is told why where they are alone
/// with the bot.
fn who_binds(cx: &Here<'_>) -> Option<Me> {
    let me = cx.world.me.clone().filter(|me| me.suspended.is_none());
    me.filter(|_| !cx.turn.address.is_empty())
}

/// What is read by whoever can't.
fn can_not_bind(cx: &Here<'_>, command: &str) -> Page {
    if cx.turn.address.is_empty() {
        return Page::new(msg!("group-anonymous", command = typed(cx, command)));
    }
    let page = Page::new(match command {
        POOL => msg!("group-pool-none"),
        INITIATIVE => msg!("group-initiative-none"),
        _ => msg!("group-not-a-member"),
    });
    leading(page, way_in(&cx.world.settings.ways_in, cx.turn.messenger).as_ref(), None)
}

fn too_many(cx: &Here<'_>, command: &str) -> Page {
    let max = i64::try_from(MOST_GROUPS).unwrap_or(i64::MAX);
    Page::new(msg!("group-too-many", max = max, command = typed(cx, command)))
}

/// The word for it, as it is typed here.
fn typed(cx: &Here<'_>, command: &str) -> Arg {
    as_typed(way_in(&cx.world.settings.ways_in, cx.turn.messenger).as_ref(), command)
}

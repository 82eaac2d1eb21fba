//! What is sent into other chats: the invites that a member has made, as cards with a button. Whoever reads them there knows
//! other people than the inviter does: there names stand alone.

use url::Url;

use super::card::request_lines;
use super::invites::term_name;
use crate::aid;
use crate::domain::invite::Term;
use crate::screens::trust::last_day;
use crate::screens::world::{Here, aid, me};
use crate::store::invite::{Offer, Standing};
use exodus_engine::conversation::{Choice, Fault, Page, Shareable, WayIn};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// So many are offered at most, the newest first.
const MOST: usize = 20;

/// The invites of whoever is talking that fit these words: a token, the beginning of a name, or nothing at all.
pub async fn shares(cx: &Here<'_>, words: &str) -> Result<Vec<Shareable>, Fault> {
    let Ok(me) = me(cx) else { return Ok(Vec::new()) };
    let who = me.id;
    let ways_in = cx.world.settings.ways_in.now();
    let Some(way) = ways_in.iter().find(|way| way.messenger == cx.turn.messenger) else { return Ok(Vec::new()) };
    let invites = aid::invites_made(&aid(cx), who).await?;
    let invites: Vec<Standing> = invites.into_iter().filter(|invite| fits(invite, words.trim())).take(MOST).collect();
    let asks = match invites.iter().any(|invite| invite.for_id == who) {
        true => aid::card(&aid(cx), who, who).await?.requests.first().map(request_lines),
        false => None,
    };
    let zone = &cx.world.settings.rules.zone;
    let invites = invites.iter().filter_map(|invite| shareable(invite, asks.as_deref(), way, zone));
    let offers = aid::offers(&aid(cx), who).await?;
    let offers = offers.iter().filter(|offer| words.trim().is_empty() || offer.token == words.trim());
    Ok(invites.chain(offers.filter_map(|offer| guarantee(offer, &me.name, way, zone))).take(MOST).collect())
}

/// A guarantee that the member offers: for one person, to whom it is sent.
fn guarantee(offer: &Offer, name: &str, way: &WayIn, zone: &Zone) -> Option<Shareable> {
    let (Some(link), false) = way.link(&offer.token) else { return None };
    let url = Url::parse(&link).ok()?;
    Some(Shareable {
        id: offer.id.to_string(),
        title: msg!("share-guarantee", day = last_day(offer.ends_at, zone)),
        about: msg!("offer-how"),
        page: Page::new(msg!("guaranteed-title", name = name))
            .say(msg!("trust-nothing-owed"))
            .say(msg!("invite-link", link = Arg::Verbatim(link)))
            .choice(Choice::Open { label: msg!("share-open"), url }),
    })
}

fn fits(invite: &Standing, words: &str) -> bool {
    let words = words.to_lowercase();
    invite.token.to_lowercase() == words || invite.to.to_lowercase().starts_with(&words)
}

/// `asks`: what the member asks for themselves. What others ask for is theirs to say, and is seen on their card.
fn shareable(invite: &Standing, asks: Option<&[Msg]>, way: &WayIn, zone: &Zone) -> Option<Shareable> {
    let (Some(link), false) = way.link(&invite.token) else { return None };
    let url = Url::parse(&link).ok()?;
    let is_mine = invite.for_id == invite.inviter_id;
    let page = match (is_mine, asks) {
        (true, Some(asks)) => Page::new(msg!("invited-to-help-them", name = invite.to.as_str())).lines(asks.to_vec()),
        (true, None) => Page::new(msg!("share-green", name = invite.inviter.as_str())),
        (false, _) => {
            Page::new(msg!("invited-to-help-friend", name = invite.inviter.as_str(), friend = invite.to.as_str()))
        }
    };
    let term = term_name(invite, zone);
    let about = match invite.term() {
        Term::ForOne => msg!("invites-how-one"),
        Term::Until(_) => msg!("invites-how-time"),
        Term::Open => msg!("invite-how"),
    };
    Some(Shareable {
        id: invite.id.to_string(),
        title: match is_mine {
            true => msg!("share-mine", term = term),
            false => msg!("share-for", name = &invite.to, term = term),
        },
        about,
        page: page
            .say(msg!("invite-link", link = Arg::Verbatim(link)))
            .choice(Choice::Open { label: msg!("share-open"), url }),
    })
}

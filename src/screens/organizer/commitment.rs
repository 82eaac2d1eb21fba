use super::deeds;
use super::shown::{Seen, WriteTo, view};
use crate::aid::{self, Helping, Refused, chains, clearing};
use crate::domain::{Commitment, CommitmentId, DeedKind, MemberId, Money, Refusal, Role, State, asked_lately};
use crate::notices::Did;
use crate::screens::sentences::{more_than_missing, told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use async_trait::async_trait;
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The deed that turns an intention on hold into an obligation of the emergency; the sum that was read on it follows, in
/// minor units. By its name alone it is asked about.
pub(super) const MOVE: &str = "move";

/// The same where the page says that it is more than the emergency lacks.
const MOVE_MORE: &str = "move-more";

/// A promise where the page says that it is more than is missing.
const PROMISE_MORE: &str = "promise-more";

/// The deed that asks the other side to write.
pub(super) const ASK_TO_WRITE: &str = "ask-to-write";

/// The deed that declares an intention again which has lapsed.
pub(super) const AGAIN: &str = "again";

/// The deeds that keep a promise out of clearing, and let it take part again.
pub(super) const DIRECTLY: &str = "directly";
pub(super) const LET_SET_OFF: &str = "let-set-off";

/// One commitment, as one of its two sides sees it, with all that this side may do.
///
/// `commitment/<id>`; `commitment/<id>/<deed>` asks whether to do a deed that can't be undone, or `move`.
pub struct CommitmentScreen;

#[async_trait]
impl Screen<World> for CommitmentScreen {
    fn name(&self) -> &'static str {
        "commitment"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let seen = load(cx).await?;
        if let (Some(MOVE), Some(missing)) = (cx.route.arg(1), seen.movable) {
            return Ok(view_move(&seen.helping, missing));
        }
        let Some(deed) = cx.route.arg(1).and_then(DeedKind::parse) else {
            return Ok(view(&seen, Page::default()));
        };
        // An old button may still lead to a deed that can't be done any more.
        let sure = match view_sure(&seen.helping, deed, deed.as_str()) {
            Some(page) if deed == DeedKind::Promise => {
                let missing = aid::missing(&aid(cx), &seen.helping).await?;
                match seen.helping.commitment.sum > missing {
                    true => {
                        view_sure(&seen.helping, deed, PROMISE_MORE).map(|page| page.say(more_than_missing(missing)))
                    }
                    false => Some(page),
                }
            }
            sure => sure,
        };
        Ok(sure.unwrap_or_else(|| view(&seen, Page::new(msg!("page-stale")))))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else {
            return Ok(Step::stay());
        };
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let kind = if deed == PROMISE_MORE { Some(DeedKind::Promise) } else { DeedKind::parse(&deed) };
        if kind == Some(DeedKind::Promise) && deed != PROMISE_MORE {
            let helping = told(cx, aid::helping(&aid(cx), who, id).await)?;
            if helping.available.contains(&DeedKind::Promise) {
                let (collection, sum) = (helping.collection.id, helping.commitment.sum);
                told(cx, aid::not_more_than_missing(&aid(cx), collection, sum).await)?;
            }
        }
        if let Some(step) = about_clearing(cx, who, id, &deed).await? {
            return Ok(step);
        }
        if let Some(read) = read_move(&deed) {
            let asked = aid::is_moved_as_asked(&aid(cx), who, id, read).await;
            if let Err(Refused::Rule(Refusal::AlreadyHelping)) = asked {
                return Err(instead_of_moving(cx, id).await?);
            }
            told(cx, asked)?;
        }
        let (did, performed) = match kind.and_then(|kind| Some((kind, kind.deed()?))) {
            Some((kind, deed)) => {
                (Did::Deed(kind), run(cx, async |work| aid::perform(work, who, id, deed).await).await)
            }
            None if deed == MOVE_MORE || read_move(&deed).is_some() => {
                (Did::Moved, run(cx, async |work| aid::move_to_emergency(work, who, id).await).await)
            }
            None if deed == ASK_TO_WRITE => {
                (Did::AskedToWrite, run(cx, async |work| aid::ask_to_write(work, who, id).await).await)
            }
            None if deed == AGAIN => (Did::Again, run(cx, async |work| aid::again(work, who, id).await).await),
            None => return Err(Fault::Lost),
        };
        if let (Did::Again, Err(Refused::Rule(refusal))) = (did, &performed)
            && let Some(place) = instead_of_again(cx, id, *refusal).await?
        {
            return Err(place);
        }
        if let (Did::Moved, Err(Refused::Rule(Refusal::AlreadyHelping))) = (did, &performed) {
            return Err(instead_of_moving(cx, id).await?);
        }
        // Where a rule says no, there is nothing more to be sure of: the commitment is shown as it is.
        let now = told_at(cx, To::Instead(route_of(id)), performed)?;
        let did = match did {
            Did::Deed(kind @ (DeedKind::TakeBack | DeedKind::NotReceived)) if now.id != id => Did::Whole(kind),
            did => did,
        };
        Ok(Step::instead(route_of(now.id)).saying(deeds::done(cx, &now, did).await?))
    }
}

/// Whether a promise may be set off, if that is what the deed says.
async fn about_clearing(cx: &Here<'_>, who: MemberId, id: CommitmentId, deed: &str) -> Result<Option<Step>, Fault> {
    let said = match deed {
        DIRECTLY => {
            told(cx, run(cx, async |work| clearing::keep_directly(work, who, id).await).await)?;
            msg!("done-directly")
        }
        LET_SET_OFF => {
            told(cx, run(cx, async |work| clearing::let_set_off(work, who, id).await).await)?;
            msg!("done-let-set-off")
        }
        _ => return Ok(None),
    };
    Ok(Some(Step::stay().saying(said)))
}

/// Where somebody is led who declares an intention again that they have declared already, to what there is now; or of more than
/// is missing, to where that is asked about.
pub async fn instead_of_again(cx: &Here<'_>, lapsed: CommitmentId, why: Refusal) -> Result<Option<Fault>, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    Ok(match why {
        Refusal::AlreadyHelping => {
            let now = aid::helped_now(&aid, who, lapsed).await?.map_or(lapsed, |now| now.id);
            Some(Fault::Refused(Step::go(route_of(now)).saying(msg!("again-already"))))
        }
        Refusal::MoreThanMissing => {
            let Helping { commitment, collection, .. } = aid::helping(&aid, who, lapsed).await?;
            let place = Route::new("help").with(collection.id);
            Some(Fault::Refused(Step::go(place).saying(msg!("again-more-than-missing", sum = commitment.sum))))
        }
        _ => None,
    })
}

/// Where somebody is led who promises an intention for an emergency in which they help already: to what they give there.
pub async fn instead_of_moving(cx: &Here<'_>, id: CommitmentId) -> Result<Fault, Fault> {
    let now = aid::helped_in_emergency(&aid(cx), me(cx)?.id, id).await?.map_or(id, |now| now.id);
    Ok(Fault::Refused(Step::go(route_of(now)).saying(msg!("move-already"))))
}

/// Where somebody is led whose answer to a notice promises another sum than the one that they read, or more than is missing:
/// to where that is asked about.
pub async fn asks_anew(cx: &Here<'_>, id: CommitmentId, deed: &str) -> Result<Fault, Fault> {
    if deed.strip_prefix("again/").is_some() {
        let asks = instead_of_again(cx, id, Refusal::MoreThanMissing).await?;
        return Ok(asks.unwrap_or(Fault::Lost));
    }
    let place = match DeedKind::parse(deed) {
        Some(kind) => route_of(id).with(kind.as_str()),
        None => asks_to_move(id),
    };
    Ok(Fault::Refused(Step::go(place)))
}

/// Where it is asked whether to promise an intention for the emergency.
pub(super) fn asks_to_move(id: CommitmentId) -> Route {
    route_of(id).with(MOVE)
}

fn read_move(deed: &str) -> Option<Money> {
    deed.strip_prefix(MOVE)?.strip_prefix('/')?.parse().ok().map(Money::from_minor)
}

/// Where a commitment is shown.
pub(super) fn route_of(id: CommitmentId) -> Route {
    Route::new("commitment").with(id)
}

async fn load(cx: &Here<'_>) -> Result<Seen, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    let helping = aid::helping(&aid, who, id).await?;
    let commitment = &helping.commitment;
    let role = commitment.role_of(who).ok_or(Fault::Lost)?;
    let other = other_side(commitment, who);
    // As long as something is unsettled between them, each may see the other.
    let card = !commitment.state.is_settled() || aid::may_see(&aid, who, other).await?;
    let movable = if helping.standing.on_hold { aid::missing_to_move(&aid, who, id).await? } else { None };
    let again = aid::may_again(&aid, who, &helping).await?;
    let write_to = write_to(cx, &aid::addresses_of(&aid, other).await?);
    let directly = clearing::directly(&aid, who, &helping).await?;
    let set_off = clearing::parts_of(&aid, who, commitment).await?;
    let chains = chains::of_commitment(&aid, who, commitment).await?;
    let passable = !chains::partners(&aid, who, &helping).await?.is_empty();
    let zone = cx.world.settings.rules.zone.clone();
    let whole = aid::whole(&aid, who, commitment).await?;
    let asked = asked(cx, &helping, role);
    let payment = aid::to_keep_promise(&aid, who, commitment).await?;
    let case = match helping.collection.kind.is_shared_out() {
        true => aid::pools::case_of(&aid, helping.collection.id).await?,
        false => None,
    };
    Ok(Seen {
        helping,
        role,
        other,
        card,
        movable,
        again,
        asked,
        payment,
        directly,
        set_off,
        chains,
        passable,
        zone,
        whole,
        case,
        write_to,
    })
}

/// Where a button is gone because it was just pressed: when that was, and when it comes back.
fn asked(cx: &Here<'_>, helping: &Helping, role: Role) -> Option<Msg> {
    let deed = match (role, helping.commitment.state) {
        (Role::Supporter, State::Claimed | State::OverdueClaimed) => DeedKind::Remind,
        (Role::Receiver, State::Intention) => DeedKind::AskToPromise,
        (Role::Receiver, State::Obligation | State::Overdue) => DeedKind::AskToFulfil,
        _ => return None,
    };
    let (last, again) = asked_lately(&helping.commitment, deed, cx.turn.at.now)?;
    let [last, again] = [last, again].map(|at| Msg::date_time(cx.world.settings.rules.zone.local(at)));
    Some(match role {
        Role::Supporter => msg!("commitment-reminded", time = last, again = again),
        Role::Receiver => msg!("commitment-asked", time = last, again = again),
    })
}

fn other_side(commitment: &Commitment, who: MemberId) -> MemberId {
    if who == commitment.supporter { commitment.receiver } else { commitment.supporter }
}

/// How somebody who has these accounts is written to, at best in the messenger that this person is using; `None` where there
/// is none in which people are written to at all.
fn write_to(cx: &Here<'_>, addresses: &[(String, String)]) -> Option<WriteTo> {
    let ways_in = cx.world.settings.ways_in.now();
    let way = |messenger: &str| ways_in.iter().find(|way| way.messenger == messenger && way.person.is_some());
    let link = |(messenger, address): &(String, String)| way(messenger)?.person_from(address, cx.turn.messenger);
    addresses.iter().any(|(messenger, _)| way(messenger).is_some()).then(|| {
        let here = addresses.iter().find(|(messenger, _)| messenger == cx.turn.messenger);
        WriteTo(here.and_then(link).or_else(|| addresses.iter().find_map(link)))
    })
}

fn view_move(helping: &Helping, missing: Money) -> Page {
    let Commitment { id, sum, .. } = helping.commitment;
    let page = Page::new(msg!("sure-move", name = &helping.name, sum = sum));
    let (page, deed) = match sum > missing {
        true => (page.say(more_than_missing(missing)), MOVE_MORE.to_owned()),
        false => (page, format!("{MOVE}/{}", sum.minor())),
    };
    page.grave(msg!("sure-move-yes", sum = sum), deed).go(msg!("sure-no"), route_of(id))
}

/// The question before a deed, which goes by the name `deed` there; nothing where it is done at once, or can't be done any more.
fn view_sure(helping: &Helping, kind: DeedKind, deed: &str) -> Option<Page> {
    if !helping.available.contains(&kind) {
        return None;
    }
    let (question, yes) = deeds::sure(kind, helping)?;
    let (yes, no) = (Choice::grave(yes, deed), Choice::go(msg!("sure-no"), route_of(helping.commitment.id)));
    // What destroys stands last.
    let (page, choices) = match kind {
        DeedKind::Promise => (Page::new(question).called(msg!("deed-promise-words"), yes.clone()), [yes, no]),
        _ => (Page::new(question), [no, yes]),
    };
    Some(choices.into_iter().fold(page, Page::choice))
}

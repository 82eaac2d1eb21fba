use async_trait::async_trait;
use url::Url;

use super::deeds;
use crate::aid::{self, Helping, Refused};
use crate::domain::{
    CollectionKind, Commitment, CommitmentId, DeedKind, MemberId, Money, PaymentDetail, Refusal, Role, State,
    asked_lately,
};
use crate::notices::{Did, payment_lines};
use crate::screens::sentences::{more_than_missing, state_name, told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The deed that turns an intention on hold into an obligation of the emergency; the sum that was read on it follows, in
/// minor units. By its name alone it is asked about.
const MOVE: &str = "move";

/// The same where the page says that it is more than the emergency lacks.
const MOVE_MORE: &str = "move-more";

/// A promise where the page says that it is more than is missing.
const PROMISE_MORE: &str = "promise-more";

/// The deed that declares an intention again which has lapsed.
const AGAIN: &str = "again";

/// One commitment, as one of its two sides sees it, with all that this side may do.
///
/// `commitment/<id>`; `commitment/<id>/<deed>` asks whether to do a deed that can't be undone, or `move`.
pub struct CommitmentScreen;

/// A commitment and what else its page shows.
struct Seen {
    helping: Helping,
    role: Role,
    other: MemberId,
    /// The other side's card can be looked at.
    card: bool,
    /// What the receiver's emergency lacks, if the intention can be moved to it.
    movable: Option<Money>,
    /// The intention has lapsed and can be declared again.
    again: bool,
    /// What this side has asked for, and may not ask again yet.
    asked: Option<Msg>,
    /// How to pay the other side, for whoever has promised.
    payment: Option<Vec<PaymentDetail>>,
    /// Where to write to the other side, to arrange how help is handed over.
    write_to: Option<Url>,
}

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
        if let Some(read) = read_move(&deed) {
            told(cx, aid::is_moved_as_asked(&aid(cx), who, id, read).await)?;
        }
        let (did, performed) = match kind.and_then(|kind| Some((kind, kind.deed()?))) {
            Some((kind, deed)) => {
                (Did::Deed(kind), run(cx, async |work| aid::perform(work, who, id, deed).await).await)
            }
            None if deed == MOVE_MORE || read_move(&deed).is_some() => {
                (Did::Moved, run(cx, async |work| aid::move_to_emergency(work, who, id).await).await)
            }
            None if deed == AGAIN => (Did::Again, run(cx, async |work| aid::again(work, who, id).await).await),
            None => return Err(Fault::Lost),
        };
        if let (Did::Again, Err(Refused::Rule(Refusal::AlreadyHelping))) = (did, &performed) {
            return Err(helps_again(cx, id).await?);
        }
        // Where a rule says no, there is nothing more to be sure of: the commitment is shown as it is.
        let now = told_at(cx, To::Instead(route_of(id)), performed)?;
        Ok(Step::instead(route_of(now.id)).saying(deeds::done(cx, &now, did).await?))
    }
}

/// What is said to who declares an intention again and has done so already: what there is now.
pub async fn helps_again(cx: &Here<'_>, lapsed: CommitmentId) -> Result<Fault, Fault> {
    let now = aid::helped_now(&aid(cx), me(cx)?.id, lapsed).await?.map_or(lapsed, |now| now.id);
    Ok(Fault::Refused(Step::go(route_of(now)).saying(msg!("again-already"))))
}

/// Where it is asked whether to promise an intention for the emergency.
pub fn asks_to_move(id: CommitmentId) -> Route {
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
    let asked = asked(cx, &helping, role);
    let payment = aid::to_keep_promise(&aid, who, commitment).await?;
    Ok(Seen { helping, role, other, card, movable, again, asked, payment, write_to })
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

/// A link to one of these accounts, at best in the messenger that this person is using.
fn write_to(cx: &Here<'_>, addresses: &[(String, String)]) -> Option<Url> {
    let link = |(messenger, address): &(String, String)| {
        let way = cx.world.settings.ways_in.now().into_iter().find(|way| way.messenger == messenger)?;
        way.person(address)
    };
    let here = addresses.iter().find(|(messenger, _)| messenger == cx.turn.messenger);
    here.and_then(link).or_else(|| addresses.iter().find_map(link))
}

fn view(seen: &Seen, page: Page) -> Page {
    let helping = &seen.helping;
    let (id, state) = (helping.commitment.id, helping.commitment.state);
    let page = page
        .lines(who_helps_whom(helping, seen.role))
        .lines(vec![msg!("commitment-state", state = state_name(state)), about_collection(helping)])
        .say_if(held_up(helping, seen.role))
        .lines(seen.payment.as_deref().map(payment_lines).unwrap_or_default())
        .say_if(what_is_next(helping, seen.role))
        .say_if(seen.asked.clone().filter(|_| held_up(helping, seen.role).is_none()));
    let page = helping.available.iter().fold(page, |page, &kind| {
        let label = deeds::label(kind);
        match kind {
            DeedKind::Change => page.go(label, Route::new("change").with(id)),
            kind if asks_first(helping, kind) => page.go(label, route_of(id).with(kind.as_str())),
            // What the other side is told of at once: not by a number typed once too often.
            DeedKind::Claim | DeedKind::FulfilNow => {
                let done = Choice::grave(label, kind.as_str());
                page.called(msg!("deed-claim-words"), done.clone()).choice(done)
            }
            DeedKind::Confirm => {
                let received = Choice::grave(label, kind.as_str());
                page.called(msg!("deed-confirm-words"), received.clone()).choice(received)
            }
            kind => page.deed(label, kind.as_str()),
        }
    });
    let page = match seen.movable {
        Some(missing) => page.choice(moves(helping, missing)),
        None => page,
    };
    let page = if seen.again { page.deed(msg!("deed-again"), AGAIN) } else { page };
    let open = !state.is_settled();
    let write = seen.write_to.clone().filter(|_| open);
    let write = write.map(|url| Choice::Open { label: msg!("commitment-write", name = &helping.name), url });
    let card = Route::new("card").with(seen.other);
    let card = seen.card.then(|| Choice::go(msg!("commitment-card", name = &helping.name), card));
    page.row(write.into_iter().chain(card).collect())
}

/// A promise for the emergency, in one press; one of more than it lacks is asked about.
fn moves(helping: &Helping, missing: Money) -> Choice {
    let Commitment { id, sum, .. } = helping.commitment;
    let label = msg!("deed-move", sum = sum);
    match sum > missing {
        true => Choice::go(label, asks_to_move(id)),
        false => Choice::grave(label, format!("{MOVE}/{}", sum.minor())),
    }
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

fn asks_first(helping: &Helping, kind: DeedKind) -> bool {
    deeds::sure(kind, &helping.name, helping.commitment.sum).is_some()
}

/// The question before a deed, which goes by the name `deed` there; nothing where it is done at once, or can't be done any more.
fn view_sure(helping: &Helping, kind: DeedKind, deed: &str) -> Option<Page> {
    if !helping.available.contains(&kind) {
        return None;
    }
    let (question, yes) = deeds::sure(kind, &helping.name, helping.commitment.sum)?;
    let (yes, no) = (Choice::grave(yes, deed), Choice::go(msg!("sure-no"), route_of(helping.commitment.id)));
    // What destroys stands last.
    let choices = if kind == DeedKind::Promise { [yes, no] } else { [no, yes] };
    Some(choices.into_iter().fold(Page::new(question), Page::choice))
}

fn who_helps_whom(helping: &Helping, role: Role) -> Vec<Msg> {
    let (sum, name) = (helping.commitment.sum, &helping.name);
    match role {
        Role::Supporter => vec![msg!("commitment-mine", sum = sum), msg!("commitment-receiver", name = name)],
        Role::Receiver => vec![msg!("commitment-for-me", sum = sum), msg!("commitment-supporter", name = name)],
    }
}

fn about_collection(helping: &Helping) -> Msg {
    let collection = &helping.collection;
    match (collection.kind, collection.ends_on) {
        (CollectionKind::Emergency, Some(date)) if collection.is_open() => {
            msg!("commitment-emergency", date = date)
        }
        (CollectionKind::Emergency, _) => msg!("commitment-emergency-ended"),
        (CollectionKind::Monthly, _) => {
            let month = Msg::month(helping.commitment.month.first_day());
            if collection.is_open() {
                msg!("commitment-monthly", month = month)
            } else {
                msg!("commitment-monthly-ended", month = month)
            }
        }
    }
}

/// What an emergency of either side means for the commitment, if it means anything.
fn held_up(helping: &Helping, role: Role) -> Option<Msg> {
    let (standing, name) = (helping.standing, &helping.name);
    match helping.commitment.state {
        State::Intention if standing.put_off => Some(match role {
            Role::Supporter => msg!("commitment-held-by-me"),
            Role::Receiver => msg!("commitment-held-by-supporter", name = name),
        }),
        State::Intention if standing.on_hold => Some(match role {
            Role::Supporter => msg!("commitment-held-by-receiver", name = name),
            Role::Receiver => msg!("commitment-held-by-mine"),
        }),
        State::Obligation | State::Overdue if standing.put_off => Some(match role {
            Role::Supporter => msg!("commitment-put-off-mine"),
            Role::Receiver => msg!("commitment-put-off-theirs", name = name),
        }),
        _ => None,
    }
}

/// A hint what happens next; nothing while an emergency says it, or where all is settled.
fn what_is_next(helping: &Helping, role: Role) -> Option<Msg> {
    let name = &helping.name;
    if held_up(helping, role).is_some() {
        return None;
    }
    match (role, helping.commitment.state) {
        (Role::Supporter, State::Intention) => Some(msg!("next-intention-mine")),
        (Role::Supporter, State::Obligation) => Some(msg!("next-obligation-mine", name = name)),
        (Role::Supporter, State::Claimed | State::OverdueClaimed) => Some(msg!("next-claimed-mine", name = name)),
        (Role::Supporter, State::Overdue) => Some(msg!("next-overdue-mine", name = name)),
        (Role::Supporter, State::Fulfilled | State::FulfilledLate) => Some(msg!("next-fulfilled-mine")),
        (Role::Receiver, State::Intention) => Some(msg!("next-intention-for-me", name = name)),
        (Role::Receiver, State::Obligation) => Some(msg!("next-obligation-for-me", name = name)),
        (Role::Receiver, State::Claimed | State::OverdueClaimed) => Some(msg!("next-claimed-for-me", name = name)),
        (Role::Receiver, State::Overdue) => Some(msg!("next-overdue-for-me", name = name)),
        (Role::Receiver, State::Fulfilled | State::FulfilledLate) => Some(msg!("next-fulfilled-for-me", name = name)),
        (_, State::Withdrawn | State::Lapsed | State::Forgiven | State::Cancelled) => None,
    }
}

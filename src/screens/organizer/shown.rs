//! One commitment as one of its two sides sees it.

use url::Url;

use super::commitment::{AGAIN, ASK_TO_WRITE, DIRECTLY, LET_SET_OFF, MOVE, asks_to_move, route_of};
use super::{chain, deeds, pass_on};
use crate::aid::Helping;
use crate::aid::chains::ChainSeen;
use crate::aid::clearing::{Directly, PartSetOff};
use crate::domain::chain::Stage;
use crate::domain::{
    CaseId, CollectionKind, Commitment, CommitmentId, DeedKind, MemberId, Money, PaymentDetail, Role, State, local_date,
};
use crate::notices::{payment_lines, with_copies};
use crate::screens::sentences::state_of;
use exodus_engine::conversation::{Choice, Nature, Page, Route};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// How many offers to pass it on a page leads to.
const CHAINS: usize = 3;

/// A commitment and what else its page shows.
pub(super) struct Seen {
    pub helping: Helping,
    pub role: Role,
    pub other: MemberId,
    /// The other side's card can be looked at.
    pub card: bool,
    /// What the receiver's emergency lacks, if the intention can be moved to it.
    pub movable: Option<Money>,
    /// The intention has lapsed and can be declared again.
    pub again: bool,
    /// What this side has asked for, and may not ask again yet.
    pub asked: Option<Msg>,
    /// How to pay the other side, for whoever has promised.
    pub payment: Option<Vec<PaymentDetail>>,
    /// Whether it may be set off, where that is something to say.
    pub directly: Option<Directly>,
    /// What was set off of it, of which it is what was left.
    pub set_off: Vec<PartSetOff>,
    /// The offers to pass it on that there are, and those that were done.
    pub chains: Vec<ChainSeen>,
    /// There is somebody with whom it can be passed on.
    pub passable: bool,
    /// Where the community lives.
    pub zone: Zone,
    /// What it is a part of again.
    pub whole: Option<CommitmentId>,
    /// The case of a pool that it is a share of.
    pub case: Option<CaseId>,
    /// How to write to the other side, to arrange how help is handed over.
    pub write_to: Option<WriteTo>,
}

/// Where somebody is written to; without a link, they can only be asked to write themselves.
#[derive(Clone)]
pub(super) struct WriteTo(pub Option<Url>);

/// What was asked about can't be done any more: how it stands instead.
pub(super) fn view_not_now(helping: &Helping) -> Page {
    let commitment = &helping.commitment;
    Page::new(msg!("refused-not-now", state = state_of(commitment))).go(msg!("change-show"), route_of(commitment.id))
}

pub(super) fn view(seen: &Seen, page: Page) -> Page {
    let helping = &seen.helping;
    let (id, state) = (helping.commitment.id, helping.commitment.state);
    let page = page
        .lines(who_helps_whom(helping, seen.role))
        .say_if(helping.note.as_ref().map(|note| msg!("commitment-note", note = note.as_str())))
        .lines(vec![state_and_day(&helping.commitment, &seen.zone), about_collection(helping)])
        .say_if(held_up(helping, seen.role))
        .lines(seen.payment.as_deref().map(payment_lines).unwrap_or_default())
        .say_if(what_is_next(helping, seen.role))
        .lines(parts_set_off(&seen.set_off, &seen.zone))
        .lines(seen.chains.iter().filter_map(|one| passed_on(one, &seen.zone)).collect())
        .lines(seen.directly.map(|directly| may_be_set_off(directly, &helping.name, &seen.zone)).unwrap_or_default())
        .say_if(seen.asked.clone().filter(|_| held_up(helping, seen.role).is_none()));
    let page = helping.available.iter().fold(page, |page, &kind| {
        let label = deeds::label(helping, kind);
        match kind {
            DeedKind::Change => page.go(label, Route::new("change").with(id)),
            DeedKind::ClaimPart => page.go(label, Route::new("given").with(id)),
            DeedKind::Note => page.go(label, Route::new("note").with(id)),
            DeedKind::NotReceived => {
                let asks = Choice::go(label, route_of(id).with(kind.as_str()));
                page.called(msg!("deed-not-received-words"), asks.clone()).where_no_is(asks.clone()).choice(asks)
            }
            DeedKind::Promise => {
                let asks = Choice::go(label, route_of(id).with(kind.as_str()));
                page.called(msg!("deed-promise-words"), asks.clone()).choice(asks)
            }
            kind if asks_first(helping, kind) => page.go(label, route_of(id).with(kind.as_str())),
            // What the other side is told of at once: not by a number typed once too often.
            DeedKind::Claim | DeedKind::FulfilNow => {
                let done = Choice::grave(label, kind.as_str()).of(Nature::Confirms);
                page.called(msg!("deed-claim-words"), done.clone()).choice(done)
            }
            DeedKind::Confirm => {
                let received = Choice::grave(label, kind.as_str()).of(Nature::Confirms);
                let page = page.called(msg!("deed-confirm-words"), received.clone());
                page.where_yes_means(received.clone()).choice(received)
            }
            DeedKind::TakeConfirmationBack => page.choice(Choice::grave(label, kind.as_str()).of(Nature::Usual)),
            kind => page.deed(label, kind.as_str()),
        }
    });
    let page = match seen.movable {
        Some(missing) => page.choice(moves(helping, missing)),
        None => page,
    };
    let page = match seen.directly {
        Some(Directly { me: true, .. }) => page.switch(msg!("deed-let-set-off"), LET_SET_OFF),
        Some(Directly { me: false, .. }) => page.switch(keep_directly(seen.role), DIRECTLY),
        None => page,
    };
    let page = if seen.passable { page.go(msg!("commitment-pass-on"), pass_on::route_from(id)) } else { page };
    let page =
        seen.chains.iter().take(CHAINS).fold(page, |page, one| page.go(to_chain(one), chain::route_to(one.chain.id)));
    let page = if seen.again { page.deed(msg!("deed-again"), AGAIN) } else { page };
    let page = match seen.whole {
        Some(whole) => page.go(msg!("commitment-whole"), route_of(whole)),
        None => page,
    };
    let page = match seen.case {
        Some(case) => page.go(msg!("commitment-to-case"), Route::new("case").with(case)),
        None => page,
    };
    let page = match &helping.title {
        Some(_) => page.go(msg!("commitment-to-initiative"), Route::new("initiative").with(helping.collection.id)),
        None => page,
    };
    let page = with_copies(page, seen.payment.as_deref().unwrap_or_default());
    let open = !state.is_settled();
    let write = seen.write_to.clone().filter(|_| open);
    let write = write.map(|WriteTo(to)| Choice::Write {
        label: msg!("commitment-write", name = &helping.name),
        to,
        otherwise: (msg!("commitment-ask-to-write", name = &helping.name), ASK_TO_WRITE.to_owned()),
    });
    let card = Route::new("card").with(seen.other);
    let card = seen.card.then(|| Choice::go(msg!("commitment-card", name = &helping.name), card));
    page.row(write.into_iter().chain(card).collect())
}

/// How it stands; and of what has come to rest, since when.
fn state_and_day(commitment: &Commitment, zone: &Zone) -> Msg {
    let state = state_of(commitment);
    match commitment.settled_at.filter(|_| commitment.state.is_settled()) {
        Some(at) => msg!("commitment-state-since", state = state, date = local_date(at, zone)),
        None => msg!("commitment-state", state = state),
    }
}

/// What becomes of it in the next clearing, as far as its reader may know.
fn may_be_set_off(directly: Directly, name: &str, zone: &Zone) -> Vec<Msg> {
    let mine = directly.me.then(|| msg!("commitment-directly-mine"));
    let theirs = directly.other.then(|| msg!("commitment-directly-theirs", name = name));
    let first = directly.first.map(|at| msg!("commitment-may-be-set-off", date = local_date(at, zone)));
    mine.into_iter().chain(theirs).chain(first).collect()
}

/// What was passed on by it; nothing of an offer that is open, which can be looked at.
fn passed_on(one: &ChainSeen, zone: &Zone) -> Option<Msg> {
    let (at, sum) = (one.chain.ended_at?, one.chain.sum);
    let ChainSeen { supporter, middle, receiver, .. } = one;
    Some(msg!(
        "commitment-passed-on",
        date = local_date(at, zone),
        sum = sum,
        supporter = supporter,
        middle = middle,
        receiver = receiver
    ))
}

fn to_chain(one: &ChainSeen) -> Msg {
    match one.chain.stage {
        Stage::Done => msg!("commitment-to-passed-on", sum = one.chain.sum),
        _ => msg!("commitment-to-chain", sum = one.chain.sum),
    }
}

/// What was set off of it, and below the last part that this is what is left.
fn parts_set_off(parts: &[PartSetOff], zone: &Zone) -> Vec<Msg> {
    let line = |part: &PartSetOff| {
        msg!("commitment-part-set-off", sum = part.sum, of = part.of, date = local_date(part.at, zone))
    };
    let rest = (!parts.is_empty()).then(|| msg!("commitment-is-rest"));
    parts.iter().map(line).chain(rest).collect()
}

fn keep_directly(role: Role) -> Msg {
    match role {
        Role::Supporter => msg!("deed-give-directly"),
        Role::Receiver => msg!("deed-pay-me-directly"),
    }
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

fn asks_first(helping: &Helping, kind: DeedKind) -> bool {
    deeds::sure(kind, helping).is_some()
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
        (CollectionKind::Case, _) => msg!("commitment-case"),
        (CollectionKind::Initiative, _) => match &helping.title {
            Some(title) => msg!("commitment-initiative", title = title),
            None => msg!("initiative-former"),
        },
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

/// What it means for the commitment that the other side is suspended, or that either has an emergency, if it means anything.
fn held_up(helping: &Helping, role: Role) -> Option<Msg> {
    let (standing, name) = (&helping.standing, &helping.name);
    if helping.other_suspended && !helping.commitment.state.is_settled() {
        return Some(match (role, helping.commitment.state) {
            (Role::Receiver, _) => msg!("commitment-paused-supporter", name = name),
            (Role::Supporter, State::Intention) => msg!("commitment-paused-intention", name = name),
            (Role::Supporter, State::Obligation | State::Overdue) => msg!("commitment-paused-owed", name = name),
            (Role::Supporter, _) => msg!("commitment-paused-claimed", name = name),
        });
    }
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
    if helping.commitment.set_off_by.is_some() {
        return Some(msg!("next-set-off"));
    }
    if helping.collection.kind.asks_for_votes() && helping.commitment.state == State::Intention {
        return Some(of_a_vote(helping, role));
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
        (_, State::PassedOn | State::TakenOver) => Some(msg!("next-passed-on")),
        (_, State::Withdrawn | State::Lapsed | State::Forgiven | State::Cancelled | State::Merged) => None,
    }
}

/// What a vote for an initiative comes to: it has all the votes that it needs, or not yet.
fn of_a_vote(helping: &Helping, role: Role) -> Msg {
    let name = &helping.name;
    match (role, helping.standing.voting) {
        (Role::Supporter, true) => msg!("next-vote-mine"),
        (Role::Supporter, false) => msg!("next-vote-mine-reached"),
        (Role::Receiver, true) => msg!("next-vote-for-me", name = name),
        (Role::Receiver, false) => msg!("next-vote-for-me-reached", name = name),
    }
}

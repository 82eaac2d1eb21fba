//! What the two sides of a commitment tell each other.

use super::circle::{INTENDED, PROMISED};
use super::{Fact, Kind, Told, facts};
use crate::domain::{About, Category, CommitmentId, DeedKind, Event, Help, MemberId, Role, State};
use exodus_engine::conversation::{Choice, Nature, Route};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

use Category::{HelpToMe, OwnHelp};

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-intention", HelpToMe).so_in(INTENDED).on_commitment(ask_to_promise),
    Kind::tells("notice-obligation", HelpToMe).anew().so_in(PROMISED).on_commitment(ask_to_fulfil),
    Kind::tells("notice-changed", HelpToMe).held().so_in(INTENDED).on_commitment(ask_to_promise),
    Kind::tells("notice-withdrawn", HelpToMe),
    Kind::tells("notice-promised", HelpToMe).anew().so_in(PROMISED).on_commitment(ask_to_fulfil),
    Kind::asks("notice-claimed", HelpToMe).anew().with_note().on_commitment(confirm),
    Kind::asks("notice-claimed-part", HelpToMe).anew().with_note().on_commitment(confirm),
    Kind::tells("notice-taken-back", HelpToMe).anew().on_commitment(ask_to_fulfil),
    Kind::tells("notice-taken-back-part", HelpToMe).anew().on_commitment(ask_to_fulfil),
    Kind::tells("notice-taken-back-overdue", HelpToMe).anew().on_commitment(ask_to_fulfil),
    Kind::tells("notice-taken-back-part-overdue", HelpToMe).anew().on_commitment(ask_to_fulfil),
    Kind::asks("notice-reminded", HelpToMe).with_note().on_commitment(confirm),
    Kind::asks("notice-asked-to-promise", OwnHelp).on_commitment(promise),
    Kind::asks("notice-asked-to-fulfil", OwnHelp).with_payment().on_commitment(claim),
    Kind::asks("notice-asked-to-write", HelpToMe).on_commitment(look_at),
    Kind::tells("notice-confirmed", OwnHelp),
    Kind::tells("notice-confirmation-taken-back", OwnHelp).on_commitment(remind),
    Kind::asks("notice-not-received", OwnHelp).anew().on_commitment(claim),
    Kind::asks("notice-not-received-part", OwnHelp).anew().on_commitment(claim),
    Kind::asks("notice-not-received-overdue", OwnHelp).anew().on_commitment(claim),
    Kind::asks("notice-not-received-part-overdue", OwnHelp).anew().on_commitment(claim),
    Kind::tells("notice-forgiven", OwnHelp),
    Kind::tells("notice-cancelled-covered", OwnHelp),
    Kind::tells("notice-cancelled-ended", OwnHelp),
    Kind::tells("notice-supporter-left", HelpToMe).on_commitment(look_at),
    Kind::tells("notice-supporter-left-claimed", HelpToMe).on_commitment(look_at),
    Kind::tells("notice-receiver-left", OwnHelp).on_commitment(look_at),
    Kind::tells("notice-receiver-left-claimed", OwnHelp).on_commitment(look_at),
];

pub(super) fn tell(event: &Event) -> Option<Told> {
    let supporter = |kind, help: Help| Some(told(help.supporter, kind, help, help.receiver));
    let receiver = |kind, help: Help| Some(told(help.receiver, kind, help, help.supporter));
    match *event {
        Event::Declared { help, state: State::Obligation } => receiver("notice-obligation", help),
        Event::Declared { help, .. } => receiver("notice-intention", help),
        Event::Changed { help, from, .. } => receiver("notice-changed", help).map(|told| told.with("from", from)),
        Event::Withdrawn { help } => receiver("notice-withdrawn", help),
        Event::Promised { help } => receiver("notice-promised", help),
        Event::Claimed { help, rest: None, .. } => receiver("notice-claimed", help),
        Event::Claimed { help, rest: Some(rest), .. } => {
            receiver("notice-claimed-part", help).map(|told| told.with("left", rest.sum))
        }
        Event::TakenBack { help, whole: None, state } => {
            receiver(by_state(state, "notice-taken-back", "notice-taken-back-overdue"), help)
        }
        Event::TakenBack { help, whole: Some(whole), state } => {
            let kind = by_state(state, "notice-taken-back-part", "notice-taken-back-part-overdue");
            receiver(kind, whole).map(|told| told.with("part", help.sum))
        }
        Event::Reminded { help } => receiver("notice-reminded", help),
        Event::AskedToPromise { help } => supporter("notice-asked-to-promise", help),
        Event::AskedToFulfil { help } => supporter("notice-asked-to-fulfil", help),
        Event::AskedToWrite { help, by: Role::Supporter } => receiver("notice-asked-to-write", help),
        Event::AskedToWrite { help, by: Role::Receiver } => supporter("notice-asked-to-write", help),
        Event::Confirmed { help, .. } => supporter("notice-confirmed", help),
        Event::ConfirmationTakenBack { help, .. } => supporter("notice-confirmation-taken-back", help),
        Event::NotReceived { help, whole: None, state } => {
            supporter(by_state(state, "notice-not-received", "notice-not-received-overdue"), help)
        }
        Event::NotReceived { help, whole: Some(whole), state } => {
            let kind = by_state(state, "notice-not-received-part", "notice-not-received-part-overdue");
            supporter(kind, whole).map(|told| told.with("part", help.sum))
        }
        Event::Forgiven { help } => supporter("notice-forgiven", help),
        Event::Cancelled { help, was: State::Intention } => supporter("notice-cancelled-ended", help),
        Event::Cancelled { help, .. } => supporter("notice-cancelled-covered", help),
        Event::CancelledByLeaving { help, was, by } => Some(told_of_leaving(help, was, by)),
        _ => None,
    }
}

/// What is owed again is a promise, or overdue where its month is over.
fn by_state(state: State, promised: &'static str, overdue: &'static str) -> &'static str {
    if state.is_overdue() { overdue } else { promised }
}

fn told(to: MemberId, kind: &'static str, help: Help, other: MemberId) -> Told {
    let facts = facts([("name", Fact::Member(other)), ("sum", help.sum.into())]);
    Told { to, kind, facts, about: Some(About::Commitment(help.commitment)) }
}

/// Who has left has no name any more; what it was about is a look away.
fn told_of_leaving(help: Help, was: State, by: Role) -> Told {
    let is_claimed = matches!(was, State::Claimed | State::OverdueClaimed);
    let (to, kind) = match (by, is_claimed) {
        (Role::Supporter, false) => (help.receiver, "notice-supporter-left"),
        (Role::Supporter, true) => (help.receiver, "notice-supporter-left-claimed"),
        (Role::Receiver, false) => (help.supporter, "notice-receiver-left"),
        (Role::Receiver, true) => (help.supporter, "notice-receiver-left-claimed"),
    };
    Told { to, kind, facts: facts([("sum", help.sum.into())]), about: Some(About::Commitment(help.commitment)) }
}

fn deed(label: Msg, kind: DeedKind) -> Choice {
    Choice::deed(label, kind.as_str())
}

fn look(id: CommitmentId) -> Choice {
    Choice::go(msg!("notice-look"), Route::new("commitment").with(id))
}

fn look_at(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![look(id)]]
}

fn ask_to_promise(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![deed(msg!("deed-ask-to-promise"), DeedKind::AskToPromise), look(id)]]
}

fn ask_to_fulfil(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![deed(msg!("deed-ask-to-fulfil"), DeedKind::AskToFulfil), look(id)]]
}

fn confirm(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![
        deed(msg!("deed-confirm"), DeedKind::Confirm).of(Nature::Confirms),
        asks(id, msg!("deed-not-received"), DeedKind::NotReceived),
    ]]
}

/// What can't be undone asks first, as on the commitment's own page.
fn asks(id: CommitmentId, label: Msg, kind: DeedKind) -> Choice {
    Choice::go(label, Route::new("commitment").with(id).with(kind.as_str()))
}

/// The request says what is promised, and that it binds: it is the question itself, and this the answer.
pub(super) fn promise(id: CommitmentId) -> Vec<Vec<Choice>> {
    let asks = |label: Msg, kind: DeedKind| asks(id, label, kind);
    vec![
        vec![Choice::grave(msg!("deed-promise"), DeedKind::Promise.as_str())],
        vec![
            Choice::go(msg!("deed-change"), Route::new("change").with(id)),
            asks(msg!("deed-withdraw"), DeedKind::Withdraw),
        ],
    ]
}

pub(super) fn remind(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![deed(msg!("deed-remind"), DeedKind::Remind), look(id)]]
}

pub(super) fn claim(id: CommitmentId) -> Vec<Vec<Choice>> {
    vec![vec![deed(msg!("deed-claim"), DeedKind::Claim).of(Nature::Confirms), look(id)]]
}

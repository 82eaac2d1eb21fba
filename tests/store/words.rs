//! The words that stand in people's databases, in one table, as literals: whoever renames one has to bring along a migration,
//! and a release that goes back has to find its own again.

use exodus::aid::calendar::Job;
use exodus::domain::chain;
use exodus::domain::{
    AnnouncementId, Answer, CaseEnding, CaseId, Category, ChainId, ClearingId, CollectionId, CollectionKind,
    CommitmentId, DeedKind, Ending, Event, GroupOf, Help, MemberId, Mode, Money, Month, NewsId, Passing, Phase, PoolId,
    Ring, Role, Scope, State, Status,
};
use exodus::notices;
use exodus::store::clearing::{Kind, Stage};
use exodus_engine::messengers::terminal;

fn months() -> Month {
    Month::from_number(202_611).unwrap()
}

/// One of each.
fn events() -> Vec<Event> {
    let sum = Money::from_minor(1);
    let help = Help {
        commitment: CommitmentId::new(1),
        collection: CollectionId::new(2),
        supporter: MemberId::new(3),
        receiver: MemberId::new(4),
        sum,
    };
    let (state, month, kind) = (State::Intention, months(), CollectionKind::Monthly);
    let (collection, owner, missing, target, gathered) = (CollectionId::new(1), MemberId::new(2), sum, sum, sum);
    let to = months().first_day();
    let (member, inviter, other) = (MemberId::new(1), MemberId::new(2), MemberId::new(3));
    vec![
        Event::Declared { help, state },
        Event::Changed { help, from: sum, to: sum },
        Event::Withdrawn { help },
        Event::Promised { help },
        Event::Claimed { help, at_once: true, rest: None },
        Event::Reminded { help },
        Event::AskedToPromise { help },
        Event::AskedToFulfil { help },
        Event::AskedToWrite { help, by: Role::Supporter },
        Event::Confirmed { help, late: true },
        Event::NotReceived { help, state, whole: None },
        Event::TakenBack { help, state, whole: None },
        Event::ConfirmationTakenBack { help, state },
        Event::Noted { help },
        Event::Forgiven { help },
        Event::Cancelled { help, was: state },
        Event::CancelledByLeaving { help, was: state, by: Role::Supporter },
        Event::Lapsed { help, month },
        Event::WentOverdue { help, state, month },
        Event::BroughtOver { help, state, month },
        Event::CarriedOver { help, month },
        Event::SetOff { help, state, rest: None, clearing: ClearingId::new(1) },
        Event::WantedDirectly { help, by: Role::Supporter },
        Event::LetSetOff { help, by: Role::Supporter },
        Event::ClearingAllowed { member },
        Event::ClearingRefused { member },
        Event::CollectionOpened { collection, owner, kind, target, ends_on: None },
        Event::TargetChanged { collection, owner, kind, from: sum, to: sum },
        Event::DateChanged { collection, owner, from: None, to },
        Event::RingReached { collection, owner, kind, before: Ring::Near, ring: Ring::Far, missing, ends_on: None },
        Event::CollectionEnded { collection, owner, kind, ending: Ending::Ended, target, gathered, supporters: 1 },
        Event::Registered { member, invited_to: None },
        Event::InviteMade { member, invited_to: other },
        Event::InviteOpened { member, inviter, invited_to: other },
        Event::Parted { member, other },
        Event::GuaranteeOffered { member },
        Event::GuaranteeWithdrawn { member },
        Event::Guaranteed { member, other },
        Event::GuaranteeEnded { member, other },
        Event::GuaranteeEndedByLeaving { member, other },
        Event::Left { member },
        Event::Suspended { member },
        Event::Restored { member, since: chrono::DateTime::UNIX_EPOCH },
        Event::SignInGiven { member },
        Event::ProgramAllowed { member },
        Event::ProgramEnded { member },
        Event::Announced { announcement: AnnouncementId::new(1) },
    ]
    .into_iter()
    .chain(of_pools(help))
    .chain(of_initiatives(help))
    .chain(of_chains(help))
    .collect()
}

fn of_initiatives(help: Help) -> Vec<Event> {
    let (collection, owner, sum, to) =
        (CollectionId::new(1), MemberId::new(1), Money::from_minor(1), months().first_day());
    let (target, voted, promised, ending) = (sum, sum, sum, Ending::Ended);
    vec![
        Event::InitiativeProposed { collection, owner, target, ends_on: None },
        Event::InitiativeReached { collection, owner, target, voted, by: to },
        Event::InitiativeLowered { collection, owner, from: sum, to: sum },
        Event::InitiativeProlonged { collection, owner, to },
        Event::InitiativeNews { collection, owner, news: NewsId::new(1) },
        Event::InitiativePaused { collection, owner },
        Event::InitiativeEnded { collection, owner, ending, target, voted, promised },
        Event::VoteCancelled { help, ending },
    ]
}

fn of_chains(help: Help) -> Vec<Event> {
    let (id, sum, rest) = (ChainId::new(1), Money::from_minor(1), None);
    let [supporter, middle, receiver] = [1, 2, 3].map(MemberId::new);
    let until = chrono::DateTime::UNIX_EPOCH;
    let passing = Passing { chain: id, supporter, middle, receiver, sum };
    vec![
        Event::ChainOffered { passing, until },
        Event::ChainAgreed { passing, until },
        Event::ChainDone { passing, owed: help.commitment, made_way: None },
        Event::ChainOver { passing, how: chain::Stage::Void, by: None, agreed: true },
        Event::PassedOn { help, rest, chain: id },
        Event::TakenOver { help, rest, chain: id },
        Event::OwedInstead { help, more: sum, chain: id },
    ]
}

fn of_pools(help: Help) -> Vec<Event> {
    let (pool, case, member, sum) = (PoolId::new(1), CaseId::new(1), MemberId::new(1), Money::from_minor(1));
    vec![
        Event::PoolOpened { pool, member },
        Event::PoolJoined { pool, member, inviter: MemberId::new(2) },
        Event::ContributionChanged { pool, member, from: sum, to: sum },
        Event::PoolLeft { pool, member, silent: true, kept: false },
        Event::PoolClosed { pool, by: None },
        Event::CaseOpened { case, pool, owner: member, sum },
        Event::CaseLowered { case, pool, owner: member, from: sum, to: sum },
        Event::ShareConfirmed { case, pool, owner: member, member, sum },
        Event::ShareSpared { case, pool, owner: member, member },
        Event::SharesChanged { case, pool, after: member },
        Event::SharePromised { case, pool, help, told: Some(sum) },
        Event::CaseSettled { case, pool, owner: member, sum, promised: sum, supporters: 1 },
        Event::CaseOver { case, pool, owner: member, ending: CaseEnding::Nobody },
        Event::PoolGroupBound { pool, member },
        Event::StrangerInPoolGroup { pool, keeper: member, who: None },
    ]
}

#[test]
fn the_words_in_databases_are_the_ones_that_stand_there_already() {
    let kinds = CollectionKind::ALL;
    for (column, found, words) in [
        (
            "commitment.state",
            State::ALL.map(State::as_str).to_vec(),
            "intention obligation claimed overdue overdue_claimed fulfilled fulfilled_late withdrawn lapsed forgiven cancelled merged passed_on taken_over",
        ),
        ("collection.kind", kinds.map(CollectionKind::as_str).to_vec(), "monthly emergency case initiative"),
        (
            "pool_case.phase",
            Phase::ALL.map(Phase::as_str).to_vec(),
            "discussed asked_again leaving settling settled over",
        ),
        ("pool_case.ending", CaseEnding::ALL.map(CaseEnding::as_str).to_vec(), "withdrawn owner_gone nobody closed"),
        ("pool_share.answer", Answer::ALL.map(Answer::as_str).to_vec(), "none confirmed promised left"),
        ("collection.ending", Ending::ALL.map(Ending::as_str).to_vec(), "covered expired ended left reached closed"),
        ("member_notification.mode", Mode::ALL.map(Mode::as_str).to_vec(), "on digest off"),
        (
            "member_notification.category",
            Category::ALL.map(Category::as_str).to_vec(),
            "network help_to_me own_help supported reminders digests announcements",
        ),
        (
            "schedule.name",
            Job::NAMES.to_vec(),
            "telling announcement month-close emergency-end emergency-network emergency-far emergency-reminder settle-reminder promise-reminder
             case case-shares initiative-reached initiative-end initiative-reminder initiative-promises chain-end daily-message clean-up clearing-notice clearing clearing-trial",
        ),
        (
            "session.offered, and the buttons of messages that were sent: deeds",
            DeedKind::ALL.map(DeedKind::as_str).to_vec(),
            "change withdraw promise fulfil_now claim claim_part take_back note remind confirm not_received
             take_confirmation_back ask_to_promise ask_to_fulfil forgive",
        ),
        (
            "journal.what",
            events().iter().map(Event::name).collect(),
            "declared changed withdrawn promised claimed taken_back noted confirmation_taken_back reminded asked_to_promise asked_to_fulfil asked_to_write confirmed not_received
             forgiven cancelled lapsed went_overdue brought_over carried_over collection_opened target_changed date_changed
             pool_opened pool_joined contribution_changed pool_left pool_closed case_opened case_lowered share_confirmed
             shares_changed share_promised share_spared case_settled case_over pool_group_bound stranger_in_pool_group
             chain_offered chain_agreed chain_done chain_over passed_on taken_over owed_instead
             ring_reached collection_ended registered invite_made invite_opened parted cancelled_by_leaving guarantee_offered guarantee_withdrawn
             guaranteed guarantee_ended guarantee_ended_by_leaving left suspended restored announced
             sign_in_given program_allowed program_ended
             set_off wanted_directly let_set_off clearing_allowed clearing_refused
             initiative_proposed initiative_reached initiative_lowered initiative_prolonged initiative_news initiative_paused
             initiative_ended vote_cancelled",
        ),
        (
            "outbox.kind, digest_item.kind",
            notices::names().collect(),
            "notice-intention notice-obligation notice-changed notice-withdrawn notice-promised notice-claimed
             notice-reminded notice-asked-to-promise notice-asked-to-fulfil notice-asked-to-write notice-confirmed notice-not-received
             notice-forgiven notice-cancelled-covered notice-cancelled-ended notice-circle-intention
             notice-circle-obligation notice-circle-changed notice-circle-withdrawn notice-circle-promised
             notice-circle-claimed notice-circle-confirmed notice-opened-monthly notice-opened-emergency
             notice-move-to-emergency notice-target-changed notice-date-changed notice-date-changed-promised notice-ended-monthly
             notice-ended-emergency notice-ended-promised notice-ended-monthly-promised notice-ended-claimed notice-ran-out-claimed notice-covered notice-covered-mine notice-ran-out notice-ran-out-mine notice-ends-soon
             notice-thanks notice-ring-monthly notice-ring-emergency notice-remind-monthly notice-remind-emergency
             notice-month notice-overdue notice-settle notice-daily notice-invite-made notice-taken-back
             notice-supporter-left notice-supporter-left-claimed notice-receiver-left notice-receiver-left-claimed
             notice-case notice-case-again notice-case-share notice-case-share-taken notice-case-share-nothing notice-case-spared notice-case-less notice-case-promised
             notice-chain-supporter notice-chain-receiver notice-chain-owed notice-chain-owed-not-intended notice-chain-agreed
             notice-chain-done notice-chain-declined notice-chain-withdrawn notice-chain-expired notice-chain-void
             notice-case-settled notice-case-nobody notice-case-over notice-pool-left notice-pool-closed notice-pool-joined notice-pool-fewer notice-pool-kept notice-case-given-up
             notice-pool-group notice-pool-stranger notice-pool-stranger-named
             notice-announcement notice-suspended notice-restored notice-restored-claimed
             notice-claimed-part notice-taken-back-part notice-not-received-part notice-confirmation-taken-back
             notice-taken-back-overdue notice-taken-back-part-overdue notice-not-received-overdue
             notice-not-received-part-overdue
             notice-guaranteed notice-guarantee-ended notice-guarantee-left notice-clearing-soon notice-set-off
             notice-initiative-proposed notice-initiative-vote notice-initiative-vote-changed notice-initiative-vote-withdrawn
             notice-initiative-reached notice-initiative-reached-mine notice-initiative-remind notice-initiative-lowered
             notice-initiative-prolonged notice-initiative-news notice-initiative-not-reached notice-initiative-not-reached-mine
             notice-initiative-cancelled notice-initiative-cancelled-promised notice-initiative-closed
             notice-initiative-closed-promised notice-initiative-closed-mine notice-initiative-promised
             notice-initiative-unpromised notice-initiative-promised-mine notice-initiative-nobody-mine notice-initiative-ended-meanwhile
             notice-initiative-given notice-initiative-cancelled-given notice-initiative-closed-given notice-initiative-paused
             notice-initiative-reached-held notice-initiative-held-over notice-initiative-held-promised
             notice-initiator-left notice-initiator-left-given notice-voter-left",
        ),
        (
            "outbox.kind, chat.card_kind: of groups",
            notices::group_posts().chain(GroupOf::CARDS).collect(),
            "group-card group-intention group-promise group-fulfilled group-opened-monthly group-opened-emergency
             group-ended-monthly group-ended-emergency group-pool group-pool-case group-pool-share group-pool-lowered
             group-pool-settled group-pool-over group-pool-closed
             group-initiative group-initiative-proposed group-initiative-vote group-initiative-promise group-initiative-given
             group-initiative-lowered group-initiative-prolonged group-initiative-news group-initiative-reached
             group-initiative-not-reached group-initiative-cancelled group-initiative-closed group-initiative-promised
             group-initiative-nobody",
        ),
        ("program.scope", Scope::ALL.map(Scope::as_str).to_vec(), "read act calendar status"),
        ("clearing.kind", [Kind::Month, Kind::Trial].map(Kind::as_str).to_vec(), "month trial"),
        (
            "chain.stage",
            chain::Stage::ALL.map(chain::Stage::as_str).to_vec(),
            "asked agreed done declined withdrawn expired void",
        ),
        ("clearing.state", Stage::ALL.map(Stage::as_str).to_vec(), "running decided done"),
        ("account.messenger", vec![terminal::NAME], "terminal"),
    ] {
        let (mut found, mut words): (Vec<&str>, Vec<&str>) = (found, words.split_whitespace().collect());
        found.sort_unstable();
        words.sort_unstable();
        assert_eq!(found, words, "{column}");
    }
    // Numbers are words too.
    assert_eq!(Ring::ALL.map(Ring::number), [0, 1, 2, 3]);
    assert_eq!(months().number(), 202_611);
    assert_eq!([Status::Green, Status::Orange, Status::Red].map(Status::as_str), ["green", "orange", "red"]);
}

#[cfg(feature = "telegram")]
#[test]
fn accounts_in_telegram_are_called_so() {
    assert_eq!(exodus_engine::messengers::telegram::NAME, "telegram");
}

#[cfg(feature = "matrix")]
#[test]
fn accounts_in_matrix_are_called_so() {
    assert_eq!(exodus_engine::messengers::matrix::NAME, "matrix");
}

//! What is offered and what is accepted.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::*;
use exodus_engine::hours::Zone;
use proptest::prelude::*;

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn what_is_offered_is_what_is_accepted(
        state in proptest::sample::select(State::ALL.to_vec()),
        who in (1..=3_i64).prop_map(MemberId::new),
        on_hold: bool,
        put_off: bool,
        sum in 1..=i64::MAX,
        asked in proptest::option::of(0..60_i64),
        reminded in proptest::option::of(0..60_i64),
        settled in proptest::option::of(0..60_i64),
        voting: bool,
        ended: bool,
        waits: bool,
        beside in proptest::option::of(proptest::sample::select(State::ALL.to_vec())),
    ) {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().expect("a time");
        let ago = |hours: i64| now - TimeDelta::hours(hours);
        let commitment = Commitment {
            id: CommitmentId::new(1),
            collection: CollectionId::new(1),
            supporter: MemberId::new(1),
            receiver: MemberId::new(2),
            sum: Money::from_minor(sum),
            state,
            month: Month::of(now, &Zone::UTC),
            asked_at: asked.map(ago),
            reminded_at: reminded.map(ago),
            settled_at: settled.map(ago).filter(|_| state.is_settled()),
            part_of: None,
            claimed_in_time: false,
            set_off_by: None,
        };
        let waits_in = waits.then(|| Month::of(now, &Zone::UTC));
        let beside = beside.map(|state| Commitment { id: CommitmentId::new(2), state, ..commitment.clone() });
        let standing = Standing { on_hold, put_off, voting, ended, waits_in, beside };
        let other = Money::from_minor(if sum == 1 { 2 } else { sum - 1 });
        let offered = available(&commitment, who, &standing, now);
        for kind in DeedKind::ALL {
            let some = if kind == DeedKind::ClaimPart { Money::from_minor((sum / 2).max(1)) } else { other };
            let accepted = act(&commitment, who, kind.of(some), &standing, now).is_ok();
            prop_assert_eq!(offered.contains(&kind), accepted, "{:?}", kind);
        }
    }
}

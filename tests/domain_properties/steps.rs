//! What members may do, and time with them.

use exodus::domain::{CollectionKind, DeedKind, MemberId};
use proptest::prelude::*;

const MEMBERS: i64 = 3;

pub fn members() -> impl Iterator<Item = MemberId> + Clone {
    (1..=MEMBERS).map(MemberId::new)
}

#[derive(Debug, Clone)]
pub enum Step {
    Open { owner: MemberId, kind: CollectionKind, target: i64, days: u32 },
    Retarget { pick: usize, who: MemberId, target: i64 },
    End { pick: usize, who: MemberId },
    Declare { who: MemberId, pick: usize, sum: i64 },
    Act { who: MemberId, pick: usize, deed: DeedKind, sum: i64 },
    Wait { hours: i64 },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let member = || (1..=MEMBERS).prop_map(MemberId::new);
    let pick = || 0..1000_usize;
    let kind = prop_oneof![Just(CollectionKind::Monthly), Just(CollectionKind::Emergency)];
    let deed = proptest::sample::select(DeedKind::ALL.to_vec());
    let step = prop_oneof![
        2 => (member(), kind, -1..500_i64, 0..33_u32)
            .prop_map(|(owner, kind, target, days)| Step::Open { owner, kind, target, days }),
        1 => (pick(), member(), -1..500_i64)
            .prop_map(|(pick, who, target)| Step::Retarget { pick, who, target }),
        1 => (pick(), member()).prop_map(|(pick, who)| Step::End { pick, who }),
        6 => (member(), pick(), -1..300_i64)
            .prop_map(|(who, pick, sum)| Step::Declare { who, pick, sum }),
        20 => (member(), pick(), deed, -1..300_i64)
            .prop_map(|(who, pick, deed, sum)| Step::Act { who, pick, deed, sum }),
        1 => (1..400_i64).prop_map(|hours| Step::Wait { hours }),
    ];
    proptest::collection::vec(step, 1..300)
}

//! Those in a trust list whose cards one of its members may see.

use super::super::sight::in_need;
use super::super::tie::guaranteed;
use super::{FOLLOWED, FOLLOWED_FURTHER};
use crate::domain::TrustRing;

/// A query for those in a ring of a trust list whom the member may see: of very many, so many as are followed.
pub(super) fn found(ring: TrustRing) -> String {
    let mine = guaranteed("$1", "r.id");
    match ring {
        TrustRing::Mine => format!("SELECT u.other_id AS id FROM guarantee u WHERE u.member_id = $1 LIMIT {FOLLOWED}"),
        TrustRing::Theirs => format!(
            "SELECT DISTINCT r.id FROM (
                 SELECT w.other_id AS id FROM guarantee v CROSS JOIN guarantee w
                 WHERE v.member_id = $1 AND w.member_id = v.other_id LIMIT {FOLLOWED}) r
             WHERE r.id <> $1 AND NOT {mine}"
        ),
        // Whom another way than guarantees leads to, as well as them.
        TrustRing::Further => format!(
            "SELECT r.id FROM (
                 SELECT id FROM (SELECT id FROM near LIMIT {FOLLOWED_FURTHER}) n UNION SELECT id FROM second
                 UNION SELECT id FROM third t WHERE {in_need}) r
             WHERE r.id <> $1 AND NOT {mine} AND NOT {between} AND EXISTS (
                 SELECT 1 FROM trust_list_member here CROSS JOIN trust_list_member there
                 WHERE here.member_id = $1 AND there.member_id = r.id AND there.list_id = here.list_id
                 LIMIT 1 OFFSET 0)",
            in_need = in_need("t.id"),
            between = between("r.id"),
        ),
    }
}

/// How many guarantees somebody holds, at the most, of which each is followed.
const A_FEW: u64 = 100;

/// That the member `$1` and another hold a guarantee with one and the same. Where the member holds very many, it is asked of each
/// that the other holds.
fn between(other: &str) -> String {
    format!(
        "CASE WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM guarantee w WHERE w.member_id = $1 LIMIT {A_FEW}) few) < {A_FEW}
              THEN EXISTS (SELECT 1 FROM guarantee v CROSS JOIN guarantee w
                           WHERE v.member_id = {other} AND w.member_id = $1 AND w.other_id = v.other_id LIMIT 1 OFFSET 0)
              ELSE EXISTS (SELECT 1 FROM guarantee v WHERE v.member_id = {other} AND {held} LIMIT 1 OFFSET 0) END",
        held = guaranteed("$1", "v.other_id"),
    )
}

//! Opening, changing, ending, and what is missing.

use super::CollectionKind::{Emergency, Monthly};
use super::*;

const OWNER: MemberId = MemberId::new(1);
const STRANGER: MemberId = MemberId::new(2);

fn money(units: i64) -> Money {
    Money::from_minor(units * 100)
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn collection(kind: CollectionKind) -> Collection {
    Collection {
        id: CollectionId::new(7),
        owner: OWNER,
        kind,
        target: money(500),
        opened_at: DateTime::UNIX_EPOCH,
        ends_on: (kind == Emergency).then(|| date("2026-11-28")),
        reached_at: None,
        ended: None,
        ring: Ring::Near,
    }
}

fn ended(kind: CollectionKind) -> Collection {
    Collection { ended: Some(Ending::Ended), ..collection(kind) }
}

#[test]
fn names_are_found_again() {
    for kind in [Monthly, Emergency] {
        assert_eq!(CollectionKind::parse(kind.as_str()), Some(kind));
    }
    for ending in [Ending::Covered, Ending::Expired, Ending::Ended] {
        assert_eq!(Ending::parse(ending.as_str()), Some(ending));
    }
    assert_eq!(CollectionKind::parse("weekly"), None);
    assert_eq!(Ending::parse(""), None);
}

#[test]
fn a_collection_opens_once_of_a_kind_with_a_sum_and_days() {
    let until = |text| Ok(Some(date(text)));
    for (kind, already, target, days, expected) in [
        (Monthly, vec![], 500, None, Ok(None)),
        (Monthly, vec![Emergency], 500, None, Ok(None)),
        (Emergency, vec![], 500, Some(1), until("2026-11-22")),
        (Emergency, vec![Monthly], 500, Some(7), until("2026-11-28")),
        (Emergency, vec![], 500, Some(31), until("2026-12-22")),
        (Emergency, vec![], 500, Some(0), Err(Refusal::Days)),
        (Emergency, vec![], 500, Some(32), Err(Refusal::Days)),
        (Emergency, vec![], 500, Some(u32::MAX), Err(Refusal::Days)),
        (Emergency, vec![], 500, None, Err(Refusal::Days)),
        (Monthly, vec![], 500, Some(7), Err(Refusal::Days)),
        (Monthly, vec![Monthly], 500, None, Err(Refusal::AlreadyOpen)),
        (Emergency, vec![Monthly, Emergency], 500, Some(7), Err(Refusal::AlreadyOpen)),
        (Monthly, vec![], 0, None, Err(Refusal::NotPositive)),
        (Emergency, vec![], -1, Some(7), Err(Refusal::NotPositive)),
    ] {
        let opened = open(kind, &already, money(target), date("2026-11-21"), days);
        assert_eq!(opened.map(|opening| opening.ends_on), expected, "{kind:?} {already:?} {target} {days:?}");
    }
}

#[test]
fn the_end_of_the_month_is_offered_while_it_is_a_day_off() {
    for (today, days) in
        [("2026-11-01", Some(29)), ("2026-11-29", Some(1)), ("2026-11-30", None), ("2026-12-01", Some(30))]
    {
        assert_eq!(days_to_month_end(date(today)), days, "{today}");
    }
}

#[test]
fn an_emergency_expires_when_its_last_day_is_over() {
    for (collection, today, expired) in [
        (collection(Emergency), "2026-11-27", false),
        (collection(Emergency), "2026-11-28", false),
        (collection(Emergency), "2026-11-29", true),
        (ended(Emergency), "2026-11-29", false),
        (collection(Monthly), "2036-11-29", false),
    ] {
        assert_eq!(collection.is_expired(date(today)), expired, "{today}");
    }
}

#[test]
fn an_emergency_is_covered_by_its_target() {
    for (collection, confirmed, covered) in [
        (collection(Emergency), 499, false),
        (collection(Emergency), 500, true),
        (collection(Emergency), 501, true),
        (ended(Emergency), 500, false),
        (collection(Monthly), 500, false),
    ] {
        assert_eq!(collection.is_covered(money(confirmed)), covered, "{confirmed}");
    }
}

#[test]
fn the_owner_of_an_open_collection_changes_its_sum() {
    for (collection, who, target, expected) in [
        (collection(Monthly), OWNER, 1, Ok(1)),
        (collection(Emergency), OWNER, 900, Ok(900)),
        (collection(Monthly), OWNER, 500, Err(Refusal::Unchanged)),
        (collection(Monthly), OWNER, 0, Err(Refusal::NotPositive)),
        (collection(Monthly), STRANGER, 900, Err(Refusal::NotYours)),
        (ended(Monthly), STRANGER, 900, Err(Refusal::NotYours)),
        (ended(Monthly), OWNER, 900, Err(Refusal::Ended)),
    ] {
        let changed = change_target(&collection, who, money(target));
        assert_eq!(changed.map(|update| update.collection.target), expected.map(money), "{target}");
    }
}

#[test]
fn the_owner_of_an_open_emergency_moves_its_date() {
    for (collection, who, days, expected) in [
        (collection(Emergency), OWNER, 10, Ok("2026-12-01")),
        (collection(Emergency), OWNER, 1, Ok("2026-11-22")),
        (collection(Emergency), OWNER, 7, Err(Refusal::Unchanged)),
        (collection(Emergency), OWNER, 0, Err(Refusal::Days)),
        (collection(Emergency), OWNER, 32, Err(Refusal::Days)),
        (collection(Monthly), OWNER, 10, Err(Refusal::Days)),
        (collection(Emergency), STRANGER, 10, Err(Refusal::NotYours)),
        (ended(Emergency), OWNER, 10, Err(Refusal::Ended)),
    ] {
        let changed = change_date(&collection, who, date("2026-11-21"), days);
        assert_eq!(changed.map(|update| update.collection.ends_on), expected.map(|text| Some(date(text))), "{days}");
    }
}

#[test]
fn a_collection_ends_once_and_tells_what_was_gathered() {
    let totals = Totals { fulfilled: money(480), fulfilled_by: 3, ..Totals::default() };
    let update = end(&collection(Emergency), Ending::Expired, &totals).expect("it is open");
    assert_eq!(update.collection.ended, Some(Ending::Expired));
    assert_eq!(
        update.event,
        Event::CollectionEnded {
            collection: CollectionId::new(7),
            owner: OWNER,
            kind: Emergency,
            ending: Ending::Expired,
            target: money(500),
            gathered: money(480),
            supporters: 3,
        }
    );
    assert_eq!(end(&update.collection, Ending::Ended, &totals), Err(Refusal::Ended));
}

#[test]
fn intentions_end_with_their_collection_and_obligations_when_it_is_covered() {
    for ending in [Ending::Covered, Ending::Expired, Ending::Ended] {
        for state in State::ALL {
            let cancelled = state == State::Intention || (state == State::Obligation && ending == Ending::Covered);
            let expected = cancelled.then_some(State::Cancelled);
            assert_eq!(how_it_ends(ending, state), expected, "{ending:?} {state:?}");
        }
    }
}

#[test]
fn what_is_missing_is_the_target_less_what_is_promised_claimed_and_done() {
    use State::*;
    let all =
        State::ALL.into_iter().enumerate().map(|(member, state)| (MemberId::new(member as i64), state, money(10)));
    let totals = Totals::of(all);
    assert_eq!(
        totals,
        Totals {
            intentions: money(10),
            obligations: money(10),
            claims: money(10),
            fulfilled: money(30),
            fulfilled_by: 3,
        }
    );
    for (target, missing) in [(500, 450), (51, 1), (50, 0), (49, 0), (1, 0)] {
        assert_eq!(totals.missing(money(target)), money(missing), "{target}");
    }
    let gives = [(OWNER, Fulfilled, money(10)), (OWNER, FulfilledLate, money(0)), (STRANGER, Intention, money(20))];
    let twice = Totals::of(gives);
    assert_eq!(twice.fulfilled_by, 1);
    assert_eq!(twice.missing(money(500)), money(490));
}

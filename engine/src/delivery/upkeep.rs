//! What the engine keeps for itself and has no further use is thrown away, every night.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};

use super::calendar::Progress;
use crate::conversation::{Fault, Moment};
use crate::hours::Zone;
use crate::store::{self, schedule};

/// What this work is called in the schedule, of which no bot may name its own.
pub(super) const NAME: &str = "upkeep";

/// When it is done, by the clock of the bot's zone.
const AT_NIGHT: u32 = 4;

/// How long an update is remembered as seen: messengers deliver again what was not taken for a day or two at most.
const SEEN: TimeDelta = TimeDelta::days(7);

/// How long a notice that offers nothing is kept after it was sent, and one that was given up.
const TOLD: TimeDelta = TimeDelta::days(90);

/// How long a notice is kept whose choices may still be taken: longer than anything can stay open unnoticed.
const ASKED: TimeDelta = TimeDelta::days(400);

/// How long it is remembered what was done, so that it is not done again when the clock is put back.
const DONE: TimeDelta = TimeDelta::days(400);

/// How long it is remembered that a process was there.
const ENDED: TimeDelta = TimeDelta::days(1);

/// How long a chat is kept of somebody who looked in and has become nobody whom the bot knows.
const LOOKED_IN: TimeDelta = TimeDelta::days(30);

/// How many rows of a table go in one transaction: so few that nobody who waits for it notices.
const AT_ONCE: u64 = 500;

/// The first time after `now` at which it is to be done.
pub(super) fn next(now: DateTime<Utc>, zone: &Zone) -> schedule::New {
    let today = zone.local(now).date();
    let night = |date: chrono::NaiveDate| {
        let time = NaiveTime::from_hms_opt(AT_NIGHT, 0, 0).unwrap_or_default();
        // Of an hour that comes twice the first one counts.
        zone.first_after(DateTime::<Utc>::MIN_UTC, date.and_time(time))
    };
    let tonight = night(today);
    let due_at = if tonight > now { tonight } else { night(today + Days::new(1)) };
    schedule::New { name: NAME, about: 0, due_at }
}

/// Throws away some of what is over.
pub(super) async fn step(at: &Moment<'_>) -> Result<Progress, Fault> {
    let Moment { tx, now, .. } = *at;
    let gone = [
        store::seen_update::forget_before(tx, now - SEEN, AT_ONCE).await?,
        store::outbox::forget_told_before(tx, now - TOLD, AT_ONCE).await?,
        store::outbox::forget_given_up_before(tx, now - TOLD, AT_ONCE).await?,
        store::outbox::forget_asked_before(tx, now - ASKED, AT_ONCE).await?,
        schedule::forget_before(tx, now - DONE, AT_ONCE).await?,
        store::session::forget_strangers_before(tx, now - LOOKED_IN, AT_ONCE).await?,
        store::link_code::forget_before(tx, now, AT_ONCE).await?,
        store::web::link::forget_before(tx, now, AT_ONCE).await?,
        store::web::browser::forget_before(tx, now - store::web::browser::LASTS, AT_ONCE).await?,
        store::chat::forget_untold(tx, AT_ONCE).await?,
    ];
    store::lease::forget_before(tx, now - ENDED).await?;
    Ok(if gone.contains(&AT_ONCE) { Progress::To(String::new()) } else { Progress::Done })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_done_at_four_by_the_clock_of_the_zone() {
        for (zone, now, due) in [
            ("UTC", "2026-11-10T03:59:59Z", "2026-11-10T04:00:00Z"),
            ("UTC", "2026-11-10T04:00:00Z", "2026-11-11T04:00:00Z"),
            ("Asia/Tokyo", "2026-11-10T18:00:00Z", "2026-11-10T19:00:00Z"),
            ("America/New_York", "2026-11-10T04:00:00Z", "2026-11-10T09:00:00Z"),
        ] {
            let (zone, now): (Zone, DateTime<Utc>) = (zone.parse().expect("a zone"), now.parse().expect("a time"));
            assert_eq!(next(now, &zone).due_at, due.parse::<DateTime<Utc>>().expect("a time"), "{now} {}", zone.name());
        }
    }
}

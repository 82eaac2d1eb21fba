//! Several members may have one name. Whoever knows two of them reads of each what tells them apart: by whose invite they came,
//! or since when they are there. (It is what the specification allows to be seen of them, and no more.)

use chrono::{DateTime, NaiveDateTime, Utc};

use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

use super::MemberId;

/// What is known of a member who is to be told from another of their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    pub id: MemberId,
    /// Since when they are a member.
    pub since: DateTime<Utc>,
    /// By whose invite they came first, and what the inviter is called; nobody, where the inviter has left.
    pub inviter: Option<(MemberId, String)>,
}

/// What tells a member from others of their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They came by the reader's invite.
    InvitedByReader,
    /// They came by the invite of a member of this name.
    InvitedBy(String),
    /// They are there since this day, by the community's clock.
    Since(NaiveDateTime),
    /// The same, to the minute: another came on the same day.
    SinceMinute(NaiveDateTime),
    /// Another came in the same minute: which of these they are, counted from 1.
    Nth(usize),
}

impl Mark {
    /// What tells `one` from these `others` of their name, for this reader: the inviter, where the reader knows them, and they
    /// are none of the others, nor did any of these come by them; or else since when they are there.
    pub fn of(
        one: &Namesake,
        others: &[&Namesake],
        reader: MemberId,
        knows: impl Fn(MemberId) -> bool,
        zone: &Zone,
    ) -> Mark {
        if let Some(mark) = Mark::by_inviter(one, others, reader, &knows) {
            return mark;
        }
        let minute = |it: &Namesake| it.since.timestamp().div_euclid(60);
        // Whoever reads needs no mark, and others are told by their inviter: those are not counted.
        let is_counted = |other: &Namesake| {
            let but_them = others.iter().copied().filter(|it| it.id != other.id);
            let beside: Vec<&Namesake> = but_them.chain([one]).collect();
            other.id != reader && Mark::by_inviter(other, &beside, reader, &knows).is_none()
        };
        let in_the_same = others.iter().filter(|other| minute(other) == minute(one) && is_counted(other));
        let in_the_same: Vec<_> = in_the_same.collect();
        if !in_the_same.is_empty() {
            let before = in_the_same.iter().filter(|other| (other.since, other.id) < (one.since, one.id));
            return Mark::Nth(before.count() + 1);
        }
        let since = zone.local(one.since);
        match others.iter().any(|other| zone.local(other.since).date() == since.date()) {
            true => Mark::SinceMinute(since),
            false => Mark::Since(since),
        }
    }

    /// That by whose invite `one` came, where it tells them from these others.
    fn by_inviter(
        one: &Namesake,
        others: &[&Namesake],
        reader: MemberId,
        knows: &impl Fn(MemberId) -> bool,
    ) -> Option<Mark> {
        let (inviter, name) = one.inviter.as_ref()?;
        let inviter_of = |it: &Namesake| it.inviter.as_ref().map(|(id, _)| *id);
        // Whoever invited them is no help where they have that name as well.
        if others.iter().any(|other| other.id == *inviter || inviter_of(other) == Some(*inviter)) {
            return None;
        }
        match *inviter {
            inviter if inviter == reader => Some(Mark::InvitedByReader),
            inviter => knows(inviter).then(|| Mark::InvitedBy(name.clone())),
        }
    }

    /// The name with the mark beside it.
    pub fn beside(&self, name: &str) -> Msg {
        match self {
            Mark::InvitedByReader => msg!("called-invited-by-you", name = name),
            Mark::InvitedBy(inviter) => msg!("called-invited-by", name = name, inviter = inviter),
            Mark::Since(at) => {
                let short = Msg::date_in_short(at.date());
                msg!("called-since", name = name, date = at.date(), short = short)
            }
            Mark::SinceMinute(at) => {
                let short = Msg::date_time_in_short(*at);
                msg!("called-since-minute", name = name, time = Msg::date_time(*at), short = short)
            }
            Mark::Nth(number) => msg!("called-nth", name = name, number = *number),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    const ME: MemberId = MemberId::new(1);
    const BORIS: MemberId = MemberId::new(2);
    const CLARA: MemberId = MemberId::new(3);

    fn came(day: u32, hour: u32, inviter: Option<MemberId>) -> Namesake {
        let since = Utc.with_ymd_and_hms(2026, 11, day, hour, 0, 0).unwrap();
        Namesake {
            id: MemberId::new(i64::from(100 * day + hour)),
            since,
            inviter: inviter.map(|id| (id, format!("member {id}"))),
        }
    }

    #[test]
    fn the_inviter_tells_them_apart_where_the_reader_knows_whom_that_is() {
        let (one, other) = (came(3, 9, Some(BORIS)), came(3, 8, Some(CLARA)));
        let mark = |knows: bool| Mark::of(&one, &[&other], ME, |id| knows && id == BORIS, &Zone::UTC);
        assert_eq!(mark(true), Mark::InvitedBy("member 2".to_owned()));
        assert!(matches!(mark(false), Mark::SinceMinute(_)), "whom the reader does not know is not named");
        let mine = Mark::of(&came(3, 9, Some(ME)), &[&other], ME, |_| false, &Zone::UTC);
        assert_eq!(mine, Mark::InvitedByReader);
    }

    #[test]
    fn an_inviter_of_both_tells_nothing() {
        let (one, other) = (came(3, 9, Some(BORIS)), came(4, 9, Some(BORIS)));
        assert!(matches!(Mark::of(&one, &[&other], ME, |_| true, &Zone::UTC), Mark::Since(_)));
        let same_day = came(3, 10, Some(BORIS));
        assert!(matches!(Mark::of(&one, &[&same_day], ME, |_| true, &Zone::UTC), Mark::SinceMinute(_)));
        assert!(matches!(Mark::of(&one, &[&other, &same_day], ME, |_| true, &Zone::UTC), Mark::SinceMinute(_)));
    }

    #[test]
    fn whoever_came_in_one_minute_is_counted() {
        let first = came(3, 9, None);
        let second = Namesake { id: MemberId::new(1_000), ..first.clone() };
        let mark = |one: &Namesake, other: &Namesake| Mark::of(one, &[other], ME, |_| true, &Zone::UTC);
        assert_eq!((mark(&first, &second), mark(&second, &first)), (Mark::Nth(1), Mark::Nth(2)));
    }

    #[test]
    fn nobody_is_counted_whom_something_else_tells_apart() {
        let (first, invited) = (came(3, 9, None), Namesake { id: BORIS, ..came(3, 9, Some(CLARA)) });
        let mark = |one: &Namesake, other: &Namesake| Mark::of(one, &[other], ME, |id| id == CLARA, &Zone::UTC);
        assert_eq!(mark(&invited, &first), Mark::InvitedBy("member 3".to_owned()));
        assert!(matches!(mark(&first, &invited), Mark::SinceMinute(_)), "there is no second one");
        let reader = Namesake { id: ME, ..first.clone() };
        assert!(matches!(mark(&first, &reader), Mark::SinceMinute(_)), "who reads has no number");
    }

    #[test]
    fn a_day_is_that_of_the_community() {
        let zone: Zone = "Asia/Tokyo".parse().expect("a zone");
        let (one, other) = (came(3, 14, None), came(3, 16, None));
        assert!(matches!(Mark::of(&one, &[&other], ME, |_| true, &zone), Mark::Since(_)), "the 3rd, and the 4th");
    }
}

//! The members, and what they do.

use chrono::{DateTime, TimeDelta, Utc};
use exodus::aid::{self, Refused, Work};
use exodus::domain::{CollectionId, CollectionKind, Deed, MemberId, Money, Month, Refusal, Ring, State};
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::EntityTrait;

use crate::chance::Chance;
use crate::digests::Digests;
use crate::initiatives;
use crate::place::{Place, at};
use crate::pools;
use crate::records::Records;
use crate::trust;

const MEMBERS: usize = 50;

/// When the year begins, and when it is over.
const BEGINS: &str = "2026-11-10T12:00:00Z";
const OVER: &str = "2027-11-10T12:00:00Z";

pub struct Community {
    place: Place,
    chance: Chance,
    members: Vec<MemberId>,
    records: Records,
    digests: Digests,
    /// How many deeds were done, and how many were refused.
    done: usize,
    refused: usize,
}

impl Community {
    pub async fn settle(chance: Chance) -> Community {
        let db = store::connect("sqlite::memory:").await.unwrap();
        store::migrate(&db).await.unwrap();
        let place = Place::new(db).in_zone("Europe/Podgorica".parse().unwrap());
        place.set(BEGINS);
        place.ensure().await;
        let mut members = Vec::new();
        for number in 0..MEMBERS {
            members.push(comes(&place, &format!("Member {number}")).await);
        }
        let (records, digests) = (Records::default(), Digests::default());
        Community { place, chance, members, records, digests, done: 0, refused: 0 }
    }

    pub fn has_lived_a_year(&self) -> bool {
        self.now() >= at(OVER)
    }

    fn now(&self) -> DateTime<Utc> {
        self.place.clock.now()
    }

    /// A few deeds, then a move of the clock; after each of them the rules hold.
    pub async fn live(&mut self) {
        for _ in 0..self.chance.below(36) {
            self.deed().await;
            self.records.hold(&self.place, true).await;
        }
        if self.chance.percent(10) {
            self.somebody_leaves().await;
            self.records.hold(&self.place, true).await;
        }
        let before = self.now();
        match self.chance.below(20) {
            // The calendar does everything in its time.
            0..=11 => {
                let then = before + TimeDelta::minutes(self.chance.between(10, 4 * 24 * 60));
                while let Some(due) = store::schedule::next_due(&self.place.db, &aid::calendar::Job::NAMES)
                    .await
                    .unwrap()
                    .filter(|due| *due <= then)
                {
                    self.pass_at(due.max(before)).await;
                }
                self.pass_at(then).await;
            }
            // The bot was off.
            12..=14 => {
                let then = before + TimeDelta::hours(self.chance.between(1, 20 * 24));
                self.pass_at(then).await;
            }
            // It was off for long.
            15 if self.chance.percent(30) => {
                let then = before + TimeDelta::days(self.chance.between(31, 75));
                self.pass_at(then).await;
            }
            // Members are faster than the calendar.
            15..=17 => {
                let then = before + TimeDelta::hours(self.chance.between(1, 6 * 24));
                self.set(then);
                for _ in 0..self.chance.below(6) {
                    self.deed().await;
                    self.records.hold(&self.place, false).await;
                }
                self.pass_at(then).await;
            }
            // The clock is put back, but not into a month that is over.
            _ => {
                let began = Month::of(before, &self.place.zone).first_instant(&self.place.zone);
                let back = before - TimeDelta::minutes(self.chance.between(1, 600));
                self.pass_at(back.max(began)).await;
            }
        }
    }

    fn set(&self, now: DateTime<Utc>) {
        self.place.set(&now.to_rfc3339());
    }

    async fn pass_at(&mut self, now: DateTime<Utc>) {
        self.set(now);
        let pass = self.place.pass().await;
        assert!(!pass.broken && !pass.elsewhere);
        self.records.hold(&self.place, true).await;
        self.digests.hold(&self.place, &self.records).await;
        trust::holds(&self.place, &self.records.left).await;
        initiatives::hold(&self.place).await;
        self.somebody_is_forgotten().await;
        assert_eq!(self.place.pass().await.steps, 0, "what was done is done");
    }

    /// Somebody does something, or is refused.
    async fn deed(&mut self) {
        let who = self.chance.of(&self.members).unwrap();
        let place = self.place.clone();
        let what = self.chance.below(100);
        let outcome = match what {
            0..=7 => {
                let kind = if self.chance.percent(70) { CollectionKind::Monthly } else { CollectionKind::Emergency };
                let days = u32::try_from(self.chance.between(1, 31)).unwrap();
                let (sum, days) = (self.sum(), (kind == CollectionKind::Emergency).then_some(days));
                turn(&place, who, async |aid| aid::ask(aid, who, kind, sum, days).await.map(drop)).await
            }
            8..=37 => self.declare(who).await,
            38..=41 => self.about_collection(who).await,
            42..=46 => self.about_guarantee(who).await,
            47..=60 => self.about_clearing(who).await,
            61..=67 => match pools::some(&place, &mut self.chance, who).await {
                Some((who, deed)) => turn(&place, who, async |aid| pools::act(aid, who, deed).await).await,
                None => Ok(()),
            },
            68..=71 => match initiatives::some(&place, &mut self.chance, who).await {
                Some((who, deed)) => turn(&place, who, async |aid| initiatives::act(aid, who, deed).await).await,
                None => Ok(()),
            },
            _ => self.about_commitment().await,
        };
        match outcome {
            Ok(()) => self.done += 1,
            Err(Refused::Rule(_)) => self.refused += 1,
            Err(fault) => panic!("{fault}"),
        }
    }

    /// And somebody else comes.
    async fn somebody_leaves(&mut self) {
        let who = self.chance.of(&self.members).unwrap();
        turn(&self.place, who, async |aid| aid::leave(aid, who).await).await.unwrap();
        self.records.left.insert(who);
        let next = comes(&self.place, &format!("Comer {}", self.records.left.len())).await;
        self.members.iter_mut().filter(|member| **member == who).for_each(|member| *member = next);
    }

    /// Whoever never did a thing is forgotten after half a year, and nobody acts for them any more: somebody else comes.
    async fn somebody_is_forgotten(&mut self) {
        let all = store::member::Entity::find().all(&self.place.db).await.unwrap();
        let gone = |row: &store::member::Model| row.left_at.is_some() && self.members.contains(&row.id);
        let gone: Vec<store::member::Model> = all.into_iter().filter(gone).collect();
        for gone in gone {
            self.records.left.insert(gone.id);
            let next = self.place.member(&format!("Comer {}", self.records.left.len())).await;
            self.members.iter_mut().filter(|member| **member == gone.id).for_each(|member| *member = next);
        }
    }

    fn sum(&mut self) -> Money {
        Money::from_minor(self.chance.between(1, 40) * 500)
    }

    /// Somebody who was invited to it declares help to an open collection.
    async fn declare(&mut self, who: MemberId) -> Result<(), Refused> {
        let collections = store::collection::Entity::find().all(&self.place.db).await.unwrap();
        let open: Vec<(CollectionId, MemberId)> =
            collections.into_iter().filter(|one| one.ended_at.is_none()).map(|one| (one.id, one.owner_id)).collect();
        let Some((collection, owner)) = self.chance.of(&open) else { return Ok(()) };
        let sum = self.sum();
        turn(&self.place, who, async |aid| {
            if who != owner && !aid::may_see(aid, who, owner).await? {
                let invite = match store::invite::live_between(aid.tx, owner, owner).await? {
                    Some(invite) => invite,
                    None => store::invite::insert(aid.tx, &format!("token{owner}"), owner, owner, aid.now).await?,
                };
                store::invite::note_use(aid.tx, invite.id, who, aid.now).await?;
                store::acquaintance::by_invite(aid.tx, (who, owner), &invite, aid.now).await?;
            }
            aid::declare(aid, who, collection, sum).await.map(drop)
        })
        .await
    }

    /// Somebody allows clearing, or does not any more; or keeps a promise out of it.
    async fn about_clearing(&mut self, who: MemberId) -> Result<(), Refused> {
        let id = self.chance.of(&self.records.unsettled());
        let what = self.chance.below(10);
        if what > 3 {
            return self.in_return().await;
        }
        turn(&self.place, who, async |aid| match (what, id) {
            (0, _) => aid::clearing::refuse(aid, who).await,
            (1, Some(id)) => {
                let sides = store::commitment::find(aid.tx, id).await?.map(|one| one.supporter);
                aid::clearing::keep_directly(aid, sides.unwrap_or(who), id).await
            }
            (2, Some(id)) => aid::clearing::let_set_off(aid, who, id).await,
            _ => aid::clearing::allow(aid, who).await,
        })
        .await
    }

    /// Somebody who is owed something promises the other help in return, so that there is something to be set off; both allow it.
    async fn in_return(&mut self) -> Result<(), Refused> {
        let owed = self.records.all().filter(|row| row.state == "obligation" || row.state == "overdue");
        let owed: Vec<(MemberId, MemberId)> = owed.map(|row| (row.supporter_id, row.receiver_id)).collect();
        let Some((supporter, receiver)) = self.chance.of(&owed) else { return Ok(()) };
        let sum = self.sum();
        turn(&self.place, receiver, async |aid| {
            for side in [supporter, receiver] {
                store::clearing_consent::allow(aid.tx, side, aid.now).await?;
            }
            let open = store::collection::open_of(aid.tx, supporter).await?;
            if !open.iter().any(|one| one.kind == CollectionKind::Monthly) {
                aid::ask(aid, supporter, CollectionKind::Monthly, sum, None).await?;
            }
            let open = store::collection::open_of(aid.tx, supporter).await?;
            let asks = open.into_iter().find(|one| one.kind == CollectionKind::Monthly).ok_or(Refusal::Unknown)?;
            match store::commitment::live_of(aid.tx, asks.id, receiver).await? {
                Some(intention) => aid::perform(aid, receiver, intention.id, Deed::Promise).await.map(drop),
                None => aid::declare(aid, receiver, asks.id, sum).await.map(drop),
            }
        })
        .await
    }

    /// An owner, or somebody who is not, changes or ends a collection.
    async fn about_collection(&mut self, who: MemberId) -> Result<(), Refused> {
        let collections = store::collection::Entity::find().all(&self.place.db).await.unwrap();
        let any: Vec<(CollectionId, MemberId)> = collections.into_iter().map(|one| (one.id, one.owner_id)).collect();
        let Some((id, owner)) = self.chance.of(&any) else { return Ok(()) };
        let who = if self.chance.percent(90) { owner } else { who };
        let (what, sum, days) = (self.chance.below(6), self.sum(), self.chance.between(1, 31));
        let days = u32::try_from(days).unwrap();
        turn(&self.place, who, async |aid| match what {
            0 | 1 => aid::change_sum(aid, who, id, sum).await.map(drop),
            2 => aid::change_date(aid, who, id, days).await.map(drop),
            3 => aid::end(aid, who, id).await.map(drop),
            4 => aid::release(aid, who, id).await.map(drop),
            _ => match aid::tell_ring(aid, who, id, Ring::Network).await {
                Err(Refused::Rule(Refusal::Unchanged)) => aid::tell_ring(aid, who, id, Ring::Far).await.map(drop),
                told => told.map(drop),
            },
        })
        .await
    }

    /// Somebody accepts a guarantee that another offers, perhaps themselves or once more; or ends one, or none.
    async fn about_guarantee(&mut self, who: MemberId) -> Result<(), Refused> {
        let other = self.chance.of(&self.members).unwrap();
        let ends = self.chance.percent(35);
        turn(&self.place, who, async |aid| {
            if ends {
                let held = store::guarantee::of(aid.tx, who).await?;
                let with = held.first().map_or(other, |row| row.other_id);
                return aid::end_guarantee(aid, who, with).await.map(drop);
            }
            // What nobody has accepted stands there still.
            let token = match store::invite::offers(aid.tx, other, aid.now).await?.pop() {
                Some(offer) => offer.token,
                None => {
                    let id = aid::offer_guarantee(aid, other).await?;
                    aid::offer(aid, other, id).await?.token
                }
            };
            aid::accept_guarantee(aid, who, &token).await.map(drop)
        })
        .await
    }

    /// One of the two sides, or the wrong one, does something to a commitment, mostly to one that is not settled.
    async fn about_commitment(&mut self) -> Result<(), Refused> {
        let some = if self.chance.percent(10) { self.records.confirmed() } else { self.records.unsettled() };
        let Some(id) = self.chance.of(&some) else { return Ok(()) };
        let commitment = self.place.commitment(id).await;
        let part = Money::from_minor(commitment.sum.minor() * self.chance.between(1, 4) / 4);
        let sides = [commitment.supporter, commitment.receiver];
        let fitting: &[(MemberId, Deed)] = &match commitment.state {
            State::Intention => vec![
                (sides[0], Deed::Promise),
                (sides[0], Deed::Promise),
                (sides[0], Deed::FulfilNow),
                (sides[0], Deed::Change(self.sum())),
                (sides[0], Deed::Withdraw),
                (sides[1], Deed::AskToPromise),
            ],
            State::Obligation | State::Overdue => vec![
                (sides[0], Deed::Claim),
                (sides[0], Deed::Claim),
                (sides[0], Deed::ClaimPart(part)),
                (sides[0], Deed::ClaimPart(part)),
                (sides[0], Deed::Note),
                (sides[1], Deed::AskToFulfil),
                (sides[1], Deed::Forgive),
            ],
            State::Fulfilled | State::FulfilledLate => vec![(sides[1], Deed::TakeConfirmationBack)],
            _ => vec![
                (sides[1], Deed::Confirm),
                (sides[1], Deed::Confirm),
                (sides[1], Deed::Confirm),
                (sides[1], Deed::NotReceived),
                (sides[0], Deed::Remind),
                (sides[0], Deed::TakeBack),
            ],
        };
        let (who, deed) = match self.chance.below(10) {
            0 => (self.chance.of(&self.members).unwrap(), Deed::Confirm),
            1 => (sides[0], Deed::Withdraw),
            2 => {
                return turn(&self.place, sides[0], async |aid| {
                    aid::move_to_emergency(aid, sides[0], id).await.map(drop)
                })
                .await;
            }
            _ => self.chance.of(fitting).unwrap(),
        };
        turn(&self.place, who, async |aid| aid::perform(aid, who, id, deed).await.map(drop)).await
    }

    /// At the end: enough has happened, and the journal explains it all. Says how much was set off.
    pub async fn look_back(&self) -> usize {
        assert!(self.done > 800 && self.refused > 200, "{} done, {} refused", self.done, self.refused);
        self.records.are_explained(&self.place).await;
        let cleared = self.records.balances_are_kept(&self.place).await;
        self.digests.were_enough();
        assert!(self.records.left.len() > 3, "{} have left", self.records.left.len());
        trust::was_much(&self.place).await;
        let settled = pools::hold(&self.place).await;
        assert!(settled > 0, "no case of a pool has come to its end");
        initiatives::were_much(&self.place).await;
        println!("{} deeds, {} refused, {}", self.done, self.refused, self.records.summary());
        cleared
    }
}

/// A member, with an invite to their card: nobody who does nothing else for half a year is forgotten then.
async fn comes(place: &Place, name: &str) -> MemberId {
    let member = place.member(name).await;
    store::invite::insert(&place.db, &format!("token{member}"), member, member, place.clock.now()).await.unwrap();
    member
}

/// What a turn of this member does around a deed: first what ended before it came is closed.
async fn turn(
    place: &Place,
    who: MemberId,
    deed: impl AsyncFnOnce(&Work<'_>) -> Result<(), Refused>,
) -> Result<(), Refused> {
    place
        .within(async |aid| {
            aid::clearing::carry_out_for(aid, who).await?;
            aid::month::close_for(aid, who).await?;
            deed(aid).await
        })
        .await
}

//! Initiatives: how votes are collected, what the calendar does about them, and what comes of them.

use exodus::aid::initiatives::{self, Initiative};
use exodus::aid::{self, Refused};
use exodus::domain::initiative::{MOST_OPEN, Title, Words};
use exodus::domain::{CollectionId, Commitment, Deed, Ending, MemberId, Money, Refusal, State};
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::{DatabaseConnection, EntityTrait};
use tokio_util::sync::CancellationToken;

use crate::place::{Place, at};
use crate::support::database::on_each;

pub(crate) fn money(minor: i64) -> Money {
    Money::from_minor(minor)
}

pub(crate) fn rule<T: std::fmt::Debug>(done: Result<T, Refused>) -> Refusal {
    match done {
        Err(Refused::Rule(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// An initiative of the first member, which needs 100.00 until 20 November; all others hold a guarantee with them.
pub(crate) struct Well {
    pub place: Place,
    pub id: CollectionId,
    pub members: Vec<MemberId>,
}

pub(crate) async fn proposed(
    place: &Place,
    who: MemberId,
    sum: i64,
    days: u32,
) -> Result<(CollectionId, usize), Refused> {
    let (title, words) = (Title::read("A well").unwrap(), Words::read("Water for all").unwrap());
    place.within(async |aid| initiatives::propose(aid, who, (&title, &words), money(sum), days).await).await
}

impl Well {
    pub async fn of(db: DatabaseConnection, others: usize) -> Well {
        let place = Place::new(db);
        place.ensure().await;
        let mut members = Vec::new();
        for number in 0..=others {
            members.push(place.member(&format!("Member {number}")).await);
        }
        for other in &members[1..] {
            store::guarantee::make(&place.db, (members[0], *other), place.clock.now()).await.unwrap();
        }
        let (id, told) = proposed(&place, members[0], 10_000, 10).await.unwrap();
        assert_eq!(told, others, "all who are connected hear of it");
        Well { place, id, members }
    }

    pub async fn votes(&self, who: usize, sum: i64) -> Result<Commitment, Refused> {
        let (who, id) = (self.members[who], self.id);
        self.place.within(async |aid| aid::declare(aid, who, id, money(sum)).await).await
    }

    pub async fn does(&self, who: usize, to: &Commitment, deed: Deed) -> Result<Commitment, Refused> {
        let who = self.members[who];
        self.place.within(async |aid| aid::perform(aid, who, to.id, deed).await).await
    }

    pub async fn seen(&self, who: usize) -> Result<Initiative, Refused> {
        let (who, id) = (self.members[who], self.id);
        self.place.within(async |aid| initiatives::seen(aid, who, None, id).await).await
    }

    pub async fn ending(&self) -> Option<Ending> {
        store::collection::find(&self.place.db, self.id).await.unwrap().unwrap().ended
    }

    pub async fn reached(&self) -> bool {
        store::collection::find(&self.place.db, self.id).await.unwrap().unwrap().reached_at.is_some()
    }

    pub async fn state(&self, vote: &Commitment) -> State {
        self.place.state(vote.id).await.0
    }

    /// How often each member was told of this kind.
    pub async fn told(&self, kind: &str) -> Vec<usize> {
        let told = self.place.told().await;
        let count = |member: &MemberId| told.iter().filter(|(to, what)| to == member && what == kind).count();
        self.members.iter().map(count).collect()
    }

    pub async fn lowers(&self, who: usize, to: i64) -> Result<usize, Refused> {
        let (who, id) = (self.members[who], self.id);
        self.place.within(async |aid| initiatives::lower_sum(aid, who, id, money(to)).await).await
    }

    pub async fn prolongs(&self, who: usize, days: u32) -> Result<usize, Refused> {
        let (who, id) = (self.members[who], self.id);
        self.place.within(async |aid| initiatives::prolong(aid, who, id, days).await).await
    }

    pub async fn cancels(&self, who: usize) -> Result<usize, Refused> {
        let (who, id) = (self.members[who], self.id);
        self.place.within(async |aid| initiatives::cancel(aid, who, id).await).await
    }
}

#[tokio::test]
async fn when_the_votes_reach_the_sum_all_voters_are_asked_to_promise_within_seven_days() {
    on_each(async |db, _| {
        let well = Well::of(db, 4).await;
        let place = &well.place;
        assert_eq!(well.told("notice-initiative-proposed").await, [0, 1, 1, 1, 1]);
        let (one, two) = (well.votes(1, 6_000).await.unwrap(), well.votes(2, 3_000).await.unwrap());
        assert_eq!(well.told("notice-initiative-vote").await, [2, 0, 0, 0, 0]);
        assert_eq!(rule(well.does(1, &one, Deed::Promise).await), Refusal::NotReached);
        assert_eq!(rule(well.does(0, &one, Deed::AskToPromise).await), Refusal::NotReached);
        let three = well.votes(3, 1_000).await.unwrap();
        assert!(!well.reached().await, "a moment later it is looked at");
        place.pass_at("2026-11-10T12:01:00Z").await;
        assert!(well.reached().await);
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1, 1, 1, 0]);
        assert_eq!(well.told("notice-initiative-reached-mine").await, [1, 0, 0, 0, 0]);
        assert_eq!(well.seen(4).await.unwrap().days_left, Some(7));
        well.does(1, &one, Deed::Promise).await.unwrap();
        // Whoever comes later votes and promises too.
        let four = well.votes(4, 500).await.unwrap();
        well.does(4, &four, Deed::Promise).await.unwrap();
        place.pass_at("2026-11-15T08:59:00Z").await;
        assert_eq!(well.told("notice-initiative-remind").await, [0; 5]);
        place.pass_at("2026-11-15T09:00:00Z").await;
        assert_eq!(well.told("notice-initiative-remind").await, [0, 0, 1, 1, 0]);
        well.does(2, &two, Deed::Withdraw).await.unwrap();
        // The date until which votes were collected has no meaning any more.
        place.pass_at("2026-11-17T23:59:00Z").await;
        assert_eq!(well.ending().await, None);
        place.pass_at("2026-11-18T00:00:00Z").await;
        assert_eq!(well.ending().await, Some(Ending::Reached));
        assert_eq!(well.told("notice-initiative-unpromised").await, [0, 0, 0, 1, 0]);
        assert_eq!(well.told("notice-initiative-promised").await, [0, 1, 0, 0, 1]);
        assert_eq!(well.told("notice-initiative-promised-mine").await, [1, 0, 0, 0, 0]);
        assert_eq!(well.state(&three).await, State::Cancelled);
        // From here on it is an obligation like any other.
        well.does(1, &one, Deed::ClaimPart(money(2_000))).await.unwrap();
        place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!((well.state(&one).await, well.state(&four).await), (State::Overdue, State::Overdue));
        well.does(0, &four, Deed::Forgive).await.unwrap();
        well.does(1, &one, Deed::Claim).await.unwrap();
        well.does(0, &one, Deed::Confirm).await.unwrap();
        assert_eq!(well.state(&one).await, State::FulfilledLate);
        assert_eq!(place.pass().await.steps, 0, "what was done is done");
    })
    .await;
}

#[tokio::test]
async fn a_vote_that_is_withdrawn_at_once_asks_nobody_to_promise() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let one = well.votes(1, 10_000).await.unwrap();
        well.place.set("2026-11-10T12:00:01Z");
        well.does(1, &one, Deed::Withdraw).await.unwrap();
        well.place.pass_at("2026-11-10T12:05:00Z").await;
        assert!(!well.reached().await);
        // A sum that was changed is looked at like one that was declared.
        let two = well.votes(2, 100).await.unwrap();
        well.does(2, &two, Deed::Change(money(20_000))).await.unwrap();
        well.place.pass_at("2026-11-10T12:05:30Z").await;
        assert!(!well.reached().await);
        well.does(2, &two, Deed::Change(money(9_999))).await.unwrap();
        well.place.pass_at("2026-11-10T12:10:00Z").await;
        assert!(!well.reached().await);
        well.does(2, &two, Deed::Change(money(10_000))).await.unwrap();
        well.place.pass_at("2026-11-10T12:11:00Z").await;
        assert!(well.reached().await);
        assert_eq!(well.told("notice-initiative-reached").await, [0, 0, 1]);
        // Now it stays so, whoever withdraws: the others have been asked.
        well.does(2, &two, Deed::Withdraw).await.unwrap();
        well.place.pass_at("2026-11-18T00:00:00Z").await;
        assert_eq!(well.ending().await, Some(Ending::Reached));
        assert_eq!(well.told("notice-initiative-nobody-mine").await, [1, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn one_that_does_not_get_its_votes_in_time_was_not_wanted() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let vote = well.votes(1, 9_999).await.unwrap();
        well.place.pass_at("2026-11-20T23:59:00Z").await;
        assert_eq!((well.ending().await, well.state(&vote).await), (None, State::Intention));
        well.place.pass_at("2026-11-21T00:00:00Z").await;
        assert_eq!((well.ending().await, well.state(&vote).await), (Some(Ending::Expired), State::Cancelled));
        assert_eq!(well.told("notice-initiative-not-reached").await, [0, 1, 0]);
        assert_eq!(well.told("notice-initiative-not-reached-mine").await, [1, 0, 0]);
        assert_eq!(rule(well.votes(2, 1).await), Refusal::Ended);
        // What was voted is to be seen in the archive.
        let seen = well.seen(1).await.unwrap();
        assert_eq!((seen.voted, seen.voters), (money(9_999), 1));
        let over = async |who: usize| {
            let who = well.members[who];
            let slice = store::Slice { skip: 0, take: 8 };
            well.place.within(async |aid| initiatives::over(aid, who, slice).await.unwrap()).await
        };
        assert_eq!(over(1).await.iter().map(|one| (one.id, one.voted)).collect::<Vec<_>>(), [(well.id, money(9_999))]);
        assert_eq!(
            (over(0).await.len(), over(2).await.len()),
            (1, 0),
            "in the archives of those who had to do with it"
        );
    })
    .await;
}

#[tokio::test]
async fn votes_of_the_last_moment_count() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        well.place.set("2026-11-20T23:59:50Z");
        well.votes(1, 10_000).await.unwrap();
        well.place.pass_at("2026-11-21T00:00:00Z").await;
        assert_eq!((well.reached().await, well.ending().await), (true, None));
        well.place.pass_at("2026-11-21T00:10:00Z").await;
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1], "and nobody is asked twice");
    })
    .await;
}

#[tokio::test]
async fn a_month_s_end_passes_over_an_open_one() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        assert_eq!(well.prolongs(0, 60).await.unwrap(), 0);
        let (one, two) = (well.votes(1, 4_000).await.unwrap(), well.votes(2, 5_000).await.unwrap());
        well.place.pass_at("2026-12-01T00:00:00Z").await;
        assert_eq!(well.place.state(one.id).await, (State::Intention, 202_612));
        well.place.set("2026-12-29T12:00:00Z");
        well.does(2, &two, Deed::Change(money(6_000))).await.unwrap();
        well.place.pass_at("2026-12-29T12:01:00Z").await;
        well.does(1, &one, Deed::Promise).await.unwrap();
        // The days to promise go on over the month's end, and nothing is overdue before they are over.
        well.place.pass_at("2027-01-01T00:00:00Z").await;
        assert_eq!(well.place.state(one.id).await, (State::Obligation, 202_701));
        assert_eq!(well.place.state(two.id).await, (State::Intention, 202_701));
        for nothing in ["notice-month", "notice-overdue", "notice-settle", "notice-remind-monthly"] {
            assert_eq!(well.told(nothing).await, [0; 3], "{nothing}");
        }
    })
    .await;
}

#[tokio::test]
async fn its_initiator_lowers_prolongs_and_cancels_and_nobody_else() {
    on_each(async |db, _| {
        let well = Well::of(db, 3).await;
        let one = well.votes(1, 4_000).await.unwrap();
        for refused in [well.lowers(1, 5_000).await, well.prolongs(1, 30).await, well.cancels(1).await] {
            assert_eq!(rule(refused), Refusal::Unknown);
        }
        assert_eq!(rule(well.prolongs(0, 10).await), Refusal::NotLater);
        assert_eq!(well.prolongs(0, 30).await.unwrap(), 1);
        assert_eq!(rule(well.prolongs(0, 60).await), Refusal::Prolonged);
        well.place.pass_at("2026-11-21T00:00:00Z").await;
        assert_eq!(well.ending().await, None);
        assert_eq!(rule(well.lowers(0, 10_000).await), Refusal::NotLower);
        // By this it has its votes.
        assert_eq!(well.lowers(0, 4_000).await.unwrap(), 1);
        well.place.pass_at("2026-11-21T00:01:00Z").await;
        assert!(well.reached().await);
        assert_eq!(rule(well.lowers(0, 1_000).await), Refusal::ReachedAlready);
        well.does(1, &one, Deed::Promise).await.unwrap();
        let two = well.votes(2, 700).await.unwrap();
        assert_eq!(well.cancels(0).await.unwrap(), 2);
        assert_eq!(rule(well.cancels(0).await), Refusal::Ended);
        assert_eq!((well.state(&one).await, well.state(&two).await), (State::Obligation, State::Cancelled));
        assert_eq!(well.told("notice-initiative-cancelled").await, [0, 0, 1, 0]);
        assert_eq!(well.told("notice-initiative-cancelled-promised").await, [0, 1, 0, 0]);
        // What was promised stands, until they forgive it.
        let (anna, id) = (well.members[0], well.id);
        let released = well.place.within(async |aid| aid::release(aid, anna, id).await.unwrap()).await;
        assert_eq!((released, well.state(&one).await), (1, State::Forgiven));
        // What was voted until then is in the archive as it was.
        assert_eq!(well.seen(1).await.unwrap().voted, money(4_700));
        well.place.pass_at("2027-02-01T00:00:00Z").await;
        assert_eq!(well.ending().await, Some(Ending::Ended), "nothing more is done about it");
    })
    .await;
}

#[tokio::test]
async fn news_go_to_its_voters_once_a_day() {
    on_each(async |db, _| {
        let well = Well::of(db, 3).await;
        let (anna, boris, id) = (well.members[0], well.members[1], well.id);
        let tells = async |who: MemberId| {
            let words = Words::read("We have found a place.").unwrap();
            well.place.within(async |aid| initiatives::tell_voters(aid, who, id, &words).await).await
        };
        assert_eq!(rule(tells(boris).await), Refusal::Unknown);
        well.votes(1, 1_000).await.unwrap();
        well.votes(2, 1_000).await.unwrap();
        assert_eq!(tells(anna).await.unwrap(), 2);
        well.place.set("2026-11-11T11:59:59Z");
        assert_eq!(rule(tells(anna).await), Refusal::TooSoon { again_at: at("2026-11-11T12:00:00Z") });
        well.place.set("2026-11-11T12:00:00Z");
        tells(anna).await.unwrap();
        assert_eq!(well.seen(3).await.unwrap().news.as_deref(), Some("We have found a place."));
        // News of what one supports are in the daily message.
        assert_eq!(well.told("notice-initiative-news").await, [0; 4]);
        well.place.pass_at("2026-11-11T20:00:00Z").await;
        assert_eq!(well.told("notice-daily").await, [0, 1, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn when_its_initiator_leaves_it_is_over_and_nothing_is_left_of_its_words() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        let place = &well.place;
        let (one, two) = (well.votes(1, 9_000).await.unwrap(), well.votes(2, 1_000).await.unwrap());
        place.pass_at("2026-11-10T12:01:00Z").await;
        well.does(1, &one, Deed::Promise).await.unwrap();
        let anna = well.members[0];
        place.within(async |aid| aid::leave(aid, anna).await.unwrap()).await;
        assert_eq!(well.ending().await, Some(Ending::Left));
        assert_eq!((well.state(&one).await, well.state(&two).await), (State::Cancelled, State::Cancelled));
        assert_eq!(well.told("notice-initiator-left").await, [0, 1, 1]);
        assert!(store::initiative::Entity::find().all(&place.db).await.unwrap().is_empty());
        assert_eq!(rule(well.seen(1).await), Refusal::Unknown);
        place.pass_at("2027-02-01T00:00:00Z").await;
        assert_eq!(well.told("notice-initiative-unpromised").await, [0; 3]);
    })
    .await;
}

#[tokio::test]
async fn when_a_voter_leaves_their_vote_counts_no_more() {
    on_each(async |db, _| {
        let well = Well::of(db, 2).await;
        well.votes(1, 9_000).await.unwrap();
        well.votes(2, 1_000).await.unwrap();
        let boris = well.members[1];
        well.place.within(async |aid| aid::leave(aid, boris).await.unwrap()).await;
        well.place.pass_at("2026-11-10T12:10:00Z").await;
        assert!(!well.reached().await);
        let seen = well.seen(2).await.unwrap();
        assert_eq!((seen.voted, seen.voters), (money(1_000), 1));
    })
    .await;
}

#[tokio::test]
async fn it_is_no_status_and_no_request_for_help() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        let (anna, boris, id) = (well.members[0], well.members[1], well.id);
        well.votes(1, 1_000).await.unwrap();
        well.place
            .within(async |aid| {
                let (status, open) = aid::standing_of(aid, anna).await.unwrap();
                assert_eq!((status.as_str(), open.len()), ("green", 0));
                assert!(!aid::is_in_need(aid, anna).await.unwrap());
                assert_eq!(rule(aid::end(aid, anna, id).await.map(drop)), Refusal::Unknown);
                assert_eq!(rule(aid::change_sum(aid, anna, id, money(1)).await), Refusal::Unknown);
                assert_eq!(rule(aid::asked(aid, boris, id).await.map(drop)), Refusal::Unknown);
            })
            .await;
        // An emergency neither takes votes nor is hindered by them.
        well.place.emergency(anna, 7).await;
        assert_eq!(well.told("notice-move-to-emergency").await, [0, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_member_has_a_few_open_at_a_time() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        let (anna, place) = (well.members[0], &well.place);
        for days in [0, 181] {
            assert_eq!(rule(proposed(place, anna, 100, days).await), Refusal::Days);
        }
        assert_eq!(rule(proposed(place, anna, 0, 1).await), Refusal::NotPositive);
        for _ in 1..MOST_OPEN {
            proposed(place, anna, 100, 180).await.unwrap();
        }
        assert_eq!(rule(proposed(place, anna, 100, 180).await), Refusal::TooManyInitiatives);
        well.cancels(0).await.unwrap();
        proposed(place, anna, 100, 180).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn strangers_neither_see_it_nor_vote() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        let (stranger, id) = (well.place.member("Mallory").await, well.id);
        well.place
            .within(async |aid| {
                assert_eq!(rule(initiatives::seen(aid, stranger, None, id).await), Refusal::Unknown);
                assert_eq!(rule(aid::declare(aid, stranger, id, money(1)).await), Refusal::Unknown);
                assert_eq!(initiatives::count_open(aid, stranger, None).await.unwrap(), 0);
            })
            .await;
        assert_eq!(rule(well.votes(0, 100).await), Refusal::SelfHelp);
        well.votes(1, 100).await.unwrap();
        assert_eq!(rule(well.votes(1, 100).await), Refusal::AlreadyHelping);
    })
    .await;
}

#[tokio::test]
async fn in_another_time_zone_its_days_are_others() {
    on_each(async |db, _| {
        let well = Well::of(db, 1).await;
        let moved = well.place.clone().in_zone("Asia/Tokyo".parse().unwrap());
        moved.ensure().await;
        moved.pass_at("2026-11-20T14:59:00Z").await;
        assert_eq!(well.ending().await, None);
        moved.pass_at("2026-11-20T15:00:00Z").await;
        assert_eq!(well.ending().await, Some(Ending::Expired));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_ask_the_voters_once() {
    on_each(async |db, url| {
        let well = Well::of(db, 3).await;
        well.votes(1, 10_000).await.unwrap();
        well.votes(2, 10_000).await.unwrap();
        let other = well.place.beside(&url).await;
        well.place.set("2026-11-10T12:02:00Z");
        let stop = CancellationToken::new();
        let (one, two) = (well.place.scheduler(), other.scheduler());
        let (one, two) = tokio::join!(one.catch_up(&stop), two.catch_up(&stop));
        one.unwrap();
        two.unwrap();
        assert_eq!(well.told("notice-initiative-reached").await, [0, 1, 1, 0]);
        other.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_is_withdrawn_as_the_sum_is_reached_is_asked_or_counts_no_more() {
    for _ in 0..8 {
        on_each(async |db, url| {
            let well = Well::of(db, 1).await;
            let vote = well.votes(1, 10_000).await.unwrap();
            let other = well.place.beside(&url).await;
            well.place.set("2026-11-10T12:02:00Z");
            let stop = CancellationToken::new();
            let scheduler = other.scheduler();
            let (passed, withdrawn) = tokio::join!(scheduler.catch_up(&stop), well.does(1, &vote, Deed::Withdraw));
            passed.unwrap();
            withdrawn.unwrap();
            assert_eq!(well.state(&vote).await, State::Withdrawn);
            // Whoever came first: they were asked before they withdrew, or not at all.
            let asked = well.told("notice-initiative-reached").await[1];
            assert_eq!(well.reached().await, asked == 1);
            other.db.close().await.unwrap();
        })
        .await;
    }
}

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use sea_orm::DbErr;
use tokio::sync::{Notify, watch};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::backoff::backoff;
use super::pace::Gate;
use super::post::{Fate, Made, Office, Post};
use crate::conversation::{Fault, Messenger, Tries, Waiting};
use crate::id::PersonId;
use crate::store::outbox::{Claimed, TO_ALL, Urgency, Wanted};
use crate::store::{self, Trouble};

/// How many recipients are written to at the same time, and how many of them may be told what goes to all.
const AT_ONCE: usize = 16;
const AT_ONCE_TO_ALL: usize = 12;

/// So many notices of the moment go out before one that goes to all, however many of them wait: with more to tell than
/// can be told, it would otherwise become too old.
const BEFORE_ONE_TO_ALL: usize = 16;

/// How long a row is a worker's own. Longer than a messenger may take over a letter, so that nobody takes up what is
/// still being sent; and short, because what a worker that died had in hand waits for its end.
const LEASE: TimeDelta = TimeDelta::seconds(20);

/// How often it is looked for what has become due, when nothing rings.
const EVERY: Duration = Duration::from_secs(1);

/// What a piece of work came to.
enum Outcome {
    /// These rows are ours now; all that we asked for: there may be more.
    Claimed { rows: Vec<(Claimed, Made)>, all: bool },
    /// A row is done with.
    Delivered { to_all: bool, fate: Fate },
}

/// What is over.
enum Over {
    /// So many letters count no more against the pace, so many of them to all.
    Rest { letters: usize, to_all: usize },
    /// This person may be written to again.
    Chat(PersonId),
}

type Work<'a> = FuturesUnordered<BoxFuture<'a, Result<Outcome, DbErr>>>;

/// What one process sends through one messenger.
pub(super) struct Line<'a> {
    post: Arc<Post<'a>>,
    gate: Gate,
    /// How many processes share the messenger's pace.
    peers: watch::Receiver<u32>,
    /// Who was written to so short a time ago that they are not written to now.
    just_told: HashSet<PersonId>,
    rests: FuturesUnordered<BoxFuture<'a, Over>>,
    bell: Arc<Notify>,
    /// There may be something to claim.
    look: bool,
    /// There may be more than the pace had room for.
    more: bool,
    claiming: bool,
    sending: usize,
    sending_to_all: usize,
    /// How many notices of the moment were claimed since the last one that goes to all.
    since_to_all: usize,
    /// How often in a row the database did not answer.
    troubles: u32,
}

impl<'a> Line<'a> {
    pub fn new(office: &'a Office, messenger: &'a dyn Messenger, peers: watch::Receiver<u32>) -> Line<'a> {
        Line {
            post: Arc::new(Post::new(office, messenger)),
            gate: Gate::new(messenger.pace()),
            peers,
            just_told: HashSet::new(),
            rests: FuturesUnordered::new(),
            bell: Arc::default(),
            look: true,
            more: false,
            claiming: false,
            sending: 0,
            sending_to_all: 0,
            since_to_all: 0,
            troubles: 0,
        }
    }

    /// Wakes the line.
    pub fn bell(&self) -> Arc<Notify> {
        self.bell.clone()
    }

    /// Sends all that is due, and says how many rows went out.
    pub async fn until_idle(&mut self) -> Result<usize, DbErr> {
        self.work(true, &CancellationToken::new()).await
    }

    /// Sends what is due until `stop`, however often the database does not answer.
    pub async fn run(&mut self, stop: &CancellationToken) {
        while let Err(error) = self.work(false, stop).await {
            self.troubles += 1;
            self.post.office.meters.database_error("outbox");
            let (waits, messenger) = (&self.post.office.waits, self.post.messenger.name());
            if Trouble::of(&error) != Trouble::Broken {
                waits.begin(Waiting::Notices(messenger), &error);
            } else if self.troubles == 1 {
                tracing::error!(%error, messenger, "the outbox broke off, and is tried again");
            }
            stop.run_until_cancelled(waits.rest(backoff(self.troubles))).await;
            self.look = true;
        }
    }

    /// Claims and sends, side by side: claiming is work like the rest, because whoever waits for the database while
    /// the others are not polled may wait for a connection that one of them was just given. So no work that has begun is
    /// dropped before its end either.
    async fn work(&mut self, until_idle: bool, stop: &CancellationToken) -> Result<usize, DbErr> {
        let mut work = Work::new();
        let (mut sent, mut trouble) = (0, None);
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let bell = self.bell.clone();
        loop {
            let ends = trouble.is_some() || stop.is_cancelled();
            if !ends {
                self.claim(&mut work);
            }
            let idle = until_idle && self.rests.is_empty() && !(self.look && self.post.messenger.ready());
            if work.is_empty() && (ends || idle) {
                return trouble.map_or(Ok(sent), Err);
            }
            tokio::select! {
                biased;
                Some(came) = work.next() => match came {
                    Ok(Outcome::Claimed { rows, all }) => self.send(rows, all, &mut work),
                    Ok(Outcome::Delivered { to_all, fate }) => {
                        self.sending -= 1;
                        self.sending_to_all -= usize::from(to_all);
                        sent += usize::from(fate == Fate::WentOut);
                        if fate == Fate::Untried {
                            self.gate.unspent(to_all);
                        }
                        // Whatever became of it, its recipient's next row may go now.
                        self.look = true;
                    }
                    // Nothing more is begun, so it does not matter which of them it was.
                    Err(error) => trouble = Some(error),
                },
                Some(over) = self.rests.next() => self.over(over),
                _ = ticks.tick(), if !until_idle && !ends => self.look = true,
                () = bell.notified(), if !until_idle && !ends => self.look = true,
                () = stop.cancelled(), if !ends => {}
            }
            if trouble.is_some() && work.is_empty() {
                // What was in hand is left to its lease.
                (self.claiming, self.sending, self.sending_to_all) = (false, 0, 0);
            }
        }
    }

    /// Looks for rows to send, if there is room for them.
    fn claim(&mut self, work: &mut Work<'a>) {
        self.gate.share_with(*self.peers.borrow());
        let (free, free_to_all) = self.gate.room();
        let room = free.min((AT_ONCE - self.sending) as u64);
        let to_all = free_to_all.min(AT_ONCE_TO_ALL.saturating_sub(self.sending_to_all) as u64);
        if room == 0 || !self.look || self.claiming || !self.post.messenger.ready() {
            return;
        }
        (self.look, self.claiming) = (false, true);
        let not_to = self.just_told.iter().copied().collect();
        work.push(claim(self.post.clone(), room, self.order(room, to_all), not_to).boxed());
    }

    /// What to claim first, second and last, and how many rows of each at most.
    fn order(&self, room: u64, to_all: u64) -> [(Urgency, u64); 3] {
        if self.since_to_all >= BEFORE_ONE_TO_ALL && to_all > 0 {
            [(Urgency::ToAll, 1), (Urgency::Asks, room), (Urgency::Tells, room)]
        } else {
            [(Urgency::Asks, room), (Urgency::Tells, room), (Urgency::ToAll, to_all)]
        }
    }

    fn send(&mut self, rows: Vec<(Claimed, Made)>, all: bool, work: &mut Work<'a>) {
        if self.troubles > 0 {
            self.post.office.waits.end(&Waiting::Notices(self.post.messenger.name()));
        }
        (self.claiming, self.troubles, self.more) = (false, 0, all);
        self.look |= all && !rows.is_empty();
        let to_all = rows.iter().filter(|(row, _)| is_to_all(row)).count();
        self.rest(rows.len(), to_all);
        self.since_to_all = if to_all > 0 { 0 } else { self.since_to_all + rows.len() };
        self.sending += rows.len();
        self.sending_to_all += to_all;
        let messenger = self.post.messenger;
        for (row, page) in rows {
            let (post, person) = (self.post.clone(), row.recipient_id);
            let in_chat = if row.is_for_a_group() { messenger.pace_in_groups() } else { messenger.pace().in_chat };
            if !in_chat.is_zero() && self.just_told.insert(person) {
                self.rests.push(tokio::time::sleep(in_chat).map(move |()| Over::Chat(person)).boxed());
            }
            let sent = async move {
                Ok(Outcome::Delivered { to_all: is_to_all(&row), fate: post.deliver(&row, page).await? })
            };
            work.push(sent.boxed());
        }
    }

    /// These letters count against the pace for a while.
    fn rest(&mut self, letters: usize, to_all: usize) {
        let rest = self.gate.rest();
        if letters == 0 || rest.is_zero() {
            return;
        }
        self.gate.take(letters, to_all);
        self.rests.push(tokio::time::sleep(rest).map(move |()| Over::Rest { letters, to_all }).boxed());
    }

    fn over(&mut self, over: Over) {
        match over {
            Over::Rest { letters, to_all } => {
                self.gate.give_back(letters, to_all);
                self.look |= self.more;
            }
            Over::Chat(person) => {
                self.just_told.remove(&person);
                // While others are being written to, it is looked often enough.
                self.look |= self.just_told.is_empty();
            }
        }
    }
}

fn is_to_all(row: &Claimed) -> bool {
    row.priority >= TO_ALL
}

/// Claims up to `room` rows in this order, and no more of each urgency than it says.
async fn claim(
    post: Arc<Post<'_>>,
    room: u64,
    order: [(Urgency, u64); 3],
    mut not_to: Vec<PersonId>,
) -> Result<Outcome, DbErr> {
    post.note_what_went_out().await?;
    let mut rows: Vec<Claimed> = Vec::new();
    let mut all = false;
    let kinds = post.office.teller.kinds();
    for (urgency, most) in order {
        let limit = most.min(room - rows.len() as u64);
        if limit == 0 {
            all = true;
            break;
        }
        let now = post.office.clock.now();
        let wanted = Wanted { messenger: post.messenger.name(), urgency, limit, kinds: &kinds, not_to: &not_to };
        let claimed = claim_one_of(&post, wanted, now).await?;
        all |= claimed.len() as u64 == limit;
        not_to.extend(claimed.iter().map(|row| row.recipient_id));
        rows.extend(claimed);
    }
    let pages = if rows.is_empty() { Vec::new() } else { post.pages(&rows).await? };
    Ok(Outcome::Claimed { rows: rows.into_iter().zip(pages).collect(), all })
}

/// Where a server takes each statement for a transaction that must not meet another, it is simply asked again.
async fn claim_one_of(post: &Post<'_>, wanted: Wanted<'_>, now: DateTime<Utc>) -> Result<Vec<Claimed>, DbErr> {
    let mut tries = Tries::of(post.messenger.name());
    loop {
        match store::outbox::claim(&post.office.db, wanted, now, now + LEASE).await {
            Err(error) if Trouble::of(&error) == Trouble::Raced => {
                if tries.once_more(Fault::Raced).await.is_err() {
                    return Err(error);
                }
            }
            claimed => return claimed,
        }
    }
}

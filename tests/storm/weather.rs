//! When the bot is killed, and what its clock says when it comes back.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;

use crate::chance::Chance;
use crate::program::Program;

/// The month's end that it is about.
const MIDNIGHT: &str = "2031-04-01T00:00:00Z";

/// How much time passes between two lives.
const BETWEEN_LIVES: TimeDelta = TimeDelta::minutes(80);

/// How long before midnight the bot comes to life in which the month ends.
const EVE: i64 = 3;

/// So many short lives follow that one, so that it is killed while it closes the month, or just after.
const SHORT_LIVES: usize = 8;

pub fn midnight() -> DateTime<Utc> {
    MIDNIGHT.parse().unwrap()
}

/// The life in which the month ends: so late that by then some help was promised, done and confirmed.
fn eve(kills: usize) -> usize {
    kills * 2 / 3
}

/// By how much the bot's clock is moved.
pub struct Weather {
    kills: usize,
    /// A third of the lives is long: signing in to Matrix takes as long as some of the others.
    long_lives: bool,
    moved_by: i64,
    chance: Chance,
}

impl Weather {
    pub fn new(kills: usize, long_lives: bool, chance: Chance) -> Weather {
        let begin = midnight() - BETWEEN_LIVES * i32::try_from(eve(kills)).unwrap();
        Weather { kills, long_lives, moved_by: (begin - SystemClock.now()).num_seconds(), chance }
    }

    pub fn moved_by(&self) -> i64 {
        self.moved_by
    }

    /// What the bot's clock says now.
    pub fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.moved_by)
    }

    /// Kills and starts again. The month does not end before `enough` has been done in it, and no hours pass before
    /// what waits at that time is `young`.
    pub async fn rages(&mut self, program: &mut Program, enough: impl AsyncFn(), young: impl AsyncFn(DateTime<Utc>)) {
        for life in 0..self.kills {
            tokio::time::sleep(self.length(life)).await;
            if life + 1 == eve(self.kills) {
                enough().await;
            }
            young(self.now()).await;
            self.moves_the_clock(life + 1);
            program.dies_and_starts_again(self.moved_by);
        }
    }

    fn length(&mut self, life: usize) -> Duration {
        let eve = eve(self.kills);
        match life {
            // Midnight comes while it is at work.
            _ if life == eve => self.chance.millis(EVE as u64 * 1000 - 200, EVE as u64 * 1000 + 900),
            _ if (eve + 1..=eve + SHORT_LIVES).contains(&life) => self.chance.millis(50, 900),
            _ if self.long_lives && self.chance.percent(33) => self.chance.millis(3000, 7000),
            // Now and then it is left in peace a little longer.
            _ if self.chance.percent(10) => self.chance.millis(2000, 4000),
            _ => self.chance.millis(50, 2500),
        }
    }

    /// Some hours pass between two lives; none while the month ends.
    fn moves_the_clock(&mut self, life: usize) {
        let eve = eve(self.kills);
        let lives = |count: usize| BETWEEN_LIVES * i32::try_from(count).unwrap();
        let then = match life {
            _ if life < eve => midnight() - lives(eve - life),
            _ if life == eve => midnight() - TimeDelta::seconds(EVE),
            _ if life <= eve + SHORT_LIVES => return,
            _ => midnight() + lives(life - eve - SHORT_LIVES),
        };
        self.moved_by = self.moved_by.max((then - SystemClock.now()).num_seconds());
    }
}

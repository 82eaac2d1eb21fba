//! What everybody can be shown, whatever they do: every page in every language and as every kind of messenger shows it,
//! every notice, the answers to bad input, and what two at once or a sudden end leave behind.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that breaks off has said what it had to"
)]

mod support;

#[path = "pages/adds_up.rs"]
mod adds_up;
#[path = "pages/administration.rs"]
mod administration;
#[path = "pages/book.rs"]
mod book;
#[path = "pages/by_invite.rs"]
mod by_invite;
#[path = "pages/chain.rs"]
mod chain;
#[path = "store/community.rs"]
#[allow(dead_code, reason = "the pages need a part of it")]
mod community;
#[path = "pages/crawler.rs"]
mod crawler;
#[path = "pages/digests.rs"]
mod digests;
#[path = "pages/early.rs"]
mod early;
#[path = "pages/everybody.rs"]
mod everybody;
#[path = "pages/faults.rs"]
mod faults;
#[path = "pages/forged.rs"]
mod forged;
#[path = "support/forged.rs"]
mod forged_presses;
#[path = "pages/group_card.rs"]
mod group_card;
#[path = "pages/guarantees.rs"]
mod guarantees;
#[path = "pages/heard.rs"]
mod heard;
#[path = "pages/house.rs"]
mod house;
#[path = "pages/in_vain.rs"]
mod in_vain;
#[path = "pages/initiative.rs"]
mod initiative;
#[path = "pages/input.rs"]
mod input;
#[path = "pages/leaving.rs"]
mod leaving;
#[path = "pages/limits.rs"]
mod limits;
#[path = "pages/linking.rs"]
mod linking;
#[path = "pages/lost.rs"]
mod lost;
#[path = "pages/my_data.rs"]
mod my_data;
#[path = "pages/named.rs"]
mod named;
#[path = "pages/namesakes.rs"]
mod namesakes;
#[path = "pages/notices.rs"]
mod notices;
#[path = "pages/once.rs"]
mod once;
#[path = "pages/other_release.rs"]
mod other_release;
#[path = "pages/places.rs"]
mod places;
#[path = "pages/pool.rs"]
mod pool;
#[path = "pages/profile.rs"]
mod profile;
#[path = "pages/programs.rs"]
mod programs;
#[path = "pages/races.rs"]
mod races;
#[path = "pages/replies.rs"]
mod replies;
#[path = "pages/restored.rs"]
mod restored;
#[path = "pages/scenes.rs"]
mod scenes;
#[path = "pages/snapshots.rs"]
mod snapshots;
#[path = "pages/steps.rs"]
mod steps;
#[path = "pages/strangers.rs"]
mod strangers;
#[path = "pages/threads.rs"]
mod threads;
#[path = "pages/unfinished.rs"]
mod unfinished;
#[path = "pages/votes_offered.rs"]
mod votes_offered;
#[path = "pages/who_sees.rs"]
mod who_sees;
#[path = "pages/who_sees_by_programs.rs"]
mod who_sees_by_programs;
#[path = "pages/who_sees_in_pictures.rs"]
mod who_sees_in_pictures;
#[path = "pages/who_sees_pools.rs"]
mod who_sees_pools;

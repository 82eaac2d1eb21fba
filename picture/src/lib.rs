//! Draws a network of people: who is in it, how they are, and who helps whom.
//!
//! [`Network`] says what there is to draw. [`Network::draw`] gives each member a place, so that no name lies on another one,
//! and makes a [`Drawing`] of it; the same network always gives the same drawing. A drawing is written down as SVG, in which
//! each dot and each arrow has a title ([`Drawing::svg`]), or painted as PNG ([`Drawing::png`]).
//!
//! It knows nothing of where members come from, of who may see what, or of languages: all words are given to it.
//!
//! What people are called is theirs to say. Here it is text and nothing else: it is cleaned, cut where it is too long, and
//! escaped where it is written down.

mod arrows;
mod drawing;
mod font;
mod frame;
mod ink;
mod layout;
mod legend;
mod network;
mod place;
mod png;
mod signs;
mod svg;
mod words;

pub use drawing::Drawing;
pub use network::{Circle, Help, Member, NAMED, Network, Status, Tie, Words, shares};
pub use png::{Unpainted, WIDTH};

//! Where everybody stands: in rings round the middle, so that nobody's words lie on another's.
//!
//! A ring has one or more orbits. On each of them, places are the closer the less room words need there: at the sides of a ring
//! they stand one below the other, above and below beside each other. Of several ways that keep all words apart, the one that
//! takes least room counts.

use std::f32::consts::{PI, TAU};

use super::drawing::Point;
use super::place::{Need, Room};

/// How far apart words are from those of others, and from the discs of other rings.
const APART: f32 = 10.0;

/// A disc reaches so far beyond those who stand on it.
const BEYOND: f32 = 18.0;

/// On so many orbits a ring is tried, at most.
const ORBITS: usize = 4;

/// A turn in so many parts, for measuring round an orbit.
const PARTS: usize = 720;

/// Where rings begin: at the top.
const TOP: f32 = -PI / 2.0;

/// A ring, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// In the order of those who stand there.
    pub places: Vec<Point>,
    /// The disc that they stand on.
    pub radius: f32,
}

/// What a ring has to keep away from.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// A disc round the middle.
    pub radius: f32,
    /// Nobody stands nearer to the middle than this.
    pub least: f32,
    /// What else is there already.
    pub taken: Vec<Room>,
}

/// Lays out a ring. `towards` says at which angle each would like to stand; who does not mind stands where there is room.
pub fn ring(needs: &[Need], towards: &[Option<f32>], around: &Around) -> Ring {
    if needs.is_empty() {
        return Ring { places: Vec::new(), radius: around.radius };
    }
    let sizes = [most(needs), usual(needs)];
    let turns = sizes.map(|(high, wide)| Turn::of(high, wide));
    let ways = sizes.into_iter().zip(&turns).flat_map(|((high, wide), turn)| {
        let steps = [0.8 * high, high, f32::midpoint(high, wide), wide];
        (1..=ORBITS.min(needs.len())).flat_map(move |orbits| {
            let steps = if orbits == 1 { &steps[..1] } else { &steps[..] };
            steps.iter().map(|step| Orbits { orbits, step: *step, turn }).collect::<Vec<_>>()
        })
    });
    let mut least: Option<Ring> = None;
    for way in ways {
        let below = least.as_ref().map_or(f32::MAX, |ring| ring.radius);
        if let Some(ring) = grown(needs, towards, around, &way, below) {
            least = Some(ring);
        }
    }
    least.unwrap_or_else(|| Ring { places: vec![Point::MIDDLE; needs.len()], radius: around.radius })
}

/// How much room the one needs who needs most: upwards, and sideways.
fn most(needs: &[Need]) -> (f32, f32) {
    let most = |of: fn(&Need) -> f32| needs.iter().map(of).fold(1.0, f32::max) + APART;
    (most(Need::height), most(|need| need.width))
}

/// How much room they need on an average.
fn usual(needs: &[Need]) -> (f32, f32) {
    let usual = |of: fn(&Need) -> f32| needs.iter().map(of).sum::<f32>() / needs.len().max(1) as f32 + APART;
    (usual(Need::height), usual(|need| need.width))
}

/// The smallest ring of this kind in which nobody touches anybody, if there is one that is smaller than `below`.
fn grown(needs: &[Need], towards: &[Option<f32>], around: &Around, way: &Orbits<'_>, below: f32) -> Option<Ring> {
    let (high, wide) = most(needs);
    let mut radius = (around.radius + high / 2.0).max(around.least);
    let farthest = 20.0 * (around.radius + wide * (needs.len() as f32 + 2.0));
    while radius < farthest.min(below) {
        let slots = seated(towards, &way.angles(needs.len(), radius));
        let places: Vec<Point> = slots.iter().map(|(angle, orbit)| way.place(*angle, *orbit, radius)).collect();
        let rooms: Vec<Room> = needs.iter().zip(&places).map(|(need, at)| need.at(*at)).collect();
        if are_apart(&rooms, around) {
            let radius = rooms.iter().map(Room::farthest).fold(around.radius, f32::max) + BEYOND;
            return (radius < below).then_some(Ring { places, radius });
        }
        radius *= 1.012;
    }
    None
}

fn are_apart(rooms: &[Room], around: &Around) -> bool {
    let from_disc = rooms.iter().all(|room| room.nearest() >= around.radius + APART);
    let from_others = |room: &Room| !around.taken.iter().any(|taken| room.touches(taken, APART));
    let from_each_other = |(at, room): (usize, &Room)| !rooms[..at].iter().any(|other| room.touches(other, APART));
    from_disc && rooms.iter().all(from_others) && rooms.iter().enumerate().all(from_each_other)
}

/// One way to lay out a ring.
struct Orbits<'a> {
    orbits: usize,
    /// How far one orbit is from the next.
    step: f32,
    turn: &'a Turn,
}

impl Orbits<'_> {
    fn place(&self, angle: f32, orbit: usize, radius: f32) -> Point {
        let radius = radius + orbit as f32 * self.step;
        Point::new(radius * angle.cos(), radius * angle.sin())
    }

    /// So many places: the angle of each, from the top round, and its orbit.
    fn angles(&self, count: usize, radius: f32) -> Vec<(f32, usize)> {
        let long = |orbit: usize| radius + orbit as f32 * self.step;
        let all: f32 = (0..self.orbits).map(long).sum();
        let mut places = Vec::with_capacity(count);
        let (mut gone, mut so_far) = (0, 0.0);
        for orbit in 0..self.orbits {
            so_far += long(orbit);
            let until = (count as f32 * so_far / all).round() as usize;
            let here = until.min(count) - gone;
            // Every other orbit is turned by half a place, so that its places are between those of the one before.
            let turned = if orbit.is_multiple_of(2) { 0.5 } else { 1.0 };
            places.extend((0..here).map(|at| (self.turn.angle((at as f32 + turned) / here as f32), orbit)));
            gone += here;
        }
        places.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        places
    }
}

/// How many have room along an orbit, from its top round to each of its parts: words pass each other sideways or up and down,
/// whichever takes less.
struct Turn(Vec<f32>);

impl Turn {
    fn of(high: f32, wide: f32) -> Turn {
        let density = |part: usize| {
            let angle = angle_of(part as f32 + 0.5);
            (angle.sin().abs() / wide).max(angle.cos().abs() / high)
        };
        let room = (0..PARTS).scan(0.0, |gone, part| {
            *gone += density(part);
            Some(*gone)
        });
        Turn(room.collect())
    }

    /// The angle at which so much of the room on an orbit is gone.
    fn angle(&self, share: f32) -> f32 {
        let wanted = share.fract() * self.0.last().copied().unwrap_or_default();
        let part = self.0.partition_point(|gone| *gone < wanted);
        let before = part.checked_sub(1).map_or(0.0, |before| self.0[before]);
        let here = self.0.get(part).map_or(1.0, |gone| gone - before);
        angle_of(part as f32 + (wanted - before) / here)
    }
}

/// The angle of a part of a turn.
fn angle_of(part: f32) -> f32 {
    TOP + TAU * part / PARTS as f32
}

/// Who takes which of these places: in the order of the angles that they would like, turned so that they are nearest to them.
fn seated(towards: &[Option<f32>], places: &[(f32, usize)]) -> Vec<(f32, usize)> {
    let from_top = |angle: f32| (angle - TOP).rem_euclid(TAU);
    let mut order: Vec<usize> = (0..towards.len()).collect();
    order.sort_by(|one, other| {
        let wish = |who: usize| towards[who].map_or(f32::MAX, from_top);
        wish(*one).total_cmp(&wish(*other)).then(one.cmp(other))
    });
    let miss = |turn: usize| -> f32 {
        let missed = order.iter().enumerate().filter_map(|(at, who)| {
            let apart = (places[(at + turn) % places.len()].0 - towards[*who]?).rem_euclid(TAU);
            Some(apart.min(TAU - apart))
        });
        missed.sum()
    };
    let turns = if towards.iter().all(Option::is_none) { 1 } else { places.len() };
    let turn = (0..turns).min_by(|one, other| miss(*one).total_cmp(&miss(*other))).unwrap_or(0);
    let mut taken = vec![(TOP, 0); towards.len()];
    for (at, who) in order.into_iter().enumerate() {
        taken[who] = places[(at + turn) % places.len()];
    }
    taken
}

//! Ties as arrows: bent round those who stand between, with their sums where there is room.

use super::drawing::{Anchor, Part, Point, Shape, Step, Stroke};
use super::font;
use super::ink::Ink;
use super::network::{Help, Tie};
use super::place::Room;
use super::words;

/// How big sums are written.
pub const SUM: f32 = 18.0;

/// Arrows end so far from the edge of a dot.
const FROM_DOT: f32 = 5.0;

/// A dot wants to be passed at this distance from its edge.
const BESIDE: f32 = 6.0;

/// How long the head of an arrow is, and half as wide as this.
const HEAD: f32 = 13.0;

/// An arrow is looked at in so many points.
const LOOKED_AT: usize = 18;

/// How far arrows may be bent, in parts of their length: the less, the better.
const BENDS: [f32; 9] = [0.0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.42, -0.42];

/// Where several join the same two, they are so far apart.
const BESIDE_EACH_OTHER: f32 = 0.24;

/// Where along an arrow its sum may stand.
const ALONG: [f32; 11] = [0.5, 0.42, 0.58, 0.36, 0.64, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8];

/// A sum is no wider than this.
const WIDEST_SUM: f32 = 150.0;

/// A dot, where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Dot {
    pub key: i64,
    pub at: Point,
    pub radius: f32,
}

/// A curve from one dot to another, without what is below the dots.
#[derive(Clone, Copy, Debug)]
struct Curve {
    from: Point,
    past: Point,
    to: Point,
}

impl Curve {
    fn between(from: Dot, to: Dot, bend: f32) -> Curve {
        let middle = from.at.towards(to.at, 0.5);
        let (x, y) = (to.at.x - from.at.x, to.at.y - from.at.y);
        let past = Point::new(middle.x - y * bend, middle.y + x * bend);
        let cut = |dot: Dot| {
            let whole = dot.at.distance(past).max(1.0);
            dot.at.towards(past, ((dot.radius + FROM_DOT) / whole).min(0.9))
        };
        Curve { from: cut(from), past, to: cut(to) }
    }

    fn at(&self, part: f32) -> Point {
        self.from.towards(self.past, part).towards(self.past.towards(self.to, part), part)
    }

    fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (1..LOOKED_AT).map(|step| self.at(step as f32 / LOOKED_AT as f32))
    }
}

/// The arrows, and then the sums on them: those who can be shown, in the order of the ties. `rooms` is what words take up.
pub fn arrows(ties: &[Tie], dots: &[Dot], rooms: &[Room], me: i64) -> Vec<Part> {
    let mut taken = rooms.to_vec();
    let mut arrows = Vec::new();
    let dot = |key: i64| dots.iter().find(|dot| dot.key == key).copied();
    let shown: Vec<(&Tie, Curve)> = ties
        .iter()
        .filter(|tie| tie.from != tie.to)
        .filter_map(|tie| Some((tie, clearest(dot(tie.from)?, dot(tie.to)?, &bends(tie, ties), dots, rooms))))
        .collect();
    for (tie, curve) in &shown {
        arrows.push(Part::titled(&tie.title, drawn(tie, curve, tie.from == me || tie.to == me)));
    }
    // Sums lie above all arrows.
    arrows.extend(shown.iter().filter_map(|(tie, curve)| {
        let sum = words::cut(&words::clean(tie.sum.as_ref()?), WIDEST_SUM, |words| font::width(words, SUM));
        let (room, shape) = placed(sum, curve, &taken)?;
        taken.push(room);
        Some(Part::untitled(vec![shape]))
    }));
    arrows
}

/// How far a tie may be bent: any way, or, where others join the same two, to its own place beside them.
fn bends(tie: &Tie, ties: &[Tie]) -> Vec<f32> {
    let ends = |tie: &Tie| (tie.from.min(tie.to), tie.from.max(tie.to));
    let beside: Vec<&Tie> = ties.iter().filter(|other| ends(other) == ends(tie)).collect();
    if beside.len() == 1 {
        return BENDS.to_vec();
    }
    let place = beside.iter().position(|other| *other == tie).unwrap_or_default();
    let from_middle = place as f32 - (beside.len() - 1) as f32 / 2.0;
    // To the same side, whichever way it goes.
    let side = if tie.from < tie.to { 1.0 } else { -1.0 };
    vec![side * from_middle * BESIDE_EACH_OTHER]
}

/// The curve that passes behind the fewest others, and is bent the least.
fn clearest(from: Dot, to: Dot, bends: &[f32], dots: &[Dot], rooms: &[Room]) -> Curve {
    let is_end = |dot: &Dot| dot.key == from.key || dot.key == to.key;
    let others: Vec<&Dot> = dots.iter().filter(|dot| !is_end(dot)).collect();
    let weight = |curve: &Curve, bend: f32| -> f32 {
        let passed = |point: Point| {
            let dots = others.iter().filter(|dot| dot.at.distance(point) < dot.radius + BESIDE).count();
            let words = rooms.iter().filter(|room| room.has(point)).count();
            4.0 * dots as f32 + words as f32
        };
        curve.points().map(passed).sum::<f32>() + 6.0 * bend.abs()
    };
    let curves = bends.iter().map(|bend| (Curve::between(from, to, *bend), *bend));
    let weighed = curves.map(|(curve, bend)| (weight(&curve, bend), curve));
    let least = weighed.min_by(|(one, _), (other, _)| one.total_cmp(other));
    least.map_or_else(|| Curve::between(from, to, 0.0), |(_, curve)| curve)
}

/// How a tie of this kind is drawn.
pub fn stroke(help: Help, is_mine: bool) -> Stroke {
    let (ink, width, dashes) = match help {
        Help::Promised => (Ink::Accent, 2.6, None),
        Help::Intended => (Ink::Accent, 2.6, Some((9.0, 6.0))),
        Help::Some => (if is_mine { Ink::Accent } else { Ink::Line }, 2.0, None),
        Help::Ended => (Ink::Line, 2.0, Some((2.0, 6.0))),
        Help::Guarantee => (Ink::Green, 2.2, Some((14.0, 4.0))),
    };
    Stroke { ink, width, dashes }
}

fn drawn(tie: &Tie, curve: &Curve, is_mine: bool) -> Vec<Shape> {
    let stroke = stroke(tie.help, is_mine);
    let steps = vec![Step::Move(curve.from), Step::Curve(curve.past, curve.to)];
    let mut shapes = vec![Shape::Outline { steps, fill: None, stroke: Some(stroke) }];
    shapes.push(head(curve.past, curve.to, stroke.ink));
    if tie.help == Help::Guarantee {
        shapes.push(head(curve.past, curve.from, stroke.ink));
    }
    shapes
}

/// The head of an arrow that comes from there.
pub fn head(from: Point, to: Point, ink: Ink) -> Shape {
    let whole = from.distance(to).max(0.1);
    let (x, y) = ((to.x - from.x) / whole, (to.y - from.y) / whole);
    // It covers the end of the line.
    let tip = Point::new(to.x + x * 3.0, to.y + y * 3.0);
    let foot =
        |side: f32| Point::new(tip.x - x * HEAD - y * HEAD / 2.0 * side, tip.y - y * HEAD + x * HEAD / 2.0 * side);
    let steps = vec![Step::Move(tip), Step::Line(foot(1.0)), Step::Line(foot(-1.0)), Step::Close];
    Shape::Outline { steps, fill: Some(ink), stroke: None }
}

/// A sum where it lies on nobody's words and on no other sum. Where everything is full it is left out: the title of the arrow
/// says it, and so does the page of those two.
fn placed(sum: String, curve: &Curve, taken: &[Room]) -> Option<(Room, Shape)> {
    let width = font::width(&sum, SUM);
    let rooms = ALONG.map(|part| Room::round(curve.at(part), width, SUM * 0.55, SUM * 0.55));
    let room = rooms.into_iter().find(|room| !taken.iter().any(|other| room.touches(other, 2.0)))?;
    let middle = room.middle();
    let shape = Shape::Text {
        at: Point::new(middle.x, middle.y + SUM * 0.36),
        size: SUM,
        width,
        words: sum,
        ink: Ink::Accent,
        anchor: Anchor::Middle,
        lifted: true,
    };
    Some((room, shape))
}

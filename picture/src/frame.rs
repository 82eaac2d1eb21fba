//! The whole picture: what it is called, the rings with everybody in them, and what the signs mean.

use super::arrows::{Dot, arrows};
use super::drawing::{Anchor, Drawing, Part, Point, Shape, Stroke};
use super::font;
use super::ink::Ink;
use super::layout::{Around, Ring, ring};
use super::legend::legend;
use super::network::{Circle, Help, Member, Network};
use super::place::{Need, Room};
use super::signs::{DOT, dot, more};
use super::words;

/// How big names are written, and smaller words.
const NAME: f32 = 24.0;
const SMALL: f32 = 19.0;

/// A line of a name is no wider than this.
const WIDEST: f32 = 156.0;

/// From one line to the next, in sizes of the letters.
const LINE: f32 = 1.18;

/// From the edge of a dot to the words below it.
const BELOW: f32 = 3.0;

/// How much bigger than others whom the picture is of is.
const ME: f32 = 27.0;

/// How wide the border is.
const MARGIN: f32 = 36.0;

/// No picture is narrower: else the few on it would be giants.
const NARROWEST: f32 = 860.0;

/// Nobody stands nearer to the middle: sums need room, too.
const NEAREST: f32 = 190.0;

const TITLE: f32 = 40.0;
const SUBTITLE: f32 = 24.0;

/// Somebody with a place: what is drawn there, and what is written below it.
struct Stands<'a> {
    member: Option<&'a Member>,
    at: Point,
    radius: f32,
    lines: Vec<Line>,
}

/// One line below a dot.
struct Line {
    words: String,
    size: f32,
    ink: Ink,
}

impl Line {
    fn width(&self) -> f32 {
        font::width(&self.words, self.size)
    }
}

pub fn draw(network: &Network) -> Drawing {
    let rings = Rings::of(network);
    let half = rings.radius.max((NARROWEST - 2.0 * MARGIN) / 2.0);
    let width = 2.0 * (half + MARGIN);
    let heading = heading(network, width);
    let head = MARGIN + TITLE + SUBTITLE * 1.6 + 24.0;
    let middle = Point::new(width / 2.0, head + rings.radius);
    let legend = legend(network, width - 2.0 * MARGIN);
    let foot = middle.y + rings.radius + 30.0;
    let height = foot + legend.height + MARGIN;

    let moved = |parts: Vec<Part>, by: Point| {
        parts.into_iter().map(move |part| Part {
            title: part.title,
            shapes: part.shapes.into_iter().map(|shape| shape.moved(by)).collect(),
        })
    };
    let mut parts = heading;
    parts.extend(moved(rings.parts(network), middle));
    parts.extend(moved(legend.parts, Point::new(MARGIN, foot)));
    Drawing { width, height, title: words::clean(&network.about), parts }
}

fn heading(network: &Network, width: f32) -> Vec<Part> {
    let line = |words: &str, size: f32, y: f32, ink: Ink| {
        let words = words::cut(&words::clean(words), width - 2.0 * MARGIN, |words| font::width(words, size));
        text(Point::new(MARGIN, y), Line { words, size, ink }, Anchor::Left, false)
    };
    let title = line(&network.title, TITLE, MARGIN + TITLE * 0.8, Ink::Letters);
    let subtitle = line(&network.subtitle, SUBTITLE, MARGIN + TITLE + SUBTITLE, Ink::Quiet);
    vec![Part::untitled(vec![title, subtitle])]
}

/// Everybody in their places, round the middle.
struct Rings<'a> {
    stand: Vec<Stands<'a>>,
    /// The discs from the outermost inwards, and what they are called.
    discs: Vec<(f32, Ink, Option<Caption>)>,
    radius: f32,
}

/// What a ring is called: on the upper edge of its disc.
#[derive(Clone)]
struct Caption {
    words: String,
    room: Room,
}

impl Caption {
    fn of(circle: &Circle, radius: f32) -> Option<Caption> {
        let words = words::cut(&words::clean(&circle.caption), 2.0 * radius, |words| font::width(words, SMALL));
        let room = Room::round(Point::new(0.0, -radius), font::width(&words, SMALL) + 20.0, 15.0, 15.0);
        (!words.is_empty()).then_some(Caption { words, room })
    }

    fn shape(&self) -> Shape {
        let line = Line { words: self.words.clone(), size: SMALL, ink: Ink::Quiet };
        text(self.room.middle().moved(Point::new(0.0, SMALL * 0.36)), line, Anchor::Middle, true)
    }
}

impl<'a> Rings<'a> {
    fn of(network: &'a Network) -> Rings<'a> {
        let me = stands(&network.me, ME);
        let room = me.need().at(Point::MIDDLE);
        let inner = Around { radius: room.farthest(), least: NEAREST, taken: Vec::new() };
        let (near, near_ring) = placed(&network.near, &inner, |_| None);
        let mut discs = Vec::new();
        let mut outer = Around { radius: near_ring.radius, ..Around::default() };
        if !near.is_empty() {
            let caption = Caption::of(&network.near, near_ring.radius);
            outer.taken.extend(caption.iter().map(|caption| caption.room));
            discs.push((near_ring.radius, Ink::Near, caption));
        }
        let (further, further_ring) = placed(&network.further, &outer, |key| towards(network, key, &near));
        if !further.is_empty() {
            discs.push((further_ring.radius, Ink::Further, Caption::of(&network.further, further_ring.radius)));
        }
        discs.reverse();
        let radius = discs.first().map_or(room.farthest(), |(radius, _, _)| *radius);
        Rings { stand: [me].into_iter().chain(near).chain(further).collect(), discs, radius }
    }

    fn parts(&self, network: &Network) -> Vec<Part> {
        let edge = Stroke { ink: Ink::Line, width: 1.0, dashes: None };
        let disc = |(radius, ink, _): &(f32, Ink, Option<Caption>)| Shape::Disc {
            at: Point::MIDDLE,
            radius: *radius,
            fill: Some(*ink),
            stroke: Some(edge),
        };
        let captions: Vec<&Caption> = self.discs.iter().filter_map(|(_, _, caption)| caption.as_ref()).collect();
        let rooms: Vec<Room> = self.stand.iter().map(Stands::room).collect();
        let rooms: Vec<Room> = rooms.into_iter().chain(captions.iter().map(|caption| caption.room)).collect();
        let dots: Vec<Dot> = self.stand.iter().filter_map(Stands::dot).collect();
        let mut parts = vec![Part::untitled(self.discs.iter().map(disc).collect())];
        parts.extend(arrows(&network.ties, &dots, &rooms, network.me.key));
        parts.push(Part::untitled(captions.into_iter().map(Caption::shape).collect()));
        parts.extend(self.stand.iter().map(Stands::part));
        parts
    }
}

/// Those of a circle in their places, and how many more there are in one place of its own.
fn placed<'a>(circle: &'a Circle, around: &Around, towards: impl Fn(i64) -> Option<f32>) -> (Vec<Stands<'a>>, Ring) {
    let mut stand: Vec<Stands<'_>> = circle.members.iter().map(|member| stands(member, DOT)).collect();
    if let Some(more) = &circle.more {
        let lines = written(more, SMALL, Ink::Quiet);
        stand.push(Stands { member: None, at: Point::MIDDLE, radius: DOT, lines });
    }
    let needs: Vec<Need> = stand.iter().map(Stands::need).collect();
    let wishes: Vec<Option<f32>> = stand.iter().map(|one| one.member.and_then(|member| towards(member.key))).collect();
    let ring = ring(&needs, &wishes, around);
    for (one, at) in stand.iter_mut().zip(&ring.places) {
        one.at = *at;
    }
    (stand, ring)
}

/// At which angle those of the near circle stand, on an average, with whom this member has ties.
fn towards(network: &Network, key: i64, near: &[Stands<'_>]) -> Option<f32> {
    let tied = network.ties.iter().filter(|tie| tie.help != Help::Guarantee || tie.from == key || tie.to == key);
    let others = tied.filter_map(|tie| match key {
        key if tie.from == key => Some(tie.to),
        key if tie.to == key => Some(tie.from),
        _ => None,
    });
    let place = |key: i64| near.iter().find(|one| one.member.is_some_and(|it| it.key == key)).map(|one| one.at);
    let sum = others.filter_map(place).fold(Point::MIDDLE, Point::moved);
    (sum.distance(Point::MIDDLE) > 1.0).then(|| sum.y.atan2(sum.x))
}

fn stands(member: &Member, radius: f32) -> Stands<'_> {
    let mut lines = written(&member.name, NAME, Ink::Letters);
    if let Some(lacks) = &member.lacks {
        let words = words::cut(&words::clean(lacks), WIDEST, |words| font::width(words, SMALL));
        lines.push(Line { words, size: SMALL, ink: Ink::Quiet });
    }
    Stands { member: Some(member), at: Point::MIDDLE, radius, lines }
}

fn written(said: &str, size: f32, ink: Ink) -> Vec<Line> {
    let lines = words::lines(said, 3, WIDEST, |words| font::width(words, size));
    lines.into_iter().map(|words| Line { words, size, ink }).collect()
}

impl Stands<'_> {
    fn need(&self) -> Need {
        let wide = self.lines.iter().map(Line::width).fold(2.0 * self.radius + 6.0, f32::max);
        let high: f32 = self.lines.iter().map(|line| line.size * LINE).sum();
        Need { width: wide, above: self.radius + 3.0, below: self.radius + BELOW + high }
    }

    fn room(&self) -> Room {
        self.need().at(self.at)
    }

    fn dot(&self) -> Option<Dot> {
        self.member.map(|member| Dot { key: member.key, at: self.at, radius: self.radius })
    }

    fn part(&self) -> Part {
        let mut shapes = match self.member {
            Some(member) => dot(member.status, self.at, self.radius),
            None => more(self.at),
        };
        let mut y = self.at.y + self.radius + BELOW;
        for line in &self.lines {
            let at = Point::new(self.at.x, y + line.size * 0.95);
            y += line.size * LINE;
            let line = Line { words: line.words.clone(), ..*line };
            shapes.push(text(at, line, Anchor::Middle, true));
        }
        match self.member {
            Some(member) => Part::titled(&member.title, shapes),
            None => Part::untitled(shapes),
        }
    }
}

fn text(at: Point, line: Line, anchor: Anchor, lifted: bool) -> Shape {
    let width = line.width();
    let Line { words, size, ink } = line;
    Shape::Text { at, size, width, words, ink, anchor, lifted }
}

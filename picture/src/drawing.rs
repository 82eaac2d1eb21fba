//! What is drawn, before it is written down or painted.

use super::ink::Ink;

/// A picture, ready to be shown: parts, one above the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// What it shows, for whoever does not see it.
    pub(crate) title: String,
    pub(crate) parts: Vec<Part>,
}

/// Something on a picture that can be pointed at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// What it is, where it has something to say.
    pub title: Option<String>,
    pub shapes: Vec<Shape>,
}

impl Part {
    pub fn untitled(shapes: Vec<Shape>) -> Part {
        Part { title: None, shapes }
    }

    pub fn titled(title: &str, shapes: Vec<Shape>) -> Part {
        Part { title: Some(title.to_owned()), shapes }
    }
}

/// A place on a picture, from its upper left corner or from its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub const MIDDLE: Point = Point { x: 0.0, y: 0.0 };

    pub fn new(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    pub fn moved(self, by: Point) -> Point {
        Point { x: self.x + by.x, y: self.y + by.y }
    }

    pub fn distance(self, other: Point) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// So far along the way to there: 0 is here, 1 is there.
    pub fn towards(self, there: Point, part: f32) -> Point {
        Point { x: self.x + (there.x - self.x) * part, y: self.y + (there.y - self.y) * part }
    }
}

/// A line as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub ink: Ink,
    pub width: f32,
    /// How long its dashes are, and the gaps between them.
    pub dashes: Option<(f32, f32)>,
}

/// One step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Move(Point),
    Line(Point),
    /// A curve, by way of the first towards the second.
    Curve(Point, Point),
    Close,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Left,
    Middle,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Disc {
        at: Point,
        radius: f32,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    },
    Outline {
        steps: Vec<Step>,
        fill: Option<Ink>,
        stroke: Option<Stroke>,
    },
    /// `at` is on the line that the letters stand on. What is `lifted` has a border of paper round its letters.
    Text {
        at: Point,
        size: f32,
        width: f32,
        words: String,
        ink: Ink,
        anchor: Anchor,
        lifted: bool,
    },
}

impl Shape {
    /// The same elsewhere.
    pub fn moved(self, by: Point) -> Shape {
        match self {
            Shape::Disc { at, radius, fill, stroke } => Shape::Disc { at: at.moved(by), radius, fill, stroke },
            Shape::Outline { steps, fill, stroke } => {
                let moved = |step| match step {
                    Step::Move(to) => Step::Move(to.moved(by)),
                    Step::Line(to) => Step::Line(to.moved(by)),
                    Step::Curve(past, to) => Step::Curve(past.moved(by), to.moved(by)),
                    Step::Close => Step::Close,
                };
                Shape::Outline { steps: steps.into_iter().map(moved).collect(), fill, stroke }
            }
            Shape::Text { at, size, width, words, ink, anchor, lifted } => {
                Shape::Text { at: at.moved(by), size, width, words, ink, anchor, lifted }
            }
        }
    }
}

impl Drawing {
    /// What it shows, for whoever does not see it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The size in which it is painted, in pixels: width and height.
    pub fn size(&self) -> (u32, u32) {
        super::png::size(self)
    }
}

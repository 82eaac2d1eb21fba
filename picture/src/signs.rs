//! What stands for a member: a shape of their own for each status, so that it can be told without its colour.

use std::f32::consts::TAU;

use super::drawing::{Anchor, Point, Shape, Step, Stroke};
use super::font;
use super::ink::Ink;
use super::network::Status;

/// How big the dot of a member is: from its middle to its edge.
pub const DOT: f32 = 17.0;

/// A dot: a disc with a check for Green, a sun for Orange, a square that calls for help for Red, two bars for one who is suspended.
pub fn dot(status: Status, at: Point, radius: f32) -> Vec<Shape> {
    let size = radius / DOT;
    let shapes = match status {
        Status::Green => vec![disc(Ink::Green, DOT), stroked(&[(-7.0, 0.5), (-2.0, 5.5), (7.0, -5.0)], 3.2)],
        Status::Orange => vec![sun(), disc(Ink::Sign, 5.5)],
        Status::Red => vec![square(), letters()],
        Status::Suspended => vec![
            disc(Ink::Paused, DOT),
            stroked(&[(-4.5, -6.5), (-4.5, 6.5)], 4.0),
            stroked(&[(4.5, -6.5), (4.5, 6.5)], 4.0),
        ],
    };
    shapes.into_iter().map(|shape| sized(shape, size).moved(at)).collect()
}

/// Several dots behind each other: there are more.
pub fn more(at: Point) -> Vec<Shape> {
    let outline = Stroke { ink: Ink::Quiet, width: 2.0, dashes: None };
    let one = |x: f32| Shape::Disc {
        at: at.moved(Point::new(x, 0.0)),
        radius: 9.0,
        fill: Some(Ink::Paper),
        stroke: Some(outline),
    };
    [-9.0, 0.0, 9.0].map(one).to_vec()
}

fn disc(ink: Ink, radius: f32) -> Shape {
    Shape::Disc { at: Point::MIDDLE, radius, fill: Some(ink), stroke: None }
}

fn stroked(points: &[(f32, f32)], width: f32) -> Shape {
    let steps = points.iter().enumerate().map(|(at, (x, y))| match at {
        0 => Step::Move(Point::new(*x, *y)),
        _ => Step::Line(Point::new(*x, *y)),
    });
    let stroke = Stroke { ink: Ink::Sign, width, dashes: None };
    Shape::Outline { steps: steps.collect(), fill: None, stroke: Some(stroke) }
}

/// A star of twelve short points.
fn sun() -> Shape {
    let corner = |at: usize| {
        let radius = if at.is_multiple_of(2) { DOT + 2.5 } else { DOT - 4.5 };
        let angle = TAU * at as f32 / 24.0;
        Point::new(radius * angle.sin(), -radius * angle.cos())
    };
    outlined(Ink::Orange, (0..24).map(corner))
}

/// They are the same in all languages.
fn letters() -> Shape {
    let (words, size) = ("SOS", 13.0);
    Shape::Text {
        at: Point::new(0.0, 4.7),
        size,
        width: font::width(words, size),
        words: words.to_owned(),
        ink: Ink::Sign,
        anchor: Anchor::Middle,
        lifted: false,
    }
}

fn square() -> Shape {
    let half = DOT - 1.0;
    let cut = 4.0;
    let corners = [
        (-half + cut, -half),
        (half - cut, -half),
        (half, -half + cut),
        (half, half - cut),
        (half - cut, half),
        (-half + cut, half),
        (-half, half - cut),
        (-half, -half + cut),
    ];
    outlined(Ink::Red, corners.into_iter().map(|(x, y)| Point::new(x, y)))
}

fn outlined(ink: Ink, corners: impl Iterator<Item = Point>) -> Shape {
    let steps = corners.enumerate().map(|(at, corner)| if at == 0 { Step::Move(corner) } else { Step::Line(corner) });
    Shape::Outline { steps: steps.chain([Step::Close]).collect(), fill: Some(ink), stroke: None }
}

/// Bigger or smaller, round the middle.
fn sized(shape: Shape, by: f32) -> Shape {
    let point = |at: Point| Point::new(at.x * by, at.y * by);
    let line = |stroke: Option<Stroke>| stroke.map(|stroke| Stroke { width: stroke.width * by, ..stroke });
    match shape {
        Shape::Disc { at, radius, fill, stroke } => {
            Shape::Disc { at: point(at), radius: radius * by, fill, stroke: line(stroke) }
        }
        Shape::Outline { steps, fill, stroke } => {
            let step = |step| match step {
                Step::Move(to) => Step::Move(point(to)),
                Step::Line(to) => Step::Line(point(to)),
                Step::Curve(past, to) => Step::Curve(point(past), point(to)),
                Step::Close => Step::Close,
            };
            Shape::Outline { steps: steps.into_iter().map(step).collect(), fill, stroke: line(stroke) }
        }
        Shape::Text { at, size, width, words, ink, anchor, lifted } => {
            Shape::Text { at: point(at), size: size * by, width: width * by, words, ink, anchor, lifted }
        }
    }
}

//! What the signs on a picture mean: of those that are on it.

use super::arrows::{head, stroke};
use super::drawing::{Anchor, Part, Point, Shape, Step};
use super::font;
use super::ink::Ink;
use super::network::{Help, Member, Network, Status};
use super::signs::dot;
use super::words;

const SIZE: f32 = 21.0;

/// How wide a sign is, with the room beside it.
const SIGN: f32 = 40.0;
const ARROW: f32 = 66.0;

/// From one meaning to the next, and from one line to the next.
const BETWEEN: f32 = 30.0;
const LINE: f32 = 40.0;

/// The signs with their meanings, from the left upper corner.
pub struct Legend {
    pub parts: Vec<Part>,
    pub height: f32,
}

pub fn legend(network: &Network, width: f32) -> Legend {
    let (mut parts, mut x, mut y) = (Vec::new(), 0.0, LINE / 2.0);
    for (sign, meaning) in meanings(network) {
        let wide = match sign {
            Sign::Of(_) => SIGN,
            Sign::Tie(_) => ARROW,
        };
        let meaning = words::cut(&words::clean(meaning), width - wide, |words| font::width(words, SIZE));
        let text = font::width(&meaning, SIZE);
        if x > 0.0 && x + wide + text > width {
            (x, y) = (0.0, y + LINE);
        }
        let mut shapes = sign.shapes(Point::new(x, y));
        shapes.push(Shape::Text {
            at: Point::new(x + wide, y + SIZE * 0.36),
            size: SIZE,
            width: text,
            words: meaning,
            ink: Ink::Quiet,
            anchor: Anchor::Left,
            lifted: false,
        });
        parts.push(Part::untitled(shapes));
        x += wide + text + BETWEEN;
    }
    Legend { parts, height: y + LINE / 2.0 }
}

/// What has a meaning.
enum Sign {
    Of(Status),
    Tie(Help),
}

impl Sign {
    fn shapes(&self, at: Point) -> Vec<Shape> {
        match self {
            Sign::Of(status) => dot(*status, at.moved(Point::new(15.0, 0.0)), 13.0),
            Sign::Tie(help) => {
                let line = stroke(*help, false);
                let (from, to) = (at.moved(Point::new(4.0, 0.0)), at.moved(Point::new(50.0, 0.0)));
                let steps = vec![Step::Move(from), Step::Line(to)];
                let mut shapes = vec![Shape::Outline { steps, fill: None, stroke: Some(line) }];
                shapes.push(head(from, to, line.ink));
                if *help == Help::Guarantee {
                    shapes.push(head(to, from, line.ink));
                }
                shapes
            }
        }
    }
}

fn meanings(network: &Network) -> Vec<(Sign, &str)> {
    let words = &network.words;
    let statuses = [
        (Status::Green, &words.green),
        (Status::Orange, &words.orange),
        (Status::Red, &words.red),
        (Status::Suspended, &words.suspended),
    ];
    let ties = [
        (Help::Promised, &words.promised),
        (Help::Intended, &words.intended),
        (Help::Some, &words.helps),
        (Help::Ended, &words.ended),
        (Help::Guarantee, &words.guarantee),
    ];
    let members = || network.near.members.iter().chain(&network.further.members).chain([&network.me]);
    let is_seen = |status: Status| members().any(|one: &Member| one.status == status);
    let is_tied = |help: Help| network.ties.iter().any(|tie| tie.help == help);
    let statuses = statuses.into_iter().filter(|(status, _)| is_seen(*status));
    let ties = ties.into_iter().filter(|(help, _)| is_tied(*help));
    let statuses = statuses.map(|(status, meaning)| (Sign::Of(status), meaning.as_str()));
    statuses.chain(ties.map(|(help, meaning)| (Sign::Tie(help), meaning.as_str()))).collect()
}

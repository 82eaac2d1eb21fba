//! What there is to draw.

use super::drawing::Drawing;
use super::frame;

/// So many members have a name on a picture at most. How many more they are is said.
pub const NAMED: usize = 60;

/// So many of those who are near have a name, at most, as long as there are others further on who have room for theirs.
const NEAR: usize = 36;

/// How many of the near and how many of those further on have a name on a picture, where there are so many of them.
pub fn shares(near: usize, further: usize) -> (usize, usize) {
    let near = near.min(NAMED.saturating_sub(further).max(NEAR));
    (near, further.min(NAMED - near))
}

/// How somebody is. Each has a colour and a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Green,
    Orange,
    Red,
    /// They take no part at present.
    Suspended,
}

/// Somebody on a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// By what ties name them.
    pub key: i64,
    /// What they are called: anybody's words.
    pub name: String,
    pub status: Status,
    /// What they lack, in words.
    pub lacks: Option<String>,
    /// All that there is to say of them, in words.
    pub title: String,
}

/// What goes from one member to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Help {
    /// Promised, or done.
    Promised,
    /// Intended.
    Intended,
    /// The one helps the other; how is not for whoever looks at it.
    Some,
    /// It has ended lately.
    Ended,
    /// Each counts on the other: it goes both ways.
    Guarantee,
}

/// A tie between two members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Who helps.
    pub from: i64,
    /// Who is helped.
    pub to: i64,
    pub help: Help,
    /// How much, in words, where that may be seen.
    pub sum: Option<String>,
    /// All that there is to say of it, in words.
    pub title: String,
}

/// Those equally far from whom a picture is of.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Circle {
    /// What it is called.
    pub caption: String,
    /// Those who have a name on the picture, in their order.
    pub members: Vec<Member>,
    /// That there are more of them, in words.
    pub more: Option<String>,
}

/// What the signs on a picture mean, in words.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Words {
    pub green: String,
    pub orange: String,
    pub red: String,
    pub suspended: String,
    pub promised: String,
    pub intended: String,
    pub helps: String,
    pub ended: String,
    pub guarantee: String,
}

/// A network, as one of its members sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// What stands above it.
    pub title: String,
    /// What stands below that.
    pub subtitle: String,
    /// What it shows, for whoever does not see it.
    pub about: String,
    /// Whose it is: in the middle.
    pub me: Member,
    pub near: Circle,
    pub further: Circle,
    /// One whose end is not on the picture is left out.
    pub ties: Vec<Tie>,
    pub words: Words,
}

impl Network {
    /// Finds a place for everybody.
    pub fn draw(&self) -> Drawing {
        frame::draw(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_have_a_name_than_there_is_room_for_and_the_near_come_first() {
        for (near, further, expected) in [
            (0, 0, (0, 0)),
            (8, 20, (8, 20)),
            (30, 30, (30, 30)),
            (60, 0, (60, 0)),
            (500, 0, (60, 0)),
            (60, 10, (50, 10)),
            (500, 10, (50, 10)),
            (500, 500, (36, 24)),
            (3, 500, (3, 57)),
        ] {
            assert_eq!(shares(near, further), expected, "{near}, {further}");
        }
    }
}

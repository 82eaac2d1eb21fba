//! Room on a picture: who takes how much of it, and whether two take the same.

use super::drawing::Point;

/// What somebody takes up: from left to right, and from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Room {
    /// Round a place: half as wide to either side, so much above it and so much below.
    pub fn round(at: Point, width: f32, above: f32, below: f32) -> Room {
        Room { left: at.x - width / 2.0, right: at.x + width / 2.0, top: at.y - above, bottom: at.y + below }
    }

    pub fn touches(&self, other: &Room, apart: f32) -> bool {
        self.left < other.right + apart
            && other.left < self.right + apart
            && self.top < other.bottom + apart
            && other.top < self.bottom + apart
    }

    pub fn has(&self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// How far its nearest point is from the middle of the picture.
    pub fn nearest(&self) -> f32 {
        let x = 0.0_f32.clamp(self.left, self.right);
        let y = 0.0_f32.clamp(self.top, self.bottom);
        x.hypot(y)
    }

    /// How far its farthest corner is from there.
    pub fn farthest(&self) -> f32 {
        self.left.abs().max(self.right.abs()).hypot(self.top.abs().max(self.bottom.abs()))
    }

    pub fn middle(&self) -> Point {
        Point::new((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}

/// What somebody needs, wherever they stand: their dot with the words below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    pub width: f32,
    /// From the middle of the dot upwards, and downwards to the end of the words.
    pub above: f32,
    pub below: f32,
}

impl Need {
    pub fn at(&self, at: Point) -> Room {
        Room::round(at, self.width, self.above, self.below)
    }

    pub fn height(&self) -> f32 {
        self.above + self.below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rooms_touch_where_they_are_nearer_than_they_may_be() {
        let need = Need { width: 20.0, above: 5.0, below: 15.0 };
        let room = need.at(Point::new(0.0, 0.0));
        assert!(room.touches(&need.at(Point::new(19.0, 0.0)), 0.0));
        assert!(!room.touches(&need.at(Point::new(21.0, 0.0)), 0.0));
        assert!(room.touches(&need.at(Point::new(21.0, 0.0)), 2.0));
        assert!(!room.touches(&need.at(Point::new(0.0, 21.0)), 0.5));
    }

    #[test]
    fn distances_are_counted_from_the_middle() {
        let room = Room { left: 3.0, right: 6.0, top: -4.0, bottom: 8.0 };
        assert!((room.nearest() - 3.0).abs() < 0.001);
        assert!((room.farthest() - 10.0).abs() < 0.001);
        assert!(room.has(room.middle()));
    }
}

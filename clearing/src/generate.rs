//! Networks of debts to measure with: of four shapes, drawn from a seed, the same on every machine.

/// A debt between two members by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub from: u32,
    pub to: u32,
    /// In minor units, above zero.
    pub amount: i64,
    /// A day by its number, the oldest is 0.
    pub day: u16,
}

/// What a network looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Erdős–Rényi: whoever owes to whomever.
    Random,
    /// Barabási–Albert: those who have many debts get more; who of the two owes is drawn.
    ScaleFree,
    /// Watts–Strogatz: debts between neighbours on a ring, a tenth of them to anybody; who of the two owes is drawn.
    SmallWorld,
    /// Circles of forty in which one of three asks for help: most give only, or take only.
    Aid,
}

impl Shape {
    pub const ALL: [Self; 4] = [Self::Random, Self::ScaleFree, Self::SmallWorld, Self::Aid];

    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::ScaleFree => "scale-free",
            Self::SmallWorld => "small-world",
            Self::Aid => "aid",
        }
    }
}

/// How many debts a member has on average.
pub const DEBTS_EACH: u32 = 4;

/// Draws a network of so many members (at least 10), each with four debts, on so many days.
pub fn draw(shape: Shape, members: u32, days: u16, seed: u64) -> Vec<Drawn> {
    let members = members.max(10);
    let mut dice = Dice(seed);
    let mut pairs = match shape {
        Shape::Random => random(members, &mut dice),
        Shape::ScaleFree => scale_free(members, &mut dice),
        Shape::SmallWorld => small_world(members, &mut dice),
        Shape::Aid => aid(members, &mut dice),
    };
    pairs.retain(|(from, to)| from != to);
    let round = shape == Shape::Aid;
    let sum = |dice: &mut Dice| match round {
        true => 500 * i64::from(1 + dice.below(60)),
        false => 100 + i64::from(dice.below(100_000)),
    };
    pairs
        .into_iter()
        .map(|(from, to)| Drawn { from, to, amount: sum(&mut dice), day: dice.below(u32::from(days.max(1))) as u16 })
        .collect()
}

fn random(members: u32, dice: &mut Dice) -> Vec<(u32, u32)> {
    (0..members * DEBTS_EACH)
        .map(|_| {
            let from = dice.below(members);
            (from, (from + 1 + dice.below(members - 1)) % members)
        })
        .collect()
}

fn scale_free(members: u32, dice: &mut Dice) -> Vec<(u32, u32)> {
    // Each end of each debt stands here once, so who has many is drawn often.
    let mut ends: Vec<u32> = (0..=DEBTS_EACH).collect();
    let mut pairs = Vec::new();
    for member in DEBTS_EACH + 1..members {
        for _ in 0..DEBTS_EACH {
            let other = ends[dice.below(ends.len() as u32) as usize];
            pairs.push(dice.either_way(member, other));
            ends.extend([member, other]);
        }
    }
    pairs
}

fn small_world(members: u32, dice: &mut Dice) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for member in 0..members {
        for step in 1..=DEBTS_EACH {
            let other = if dice.below(10) == 0 { dice.below(members) } else { (member + step) % members };
            pairs.push(dice.either_way(member, other));
        }
    }
    pairs
}

fn aid(members: u32, dice: &mut Dice) -> Vec<(u32, u32)> {
    const CIRCLE: u32 = 40;
    let mut pairs = Vec::new();
    for member in 0..members {
        for _ in 0..DEBTS_EACH {
            let home = if dice.below(5) == 0 { dice.below(members) } else { member } / CIRCLE * CIRCLE;
            let mut other = home + dice.below(CIRCLE);
            // Those who ask for help are every third.
            other -= other % 3;
            pairs.push((member, other.min(members - 1)));
        }
    }
    pairs
}

/// SplitMix64 (Steele, Lea, Flood 2014): no secret is drawn here, only networks.
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: u32) -> u32 {
        ((u128::from(self.roll()) * u128::from(end)) >> 64) as u32
    }

    fn either_way(&mut self, one: u32, other: u32) -> (u32, u32) {
        if self.below(2) == 0 { (one, other) } else { (other, one) }
    }
}

/// With what something is drawn. Each has a colour of its own, which says something together with a shape, never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// What everything stands on, and what keeps letters apart from the lines behind them.
    Paper,
    /// Letters.
    Letters,
    /// Smaller letters.
    Quiet,
    /// What lies between others.
    Line,
    /// What is between me and others, or what I may see the sums of.
    Accent,
    /// The disc of those further on.
    Further,
    /// The disc of those who are near.
    Near,
    Green,
    Orange,
    Red,
    /// A member who is suspended.
    Paused,
    /// What stands on a member's dot.
    Sign,
}

impl Ink {
    /// As SVG calls it, where the page has no style of its own.
    pub fn colour(self) -> &'static str {
        match self {
            Ink::Paper => "#ffffff",
            Ink::Letters => "#1b1f23",
            Ink::Quiet => "#57606a",
            Ink::Line => "#8a929b",
            Ink::Accent => "#0b57a4",
            Ink::Further => "#f5f7fa",
            Ink::Near => "#e6edf5",
            Ink::Green => "#2a8a4a",
            Ink::Orange => "#d97706",
            Ink::Red => "#c62828",
            Ink::Paused => "#7a828b",
            Ink::Sign => "#ffffff",
        }
    }

    /// The same in numbers.
    pub fn rgb(self) -> [u8; 3] {
        let digits = u32::from_str_radix(self.colour().trim_start_matches('#'), 16).unwrap_or_default();
        let [_, red, green, blue] = digits.to_be_bytes();
        [red, green, blue]
    }

    /// The class of what is filled with it, by which a page may give it another colour.
    pub fn name(self) -> &'static str {
        match self {
            Ink::Paper => "paper",
            Ink::Letters => "ink",
            Ink::Quiet => "quiet",
            Ink::Line => "line",
            Ink::Accent => "accent",
            Ink::Further => "outer",
            Ink::Near => "inner",
            Ink::Green => "green",
            Ink::Orange => "orange",
            Ink::Red => "red",
            Ink::Paused => "paused",
            Ink::Sign => "sign",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_the_same_in_both_ways_of_writing() {
        assert_eq!(Ink::Accent.rgb(), [0x0b, 0x57, 0xa4]);
        assert_eq!(Ink::Paper.rgb(), [255, 255, 255]);
    }
}

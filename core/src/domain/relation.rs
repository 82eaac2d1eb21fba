//! How the members of somebody's network stand to them.

/// One step along a tie, from somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// To those who help them.
    Helpers,
    /// To those whom they help.
    Helped,
}

/// The six relations of a network: one or two steps along ties by help that goes on or was given, from me.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Who helps me.
    HelpsMe,
    /// Whom I help.
    IHelp,
    /// Who else helps those who help me.
    HelpsMyHelpers,
    /// Who else helps those whom I help.
    HelpsWhomIHelp,
    /// Whom else those help who help me.
    MyHelpersHelp,
    /// Whom those help whom I help.
    WhomIHelpHelps,
}

impl Relation {
    /// All of them, the nearer ones first.
    pub const ALL: [Relation; 6] = [
        Relation::HelpsMe,
        Relation::IHelp,
        Relation::HelpsMyHelpers,
        Relation::HelpsWhomIHelp,
        Relation::MyHelpersHelp,
        Relation::WhomIHelpHelps,
    ];

    /// The first step, and the second one, if there is one.
    pub fn steps(self) -> (Step, Option<Step>) {
        match self {
            Relation::HelpsMe => (Step::Helpers, None),
            Relation::IHelp => (Step::Helped, None),
            Relation::HelpsMyHelpers => (Step::Helpers, Some(Step::Helpers)),
            Relation::HelpsWhomIHelp => (Step::Helped, Some(Step::Helpers)),
            Relation::MyHelpersHelp => (Step::Helpers, Some(Step::Helped)),
            Relation::WhomIHelpHelps => (Step::Helped, Some(Step::Helped)),
        }
    }
}

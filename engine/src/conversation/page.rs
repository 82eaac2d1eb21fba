use url::Url;

use super::{File, Route};
use crate::locale::Msg;
use crate::msg;

/// Something a person can choose on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// A link (like GET): leads to another screen, changes nothing, works for ever.
    Go {
        /// What it is called.
        label: Msg,
        /// Where it leads.
        to: Route,
    },
    /// A deed (like POST): runs once, from the page that offered it.
    Do {
        /// What it is called.
        label: Msg,
        /// What it does, as the screen or the bot will read it: at most so long that a button can carry it.
        name: String,
        /// What it would mean to do it by mistake.
        weight: Weight,
        /// What it does to things, for those who look before they read.
        nature: Nature,
    },
    /// Opens an address outside the bot.
    Open {
        /// What it is called.
        label: Msg,
        /// What it opens.
        url: Url,
    },
    /// Opens a chat with somebody. Not everybody can be linked to from everywhere; where they can't, it is a deed that asks
    /// them.
    Write {
        /// What it is called.
        label: Msg,
        /// Where to write to them, as far as is known here.
        to: Option<Url>,
        /// What is offered in its place: a deed's label, and its name.
        otherwise: (Msg, String),
    },
    /// Puts a text where it can be pasted from. The page has it too: where messengers have no such button, it is left out.
    Copy {
        /// What it is called.
        label: Msg,
        /// What is copied.
        text: String,
    },
    /// Offers what the bot has for these words to be sent into any other chat: see [`super::Bot::shares`].
    Share {
        /// What it is called.
        label: Msg,
        /// The words that the bot is asked for it by.
        words: String,
        /// What opens where a messenger has no such way.
        otherwise: Url,
    },
}

/// What a deed does to things. Messengers that have more than one kind of button show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nature {
    /// Nothing in particular.
    #[default]
    Usual,
    /// It says yes: that it is right, that something was done or received.
    Confirms,
    /// It can't be undone: it binds somebody, or takes something away.
    Irrevocable,
}

/// What it would mean to do a deed by mistake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Nothing that is not as easily put right: a setting, an answer of a form. The same answer again counts again.
    Light,
    /// The same, where each time leads one further round: on, off, on. By a number that is doubled it would go two steps; who says
    /// it in words once more means it.
    Switch,
    /// Something is done: the same answer twice does it once, and nothing else.
    #[default]
    Plain,
    /// It can't be undone: the answer that was just given never reaches it.
    Grave,
}

impl Weight {
    /// Whether by it something is done that matters to others.
    pub(super) fn acts(self) -> bool {
        matches!(self, Weight::Plain | Weight::Grave)
    }
}

impl Choice {
    /// A link to this place.
    pub fn go(label: Msg, to: Route) -> Choice {
        Choice::Go { label, to }
    }

    /// A deed.
    pub fn deed(label: Msg, name: impl Into<String>) -> Choice {
        Choice::Do { label, name: name.into(), weight: Weight::Plain, nature: Nature::Usual }
    }

    /// A deed that is as easily put right: see [`Weight::Light`].
    pub fn light(label: Msg, name: impl Into<String>) -> Choice {
        Choice::Do { label, name: name.into(), weight: Weight::Light, nature: Nature::Usual }
    }

    /// A deed that goes round: see [`Weight::Switch`].
    pub fn switch(label: Msg, name: impl Into<String>) -> Choice {
        Choice::Do { label, name: name.into(), weight: Weight::Switch, nature: Nature::Usual }
    }

    /// A deed that can't be undone: see [`Weight::Grave`].
    pub fn grave(label: Msg, name: impl Into<String>) -> Choice {
        Choice::Do { label, name: name.into(), weight: Weight::Grave, nature: Nature::Irrevocable }
    }

    /// A deed that says yes: see [`Nature::Confirms`].
    pub fn confirm(label: Msg, name: impl Into<String>) -> Choice {
        Choice::deed(label, name).of(Nature::Confirms)
    }

    /// The same of another nature; only deeds have one.
    #[must_use]
    pub fn of(self, nature: Nature) -> Choice {
        match self {
            Choice::Do { label, name, weight, .. } => Choice::Do { label, name, weight, nature },
            other => other,
        }
    }

    /// What a deed weighs; links and addresses do nothing.
    pub fn weight(&self) -> Weight {
        match self {
            Choice::Do { weight, .. } => *weight,
            Choice::Write { to: None, .. } => Weight::Plain,
            Choice::Go { .. } | Choice::Open { .. } | Choice::Write { .. } => Weight::Light,
            Choice::Copy { .. } | Choice::Share { .. } => Weight::Light,
        }
    }

    /// What a deed does to things.
    pub fn nature(&self) -> Nature {
        match self {
            Choice::Do { nature, .. } => *nature,
            _ => Nature::Usual,
        }
    }

    /// Whether it leads out of the bot, so that nothing comes back of it: it has no number.
    pub(super) fn is_outside(&self) -> bool {
        !matches!(self, Choice::Go { .. }) && self.deed_name().is_none()
    }

    /// The deed that it is, if it is one for whoever has nothing but words: its name.
    pub(super) fn deed_name(&self) -> Option<&str> {
        match self {
            Choice::Do { name, .. } | Choice::Write { to: None, otherwise: (_, name), .. } => Some(name),
            _ => None,
        }
    }

    /// What it is called.
    pub fn label(&self) -> &Msg {
        match self {
            Choice::Write { to: None, otherwise: (label, _), .. } => label,
            Choice::Go { label, .. } | Choice::Do { label, .. } | Choice::Open { label, .. } => label,
            Choice::Write { label, .. } | Choice::Copy { label, .. } | Choice::Share { label, .. } => label,
        }
    }
}

/// What a person sees, as plain data: paragraphs and rows of choices, in no language yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Paragraphs, each of one or more lines.
    pub body: Vec<Vec<Msg>>,
    /// The choices: those of a row stand side by side, where there are buttons.
    pub rows: Vec<Vec<Choice>>,
    /// The page waits for a typed answer: then digits belong to the answer, not to the choices.
    pub asks: bool,
    /// It asks for an answer, and any words would be one.
    pub takes_any_words: bool,
    /// Whoever sees it may read another language than the one they are spoken to in: what was not understood is said in all.
    pub polyglot: bool,
    /// Ways to the other pages of a list, and the number of the first of them, where choices have numbers: the same on
    /// each page, however much there is on it.
    pub turns: Option<(u32, Vec<Choice>)>,
    /// Of a notice: the name of whoever it is about, by which people may call it.
    pub about: Option<String>,
    /// Of a notice that asks for a yes or a no: the deed that "yes" stands for.
    pub yes: Option<String>,
    /// What people say for a choice in words that it does not show; with commas between them.
    pub called: Vec<(Msg, Choice)>,
    /// The page stands alone: the engine adds no way back and no way to the main menu.
    pub bare: bool,
    /// What it brings with it.
    pub file: Option<Box<File>>,
}

impl Page {
    /// A page that begins with this paragraph.
    pub fn new(first: Msg) -> Page {
        Page::default().say(first)
    }

    /// One more paragraph.
    #[must_use]
    pub fn say(mut self, paragraph: Msg) -> Page {
        self.body.push(vec![paragraph]);
        self
    }

    /// One more paragraph, if there is one.
    #[must_use]
    pub fn say_if(self, paragraph: Option<Msg>) -> Page {
        match paragraph {
            Some(paragraph) => self.say(paragraph),
            None => self,
        }
    }

    /// One more line of the last paragraph.
    #[must_use]
    pub fn line(mut self, line: Msg) -> Page {
        match self.body.last_mut() {
            Some(paragraph) => paragraph.push(line),
            None => self.body.push(vec![line]),
        }
        self
    }

    /// One more paragraph of these lines; without any, nothing.
    #[must_use]
    pub fn lines(mut self, lines: Vec<Msg>) -> Page {
        if !lines.is_empty() {
            self.body.push(lines);
        }
        self
    }

    /// One more row with a single choice.
    #[must_use]
    pub fn choice(self, choice: Choice) -> Page {
        self.row(vec![choice])
    }

    /// One more row of choices; an empty one leaves no trace.
    #[must_use]
    pub fn row(mut self, row: Vec<Choice>) -> Page {
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// The same and a row with a link.
    #[must_use]
    pub fn go(self, label: Msg, to: Route) -> Page {
        self.choice(Choice::go(label, to))
    }

    /// The same and a row with a deed.
    #[must_use]
    pub fn deed(self, label: Msg, name: impl Into<String>) -> Page {
        self.choice(Choice::deed(label, name))
    }

    /// The same and a row with a deed that is as easily put right: see [`Weight::Light`].
    #[must_use]
    pub fn light(self, label: Msg, name: impl Into<String>) -> Page {
        self.choice(Choice::light(label, name))
    }

    /// The same and a row with a deed that goes round: see [`Weight::Switch`].
    #[must_use]
    pub fn switch(self, label: Msg, name: impl Into<String>) -> Page {
        self.choice(Choice::switch(label, name))
    }

    /// The same and a row with a deed that can't be undone: see [`Weight::Grave`].
    #[must_use]
    pub fn grave(self, label: Msg, name: impl Into<String>) -> Page {
        self.choice(Choice::grave(label, name))
    }

    /// The same and a row with a deed that says yes: see [`Nature::Confirms`].
    #[must_use]
    pub fn confirm(self, label: Msg, name: impl Into<String>) -> Page {
        self.choice(Choice::confirm(label, name))
    }

    /// The same, which waits for a typed answer.
    #[must_use]
    pub fn asking(mut self) -> Page {
        self.asks = true;
        self
    }

    /// The same, which waits for a typed answer that any words would be: a name, a text. So they are not taken for one where they
    /// may be meant otherwise.
    #[must_use]
    pub fn asking_in_any_words(mut self) -> Page {
        (self.asks, self.takes_any_words) = (true, true);
        self
    }

    /// The same, for people whose language nobody knows yet.
    #[must_use]
    pub fn polyglot(mut self) -> Page {
        self.polyglot = true;
        self
    }

    /// A page of a list that has so many on each: the ways to the one before and the one after, which keep their places. At
    /// either end they lead round.
    #[must_use]
    pub fn turning(mut self, a_page: usize, number: usize, last: usize, at: impl Fn(usize) -> Route) -> Page {
        if last == 0 {
            return self;
        }
        let before = if number == 0 { last } else { number - 1 };
        let after = if number >= last { 0 } else { number + 1 };
        let turns = vec![Choice::go(msg!("list-previous"), at(before)), Choice::go(msg!("list-next"), at(after))];
        self.turns = Some((u32::try_from(a_page + 1).unwrap_or(u32::MAX), turns));
        self
    }

    /// The same about somebody of this name.
    #[must_use]
    pub fn about(mut self, name: impl Into<String>) -> Page {
        self.about = Some(name.into()).filter(|name| !name.is_empty());
        self
    }

    /// The same, where "yes" stands for this deed.
    #[must_use]
    pub fn where_yes_is(mut self, deed: impl Into<String>) -> Page {
        self.yes = Some(deed.into());
        self
    }

    /// The same, where "yes" stands for this choice: of a page that asks a question without a Yes among its choices.
    #[must_use]
    pub fn where_yes_means(self, choice: Choice) -> Page {
        self.called(msg!("answer-yes"), choice)
    }

    /// The same, where "no" stands for this choice: a way to where it is asked, rather than a deed.
    #[must_use]
    pub fn where_no_is(self, choice: Choice) -> Page {
        // It is one of the words that people say for it.
        self.called(msg!("answer-no"), choice)
    }

    /// The same, where these words, with commas between them, stand for this choice too, as a whole.
    #[must_use]
    pub fn called(mut self, words: Msg, choice: Choice) -> Page {
        self.called.push((words, choice));
        self
    }

    /// The same, which brings a file into the chat. It is sent when somebody comes to the page, and not once more when the page
    /// is drawn again because of something else that they say there. It is best made of nothing but what the database has,
    /// here, where the page is: then it is kept in no second place, and a page that gets lost on its way is sent with it again.
    #[must_use]
    pub fn bringing(mut self, file: File) -> Page {
        self.file = Some(Box::new(file));
        self
    }

    /// The same, standing alone: without a way back or to the main menu.
    #[must_use]
    pub fn bare(mut self) -> Page {
        self.bare = true;
        self
    }
}

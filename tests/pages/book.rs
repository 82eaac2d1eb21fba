//! A book of pages: who came how to which one, and what they saw there, for people to read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use exodus::domain::clearing::{Tally, Totals};
use exodus::domain::{CollectionId, CollectionKind, CommitmentId, InviteId, MemberId, Money, State};
use exodus::store;
use exodus::store::account::AccountId;
use exodus_engine::conversation::{Button, Caps, Does, Heard, Incoming, Nature, Rendered, Route};
use sea_orm::EntityTrait;

use crate::community::noon;
use crate::house::{House, KEYBOARD, NUMBERED, deed, update};

/// What somebody does when they send what is no text.
const PICTURE: &str = "(a picture)";

/// What somebody does when they press once more what they pressed before: by now it is an old button.
const AGAIN: &str = ":again";

/// All that people saw, one chapter a screen.
pub struct Book {
    pub house: House,
    pub lang: String,
    pub chapters: BTreeMap<String, String>,
    /// Pages that stand in a chapter already.
    written: HashSet<(String, String)>,
    members: HashMap<String, MemberId>,
    /// By whom and to whom.
    commitments: HashMap<(MemberId, MemberId), CommitmentId>,
    collections: HashMap<(MemberId, CollectionKind), CollectionId>,
}

impl Book {
    /// A book in one language, about everybody who is there now.
    pub async fn new(house: House, lang: &str) -> Book {
        let rows = "rows";
        let members = store::member::Entity::find().all(&house.db).await.expect(rows);
        for member in &members {
            house.speak(member.id, lang).await;
        }
        let members = members.into_iter().map(|row| (row.name, row.id)).collect();
        let commitments = store::commitment::Entity::find().all(&house.db).await.expect(rows);
        let commitments = commitments.into_iter().map(|row| ((row.supporter_id, row.receiver_id), row.id)).collect();
        let mut collections = HashMap::new();
        for row in store::collection::Entity::find().all(&house.db).await.expect(rows) {
            let found = store::collection::find(&house.db, row.id).await.expect(rows).expect("the collection");
            collections.insert((found.owner, found.kind), found.id);
        }
        Book {
            house,
            lang: lang.to_owned(),
            chapters: BTreeMap::new(),
            written: HashSet::new(),
            members,
            commitments,
            collections,
        }
    }

    pub fn member(&self, name: &str) -> MemberId {
        *self.members.get(name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// The number of the account that somebody has in a messenger.
    pub async fn account(&self, name: &str, messenger: &str) -> AccountId {
        let accounts = store::account::of_person(&self.house.db, self.member(name)).await.expect("rows");
        accounts.iter().find(|account| account.messenger == messenger).expect("the account").id
    }

    /// The route of a way to pay somebody.
    pub async fn payment_detail(&self, of: &str, name: &str) -> String {
        let details = store::payment_detail::of(&self.house.db, self.member(of)).await.expect("rows");
        format!("/payment-detail/{}", details.iter().find(|detail| detail.name == name).expect("the detail").id)
    }

    /// The route of what one does for the other.
    /// The newest of the guarantees that they offer.
    pub async fn offer(&self, of: &str) -> InviteId {
        store::invite::offers(&self.house.db, self.member(of), noon(3)).await.unwrap()[0].id
    }

    /// The initiatives that there were before anybody proposed one.
    pub async fn initiatives(&self) -> [CollectionId; 3] {
        let all = store::collection::Entity::find().all(&self.house.db).await.expect("rows");
        let mut found: Vec<CollectionId> =
            all.into_iter().filter(|row| row.kind == "initiative").map(|row| row.id).collect();
        found.sort_unstable();
        [found[0], found[1], found[2]]
    }

    /// Where the vote of somebody for an initiative is.
    pub async fn vote(&self, by: &str, of: CollectionId) -> String {
        let vote = store::commitment::newest_of(&self.house.db, of, self.member(by)).await.expect("a row");
        format!("/commitment/{}", vote.expect("they have voted").id)
    }

    pub fn commitment(&self, by: &str, to: &str) -> String {
        let pair = (self.member(by), self.member(to));
        format!("/commitment/{}", self.commitments.get(&pair).unwrap_or_else(|| panic!("{by} does not help {to}")))
    }

    /// The route of what one owes the other.
    pub async fn promise(&self, by: &str, to: &str) -> String {
        let (by, to) = (self.member(by), self.member(to));
        let owed = store::commitment::by_supporter(&self.house.db, by, &[State::Obligation], store::Slice::ALL).await;
        let owed = owed.expect("rows").into_iter().find(|one| one.commitment.receiver == to).expect("a promise");
        format!("/commitment/{}", owed.commitment.id)
    }

    /// What the calendar does: the trial that was asked for has come to an end.
    pub async fn trial_is_done(&self) {
        let tally = |count, members, minor| Tally { count, members, sum: Money::from_minor(minor) };
        let totals = Totals { owed: tally(41, 17, 123_450), set_off: tally(9, 6, 20_050) };
        let trial = store::clearing::newest(&self.house.db, store::clearing::Kind::Trial).await;
        let trial = trial.expect("rows").expect("a trial").id;
        store::clearing::note_totals(&self.house.db, trial, totals).await.expect("noted");
        store::clearing::done(&self.house.db, trial).await.expect("done");
    }

    /// The number of a collection of this owner.
    pub fn collection(&self, owner: &str, kind: CollectionKind) -> CollectionId {
        self.collections[&(self.member(owner), kind)]
    }

    /// Somebody begins at the menu and does one thing after another; each page that they see is written down once.
    ///
    /// `/route` follows a link, `:name` does a deed, anything else is typed.
    pub async fn scene(&mut self, who: &str, deeds: &[&str]) {
        self.hear(who, Heard::Press("/menu".into())).await;
        let (mut page, mut pressed) = (None, String::new());
        for (n, done) in deeds.iter().enumerate() {
            let heard = match (*done, done.strip_prefix(':')) {
                (PICTURE, _) => Heard::Other,
                (AGAIN, _) => Heard::Press(pressed.clone()),
                (_, Some(name)) => {
                    pressed = deed(page.as_ref().expect("a page to choose from"), name);
                    Heard::Press(pressed.clone())
                }
                (link, _) if link.starts_with('/') => Heard::Press((*link).to_owned()),
                (typed, _) => Heard::Text(typed.to_owned()),
            };
            let seen = self.hear(who, heard).await;
            page = Some(self.write(who, &deeds[..=n], &seen).await);
        }
    }

    /// The page that answers, as a list to read.
    async fn hear(&self, who: &str, heard: Heard) -> Rendered {
        // On the heap: with all the scenes around it, a turn is more than a test's stack has room for.
        let answer = Box::pin(self.house.turn(NUMBERED, &self.update(who, heard))).await.expect("a turn");
        answer.expect("an answer").rendered
    }

    fn update(&self, who: &str, heard: Heard) -> Incoming {
        Incoming { lang: Some(self.lang.clone()), ..update(who, heard) }
    }

    /// Files a page under the screen where the person is now; the same page as they see it last, to go on from.
    async fn write(&mut self, who: &str, deeds: &[&str], page: &Rendered) -> Rendered {
        let session = store::session::load(&self.house.db, "terminal", who).await.expect("rows").expect("a session");
        let screen = Route::new(&session.route).screen().to_owned();
        let buttons = self.redraw(who, KEYBOARD).await;
        let last = self.redraw(who, NUMBERED).await;
        let body = format!("{}\n\n{}", page.text.plain(), rows(&buttons));
        let chapter = self.chapters.entry(screen.clone()).or_default();
        if self.written.insert((screen, body.clone())) {
            let gap = if chapter.is_empty() { "" } else { "\n" };
            writeln!(chapter, "{gap}━━━ {who}: {}\n\n{body}", deeds.join(" → ")).expect("a text");
        }
        last
    }

    /// The open page once more, without the line about what has just happened.
    async fn redraw(&self, who: &str, caps: Caps) -> Rendered {
        let again = self.update(who, Heard::Other);
        Box::pin(self.house.engine.redraw("terminal", caps, &again)).await.expect("a turn").expect("an answer").rendered
    }
}

/// The rows of a keyboard; a button that leads out of the bot has an arrow, one that copies two sheets, one that says yes a
/// check mark, and one that can't be undone a warning.
fn rows(page: &Rendered) -> String {
    let row = |row: &Vec<Button>| {
        let buttons = row.iter().map(|button| match (&button.does, button.nature) {
            (Does::Press(_), Nature::Usual) => format!("[{}]", button.label),
            (Does::Press(_), Nature::Confirms) => format!("[{} ✔]", button.label),
            (Does::Press(_), Nature::Irrevocable) => format!("[{} ⚠]", button.label),
            (Does::Copy(_), _) => format!("[{} ⧉]", button.label),
            (Does::Open(_) | Does::Write { .. } | Does::Share { .. }, _) => format!("[{} ↗]", button.label),
        });
        format!("    {}", buttons.collect::<Vec<_>>().join(" "))
    };
    page.buttons.iter().map(row).collect::<Vec<_>>().join("\n")
}

//! My network as a picture.

use std::sync::{Arc, OnceLock};

use exodus_picture::{Circle, Member, NAMED, Network, Status as Dot, Tie, Words, shares};

use super::people::shown;
use crate::aid::{self, Help, Surroundings};
use crate::domain::{MemberId, Money, State, Status};
use crate::screens::sentences::state_sign;
use crate::screens::world::{Here, aid, me};
use crate::store::network::{People, Person};
use exodus_engine::conversation::{Content, Drawing, Fault, File, Page, Picture};
use exodus_engine::locale::{Locales, Msg};
use exodus_engine::msg;

/// What it is called where it is saved.
const FILE: &str = "exodus-network.png";

/// The page that brings it. What is on it is found out now; it is drawn when it is shown.
pub async fn page(cx: &Here<'_>) -> Result<Page, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    let most = u64::try_from(NAMED).unwrap_or(u64::MAX);
    let around = aid::surroundings(&aid, who, most).await?;
    if around.near.count.found == 0 {
        return Ok(Page::new(msg!("members-alone")).say(msg!("members-how-to-grow")));
    }
    let says = Says { locales: &cx.world.settings.locales, lang: &cx.lang };
    let network = says.network(who, &around);
    let about = network.about.clone();
    let drawing = Arc::new(Drawn { network, drawing: OnceLock::new() });
    let content = Content::Picture(Picture { about, drawing });
    let (near, further) = (shown(around.near.count), shown(around.further.count));
    let file = File { name: FILE.to_owned(), media_type: "image/png".to_owned(), content };
    Ok(Page::new(msg!("picture-here", near = near, further = further)).say(msg!("picture-private")).bringing(file))
}

/// A network, drawn once it is looked at.
#[derive(Debug)]
struct Drawn {
    network: Network,
    drawing: OnceLock<exodus_picture::Drawing>,
}

impl Drawn {
    fn drawing(&self) -> &exodus_picture::Drawing {
        self.drawing.get_or_init(|| self.network.draw())
    }
}

impl Drawing for Drawn {
    fn size(&self) -> (u32, u32) {
        self.drawing().size()
    }

    fn svg(&self) -> String {
        self.drawing().svg()
    }

    fn png(&self) -> Result<Vec<u8>, String> {
        self.drawing().png().map_err(|error| error.to_string())
    }
}

/// Puts what is on a picture into words.
struct Says<'a> {
    locales: &'a Locales,
    lang: &'a str,
}

impl Says<'_> {
    fn plain(&self, msg: &Msg) -> String {
        self.locales.plain(self.lang, msg)
    }

    /// As short as it can be said: below a dot there is little room.
    fn brief(&self, msg: &Msg) -> String {
        self.locales.brief(self.lang, msg).plain()
    }

    fn network(&self, who: MemberId, around: &Surroundings) -> Network {
        let (near, further) = (shown(around.near.count), shown(around.further.count));
        let (named_near, named_further) = shares(count(&around.near), count(&around.further));
        let my_name = self.plain(&msg!("picture-me"));
        Network {
            title: self.plain(&msg!("picture-title")),
            subtitle: self.plain(&msg!("picture-subtitle", near = near.clone(), further = further.clone())),
            about: self.plain(&msg!("picture-about", near = near, further = further)),
            me: Member {
                key: who.number(),
                title: self.titled(&msg!("picture-me"), around.status, None),
                name: my_name,
                status: dot(around.status),
                lacks: None,
            },
            near: self.circle(&msg!("network-near"), &around.near, named_near),
            further: self.circle(&msg!("picture-further"), &around.further, named_further),
            ties: self.ties(who, around),
            words: Words {
                green: self.plain(&msg!("picture-green")),
                orange: self.plain(&msg!("picture-orange")),
                red: self.plain(&msg!("picture-red")),
                suspended: self.plain(&msg!("picture-suspended")),
                promised: self.plain(&msg!("picture-promised")),
                intended: self.plain(&msg!("picture-intended")),
                helps: self.plain(&msg!("picture-helps")),
                ended: self.plain(&msg!("picture-ended")),
                guarantee: self.plain(&msg!("picture-guarantee")),
            },
        }
    }

    fn circle(&self, caption: &Msg, people: &People, named: usize) -> Circle {
        let more = people.count.found.saturating_sub(u64::try_from(named).unwrap_or(u64::MAX));
        Circle {
            caption: self.plain(caption),
            members: people.listed.iter().take(named).map(|one| self.member(one)).collect(),
            more: (more > 0).then(|| self.plain(&msg!("picture-more", count = more))),
        }
    }

    fn member(&self, one: &Person) -> Member {
        let name = msg!("members-named", name = &one.name);
        let lacks = one.missing.filter(|_| !one.suspended);
        let lacks = lacks.filter(|missing| *missing > Money::ZERO).map(|missing| msg!("picture-lacks", sum = missing));
        Member {
            key: one.id.number(),
            name: self.brief(&name),
            status: if one.suspended { Dot::Suspended } else { dot(one.status) },
            title: match one.suspended {
                true => self.plain(&msg!("picture-member", name = name, status = msg!("picture-suspended"))),
                false => self.titled(&name, one.status, lacks.as_ref()),
            },
            lacks: lacks.map(|lacks| self.plain(&lacks)),
        }
    }

    fn titled(&self, name: &Msg, status: Status, lacks: Option<&Msg>) -> String {
        let status = match status {
            Status::Green => msg!("picture-green"),
            Status::Orange => msg!("picture-orange"),
            Status::Red => msg!("picture-red"),
        };
        let status = match lacks {
            Some(lacks) => msg!("circle-and", before = status, next = lacks.clone()),
            None => status,
        };
        self.plain(&msg!("picture-member", name = name.clone(), status = status))
    }

    fn ties(&self, who: MemberId, around: &Surroundings) -> Vec<Tie> {
        let listed = || around.near.listed.iter().chain(&around.further.listed);
        let called = |id: MemberId| match listed().find(|one| one.id == id) {
            Some(one) => msg!("members-named", name = &one.name),
            None => msg!("picture-me"),
        };
        let help = |tie: &Help| self.tie(tie, called(tie.supporter), called(tie.receiver));
        let guarantee = |other: &MemberId| Tie {
            from: who.number(),
            to: other.number(),
            help: exodus_picture::Help::Guarantee,
            sum: None,
            title: self.plain(&msg!("picture-guarantee-with", name = called(*other))),
        };
        around.ties.iter().map(help).chain(around.guarantees.iter().map(guarantee)).collect()
    }

    fn tie(&self, tie: &Help, from: Msg, to: Msg) -> Tie {
        let counts = |state: &State| !state.is_settled() || tie.now;
        let gives: Vec<&(State, Money)> = tie.gives.iter().filter(|(state, _)| counts(state)).collect();
        let said = gives.iter().map(|(state, sum)| msg!("circle-gives", sign = state_sign(*state), sum = *sum));
        let said = said.reduce(|before, next| msg!("circle-and", before = before, next = next));
        let sum: Money = gives.iter().map(|(_, sum)| *sum).sum();
        let is_intended = gives.iter().all(|(state, _)| *state == State::Intention);
        let (help, title) = match (said, tie.now) {
            (Some(gives), _) => {
                let help = if is_intended { exodus_picture::Help::Intended } else { exodus_picture::Help::Promised };
                (help, msg!("picture-gives", from = from, to = to, gives = gives))
            }
            (None, true) => (exodus_picture::Help::Some, msg!("picture-tie", from = from, to = to)),
            (None, false) => (exodus_picture::Help::Ended, msg!("picture-tie-ended", from = from, to = to)),
        };
        Tie {
            from: tie.supporter.number(),
            to: tie.receiver.number(),
            help,
            sum: (!gives.is_empty()).then(|| self.plain(&msg!("picture-sum", sum = sum))),
            title: self.plain(&title),
        }
    }
}

fn count(people: &People) -> usize {
    usize::try_from(people.count.found).unwrap_or(usize::MAX)
}

fn dot(status: Status) -> Dot {
    match status {
        Status::Green => Dot::Green,
        Status::Orange => Dot::Orange,
        Status::Red => Dot::Red,
    }
}

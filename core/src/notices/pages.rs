//! Notices of the outbox as pages: made when they are sent, and again when they are answered.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use super::answer::deed_of;
use super::chains::ANSWER_BY;
use super::facts::{Fact, Facts, Names};
use super::initiatives::OF_INITIATIVE;
use super::kind::{Kind, kind};
use super::payment::{payment_lines, with_copies};
use super::pools::{OF_POOL, TAKE};
use crate::aid::Aid;
use crate::domain::{
    About, AnnouncementId, CaseId, CollectionId, CommitmentId, DeedKind, MemberId, NewsId, PaymentDetail, PoolId,
};
use exodus_engine::conversation::{Choice, Kept, Page};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What a notice says, read from its facts.
pub(super) trait Says: Send + Sync {
    /// The notice that this one is, with something beside it: whatever that one speaks of, it does too.
    fn beside(&self) -> Option<&dyn Says> {
        None
    }

    /// Whom it names.
    fn members(&self) -> Vec<MemberId>;

    /// Whom its reader has to pay, and reads how.
    fn paid(&self) -> Vec<MemberId> {
        Vec::new()
    }

    /// The same among others, in a few lines: what stands first in each of its paragraphs.
    fn in_short(&self, names: &Names) -> Vec<Msg> {
        self.page(names).body.into_iter().filter_map(|lines| lines.into_iter().next()).collect()
    }

    /// Which announcements it quotes.
    fn announcements(&self) -> Vec<AnnouncementId> {
        self.beside().map(Says::announcements).unwrap_or_default()
    }

    /// Which pools it speaks of.
    fn pools(&self) -> Vec<PoolId> {
        self.beside().map(Says::pools).unwrap_or_default()
    }

    /// Of which cases it says what they are about.
    fn cases(&self) -> Vec<CaseId> {
        self.beside().map(Says::cases).unwrap_or_default()
    }

    /// Whether it names a time of day.
    fn has_time(&self) -> bool {
        self.beside().is_some_and(Says::has_time)
    }

    /// Whether it leads to lists of its reader's records.
    fn leads_to_lists(&self) -> bool {
        self.beside().is_some_and(Says::leads_to_lists)
    }

    /// Which initiatives it names, and which news of theirs it quotes.
    fn initiatives(&self) -> (Vec<CollectionId>, Vec<NewsId>) {
        self.beside().map(Says::initiatives).unwrap_or_default()
    }

    /// To which initiative it offers votes.
    fn asks_to_vote(&self) -> Option<CollectionId> {
        self.beside().and_then(Says::asks_to_vote)
    }

    /// Of which help it says more than whose it is, and how much.
    fn noted(&self) -> Vec<CommitmentId> {
        self.beside().map(Says::noted).unwrap_or_default()
    }

    /// Its page, where they are called so.
    fn page(&self, names: &Names) -> Page;
}

/// How the facts of a kind are read; `None` if this release can't.
pub(super) type Reads = fn(facts: &str) -> Option<Box<dyn Says>>;

/// What most notices say: one sentence.
struct Sentence {
    key: &'static str,
    facts: Facts,
}

impl Says for Sentence {
    fn members(&self) -> Vec<MemberId> {
        self.facts.values().filter_map(|fact| fact.member()).collect()
    }

    fn pools(&self) -> Vec<PoolId> {
        self.facts.values().filter_map(|fact| fact.pool()).collect()
    }

    fn cases(&self) -> Vec<CaseId> {
        self.facts.values().filter_map(|fact| fact.case()).collect()
    }

    fn has_time(&self) -> bool {
        self.facts.values().any(|fact| fact.is_moment())
    }

    fn initiatives(&self) -> (Vec<CollectionId>, Vec<NewsId>) {
        let (mut initiatives, mut news) = (Vec::new(), Vec::new());
        for fact in self.facts.values() {
            match fact {
                Fact::Initiative(id) => initiatives.push(*id),
                Fact::News(id) => news.push(*id),
                _ => {}
            }
        }
        (initiatives, news)
    }

    fn page(&self, names: &Names) -> Page {
        let facts = self.facts.iter();
        let sentence = facts.fold(Msg::new(self.key), |says, (name, fact)| says.with(name.clone(), fact.said(names)));
        // Who votes for whom is told apart by what for: one may have proposed two.
        let title = self.facts.get("title").and_then(|fact| names.title_of(fact.initiative()?));
        let about = title.or_else(|| names.get(self.facts.get("name")?.member()?));
        // Help to an initiative, or to a case of a pool, is told as any help is, and then which one it is.
        let initiative = self.facts.get(OF_INITIATIVE).and_then(|fact| fact.initiative());
        let initiative = initiative.map(|id| msg!("commitment-initiative", title = names.title(id)));
        let pool = self.facts.get(OF_POOL).and_then(|fact| fact.pool());
        let pool = pool.map(|id| msg!("commitment-pool", pool = names.pool(id)));
        let answer_by = self.facts.get(ANSWER_BY).map(|at| msg!("chain-answer-by", time = at.said(names)));
        Page::new(sentence).say_if(initiative).say_if(pool).say_if(answer_by).about(about.unwrap_or_default())
    }
}

/// A sentence, and below it how to pay whom it speaks of.
struct WithPayment(Sentence);

impl WithPayment {
    fn details<'a>(&self, names: &'a Names) -> &'a [PaymentDetail] {
        self.paid().first().map(|paid| names.payment(*paid)).unwrap_or_default()
    }
}

impl Says for WithPayment {
    fn beside(&self) -> Option<&dyn Says> {
        Some(&self.0)
    }

    fn members(&self) -> Vec<MemberId> {
        self.0.members()
    }

    fn paid(&self) -> Vec<MemberId> {
        self.0.facts.get("name").and_then(|fact| fact.member()).into_iter().collect()
    }

    fn in_short(&self, names: &Names) -> Vec<Msg> {
        self.0.in_short(names).into_iter().chain(payment_lines(self.details(names))).collect()
    }

    fn page(&self, names: &Names) -> Page {
        let details = self.details(names);
        with_copies(self.0.page(names).lines(payment_lines(details)), details)
    }
}

/// What a notice of this kind says.
pub(super) fn read(kind: &Kind, facts: &str) -> Option<Box<dyn Says>> {
    if let Some(reads) = kind.reads {
        return reads(facts);
    }
    let sentence = Sentence { key: kind.says, facts: serde_json::from_str(facts).ok()? };
    Some(if kind.pays { Box::new(WithPayment(sentence)) } else { Box::new(sentence) })
}

/// A notice that was read: of which kind it is, what it says, and what it is about.
type ReadNotice<'a> = (&'a Kind, Box<dyn Says>, Option<About>);

/// These notices as pages, in their order, with the names that members have now, which are asked for at once, and by what each
/// reader tells them from others of that name. `None` for one
/// whose kind or facts this release does not know.
///
/// # Errors
/// The database does not answer.
pub async fn pages(aid: &Aid<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, DbErr> {
    let db = aid.tx;
    let read = |it: &Kept| {
        let kind = kind(&it.kind)?;
        Some((kind, read(kind, &it.facts)?, About::stored(it.about.as_deref())))
    };
    let read: Vec<_> = these.iter().map(read).collect();
    let named = |(it, read): (&Kept, &Option<(_, Box<dyn Says>, _)>)| Some((it.to, read.as_ref()?.1.members()));
    let named: Vec<(MemberId, Vec<MemberId>)> = these.iter().zip(&read).filter_map(named).collect();
    let mut members: BTreeSet<MemberId> = named.iter().flat_map(|(_, members)| members).copied().collect();
    members.extend(read.iter().flatten().filter_map(|(_, _, about)| match about {
        Some(About::Member(id)) => Some(*id),
        _ => None,
    }));
    let paid: BTreeSet<MemberId> = read.iter().flatten().flat_map(|(_, says, _)| says.paid()).collect();
    let quoted: BTreeSet<AnnouncementId> =
        read.iter().flatten().flat_map(|(_, says, _)| says.announcements()).collect();
    let noted: BTreeSet<CommitmentId> = read
        .iter()
        .flatten()
        .flat_map(|(kind, says, about)| says.noted().into_iter().chain(noted_by(kind, *about)))
        .collect();
    let names = Names::of(db, members).await?.paying(db, paid).await?.noting(db, noted).await?;
    let pools = read.iter().flatten().flat_map(|(_, says, _)| says.pools()).collect();
    let cases = read.iter().flatten().flat_map(|(_, says, _)| says.cases()).collect();
    let told = read.iter().flatten().map(|(_, says, _)| says.initiatives());
    let (initiatives, news): (Vec<Vec<CollectionId>>, Vec<Vec<NewsId>>) = told.unzip();
    let (initiatives, news) = (initiatives.concat().into_iter().collect(), news.concat().into_iter().collect());
    let voted: BTreeSet<CollectionId> = read.iter().flatten().filter_map(|(_, says, _)| says.asks_to_vote()).collect();
    let names = names.lacking(db, voted.into_iter().collect()).await?;
    let names = names.quoting(db, quoted).await?.sharing(db, pools, cases).await?;
    let timed = |(it, read): (&Kept, &Option<ReadNotice<'_>>)| read.as_ref()?.1.has_time().then_some(it.to);
    let names = names.by_clocks(aid, these.iter().zip(&read).filter_map(timed).collect()).await?;
    let listed = |(it, read): (&Kept, &Option<ReadNotice<'_>>)| read.as_ref()?.1.leads_to_lists().then_some(it.to);
    let names = names.listing(db, these.iter().zip(&read).filter_map(listed).collect()).await?;
    let mut names = names.telling(db, initiatives, news).await?.told_apart(aid, named, false).await?;
    let made = |(it, read): (&Kept, Option<ReadNotice<'_>>)| {
        let (kind, says, about) = read?;
        names.read_by(it.to);
        let note = noted_by(kind, about).and_then(|id| names.note(id));
        let page = says.page(&names).say_if(note.map(|note| msg!("commitment-note", note = note.as_str())));
        // To one who has left nothing leads.
        let about = about.filter(|about| !matches!(about, About::Member(id) if names.get(*id).is_none()));
        Some(offering(page, kind, about))
    };
    Ok(these.iter().zip(read).map(made).collect())
}

/// The help of which notices of this kind tell what its supporter says about it.
fn noted_by(kind: &Kind, about: Option<About>) -> Option<CommitmentId> {
    match about {
        Some(About::Commitment(id)) if kind.notes => Some(id),
        _ => None,
    }
}

/// One notice as a page, where members are called so.
pub fn page(name: &str, facts: &str, about: Option<About>, names: &Names) -> Option<Page> {
    let kind = kind(name)?;
    Some(offering(read(kind, facts)?.page(names), kind, about))
}

/// The same with what can be chosen on notices of this kind.
fn offering(page: Page, kind: &Kind, about: Option<About>) -> Page {
    let rows = about.map(|about| kind.choices(about)).unwrap_or_default();
    let page = rows.into_iter().fold(page, Page::row);
    let choices: Vec<Choice> = page.rows.iter().flatten().cloned().collect();
    choices.into_iter().fold(page, |page, choice| match deed_of(&choice).flatten() {
        _ if matches!(&choice, Choice::Do { name, .. } if name == TAKE) => page.called(msg!("case-take-words"), choice),
        Some(DeedKind::Confirm) => {
            page.where_yes_is(DeedKind::Confirm.as_str()).called(msg!("deed-confirm-words"), choice)
        }
        Some(DeedKind::NotReceived) => page.where_no_is(choice.clone()).called(msg!("deed-not-received-words"), choice),
        Some(DeedKind::Claim) => page.called(msg!("deed-claim-words"), choice),
        Some(DeedKind::Promise) => page.called(msg!("deed-promise-words"), choice),
        _ => page,
    })
}

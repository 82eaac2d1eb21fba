//! A clearing is computed beside everything else: read a little at a time, solved and checked on a thread of its own, noted a
//! little at a time. Only then comes its step, which decides.

use std::sync::{Mutex, PoisonError};

use crate::aid::calendar::{Job, about_month};
use crate::aid::clearing::{self, Read};
use crate::aid::{By, Community, Refused, Work, unit};
use crate::domain::clearing::{Totals, clear};
use crate::domain::{Cleared, ClearingId, CommitmentId, Owed};
use crate::store;
use crate::store::schedule::{Due, Model};
use exodus_engine::conversation::Fault;
use exodus_engine::delivery::Aside;
use exodus_engine::id::Id;

/// How many lines are noted in one transaction.
const NOTED_AT_ONCE: usize = 500;

/// What was computed, until its step comes: for which row of the schedule, and what it is.
#[derive(Default)]
pub(super) struct Prepared(Mutex<Option<(Id<Model>, Computed)>>);

/// What came of computing.
#[derive(Clone, Copy)]
pub(super) enum Computed {
    /// A run whose lines are noted.
    Run(ClearingId),
    /// What a trial comes to.
    Trial(Totals),
}

/// Whoever has short transactions done.
pub(super) struct Desk<'a> {
    pub aside: &'a Aside<'a>,
    pub community: Community<'a>,
}

impl Desk<'_> {
    async fn run<T>(&self, work: impl AsyncFnOnce(&Work<'_>) -> Result<T, Refused>) -> Result<T, Fault> {
        let tx = self.aside.begin().await?;
        let done = unit::run(self.aside.moment(&tx), self.community, By::Calendar, work).await?;
        tx.commit().await?;
        Ok(done)
    }
}

impl Prepared {
    /// What was computed for this row; it is given once.
    pub fn take(&self, row: Id<Model>) -> Option<Computed> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.take_if(|(of, _)| *of == row).map(|(_, computed)| computed)
    }

    fn has(&self, row: Id<Model>) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().is_some_and(|(of, _)| *of == row)
    }

    fn keep(&self, row: Id<Model>, computed: Computed) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((row, computed));
    }

    /// Computes what this work needs, if it is a clearing that is not decided.
    pub async fn prepare(&self, desk: &Desk<'_>, due: &Due) -> Result<(), Fault> {
        let job = Job::parse(&due.name).filter(|job| matches!(job, Job::Clearing | Job::ClearingTrial));
        let (Some(job), false) = (job, self.has(due.id)) else { return Ok(()) };
        let row = desk.run(async |work| Ok(store::schedule::find(work.tx, due.id).await?)).await?;
        let Some(row) = row.filter(|row| row.done_at.is_none()) else { return Ok(()) };
        let computed = match job {
            Job::ClearingTrial => {
                let cleared = compute(desk, ClearingId::new(row.about)).await?;
                cleared.map(|cleared| Computed::Trial(cleared.totals))
            }
            _ => run(desk, &row).await?.map(Computed::Run),
        };
        if let Some(computed) = computed {
            self.keep(due.id, computed);
        }
        Ok(())
    }
}

/// A run of this month, with all its lines noted; none where it is decided, or has come too late. What was disturbed is left for
/// its step to find out.
async fn run(desk: &Desk<'_>, row: &Model) -> Result<Option<ClearingId>, Fault> {
    let month = about_month(row).filter(|_| is_undecided(row));
    let begun = desk.run(async |work| {
        let Some(month) = month.filter(|month| *month == work.month()) else { return Ok(None) };
        if clearing::is_cleared(work, month).await? {
            return Ok(None);
        }
        Ok(Some(clearing::begin(work).await?))
    });
    let Some(id) = begun.await? else { return Ok(None) };
    let Some(cleared) = compute(desk, id).await? else { return Ok(Some(id)) };
    for lines in cleared.lines.chunks(NOTED_AT_ONCE) {
        desk.run(async |work| Ok(clearing::note_lines(work, id, lines).await?)).await?;
    }
    desk.run(async |work| Ok(clearing::note_totals(work, id, cleared.totals).await?)).await?;
    Ok(Some(id))
}

/// Whether the work of this row is still to be decided on.
pub(super) fn is_undecided(row: &Model) -> bool {
    row.progress.is_empty() || row.progress.starts_with("again ")
}

/// Reads what takes part and sets it off; none when somebody has changed something meanwhile.
async fn compute(desk: &Desk<'_>, id: ClearingId) -> Result<Option<Cleared>, Fault> {
    let (mut owed, mut after): (Vec<Owed>, CommitmentId) = (Vec::new(), CommitmentId::BEFORE_ALL);
    loop {
        match desk.run(async |work| Ok(clearing::read_next(work, id, after).await?)).await? {
            Read::Some(more, last) => {
                owed.extend(more);
                after = last;
            }
            Read::All => break,
            Read::Disturbed => return Ok(None),
        }
    }
    let cleared = tokio::task::spawn_blocking(move || clear(&owed)).await;
    let cleared = cleared.map_err(|error| Fault::Broken(format!("a clearing could not be computed: {error}")))?;
    cleared.map(Some).map_err(|doubtful| Fault::Broken(format!("a clearing was not applied: {doubtful}")))
}

//! What the digests say, beside what the records say.

use std::collections::{BTreeMap, BTreeSet};

use exodus::domain::State;
use exodus::store::outbox::NoticeId;
use exodus::store::{commitment, outbox};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::place::{Place, month};
use crate::records::Records;

/// The digests up to the last look.
#[derive(Default)]
pub struct Digests {
    last: Option<NoticeId>,
    months: usize,
    lapsed: i64,
    carried: i64,
    overdue: i64,
}

/// What all digests of a month come to: by what it is about, and by whether the reader is the supporter.
type Said = BTreeMap<(String, bool), i64>;

impl Digests {
    /// Adds up the new digests, and compares them with the records as they are after the close.
    pub async fn hold(&mut self, place: &Place, records: &Records) {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::Id.gt(self.last.unwrap_or(NoticeId::BEFORE_ALL)))
            .filter(outbox::Column::Kind.is_in(["notice-month", "notice-overdue"]))
            .order_by_asc(outbox::Column::Id)
            .all(&place.db)
            .await
            .unwrap();
        let mut readers = BTreeSet::new();
        let mut of_months: BTreeMap<i32, Said> = BTreeMap::new();
        for row in rows {
            self.last = Some(row.id);
            let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap();
            let began = i32::try_from(facts["of"].as_i64().unwrap()).unwrap();
            assert!(readers.insert((began, row.recipient_id)), "two digests for one member: {row:?}");
            let said = of_months.entry(began).or_default();
            for part in facts["parts"].as_array().unwrap() {
                let what = (part["what"].as_str().unwrap().to_owned(), part["mine"].as_bool().unwrap());
                *said.entry(what).or_default() += part["sum"].as_i64().unwrap();
            }
        }
        let latest = of_months.keys().next_back().copied();
        for (began, said) in of_months {
            self.months += 1;
            let ended = month(began).previous().number();
            let sum = |of: &dyn Fn(&commitment::Model) -> bool| -> i64 {
                records.all().filter(|row| of(row)).map(|row| row.sum).sum()
            };
            let is = |row: &commitment::Model, state: State| row.state == state.as_str();
            let lapsed = sum(&|row| is(row, State::Lapsed) && row.month == ended);
            self.are(&said, "lapsed", lapsed, began);
            self.lapsed += lapsed;
            // Of months before the last one that was closed, the rest has changed since.
            if Some(began) == latest {
                let carried = sum(&|row| is(row, State::Intention) && row.carried_from == Some(ended));
                let overdue = sum(&|row| is(row, State::Overdue));
                self.are(&said, "carried", carried, began);
                self.are(&said, "overdue", overdue, began);
                // What is overdue and done is the receiver's to confirm, and not owed.
                let done = sum(&|row| is(row, State::OverdueClaimed));
                for what in [("remind", true), ("confirm", false)] {
                    let of = said.get(&(what.0.to_owned(), what.1)).copied().unwrap_or_default();
                    assert_eq!(of, done, "{what:?} in the digests of {began}");
                }
                (self.carried, self.overdue) = (self.carried + carried, self.overdue + overdue + done);
            }
        }
    }

    /// Both sides of each record are told of it.
    fn are(&self, said: &Said, what: &str, records: i64, began: i32) {
        for mine in [true, false] {
            let digests = said.get(&(what.to_owned(), mine)).copied().unwrap_or_default();
            assert_eq!(digests, records, "{what} in the digests of {began}, to supporters: {mine}");
        }
    }

    /// There was something of everything.
    pub fn were_enough(&self) {
        assert!(self.months >= 11, "{} months", self.months);
        assert!(self.lapsed > 0 && self.carried > 0 && self.overdue > 0);
    }
}

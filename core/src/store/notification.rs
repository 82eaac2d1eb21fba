//! What members want to be told: one row for each category of notices that a member has chosen something for.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, Set};

use super::many::one_of;
use super::member;
use crate::domain::{Category, MemberId, Mode};

/// How one member wants to be told of one category. Without a row they are told as that is by default.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "member_notification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    pub mode: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What members have chosen; whatever they have not is as it is by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    modes: HashMap<(MemberId, Category), Mode>,
    /// Who is told nothing, whatever they have chosen.
    silent: HashSet<MemberId>,
}

impl Chosen {
    /// How this member wants to be told of this category.
    pub fn mode(&self, member: MemberId, category: Category) -> Mode {
        if self.is_silent(member) {
            return Mode::Off;
        }
        self.modes.get(&(member, category)).copied().unwrap_or_else(|| category.by_default())
    }

    /// Whether nothing at all is told to them: they have left, or are suspended, and could do nothing about it.
    pub fn is_silent(&self, member: MemberId) -> bool {
        self.silent.contains(&member)
    }
}

/// So many members are asked for by their numbers; more of them as all from the first to the last.
const ONE_BY_ONE: usize = 500;

/// What these members have chosen, and who of them is told nothing. Two queries however many they are, none for nobody.
pub async fn chosen(db: &impl ConnectionTrait, members: impl IntoIterator<Item = MemberId>) -> Result<Chosen, DbErr> {
    let mut members: Vec<MemberId> = members.into_iter().collect();
    members.sort_unstable();
    members.dedup();
    let (Some(first), Some(last)) = (members.first().copied(), members.last().copied()) else {
        return Ok(Chosen::default());
    };
    // A statement takes only so many values. Of very many members, most of those between them are meant anyway.
    let (meant, silent) = match members.len() > ONE_BY_ONE {
        true => (Column::MemberId.between(first, last), member::Column::Id.between(first, last)),
        false => (
            one_of(db, Column::MemberId, members.iter().copied()),
            one_of(db, member::Column::Id, members.iter().copied()),
        ),
    };
    let silent = member::silent(db, Condition::all().add(silent)).await?;
    let mut otherwise = Condition::any().add(Column::Mode.ne(Mode::On.as_str()));
    for category in Category::ALL.into_iter().filter(|category| category.by_default() != Mode::On) {
        otherwise = otherwise.add(Column::Category.eq(category.as_str()));
    }
    let told_otherwise = Condition::all().add(meant).add(otherwise);
    let rows = Entity::find().filter(told_otherwise).all(db).await?;
    // What another release lets members choose stays as they chose it. Here it is as if they had not: better told than not.
    let read = rows.into_iter().filter_map(|row| {
        Some(((row.member_id, Category::parse(&row.category)?), Mode::parse(&row.mode).unwrap_or_default()))
    });
    Ok(Chosen { modes: read.collect(), silent })
}

/// From now on the member is told of this category in this way.
pub async fn choose(db: &impl ConnectionTrait, member: MemberId, category: Category, mode: Mode) -> Result<(), DbErr> {
    let row = ActiveModel {
        member_id: Set(member),
        category: Set(category.as_str().to_owned()),
        mode: Set(mode.as_str().to_owned()),
    };
    let known = OnConflict::columns([Column::MemberId, Column::Category]).update_column(Column::Mode).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// All that a member has chosen.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).all(db).await
}

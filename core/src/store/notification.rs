//! What members want to be told: one row for each category of notices that a member has chosen something for.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Set, Statement};

use super::many::among;
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

/// What these members have chosen, and who of them is told nothing. One query however many they are, none for nobody.
pub async fn chosen(db: &impl ConnectionTrait, members: impl IntoIterator<Item = MemberId>) -> Result<Chosen, DbErr> {
    let mut members: Vec<MemberId> = members.into_iter().collect();
    members.sort_unstable();
    members.dedup();
    let (Some(first), Some(last)) = (members.first().copied(), members.last().copied()) else {
        return Ok(Chosen::default());
    };
    // Of very many members, most of those between them are meant anyway.
    let (meant, values) = match members.len() > ONE_BY_ONE {
        true => ("BETWEEN $1 AND $2", vec![first.into(), last.into()]),
        false => {
            let (among, ids) = among(db, members);
            (among, vec![ids])
        }
    };
    let others = Category::ALL.into_iter().filter(|category| category.by_default() != Mode::On);
    let sql = format!(
        "SELECT m.id, NULL, NULL FROM member m
         WHERE m.id {meant} AND (m.left_at IS NOT NULL OR m.suspended_at IS NOT NULL)
         UNION ALL
         SELECT n.member_id, n.category, n.mode FROM member_notification n
         WHERE n.member_id {meant} AND (n.mode <> '{on}' OR n.category IN ({others}))",
        on = Mode::On.as_str(),
        others = others.map(|category| format!("'{}'", category.as_str())).collect::<Vec<_>>().join(", "),
    );
    let mut chosen = Chosen::default();
    for row in db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await? {
        let member: MemberId = row.try_get_by_index(0)?;
        let of: Option<String> = row.try_get_by_index(1)?;
        let Some(category) = of else {
            chosen.silent.insert(member);
            continue;
        };
        // What another release lets members choose stays as they chose it. Here it is as if they had not: better told than not.
        let Some(category) = Category::parse(&category) else { continue };
        let mode: String = row.try_get_by_index(2)?;
        chosen.modes.insert((member, category), Mode::parse(&mode).unwrap_or_default());
    }
    Ok(chosen)
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

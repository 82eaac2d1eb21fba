//! Payment details: how members can be paid.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{NotSet, QueryOrder, Set};

use super::many::one_of;
use crate::domain::{MemberId, PaymentDetail, PaymentDetailId, PaymentName, PaymentValue};

/// One way to pay a member.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "payment_detail")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PaymentDetailId,
    pub member_id: MemberId,
    pub name: String,
    pub value: String,
    pub is_default: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<Model> for PaymentDetail {
    fn from(row: Model) -> PaymentDetail {
        PaymentDetail { id: row.id, name: row.name, value: row.value, is_default: row.is_default }
    }
}

/// Those of a member, the default one first, then the oldest.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<PaymentDetail>, DbErr> {
    Ok(of_many(db, [member]).await?.remove(&member).unwrap_or_default())
}

/// Those of each of these members, in the same order. One query, none for nobody.
pub async fn of_many(
    db: &impl ConnectionTrait,
    members: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Vec<PaymentDetail>>, DbErr> {
    let members: Vec<MemberId> = members.into_iter().collect();
    let mut found: HashMap<MemberId, Vec<PaymentDetail>> = HashMap::new();
    if members.is_empty() {
        return Ok(found);
    }
    let these = Entity::find().filter(one_of(db, Column::MemberId, members));
    for row in these.order_by_desc(Column::IsDefault).order_by_asc(Column::Id).all(db).await? {
        found.entry(row.member_id).or_default().push(row.into());
    }
    Ok(found)
}

/// Adds one. A unique violation means that the member has another default one.
pub async fn insert(
    db: &impl ConnectionTrait,
    member: MemberId,
    name: &PaymentName,
    value: &PaymentValue,
    is_default: bool,
) -> Result<PaymentDetailId, DbErr> {
    let row = ActiveModel {
        id: NotSet,
        member_id: Set(member),
        name: Set(name.as_str().to_owned()),
        value: Set(value.as_str().to_owned()),
        is_default: Set(is_default),
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Changes what it is called.
pub async fn set_name(db: &impl ConnectionTrait, id: PaymentDetailId, name: &PaymentName) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::Name, Expr::value(name.as_str())).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Changes what is needed to pay by it.
pub async fn set_value(db: &impl ConnectionTrait, id: PaymentDetailId, value: &PaymentValue) -> Result<(), DbErr> {
    let value = Expr::value(value.as_str());
    Entity::update_many().col_expr(Column::Value, value).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Makes it the default one of this member, in the place of whichever was.
pub async fn set_default(db: &impl ConnectionTrait, member: MemberId, id: PaymentDetailId) -> Result<(), DbErr> {
    let set = |is_default: bool| {
        let all = Entity::update_many().filter(Column::MemberId.eq(member));
        all.col_expr(Column::IsDefault, Expr::value(is_default))
    };
    set(false).filter(Column::IsDefault.eq(true)).exec(db).await?;
    set(true).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Deletes it.
pub async fn delete(db: &impl ConnectionTrait, id: PaymentDetailId) -> Result<(), DbErr> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// The rows of a member.
pub async fn rows_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::Id).all(db).await
}

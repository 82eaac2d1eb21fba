//! How ids stand in columns: as the numbers they are.

use std::sync::Arc;

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, Value, ValueType, ValueTypeErr};
use sea_orm::{ActiveValue, ColIdx, DbErr, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable};

use crate::id::Id;

impl<Of> From<Id<Of>> for Value {
    fn from(id: Id<Of>) -> Value {
        id.number().into()
    }
}

impl<Of> TryGetable for Id<Of> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        i64::try_get_by(row, index).map(Id::new)
    }
}

impl<Of> ValueType for Id<Of> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <i64 as ValueType>::try_from(value).map(Id::new)
    }

    fn type_name() -> String {
        i64::type_name()
    }

    fn array_type() -> ArrayType {
        i64::array_type()
    }

    fn column_type() -> ColumnType {
        i64::column_type()
    }
}

impl<Of> Nullable for Id<Of> {
    fn null() -> Value {
        i64::null()
    }
}

impl<Of> IntoActiveValue<Id<Of>> for Id<Of> {
    fn into_active_value(self) -> ActiveValue<Id<Of>> {
        ActiveValue::Set(self)
    }
}

/// SQLite says the number of a new row so.
impl<Of> TryFromU64 for Id<Of> {
    fn try_from_u64(number: u64) -> Result<Self, DbErr> {
        <i64 as TryFrom<u64>>::try_from(number).map(Id::new).map_err(|error| DbErr::TryIntoErr {
            from: "u64",
            into: "Id",
            source: Arc::new(error),
        })
    }
}

use super::{Aid, Refused, Work};
use crate::domain::{Commitment, MemberId, PaymentDetail, PaymentDetailId, PaymentName, PaymentValue, Status, payment};
use crate::store::{self, payment_detail};

/// How a member can be paid, as they see it themselves: the default first.
pub async fn payment_details(aid: &Aid<'_>, who: MemberId) -> Result<Vec<PaymentDetail>, Refused> {
    Ok(payment_detail::of(aid.tx, who).await?)
}

/// One of a member's own.
pub async fn payment_detail(aid: &Aid<'_>, who: MemberId, id: PaymentDetailId) -> Result<PaymentDetail, Refused> {
    Ok(payment::one_of(&payment_detail::of(aid.tx, who).await?, id)?.clone())
}

/// How to pay a member, for whoever sees their card: as long as they ask for help.
pub(super) async fn on_card(
    aid: &Aid<'_>,
    whose: MemberId,
    status: Status,
) -> Result<Option<Vec<PaymentDetail>>, Refused> {
    Ok(if payment::is_on_card(status) { Some(payment_detail::of(aid.tx, whose).await?) } else { None })
}

/// How to pay the receiver of a commitment, for the one who has promised it, as long as they owe it.
pub async fn to_keep_promise(
    aid: &Aid<'_>,
    who: MemberId,
    promised: &Commitment,
) -> Result<Option<Vec<PaymentDetail>>, Refused> {
    let reads = promised.supporter == who && payment::is_owed(promised.state);
    Ok(if reads { Some(payment_detail::of(aid.tx, promised.receiver).await?) } else { None })
}

/// Adds a way to pay a member; the first one is the default.
pub async fn add_payment_detail(
    aid: &Work<'_>,
    who: MemberId,
    name: &PaymentName,
    value: &PaymentValue,
) -> Result<(), Refused> {
    let is_default = payment::add(&locked(aid, who).await?, name)?;
    payment_detail::insert(aid.tx, who, name, value, is_default).await?;
    Ok(())
}

/// Calls one of a member's own otherwise.
pub async fn rename_payment_detail(
    aid: &Work<'_>,
    who: MemberId,
    id: PaymentDetailId,
    name: &PaymentName,
) -> Result<(), Refused> {
    payment::rename(&locked(aid, who).await?, id, name)?;
    Ok(payment_detail::set_name(aid.tx, id, name).await?)
}

/// Changes what is needed to pay by one of a member's own.
pub async fn change_payment_detail(
    aid: &Work<'_>,
    who: MemberId,
    id: PaymentDetailId,
    value: &PaymentValue,
) -> Result<(), Refused> {
    payment::one_of(&locked(aid, who).await?, id)?;
    Ok(payment_detail::set_value(aid.tx, id, value).await?)
}

/// Makes one of a member's own the default, and tells its name.
pub async fn make_default(aid: &Work<'_>, who: MemberId, id: PaymentDetailId) -> Result<String, Refused> {
    let have = locked(aid, who).await?;
    let name = payment::one_of(&have, id)?.name.clone();
    payment_detail::set_default(aid.tx, who, id).await?;
    Ok(name)
}

/// Deletes one of a member's own. Another one is the default then, if it was: tells both.
pub async fn delete_payment_detail(
    aid: &Work<'_>,
    who: MemberId,
    id: PaymentDetailId,
) -> Result<(PaymentDetail, Option<PaymentDetail>), Refused> {
    let have = locked(aid, who).await?;
    let gone = payment::one_of(&have, id)?;
    payment_detail::delete(aid.tx, id).await?;
    let next = payment::next_default(&have, gone);
    if let Some(next) = next {
        payment_detail::set_default(aid.tx, who, next).await?;
    }
    Ok((gone.clone(), have.iter().find(|detail| Some(detail.id) == next).cloned()))
}

/// All of a member's, which nobody else changes until this is done.
async fn locked(aid: &Work<'_>, who: MemberId) -> Result<Vec<PaymentDetail>, Refused> {
    store::member::lock(aid.tx, who).await?;
    Ok(payment_detail::of(aid.tx, who).await?)
}

//! What members are called by whoever reads of them: two of one name are told apart wherever they are named.

use std::collections::{HashMap, HashSet};

use sea_orm::DbErr;

use super::Aid;
use crate::domain::{Called, Mark, MemberId, Name, Namesake, look_of};
use crate::store;
use crate::store::member::Named;
use crate::store::namesake::{Double, Read};

/// Who reads of whom, on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub reader: MemberId,
    /// Others read it, too: nobody is named to them whom they may not know.
    pub is_public: bool,
    /// Who is named there, and what they are called.
    pub named: Vec<(MemberId, String)>,
}

/// What tells those apart whom these readers may take for one another: by reader and named. Four queries at the most, however
/// many they are; one, where no two members have the same name.
pub async fn told_apart(aid: &Aid<'_>, readings: &[Reading]) -> Result<HashMap<(MemberId, MemberId), Mark>, DbErr> {
    let doubles = doubles(aid, readings).await?;
    let all: HashSet<MemberId> = doubles.iter().flat_map(|double| [double.named, double.other]).collect();
    let known = store::namesake::known_of(aid.tx, &all).await?;
    let inviters: HashSet<MemberId> = known.values().filter_map(|one| Some(one.inviter.as_ref()?.0)).collect();
    let readers: HashSet<MemberId> = doubles.iter().map(|double| double.reader).collect();
    let acquainted = store::namesake::who_know(aid.tx, &readers, &inviters).await?;
    let public: HashSet<MemberId> = readings.iter().filter(|it| it.is_public).map(|it| it.reader).collect();
    let mut others: HashMap<(MemberId, MemberId), Vec<MemberId>> = HashMap::new();
    for Double { reader, named, other } in &doubles {
        others.entry((*reader, *named)).or_default().push(*other);
    }
    let mark = |((reader, named), others): ((MemberId, MemberId), Vec<MemberId>)| {
        let read = |id: &MemberId| {
            let it = known.get(id)?.clone();
            Some(Namesake { inviter: it.inviter.filter(|_| !public.contains(&reader)), ..it })
        };
        let others: Vec<Namesake> = others.iter().filter_map(read).collect();
        let others: Vec<&Namesake> = others.iter().collect();
        let knows = |inviter: MemberId| acquainted.contains(&(reader, inviter));
        Some(((reader, named), Mark::of(&read(&named)?, &others, reader, knows, &aid.rules.zone)))
    };
    Ok(others.into_iter().filter_map(mark).collect())
}

/// Those of a name with somebody in their reader's sight, or with somebody on the same page. Who is there is never marked to
/// themselves.
async fn doubles(aid: &Aid<'_>, readings: &[Reading]) -> Result<HashSet<Double>, DbErr> {
    let mut read = HashSet::new();
    let mut doubles = HashSet::new();
    for Reading { reader, named, .. } in readings {
        let looks: Vec<(MemberId, String)> = named.iter().map(|(id, name)| (*id, look_of(name))).collect();
        for (id, look) in looks.iter().filter(|(id, look)| id != reader && !look.is_empty()) {
            read.insert(Read { reader: *reader, named: *id, look: look.clone() });
            let others = looks.iter().filter(|(other, its)| other != id && its == look);
            doubles.extend(others.map(|(other, _)| Double { reader: *reader, named: *id, other: *other }));
        }
    }
    let looks = read.iter().map(|read| read.look.as_str()).collect();
    let shared = store::namesake::shared(aid.tx, &looks).await?;
    let mut read: Vec<Read> = read.into_iter().filter(|read| shared.contains(&read.look)).collect();
    read.sort_unstable();
    doubles.extend(store::namesake::doubles(aid.tx, &read, aid.lately()).await?);
    Ok(doubles)
}

/// Has each of these told from others of their name whom this member has in sight.
pub(super) async fn tell_apart(
    aid: &Aid<'_>,
    reader: MemberId,
    these: Vec<(MemberId, &mut Called)>,
) -> Result<(), DbErr> {
    let named = these.iter().map(|(id, called)| (*id, called.as_str().to_owned())).collect();
    let marks = told_apart(aid, &[Reading { reader, is_public: false, named }]).await?;
    for (id, called) in these {
        // The same may stand there twice.
        called.mark(marks.get(&(reader, id)).cloned());
    }
    Ok(())
}

/// Those in this member's near circle who are called so: two at the most.
pub async fn near_called(aid: &Aid<'_>, me: MemberId, name: &Name) -> Result<Vec<MemberId>, DbErr> {
    store::namesake::near_called(aid.tx, me, &look_of(name.as_str())).await
}

/// What this member calls these, who are members; those who have left are left out. One query, where nobody else has the name
/// of any of them.
pub async fn called(
    aid: &Aid<'_>,
    reader: MemberId,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Called>, DbErr> {
    let named = store::member::named(aid.tx, ids).await?;
    called_of(aid, reader, named).await
}

/// The same of somebody who was looked up already.
pub(super) async fn called_of(
    aid: &Aid<'_>,
    reader: MemberId,
    named: impl IntoIterator<Item = Named>,
) -> Result<HashMap<MemberId, Called>, DbErr> {
    let mut called = HashMap::new();
    let mut shared = HashSet::new();
    for one in named {
        if one.is_shared {
            shared.insert(one.id);
        }
        called.insert(one.id, Called::from(one.name));
    }
    let to_tell = called.iter_mut().filter(|(id, _)| shared.contains(*id));
    tell_apart(aid, reader, to_tell.map(|(id, called)| (*id, called)).collect()).await?;
    Ok(called)
}

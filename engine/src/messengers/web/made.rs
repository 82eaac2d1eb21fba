//! The pages by configuration: there are some where the host answers over HTTP and says under which address people come.

use std::sync::Arc;

use url::Url;

use super::{Surroundings, Web};
use crate::conversation::{Messenger, WaysIn};
use crate::messengers;
use crate::store::web::Memory;

/// The messenger, beside these others.
pub fn made(public_url: Url, others: &[Arc<dyn Messenger>], around: &messengers::Surroundings) -> Arc<dyn Messenger> {
    Arc::new(Web::new(Surroundings {
        public_url,
        memory: Memory::new(around.db.clone()),
        clock: around.clock.clone(),
        locales: around.locales.clone(),
        ways_in: WaysIn::of(others.to_vec()),
    }))
}

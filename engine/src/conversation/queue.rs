use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// One at a time for each chat, in the order they came. Chats that nobody waits for leave no trace.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Queue {
    /// Waits for this chat's turn; it lasts until the guard is dropped.
    pub async fn enter(&self, address: &str) -> OwnedMutexGuard<()> {
        let chat = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.len() > 1024 {
                waiting.retain(|_, chat| Arc::strong_count(chat) > 1);
            }
            waiting.entry(address.to_owned()).or_default().clone()
        };
        chat.lock_owned().await
    }
}

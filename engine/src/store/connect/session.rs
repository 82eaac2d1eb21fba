//! What a server is told about our statements. Nothing's correctness depends on it: it bounds how long something can hang,
//! and keeps plans good.
//!
//! A connection of our own is told once. Behind a pooler that gives one session to many clients in turn (PgBouncer with
//! `pool_mode = transaction`) what is told to a session would reach others and not stay with us: there each transaction is
//! told for itself, which costs it one more question.

use std::sync::atomic::{AtomicBool, Ordering};

/// What each setting is to be. A server takes those that it knows: there are others that speak as PostgreSQL does.
///
/// - What a machine has locked that vanished in the middle of a transaction is free again after half a minute. (From a
///   process that is killed the server hears at once.)
/// - No statement takes long, and nobody waits long for a row: what does is given up, and tried again from its start. Both
///   end before we take the server for lost.
/// - All that is asked here has an index. PostgreSQL would still read a whole table that it believes to be small, and go on
///   with that plan while thousands of rows come: it looks again about once a minute. So it reads whole tables only where
///   nothing else is possible; what that seems to cost then is no reason to compile the statement first.
/// - A plan is made once for a connection, and not anew for every value: to plan a long question takes longer than to answer
///   it, and the plans that are good here are so for all values.
const WANTED: &str = "(VALUES ('idle_in_transaction_session_timeout', '30s'), ('statement_timeout', '20s'), \
     ('lock_timeout', '10s'), ('enable_seqscan', 'off'), ('jit', 'off'), \
     ('plan_cache_mode', 'force_generic_plan')";

/// Sets them, for this session or for this transaction.
fn set(more: &str, only_here: bool) -> String {
    format!(
        "SELECT set_config(name, value, {only_here}) FROM {WANTED}{more}) AS wanted (name, value) \
         WHERE current_setting(name, true) IS NOT NULL"
    )
}

/// What is said to a connection of our own when it is made. Whatever the server's default is, transactions see what others
/// have committed meanwhile.
pub(super) fn of_connection() -> String {
    set(", ('default_transaction_isolation', 'read committed')", false)
}

/// What is said at the beginning of a transaction, where sessions are shared.
fn of_transaction() -> String {
    format!("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; {}", set("", true))
}

/// Whether this process has met a server whose sessions are shared. It never forgets that: to tell a transaction what its
/// session knows already does no harm.
static SHARED: AtomicBool = AtomicBool::new(false);

pub(super) fn are_shared() {
    SHARED.store(true, Ordering::Relaxed);
}

/// What has to be said at the beginning of each transaction; usually nothing.
pub(in crate::store) fn at_begin() -> Option<String> {
    SHARED.load(Ordering::Relaxed).then(of_transaction)
}

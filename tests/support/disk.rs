//! Where tests keep what they throw away.

use std::path::{Path, PathBuf};

/// A folder that is quick to write to, if there is one: nearly each line of a test is a commit, and the disk is most of what it
/// would wait for.
pub fn fast_disk() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if tempfile::tempfile_in(memory).is_ok() { memory.to_owned() } else { std::env::temp_dir() }
}

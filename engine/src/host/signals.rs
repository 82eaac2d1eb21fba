//! What asks the program to stop.

/// The name of the signal that asks us to stop, when it comes.
#[cfg(unix)]
pub(super) fn told_to_stop() -> anyhow::Result<impl Future<Output = &'static str>> {
    use anyhow::Context;
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate()).context("SIGTERM can't be listened for")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("Ctrl-C can't be listened for")?;
    // Whoever starts us with nohup wants us to go on when their terminal is closed.
    let mut hang_up = match is_ignored(HANG_UP) {
        true => None,
        false => Some(signal(SignalKind::hangup()).context("SIGHUP can't be listened for")?),
    };
    let hung_up = async move {
        match &mut hang_up {
            Some(hang_up) => hang_up.recv().await,
            None => std::future::pending().await,
        }
    };
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "Ctrl-C",
            _ = hung_up => "SIGHUP",
        }
    })
}

/// The number of SIGHUP.
#[cfg(unix)]
const HANG_UP: u32 = 1;

/// Whether whoever has started us wants a signal to be ignored; see proc(5).
#[cfg(unix)]
fn is_ignored(signal: u32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|ignored| u64::from_str_radix(ignored.trim(), 16).ok()).unwrap_or(0);
    ignored & (1 << (signal - 1)) != 0
}

#[cfg(not(unix))]
pub(super) fn told_to_stop() -> anyhow::Result<impl Future<Output = &'static str>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
        "Ctrl-C"
    })
}

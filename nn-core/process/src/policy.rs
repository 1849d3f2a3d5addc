//! Whether boxes may use worker threads on this platform.
//!
//! Thread: any but audio.

/// The environment variable that overrides the platform's rule: `0` no worker threads, `1` worker threads.
pub const WORKER_VARIABLE: &str = "NN_WORKER";

/// True if boxes may run their models in worker threads.
///
/// Off by default on Windows, on by default elsewhere. Without a worker the model runs in the audio callback.
pub fn workers_allowed() -> bool {
    decide(std::env::var(WORKER_VARIABLE).ok().as_deref(), cfg!(windows))
}

fn decide(variable: Option<&str>, windows: bool) -> bool {
    match variable {
        Some("0") => false,
        Some("1") => true,
        _ => !windows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_has_no_workers_unless_switched_on_and_others_have_unless_switched_off() {
        for (variable, windows, allowed) in [
            (None, false, true),
            (None, true, false),
            (Some("1"), true, true),
            (Some("0"), false, false),
            (Some("yes"), false, true),
        ] {
            assert_eq!(decide(variable, windows), allowed, "{variable:?} {windows}");
        }
    }
}

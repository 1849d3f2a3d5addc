//! Priorities of threads on Windows, which are relative to the class of their process: pure, so that every machine tests it.

/// `THREAD_PRIORITY_IDLE`, below all others.
const IDLE: i32 = -15;
const LOWEST: i32 = -2;
const HIGHEST: i32 = 2;

/// What a worker gets that serves a host of this kind. Never `THREAD_PRIORITY_TIME_CRITICAL`, which audio threads have, nor
/// a class of the Multimedia Class Scheduler, which is above that: the worker would be their equal.
pub fn of_worker(is_raised: bool, host: i32) -> i32 {
    match (is_raised, host) {
        (false, _) => HIGHEST,
        (true, ..=IDLE) => IDLE,
        (true, host) => (host.min(HIGHEST) - 1).max(LOWEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_of_a_raised_process_is_below_the_thread_that_made_it_and_of_others_below_audio_threads() {
        const TIME_CRITICAL: i32 = 15;
        for (host, worker) in [(0, -1), (1, 0), (2, 1), (TIME_CRITICAL, 1), (-1, -2), (-2, -2), (IDLE, IDLE)]
        {
            assert_eq!(of_worker(true, host), worker, "{host}");
            assert_eq!(of_worker(false, host), HIGHEST, "{host}");
        }
    }
}

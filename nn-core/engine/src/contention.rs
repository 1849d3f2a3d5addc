//! The other boxes of this process: if all buffers are full at the same moment, a box waits for them.

use std::{
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, Weak},
    thread::available_parallelism,
    time::Duration,
};

use crate::status::Status;

/// All boxes. Locked by main and loader threads, for moments.
static BOXES: Mutex<Vec<Weak<Status>>> = Mutex::new(Vec::new());

/// Registers a box, until its status is dropped.
pub fn join(status: &Arc<Status>) {
    let mut boxes = BOXES.lock().unwrap_or_else(PoisonError::into_inner);
    boxes.retain(|status| status.strong_count() > 0);
    boxes.push(Arc::downgrade(status));
}

/// How long a box may wait for a processor while all others run once: buffers of the same size are full at the same
/// moment.
pub fn wait_for(status: &Arc<Status>) -> Duration {
    let boxes = BOXES.lock().unwrap_or_else(PoisonError::into_inner);
    let others = boxes.iter().filter_map(Weak::upgrade).filter(|other| !Arc::ptr_eq(other, status));
    let cores = available_parallelism().map_or(1, NonZero::get);
    shared(others.filter(|other| other.enabled() && !other.stopped()).map(|other| other.mean_run()), cores)
}

/// Runs of these lengths, on this many processors, one after the other on each.
fn shared(runs: impl Iterator<Item = Duration>, cores: usize) -> Duration {
    runs.sum::<Duration>() / u32::try_from(cores.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_waits_for_the_others_and_not_for_itself() {
        let statuses: Vec<_> = (0..3).map(|_| Arc::<Status>::default()).collect();
        statuses.iter().for_each(join);
        let before = [0, 1, 2].map(|n| wait_for(&statuses[n]));
        // Hours, beside which boxes of other tests in this process do not count.
        let hour = Duration::from_secs(3600);
        statuses[0].runs.count(hour.as_nanos() as u64);
        let cores = available_parallelism().map_or(1, NonZero::get) as u32;
        assert_eq!(wait_for(&statuses[0]).as_secs() / 60, before[0].as_secs() / 60);
        assert_eq!((wait_for(&statuses[1]) - before[1]).as_secs(), (hour / cores).as_secs());
        statuses[0].set_enabled(false);
        assert!(wait_for(&statuses[2]) < before[2] + hour / cores / 2);
    }

    #[test]
    fn runs_share_the_processors() {
        let runs = [2, 4, 6].map(Duration::from_millis);
        for (cores, ms) in [(0, 12), (1, 12), (2, 6), (4, 3)] {
            assert_eq!(shared(runs.into_iter(), cores), Duration::from_millis(ms));
        }
    }
}

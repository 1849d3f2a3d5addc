//! Counters go in steps, and looks come whenever they come: neither adds up to anything.

use std::time::{Duration, Instant};

use super::super::{Demand, Look, Meter};
use super::MS;

/// What is counted of a minute with counters in steps of `step_us`, looked at every `look_us`. Of each second the thread has a
/// processor for `has_ms`; the processors have nothing to do for `idle_ms`, where only that is told.
fn spent(has_ms: u64, idle_ms: Option<u64>, step_us: u64, look_us: u64) -> Duration {
    let so_far = |us: u64, ms: u64| Duration::from_micros(us * ms / 1000 / step_us * step_us);
    let look = |us: u64| Look {
        used: Some(so_far(us, has_ms)),
        // The steps of one counter do not fall together with those of another.
        demand: idle_ms.map_or(Demand::Processor, |ms| Demand::Untold { idle: so_far(us + step_us / 3, ms) }),
        progress: 0,
    };
    let begin = Instant::now();
    let mut meter = Meter::new(begin, look(0));
    let looks = (1..=60_000_000 / look_us).map(|n| n * look_us);
    looks.map(|us| meter.spent(begin + Duration::from_micros(us), || look(us))).last().unwrap_or_default()
}

#[test]
fn steps_of_the_systems_counters_change_nothing() {
    let table = [
        // It computes and has a processor all the time, half of it, hardly ever.
        (1000, None, 60_000),
        (500, None, 30_000),
        (17, None, 1020),
        // The same where the system does not tell, while all processors are busy, or all but.
        (1000, Some(0), 60_000),
        (500, Some(0), 30_000),
        (17, Some(0), 1020),
        (17, Some(50), 1020),
        // It waits beside processors that are hardly, half, or not at all busy.
        (0, Some(7900), 60_000),
        (0, Some(1000), 60_000),
        (0, Some(500), 60_000),
        (200, Some(800), 60_000),
    ];
    for (has_ms, idle_ms, counts_ms) in table {
        for step_us in [1, 1000, 10_000, 15_625] {
            for look_us in [10_000, 20_000, 50_000, 70_000, 333_000, 999_000] {
                let spent = spent(has_ms, idle_ms, step_us, look_us);
                // What is not looked at yet, and a step.
                let error = MS(counts_ms).abs_diff(spent);
                assert!(
                    error <= MS(320) + Duration::from_micros(look_us + step_us),
                    "{has_ms} {idle_ms:?} in steps of {step_us}, looked at every {look_us}: {spent:?}"
                );
            }
        }
    }
}

//! What counts of the time between looks.

use std::time::{Duration, Instant};

use super::super::{Demand, Look, Meter};
use super::MS;

/// Looks at times in ms, each with the time used, whether it wants a processor, and its progress.
fn spent(looks: &[(u64, Option<u64>, Demand, u64)]) -> Duration {
    let begin = Instant::now();
    let look = |&(_, used, demand, progress): &(u64, Option<u64>, Demand, u64)| Look {
        used: used.map(MS),
        demand,
        progress,
    };
    let mut meter = Meter::new(begin, look(&looks[0]));
    let times = looks[1..].iter().map(|seen| meter.spent(begin + MS(seen.0), || look(seen)));
    times.last().unwrap_or_default()
}

#[test]
fn only_the_time_that_it_had_counts_of_a_thread_that_is_kept_from_a_processor() {
    // An hour by the clock, of which it was given a second.
    let starved =
        |demand| -> Vec<_> { (0..=3600).map(|s| (s * 1000, Some(s * 1000 / 3600), demand, 0)).collect() };
    assert_eq!(spent(&starved(Demand::Processor)), MS(1000));
    assert_eq!(spent(&starved(Demand::Untold { idle: MS(7) })), MS(1000));
}

#[test]
fn a_thread_that_computes_without_end_and_one_that_waits_for_nothing_spend_the_clocks_time() {
    let looks = |used: fn(u64) -> Option<u64>, demand: fn(u64) -> Demand| -> Vec<_> {
        (0..=600).map(|n| (n * 100, used(n * 100), demand(n * 100), 0)).collect()
    };
    let cases = [
        looks(Some, |_| Demand::Processor),
        looks(|_| Some(5), |_| Demand::Nothing),
        looks(|_| None, |_| Demand::Nothing),
        // The same where the system does not tell: beside an idle processor, and one that computes on the only one.
        looks(Some, |ms| Demand::Untold { idle: MS(3 * ms) }),
        looks(Some, |_| Demand::Untold { idle: MS(5) }),
        looks(|_| Some(5), |ms| Demand::Untold { idle: MS(ms) }),
        looks(|_| None, |ms| Demand::Untold { idle: MS(ms / 9) }),
    ];
    assert_eq!(cases.map(|looks| spent(&looks)), [MS(60_000); 7]);
}

#[test]
fn where_the_system_does_not_tell_an_idle_processor_says_that_nobody_is_kept_from_one() {
    use Demand::{Nothing, Processor, Untold};
    let untold = |ms| Untold { idle: MS(ms) };
    // In 1 s: what was used, the demands at both ends, and what counts.
    let table = [
        (0, untold(50), untold(50), 0),
        (300, untold(50), untold(50), 300),
        (300, untold(50), untold(299), 300),
        (300, untold(50), untold(300), 1000),
        (0, untold(50), untold(16_050), 1000),
        // Counters that go back, and looks of two kinds.
        (300, untold(50), untold(0), 300),
        (300, Nothing, untold(50), 1000),
        (300, untold(50), Nothing, 1000),
        (300, Nothing, Processor, 300),
        (300, Processor, Nothing, 1000),
        // More than one thread has computed.
        (4000, untold(50), untold(50), 1000),
    ];
    for (used, before, demand, counts) in table {
        let looks = [(0, Some(70), before, 0), (1000, Some(70 + used), demand, 0)];
        assert_eq!(spent(&looks), MS(counts), "{looks:?}");
    }
}

#[test]
fn what_uses_nothing_for_long_wants_nothing_however_busy_the_machine_is() {
    // A minute after 10 s, but for the gap in which those end.
    let waits: Vec<_> = (0..=700).map(|n| (n * 100, Some(5), Demand::Untold { idle: MS(5) }, 0)).collect();
    assert!(MS(60_000).abs_diff(spent(&waits)) <= MS(600), "{:?}", spent(&waits));
    // It has a turn every 9 s.
    let in_line = |n: u64| (n * 100, Some(n / 90 * 16), Demand::Untold { idle: MS(5) }, 0);
    assert_eq!(spent(&(0..=900).map(in_line).collect::<Vec<_>>()), MS(160));
}

#[test]
fn what_gets_further_begins_anew() {
    let waits = Demand::Nothing;
    assert_eq!(spent(&[(0, Some(0), waits, 0), (900, Some(0), waits, 0), (1800, Some(0), waits, 1)]), MS(0));
    let slow_disk: Vec<_> = (0..=600).map(|n| (n * 1000, Some(0), waits, n / 10)).collect();
    assert!(spent(&slow_disk) <= MS(10_000));
}

#[test]
fn who_looks_late_was_kept_from_it_too() {
    for demand in [Demand::Nothing, Demand::Processor, Demand::Untold { idle: MS(0) }] {
        let late = [(0, Some(0), demand, 0), (500_000, Some(500_000), demand, 0)];
        assert_eq!(spent(&late), MS(1000));
    }
}

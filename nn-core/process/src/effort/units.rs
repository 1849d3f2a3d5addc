//! What systems report about threads, in units of this program: pure, so that every machine tests it for all.

#[cfg(any(target_os = "macos", test))]
use super::look::Demand;
use std::time::Duration;

/// From a line of Linux' `stat` files: the time used, and whether it computes or would.
#[cfg(any(target_os = "linux", test))]
pub fn of_stat_line(line: &[u8], ticks_per_second: u64) -> Option<(Duration, bool)> {
    // The name of the thread may hold anything; it ends at the last bracket.
    let after = line.iter().rposition(|&byte| byte == b')')? + 1;
    let mut fields = std::str::from_utf8(&line[after..]).ok()?.split_ascii_whitespace();
    let runnable = fields.next()? == "R";
    let ticks: u64 = fields.nth(10)?.parse::<u64>().ok()?.checked_add(fields.next()?.parse().ok()?)?;
    Some((Duration::from_millis(ticks.saturating_mul(1000) / ticks_per_second), runnable))
}

/// From the halves of one of Windows' times, in 100 ns.
#[cfg(any(windows, test))]
pub fn of_file_time(high: u32, low: u32) -> Duration {
    let steps = u64::from(high) << 32 | u64::from(low);
    Duration::new(steps / 10_000_000, (steps % 10_000_000) as u32 * 100)
}

/// From a time of Mach's clock, of which one step is `numerator / denominator` ns.
#[cfg(any(target_os = "macos", test))]
pub fn of_mach_time(steps: u64, numerator: u32, denominator: u32) -> Duration {
    let ns = u128::from(steps) * u128::from(numerator) / u128::from(denominator.max(1));
    Duration::from_nanos(u64::try_from(ns).unwrap_or(u64::MAX))
}

/// From seconds and microseconds of Mach's threads.
#[cfg(any(target_os = "macos", test))]
pub fn of_seconds(seconds: i32, us: i32) -> Duration {
    let positive = |number| u64::try_from(number).unwrap_or(0);
    Duration::from_secs(positive(seconds)) + Duration::from_micros(positive(us))
}

/// From the number of threads that compute or would.
#[cfg(any(target_os = "macos", test))]
pub fn of_running(threads: i32) -> Demand {
    if threads > 0 { Demand::Processor } else { Demand::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_linux_is_read_whatever_the_thread_is_called() {
        let line = b"12 (a) R (b) S 1 1 1 0 -1 64 0 0 0 0 250 50 0 0 20 0 1 0 9\n";
        assert_eq!(of_stat_line(line, 100), Some((Duration::from_secs(3), false)));
        assert_eq!(of_stat_line(b"7 (x) R 1 1 1 0 -1 64 0 0 0 0 1 2 0", 250), {
            Some((Duration::from_millis(12), true))
        });
        assert_eq!(of_stat_line(b"12 (x) R 1 1", 100), None);
    }

    #[test]
    fn a_time_of_windows_has_two_halves_of_100_ns() {
        let table = [
            ((0, 0), Duration::ZERO),
            ((0, 156_250), Duration::from_micros(15_625)),
            ((0, u32::MAX), Duration::from_nanos(429_496_729_500)),
            ((1, 0), Duration::from_nanos(429_496_729_600)),
        ];
        for ((high, low), time) in table {
            assert_eq!(of_file_time(high, low), time);
        }
        // What no counter reaches is no fault either.
        assert!(of_file_time(u32::MAX, u32::MAX) > Duration::from_secs(1 << 40));
    }

    #[test]
    fn a_time_of_mach_is_in_steps_of_its_clock_or_in_microseconds() {
        // Intel's clock counts ns, Apple's own 24 000 000 a second.
        assert_eq!(of_mach_time(5_000_000_000, 1, 1), Duration::from_secs(5));
        assert_eq!(of_mach_time(24_000_000, 125, 3), Duration::from_secs(1));
        assert_eq!(of_mach_time(u64::MAX, 125, 3), Duration::from_nanos(u64::MAX));
        assert_eq!(of_mach_time(1, 1, 0), Duration::from_nanos(1));
        assert_eq!(of_seconds(2, 500_000), Duration::from_millis(2500));
        assert_eq!(of_seconds(-1, -1), Duration::ZERO);
        assert_eq!([0, 1, 7].map(of_running), [Demand::Nothing, Demand::Processor, Demand::Processor]);
    }
}

//! Answers with figures: counters, times, memory.

use super::{Host, HostError};
use crate::console;
use crate::libpd::COUNTERS;
use crate::times::Figures;

impl Host {
    pub(super) fn report(&self) {
        let (ticks, counts) = self.pd.take_counts();
        let counts = COUNTERS.iter().zip(counts).map(|(name, count)| format!(" {name}={count}"));
        console::say(format!("report blocks={ticks}{}", counts.collect::<String>()));
    }

    pub(super) fn times(&self) {
        let lost = match self.pd.times_lost() {
            0 => String::new(),
            lost => format!(" lost={lost}"),
        };
        for (title, durations_ns) in self.durations() {
            console::say(format!("{title} {}{lost}", Figures::of(durations_ns).full()));
        }
    }

    pub(super) fn times_split(&self, divisor: usize) {
        for (title, durations_ns) in self.durations() {
            for remainder in 0..divisor {
                let figures = Figures::of_remainder(&durations_ns, divisor, remainder);
                console::say(format!("{title} r={remainder} {}", figures.short()));
            }
        }
    }

    fn durations(&self) -> Vec<(&'static str, Vec<u32>)> {
        let mut found = vec![("times", self.pd.tick_times_ns())];
        if self.externals_timed {
            found.push(("externals", self.pd.external_times_ns()));
        }
        found
    }

    pub(super) fn stat(&self) -> Result<(), HostError> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let field = |name: &str| {
            let value = status.lines().find_map(|line| line.strip_prefix(name));
            value.and_then(|value| value.split_whitespace().next()).unwrap_or("0").to_owned()
        };
        let (rss_kb, threads) = (field("VmRSS:"), field("Threads:"));
        console::say(format!("stat rss_kb={rss_kb} threads={threads} cpu_ms={}", self.pd.cpu_ms()));
        Ok(())
    }
}

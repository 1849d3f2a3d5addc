//! Which machine made figures, and how busy it was with other work.
//!
//! Thread: any but audio.

use std::{
    fs,
    time::{Duration, Instant},
};

use nn_process::effort::look_at_process;

/// The processor's name and the number of cores that this process may use.
pub fn name() -> String {
    format!("{}, {} cores", processor(), cores())
}

/// The processor's name, or its architecture where the system does not tell more.
pub fn processor() -> String {
    nn_process::system::processor().unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// Cores that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The system's name, and which one of its kind where it tells.
pub fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let system = std::env::consts::OS.to_owned();
    name.map_or_else(|| system.clone(), |name| format!("{system} ({})", name.trim_matches('"')))
}

/// Runnable threads per minute, 5 and 15 minutes, as the system tells.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let words: Vec<_> = text.split_whitespace().take(3).collect();
    if words.is_empty() { "unknown".into() } else { words.join(" ") }
}

/// What all others on the machine take of its processors, from a moment on.
#[derive(Debug)]
pub struct Others {
    begun: Instant,
    /// Of this process.
    own: Option<Duration>,
    machine: Option<Processors>,
}

/// What the processors of a machine have done so far, in the system's ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Processors {
    count: usize,
    busy_ticks: u64,
    all_ticks: u64,
}

impl Others {
    /// Begins to look.
    pub fn begin() -> Self {
        Self { begun: Instant::now(), own: own(), machine: Processors::now() }
    }

    /// How many processors' time others have taken since, on average: 0.37 is 37 % of one. Time that a virtual machine was
    /// kept from its processors is in it. `None` where the system does not tell.
    pub fn cores(&self) -> Option<f64> {
        let (before, now) = (self.machine?, Processors::now()?);
        let passed_s = self.begun.elapsed().as_secs_f64();
        let own_s = own()?.saturating_sub(self.own?).as_secs_f64();
        Some((now.busy_since(before)? - own_s / passed_s.max(1e-9)).max(0.0))
    }
}

/// Processor time of this process so far.
fn own() -> Option<Duration> {
    look_at_process(std::process::id()).used
}

impl Processors {
    fn now() -> Option<Self> {
        Self::read(&fs::read_to_string("/proc/stat").ok()?)
    }

    /// From Linux' `/proc/stat`.
    fn read(text: &str) -> Option<Self> {
        let count = text.lines().filter(|line| line.starts_with("cpu") && !line.starts_with("cpu ")).count();
        let line = text.lines().find_map(|line| line.strip_prefix("cpu "))?;
        let ticks: Vec<u64> = line.split_whitespace().map_while(|word| word.parse().ok()).collect();
        // User, nice, system, idle, waiting for disks, interrupts of two kinds, stolen; guests are in the first two.
        let [user, nice, system, idle, waiting, hard, soft, rest @ ..] = &ticks[..] else { return None };
        let busy_ticks = user + nice + system + hard + soft + rest.first().unwrap_or(&0);
        Some(Self { count, busy_ticks, all_ticks: busy_ticks + idle + waiting })
    }

    /// How many of them were busy between two moments, on average.
    fn busy_since(self, before: Self) -> Option<f64> {
        let all = self.all_ticks.checked_sub(before.all_ticks).filter(|&ticks| ticks > 0)?;
        let busy = self.busy_ticks.saturating_sub(before.busy_ticks);
        Some(busy as f64 / all as f64 * self.count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_processors_did_is_read_from_linux() {
        let text = |user, idle| {
            format!("cpu  {user} 5 100 {idle} 20 1 2 3 0 0\ncpu0 1 1\ncpu1 1 1\nintr 5 cpu2\nctxt 1\n")
        };
        let (before, now) = (Processors::read(&text(1000, 500)), Processors::read(&text(1150, 550)));
        let (before, now) = (before.expect("a line"), now.expect("a line"));
        assert_eq!(before, Processors { count: 2, busy_ticks: 1111, all_ticks: 1631 });
        // 150 of 200 ticks, of two processors.
        assert_eq!(now.busy_since(before), Some(1.5));
        assert_eq!(now.busy_since(now), None, "no time has passed");
        assert_eq!(Processors::read("cpu  1 2\n"), None);
        assert_eq!(Processors::read(""), None);
    }

    /// Only Linux tells it so far.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_work_of_another_process_counts_and_ones_own_does_not() {
        let mut other =
            std::process::Command::new("sh").args(["-c", "while :; do :; done"]).spawn().expect("a shell");
        let (mut with, own) = (Others::begin(), Instant::now());
        // Until it had a processor for a while, however busy the machine is.
        let mut taken = 0.0;
        while taken < 0.1 && own.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(300));
            taken = with.cores().unwrap_or(0.0);
            if taken < 0.1 {
                with = Others::begin();
            }
        }
        let _ended = other.kill().and_then(|()| other.wait());
        assert!(taken >= 0.1, "another process computes: {taken}");
        // At least as much as this process takes is not told as taken by others.
        let (look, begun) = (Others::begin(), Instant::now());
        let before = Processors::now().expect("Linux");
        while begun.elapsed() < Duration::from_millis(500) {
            std::hint::spin_loop();
        }
        let all = Processors::now().and_then(|now| now.busy_since(before)).expect("time has passed");
        let others = look.cores().expect("Linux");
        assert!(others <= (all - 0.1).max(0.0), "{others} of {all}");
    }
}

//! How long somebody has worked without getting any further: the time that counts when it is given up.
//!
//! By the clock, a busy machine would be to blame for what is given up. So what counts is the time of a processor that
//! was used, and the time in which nothing was wanted of one (waiting for a disk, say); not the time in which a thread
//! that could go on was kept from it. Getting further (bytes that were read, a stage that is over) begins it anew.
//! Elsewhere than on Linux, and where the system does not tell, it is the clock's time.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// Between two looks no more than this counts: who looks late was kept from it, too.
const LONGEST_GAP: Duration = Duration::from_secs(1);
/// Looks that follow each other sooner are one.
const SHORTEST_GAP: Duration = Duration::from_millis(20);

/// What a look at a worker shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The time of processors that it has used so far; `None` where that is not known.
    pub used: Option<Duration>,
    /// Whether it computes, or would if it had a processor.
    pub runnable: bool,
    /// Any number that is another one when it has got further.
    pub progress: u64,
}

/// Adds up what counts.
#[derive(Debug)]
pub struct Meter {
    last: Instant,
    look: Look,
    spent: Duration,
}

impl Meter {
    /// Begins now.
    ///
    /// Thread: any but audio.
    pub fn new(now: Instant, look: Look) -> Self {
        Self { last: now, look, spent: Duration::ZERO }
    }

    /// The time that counts since it got any further. `look` is asked for where enough time has passed.
    ///
    /// Thread: any but audio.
    pub fn spent(&mut self, now: Instant, look: impl FnOnce() -> Look) -> Duration {
        let passed = now.saturating_duration_since(self.last);
        if passed < SHORTEST_GAP {
            return self.spent;
        }
        let look = look();
        let passed = passed.min(LONGEST_GAP);
        self.spent += match (look.used, self.look.used) {
            (Some(used), Some(before)) if look.runnable => used.saturating_sub(before).min(LONGEST_GAP),
            _ => passed,
        };
        if look.progress != self.look.progress {
            self.spent = Duration::ZERO;
        }
        (self.last, self.look) = (now, look);
        self.spent
    }
}

thread_local! {
    /// Where this thread says that it has got further.
    static PROGRESS: RefCell<Option<Arc<AtomicU64>>> = const { RefCell::new(None) };
}

/// Says that the calling thread has got further, where somebody watches it. Only for what can happen so many times, or
/// something that never ends would never be given up.
///
/// Thread: any but audio.
pub fn note_progress() {
    PROGRESS.with_borrow(|progress| {
        if let Some(progress) = progress {
            progress.fetch_add(1, Relaxed);
        }
    });
}

/// Reads on, where every piece is progress.
pub struct Noted<R> {
    source: R,
    read_bytes: u64,
}

impl<R: std::io::Read> Noted<R> {
    /// From a source.
    ///
    /// Thread: any but audio.
    pub fn new(source: R) -> Self {
        Self { source, read_bytes: 0 }
    }
}

impl<R: std::io::Read> std::io::Read for Noted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(into)?;
        let before = self.read_bytes / PIECE_BYTES;
        self.read_bytes += count as u64;
        if self.read_bytes / PIECE_BYTES > before {
            note_progress();
        }
        Ok(count)
    }
}

const PIECE_BYTES: u64 = 1 << 20;

/// The watch over one box's work on the loader's thread.
#[derive(Debug, Default)]
pub struct Effort(Mutex<Option<Watched>>);

#[derive(Debug)]
struct Watched {
    meter: Meter,
    task: Task,
    progress: Arc<AtomicU64>,
}

impl Effort {
    /// The calling thread begins.
    ///
    /// Thread: loader.
    pub fn begin(&self) {
        let (task, progress) = (Task::of_this_thread(), Arc::<AtomicU64>::default());
        PROGRESS.set(Some(progress.clone()));
        let meter = Meter::new(Instant::now(), task.look(0));
        *self.0.lock() = Some(Watched { meter, task, progress });
    }

    /// It is through.
    ///
    /// Thread: loader.
    pub fn end(&self) {
        *self.0.lock() = None;
    }

    /// The time that counts; without end while nobody works. Takes a moment, and no memory.
    ///
    /// Thread: any but audio.
    pub fn spent(&self) -> Duration {
        let mut watched = self.0.lock();
        let Some(Watched { meter, task, progress }) = watched.as_mut() else { return Duration::MAX };
        meter.spent(Instant::now(), || task.look(progress.load(Relaxed)))
    }
}

/// The time of a processor that the calling thread has used; that of the clock where the system does not tell.
///
/// Thread: any but audio.
pub fn used_by_this_thread() -> Duration {
    #[cfg(unix)]
    if let Some(used) = thread_clock() {
        return used;
    }
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed()
}

#[cfg(unix)]
#[allow(unsafe_code)] // One call of the C library.
fn thread_clock() -> Option<Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a place that is there.
    let answer = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    let (seconds, ns) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    (answer == 0).then(|| Duration::new(seconds, ns))
}

/// A thread, as the system shows it to others.
#[derive(Debug)]
struct Task {
    #[cfg(target_os = "linux")]
    stat: Option<std::fs::File>,
}

#[cfg(target_os = "linux")]
impl Task {
    fn of_this_thread() -> Self {
        Self { stat: std::fs::File::open("/proc/thread-self/stat").ok() }
    }

    fn look(&self, progress: u64) -> Look {
        let (used, runnable) = self
            .stat
            .as_ref()
            .and_then(linux::read)
            .map_or((None, false), |(used, runnable)| (Some(used), runnable));
        Look { used, runnable, progress }
    }
}

#[cfg(not(target_os = "linux"))]
impl Task {
    fn of_this_thread() -> Self {
        Self {}
    }

    fn look(&self, progress: u64) -> Look {
        Look { used: None, runnable: false, progress }
    }
}

/// A child process and all its threads. What it has read counts as progress.
///
/// Thread: any but audio.
#[must_use]
pub fn look_at_process(id: u32) -> Look {
    #[cfg(target_os = "linux")]
    return linux::process(id);
    #[cfg(not(target_os = "linux"))]
    {
        let _unknown = id;
        Look::default()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{fs::File, os::unix::fs::FileExt, sync::OnceLock, time::Duration};

    use super::Look;

    /// Used time, and whether it could go on, from one of the system's `stat` files. Takes no memory.
    pub fn read(stat: &File) -> Option<(Duration, bool)> {
        let mut line = [0u8; 512];
        let length = stat.read_at(&mut line, 0).ok()?;
        parse(line.get(..length)?)
    }

    fn parse(line: &[u8]) -> Option<(Duration, bool)> {
        // The name of the thread may hold anything; it ends at the last bracket.
        let after = line.iter().rposition(|&byte| byte == b')')? + 1;
        let mut fields = std::str::from_utf8(&line[after..]).ok()?.split_ascii_whitespace();
        let runnable = fields.next()? == "R";
        let ticks: u64 = fields.nth(10)?.parse::<u64>().ok()?.checked_add(fields.next()?.parse().ok()?)?;
        Some((Duration::from_millis(ticks.saturating_mul(1000) / per_second()), runnable))
    }

    #[allow(unsafe_code)] // One call of the C library.
    fn per_second() -> u64 {
        static TICKS: OnceLock<u64> = OnceLock::new();
        // SAFETY: a plain call.
        *TICKS
            .get_or_init(|| u64::try_from(unsafe { libc::sysconf(libc::_SC_CLK_TCK) }).unwrap_or(100).max(1))
    }

    pub fn process(id: u32) -> Look {
        let used =
            File::open(format!("/proc/{id}/stat")).ok().and_then(|stat| read(&stat)).map(|(used, _)| used);
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
        let states = tasks.filter_map(|task| read(&File::open(task.path().join("stat")).ok()?));
        let runnable = states.fold(false, |any, (_, runnable)| any | runnable);
        let io = std::fs::read_to_string(format!("/proc/{id}/io")).unwrap_or_default();
        let bytes = io.lines().find_map(|line| line.strip_prefix("rchar: ")?.trim().parse().ok());
        Look { used, runnable, progress: bytes.unwrap_or(0) }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_line_of_the_system_is_read_whatever_the_thread_is_called() {
            let line = b"12 (a) R (b) S 1 1 1 0 -1 64 0 0 0 0 250 50 0 0 20 0 1 0 9\n";
            let ticks = Duration::from_millis(300 * 1000 / per_second());
            assert_eq!(parse(line), Some((ticks, false)));
            assert_eq!(parse(b"12 (x) R 1 1"), None);
        }

        #[test]
        fn a_thread_that_computes_is_seen_to_do_so() {
            let begin = std::time::Instant::now();
            let task = super::super::Task::of_this_thread();
            // On a machine that gives it any time at all.
            while task.look(0).used < Some(Duration::from_millis(50)) {
                assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", task.look(0));
            }
            assert!(task.look(0).runnable && process(std::process::id()).used >= task.look(0).used);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// Looks at times in ms, each with the time used, whether it is runnable, and its progress.
    fn spent(looks: &[(u64, Option<u64>, bool, u64)]) -> Duration {
        let begin = Instant::now();
        let look = |&(_, used, runnable, progress): &(u64, Option<u64>, bool, u64)| Look {
            used: used.map(MS),
            runnable,
            progress,
        };
        let mut meter = Meter::new(begin, look(&looks[0]));
        let times = looks[1..].iter().map(|seen| meter.spent(begin + MS(seen.0), || look(seen)));
        times.last().unwrap_or_default()
    }

    #[test]
    fn only_the_time_that_it_had_counts_of_a_thread_that_is_kept_from_a_processor() {
        // An hour by the clock, of which it was given a second.
        let starved: Vec<_> = (0..=3600).map(|s| (s * 1000, Some(s * 1000 / 3600), true, 0)).collect();
        assert_eq!(spent(&starved), MS(1000));
    }

    #[test]
    fn a_thread_that_computes_without_end_and_one_that_waits_for_nothing_spend_the_clocks_time() {
        let computes: Vec<_> = (0..=600).map(|n| (n * 100, Some(n * 100), true, 0)).collect();
        let waits: Vec<_> = (0..=600).map(|n| (n * 100, Some(5), false, 0)).collect();
        let unknown: Vec<_> = (0..=600).map(|n| (n * 100, None, false, 0)).collect();
        assert_eq!([computes, waits, unknown].map(|looks| spent(&looks)), [MS(60_000); 3]);
    }

    #[test]
    fn what_gets_further_begins_anew() {
        assert_eq!(
            spent(&[(0, Some(0), false, 0), (900, Some(0), false, 0), (1800, Some(0), false, 1)]),
            MS(0)
        );
        let slow_disk: Vec<_> = (0..=600).map(|n| (n * 1000, Some(0), false, n / 10)).collect();
        assert!(spent(&slow_disk) <= MS(10_000));
    }

    #[test]
    fn who_looks_late_was_kept_from_it_too() {
        assert_eq!(spent(&[(0, Some(0), false, 0), (500_000, Some(0), false, 0)]), LONGEST_GAP);
    }

    #[test]
    fn every_piece_of_a_file_is_progress_and_nothing_of_it_is_lost() {
        let bytes: Vec<u8> = (0..3 * PIECE_BYTES + 7).map(|n| (n % 251) as u8).collect();
        let effort = Effort::default();
        effort.begin();
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut Noted::new(&bytes[..]), &mut read).expect("read");
        assert!(read == bytes);
        let progress = effort.0.lock().as_ref().map(|watched| watched.progress.load(Relaxed));
        assert_eq!(progress, Some(3));
        effort.end();
        assert_eq!(effort.spent(), Duration::MAX);
    }
}

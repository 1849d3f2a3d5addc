//! What the system of this machine tells of threads and processes, where it tells anything.
#![cfg(any(target_os = "linux", target_os = "macos", windows))]

use std::{
    io::{BufReader, Read, Write},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use super::super::{Demand, Look, look_at_process, platform::Task, used_by_this_thread};
use super::MS;

/// What a child process is to do, until its input ends.
const TASK: &str = "NN_TEST_EFFORT_TASK";
/// The test that the child process is.
const CHILD: &str = "a_child_process_does_as_it_is_told";
/// More than any wait of these tests on a machine that gives them any time at all.
const PATIENCE: Duration = Duration::from_secs(60);

/// The first look of which something is true.
fn look_until(look: impl Fn() -> Look, is_so: impl Fn(&Look) -> bool) -> Look {
    let begin = Instant::now();
    loop {
        let seen = look();
        if is_so(&seen) {
            return seen;
        }
        assert!(begin.elapsed() < PATIENCE, "{seen:?}");
        std::thread::sleep(MS(5));
    }
}

/// Of a thread that waits.
fn wants_nothing(look: &Look) -> bool {
    look.used.is_some() && look.demand != Demand::Processor
}

/// Of a worker that waits: it wants nothing, and hardly uses anything in some time.
fn assert_waits(look: impl Fn() -> Look) {
    let before = look_until(&look, wants_nothing).used;
    std::thread::sleep(MS(300));
    let after = look_until(&look, wants_nothing).used;
    let used = after.zip(before).map(|(after, before)| after.saturating_sub(before));
    assert!(used < Some(MS(100)), "{used:?}");
}

fn compute() {
    std::hint::black_box((0..10_000u64).fold(0u64, |sum, n| sum.wrapping_mul(31).wrapping_add(n)));
}

#[test]
fn a_thread_that_computes_is_seen_to_do_so() {
    let (task, begin, before) = (Task::of_this_thread(), Instant::now(), used_by_this_thread());
    let first = task.look(0);
    while task.look(0).used < Some(MS(100)) {
        compute();
        assert!(begin.elapsed() < PATIENCE, "{:?}", task.look(0));
    }
    let last = task.look(7);
    assert!(last.used > first.used && last.demand != Demand::Nothing && last.progress == 7, "{last:?}");
    // The thread itself sees the same, but for steps of the counters.
    let used = used_by_this_thread().saturating_sub(before);
    assert!(used >= MS(50) && used <= begin.elapsed() + MS(50), "{used:?}");
    assert!(look_at_process(std::process::id()).used >= Some(MS(50)));
}

#[test]
fn a_thread_that_waits_is_seen_to_do_so_from_another_one() {
    let (sender, task) = mpsc::channel();
    let (wake, sleep) = mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        let sent = sender.send(Task::of_this_thread());
        let _woken = sleep.recv();
        sent.is_ok()
    });
    let task = task.recv().expect("its task");
    assert_waits(|| task.look(0));
    drop(wake);
    assert!(thread.join().expect("it ends"));
}

/// This program again, with one thing to do.
struct Busy(Child);

impl Busy {
    fn at(task: &str) -> Self {
        let (_, module) = module_path!().split_once("::").expect("the crate's name");
        let mut command = Command::new(std::env::current_exe().expect("a name"));
        command.args(["--exact", &format!("{module}::{CHILD}"), "--nocapture", "--test-threads=1"]);
        command.env(TASK, task).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it can be begun");
        // It says so when it has begun.
        let said = child.stdout.as_mut().expect("its output");
        let mut bytes = BufReader::new(said).bytes().map_while(Result::ok);
        assert!(bytes.any(|byte| byte == b'!'), "it began with nothing");
        Self(child)
    }

    fn look(&self) -> Look {
        look_at_process(self.0.id())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn a_child_process_does_as_it_is_told() {
    let Ok(task) = std::env::var(TASK) else { return };
    std::thread::spawn(|| {
        let _closed = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let _said = std::io::stdout().write_all(b"!").and_then(|()| std::io::stdout().flush());
    let program = std::env::current_exe().expect("a name");
    loop {
        match task.as_str() {
            "computes" => compute(),
            "reads" => drop(std::fs::read(&program).expect("this program")),
            _ => std::thread::park(),
        }
    }
}

#[test]
fn a_child_process_that_computes_is_seen_to_do_so() {
    let child = Busy::at("computes");
    let first = child.look();
    let more = first.used.expect("it is known") + MS(100);
    let last = look_until(|| child.look(), |look| look.used > Some(more) && look.demand != Demand::Nothing);
    // On macOS the system may read more of the program itself.
    assert!(last.progress == first.progress || cfg!(target_os = "macos"), "{first:?} {last:?}");
}

#[test]
fn a_child_process_that_waits_is_seen_to_do_so() {
    let child = Busy::at("waits");
    assert_waits(|| child.look());
}

/// Where reads of what the system has in memory are counted, too.
#[test]
#[cfg(not(target_os = "macos"))]
fn what_a_child_process_reads_is_progress() {
    let child = Busy::at("reads");
    let first = child.look().progress;
    look_until(|| child.look(), |look| look.progress > first + (1 << 20));
}

#[test]
fn a_process_that_is_gone_shows_nothing() {
    let mut child = Busy::at("waits");
    let id = child.0.id();
    child.0.kill().and_then(|()| child.0.wait()).expect("it ends");
    let gone = look_at_process(id);
    assert!(gone.used.is_none() || cfg!(windows), "{gone:?}");
}

//! Loads that take long: what gets no further is given up, what a busy machine holds up is not. In a process of its own,
//! because the time after which loads are given up is one for all.
#![cfg(all(feature = "fake", target_os = "linux"))]
#![allow(unsafe_code)] // Calls of the C library that choose processors.

mod rig;

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, Instant},
};

use nn_core::{
    engine::{
        effort,
        loader::{LIMIT_VARIABLE, Loader},
    },
    fake::{Behaviour, FakeModel},
    model::{LoadError, Model, ModelLocation, ModelSource},
    spec::ModelSpec,
};
use rig::Rig;

/// Longer than the limit of this process.
const LONG: Duration = Duration::from_secs(3);

static ENOUGH: AtomicBool = AtomicBool::new(false);

/// Loads each file as its name says.
struct Source;

fn model() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain)
}

impl ModelSource for Source {
    fn describe(&self, _location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(model().spec().clone())
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        match location.as_file().and_then(Path::file_stem).and_then(|name| name.to_str()) {
            Some("starved") => {
                stay_on_one_processor();
                // SAFETY: a plain call about the calling thread.
                unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, 19) };
                compute_until(|| ENOUGH.load(Relaxed));
            }
            Some("computes") => compute_until(|| false),
            Some("waits") => loop {
                std::thread::park();
            },
            Some("broken") => {
                return Err(LoadError::Read { path: location.to_string(), what: "no such file".into() });
            }
            Some("reads") => {
                for _ in 0..8 {
                    std::thread::sleep(LONG / 8);
                    effort::note_progress();
                }
            }
            _ => {}
        }
        Ok(Box::new(model()))
    }
}

fn compute_until(done: impl Fn() -> bool) {
    while !done() {
        std::hint::black_box((0..10_000u64).fold(0u64, |sum, n| sum.wrapping_mul(31).wrapping_add(n)));
    }
}

/// The calling thread runs on the first processor that this process may use, and on no other.
fn stay_on_one_processor() {
    // SAFETY: sets of processors of the right size, and the calling thread.
    unsafe {
        let mut allowed: libc::cpu_set_t = std::mem::zeroed();
        assert_eq!(libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &raw mut allowed), 0);
        let first =
            (0..libc::CPU_SETSIZE as usize).find(|&n| libc::CPU_ISSET(n, &allowed)).expect("a processor");
        let mut one: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(first, &mut one);
        assert_eq!(libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const one), 0);
    }
}

/// What comes of a load, and after how long.
fn load(name: &str) -> (Result<(), String>, Duration) {
    // A loader of its own: the others' threads are still at what was given up.
    let mut rig = Rig::of_source(Box::leak(Box::new(Loader::new())), Source, &format!("{name} forward 64"));
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(60) {
        rig.poll();
        if let Some(error) = rig.errors().first() {
            return (Err((*error).to_owned()), begin.elapsed());
        }
        if rig.info("loaded").is_some() {
            return (Ok(()), begin.elapsed());
        }
        if begin.elapsed() > LONG {
            ENOUGH.store(true, Relaxed);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{name}: nothing came of it");
}

/// What is said of a load that waits for ever when another thread has taken over from it for one that fails.
fn outpaced() -> Vec<String> {
    let loader = Box::leak(Box::new(Loader::new()));
    let mut rig = Rig::of_source(loader, Source, "plain forward 64");
    rig.until_loaded();
    rig.send("load waits");
    rig.send("load broken");
    while !loader.look_after(Duration::ZERO) {
        std::thread::sleep(Duration::from_millis(1));
    }
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(60) && rig.errors().len() < 2 {
        rig.poll();
        std::thread::sleep(Duration::from_millis(10));
    }
    rig.errors().into_iter().map(str::to_owned).collect()
}

#[test]
fn only_what_gets_no_further_is_given_up_however_busy_the_machine_is() {
    // SAFETY: the only test of this process, before it starts a thread; the harness reads no variables meanwhile.
    unsafe { std::env::set_var(LIMIT_VARIABLE, "1") };
    let competitor = std::thread::spawn(|| {
        stay_on_one_processor();
        compute_until(|| ENOUGH.load(Relaxed));
    });
    let (outcome, took) = load("starved");
    ENOUGH.store(true, Relaxed);
    competitor.join().expect("it ends");
    assert!(outcome == Ok(()) && took > LONG, "{outcome:?} {took:?}");
    let (outcome, took) = load("reads");
    assert!(outcome == Ok(()) && took >= LONG, "{outcome:?} {took:?}");
    for name in ["computes", "waits"] {
        let (outcome, _) = load(name);
        let error = outcome.expect_err(name);
        assert!(
            error.contains("not loaded after 1 s without progress") && error.contains(LIMIT_VARIABLE),
            "{error}"
        );
    }
    let errors = outpaced();
    assert!(errors.len() == 2 && errors[0].contains("no such file"), "{errors:?}");
    assert!(errors[1].contains("waits: not loaded after 1 s without progress"), "{errors:?}");
}

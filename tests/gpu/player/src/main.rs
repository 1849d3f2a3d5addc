//! Plays boxes and models on a GPU without a host. One line for everything that holds or does not.
//!
//! `gpu-player [--dry] [--only CHECK]... --models FOLDER [MODEL]...`: the folder is the project's, the models are further
//! ones. Every check runs in a process of its own, so that one that crashes or hangs is a line like any other. With
//! `--dry` the processor stands in for the GPU (the library was compiled for that), and waits are short.

mod attributes;
#[path = "../../../../benches/common/boxed.rs"]
#[allow(dead_code, reason = "benchmarks use the rest")]
mod boxed;
mod exchange;
mod gpu_memory;
mod lanes;
mod memory;
mod methods;
mod missing;
mod real_time;
mod report;
#[path = "../../../../benches/common/schedule.rs"]
mod schedule;
mod sharing;
mod speed;
mod stand;
mod state;
mod watch;

use std::{
    path::PathBuf,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use nn_core::figures;
use report::Report;
use stand::Stand;

/// A check's name, what it does, and how long it may take in seconds.
type Check = (&'static str, fn(&Stand, &mut Report), u64);

const CHECKS: [Check; 13] = [
    ("methods", methods::run, 90),
    ("speed", speed::run, 60),
    ("paced", speed::paced, 40),
    ("attributes", attributes::run, 40),
    ("state", state::run, 40),
    ("sharing", sharing::run, 40),
    ("memory", memory::deletion, 40),
    ("lanes", lanes::run, 40),
    ("exchange", exchange::run, 60),
    ("real-time", real_time::run, 90),
    ("full", memory::exhaustion, 40),
    (VANISHED, missing::run, 30),
    ("first-runs", speed::first_runs, 40),
];

/// This one runs where the driver shows no device.
const VANISHED: &str = "vanished";

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let mut stand = Stand::default();
    let (mut only, mut inside) = (Vec::new(), false);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--dry") => stand.dry = true,
            Some("--inside") => inside = true,
            Some("--only") => only.extend(words.next().and_then(|name| name.into_string().ok())),
            Some("--models") => stand.folder = words.next().map(PathBuf::from).unwrap_or_default(),
            _ => stand.more.push(word.into()),
        }
    }
    for name in &only {
        assert!(CHECKS.iter().any(|(known, ..)| known == name), "no check '{name}'");
    }
    let chosen = CHECKS.iter().filter(|(name, ..)| only.is_empty() || only.iter().any(|other| other == name));
    let mut failed = 0;
    for (name, check, limit_s) in chosen {
        failed += if inside {
            let mut report = Report::new(name);
            check(&stand, &mut report);
            report.failed()
        } else {
            u32::from(!in_a_process_of_its_own(name, &stand, Duration::from_secs(*limit_s)))
        };
    }
    if !inside {
        println!(
            "{}",
            if failed == 0 { "all checks passed".into() } else { format!("{failed} checks FAILED") }
        );
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The same program for one check; whether all of it held.
fn in_a_process_of_its_own(name: &str, stand: &Stand, limit: Duration) -> bool {
    let begin = Instant::now();
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.args(["--inside", "--only", name, "--models"]).arg(&stand.folder).args(&stand.more);
    command.args(stand.dry.then_some("--dry")).stdin(Stdio::null());
    if name == VANISHED {
        command.env("CUDA_VISIBLE_DEVICES", "");
    }
    let mut child = command.spawn().expect("this program starts once more");
    let status = loop {
        match child.try_wait().expect("a child that can be waited for") {
            Some(status) => break Some(status),
            None if begin.elapsed() > limit => {
                let _ended = child.kill().and_then(|()| child.wait());
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    match status {
        None => println!("FAIL  {name}: not done after {} s", limit.as_secs()),
        Some(status) if status.code().is_none() => println!("FAIL  {name}: ended by the system ({status})"),
        // A panic's text stands above.
        Some(status) if status.code() == Some(101) => println!("FAIL  {name}: could not be finished"),
        Some(_) => {}
    }
    println!("      {name}: {:.1} s", begin.elapsed().as_secs_f64());
    status.is_some_and(|status| status.success())
}

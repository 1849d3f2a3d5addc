//! What boxes take of a host's memory. Each test measures a process of its own, where no other test runs.
#![cfg(all(feature = "torch", target_os = "linux"))]
#![allow(unsafe_code)] // Locks the memory of a process of its own.

mod torch_stand;

use std::{
    process::Command,
    sync::{Arc, Barrier},
};

use nn_core::stack;
use torch_stand::{Tensor, get, load, run, try_run};

/// Marks the process that is measured.
const VARIABLE: &str = "NN_TEST_MEASURED";
const BOXES: usize = 64;

/// A figure of this process, as `/proc/self/status` names it.
fn own_bytes(figure: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("this process");
    let line = status.lines().find_map(|line| line.strip_prefix(figure)).expect("a line");
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

/// Runs `measured` in a process of its own: the test `name` alone.
fn in_a_process_of_its_own(name: &str, measured: fn()) {
    if std::env::var_os(VARIABLE).is_some() {
        return measured();
    }
    let mut child = Command::new(std::env::current_exe().expect("this test"));
    let output = child.args(["--exact", name, "--nocapture"]).env(VARIABLE, "1").output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{}: {said}{}", output.status, String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "{name} is no test of this program");
}

#[test]
fn the_threads_of_many_boxes_take_little_of_locked_memory_and_a_real_model_loads() {
    in_a_process_of_its_own(
        "the_threads_of_many_boxes_take_little_of_locked_memory_and_a_real_model_loads",
        locked,
    );
}

#[test]
fn ten_thousand_runs_and_a_thousand_failures_keep_memory_flat() {
    in_a_process_of_its_own("ten_thousand_runs_and_a_thousand_failures_keep_memory_flat", run_and_fail);
}

fn run_and_fail() {
    let mut model = load("identity");
    let mut failing = load("throws");
    let input = Tensor::noise(1, 1, 2048);
    let mut rounds = |count: usize| {
        for turn in 0..count {
            run(&mut *model, "forward", &input);
            if turn % 10 == 0 {
                try_run(&mut *failing, "forward", &input).expect_err("it always fails");
                get(&mut *failing, "fuse");
            }
        }
        own_bytes("RssAnon")
    };
    rounds(1000);
    let before = rounds(1);
    let after = rounds(10_000);
    println!("from {before} to {after} bytes");
    // One leaked block per run would be 80 MB.
    assert!(after < before + 16_000_000, "from {before} to {after} bytes");
}

fn locked() {
    // SAFETY: takes flags only.
    if unsafe { libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE) } != 0 {
        println!("memory cannot be locked here ({}): nothing is shown", std::io::Error::last_os_error());
        return;
    }
    let before = own_bytes("VmRSS");
    let barrier = Arc::new(Barrier::new(BOXES + 1));
    let threads: Vec<_> = (0..BOXES)
        .map(|_| {
            let barrier = barrier.clone();
            let wait = move || {
                barrier.wait();
                barrier.wait();
            };
            stack::thread("worker", stack::WORKER_BYTES).spawn(wait).expect("a thread")
        })
        .collect();
    barrier.wait();
    let taken = own_bytes("VmRSS") - before;
    println!("{BOXES} workers: {} kB each", taken / BOXES / 1024);
    // What a thread has besides its stack is little.
    assert!(taken >= BOXES * stack::WORKER_BYTES, "memory is not locked, which shows nothing");
    assert!(taken < BOXES * (stack::WORKER_BYTES + (256 << 10)), "{taken} bytes");
    barrier.wait();
    threads.into_iter().for_each(|thread| thread.join().expect("it ends"));

    let load_and_run = || {
        let mut model = load("codec");
        run(&mut *model, "forward", &Tensor::noise(1, 1, 2_048));
    };
    let loader = stack::thread("loader", stack::LOADER_BYTES).spawn(load_and_run).expect("a thread");
    loader.join().expect("a real model loads and runs");
}

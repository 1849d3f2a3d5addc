//! A host that has locked its memory has all of every stack resident.
#![cfg(all(feature = "torch", target_os = "linux"))]
#![allow(unsafe_code)] // Locks the memory of a process of its own.

mod torch_stand;

use std::{
    process::Command,
    sync::{Arc, Barrier},
};

use nn_core::stack;
use torch_stand::{Tensor, load, run};

/// Marks the process that locks its memory.
const VARIABLE: &str = "NN_TEST_LOCKED";
const BOXES: usize = 64;

fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("this process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") * 1024
}

#[test]
fn the_threads_of_many_boxes_take_little_of_locked_memory_and_a_real_model_loads() {
    if std::env::var_os(VARIABLE).is_some() {
        return locked();
    }
    let name = "the_threads_of_many_boxes_take_little_of_locked_memory_and_a_real_model_loads";
    let mut child = Command::new(std::env::current_exe().expect("this test"));
    let output = child.args(["--exact", name, "--nocapture"]).env(VARIABLE, "1").output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{}: {said}{}", output.status, String::from_utf8_lossy(&output.stderr));
}

fn locked() {
    // SAFETY: takes flags only.
    if unsafe { libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE) } != 0 {
        println!("memory cannot be locked here ({}): nothing is shown", std::io::Error::last_os_error());
        return;
    }
    let before = resident_bytes();
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
    let taken = resident_bytes() - before;
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

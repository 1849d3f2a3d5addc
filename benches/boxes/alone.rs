//! One box against the model alone, each in a process of its own.
//!
//! Both processes are this very program, load the same file through the same library, and run the same method as often
//! on buffers of the same length; then both tell their anonymous memory. The model alone runs as libtorch runs it, on
//! the thread that loaded it. A third process, where `cargo xtask bench` has built it, has the method in libtorch itself
//! and nothing of ours. Shared libraries, which are files, do not count on any side.

use std::{path::Path, process::Command, sync::Arc};

use nn_core::{
    engine::noise::noise,
    formats::FORMATS,
    model::{ModelSource, Runtime, TensorView, TensorViewMut},
    torch::TorchRuntime,
};

use crate::{
    common::{
        boxed::{BLOCK_FRAMES, Boxed},
        figures::median,
        schedule::{RATE_HZ, Schedule},
    },
    overhead::raw_method::{self, RawMethod},
};

/// The word with which this program is started for one side.
pub const ALONE: &str = "alone";
const RUNS: u64 = 20;

/// The sides.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// Without anything of ours.
    Raw,
    /// Through the library that boxes use, without kernels.
    Bare,
    Boxed,
}

/// Anonymous memory in MB of a process of this side, median over so many. `None` where it is not built.
pub fn memory_mb(side: Side, model: &Path, buffer_frames: usize, rounds: usize) -> Option<f64> {
    let program = std::env::current_exe().expect("a program has a path");
    let word = match side {
        Side::Raw if !raw_method::library().is_file() => return None,
        Side::Raw => "raw",
        Side::Bare => "bare",
        Side::Boxed => "box",
    };
    let one = |_| {
        let mut command = Command::new(&program);
        let output = command.args([ALONE, word]).arg(model).arg(buffer_frames.to_string()).output();
        let output = output.expect("this program starts");
        assert!(output.status.success(), "{side:?}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8_lossy(&output.stdout);
        said.trim().parse().unwrap_or_else(|_| panic!("{side:?}: no number of MB: {said}"))
    };
    Some(median(&(0..rounds).map(one).collect::<Vec<_>>()))
}

/// What the started program does: one side, then it tells its memory.
pub fn stand(words: &[String]) {
    let [side, model, buffer_frames] = words else { panic!("{ALONE} SIDE MODEL BUFFER") };
    let (model, buffer_frames) = (Path::new(model), buffer_frames.parse().expect("a number of samples"));
    let mb = match side.as_str() {
        "raw" => raw(model, buffer_frames),
        "bare" => bare(model, buffer_frames),
        "box" => boxed(model, buffer_frames),
        _ => panic!("no side '{side}'"),
    };
    println!("{mb}");
}

fn raw(path: &Path, buffer_frames: usize) -> f64 {
    let spec = FORMATS.describe(&path.into()).unwrap_or_else(|error| panic!("{error}"));
    let spec = spec.methods.iter().find(|method| method.name == "forward").expect("a method");
    let frames = buffer_frames / spec.in_ratio;
    let method = RawMethod::new(&raw_method::library(), path, "forward", spec.in_channels, frames);
    let mut method = method.expect("it is built");
    (0..RUNS).for_each(|_| method.call());
    anonymous_mb()
}

fn bare(path: &Path, buffer_frames: usize) -> f64 {
    TorchRuntime.prepare_thread(1);
    let mut model = FORMATS.load(&path.into()).unwrap_or_else(|error| panic!("{error}"));
    assert!(model.set_optimise(false), "the backend has the switch");
    let method = model.spec().methods.iter().position(|method| method.name == "forward").expect("a method");
    let spec = model.spec().methods[method].clone();
    let (in_frames, out_frames) = (buffer_frames / spec.in_ratio, buffer_frames / spec.out_ratio);
    let input = noise(7, spec.in_channels * in_frames);
    let mut output = vec![0.0; spec.out_channels * out_frames];
    for _ in 0..RUNS {
        let from = TensorView { samples: &input, batch: 1, channels: spec.in_channels, frames: in_frames };
        let to =
            TensorViewMut { samples: &mut output, batch: 1, channels: spec.out_channels, frames: out_frames };
        model.run(method, from, to).unwrap_or_else(|error| panic!("{error}"));
    }
    anonymous_mb()
}

fn boxed(path: &Path, buffer_frames: usize) -> f64 {
    let mut boxed = Boxed::ready(Arc::new(FORMATS), path, "forward", buffer_frames);
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    while boxed.status().counts().buffers < RUNS {
        schedule.wait();
        boxed.block();
    }
    boxed.poll();
    boxed.check();
    anonymous_mb()
}

fn anonymous_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of this process");
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).expect("a line RssAnon");
    let kb: f64 = line.split_whitespace().next().and_then(|kb| kb.parse().ok()).expect("a number");
    kb / 1024.0
}

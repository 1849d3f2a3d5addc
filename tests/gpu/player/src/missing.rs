//! A GPU that is not there, on a machine that may have one: the driver is told to show none.

use nn_core::formats::FORMATS;

use crate::{
    boxed::{BLOCK_FRAMES, Boxed},
    memory::{ask_for_gpu, on_the_gpu},
    report::Report,
    schedule::{RATE_HZ, Schedule},
    stand::Stand,
};

/// One line, and the CPU goes on.
pub fn run(stand: &Stand, report: &mut Report) {
    let mut playing = Boxed::ready(std::sync::Arc::new(FORMATS), &stand.own("codec"), "forward", 2048);
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    drop(playing.take_events());
    let lines = ask_for_gpu(&mut playing, &mut schedule);
    let wanted = "nn~: gpu: there is no GPU that this libtorch could use: the CPU goes on";
    let loud = playing.outputs[0].iter().any(|sample| sample.abs() > 1e-4);
    report.must(
        lines == [wanted] && !on_the_gpu(&mut playing) && loud,
        format_args!("no device: {lines:?}, the sound goes on: {loud}; {} late", playing.late()),
    );
    playing.check();
}

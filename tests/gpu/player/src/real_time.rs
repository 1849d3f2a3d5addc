//! Ten seconds of real time on the GPU.

use std::sync::Arc;

use nn_core::formats::FORMATS;

use crate::{
    attributes::errors_of,
    boxed::{BLOCK_FRAMES, Boxed},
    report::Report,
    schedule::{RATE_HZ, Schedule, as_audio_threads_run},
    stand::{Stand, name},
    watch::Watch,
};

/// Counts late blocks at 512 and 2048.
pub fn run(stand: &Stand, report: &mut Report) {
    let granted = as_audio_threads_run();
    report.figure(format_args!("real-time priority: {}", if granted { "granted" } else { "refused" }));
    let mut cases = vec![(stand.own("codec"), 512), (stand.own("codec"), 2048)];
    cases.extend(stand.more.iter().map(|path| (path.clone(), 2048)));
    let mut late_on_the_processor = 0;
    for (path, buffer, gpu) in cases.into_iter().flat_map(|(path, buffer)| {
        // The same on the processor shows what the machine itself is late with.
        [(path.clone(), buffer, false), (path, buffer, true)]
    }) {
        let mut playing = Boxed::ready(Arc::new(FORMATS), &path, "forward", buffer);
        playing.send("gpu", &[nn_core::message::Atom::Int(gpu.into())]);
        playing.until_settled();
        let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
        let mut play = |playing: &mut Boxed, seconds: f64| {
            for _ in 0..(seconds * f64::from(RATE_HZ)) as usize / BLOCK_FRAMES {
                schedule.wait();
                playing.block();
                playing.poll();
            }
        };
        play(&mut playing, 0.3);
        let late_before = playing.late();
        let before = computed(&playing);
        let watch = Watch::begin(stand.dry);
        let seconds = stand.seconds(if gpu { 10.0 } else { 4.0 });
        play(&mut playing, seconds);
        let after = computed(&playing);
        let steadiness = watch.end();
        let late = playing.late() - late_before;
        let errors = errors_of(&mut playing);
        let runs = (after.0 - before.0).max(1);
        let figures = format!(
            "{} {buffer}: {late} late in {seconds} s; {runs} runs of {:.2} ms on average {errors:?}",
            name(&path),
            (after.1 - before.1) as f64 / 1e6 / runs as f64
        );
        let figures = format!("{figures}; {steadiness}");
        if !gpu {
            late_on_the_processor = late;
            report.figure(format_args!("on the processor {figures}"));
        } else if errors.is_empty() && late > 0 && (steadiness.held_up > 0 || late_on_the_processor > 0) {
            report.figure(format_args!("not judged, the machine itself is not steady: {figures}"));
        } else {
            report.must(late == 0 && errors.is_empty() || stand.dry, figures);
        }
    }
}

/// Runs, and the nanoseconds that they took.
fn computed(playing: &Boxed) -> (u64, u64) {
    let status = playing.status();
    (status.counts().buffers, status.counts().compute_ns)
}

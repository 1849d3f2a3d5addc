//! From the CPU to the GPU and back while it plays, without a gap.

use std::{sync::Arc, time::Instant};

use nn_core::{formats::FORMATS, message::Atom};

use crate::{
    attributes::errors_of,
    boxed::{BLOCK_FRAMES, Boxed},
    memory::on_the_gpu,
    report::Report,
    schedule::{RATE_HZ, Schedule},
    stand::{Stand, name},
    watch::Watch,
};

/// One that passes a sine on, later: what is heard must be a sine throughout. Others must not be late.
pub fn run(stand: &Stand, report: &mut Report) {
    let mut others =
        vec![(stand.own("codec"), 512), (stand.own("codec"), 2048), (stand.own("recurrent"), 512)];
    others.extend(stand.more.iter().map(|path| (path.clone(), 2048)));
    sine(stand, report);
    for (path, buffer) in others {
        let mut playing = Boxed::ready(Arc::new(FORMATS), &path, "forward", buffer);
        let watch = Watch::begin(stand.dry);
        let (waits, there) = back_and_forth(stand, &mut playing, &mut |_| {}, &mut |_| {});
        let steadiness = watch.end();
        let errors = errors_of(&mut playing);
        let waits = format!("{waits}; {steadiness}");
        report.must(
            (playing.late() == 0 || stand.dry || steadiness.held_up > 0) && errors.is_empty() && there,
            format_args!(
                "{} {buffer}, to the GPU and back twice: {} late; {waits} {errors:?}",
                name(&path),
                playing.late()
            ),
        );
    }
}

/// Half of what two neighbouring samples of the sine are apart at most, and more.
fn sine(stand: &Stand, report: &mut Report) {
    const STEP: f64 = 0.05;
    let mut playing = Boxed::ready(Arc::new(FORMATS), &stand.own("delay"), "forward", 512);
    let (mut phase, mut last, mut largest_step) = (0.0f64, 0.0f32, 0.0f32);
    let (mut quiet, mut longest_quiet, mut heard) = (0, 0, 0);
    let mut write = |input: &mut [f32]| {
        for sample in input {
            phase += STEP;
            *sample = (phase.sin() * 0.5) as f32;
        }
    };
    let mut read = |output: &[f32]| {
        heard += 1;
        // The first blocks are on their way.
        if heard < 100 {
            last = output[BLOCK_FRAMES - 1];
            return;
        }
        for &sample in output {
            largest_step = largest_step.max((sample - last).abs());
            quiet = if sample == 0.0 { quiet + 1 } else { 0 };
            longest_quiet = longest_quiet.max(quiet);
            last = sample;
        }
    };
    let (waits, there) = back_and_forth(stand, &mut playing, &mut write, &mut read);
    let (late, errors) = (playing.late(), errors_of(&mut playing));
    let bound = 2.0 * STEP as f32 * 0.5;
    let whole = late == 0 && largest_step < bound && longest_quiet < 3;
    report.must(
        // Where others need the processor, blocks may be late, and silent then.
        errors.is_empty() && there && (whole || stand.dry && late > 0),
        format_args!(
            "a sine through delay.ts 512, to the GPU and back twice: {late} late, largest step {largest_step:.4} (the \
             sine's is {:.4}), longest silence {longest_quiet} samples; {waits} {errors:?}",
            STEP * 0.5
        ),
    );
}

/// Plays in real time through two changes there and two back. How long each took, and whether it was there.
fn back_and_forth(
    stand: &Stand,
    playing: &mut Boxed,
    write: &mut dyn FnMut(&mut [f32]),
    read: &mut dyn FnMut(&[f32]),
) -> (String, bool) {
    let blocks = (stand.seconds(0.5) * f64::from(RATE_HZ)) as usize / BLOCK_FRAMES + 120;
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let mut block = |playing: &mut Boxed| {
        schedule.wait();
        for input in &mut playing.inputs {
            write(input);
        }
        playing.block();
        read(&playing.outputs[0]);
        playing.poll();
    };
    (0..blocks).for_each(|_| block(playing));
    let (mut waits, mut there) = (Vec::new(), true);
    let mut late = vec![playing.late()];
    let mut when = Vec::new();
    for gpu in [1, 0, 1, 0] {
        playing.send("gpu", &[Atom::Int(gpu)]);
        let begin = Instant::now();
        while playing.object.pending() && begin.elapsed().as_secs() < 30 {
            block(playing);
        }
        waits.push(format!("{:.0}", begin.elapsed().as_secs_f64() * 1e3));
        late.push(playing.late());
        for passed in 0..blocks {
            let before = playing.late();
            block(playing);
            if playing.late() > before {
                when.push(format!("{:.0}", passed as f64 * BLOCK_FRAMES as f64 * 1e3 / f64::from(RATE_HZ)));
            }
        }
        late.push(playing.late());
        there = there && on_the_gpu(playing) == (gpu == 1);
    }
    // Before, while it is prepared and gone over, and after, for each of the four.
    let late: Vec<_> = late.windows(2).map(|two| two[1] - two[0]).collect();
    let when =
        if when.is_empty() { String::new() } else { format!(", {} ms after a change", when.join(", ")) };
    (format!("{} ms until there, late in each part {late:?}{when}", waits.join(", ")), there)
}

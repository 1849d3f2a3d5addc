//! Boxes that share weights on the GPU.

use std::time::Instant;

use nn_core::{model::Model, value::Value};

use crate::{
    gpu_memory::GpuMemory,
    report::Report,
    stand::{Stand, Stream, difference, load, name, on_gpu},
};

/// What every thread plays.
const BLOCKS: usize = 12;

/// Shared weights, shown by writing to them and by memory; two and eight copies at once.
pub fn run(stand: &Stand, report: &mut Report) {
    written_weights(stand, report);
    memory(stand, report);
    for copies in [2, 8] {
        at_once(stand, report, copies);
    }
}

/// `sharpness` of convolutions.ts overwrites a weight: whoever shares it hears that.
fn written_weights(stand: &Stand, report: &mut Report) {
    let model = load(&stand.own("convolutions"));
    let (mut one, mut other) = (on_gpu(&*model), on_gpu(&*model));
    let play = |copy: &mut dyn Model| Stream::new(copy, 0, 480, 1).run(copy).expect("it runs");
    let before = play(&mut *other);
    let index = model.spec().attributes.iter().position(|one| one.name == "sharpness").expect("sharpness");
    one.set(index, &[Value::Float(0.5)]).expect("set");
    let mut fresh = on_gpu(&*model);
    let (_, heard) = difference(&play(&mut *other), &before);
    let (_, fresh_heard) = difference(&play(&mut *fresh), &before);
    report.must(
        heard > 1e-3 && fresh_heard < 1e-4,
        format_args!("two boxes share weights on the GPU: what one writes changes the other by {heard:.2}"),
    );
    report
        .figure(format_args!("a box that comes to the GPU later has those of the file ({fresh_heard:.1e})"));
}

fn memory(stand: &Stand, report: &mut Report) {
    let path = stand.largest();
    let model = load(&path);
    let mut first = on_gpu(&*model);
    Stream::new(&*first, 0, 2048, 1).blocks(&mut *first, 2).expect("it runs");
    let memory = GpuMemory::open(stand.dry);
    let before = memory.used();
    let begin = Instant::now();
    let more: Vec<_> = (0..7).map(|_| on_gpu(&*model)).collect();
    let ms = begin.elapsed().as_secs_f64() * 1e3 / 7.0;
    let each = (memory.used() - before) / 7.0 / 1e6;
    report.figure(format_args!(
        "{} ({:.1} MB): each further copy takes {each:.1} MB and {ms:.1} ms",
        name(&path),
        std::fs::metadata(&path).map_or(0, |metadata| metadata.len()) as f64 / 1e6
    ));
    drop(more);
}

/// Copies of the codec on threads of their own answer what one alone answers.
fn at_once(stand: &Stand, report: &mut Report, copies: usize) {
    let model = load(&stand.own("codec"));
    let forward = model.spec().methods.iter().position(|method| method.name == "forward").expect("forward");
    let play = |seed: u64, mut copy: Box<dyn Model>| {
        Stream::new(&*copy, forward, 2048, seed).blocks(&mut *copy, BLOCKS).expect("it runs")
    };
    let wanted: Vec<_> = (0..copies as u64).map(|seed| play(seed, model.fork().expect("a copy"))).collect();
    let copies: Vec<_> = (0..copies).map(|_| on_gpu(&*model)).collect();
    let got: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..).zip(copies).map(|(seed, copy)| scope.spawn(move || play(seed, copy))).collect();
        threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
    });
    let worst = got.iter().zip(&wanted).map(|(got, wanted)| {
        let (largest, apart) = difference(got, wanted);
        apart / largest
    });
    let worst = worst.fold(0.0, f32::max);
    report.must(
        worst <= 1e-4,
        format_args!(
            "{} copies at once: each as alone on the CPU, {worst:.1e} of the largest output",
            wanted.len()
        ),
    );
}

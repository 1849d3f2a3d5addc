//! What the memory of a process does while a model runs again and again on threads of its own.
//!
//! `worker_memory MODEL METHOD FRAMES RUNS long` runs it on one thread that lives on; `boxes N` on a new thread with a new copy
//! of the model for every N runs, as boxes that come and go; `threads N` the same model on a new thread for every N runs.

use std::{env, path::Path, time::Instant};

use nn_core::{
    formats::FORMATS,
    memory::resident_mb,
    model::{Model, ModelSource, TensorView, TensorViewMut},
};

/// How often memory is told.
const LINES: usize = 20;

fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let [model, method, frames, runs, rest @ ..] = &words[..] else {
        panic!("worker_memory MODEL METHOD FRAMES RUNS long|boxes N|threads N");
    };
    let number = |word: &str| word.parse::<usize>().expect("a number");
    let (frames, runs) = (number(frames), number(runs));
    let loaded = FORMATS.load(&Path::new(model).into()).expect("a model");
    let at = loaded.spec().methods.iter().position(|one| one.name == *method).expect("a method of it");
    let per_thread = match rest {
        [_, n] => number(n),
        _ => runs,
    };
    let same = rest.first().is_some_and(|word| word == "threads");
    let mut kept = same.then(|| loaded.fork().expect("a copy"));
    let begin = Instant::now();
    let mut done = 0;
    while done < runs {
        let copy = if same { kept.take().expect("it came back") } else { loaded.fork().expect("a copy") };
        let count = per_thread.min(runs - done);
        let thread = std::thread::spawn(move || {
            let model = play(copy, at, frames, count, done, runs, begin);
            // A box's model is dropped on its own thread.
            same.then_some(model)
        });
        kept = thread.join().expect("it ends");
        done += count;
        if per_thread < runs {
            tell(done, runs, per_thread, begin);
        }
    }
}

/// Runs it on this thread.
fn play(
    mut model: Box<dyn Model>,
    at: usize,
    frames: usize,
    count: usize,
    done: usize,
    runs: usize,
    begin: Instant,
) -> Box<dyn Model> {
    // As workers do, unless it is told that a call may use more threads.
    let threads = env::var("THREADS").ok().and_then(|number| number.parse().ok()).unwrap_or(1);
    model.prepare_thread(threads);
    let method = model.spec().methods[at].clone();
    let input: Vec<f32> =
        (0..method.in_channels * frames / method.in_ratio).map(|n| (n as f32 * 0.37).sin() * 0.5).collect();
    let mut output = vec![0.0; method.out_channels * frames / method.out_ratio];
    for run in 1..=count {
        let view = TensorView {
            samples: &input,
            batch: 1,
            channels: method.in_channels,
            frames: frames / method.in_ratio,
        };
        let out = TensorViewMut {
            samples: &mut output,
            batch: 1,
            channels: method.out_channels,
            frames: frames / method.out_ratio,
        };
        model.run(at, view, out).expect("it runs");
        if count == runs {
            tell(done + run, runs, 1, begin);
        }
    }
    model
}

/// A line for every twentieth of the whole.
fn tell(done: usize, runs: usize, step: usize, begin: Instant) {
    let part = |done: usize| done * LINES / runs;
    if part(done) > part(done - step.min(done)) || done == step {
        let memory = resident_mb().expect("the system tells");
        println!("{done} runs, {:.0} s: {memory:.1} MB", begin.elapsed().as_secs_f64());
    }
}

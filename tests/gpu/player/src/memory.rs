//! Memory of the GPU: given back when boxes go, and what is said when there is none.

use nn_core::{
    formats::FORMATS,
    message::{Atom, Event},
};

use crate::{
    boxed::{BLOCK_FRAMES, Boxed},
    gpu_memory::GpuMemory,
    report::Report,
    schedule::{RATE_HZ, Schedule},
    stand::{Stand, Stream, load, name, on_gpu},
};

/// Eight boxes come and go.
pub fn deletion(stand: &Stand, report: &mut Report) {
    let path = stand.largest();
    let model = load(&path);
    let cycle = |memory: Option<&GpuMemory>| {
        let mut copies: Vec<_> = (0..8).map(|_| on_gpu(&*model)).collect();
        for copy in &mut copies {
            Stream::new(&**copy, 0, 2048, 1).blocks(&mut **copy, 2).expect("it runs");
        }
        memory.map_or(0.0, GpuMemory::used)
    };
    // What CUDA and its libraries keep for the life of the process is there after the first time.
    cycle(None);
    let memory = GpuMemory::open(stand.dry);
    let before = memory.used();
    let mut left = Vec::new();
    let mut held = 0.0f64;
    for _ in 0..3 {
        held = held.max(cycle(Some(&memory)) - before);
        left.push(memory.used() - before);
    }
    let parts: Vec<_> = left.iter().map(|left| format!("{:.1}", left / 1e6)).collect();
    let figures = format!(
        "{}: 8 boxes hold {:.1} MB, deleted they leave {} MB, three times",
        name(&path),
        held / 1e6,
        parts.join(", ")
    );
    if stand.dry {
        // The processor's memory has other keepers.
        report.figure(figures);
    } else {
        report.must(left.iter().all(|left| *left <= 0.05 * held), figures);
    }
    report.figure(format_args!("in use by all before: {:.0} MB", before / 1e6));
}

/// The GPU is full, then it is not.
pub fn exhaustion(stand: &Stand, report: &mut Report) {
    let path = stand.largest();
    greedy(stand, report);
    let mut playing = Boxed::ready(std::sync::Arc::new(FORMATS), &stand.own("codec"), "forward", 2048);
    if stand.dry {
        return;
    }
    // What CUDA needs for itself is there before.
    let model = load(&path);
    let mut copy = on_gpu(&*model);
    Stream::new(&*copy, 0, 2048, 1).run(&mut *copy).expect("it runs");
    drop((copy, model));
    let memory = GpuMemory::open(stand.dry);
    let taken = memory.take_all();
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    drop(playing.take_events());
    let lines = ask_for_gpu(&mut playing, &mut schedule);
    report.must(
        lines.len() == 1 && lines[0].starts_with("nn~: gpu: ") && lines[0].ends_with(": the CPU goes on"),
        format_args!("a full GPU: {lines:?}; {} late", playing.late()),
    );
    drop(taken);
    let lines = ask_for_gpu(&mut playing, &mut schedule);
    report.must(
        lines.is_empty() && on_the_gpu(&mut playing),
        format_args!("and when there is room: {lines:?}"),
    );
}

/// A method that asks for more than there is says so in one line, and the next one runs.
fn greedy(stand: &Stand, report: &mut Report) {
    let model = load(&stand.folder.join("hostile/brittle.ts"));
    let greedy = model.spec().methods.iter().position(|method| method.name == "greedy").expect("greedy");
    let mut gpu = on_gpu(&*model);
    let said = Stream::new(&*gpu, greedy, 512, 1).run(&mut *gpu).err().map(|error| error.to_string());
    let line = said.unwrap_or_default();
    let runs = Stream::new(&*gpu, 0, 512, 1).run(&mut *gpu).is_ok();
    report.must(
        line.lines().count() == 1 && line.len() < 240 && runs,
        format_args!("a model that asks for 64 TB: {line}"),
    );
}

/// `gpu 1`, and what is said until it is dealt with, while it plays.
pub fn ask_for_gpu(playing: &mut Boxed, schedule: &mut Schedule) -> Vec<String> {
    playing.send("gpu", &[Atom::Int(1)]);
    let mut lines = Vec::new();
    let after = f64::from(RATE_HZ) as usize / BLOCK_FRAMES / 2;
    let (mut blocks, mut settled) = (0, 0);
    while settled < after && blocks < 40 * after {
        schedule.wait();
        playing.block();
        playing.poll();
        blocks += 1;
        settled = if playing.object.pending() { 0 } else { settled + 1 };
        lines.extend(playing.take_events().into_iter().filter_map(|event| match event {
            Event::Note(line) | Event::Error(line) => Some(line),
            _ => None,
        }));
    }
    lines
}

/// What `dump` says.
pub fn on_the_gpu(playing: &mut Boxed) -> bool {
    drop(playing.take_events());
    playing.send("dump", &[]);
    playing.take_events().iter().any(|event| match event {
        Event::Info { selector, atoms } => {
            selector == "gpu" && atoms.first().and_then(Atom::number) == Some(1.0)
        }
        _ => false,
    })
}

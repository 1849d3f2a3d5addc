//! `reset` on the GPU, and models that raise there.

use nn_core::{
    formats::FORMATS,
    message::Atom,
    model::{Device, Model},
};

use crate::{
    attributes::errors_of,
    boxed::{BLOCK_FRAMES, Boxed},
    report::Report,
    schedule::{RATE_HZ, Schedule},
    stand::{Stand, Stream, load, on_gpu},
};

/// Both.
pub fn run(stand: &Stand, report: &mut Report) {
    reset(stand, report);
    raising(stand, report);
}

/// `counter.ts` says how many samples it has seen.
fn reset(stand: &Stand, report: &mut Report) {
    let mut counter = Boxed::ready(std::sync::Arc::new(FORMATS), &stand.own("counter"), "forward", 512);
    counter.send("gpu", &[Atom::Int(1)]);
    counter.until_settled();
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let mut play = |counter: &mut Boxed, blocks| {
        for _ in 0..blocks {
            schedule.wait();
            counter.block();
            counter.poll();
        }
        counter.outputs[0][BLOCK_FRAMES - 1]
    };
    let before = play(&mut counter, 400);
    counter.send("reset", &[]);
    while counter.object.pending() {
        play(&mut counter, 1);
    }
    let after = play(&mut counter, 100);
    let errors = errors_of(&mut counter);
    report.must(
        before > 20_000.0 && after > 2_000.0 && after < before / 2.0 && errors.is_empty(),
        format_args!("reset: {before} samples seen, then {after}; {} late {errors:?}", counter.late()),
    );
}

fn raising(stand: &Stand, report: &mut Report) {
    for (file, method) in [("throws", 0), ("throws", 1), ("listy", 0), ("short", 0)] {
        let model = load(&stand.own(file));
        let said = |copy: &mut dyn Model| {
            let mut stream = Stream::new(copy, method, 512, 1);
            (0..6).map(|_| stream.run(copy).err().map(|error| error.to_string())).collect::<Vec<_>>()
        };
        let wanted = said(&mut *model.fork_to(Device::Cpu).expect("a copy"));
        let got = said(&mut *on_gpu(&*model));
        let last = got.iter().flatten().next_back().cloned().unwrap_or_default();
        let method = &model.spec().methods[method].name;
        report.must(
            got == wanted && last.lines().count() == 1,
            format_args!("{file}.ts {method} raises as on the CPU: {last}"),
        );
    }
    let after = load(&stand.own("identity"));
    let plays = Stream::new(&*after, 0, 512, 1).run(&mut *on_gpu(&*after)).is_ok();
    report.must(plays, "others play after that");
}

//! Milliseconds per block, GPU beside CPU.

use std::time::{Duration, Instant};

use nn_core::model::Model;

use crate::{
    figures::{median, quantile},
    report::Report,
    stand::{Stand, Stream, load, name, on_gpu},
};

/// A table: model, method, buffer, median and 99th percentile on both.
pub fn run(stand: &Stand, report: &mut Report) {
    report.figure("model method buffer | CPU median, p99 ms | GPU median, p99 ms | CPU / GPU");
    for path in stand.all() {
        let model = load(&path);
        let methods = &model.spec().methods;
        let forward = methods.iter().position(|method| method.name == "forward").unwrap_or(0);
        for buffer in [512, 2048, 8192] {
            let lcm = model.spec().ratio_lcm().unwrap_or(1);
            if buffer % lcm != 0 {
                continue;
            }
            let cpu = times(stand, &mut *model.fork().expect("a copy"), forward, buffer);
            let gpu = times(stand, &mut *on_gpu(&*model), forward, buffer);
            report.figure(format_args!(
                "{} {} {buffer} | {:.3}, {:.3} | {:.3}, {:.3} | {:.2}",
                name(&path),
                methods[forward].name,
                cpu.0,
                cpu.1,
                gpu.0,
                gpu.1,
                cpu.0 / gpu.0
            ));
        }
    }
}

/// Median and 99th percentile in milliseconds, warmed up.
fn times(stand: &Stand, model: &mut dyn Model, method: usize, buffer: usize) -> (f64, f64) {
    let mut stream = Stream::new(model, method, buffer, 1);
    stream.blocks(model, 10).expect("it runs");
    let all: Vec<f64> = (0..if stand.dry { 20 } else { 200 })
        .map(|_| {
            let begin = Instant::now();
            stream.run(model).expect("it runs");
            begin.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    (median(&all), quantile(&all, 0.99))
}

/// The same with pauses, as blocks come in real time: caches and clocks are as they are then.
pub fn paced(stand: &Stand, report: &mut Report) {
    let cases = [(stand.own("codec"), 512), (stand.own("codec"), 2048)];
    for (path, buffer) in cases.into_iter().chain(stand.more.iter().map(|path| (path.clone(), 2048))) {
        let model = load(&path);
        let forward = model.spec().methods.iter().position(|method| method.name == "forward").unwrap_or(0);
        for (device, mut copy) in [("CPU", model.fork().expect("a copy")), ("GPU", on_gpu(&*model))] {
            let mut stream = Stream::new(&*copy, forward, buffer, 1);
            stream.blocks(&mut *copy, 10).expect("it runs");
            let pause = Duration::from_secs_f64(buffer as f64 / 44_100.0);
            let all: Vec<f64> = (0..(stand.seconds(2.0) / pause.as_secs_f64()) as usize)
                .map(|_| {
                    std::thread::sleep(pause);
                    let begin = Instant::now();
                    stream.run(&mut *copy).expect("it runs");
                    begin.elapsed().as_secs_f64() * 1e3
                })
                .collect();
            report.figure(format_args!(
                "{} {buffer} on the {device}, one block every {:.1} ms: median {:.2} ms, 1 of 10 above {:.2}, longest {:.2}",
                name(&path),
                pause.as_secs_f64() * 1e3,
                median(&all),
                quantile(&all, 0.9),
                quantile(&all, 1.0)
            ));
        }
    }
}

/// What the first runs cost: of a process, of a second thread, of a copy on a thread that was warmed up.
pub fn first_runs(stand: &Stand, report: &mut Report) {
    let path = stand.largest();
    let model = load(&path);
    let first = |copy: &mut dyn Model| {
        let mut stream = Stream::new(copy, 0, 2048, 1);
        let runs = [(); 3].map(|()| {
            let begin = Instant::now();
            stream.run(copy).expect("it runs");
            format!("{:.1}", begin.elapsed().as_secs_f64() * 1e3)
        });
        runs.join(", ")
    };
    let begin = Instant::now();
    let mut one = on_gpu(&*model);
    report.figure(format_args!(
        "{}: the way to the GPU takes {:.0} ms the first time",
        name(&path),
        begin.elapsed().as_secs_f64() * 1e3
    ));
    report.figure(format_args!("first runs of the process: {} ms", first(&mut *one)));
    report.figure(format_args!("first runs on a second thread: {} ms", first(&mut *on_gpu(&*model))));
    let begin = Instant::now();
    let mut moved = model.fork_at(&one.place()).expect("a copy");
    report.must(
        true,
        format_args!("the way to a place that was warmed up: {:.1} ms", begin.elapsed().as_secs_f64() * 1e3),
    );
    report.figure(format_args!("first runs there: {} ms", first(&mut *moved)));
}

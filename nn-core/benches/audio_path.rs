//! The ring between the audio thread and the worker, and a block through the layout.
//!
//! Both sides of the ring run on one thread here: waking a thread that sleeps is not part of it.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nn_core::{
    engine::status::Status,
    layout::BoxKind,
    offline::Signals,
    port::{
        buffer::{BufferShape, Outcome},
        stream::{Opening, Stream, StreamFormat},
        transport::{Transport, WorkerRings},
        wakeup::Wakeup,
    },
    timing::{Mode, Timing},
};

const BLOCK_FRAMES: usize = 64;
const BUFFER_FRAMES: usize = 2048;
const RATE_HZ: f32 = 44_100.0;

/// Signals of one level.
fn signals(ports: usize, channels: usize) -> Signals {
    let mut signals = Signals::new(ports, channels, BLOCK_FRAMES);
    signals.fill(0.25);
    signals
}

/// A buffer to the worker's side and back.
fn ring(c: &mut Criterion) {
    let period = Duration::from_secs_f32(BUFFER_FRAMES as f32 / RATE_HZ);
    let status = Status::default();
    let (mut transport, mut rings) =
        Transport::worker(4, Wakeup::new(std::thread::current(), period, period));
    let shape = BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: BUFFER_FRAMES };
    let mut buffer = Some(shape.buffer());
    c.bench_function("ring: a buffer there and back", |b| {
        b.iter(|| {
            let full = buffer.take().expect("the buffer came back");
            transport.hand_over(black_box(full), &status).expect("there is room");
            let full = rings.take().expect("a buffer was handed over");
            rings.to_port.push(full).expect("there is room");
            buffer = transport.take();
        });
    });
}

/// What a worker does whose model passes on what it gets: the answer lies there at once.
fn answer(rings: &mut WorkerRings) {
    while let Some(mut buffer) = rings.take() {
        buffer.outcome = Outcome::Sound;
        buffer.output.copy_from_slice(&buffer.input);
        rings.to_port.push(buffer).expect("there is room");
    }
}

/// Capture and render of one host block.
fn layout(c: &mut Criterion) {
    let cases = [
        ("nn~, 1 inlet", BoxKind::Nn, 1, 1, 1, 1),
        ("nn~, 8 inlets", BoxKind::Nn, 1, 8, 8, 1),
        ("nn~ -m, 8 channels", BoxKind::NnMulti, 1, 8, 1, 8),
        ("mc.nn~, 2 inlets of 4 channels", BoxKind::Mc, 4, 2, 2, 4),
        ("mcs.nn~, 4 inlets of 2 channels", BoxKind::Mcs, 4, 2, 4, 2),
    ];
    let mut group = c.benchmark_group("layout: a block in and out");
    for (name, kind, batch, model_channels, ports, channels) in cases {
        let mode = Mode::Worker { deadline_frames: None };
        let timing = Timing::new(BUFFER_FRAMES, 1, BLOCK_FRAMES, mode).expect("a legal buffer");
        let shape = BufferShape {
            batch,
            in_channels: model_channels,
            out_channels: model_channels,
            buffer_frames: BUFFER_FRAMES,
        };
        let format = StreamFormat {
            kind,
            shape,
            timing,
            sample_rate_hz: RATE_HZ,
            resampling: None,
            model_delay_frames: 0,
            dry_channels: shape.in_channels,
        };
        let (mut stream, mut rings) = Stream::with_worker(format, std::thread::current(), Opening::Cut);
        let status = Status::default();
        let (inputs, mut outputs) = (signals(ports, channels), signals(ports, channels));
        group.throughput(Throughput::Elements((batch * model_channels * BLOCK_FRAMES) as u64));
        group.bench_function(name, |b| {
            b.iter_custom(|blocks| {
                let mut spent = Duration::ZERO;
                for _ in 0..blocks {
                    let begin = Instant::now();
                    stream.capture(BLOCK_FRAMES, black_box(&inputs), &status);
                    stream.render(BLOCK_FRAMES, black_box(&mut outputs), &status);
                    spent += begin.elapsed();
                    answer(&mut rings);
                }
                spent
            });
        });
        assert!(outputs == inputs, "{name}: what went in comes out");
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600));
    targets = ring, layout
}
criterion_main!(benches);

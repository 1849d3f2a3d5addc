//! Layers of real models, each beside the time that reading its weights once takes.

use std::{hint::black_box, time::Duration};

use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
    measurement::WallTime,
};
use nn_kernels::{Convolution, ElementType, Packed};

const PLAIN: Convolution = Convolution {
    in_channels: 768,
    out_channels: 768,
    kernel: 3,
    stride: 1,
    padding: 0,
    dilation: 1,
    groups: 1,
    transposed: false,
    output_padding: 0,
};

/// A stream has few frames; up to six of them shall cost hardly more than reading the weights.
const FRAMES: [usize; 7] = [1, 2, 3, 4, 5, 6, 16];

/// For weights of 16 bits, which no model uses yet.
const FRAMES_OF_16_BITS: [usize; 3] = [1, 4, 6];

/// Copies of the weights enough that none of them stays in a cache.
const SETS_BYTES: usize = 192 << 20;

fn layers(c: &mut Criterion) {
    let upsampling =
        Convolution { out_channels: 384, kernel: 8, stride: 4, padding: 2, transposed: true, ..PLAIN };
    for (name, shape, frames) in
        [("768x768x3", PLAIN, FRAMES), ("768x384x8 transposed by 4", upsampling, FRAMES)]
    {
        let count = shape.weight_count().expect("a count");
        let weights: Vec<_> = (0..count).map(|i| (i % 101) as f32 * 0.01 - 0.5).collect();
        let sets = SETS_BYTES / (count * 4);
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(count as u64 * 4));
        let raw = vec![weights; sets];
        let mut turn = (0..sets).cycle();
        group.bench_function("reading the weights once", |b| {
            b.iter(|| total(black_box(&raw[turn.next().expect("an endless cycle")])));
        });
        let pack = |element, sets| -> Vec<_> {
            (0..sets).filter_map(|set| Packed::new(element, &shape, &raw[set % raw.len()])).collect()
        };
        calls(&mut group, "frames", &pack(ElementType::F32, sets), &frames);
        group.throughput(Throughput::Bytes(count as u64 * 2));
        calls(&mut group, "16-bit weights, frames", &pack(ElementType::Bf16, 2 * sets), &FRAMES_OF_16_BITS);
        group.finish();
    }
}

/// Calls of so many frames, each with another copy of the weights than the last one.
fn calls(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, packs: &[Packed], frames: &[usize]) {
    let mut turn = packs.iter().cycle();
    let shape = packs[0].shape();
    for &frames in frames {
        let in_frames = if shape.transposed { frames } else { frames + 2 };
        let x = vec![0.5; shape.in_channels * in_frames];
        let mut y = vec![0.0; shape.out_channels * shape.out_frames(in_frames)];
        group.bench_function(BenchmarkId::new(name, frames), |b| {
            b.iter(|| {
                let packed = turn.next().expect("an endless cycle");
                packed.run(1, in_frames, black_box(&x), None, black_box(&mut y));
            });
        });
    }
}

/// The sum of all, in as many chains as it takes to keep the memory busy.
fn total(weights: &[f32]) -> f32 {
    let mut sums = [0.0; 64];
    for row in weights.chunks_exact(64) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += weight;
        }
    }
    sums.iter().sum()
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600));
    targets = layers
}
criterion_main!(benches);

//! Every instruction set of this machine with every type of weights against the definition, for shapes of all kinds.

mod reference;

use nn_kernels::{Convolution, ElementType, Isa, Packed};
use proptest::prelude::*;

/// What is allowed relative to the largest output.
const TOLERANCE: f64 = 5e-6;

/// Numbers in -1..1 that are different everywhere.
fn noise(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// Runs a shape on every instruction set with every type of weights; the number of sets that took it.
fn check(shape: &Convolution, batch: usize, in_frames: usize, with_bias: bool, seed: u64) -> usize {
    let taken: Vec<_> = ElementType::all()
        .map(|element| check_element(element, shape, batch, in_frames, with_bias, seed))
        .collect();
    assert!(taken.iter().all(|&sets| sets == taken[0]), "{taken:?} sets took {shape:?}");
    taken[0]
}

fn check_element(
    element: ElementType,
    shape: &Convolution,
    batch: usize,
    in_frames: usize,
    with_bias: bool,
    seed: u64,
) -> usize {
    let weights = noise(seed, shape.weight_count().expect("a small shape"));
    let kept: Vec<_> = weights.iter().map(|&weight| reference::kept(element, weight)).collect();
    let bias = with_bias.then(|| noise(seed + 1, shape.out_channels));
    let x = noise(seed + 2, batch * shape.in_channels * in_frames);
    let wanted = reference::convolve(shape, &kept, bias.as_deref(), batch, in_frames, &x);
    // The few outputs of a small shape may all happen to be sums that cancel; what is lost then is no fault. Numbers in
    // -1..1 multiplied and summed have this root mean square.
    let expected = ((shape.group_inputs() * shape.kernel) as f64).sqrt() / 3.0;
    let largest = wanted.iter().fold(0.1 * expected, |largest, y| largest.max(y.abs()));
    let mut taken = 0;
    for isa in Isa::available() {
        let Some(packed) = Packed::with_isa(isa, element, shape, &weights) else { continue };
        taken += 1;
        // What is not written shows.
        let mut y = vec![f32::NAN; wanted.len()];
        packed.run(batch, in_frames, &x, bias.as_deref(), &mut y);
        for (index, (&y, &wanted)) in y.iter().zip(&wanted).enumerate() {
            let error = (f64::from(y) - wanted).abs() / largest;
            assert!(
                error <= TOLERANCE,
                "{isa:?} {element:?} {shape:?} batch {batch}, {in_frames} frames: [{index}] {y} {wanted}"
            );
        }
    }
    taken
}

fn channels() -> impl Strategy<Value = usize> {
    prop_oneof![1..=9usize, Just(16usize), 17..=70usize, Just(96usize), 120..=140usize]
}

prop_compose! {
    fn shapes()(
        inputs in channels(), outputs in channels(), groups in prop_oneof![4 => Just(1usize), 1 => 2..=4usize],
        kernel in 1..=7usize, stride in 1..=4usize, dilation in 1..=3usize, padding in 0..=6usize,
        transposed in any::<bool>(), output_padding in 0..=3usize,
    ) -> Convolution {
        let output_padding = if transposed { output_padding.min(stride.max(dilation) - 1) } else { 0 };
        Convolution {
            in_channels: inputs.div_ceil(groups) * groups,
            out_channels: outputs.div_ceil(groups) * groups,
            kernel, stride, padding, dilation, groups, transposed, output_padding,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_shape_gives_what_the_definition_says(
        shape in shapes(), batch in 1..=4usize, in_frames in prop_oneof![1..=9usize, 10..=40usize],
        with_bias in any::<bool>(), seed in 0..1000u64,
    ) {
        if shape.out_frames(in_frames) > 0 {
            check(&shape, batch, in_frames, with_bias, seed);
        }
    }

    #[test]
    fn channels_that_are_each_for_themselves_give_what_the_definition_says(
        count in 2..=40usize, each in 1..=3usize, kernel in 1..=7usize, stride in 1..=4usize,
        dilation in 1..=3usize, padding in 0..=6usize, batch in 1..=3usize, in_frames in 1..=40usize,
    ) {
        let shape = Convolution {
            in_channels: count, out_channels: count * each, kernel, stride, padding, dilation, groups: count,
            transposed: false, output_padding: 0,
        };
        if shape.out_frames(in_frames) > 0 {
            prop_assert_eq!(check(&shape, batch, in_frames, true, 1), Isa::available().len());
        }
    }
}

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

#[test]
fn the_layers_of_a_large_autoencoder_are_taken() {
    let upsampling =
        Convolution { out_channels: 384, kernel: 8, stride: 4, padding: 2, transposed: true, ..PLAIN };
    for element in ElementType::all() {
        // The loops are the same for all types: one number of columns shows that the others are loaded.
        let columns = if element == ElementType::F32 { 1..=6 } else { 6..=6 };
        for columns in columns {
            for (shape, in_frames) in [(&PLAIN, columns + 2), (&upsampling, columns)] {
                let taken = check_element(element, shape, 1, in_frames, true, 7);
                assert_eq!(taken, Isa::available().len(), "{element:?}");
            }
        }
    }
    // A filter bank: one channel in, a long kernel.
    let bank = Convolution { in_channels: 1, out_channels: 16, kernel: 513, stride: 16, ..PLAIN };
    assert_eq!(check(&bank, 2, 1024, false, 9), Isa::available().len());
}

#[test]
fn outputs_that_are_all_cut_off_are_none() {
    // Of the three interleaved convolutions one has no output left.
    let shape = Convolution {
        in_channels: 1,
        out_channels: 40,
        kernel: 4,
        stride: 3,
        padding: 4,
        dilation: 2,
        transposed: true,
        output_padding: 2,
        ..PLAIN
    };
    assert_eq!(shape.out_frames(1), 1);
    for batch in 1..=3 {
        assert_eq!(check(&shape, batch, 1, true, 5), Isa::available().len());
    }
}

#[test]
fn weights_without_an_end_are_left_to_others() {
    let shape = Convolution { in_channels: 2, out_channels: 4, kernel: 1, ..PLAIN };
    let depthwise = Convolution { in_channels: 4, out_channels: 4, groups: 4, kernel: 2, ..PLAIN };
    for (element, shape) in ElementType::all().flat_map(|element| [(element, shape), (element, depthwise)]) {
        let packed = |weight: f32| {
            let mut weights = noise(1, 8);
            weights[3] = weight;
            Packed::new(element, &shape, &weights)
        };
        assert!(packed(0.5).is_some(), "{element:?}");
        for wrong in [f32::NAN, f32::INFINITY] {
            assert!(packed(wrong).is_none(), "{element:?} {wrong}");
        }
        // Finite, but nearer to an infinity than to the largest that 16 bits have.
        assert_eq!(packed(f32::MAX).is_some(), element == ElementType::F32, "{element:?}");
    }
}

#[test]
fn shapes_without_sense_are_refused() {
    let weights = noise(1, 768 * 768 * 3);
    assert!(Packed::new(ElementType::F32, &PLAIN, &weights[1..]).is_none());
    for shape in [
        Convolution { stride: 0, ..PLAIN },
        Convolution { groups: 0, ..PLAIN },
        Convolution { groups: 5, ..PLAIN },
        Convolution { output_padding: 1, ..PLAIN },
        Convolution { in_channels: usize::MAX, ..PLAIN },
    ] {
        assert!(!shape.is_sound());
        assert!(Packed::new(ElementType::F32, &shape, &weights).is_none(), "{shape:?}");
    }
}

#[test]
fn four_threads_share_one_pack() {
    let weights = noise(3, PLAIN.weight_count().expect("a count"));
    let packed = Packed::new(ElementType::F32, &PLAIN, &weights).expect("a pack");
    let x = noise(4, 768 * 5);
    let run = || {
        let mut y = vec![0.0; 768 * 3];
        packed.run(1, 5, &x, None, &mut y);
        y
    };
    let wanted = run();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("a thread that ends"), wanted);
        }
    });
}

#[test]
fn weights_of_16_bits_take_half_of_the_memory() {
    let weights = noise(5, PLAIN.weight_count().expect("a count"));
    let bytes = |element| Packed::new(element, &PLAIN, &weights).expect("a pack").bytes();
    assert_eq!(bytes(ElementType::F32), weights.len() * 4);
    assert_eq!(bytes(ElementType::Bf16), weights.len() * 2);
}

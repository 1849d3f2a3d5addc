//! The table of C functions, used as the C++ side uses it.
#![allow(unsafe_code)] // Calls C functions.

use nn_kernels::{
    Convolution, ElementType, Packed,
    c_abi::{Call, Shape, TABLE},
};

const LAYER: Convolution = Convolution {
    in_channels: 24,
    out_channels: 40,
    kernel: 3,
    stride: 1,
    padding: 1,
    dilation: 1,
    groups: 1,
    transposed: false,
    output_padding: 0,
};
const FRAMES: usize = 5;

fn shape() -> Shape {
    Shape {
        in_channels: LAYER.in_channels as u64,
        out_channels: LAYER.out_channels as u64,
        kernel: LAYER.kernel as u64,
        stride: LAYER.stride as u64,
        padding: LAYER.padding as u64,
        dilation: LAYER.dilation as u64,
        groups: LAYER.groups as u64,
        transposed: u64::from(LAYER.transposed),
        output_padding: LAYER.output_padding as u64,
    }
}

fn weights() -> Vec<f32> {
    (0..LAYER.weight_count().expect("a small shape")).map(|i| (i % 101) as f32 * 0.013 - 0.6).collect()
}

#[test]
fn every_type_of_weights_can_be_asked_for_by_its_number() {
    let (weights, x) = (weights(), vec![0.5; LAYER.in_channels * FRAMES]);
    let mut outputs = Vec::new();
    for element in ElementType::all() {
        let mut wanted = vec![0.0; LAYER.out_channels * FRAMES];
        let direct = Packed::new(element, &LAYER, &weights).expect("a pack");
        direct.run(1, FRAMES, &x, None, &mut wanted);

        let mut y = vec![f32::NAN; wanted.len()];
        // SAFETY: shape and weights live as long as the call, and the weights are as many as the shape says.
        let packed = unsafe { (TABLE.pack)(&shape(), element as u32, weights.as_ptr()) };
        assert!(!packed.is_null());
        // SAFETY: it came from `pack` and is freed below.
        let (bytes, end_part, out_frames) = unsafe {
            ((TABLE.bytes)(packed), (TABLE.parts)(packed), (TABLE.out_frames)(packed, 1, FRAMES as u64))
        };
        assert_eq!((bytes, out_frames), (direct.bytes() as u64, FRAMES as u64));
        let call = Call {
            x: x.as_ptr(),
            bias: std::ptr::null(),
            y: y.as_mut_ptr(),
            batch: 1,
            in_frames: FRAMES as u64,
            first_part: 0,
            end_part,
        };
        // SAFETY: it came from `pack`; input and output have the sizes of the shape and are this test's alone.
        assert_eq!(unsafe { (TABLE.run)(packed, &raw const call) }, 1);
        // SAFETY: it came from `pack`, and this is the last use.
        unsafe { (TABLE.free)(packed) };
        assert_eq!(y, wanted, "{element:?}");
        outputs.push(y);
    }
    assert_ne!(outputs[0], outputs[1], "weights that were rounded sound another way");
}

#[test]
fn a_number_that_no_type_has_packs_nothing() {
    let weights = weights();
    for number in [ElementType::all().count() as u32, u32::MAX] {
        // SAFETY: shape and weights live as long as the call, and the weights are as many as the shape says.
        assert!(unsafe { (TABLE.pack)(&shape(), number, weights.as_ptr()) }.is_null());
    }
}

#[test]
fn a_shape_that_is_not_packed_has_its_reason() {
    let of = |change: fn(&mut Shape)| {
        let mut shape = shape();
        change(&mut shape);
        // SAFETY: the shape lives as long as the call.
        unsafe { (TABLE.refusal)(&shape) }
    };
    assert_eq!(of(|_| {}), 0);
    assert_eq!(of(|shape| shape.stride = 0), 1);
    assert_eq!(of(|shape| shape.groups = 5), 1, "24 channels cannot be in five groups");
    assert_eq!(of(|shape| (shape.groups, shape.in_channels, shape.out_channels) = (8, 24, 24)), 2);
    assert_eq!(of(|shape| (shape.groups, shape.in_channels, shape.out_channels) = (24, 24, 24)), 0);
    assert_eq!(of(|shape| (shape.transposed, shape.out_channels) = (1, 1)), 3);
}

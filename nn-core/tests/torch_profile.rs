//! Records of calls: what they say adds up, is true, and changes nothing.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::{
    model::{Model, RunError, Runtime},
    profile::{ComputedBy, Profile, Reason, Site, SiteKind},
    torch::TorchRuntime,
    value::Value,
};
use torch_stand::{Tensor, load, method, run};

/// The convolutions of `codec.ts`: where `models/codec.py` makes them, and their channels and taps.
const CODEC: [(&str, [u64; 3]); 16] = [
    ("encoder.enter", [304, 176, 1]),
    ("encoder.block.over_time", [176, 176, 5]),
    ("encoder.block.outer", [176, 176, 1]),
    ("encoder.block.inner", [176, 176, 1]),
    ("encoder.leave", [176, 24, 1]),
    ("decoder.enter", [24, 176, 3]),
    ("decoder.first.over_time", [176, 176, 5]),
    ("decoder.first.outer", [176, 176, 1]),
    ("decoder.first.inner", [176, 176, 1]),
    ("decoder.second.over_time", [176, 176, 5]),
    ("decoder.second.outer", [176, 176, 1]),
    ("decoder.second.inner", [176, 176, 1]),
    ("decoder.split", [176, 384, 1]),
    ("decoder.levels", [96, 249, 1]),
    ("decoder.narrow", [176, 64, 1]),
    ("decoder.tuning", [64, 498, 1]),
];

fn try_profile(
    model: &mut dyn Model,
    name: &str,
    input: &Tensor,
) -> Option<Result<(Tensor, Profile), RunError>> {
    let at = method(model, name);
    let spec = &model.spec().methods[at];
    let frames = input.frames * spec.in_ratio / spec.out_ratio;
    let mut output = Tensor::zeros(input.batch, spec.out_channels, frames).map(|_| -77.0);
    let profile = model.profile(at, input.view(), output.view_mut())?;
    Some(profile.map(|profile| (output, profile)))
}

fn profile(model: &mut dyn Model, name: &str, input: &Tensor) -> (Tensor, Profile) {
    try_profile(model, name, input).expect("it can be profiled").unwrap_or_else(|error| panic!("{error}"))
}

/// The record of a call of a new model that others have come before: what is packed is packed.
fn settled(name: &str, of: &str, input: &Tensor) -> Profile {
    let mut model = load(name);
    (0..3).for_each(|_| drop(profile(&mut *model, of, input)));
    profile(&mut *model, of, input).1
}

fn convolutions(profile: &Profile) -> Vec<&Site> {
    profile.sites.iter().filter(|site| site.convolution.is_some()).collect()
}

fn operator<'a>(profile: &'a Profile, name: &str) -> Vec<&'a Site> {
    let name = format!("aten::{name}");
    profile.sites.iter().filter(|site| site.operator == name).collect()
}

#[test]
fn the_parts_of_a_call_add_up_to_it() {
    let mut model = load("codec");
    let input = Tensor::noise(1, 1, 2048);
    let mut gaps: Vec<f64> = (0..30)
        .map(|_| {
            let profile = profile(&mut *model, "forward", &input).1;
            let parts: u64 = profile.sites.iter().map(|site| site.ns).sum();
            assert_eq!(parts, profile.total_ns);
            assert!(parts <= profile.call_ns, "{parts} {}", profile.call_ns);
            (profile.call_ns - parts) as f64 / profile.call_ns as f64
        })
        .collect();
    // The middle one: others use this machine too.
    gaps.sort_by(f64::total_cmp);
    assert!(gaps[15] < 0.03, "{gaps:?}");
}

#[test]
fn a_recorded_call_computes_what_any_call_computes() {
    for (name, of, shape, buffers) in [
        ("codec", "forward", (1, 2048), 12),
        ("recurrent", "forward", (1, 2048), 4),
        ("convolutions", "upsample", (2, 120), 4),
        ("noise", "forward", (1, 512), 4),
    ] {
        let original = load(name);
        let mut copies = [original.fork().expect("a fork"), original.fork().expect("a fork")];
        copies.iter_mut().for_each(|copy| copy.seed(7));
        let [plain, recorded] = &mut copies;
        for buffer in 0..buffers {
            let input = Tensor::noise(1, shape.0, shape.1).map(|sample| sample * 0.1 * buffer as f32);
            let wanted = run(&mut **plain, of, &input);
            assert!(profile(&mut **recorded, of, &input).0 == wanted, "{name} {of}, buffer {buffer}");
        }
    }
}

#[test]
fn every_convolution_is_found_once_in_its_module_with_what_it_multiplies() {
    let profile = settled("codec", "forward", &Tensor::noise(1, 1, 2048));
    let mut found: Vec<_> = convolutions(&profile)
        .iter()
        .map(|site| {
            let shape = site.convolution.expect("a convolution");
            assert_eq!((site.operator.as_str(), shape.computed_by), ("aten::conv1d", ComputedBy::Kernels));
            let weights = shape.out_channels * (shape.in_channels / shape.groups) * shape.kernel;
            assert_eq!((site.weight_bytes, site.runs), (weights * 4, 1), "{}", site.path);
            assert_eq!(site.products, weights * shape.out_frames, "{}", site.path);
            (site.path.as_str(), [shape.in_channels, shape.out_channels, shape.kernel])
        })
        .collect();
    found.sort_unstable();
    let mut wanted = CODEC;
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

/// The numbers are those of `models/convolutions.py` and `models/recurrent.py`, worked out by hand.
#[test]
fn multiplications_and_weights_are_counted_by_the_formula() {
    let strided = settled("convolutions", "forward", &Tensor::noise(1, 2, 480));
    let first = convolutions(&strided)[0];
    // 496 samples, a kernel of 4 every 3: 165 frames of 37 channels out of 2.
    assert_eq!((first.products, first.weight_bytes), (37 * 2 * 4 * 165, 37 * 2 * 4 * 4));
    assert_eq!(first.sample_bytes, (2 * 496 + 37 * 165) * 4);
    // Each of 70 channels for itself, 5 taps, padded by 2.
    let depthwise = convolutions(&strided)[2];
    assert_eq!(depthwise.products, 70 * 5 * depthwise.convolution.expect("a convolution").out_frames);
    // Transposed: over the input, two examples of 120 frames.
    let spread = settled("convolutions", "upsample", &Tensor::noise(2, 2, 120));
    assert_eq!(convolutions(&spread)[0].products, 2 * 66 * 8 * 120 * 2);

    // 2048 samples are 64 groups of 32; a layer of 32 to 8, then four gates of 8 with two matrices each.
    let recurrent = settled("recurrent", "forward", &Tensor::noise(1, 1, 2048));
    let linear = operator(&recurrent, "linear");
    assert_eq!((linear[0].path.as_str(), linear[0].products), ("enter", 64 * 32 * 8));
    let lstm = operator(&recurrent, "lstm");
    assert_eq!(lstm[0].products, 64 * (4 * 8 * 8 + 4 * 8 * 8));
    assert_eq!(lstm[0].weight_bytes, (2 * 4 * 8 * 8 + 2 * 4 * 8) * 4);
}

#[test]
fn each_convolution_that_is_left_to_libtorch_has_its_reason() {
    let input = Tensor::noise(1, 2, 480);
    let profile = settled("convolutions", "forward", &input);
    let back = *convolutions(&profile).last().expect("a convolution");
    assert_eq!(back.operator, "aten::conv_transpose1d");
    let by = |site: &Site| site.convolution.map(|shape| shape.computed_by);
    // 16 to 2 channels.
    assert_eq!(by(back), Some(ComputedBy::Libtorch(Reason::Few)));
    assert!(convolutions(&profile).iter().any(|site| by(site) == Some(ComputedBy::Kernels)));
    let mut off = load("convolutions");
    off.set_optimise(false);
    let profile = self::profile(&mut *off, "forward", &input).1;
    let all = convolutions(&profile);
    assert_eq!(all.len(), 6);
    assert!(all.iter().all(|site| by(site) == Some(ComputedBy::Libtorch(Reason::Off))));
}

/// The weights are those of every copy: in this program nobody else looks at what that layer computes.
#[test]
fn a_weight_that_is_not_finite_is_the_reason_at_every_call() {
    let mut model = load("convolutions");
    torch_stand::set(&mut *model, "sharpness", &[Value::Float(f64::INFINITY)]).expect("a setter");
    for call in 0..3 {
        let profile = profile(&mut *model, "forward", &Tensor::noise(1, 2, 480)).1;
        let by = convolutions(&profile)[0].convolution.map(|shape| shape.computed_by);
        assert_eq!(by, Some(ComputedBy::Libtorch(Reason::NotFinite)), "call {call}");
    }
}

#[test]
fn memory_is_that_of_the_tensors_that_are_made() {
    let profile = settled("nan", "forward", &Tensor::noise(1, 1, 4096));
    let made = operator(&profile, "full_like");
    assert_eq!((made.len(), made[0].allocations, made[0].allocated_bytes), (1, 1, 4 * 4096));
    // The input's copy, and the output.
    assert_eq!(profile.peak_bytes, 2 * 4 * 4096);
    let copies = profile.sites.iter().find(|site| site.kind == SiteKind::Copies).expect("copies");
    assert_eq!((copies.allocations, copies.allocated_bytes), (1, 4 * 4096));
    let moments = &profile.moments;
    assert_eq!(moments.iter().map(|moment| moment.bytes).max(), Some(2 * 4 * 4096));
    assert_eq!(moments.last().map(|moment| moment.bytes), Some(0), "{moments:?}");
    assert!(moments.is_sorted_by_key(|moment| moment.ns));
    assert!(moments.last().expect("a moment").ns <= profile.total_ns);
}

#[test]
fn a_method_that_raises_says_so_and_can_be_called_again() {
    let mut model = load("throws");
    let input = Tensor::noise(1, 1, 64);
    for _ in 0..2 {
        let raised = try_profile(&mut *model, "forward", &input).expect("it can be profiled");
        assert!(matches!(raised, Err(RunError::Threw { .. })), "{raised:?}");
    }
}

#[test]
fn what_the_processor_can_do_is_measured() {
    let _libtorch = load("gain");
    let ceilings = TorchRuntime.ceilings(1 << 20).expect("figures");
    assert!((1 << 20..1 << 21).contains(&ceilings.set_bytes), "{ceilings:?}");
    assert!(ceilings.memory_bytes > 100 << 20 && [4, 8, 16].contains(&ceilings.lanes));
    // No machine that plays models is slower, however busy.
    assert!(ceilings.memory_bytes_per_s > 1e7 && ceilings.set_bytes_per_s > 1e7);
    assert!(ceilings.products_per_s > 1e7 && ceilings.products_per_s < 1e13);
}

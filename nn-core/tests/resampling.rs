//! Models at their own rate: the arithmetic of the delay, and what the way there and back does to sound.

use std::f64::consts::TAU;

use nn_core::{
    model::RunError,
    port::buffer::{Buffer, BufferShape},
    ratio::gcd,
    resample::{Plan, Rates, Resampling},
    spec::MethodSpec,
};
use proptest::prelude::*;

fn rates(host_hz: u32, model_hz: u32) -> Rates {
    Rates::new(host_hz, model_hz).expect("rates that can be converted")
}

fn method(params: [i64; 4]) -> MethodSpec {
    MethodSpec::from_params("forward", &params).expect("a legal method")
}

const SOUND: [i64; 4] = [1, 1, 1, 1];

/// Host and model rate, buffer, least common multiple of the model's ratios.
const CASES: [(u32, u32, usize, usize); 15] = [
    (44_100, 48_000, 2048, 1),
    (44_100, 48_000, 2048, 2048),
    (44_100, 48_000, 64, 512),
    (44_100, 48_000, 1, 1),
    (48_000, 44_100, 4096, 1),
    (48_000, 44_100, 4096, 2048),
    (48_000, 44_100, 100, 1),
    (44_100, 22_050, 2048, 1),
    (44_100, 22_050, 2048, 512),
    (44_100, 22_050, 777, 1),
    (96_000, 44_100, 256, 1),
    (96_000, 44_100, 333, 480),
    (48_000, 24_000, 1024, 512),
    (44_100, 16_000, 2048, 320),
    (44_101, 48_000, 512, 1),
];

/// What comes out of a model that passes everything on, buffer by buffer.
fn through_identity(plan: Plan, input: &[f32]) -> Vec<f32> {
    let shape = BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: plan.buffer_frames };
    let (mut resampling, mut buffer) = (Resampling::new(plan, shape, false), shape.buffer());
    let mut heard = Vec::with_capacity(input.len());
    for chunk in input.chunks_exact(plan.buffer_frames) {
        buffer.input.copy_from_slice(chunk);
        buffer.output.fill(f32::NAN);
        resampling.run(&mut buffer, identity).expect("it runs");
        heard.extend_from_slice(&buffer.output);
    }
    heard
}

fn identity(block: &mut Buffer) -> Result<(), RunError> {
    block.output.copy_from_slice(&block.input);
    Ok(())
}

#[test]
fn delays_of_known_cases() {
    for (host, model, buffer, ratio_lcm, block, most_runs, delay) in [
        // Half a filter of 40 host samples, half one of 44 model samples, a block but one sample.
        (44_100, 48_000, 2048, 1, 2230, 1, 40 + (44 + 2229) * 147 / 160),
        (44_100, 48_000, 64, 1, 70, 1, 40 + (44 + 69) * 147 / 160),
        (48_000, 44_100, 64, 1, 59, 1, 44 + (40 + 58) * 160 / 147),
        // The model's shortest block, twice in some buffers; 13 samples never wait.
        (44_100, 48_000, 2048, 2048, 2048, 2, 40 + (44 + 2035) * 147 / 160),
        // A block longer than a buffer.
        (44_100, 48_000, 64, 512, 512, 1, 40 + (44 + 509) * 147 / 160),
        // A buffer worth exactly one block: nothing waits for its end.
        (44_100, 22_050, 2048, 1, 1024, 1, 80 + 40 * 2),
        (44_100, 22_050, 2048, 1024, 1024, 1, 80 + 40 * 2),
        (96_000, 48_000, 4096, 512, 2048, 1, 80 + 40 * 2),
        (22_050, 44_100, 256, 512, 512, 1, 40 + 80 / 2),
        // Several buffers fill a block: all but one of them wait.
        (44_100, 22_050, 256, 512, 512, 1, 80 + (40 + 384) * 2),
    ] {
        let plan = Plan::new(rates(host, model), &method(SOUND), ratio_lcm, buffer).expect("a plan");
        let what = format!("{host} Hz, {model} Hz, buffer {buffer}, ratios {ratio_lcm}: {plan:?}");
        assert_eq!((plan.run_frames, plan.most_runs, plan.delay_frames), (block, most_runs, delay), "{what}");
    }
}

#[test]
fn rates_that_are_equal_or_absurdly_far_apart_are_not_converted() {
    for (host, model) in [(44_100, 44_100), (44_100, 0), (0, 44_100), (48_000, 700), (1000, 64_001)] {
        assert_eq!(Rates::new(host, model), None, "{host} and {model}");
    }
    assert!(Rates::new(44_100, 44_101).is_some() && Rates::new(1000, 64_000).is_some());
    assert_eq!(rates(44_100, 48_000).host_frames(500), 459);
}

#[test]
fn a_block_beyond_all_reason_is_an_error() {
    assert!(Plan::new(rates(44_100, 48_000), &method(SOUND), 1, 1 << 24).is_err());
    assert!(Plan::new(rates(44_100, 48_000), &method(SOUND), usize::MAX, 64).is_err());
}

#[test]
fn every_sample_comes_out_exactly_the_delay_later() {
    for (host, model, buffer, ratio_lcm) in CASES {
        let plan = Plan::new(rates(host, model), &method(SOUND), ratio_lcm, buffer).expect("a plan");
        let what = format!("{host} Hz, {model} Hz, buffer {buffer}: {plan:?}");
        let length = (plan.delay_frames * 2 + 900).next_multiple_of(buffer);
        for place in [0, plan.delay_frames + 777] {
            let mut input = vec![0.0; length];
            input[place] = 1.0;
            let heard = through_identity(plan, &input);
            assert!(heard.iter().all(|sample| sample.is_finite()), "{what}: all is written");
            let loudest = (0..length).max_by(|&a, &b| heard[a].abs().total_cmp(&heard[b].abs()));
            assert_eq!(loudest, Some(place + plan.delay_frames), "{what}, impulse at {place}");
            // As much before as after: not a fraction of a sample off. A beginning cuts what would lie before it.
            let middle = place + plan.delay_frames;
            for distance in (1..100).take_while(|_| place > 200) {
                let (before, after) = (heard[middle - distance], heard[middle + distance]);
                assert!((before - after).abs() < 2e-3, "{what}: {distance} {before} {after}");
            }
        }
    }
}

/// Level of a sine after the way there and back in dB, and what of the rest is not that sine.
fn sine(plan: Plan, hz: f64) -> (f64, f64) {
    let host_hz = f64::from(plan.rates.host_hz);
    let length = (plan.delay_frames + 9000).next_multiple_of(plan.buffer_frames);
    let tone = |n: usize| (TAU * hz * n as f64 / host_hz).sin();
    let input: Vec<f32> = (0..length).map(|n| tone(n) as f32 * 0.5).collect();
    let heard = through_identity(plan, &input);
    let (mut with, mut own, mut error) = (0.0, 0.0, 0.0);
    for (n, &sample) in heard.iter().enumerate().skip(plan.delay_frames + 4000) {
        let (sample, wanted) = (f64::from(sample), tone(n - plan.delay_frames) * 0.5);
        with += sample * wanted;
        own += wanted * wanted;
        error += (sample - wanted).powi(2);
    }
    (20.0 * (with / own).log10(), 10.0 * (own / error).log10())
}

#[test]
fn a_sine_of_1_khz_is_85_db_above_everything_else() {
    for (host, model, buffer, ratio_lcm) in CASES {
        let plan = Plan::new(rates(host, model), &method(SOUND), ratio_lcm, buffer).expect("a plan");
        let (level, ratio) = sine(plan, 1000.0);
        assert!(ratio > 85.0 && level.abs() < 1e-3, "{host} and {model}: {level} dB, {ratio} dB");
    }
}

#[test]
fn the_passband_is_flat_to_18_khz_or_four_fifths_of_the_lower_half() {
    for (host, model, buffer, ratio_lcm) in CASES.into_iter().step_by(2) {
        let plan = Plan::new(rates(host, model), &method(SOUND), ratio_lcm, buffer).expect("a plan");
        let highest = 18_000.0f64.min(f64::from(host.min(model)) / 2.0 * 0.8);
        for part in [0.5, 1.0] {
            let (level, ratio) = sine(plan, highest * part);
            assert!(
                level.abs() < 0.1 && ratio > 80.0,
                "{host} and {model}, {} Hz: {level} dB, {ratio} dB",
                highest * part
            );
        }
    }
}

#[test]
fn what_the_model_s_rate_cannot_hold_does_not_come_back_as_something_else() {
    let plan = Plan::new(rates(44_100, 22_050), &method(SOUND), 1, 2048).expect("a plan");
    let input: Vec<f32> =
        (0..2048 * 20).map(|n| (TAU * 15_000.0 * n as f64 / 44_100.0).sin() as f32 * 0.5).collect();
    let heard = through_identity(plan, &input);
    let loudest = heard[8192..].iter().fold(0.0f32, |loudest, sample| loudest.max(sample.abs()));
    assert!(loudest < 5e-5, "{loudest}");
}

/// What is there and what is needed at the end of each buffer, counted without any formula for the delay.
fn is_in_time(plan: &Plan, delay: u64, half_in: u64, half_out: u64) -> bool {
    let (up, down, block) = (plan.up, plan.down, plan.run_frames as u64);
    let lead = plan.lead_frames as u64;
    (1..4000u64).all(|buffers| {
        let host = buffers * plan.buffer_frames as u64;
        let model = (host.saturating_sub(half_in) * up).div_ceil(down);
        let back = (model + lead) / block * block;
        match (host - 1).checked_sub(delay) {
            // The last sample of this buffer is of the time `past`.
            Some(past) => past * up / down + lead + half_out < back,
            None => true,
        }
    })
}

proptest! {
    #[test]
    fn the_delay_is_enough_and_hardly_more(
        host in prop::sample::select(vec![8000u32, 16_000, 22_050, 44_100, 44_101, 48_000, 88_200, 96_000, 192_000]),
        model in prop::sample::select(vec![16_000u32, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]),
        buffer in 1usize..5000,
        ratio in prop::sample::select(vec![1usize, 2, 64, 480, 512, 2048]),
        params in prop::sample::select(vec![SOUND, [1, 1, 1, 512], [1, 512, 1, 1], [1, 512, 1, 512]]),
    ) {
        prop_assume!(host != model);
        let plan = Plan::new(rates(host, model), &method(params), ratio, buffer).unwrap();
        let half = |up: u64, down: u64| if up >= down { 40 } else { (40 * down).div_ceil(up) };
        let half_in = if params[1] > 1 { 0 } else { half(plan.up, plan.down) };
        let half_out = if params[3] > 1 { 0 } else { half(plan.down, plan.up) };
        let delay = plan.delay_frames as u64;
        prop_assert!(is_in_time(&plan, delay, half_in, half_out), "{plan:?}");
        prop_assert!(plan.run_frames.is_multiple_of(ratio) && plan.lead_frames < plan.run_frames);
        let spare = 2 * plan.down.div_ceil(plan.up) + 2;
        // All positions of a block in a buffer come about in so many buffers.
        let period = plan.run_frames as u64 * plan.down
            / gcd(plan.run_frames * plan.down as usize, plan.buffer_frames * plan.up as usize) as u64;
        if delay > spare && period < 3000 {
            prop_assert!(!is_in_time(&plan, delay - spare, half_in, half_out), "{plan:?}");
        }
    }
}

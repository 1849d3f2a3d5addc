//! A model for 48000 Hz in a Pure Data at 44100 Hz: with `resample 1` every sample is what the model makes of the sound
//! at its own rate, in all boxes, and the pitch is the model's.

mod support;

use std::f32::consts::TAU;

use nn_core::{
    port::buffer::{Buffer, BufferShape},
    resample::{Plan, Rates, Resampling},
    timing::{Mode, Timing},
};
use support::{
    RATE_HZ, direct, model,
    patch::escaped,
    session::{Heard, Player, Session},
    stage::Stage,
};

const MODEL: &str = "latent";
const MODEL_HZ: u32 = 48_000;
const TICK_FRAMES: usize = 64;

/// What a box is to play when `dry` goes in, from sample 0 on, and its latency: the model is called directly.
fn reference(method_name: &str, wanted: usize, dry: &[f32]) -> (Vec<Vec<f32>>, usize) {
    let mut model = direct::load(&model(MODEL));
    let spec = model.spec().clone();
    let number = spec.methods.iter().position(|method| method.name == method_name).expect("a method");
    let method = &spec.methods[number];
    let rates = Rates::new(RATE_HZ, MODEL_HZ).expect("two rates");
    let buffer_frames = wanted.max(TICK_FRAMES);
    let plan = Plan::new(rates, method, spec.ratio_lcm().expect("ratios"), buffer_frames).expect("a plan");
    let deadline_frames = Some(buffer_frames.max(plan.run_host_frames()));
    let mode = if wanted == 0 { Mode::Inline } else { Mode::Worker { deadline_frames } };
    let timing = Timing::new(wanted, 1, TICK_FRAMES, mode).expect("a buffer");
    let (in_channels, out_channels) = (method.in_channels, method.out_channels);
    let shape = BufferShape { batch: 1, in_channels, out_channels, buffer_frames };
    let (mut resampling, mut buffer) = (Resampling::new(plan, shape, false), shape.buffer());
    let mut heard = vec![vec![0.0; timing.latency_frames]; method.out_channels];
    for chunk in dry.chunks_exact(buffer_frames) {
        buffer.input.copy_from_slice(chunk);
        let run = |block: &mut Buffer| {
            let frames = block.shape.buffer_frames;
            let (output, broken) = model.run(number, std::slice::from_ref(&block.input), frames, frames);
            assert!(broken.is_none(), "{broken:?}");
            block.output.copy_from_slice(&output.concat());
            Ok(())
        };
        resampling.run(&mut buffer, run).expect("it runs");
        for (heard, lane) in heard.iter_mut().zip(buffer.output.chunks_exact(buffer_frames)) {
            heard.extend_from_slice(lane);
        }
    }
    (heard, timing.latency_frames + plan.delay_frames)
}

#[test]
fn every_box_plays_what_the_model_makes_of_the_sound_at_its_own_rate() {
    let path = escaped(&model(MODEL).display().to_string());
    for player in [Player::PdBatch, Player::Host] {
        let boxes = [
            ("plain", format!("nn~ {path} forward 512"), "forward", 512, 1),
            ("callback", format!("nn~ {path} forward 0"), "forward", 0, 1),
            ("odd", format!("nn~ {path} forward 700"), "forward", 700, 1),
            ("long", format!("nn~ {path} forward 4096"), "forward", 4096, 1),
            ("wide", format!("nn~ -m {path} forward 512"), "forward", 512, 1),
            ("many", format!("mc.nn~ {path} forward 512"), "forward", 512, 1),
            ("examples", format!("mcs.nn~ {path} forward 1 512"), "forward", 512, 1),
            ("latents", format!("nn~ {path} encode 512"), "encode", 512, 4),
        ];
        let mut stage = Stage::new();
        for (name, text, _, _, outlets) in &boxes {
            stage.part(name, text, *outlets).send(&format!("{name} wait 1\n{name} resample 1"));
        }
        stage.pass(700);
        for (name, ..) in &boxes {
            stage.send(&format!("{name} latency\n{name} stats"));
        }
        let played = stage.pass(20).play(player);
        assert_eq!(played.errors, Vec::<String>::new(), "{player:?}");
        for (name, text, method, buffer, _) in &boxes {
            let (wanted, latency) = reference(method, *buffer, &played.dry);
            let told = &played.told[*name];
            let what = format!("{player:?}: {text}: {told:?}");
            assert!(
                told.iter().any(|line| line.starts_with(&format!("latency {latency} "))),
                "{latency}: {what}"
            );
            assert!(told.iter().any(|line| line.contains(" late 0 ")), "{what}");
            for (wanted, heard) in wanted.iter().zip(&played.sounds[*name]) {
                let frames = wanted.len().min(heard.len());
                assert!(frames > latency + 10_000, "{what}");
                for (n, (wanted, heard)) in wanted.iter().zip(&heard[..frames]).enumerate() {
                    assert!((wanted - heard).abs() < 1e-5, "sample {n}: {heard} instead of {wanted}: {what}");
                }
                assert!(heard[latency + 1000..].iter().any(|sample| sample.abs() > 0.1), "{what}");
            }
        }
    }
}

/// How strong a frequency is.
fn level(sound: &[f32], hz: f32) -> f32 {
    let (mut cosine, mut sine) = (0.0, 0.0);
    for (n, sample) in sound.iter().enumerate() {
        let phase = TAU * hz * n as f32 / RATE_HZ as f32;
        cosine += sample * phase.cos();
        sine += sample * phase.sin();
    }
    cosine.hypot(sine) * 2.0 / sound.len() as f32
}

#[test]
fn the_pitch_is_the_model_s_with_it_and_lower_without() {
    let arguments = format!("{} forward 512", escaped(&model(MODEL).display().to_string()));
    for player in [Player::PdBatch, Player::PdRealTime, Player::Host] {
        let heard = Session::new(&arguments, 1, 1)
            .steps(["enable 1", "resample 1", "enable 1", "resample 0", "enable 1"])
            .play(player);
        // Of a constant the model makes a tone with 64 of its samples to a period.
        let (own, lower) = (48_000.0 / 64.0, 44_100.0 / 64.0);
        let levels = |heard: &Heard| (level(&heard.sound[0], own), level(&heard.sound[0], lower));
        for (step, is_own) in [(1, false), (3, true), (5, false)] {
            let (own, lower) = levels(&heard[step]);
            let (here, there) = if is_own { (own, lower) } else { (lower, own) };
            assert!(here > 0.5 && there < 0.15, "{player:?}, step {step}: {here} and {there}");
        }
        let notes: Vec<_> = heard.iter().flat_map(|heard| &heard.notes).collect();
        let said = |end: &str| notes.iter().filter(|note| note.trim_end().ends_with(end)).count();
        assert_eq!(said("pitch and speed will differ: send resample 1"), 2, "{notes:?}");
        assert_eq!(said("it is resampled and runs at its own rate"), 1, "{notes:?}");
        assert!(heard[2].told.iter().any(|told| told.starts_with("latency 1508 ")), "{:?}", heard[2].told);
        assert!(heard[4].told.iter().any(|told| told.starts_with("latency 960 ")), "{:?}", heard[4].told);
        assert!(heard.iter().all(|heard| heard.errors.is_empty()), "{player:?}");
    }
}

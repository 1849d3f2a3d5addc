//! A server that renders: everything is waited for, and each sample is that of the model called directly.
#![cfg(target_os = "linux")]

mod common;

use common::{Nn, boot, latency, offline, path, ramp};
use nn_core::{
    fake::{Behaviour, FakeModel},
    model::{Model, TensorView, TensorViewMut},
    value::Value as ModelValue,
};
use supercollider_host::{Input, Setup};

/// What a model makes of its input, called directly with one buffer after the other; before some buffers its gain is set.
fn direct(mut model: FakeModel, input: &[f32], buffer: usize, gains: &[(usize, f64)]) -> Vec<f32> {
    let mut sound = Vec::new();
    for (number, block) in input.chunks_exact(buffer).enumerate() {
        for (_, gain) in gains.iter().filter(|(at, _)| *at == number) {
            model.set(0, &[ModelValue::Float(*gain)]).expect("a gain");
        }
        let mut output = vec![0.0; buffer];
        let (view, sink) = (
            TensorView { batch: 1, channels: 1, frames: buffer, samples: block },
            TensorViewMut { batch: 1, channels: 1, frames: buffer, samples: &mut output },
        );
        model.run(0, view, sink).expect("it runs");
        sound.extend(output);
    }
    sound
}

/// Fails unless a sound is another one so much later, with nothing before, bit for bit.
fn assert_is(heard: &[f32], sound: &[f32], latency: usize, what: &str) {
    assert!(heard[..latency].iter().all(|&sample| sample == 0.0), "{what}: sound before the latency");
    let differs = heard[latency..].iter().zip(sound).position(|(a, b)| a.to_bits() != b.to_bits());
    assert_eq!(differs, None, "{what}: first sample that differs");
    assert!(heard.len() > latency + 4096);
}

#[test]
fn every_sample_is_that_of_the_model_called_directly() {
    for block_frames in [64, 512] {
        let s = boot(Setup { real_time: false, block_frames, ..Setup::default() });
        for (name, behaviour) in [
            ("gain", Behaviour::Gain),
            ("counter", Behaviour::Counter),
            ("delay", Behaviour::Delay(100)),
            ("noise", Behaviour::Noise),
            ("slow", Behaviour::Slow(std::time::Duration::ZERO)),
        ] {
            let model = s.load(name);
            // One that takes 30 ms in each run.
            let buffers = if name == "slow" { &[4096][..] } else { &[0, 100, 512, 2048] };
            for &buffer in buffers {
                let nn = Nn { settings: vec![(-10, 9.0)], ..Nn::new(model, buffer) };
                let node = s.synth(&nn.ugen());
                s.play(16_384 / block_frames);
                let heard = s.heard(node).remove(0);
                let mut fake = FakeModel::new([1, 1, 1, 1], behaviour.clone());
                fake.seed(9);
                let real_buffer = (buffer as usize).max(block_frames);
                let input: Vec<f32> = ramp(0)[..16_384 + real_buffer].to_vec();
                let sound = direct(fake, &input, real_buffer, &[]);
                let what = format!("{name}, block {block_frames}, buffer {buffer}");
                assert_is(&heard, &sound, latency(buffer as usize, 1, block_frames), &what);
                s.free(&[node]);
            }
        }
        assert_eq!(s.errors(), Vec::<String>::new());
    }
}

#[test]
fn an_attribute_that_changes_is_another_one_from_its_very_buffer_on() {
    let s = offline();
    let model = s.load("gain");
    for (buffer, settings) in
        [(256, vec![]), (2048, vec![]), (64, vec![]), (0, vec![]), (256, vec![(-4, 0.0)])]
    {
        let nn = Nn { settings, attributes: vec![(0, Input::Control(vec![0.5]))], ..Nn::new(model, buffer) };
        let node = s.synth(&nn.ugen());
        let mut gains = vec![(0, 0.5)];
        let real_buffer = (buffer as usize).max(64);
        for (blocks, gain) in [(101, 0.25), (50, 0.75), (64, 1.0)] {
            s.play(blocks);
            s.set(node, nn.attribute_input(0), gain);
            let played: usize = [101, 50, 64].iter().take(gains.len()).sum();
            gains.push((played * 64 / real_buffer, gain.into()));
        }
        s.play(100);
        let heard = s.heard(node).remove(0);
        let sound =
            direct(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &ramp(0)[..24_576], real_buffer, &gains);
        assert_is(&heard, &sound, latency(buffer as usize, 1, 64), &format!("buffer {buffer}"));
        s.free(&[node]);
    }
}

/// A rendering with everything that could differ from one time to the next.
fn rendering() -> Vec<Vec<f32>> {
    let s = offline();
    let (gain, noise) = (s.load("gain"), s.load("noise"));
    let changing: Vec<f32> = (1..=750).map(|n| n as f32 / 1024.0).collect();
    let attributes = vec![(0, Input::Control(changing))];
    let nodes = [
        s.synth(&Nn { attributes, ..Nn::new(gain, 512) }.ugen()),
        s.synth(&Nn { settings: vec![(-10, 3.0)], ..Nn::new(noise, 256) }.ugen()),
        s.synth(&Nn::new(gain, 0).ugen()),
    ];
    s.play(100);
    s.tell(nodes[0], "load", &[path("half").as_str().into()]);
    s.tell(nodes[1], "bufsize", &[1024.into()]);
    s.tell(nodes[2], "set", &["gain".into(), 0.25f32.into()]);
    s.play(150);
    s.tell(nodes[0], "method", &["inverse".into()]);
    s.tell(nodes[1], "reset", &[]);
    s.play(300);
    nodes.map(|node| s.heard(node).remove(0)).to_vec()
}

#[test]
fn two_renderings_are_the_same_bit_for_bit() {
    let (first, second) = (rendering(), rendering());
    for (node, (first, second)) in first.iter().zip(&second).enumerate() {
        let differs = first.iter().zip(second).position(|(a, b)| a.to_bits() != b.to_bits());
        assert_eq!(differs, None, "UGen {node}");
        assert!(first.iter().any(|&sample| sample != 0.0));
    }
}

#[test]
fn a_ugen_whose_model_is_loaded_later_misses_nothing_from_then_on() {
    let s = offline();
    let node = s.synth(&Nn::new(909, 256).ugen());
    s.play(100);
    s.load_as(909, "late");
    s.play(200);
    let heard = s.heard(node).remove(0);
    assert!(heard[..6400].iter().all(|&sample| sample == 0.0));
    let sound = direct(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &ramp(0)[6400..19_200], 256, &[]);
    assert_is(&heard[6400..], &sound, latency(256, 1, 64), "from the block after the command on");
}

#[test]
fn nothing_is_late_however_slow_the_model() {
    let s = offline();
    let node = s.synth(&Nn { signals: vec![Input::Constant(1.0)], ..Nn::new(s.load("slow"), 64) }.ugen());
    s.play(30);
    let heard = s.heard(node).remove(0);
    let late = latency(64, 1, 64);
    assert!(
        heard[..late].iter().all(|&sample| sample == 0.0)
            && heard[late..].iter().all(|&sample| sample == 1.0)
    );
}

//! Which signal is which: examples, rates, constants.

use supercollider_host::Input;

use crate::common::{Nn, assert_late, latency, ramp, scsynth};

#[test]
fn batches_are_laced_input_by_input() {
    let s = scsynth();
    // a0 b0 a1 b1: the model multiplies its first input by its second.
    let (a, b) = (vec![0.5], vec![0.25]);
    let signals = [ramp(0), ramp(1), a, b].map(Input::Audio).to_vec();
    let nn = Nn { signals, batches: 2, outputs: 2, ..Nn::new(s.load("level"), 64) };
    let node = s.ready(&nn.ugen());
    s.tell(node, "wait", &[1.into()]);
    s.play(100);
    let heard = s.heard(node);
    for (example, level) in [0.5, 0.25].into_iter().enumerate() {
        let dry: Vec<f32> = ramp(example).iter().map(|sample| sample * level).collect();
        assert_late(&heard[example], &dry, latency(64, 1, 64), 3200, "an example");
    }
}

#[test]
fn outputs_of_batches_are_laced_output_by_output() {
    let s = scsynth();
    let signals = vec![Input::Audio(ramp(0)), Input::Audio(ramp(1))];
    // Three outputs, which all say the same of their example.
    let nn = Nn { signals, batches: 2, outputs: 6, ..Nn::new(s.load("features"), 64) };
    let node = s.ready(&nn.ugen());
    s.tell(node, "wait", &[1.into()]);
    s.play(100);
    for (output, heard) in s.heard(node).iter().enumerate() {
        let groups = ramp(output % 2);
        let dry: Vec<f32> = (0..groups.len()).map(|n| groups[n / 64 * 64 + 63]).collect();
        assert_late(heard, &dry, latency(64, 64, 64), 3200, &format!("output {output}"));
    }
}

#[test]
fn inputs_of_control_rate_and_constants_are_held_for_the_block() {
    let s = scsynth();
    let steps: Vec<f32> = (1..=750).map(|n| n as f32 / 1024.0).collect();
    let signals = vec![Input::Control(steps.clone()), Input::Constant(0.25)];
    let nn = Nn { signals, outputs: 2, ..Nn::new(s.load("two"), 64) };
    let node = s.ready(&nn.ugen());
    s.tell(node, "wait", &[1.into()]);
    s.play(100);
    let heard = s.heard(node);
    let held: Vec<f32> = steps.iter().flat_map(|&step| [step; 64]).collect();
    assert_late(&heard[0], &held, latency(64, 1, 64), 3200, "control rate");
    assert_late(&heard[1], &[0.25], latency(64, 1, 64), 3200, "a constant");
}

#[test]
fn a_ugen_of_control_rate_gives_the_first_value_of_each_block() {
    let s = scsynth();
    for input in [Input::Audio(ramp(0)), Input::Control((1..=750).map(|n| n as f32 / 1024.0).collect())] {
        for buffer in [64, 100] {
            let held: Vec<f32> = match &input {
                Input::Control(steps) => steps.iter().flat_map(|&step| [step; 64]).collect(),
                _ => ramp(0),
            };
            let nn = Nn { signals: vec![input.clone()], ..Nn::new(s.load("gain"), buffer) };
            let node = s.ready(&nn.ugen().at_control_rate());
            s.tell(node, "wait", &[1.into()]);
            s.play(200);
            let (heard, late) = (&s.heard(node)[0], latency(buffer as usize, 1, 64));
            for (block, &value) in heard.iter().enumerate().skip(heard.len() - 100) {
                assert_eq!(value, held[(block * 64 - late) % held.len()], "block {block}, buffer {buffer}");
            }
            s.freed(&[node]);
        }
    }
}

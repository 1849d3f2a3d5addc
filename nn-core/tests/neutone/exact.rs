//! This project's own effects in boxes, sample by sample: rows of parameters, native rates and buffers, what is heard again, and
//! how many channels there are.

use nn_core::{engine::noise::noise, message::typed};

use crate::{
    stand::{Host, errors, latency, ready},
    torch_stand::models,
};

const HOST: Host = (48_000, 64);

/// What a box plays of these inlets, without its latency; messages come before.
fn played(
    name: &str,
    buffer_frames: usize,
    messages: &[&str],
    inlets: &[Vec<f32>],
) -> (Vec<Vec<f32>>, usize) {
    let mut player = ready(&models().join(name), HOST, buffer_frames);
    for message in messages {
        let (selector, rest) = message.split_once(' ').expect("a selector and more");
        player.send(selector, &typed(rest));
    }
    assert_eq!(player.object.inlets(), inlets.len(), "{name}");
    let late = latency(&mut player);
    let heard = player.play(inlets);
    player.poll();
    assert_eq!(errors(&player.take_events()), Vec::<String>::new(), "{name}");
    let cut = |signal: Vec<f32>| signal[late..].to_vec();
    (heard.into_iter().map(cut).collect(), late)
}

/// All samples are the wanted ones, to the last bit.
fn assert_same(found: &[f32], wanted: impl Fn(usize) -> f32, what: &str) {
    for (n, &sample) in found.iter().enumerate() {
        assert!(sample == wanted(n), "{what}, sample {n}: {sample} instead of {}", wanted(n));
    }
}

const FRAMES: usize = 64 * 300;

#[test]
fn parameters_come_from_their_inlets_sample_by_sample() {
    let inlets = [noise(1, FRAMES), noise(2, FRAMES), noise(3, FRAMES)].map(|signal| {
        // A parameter is from 0 to 1.
        signal.iter().map(|sample| 0.5 + sample).collect::<Vec<_>>()
    });
    for buffer in [64, 100, 512] {
        let (heard, _) = played("any.nm", buffer, &[], &inlets);
        let wanted = |n: usize| inlets[0][n] * inlets[1][n] + inlets[2][n];
        assert_same(&heard[0], wanted, &format!("any.nm, {buffer}"));
    }
}

#[test]
fn an_effect_runs_in_the_buffer_of_its_own_that_is_nearest() {
    let input = noise(1, FRAMES);
    let before = |n: usize| n.checked_sub(1024).map_or(0.0, |n| input[n]);
    for (wanted, own) in [(64, 512), (512, 512), (4096, 2048)] {
        let (heard, late) = played("lookback.nm", wanted, &["wet 1", "dry 0"], std::slice::from_ref(&input));
        assert_eq!(late, 2 * own - 64, "buffers of {wanted}");
        assert_same(&heard[0], |n| 0.5 * input[n] + 0.5 * before(n), &format!("lookback.nm, {wanted}"));
    }
}

#[test]
fn a_file_of_the_first_versions_plays_with_the_row_that_is_used() {
    let (input, level) = (noise(1, FRAMES), vec![0.25; FRAMES]);
    // 64 samples are the delay that it declares.
    let (heard, late) = played("old.nm", 2048, &[], &[input.clone(), level]);
    assert_eq!(late, 2 * 512 - 64 + 64);
    assert_same(&heard[0], |n| 0.25 * input[n], "old.nm");
}

#[test]
fn mono_and_stereo_become_what_the_effect_makes_of_them() {
    let (left, right) = (noise(1, FRAMES), noise(2, FRAMES));
    let (heard, _) = played("narrow.nm", 512, &["input_gain 0"], std::slice::from_ref(&left));
    // Until then the gain glides to what the message says.
    let skip = 2048;
    assert_same(&heard[0][skip..], |n| left[n + skip], "narrow.nm, left");
    assert_same(&heard[1][skip..], |n| -left[n + skip], "narrow.nm, right");
    let (heard, _) = played("wide.nm", 512, &[], &[left.clone(), right.clone()]);
    assert_same(&heard[0], |n| left[n] - 0.5 * right[n], "wide.nm");
}

#[test]
fn half_wet_and_half_dry_of_a_delay_is_the_sound_as_it_was() {
    let inlets = [noise(1, FRAMES), noise(2, FRAMES)];
    let mut player = ready(&models().join("echo.nm"), (44_100, 64), 2048);
    let late = latency(&mut player);
    assert_eq!(late, 2 * 2048 - 64 + 500);
    let heard = player.play(&inlets);
    for (outlet, inlet) in heard.iter().zip(&inlets) {
        assert_same(&outlet[late..], |n| inlet[n], "echo.nm");
    }
}

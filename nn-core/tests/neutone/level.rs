//! What the way to the rate of an effect and back does to sound: nothing that is heard.

use std::f64::consts::TAU;

use crate::{
    stand::{errors, latency, loudest, ready},
    torch_stand::models,
};

const HOST_HZ: u32 = 48_000;

/// In dB, how much louder sines come out than they went in, one on each side, after the latency and half a second.
fn change_db(sines_hz: [f64; 2]) -> [f64; 2] {
    let mut player = ready(&models().join("identity44100.nm"), (HOST_HZ, 512), 2048);
    let late = latency(&mut player);
    let frames = (late + HOST_HZ as usize + HOST_HZ as usize / 2).next_multiple_of(512);
    let steps = sines_hz.map(|sine_hz| TAU * sine_hz / f64::from(HOST_HZ));
    let heard = player.play(
        &steps.map(|step| (0..frames).map(|n| (0.5 * (step * n as f64).sin()) as f32).collect::<Vec<_>>()),
    );
    player.poll();
    assert_eq!(errors(&player.take_events()), Vec::<String>::new());
    // Whole periods: the second is a whole number of them.
    let part = frames - HOST_HZ as usize..frames;
    [0, 1].map(|outlet| {
        let (mut real, mut imaginary) = (0.0, 0.0);
        for n in part.clone() {
            let (sine, cosine) = (steps[outlet] * n as f64).sin_cos();
            real += f64::from(heard[outlet][n]) * cosine;
            imaginary += f64::from(heard[outlet][n]) * sine;
        }
        let amplitude = 2.0 * real.hypot(imaginary) / f64::from(HOST_HZ);
        20.0 * (amplitude / 0.5).log10()
    })
}

#[test]
fn sines_keep_their_level_through_an_effect_of_another_rate() {
    for sines_hz in [[440.0, 15_000.0], [1000.0, 12_500.0], [3000.0, 10_000.0], [5000.0, 7000.0]] {
        let changes = change_db(sines_hz);
        println!("{sines_hz:?} Hz: {changes:?} dB");
        assert!(changes.iter().all(|db| db.abs() < 0.05), "{sines_hz:?} Hz: {changes:?} dB");
    }
}

#[test]
fn an_impulse_comes_exactly_when_latency_says() {
    for (rate_hz, block_frames) in [(44_100, 64), (48_000, 512), (96_000, 2000)] {
        // The second delays by 500 samples at 44.1 kHz and declares it; it plays alone here.
        for (name, model_frames) in [("identity44100.nm", 0_usize), ("echo.nm", 500)] {
            let mut player = ready(&models().join(name), (rate_hz, block_frames), 2048);
            for (message, value) in [("wet", 1), ("dry", 0)] {
                player.send(message, &[nn_core::message::Atom::Int(value)]);
            }
            let late = latency(&mut player);
            let at = 4 * block_frames + 321;
            let mut input = vec![0.0; (at + late + 6000).next_multiple_of(block_frames)];
            // The ramps of the mixture end before it.
            input[at] = 1.0;
            let heard = player.play(&[input.clone(), input]);
            player.poll();
            let what = format!("{name} at {rate_hz} Hz in blocks of {block_frames}: latency {late}");
            assert_eq!(errors(&player.take_events()), Vec::<String>::new(), "{what}");
            for outlet in &heard[..2] {
                let found = loudest(outlet);
                assert!(
                    found.abs_diff(at + late) <= usize::from(model_frames > 0),
                    "{what}, found {}",
                    found - at
                );
            }
        }
    }
}

//! The dry sound beside effects of Neutone, at their own rates and buffers and with the delays that they declare.
#![cfg(feature = "torch")]

mod torch_stand;

use std::{sync::Arc, time::Duration};

use nn_core::{
    layout::BoxKind,
    message::typed,
    object::HostFormat,
    offline::{HostMode, Player, host_context},
};
use torch_stand::models;

#[test]
fn beside_an_effect_the_input_comes_exactly_the_latency_late() {
    for model in ["identity44100.nm", "lookback.nm", "echo.nm"] {
        for (block_frames, sample_rate_hz) in [(64, 44_100.0), (512, 48_000.0), (2000, 96_000.0)] {
            let what = format!("{model}, {block_frames} at {sample_rate_hz} Hz");
            let context = host_context(Arc::new(torch_stand::source()), HostMode::Offline);
            let host = HostFormat { sample_rate_hz, block_frames };
            let find = |name: &str| Some(models().join(name)).filter(|path| path.is_file());
            let mut player = Player::new(BoxKind::Nn, context, host, &typed(model), find);
            for message in ["wet 0", "dry 1", "input_gain 0", "output_gain 0"] {
                let (selector, value) = message.split_once(' ').expect("two words");
                player.send(selector, &typed(value));
            }
            player.until_ready(Duration::from_secs(60)).unwrap_or_else(|error| panic!("{what}: {error}"));
            let latency =
                player.ask("latency", &[]).expect("an answer")[0].number().expect("samples") as usize;
            let frames = (2 * latency + 8000).next_multiple_of(block_frames);
            let mut inputs = vec![vec![0.0; frames]; player.object.inlets()];
            inputs[0] = (1..=frames).map(|n| n as f32 / frames as f32).collect();
            let heard = player.play(&inputs).remove(0);
            assert!(heard[..latency].iter().all(|&sample| sample == 0.0), "{what}: silence before it");
            assert_eq!(heard[latency..], inputs[0][..frames - latency], "{what}: {latency}");
        }
    }
}

//! What the server is told, and when: the file of commands for its `-N`.

use super::{
    definition::{
        self, Generator,
        Input::{Constant, From},
    },
    osc::{Argument, length, message},
};
use crate::demo::{product::BUFFER_FRAMES, sound::SAMPLE_RATE_HZ};

/// The model's number, and that of the buffer with the sound.
const NUMBER: i32 = 0;
/// The synth.
const NODE: i32 = 1000;

/// The bytes of the file: the model is loaded, `sound` is played for `frames` beside what the model makes of it, and `port`
/// hears what the UGen says at the end.
pub fn commands(model: &str, sound: &str, frames: usize, port: u16) -> Vec<u8> {
    let end_s = frames as f64 / f64::from(SAMPLE_RATE_HZ);
    let ask = |selector: &str| command("/nn_send", &[NODE.into(), (-1).into(), (-1).into(), selector.into()]);
    let begin = [
        command("/nn_listen", &[i32::from(port).into()]),
        command("/nn_load", &[NUMBER.into(), model.into(), "".into()]),
        message("/b_allocRead", &[NUMBER.into(), sound.into(), 0.into(), 0.into()]),
        message("/d_recv", &[Argument::Blob(definition())]),
        message("/s_new", &["demo".into(), NODE.into(), 0.into(), 0.into()]),
    ];
    let end = [ask("latency"), ask("stats")];
    // The last bundle ends the rendering.
    [bundle(0.0, &begin), bundle(end_s - 0.1, &end), bundle(end_s, &[message("/n_free", &[NODE.into()])])]
        .concat()
}

fn command(name: &str, arguments: &[Argument]) -> Vec<u8> {
    message("/cmd", &[&[name.into()], arguments].concat())
}

/// The sound on the left, what the model makes of it on the right.
fn definition() -> Vec<u8> {
    let constants = |numbers: &[f32]| numbers.iter().map(|number| Constant(*number)).collect::<Vec<_>>();
    // Buffer, rate, trigger, start, loop, what is done at the end.
    let player = Generator {
        class: "PlayBuf",
        inputs: constants(&[NUMBER as f32, 1.0, 1.0, 0.0, 0.0, 0.0]),
        outputs: 1,
    };
    // Model, method, buffer, warm-up, what is printed, examples; the sound; the number of signals.
    let settings = [NUMBER as f32, 0.0, BUFFER_FRAMES as f32, 0.0, 0.0, 1.0];
    let model = Generator {
        class: "NNUGen",
        inputs: [constants(&settings), vec![From(0)], constants(&[-2.0, 1.0])].concat(),
        outputs: 1,
    };
    let out = Generator { class: "Out", inputs: vec![Constant(0.0), From(0), From(1)], outputs: 0 };
    definition::bytes("demo", &[player, model, out])
}

/// One second, in the unit of times.
const SECOND: f64 = 4_294_967_296.0;

/// Messages at a time in seconds, behind the length of all.
fn bundle(at_s: f64, messages: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"#bundle\0".to_vec();
    bytes.extend(((at_s * SECOND) as u64).to_be_bytes());
    for message in messages {
        bytes.extend(length(message));
        bytes.extend(message);
    }
    [length(&bytes).to_vec(), bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_bundles_behind_their_lengths_in_order_of_time() {
        let bytes = commands("model.ts", "sound.wav", 2 * SAMPLE_RATE_HZ as usize, 57_120);
        let (mut rest, mut times) = (bytes.as_slice(), Vec::new());
        while let Some((length, more)) = rest.split_first_chunk::<4>() {
            let (bundle, more) = more.split_at(u32::from_be_bytes(*length) as usize);
            assert!(bundle.starts_with(b"#bundle\0"));
            times.push(u32::from_be_bytes(bundle[8..12].try_into().unwrap()));
            rest = more;
        }
        // Whole seconds.
        assert_eq!(times, [0, 1, 2]);
        assert!(bytes.windows(8).any(|window| window == b"model.ts"));
    }
}

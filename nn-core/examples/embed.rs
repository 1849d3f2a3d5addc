//! The engine without a host: plays a second of sound through a model, prints the latency and the output level.
//!
//! `cargo run -p nn-core --example embed --no-default-features --features fake`
//!
//! The model is a fake that halves its input. With libtorch (feature `torch`), `Arc::new(FORMATS)` in its
//! place plays `.ts` files.

use std::{path::PathBuf, sync::Arc};

use nn_core::{
    array::NoArrays,
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::{Atom, Event},
    object::{HostContext, HostFormat, NnObject},
};

const BLOCK_FRAMES: usize = 64;
const RATE_HZ: f64 = 48_000.0;

fn main() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(0.5);
    let context = HostContext {
        source: Arc::new(FakeSource::new(model)),
        loader: Loader::global(),
        workers: true,
        arrays: &NoArrays,
        default_buffer_frames: 4096,
        buffer_follows_model: false,
        // Nothing here is in real time: the box may wait for its model, and renders the same every time.
        messages_wait: true,
        offline: true,
        no_multichannel: None,
        joins_sound: false,
        name: None,
        rank: None,
    };
    let host = HostFormat { sample_rate_hz: RATE_HZ, block_frames: BLOCK_FRAMES };
    let arguments = [Atom::symbol("half"), Atom::symbol("forward"), Atom::Int(512)];
    let find = |name: &str| Some(PathBuf::from(name));

    // Main thread: make the box. It loads its model in the background.
    let (mut object, prepared) = NnObject::new(BoxKind::Nn, context, host, &arguments, &find);
    object.prepare(host, 0.0);

    // Audio thread (here the same one): attach its half, then a block in, a block out.
    let mut audio = prepared.attach();
    let mut inputs = vec![vec![0.0_f32; BLOCK_FRAMES]; object.inlets()];
    let mut outputs = vec![vec![0.0_f32; BLOCK_FRAMES]; object.outlets()];
    let (mut energy, mut frames) = (0.0, 0);
    for block in 0..RATE_HZ as usize / BLOCK_FRAMES {
        for (at, sample) in inputs.iter_mut().flatten().enumerate() {
            let seconds = (block * BLOCK_FRAMES + at) as f64 / RATE_HZ;
            *sample = (std::f64::consts::TAU * 440.0 * seconds).sin() as f32;
        }
        audio.play(BLOCK_FRAMES, &inputs, &mut outputs);
        energy += outputs.iter().flatten().map(|sample| f64::from(*sample).powi(2)).sum::<f64>();
        frames += outputs.iter().map(Vec::len).sum::<usize>();
        // Main thread again: answers of the loader and the model.
        object.poll(true);
    }
    object.handle("latency", &[], &find);
    for event in object.take_events() {
        match event {
            Event::Info { selector, atoms } => println!("{selector} {}", nn_core::message::text(&atoms)),
            Event::Note(line) | Event::Error(line) => println!("{line}"),
            Event::Channels | Event::ReleaseInlet(_) | Event::WriteArray(_) => {}
        }
    }
    println!("level {:.1} dBFS", 10.0 * (energy / frames as f64).log10());
}

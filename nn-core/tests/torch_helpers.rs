//! Threads that libtorch starts for itself stay for ever: a box that asks for none has none, from its first run on. One
//! test only: it looks at all threads of the process.
#![cfg(all(feature = "torch", target_os = "linux"))]

mod torch_stand;

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    array::NoArrays,
    engine::{loader::Loader, status::LoadState},
    layout::BoxKind,
    message::Atom,
    object::{Environment, HostFormat, NnObject},
};
use torch_stand::models;

/// The names of all threads; those that libtorch starts are called as the one that started them.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("the threads of this process");
    tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok()).collect()
}

#[test]
fn a_box_has_one_thread() {
    let environment = Environment {
        source: Arc::new(torch_stand::source()),
        loader: Loader::global(),
        workers: true,
        arrays: &NoArrays,
        default_buffer_frames: 4096,
        buffer_follows_model: false,
        no_multichannel: None,
        messages_wait: false,
        offline: false,
    };
    let host = HostFormat { sample_rate_hz: 44_100.0, block_frames: 64 };
    let arguments = [
        Atom::symbol(models().join("codec.ts").display().to_string()),
        Atom::symbol("forward"),
        Atom::Int(2048),
    ];
    let (mut object, prepared) =
        NnObject::new(BoxKind::Nn, environment, host, &arguments, &|name: &str| Some(PathBuf::from(name)));
    object.prepare(host, 0.0);
    let begin = Instant::now();
    while object.status().load_state() != LoadState::Ready || object.pending() {
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", object.take_events());
        object.poll(true);
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(prepared.is_ready());
    let mut port = prepared.attach();
    object.handle("wait", &[Atom::Int(1)], &|_: &str| None);
    let (input, mut output) = (vec![vec![0.25f32; 64]], vec![vec![0.0f32; 64]]);
    for _ in 0..200 {
        port.capture(64, &input);
        port.render(64, &mut output);
    }
    let named = |name: &str| threads().iter().filter(|thread| thread.trim() == name).count();
    assert_eq!((named("nn~ worker"), named("nn~ loader")), (1, 1), "{:?}", threads());
}

//! Threads that libtorch starts for itself stay for ever: a box that asks for none has none, from its first run on. One
//! test only: it looks at all threads of the process.
#![cfg(all(feature = "torch", target_os = "linux"))]

mod torch_stand;

use std::{path::PathBuf, sync::Arc, time::Duration};

use nn_core::{
    layout::BoxKind,
    message::Atom,
    object::{HostContext, HostFormat},
    offline::{HostMode, Player, host_context},
};
use torch_stand::models;

/// The names of all threads; those that libtorch starts are called as the one that started them.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").expect("the threads of this process");
    tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok()).collect()
}

#[test]
fn a_box_has_one_thread() {
    let host = HostFormat { sample_rate_hz: 44_100.0, block_frames: 64 };
    let arguments = [
        Atom::symbol(models().join("codec.ts").display().to_string()),
        Atom::symbol("forward"),
        Atom::Int(2048),
    ];
    let context = host_context(Arc::new(torch_stand::source()), HostMode::RealTime);
    let context = HostContext { workers: true, ..context };
    let find = |name: &str| Some(PathBuf::from(name));
    let mut player = Player::new(BoxKind::Nn, context, host, &arguments, find);
    player.until_ready(Duration::from_secs(60)).expect("the model is loaded");
    player.send("wait", &[Atom::Int(1)]);
    player.play(&[vec![0.25; 200 * 64]]);
    let named = |name: &str| threads().iter().filter(|thread| thread.trim() == name).count();
    assert_eq!((named("nn~ worker"), named("nn~ loader")), (1, 1), "{:?}", threads());
}

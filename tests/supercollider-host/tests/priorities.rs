//! No thread of the plug-in has a server's real-time class by accident: servers' threads are in it, and threads inherit it.
#![cfg(target_os = "linux")]

mod common;

use common::{Nn, boot};
use supercollider_host::{Policy, Setup, may_be_fifo, policies};

/// Threads by the beginning of their names.
fn named(name: &str) -> Vec<Policy> {
    policies().into_iter().filter(|thread| thread.name.starts_with(name)).collect()
}

#[test]
fn the_service_and_the_loader_are_ordinary_and_workers_one_below_audio() {
    if !may_be_fifo() {
        println!("the system grants no real-time priority: nothing is shown here");
        return;
    }
    let s = boot(Setup { fifo: true, ..Setup::default() });
    // In turns, as a server does it: loading in the commands' thread, making in the audio thread.
    let first = s.load("gain");
    let nodes = [s.ready(&Nn::new(first, 256).ugen()), s.ready(&Nn::new(s.load("two"), 64).ugen())];
    s.tell(nodes[0], "load", &[common::path("late").as_str().into()]);
    s.tell(nodes[0], "reload", &[]);
    s.done("/nn_catalog", &["get_available_models".into()]);
    s.pass(500);
    let rank = |name: &str| named(name).iter().map(|thread| thread.real_time).collect::<Vec<_>>();
    assert_eq!(rank("audio"), [Some(55)], "this host's own threads are as a server's");
    assert_eq!(rank("commands"), [Some(50)]);
    assert_eq!((rank("nn service"), rank("nn~ loader")), (vec![None], vec![None]));
    let workers = rank("nn~ worker");
    // Those of the loaded models, which never run, may have been there before the first UGen.
    let playing = workers.iter().filter(|rank| **rank == Some(54)).count();
    assert!(playing >= nodes.len(), "{workers:?}");
    assert!(workers.iter().all(|rank| matches!(rank, None | Some(54))), "{workers:?}");
    let others = policies().into_iter().filter(|thread| thread.real_time.is_some());
    let known = |thread: &Policy| ["audio", "commands", "nn~ worker"].contains(&thread.name.as_str());
    assert_eq!(others.filter(|thread| !known(thread)).collect::<Vec<_>>(), []);
}

//! A server that quits while models load and compute ends cleanly and soon.

use std::time::Duration;

use crate::{
    definition::{AUDIO, Definition, outputs},
    osc::args,
    real_time::{Jack, Server},
    support::model,
};

/// How long a server may take at best; a language that reboots its server does not wait for one that takes longer. Libraries that
/// are being opened hold up those that the server closes, which takes several times as long on a busy machine.
const SOON: Duration = Duration::from_millis(1500);
/// How often each of them quits in each state, unless `NN_TEST_DEPARTURES` says otherwise.
const TIMES: u64 = 3;

/// What a server says that JACK has cancelled in the middle of a block, which happens without any plug-in, too (1 of 150 servers
/// that played noise alone).
const CANCELLED: &str = "terminate called without an active exception";

/// What a server does when it is told to quit.
#[derive(Clone, Copy, Debug)]
enum State {
    Idle,
    Loading,
    Building,
    Playing,
}

fn definition(buffer: i32) -> Vec<u8> {
    let mut definition = Definition::new("t");
    let noise = definition.ugen("WhiteNoise", AUDIO, Vec::new(), 1);
    let ugen = definition.nn((0, 0, buffer), outputs(noise, 1), Vec::new(), 1);
    definition.out(0, outputs(ugen, 1));
    definition.bytes()
}

fn bring(server: &Server, state: State, turn: u64) {
    let path = model("codec").display().to_string();
    let synths = || (0..4).for_each(|n| server.send("/s_new", args!["t", 1000 + n, 0, 0]));
    match state {
        State::Idle => return,
        State::Loading => server.send("/cmd", args!["/nn_load", 0, path.as_str()]),
        State::Building => {
            server.send("/cmd", args!["/nn_load", 0, path.as_str()]);
            server.send("/d_recv", args![definition(512)]);
            server.sync();
            synths();
        }
        State::Playing => {
            server.load(0, &path);
            server.send("/d_recv", args![definition(512)]);
            server.sync();
            synths();
            server.event("a UGen that plays", |event| event.is("ready", ""));
        }
    }
    // Not always in the same moment.
    std::thread::sleep(Duration::from_millis(37 * (turn % 8)));
}

fn times() -> u64 {
    std::env::var("NN_TEST_DEPARTURES").ok().and_then(|times| times.parse().ok()).unwrap_or(TIMES)
}

#[test]
fn servers_quit_cleanly_and_soon_whatever_models_do() {
    let jack = Jack::start();
    let (mut all, mut cancelled) = (Vec::new(), 0);
    for kind in ["scsynth", "supernova"] {
        for state in [State::Idle, State::Loading, State::Building, State::Playing] {
            let mut best = Duration::MAX;
            for turn in 0..times() {
                let server = Server::start(kind, &jack, &[]);
                bring(&server, state, turn);
                let (status, took, log) = server.quit();
                if log.contains(CANCELLED) {
                    cancelled += 1;
                    continue;
                }
                assert!(status.success(), "{kind}, {state:?}: {status}: {log}");
                assert!(!log.contains("ERROR: NN"), "{kind}, {state:?}: {log}");
                best = best.min(took);
                all.push((kind, state, took));
            }
            assert!(best < SOON, "{kind}, {state:?}: {best:?} at best");
        }
    }
    println!("{all:?}");
    assert!(
        cancelled <= 1.max(all.len() / 24),
        "{cancelled} servers were cancelled in the middle of a block"
    );
}

//! A server quits: its plug-ins are told before its last UGens are freed (scsynth), or after that (supernova), while models
//! are loaded and run. Each departure is a process of its own, this program once more.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // Calls the plug-in as a server does.

mod common;

use std::{
    process::Command,
    time::{Duration, Instant},
};

use common::{Nn, boot, path};
use supercollider_host::{Kind, Setup};

/// What a child is told: the server, and what happens in the moment.
const DEPARTURE: &str = "SC_HOST_DEPARTURE";
/// How long the plug-in may keep a server: then the language boots it again.
const LIMIT: Duration = Duration::from_millis(500);

/// The child.
#[test]
fn departure() {
    let Ok(words) = std::env::var(DEPARTURE) else { return };
    let (server, moment) = words.split_once(' ').expect("two words");
    let kind = if server == "scsynth" { Kind::Scsynth } else { Kind::Supernova };
    let s = boot(Setup { kind, ..Setup::default() });
    let (model, slow) = (s.load("gain"), s.load("slow"));
    let playing = s.ready(&Nn::new(model, 256).ugen());
    let mut nodes = vec![playing];
    s.run(true);
    match moment {
        "playing" => {}
        "loading" => {
            s.begin("/nn_load", &[7.into(), path("late").as_str().into()]);
            nodes.push(s.synth(&Nn::new(7, 64).ugen()));
            s.tell(playing, "load", &[path("late").as_str().into()]);
        }
        "computing" => nodes.push(s.ready(&Nn::new(slow, 64).ugen())),
        "sleeping" => nodes.extend([s.synth(&Nn::new(s.load("sleeps"), 64).ugen())]),
        _ => nodes.push(s.synth(&Nn::new(4711, 64).ugen())),
    }
    std::thread::sleep(Duration::from_millis(30));
    let unload = || {
        let begin = Instant::now();
        // What a server calls when it quits.
        nn_supercollider::nn_supercollider_unload_1();
        begin.elapsed()
    };
    let took = if kind == Kind::Supernova {
        s.run(false);
        s.free(&nodes);
        unload()
    } else {
        let took = unload();
        // The audio thread plays on meanwhile, and may make one more.
        nodes.push(s.synth(&Nn::new(model, 64).ugen()));
        std::thread::sleep(Duration::from_millis(20));
        s.run(false);
        s.free(&nodes);
        took
    };
    println!("left after {took:?}");
    assert!(took < LIMIT, "{took:?}");
    s.server_alone();
}

/// One departure, watched from outside.
fn watched(words: &str) {
    let executable = std::env::current_exe().expect("a test has one");
    let child = Command::new(executable)
        .args(["--exact", "departure", "--nocapture", "--test-threads=1"])
        .env(DEPARTURE, words)
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&child.stdout).into_owned() + &String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{words}: {}\n{said}", child.status);
    assert!(said.contains("left after"), "{words}: {said}");
    let bad = ["panicked", "terminate called", "corrupt", "free()", "aborting"];
    assert!(!bad.iter().any(|word| said.contains(word)), "{words}: {said}");
}

#[test]
fn a_server_quits_cleanly_at_every_moment() {
    std::thread::scope(|scope| {
        for server in ["scsynth", "supernova"] {
            scope.spawn(move || {
                for moment in ["playing", "loading", "computing", "sleeping", "waiting"] {
                    watched(&format!("{server} {moment}"));
                }
            });
        }
    });
}

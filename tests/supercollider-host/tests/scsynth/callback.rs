//! What the plug-in calls on the audio thread: counted in constructors, blocks, destructors, first and last stages.
//!
//! Nothing but the wake-ups of threads that compute and of the service. The exception is a buffer of 0, where the model
//! itself runs there.
#![cfg(feature = "count")]

use supercollider_host::{Input, Ugen};

use crate::common::{CLASS, Nn, Session, path, ramp, scsynth};

/// Fails for all calls but wake-ups.
fn assert_clean(calls: &[(&'static str, u64)], most_wakes: u64, what: &str) {
    let others: Vec<_> = calls.iter().filter(|(kind, _)| !matches!(*kind, "futex_wake" | "wake")).collect();
    assert!(others.is_empty(), "{what}: {calls:?}");
    let wakes: u64 = calls.iter().map(|(_, count)| count).sum();
    assert!(wakes <= most_wakes, "{what}: {wakes} wake-ups");
}

/// Inputs of all rates, attributes that change in every block.
fn busy(model: i32, signals: usize, buffer: i32, per_s: f32) -> Nn {
    let changing: Vec<f32> = (0..750).map(|n| n as f32 / 1024.0).collect();
    let kinds = [Input::Audio(ramp(0)), Input::Control(changing.clone()), Input::Constant(0.5)];
    Nn {
        signals: kinds.into_iter().cycle().take(signals).collect(),
        outputs: signals,
        batches: signals as i32,
        settings: vec![(-1, 7.0), (-4, per_s)],
        attributes: vec![
            (0, Input::Control(changing.clone())),
            (0, Input::Audio(changing)),
            (9, Input::Constant(1.0)),
        ],
        ..Nn::new(model, buffer)
    }
}

/// Makes, plays and frees while it is counted; `during` happens meanwhile. Gives the blocks.
fn counted(s: &Session, ugen: &Ugen, during: impl Fn(i32)) -> Vec<(&'static str, u64)> {
    s.count(true);
    let node = s.synth(ugen);
    s.until_ready(node);
    s.run(true);
    during(node);
    s.pass(30);
    s.free(&[node]);
    s.count(false)
}

#[test]
fn a_ugen_makes_no_call_besides_computing() {
    let s = scsynth();
    for name in ["gain", "sleeps", "nan", "late"] {
        let model = s.load(name);
        let shapes = if name == "gain" { &[(1, 64), (3, 256), (3, 2048)][..] } else { &[(3, 256)] };
        for &(signals, buffer) in shapes {
            let ugen = busy(model, signals, buffer, if signals == 3 { 0.0 } else { 20.0 }).ugen();
            for ugen in [ugen.clone().at_control_rate(), ugen.sharing_memory()] {
                let calls = counted(&s, &ugen, |_| ());
                assert_clean(&calls, 1000, &format!("{name}, {signals} signals, buffer {buffer}"));
            }
        }
    }
}

#[test]
fn none_while_messages_change_the_model_either() {
    let s = scsynth();
    let ugen = busy(s.load("gain"), 1, 256, 0.0).ugen();
    let calls = counted(&s, &ugen, |node| {
        for (selector, value) in [
            ("enable", 0.into()),
            ("enable", 1.into()),
            ("bufsize", 1024.into()),
            ("load", path("half").as_str().into()),
            ("method", "inverse".into()),
            ("load", path("coarse").as_str().into()),
            ("deadline", 256.into()),
            ("load", "nowhere".into()),
            ("wet", 0.5f32.into()),
            ("load", path("two").as_str().into()),
        ] {
            // The first stage and the end of each command are counted, too.
            s.tell(node, selector, &[value]);
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    });
    assert_clean(&calls, 2000, "messages");
}

#[test]
fn none_in_commands_in_ugens_without_a_model_and_where_there_is_no_memory() {
    let s = scsynth();
    s.count(true);
    let none = s.synth(&Nn::new(12_345, 64).ugen());
    // Too few inputs: it stays silent.
    let bare = s.synth(&Ugen::audio(CLASS, vec![Input::Constant(0.0)], 2));
    s.play(10);
    s.done("/nn_version", &[]);
    s.done("/nn_query", &[(-1).into()]);
    let lines = s.lines();
    assert!(lines.iter().any(|line| line.contains("version")), "{lines:?}");
    s.command("/nn_load", &[(-1).into(), "/nowhere/missing.ts".into()]);
    let long = "x".repeat(9 << 20);
    assert_eq!(s.command("/nn_load", &[1.into(), long.as_str().into()]), supercollider_host::Answer::Refused);
    assert!(s.is_done(bare));
    s.free(&[none, bare]);
    assert_clean(&s.count(false), 100, "commands");
}

#[test]
fn the_count_itself_works() {
    let s = scsynth();
    for (kind, counter) in [
        ("malloc", "malloc"),
        ("malloc", "free"),
        ("lock", "lock"),
        ("thread", "thread"),
        ("system", "system"),
    ] {
        let ugen = Ugen::audio(&format!("Naughty_{kind}"), Vec::new(), 1);
        let node = s.synth(&ugen);
        let seen = |what: &str, least: u64| {
            let calls = s.count(true);
            let count = calls.iter().find(|(kind, _)| *kind == counter).map_or(0, |(_, count)| *count);
            assert!(count >= least, "{what}, {kind}: {calls:?}");
        };
        s.count(true);
        s.play(1);
        seen("constructor and first block", 2);
        s.play(10);
        seen("blocks", 10);
        s.free(&[node]);
        seen("destructor", 1);
        s.count(false);
    }
    s.count(true);
    s.command("/naughty", &[]);
    let calls = s.count(false);
    assert!(calls.contains(&("malloc", 1)), "a command: {calls:?}");
}

//! Which of several requests wins, and what one that fails leaves.

use crate::rig::{Rig, ramp};
use crate::stand::{LATENCY_FRAMES, exact, source};
use nn_core::message::{Atom, Event};

#[test]
fn a_load_that_fails_changes_nothing() {
    for (message, line) in [
        ("load missing", "no such file"),
        ("load m fly", "no method 'fly' in m.ts: it has forward, inverse"),
        ("method fly", "no method 'fly' in m.ts: it has forward, inverse"),
        ("bufsize 4000000000", "too large"),
    ] {
        let mut rig = exact("m forward 512");
        let input = ramp(64 * 300);
        let mut heard = rig.play(&[input[..64 * 100].to_vec()]).remove(0);
        rig.send(message);
        heard.extend(rig.play(&[input[64 * 100..].to_vec()]).remove(0));
        rig.poll();
        assert_eq!(heard[LATENCY_FRAMES..], input[..input.len() - LATENCY_FRAMES], "{message}");
        assert_eq!(rig.errors().len(), 1, "{message}: {:?}", rig.errors());
        assert!(rig.errors()[0].contains(line), "{message}: {:?}", rig.errors());
        let failed = message.starts_with("load").then_some(&[Atom::Float(0.0)][..]);
        assert_eq!(rig.info("loaded").filter(|atoms| atoms[0] == Atom::Float(0.0)), failed, "{message}");
    }
}

#[test]
fn without_a_gpu_the_cpu_goes_on_and_one_line_says_so() {
    let mut rig = exact("-gpu m forward 512");
    rig.send("gpu 1");
    let input = ramp(64 * 100);
    let heard = rig.play(std::slice::from_ref(&input)).remove(0);
    assert_eq!(heard[LATENCY_FRAMES..], input[..input.len() - LATENCY_FRAMES]);
    rig.send("bang");
    rig.poll();
    assert_eq!(rig.info("gpu"), Some(&[Atom::Int(0)][..]));
    let said = format!("{:?}", rig.events);
    assert!(said.contains("gpu: there is no GPU that it could use: the CPU goes on"), "{said}");
    assert!(rig.errors().is_empty(), "{said}");
}

#[test]
fn the_newest_of_many_requests_wins() {
    let mut rig = Rig::with_source(source(), "m forward 512", 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    for message in
        ["load slow", "load half", "load slow", "bufsize 64", "load missing", "bufsize 512", "load half"]
    {
        rig.send(message);
    }
    let heard = rig.play(&[vec![1.0; 64 * 100]]).remove(0);
    assert_eq!(heard.last(), Some(&0.5));
    rig.poll();
    assert!(!rig.object.pending());
}

#[test]
fn a_method_asked_for_after_a_load_that_fails_is_not_lost_with_it() {
    let mut rig = exact("m forward 512");
    for message in ["load missing", "method inverse"] {
        rig.send(message);
    }
    assert_eq!(rig.play(&[vec![1.0; 64 * 100]])[0].last(), Some(&-1.0));
    for message in ["load missing", "method fly"] {
        rig.send(message);
    }
    assert_eq!(rig.play(&[vec![1.0; 64 * 100]])[0].last(), Some(&-1.0));
    rig.poll();
    assert!(rig.errors().iter().any(|line| line.contains("no method 'fly'")), "{:?}", rig.errors());
}

#[test]
fn a_method_asked_for_in_vain_takes_nothing_else_with_it() {
    // The first load, a later one, and another buffer are all still wanted.
    for (arguments, messages, heard) in [
        ("slow forward 512", &["method fly"][..], 3.0),
        ("m forward 512", &["load slow", "method fly"], 3.0),
        ("m forward 512", &["bufsize 1024", "method fly"], 1.0),
    ] {
        let mut rig = Rig::with_source(source(), arguments, 64, true);
        messages.iter().for_each(|message| rig.send(message));
        rig.send("wait 1");
        assert_eq!(rig.play(&[vec![1.0; 64 * 100]])[0].last(), Some(&heard), "{arguments} {messages:?}");
        rig.poll();
        assert!(rig.errors().iter().any(|line| line.contains("no method 'fly'")), "{:?}", rig.errors());
        rig.send("bang");
        rig.poll();
        let buffer_frames = if messages[0].starts_with("bufsize") { 1024 } else { 512 };
        assert_eq!(rig.info("bufsize"), Some(&[Atom::Int(buffer_frames)][..]), "{arguments} {messages:?}");
    }
}

#[test]
fn a_load_that_fails_takes_none_with_it_that_is_still_under_way() {
    for (arguments, messages, heard, failures) in [
        ("slow forward 512", &["load missing"][..], 3.0, 1),
        ("slow forward 512", &["load m fly"], 3.0, 1),
        ("m forward 512", &["load slow", "load missing"], 3.0, 1),
        ("m forward 512", &["load slow", "load half fly"], 3.0, 1),
        ("m forward 512", &["load half inverse", "load slow", "load m fly", "load missing"], 3.0, 2),
        // The method that came with the one that goes on, and one that was asked for since.
        ("m inverse 512", &["load slow", "load m inverse", "load missing"], -1.0, 1),
        ("slow forward 512", &["load m", "load missing", "method inverse"], -1.0, 1),
        // All of them fail: back to what played.
        ("half forward 512", &["load missing", "load missing", "load m fly"], 0.5, 2),
    ] {
        for exact in [false, true] {
            let mut rig = if exact {
                Rig::of_one_thread(source(), arguments, 64, true)
            } else {
                Rig::with_source(source(), arguments, 64, true)
            };
            if !arguments.starts_with("slow") {
                rig.until_loaded();
                rig.poll();
            }
            rig.events.clear();
            messages.iter().for_each(|message| rig.send(message));
            rig.send("wait 1");
            let last = rig.play(&[vec![1.0; 64 * 100]])[0].last().copied();
            assert_eq!(last, Some(heard), "{arguments} {messages:?}");
            rig.poll();
            let failed = |event: &&Event| match event {
                Event::Info { selector, atoms } => selector == "loaded" && atoms[0] == Atom::Float(0.0),
                _ => false,
            };
            let told = rig.events.iter().filter(failed).count();
            // In real time some fail before others are asked for.
            let counted = rig.errors().len() >= failures && told >= failures;
            let exactly = (rig.errors().len(), told) == (failures, failures);
            assert!(if exact { exactly } else { counted }, "{messages:?}: {:?}", rig.events);
        }
    }
}

#[test]
fn every_load_that_fails_is_told_once_that_of_a_new_box_included() {
    for arguments in ["missing", "m fly", "m forward 4000000000", "m forward 64 1 1 1 1 1"] {
        let mut rig = Rig::with_source(source(), arguments, 64, true);
        rig.poll_until(|events| format!("{events:?}").contains("loaded"));
        let told = |rig: &Rig| {
            let is_it = |event: &&Event| match event {
                Event::Info { selector, atoms } => selector == "loaded" && atoms == &[Atom::Float(0.0)],
                _ => false,
            };
            rig.events.iter().filter(is_it).count()
        };
        assert_eq!((rig.errors().len(), told(&rig)), (1, 1), "{arguments}: {:?}", rig.events);
        for number in 2..4 {
            rig.send("load missing");
            rig.poll_until(|events| {
                events.iter().filter(|event| format!("{event:?}").contains("loaded")).count() >= number
            });
            assert_eq!(told(&rig), number, "{arguments}: {:?}", rig.events);
        }
    }
}

#[test]
fn a_box_keeps_its_inlets_and_outlets_and_says_what_is_missing() {
    let mut rig = exact("m forward 64");
    rig.send("load wide");
    let heard = rig.play(&[vec![1.0; 6400]]);
    assert_eq!((heard.len(), heard[0].last()), (1, Some(&1.0)));
    rig.poll();
    let said = format!("{:?}", rig.events);
    assert!(
        said.contains("2 of its 3 inputs without an inlet, 3 of its 4 outputs without an outlet"),
        "{said}"
    );

    let mut rig = Rig::with_source(source(), "void 2 3 64", 64, true);
    rig.send("wait 1");
    rig.send("load half");
    let heard = rig.play(&[vec![1.0; 6400], vec![9.0; 6400]]);
    assert_eq!(heard[0].last(), Some(&0.5));
    assert!(heard[1].iter().chain(&heard[2]).all(|&s| s == 0.0));
    rig.poll();
    let said = format!("{:?}", rig.events);
    assert!(
        said.contains(" has 1 input and 1 output: 1 of 2 inlets not heard, 2 of 3 outlets silent"),
        "{said}"
    );
}

#[test]
fn a_box_that_failed_takes_load_and_reload() {
    let mut rig = Rig::with_source(source(), "missing forward 64", 64, true);
    rig.send("wait 1");
    for message in
        ["method inverse", "reset", "set gain 1", "get gain", "reload", "bang", "bufsize 64", "dump"]
    {
        rig.send(message);
        rig.play(&[vec![1.0; 64]]);
        rig.poll();
    }
    assert!(rig.play(&[vec![1.0; 6400]])[0].iter().all(|&s| s == 0.0));
    rig.send("load half");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&0.5));
}

#[test]
fn the_same_model_under_the_same_method_is_kept_or_another_is_chosen() {
    let mut rig = exact("m inverse 64");
    rig.send("load half");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&0.5), "it has no method inverse: forward plays");
    rig.send("load m");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&1.0));
    rig.send("load m inverse");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&-1.0));
    rig.send("load m");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&-1.0), "the method stays");
}

#[test]
fn changes_in_any_order_end_as_the_last_ones_say_and_stay_finite() {
    let mut seed = 7u64;
    let mut dice = |end: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 20) % end
    };
    let messages = [
        "load half",
        "load m",
        "load missing",
        "load wide",
        "load coarse",
        "reload",
        "method inverse",
        "method forward",
        "method fly",
        "bufsize 64",
        "bufsize 0",
        "bufsize 1000",
        "bufsize 4000000000",
        "deadline 64",
        "deadline 5000",
        "reset",
        "enable 0",
        "enable 1",
        "set gain 0.75",
        "get gain",
        "wait 1",
        "wait 0",
        "threads 2",
        "bang",
        "dump",
        "stats",
    ];
    let mut rig = exact("m forward 512");
    for _ in 0..3000 {
        rig.send(messages[dice(messages.len() as u64) as usize]);
        if dice(3) == 0 {
            let heard = rig.play(&[vec![1.0; 64 * dice(20) as usize]]).remove(0);
            assert!(heard.iter().all(|s| s.is_finite() && s.abs() <= 1.0), "{heard:?}");
        }
        if dice(5) == 0 {
            rig.poll();
            rig.events.clear();
        }
        if dice(50) == 0 {
            rig.off_and_on();
        }
    }
    for message in ["enable 1", "wait 1", "load half", "bufsize 256", "deadline 64", "set gain 0.25"] {
        rig.send(message);
    }
    let heard = rig.play(&[vec![1.0; 64 * 1000]]).remove(0);
    assert_eq!(heard.last(), Some(&0.25));
    rig.send("latency");
    rig.poll();
    assert_eq!(rig.info("latency").map(|atoms| atoms[0].clone()), Some(Atom::Int(256 - 64 + 64)));
}

//! Generators of Neutone in a box: arrays in, whole sounds out, and a host that never waits.
#![cfg(feature = "torch")]

mod stand;
#[path = "../torch_stand/mod.rs"]
mod torch_stand;

use std::time::{Duration, Instant};

use nn_core::{
    engine::effort::used_by_this_thread,
    layout::BoxKind,
    message::{Atom, text},
    offline::HostMode,
};
use stand::{HOST_HZ, Shelf, Stand};
use torch_stand::models;

/// As long as anything may keep a host's thread, by its processor.
const MOMENT: Duration = Duration::from_millis(20);

#[test]
fn a_chord_from_words_lands_in_an_array_of_its_length_at_the_host_s_rate() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("chord.nm", shelf);
    assert_eq!((stand.player.object.inlets(), stand.player.object.outlets()), (1, 0));
    assert!(stand.has("told loaded 1"), "{:?}", stand.said);
    for message in ["set notes c e g", "set keys 60 64", "set shape fading", "seed 3", "render out"] {
        stand.send(message);
    }
    stand.until("rendered out");
    let frames = shelf.get("out")[0].len();
    assert!(stand.has(&format!("told rendered out {frames} {HOST_HZ}")), "{:?}", stand.said);
    assert_eq!(shelf.get("out").len(), 2, "both channels");
    assert_eq!(frames, HOST_HZ as usize, "a second");
    assert!(shelf.get("out")[0].iter().any(|sample| sample.abs() > 0.1));
    assert_eq!(*shelf.shown.lock().unwrap(), ["out"]);
    let percents = stand.percents();
    assert!(
        percents.first() == Some(&0.0) && percents.last() == Some(&100.0) && percents.is_sorted(),
        "{percents:?}"
    );
    assert_eq!(stand.errors(), [""; 0]);
    // A channel each, and the mean where an array has one.
    for names in ["left right", "both"] {
        let arrays: Vec<_> = names.split(' ').map(|name| format!("mono_{name}")).collect();
        arrays.iter().for_each(|name| shelf.put(name, vec![vec![0.0; 10]]));
        stand.send(&format!("render {}", arrays.join(" ")));
        stand.until(&format!("rendered {}", arrays[arrays.len() - 1]));
        let stereo = shelf.get("out");
        if let [left, right] = &arrays[..] {
            assert_eq!([shelf.get(left).concat(), shelf.get(right).concat()], stereo[..]);
        } else {
            let mean: Vec<_> = stereo[0].iter().zip(&stereo[1]).map(|(a, b)| (a + b) * 0.5).collect();
            assert_eq!(shelf.get(&arrays[0]).concat(), mean);
        }
    }
}

#[test]
fn sounds_go_in_and_come_back_and_the_host_never_waits() {
    let shelf = Shelf::new(&["back", "both", "busy"]);
    // Twice as many samples as are read in one step, at the model's own rate from the host's.
    let turn = std::f32::consts::TAU * 440.0 / HOST_HZ as f32;
    let sound: Vec<f32> = (0..200_000).map(|at| (turn * at as f32).sin()).collect();
    shelf.put("in", vec![sound.clone()]);
    let mut stand = Stand::new("mirror.nm forward 2048", shelf);
    let mut before = used_by_this_thread();
    stand.send("render in busy both");
    let mut longest = Duration::ZERO;
    while !stand.has("told rendered both") {
        stand.poll();
        let now = used_by_this_thread();
        longest = longest.max(now - before);
        before = now;
        assert!(stand.errors().is_empty(), "{:?}", stand.errors());
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(longest < MOMENT, "{longest:?}");
    assert_eq!((shelf.get("both").len(), shelf.get("busy").len()), (2, 1));
    assert_eq!(shelf.get("both")[0].len(), sound.len());
    assert!(*shelf.refusals.lock().unwrap() >= 3, "it was tried again");
    // Backwards is the mirror of forwards.
    let forwards = &shelf.get("both")[0];
    let backwards: Vec<f32> = shelf.get("busy")[0].iter().rev().copied().collect();
    let middle = 1_000..199_000;
    let error = forwards[middle.clone()]
        .iter()
        .zip(&backwards[middle])
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    // Both are brought back to the host's rate, and the mirror of a sample lies up to one away from another.
    assert!(error < turn, "{error}");
}

#[test]
fn a_rendering_is_cancelled_at_once_and_one_runs_at_a_time() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("chord.nm", shelf);
    for message in ["set seconds 1", "render out", "render out"] {
        stand.send(message);
    }
    assert_eq!(stand.errors(), ["nn~: render: one is under way: wait for it, or send cancel render"]);
    stand.until("told render_progress 0");
    stand.send("cancel render");
    assert!(stand.has("told cancelled render"), "{:?}", stand.said);
    assert!(!stand.player.object.pending());
    stand.send("cancel render");
    assert!(stand.has("nothing is being rendered"));
    assert_eq!(shelf.get("out"), [vec![0.0; 10]], "untouched");
    // The next one is not held up.
    for message in ["set seconds 0", "render out"] {
        stand.send(message);
    }
    stand.until("told rendered out");
}

#[test]
fn what_is_wrong_with_a_rendering_is_one_line_each_time() {
    let shelf = Shelf::new(&["a", "b", "c"]);
    shelf.put("empty", vec![Vec::new()]);
    for (arguments, message, line) in [
        (
            "mirror.nm",
            "render",
            "render: nothing after it: type render IN... OUT... or render OUT... SECONDS",
        ),
        (
            "mirror.nm",
            "render a",
            "render: mirror.nm takes 1 sound and makes 2 sounds: type render IN OUT1 OUT2",
        ),
        ("mirror.nm", "render nowhere a b", "render: there is no array 'nowhere': make one"),
        ("mirror.nm", "render a b nowhere", "render: there is no array 'nowhere': make one"),
        (
            "mirror.nm",
            "render empty a b",
            "render: array 'empty' is empty: give it a size, or write into it first",
        ),
        ("chord.nm", "render a b c", "render: chord.nm makes 1 sound: type render OUT or render OUT SECONDS"),
        ("chord.nm", "render a -1", "render: -1 seconds: it plays more than 0 and up to 3000"),
        ("chord.nm", "set shape loud", "set: shape takes one of"),
        ("chord.nm", "set loudness 1", "set: there is no parameter 'loudness': it has"),
        ("chord.nm", "get loudness", "get: there is no parameter 'loudness': it has"),
        ("chord.nm", "latency", "latency: chord.nm makes whole sounds and plays nothing: send render"),
        ("chord.nm", "method encode", "method: chord.nm makes whole sounds and plays nothing: send render"),
        ("identity.ts", "render a", "render: identity.ts plays block by block: send it sound"),
        ("", "render a", "render: there is no model yet: send load MODEL"),
    ] {
        let mut stand = Stand::new(arguments, shelf);
        if arguments.ends_with(".ts") {
            stand.until("told loaded 1");
        }
        stand.send(message);
        for _ in 0..20 {
            stand.poll();
        }
        let errors = stand.errors();
        assert!(errors.len() == 1 && errors[0].contains(line), "{message}: {errors:?}");
    }
    // The same again is said again: it was asked for again.
    let mut stand = Stand::new("mirror.nm", shelf);
    for _ in 0..2 {
        stand.send("render nowhere a b");
        stand.poll();
    }
    assert_eq!(stand.errors().len(), 2);
}

#[test]
fn a_generator_says_what_it_is_and_keeps_its_settings_over_a_reload() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("chord.nm encode", shelf);
    assert!(
        stand.has("'encode' is left out: chord.nm makes whole sounds and has no methods"),
        "{:?}",
        stand.said
    );
    for message in ["set notes d f a", "get notes", "bang", "get_methods"] {
        stand.send(message);
    }
    assert!(stand.has("told notes \"d f a\"") || stand.has("told notes d f a"), "{:?}", stand.said);
    for line in ["told kind gen", "told sounds 0 1", "told rate 44100", "told loaded 1", "told methods"] {
        assert!(stand.has(line), "{line}: {:?}", stand.said);
    }
    let preset = text(&stand.player.object.preset());
    assert!(preset.contains("notes 1"), "{preset}");
    stand.said.clear();
    stand.send("reload");
    stand.until("told loaded 1");
    stand.send("get notes");
    assert!(stand.has("d f a"), "{:?}", stand.said);
    // Another model of the same kind, and one that plays.
    stand.said.clear();
    for message in ["load mirror.nm", "set level 0.25", "get level"] {
        stand.send(message);
    }
    stand.until("told level 0.25");
    assert!(stand.has("told loaded 1"), "{:?}", stand.said);
    stand.said.clear();
    stand.send("load gain.ts");
    stand.until("told loaded 1");
    for message in ["set gain 0.5", "get gain"] {
        stand.send(message);
    }
    stand.until("told gain 0.5");
    assert_eq!(stand.errors(), [""; 0]);
}

#[test]
fn a_box_that_plays_goes_on_when_a_generator_is_loaded() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("gain.ts forward 64", shelf);
    stand.until("told loaded 1");
    stand.said.clear();
    stand.send("load chord.nm");
    stand.until("told loaded 0");
    let errors = stand.errors();
    assert!(errors.len() == 1 && errors[0].contains("make a box of its own for it"), "{errors:?}");
    stand.said.clear();
    stand.send("get gain");
    stand.until("told gain");
}

#[test]
fn an_empty_box_becomes_a_generator() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("", shelf);
    for message in ["load chord.nm", "set notes c", "set seconds 0", "bang"] {
        stand.send(message);
    }
    stand.until("told loaded 1");
    stand.send("render out 0.5");
    stand.until("told rendered out");
    assert_eq!(stand.errors(), [""; 0]);
}

#[test]
fn two_renderings_with_a_seed_are_the_same_and_messages_wait_where_a_rendering_of_the_host_repeats() {
    let rendered = |seconds: &str| {
        let shelf = Shelf::new(&["out"]);
        let mut stand = Stand::in_mode(HostMode::Offline, BoxKind::Mc, "chord.nm", shelf);
        for message in ["seed 5", "set notes c e", &format!("set seconds {seconds}"), "render out"] {
            stand.send(message);
        }
        let mut polls = 0;
        while !stand.has("told rendered out") {
            stand.poll();
            polls += 1;
            assert!(polls < 10, "{:?}", stand.said);
        }
        (polls, shelf.get("out"))
    };
    let (first, second) = (rendered("0"), rendered("0"));
    assert_eq!(first, second);
    assert_eq!(first.0, rendered("0.1").0, "at the same time, however long it takes");
}

#[test]
fn a_box_that_is_deleted_while_it_renders_leaves_nobody_waiting() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("chord.nm", shelf);
    stand.send("set seconds 1");
    stand.send("render out");
    stand.until("told render_progress 0");
    let begin = Instant::now();
    drop(stand);
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    assert_eq!(shelf.get("out"), [vec![0.0; 10]]);
    // Its place among those that work is free again, and so are both.
    for _ in 0..3 {
        let mut stand = Stand::new("chord.nm", shelf);
        stand.send("set seconds 0");
        stand.send("render out");
        stand.until("told rendered out");
    }
}

#[test]
fn what_is_asked_while_a_generator_loads_is_done_when_it_is_there() {
    for mode in [HostMode::RealTime, HostMode::Offline] {
        let shelf = Shelf::new(&["out", "back"]);
        shelf.put("in", vec![vec![0.5; 100]]);
        let mut stand = Stand::in_mode(mode, BoxKind::Nn, "chord.nm", shelf);
        for message in ["load mirror.nm", "set level 0.5", "render in back out", "get level"] {
            stand.send(message);
            // The block in which a host that waits loads comes between messages, too.
            stand.player.play(&[vec![0.0; 64]]);
        }
        stand.until("told rendered out");
        assert!(stand.has("told level 0.5"), "{mode:?}: {:?}", stand.said);
        assert!(shelf.get("back")[0][20..80].iter().all(|sample| (sample - 0.25).abs() < 0.01), "{mode:?}");
        for message in ["reload", "render in back out"] {
            stand.send(message);
        }
        stand.said.clear();
        stand.until("told rendered out");
        assert_eq!(stand.errors(), [""; 0], "{mode:?}");
        // One that plays has nothing to render.
        stand.send(&format!("load {}", models().join("gain.ts").display()));
        stand.send("render in back out");
        stand.until("error nn~: render: gain.ts plays block by block");
    }
}

#[test]
fn a_rendering_goes_on_while_another_model_is_loaded_and_ends_when_its_array_goes() {
    let shelf = Shelf::new(&["out", "gone"]);
    let mut stand = Stand::new("chord.nm", shelf);
    for message in ["set seconds 0.05", "render out", "load mirror.nm"] {
        stand.send(message);
    }
    stand.until("told rendered out");
    stand.until("told loaded 1");
    for message in ["load chord.nm", "set seconds 0.05"] {
        stand.send(message);
    }
    stand.until("told loaded 1");
    stand.said.clear();
    stand.send("render gone");
    while !stand.has("told render_progress 100") {
        stand.player.poll();
        // The array goes before the first piece, or the next, is written.
        if stand.has("told render_progress 0") {
            shelf.arrays.lock().unwrap().remove("gone");
        }
        stand.emit();
    }
    stand.until("error nn~: render: there is no array 'gone'");
    assert!(!stand.player.object.pending());
}

#[test]
fn a_file_that_has_changed_is_not_rendered_as_another_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("it.nm");
    std::fs::copy(models().join("chord.nm"), &file).expect("a copy");
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new(&file.display().to_string(), shelf);
    std::fs::copy(models().join("mirror.nm"), &file).expect("a copy");
    stand.send("render out");
    stand.until("error nn~: render: it.nm: its file has changed since: send reload");
    stand.said.clear();
    stand.send("reload");
    stand.until("told loaded 1");
    stand.send("bang");
    stand.until("told sounds 1 2");
}

#[test]
fn a_list_of_one_atom_is_one_value() {
    let shelf = Shelf::new(&["out"]);
    let mut stand = Stand::new("chord.nm", shelf);
    stand.player.send("set", &[Atom::symbol("notes"), Atom::symbol("c e g")]);
    stand.send("get notes");
    assert!(stand.has("c e g"), "{:?}", stand.said);
}

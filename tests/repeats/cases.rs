//! Renderings that have differed from run to run.

use crate::{
    rendering::{OtherLoad, Player, Rendered, Rendering},
    support::{
        model,
        patch::{Patch, escaped},
    },
};

/// How often each case is rendered.
const RUNS: usize = 10;

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

/// Renders it again and again, in company and alone: always the same. Answers it.
fn assert_repeats(rendering: &Rendering, player: Player, what: &str) -> Rendered {
    let first = rendering.render(player, OtherLoad::None);
    for run in 1..RUNS {
        let load = [OtherLoad::None, OtherLoad::Busy, OtherLoad::BusyAndNice][run % 3];
        let again = rendering.render(player, load);
        if let Some(difference) = first.difference(&again) {
            panic!("{what}, {player:?}, run {run} of {RUNS}, {load:?}: {difference}");
        }
    }
    first
}

/// The counter with a message sent at 1000 ms and the figures at 1980 ms.
fn counter(flags: &str, block: &str, player: Player, at_1000: &[&str]) -> Rendering {
    let mut rendering = Rendering::new();
    rendering.add("box", &format!("nn~ {flags} {} forward 2048", path("counter")), 1, 2, block);
    if player == Player::Host {
        rendering.send("box wait 1");
    }
    rendering.pass(1000.0);
    for message in at_1000 {
        match message.strip_prefix("pass ") {
            Some(ms) => rendering.pass(ms.parse().expect("a number")),
            None => rendering.send(message),
        };
    }
    rendering.pass(980.0).send("box stats").send("box get_methods").pass(20.0);
    rendering
}

fn assert_counts(rendered: &Rendered, what: &str) {
    let stats = rendered.last("box", "stats");
    assert!(stats.contains(" late 0 dropped 0 faults 0 "), "{what}: {stats}");
    assert!(rendered.sounds("box.0"), "{what}: silent");
}

#[test]
fn a_box_that_is_enabled_in_the_midst_of_it() {
    for player in [Player::Batch, Player::Host] {
        let rendering = counter("-d", "", player, &["box enable 1"]);
        assert_counts(&assert_repeats(&rendering, player, "-d"), "-d");
    }
    let again = counter("", "", Player::Batch, &["box enable 0", "pass 150", "box enable 1"]);
    assert_counts(&assert_repeats(&again, Player::Batch, "enable 0, 1"), "enable 0, 1");
}

#[test]
fn a_box_in_a_subpatch_that_is_switched_off_and_on() {
    let mut rendering = Rendering::new();
    rendering.add("box", &format!("nn~ {} forward 2048", path("counter")), 1, 2, "switch~ 64");
    rendering.send("box-block 1").pass(500.0);
    for message in ["box-block 0", "box-block 1"] {
        rendering.send(message).pass(300.0);
    }
    rendering.send("box stats").pass(10.0);
    assert_counts(&assert_repeats(&rendering, Player::Batch, "switch~"), "switch~");
}

#[test]
fn a_box_whose_blocks_change_their_length() {
    let rendering =
        counter("", "block~ 64", Player::Batch, &["box-block set 1024", "pass 400", "box-block set 64"]);
    assert_counts(&assert_repeats(&rendering, Player::Batch, "block~"), "block~");
}

#[test]
fn cloned_voices_on_one_input_end_alike() {
    let mut rendering = Rendering::new();
    let mut voice = Patch::new();
    let (source, made) =
        (voice.object("inlet~"), voice.object(&format!("nn~ -d {} forward 2048", path("counter"))));
    let (control, told) = (voice.object("r voices"), voice.object("print voice-\\$1"));
    let (start, writer) = (voice.object("r start"), voice.object("tabwrite~ sound-\\$1"));
    for (from, outlet, to) in
        [(source, 0, made), (control, 0, made), (made, 2, told), (start, 0, writer), (made, 0, writer)]
    {
        voice.connect(from, outlet, to, 0);
    }
    voice.write(&rendering.folder().join("voice.pd"));
    rendering.add_clones("voice", 2, "sound");
    rendering.pass(300.0).send("voices enable 1").pass(1000.0).send("voices stats").pass(10.0);
    let rendered = assert_repeats(&rendering, Player::Batch, "clone");
    assert!(rendered.sounds("sound-0"));
    assert!(rendered.sounds[0].1 == rendered.sounds[1].1, "the voices differ");
    let figures = ["voice-0: ", "voice-1: "].map(|voice| {
        let line = rendered.last(voice.trim_end_matches(": "), "stats");
        line.trim_start_matches(voice).to_owned()
    });
    assert_eq!(figures[0], figures[1]);
}

#[test]
fn boxes_that_draw_random_numbers_beside_each_other_repeat_after_a_seed() {
    let rendered = [1, 2].map(|seed| {
        let mut rendering = Rendering::new();
        for number in 0..3 {
            rendering.add(&format!("box{number}"), &format!("nn~ {} forward 1024", path("noise")), 1, 2, "");
            rendering.send(&format!("box{number} seed {}", if number == 2 { seed } else { 7 }));
        }
        rendering.pass(300.0).send("box1 bufsize 2048").pass(200.0).send("box2 reload").pass(200.0);
        rendering.send("box1 latency measure").pass(200.0).send("box0 method forward").pass(100.0);
        assert_repeats(&rendering, Player::Batch, "noise")
    });
    let sound = |of: usize, name: &str| {
        rendered[of].sounds.iter().find(|(found, _)| found == name).expect("recorded").1.clone()
    };
    assert!(rendered[0].sounds("box0.0"));
    // What a box draws is its own, whatever others draw.
    assert!(sound(0, "box0.0") == sound(1, "box0.0") && sound(0, "box1.0") == sound(1, "box1.0"));
    assert!(sound(0, "box2.0") != sound(1, "box2.0"));
}

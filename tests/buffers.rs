//! Models that work with some buffers only, in a patch: every sample, the words, and changes while it plays.

mod support;

use support::{model, patch::escaped, session::Player, stage::Stage};

fn boxed(name: &str, arguments: &str) -> String {
    format!("nn~ {} {arguments}", escaped(&model(&format!("sized/{name}")).display().to_string()))
}

#[test]
fn boxes_play_every_sample_with_the_buffer_that_works_and_say_so_once() {
    let mut stage = Stage::new();
    for (name, file, arguments) in [
        ("traced", "chunked", "forward 1024"),
        ("larger", "chunked", "forward 8192"),
        ("typed", "chunked", "free 1024"),
        ("least", "windowed", "silent 256"),
        ("most", "windowed", "short 4096"),
        ("second", "overlapping", "forward 512"),
        ("inline", "windowed", "silent 0"),
    ] {
        stage.part(name, &boxed(file, arguments), 1);
        stage.send(&format!("{name} wait 1"));
    }
    stage.pass(500);
    for name in ["traced", "larger", "typed", "least", "most", "second", "inline"] {
        stage.send(&format!("{name} bang"));
    }
    stage.pass(20);
    for player in [Player::PdBatch, Player::Host] {
        let played = stage.play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        assert!(played.errors.is_empty(), "{what}");
        for (name, buffer, latency, wanted) in [
            ("traced", 4096, 2 * 4096 - 64, Some("instead of 1024: forward does not work with 1024")),
            ("larger", 4096, 2 * 4096 - 64, Some("instead of 8192: forward does not work with 8192")),
            ("typed", 1024, 2 * 1024 - 64, None),
            ("least", 1024, 2 * 1024 - 64, Some("instead of 256: silent does not work with 256")),
            ("second", 1024, 2 * 1024 - 64, Some("instead of 512: forward does not work with 512")),
            ("most", 512, 2 * 512 - 64, Some("instead of 4096: short does not work with 4096")),
            (
                "inline",
                1024,
                1024 - 64,
                Some("in the audio callback: silent does not work with the host's block"),
            ),
        ] {
            played.assert_exact(name, latency, &what);
            assert_eq!(played.last(name, "bufsize"), Some(&*format!("bufsize {buffer}")), "{name} {what}");
            let told = played.last(name, "latency").unwrap_or_default();
            assert!(told.starts_with(&format!("latency {latency} ")), "{name}: {told} {what}");
            if let Some(wanted) = wanted {
                let line = format!("nn~: buffer of {buffer} samples {wanted}");
                assert_eq!(played.lines.iter().filter(|said| **said == line).count(), 1, "{line} {what}");
            }
        }
    }
}

#[test]
fn methods_and_models_that_need_another_buffer_come_while_the_old_plays() {
    let mut stage = Stage::new();
    stage.part("box", &boxed("chunked", "free 256"), 1);
    stage.send("box wait 1").pass(300).send("box method forward").pass(500).send("box method free").pass(300);
    stage.send("box reload").pass(300).send("box bufsize 0").pass(100).send("box method forward").pass(500);
    for player in [Player::PdBatch, Player::Host] {
        let played = stage.play(player);
        let what = format!("{player:?}: {:#?} {:#?}", played.lines, played.told);
        assert!(played.errors.is_empty(), "{what}");
        let sizes: Vec<_> = played.told["box"].iter().filter(|told| told.starts_with("bufsize ")).collect();
        assert_eq!(sizes, ["bufsize 4096", "bufsize 256", "bufsize 64", "bufsize 4096"], "{what}");
        assert!(played.sound("box").iter().all(|sample| sample.is_finite()), "{what}");
        // It sounds again after each of them, and at the end.
        assert!(played.sound("box").rchunks(400).take(3).all(|end| end.iter().any(|&s| s != 0.0)), "{what}");
    }
}

#[test]
fn an_array_that_a_method_needs_is_the_cure_that_is_named_and_brings_the_buffer() {
    let mut stage = Stage::new();
    stage.part("box", &boxed("needing", "forward 512"), 1);
    let mut table = support::patch::Patch::new();
    table.object("array define sound 4096");
    let fill = table.message(r"\; sound const 0.5");
    let begin = table.object("loadbang");
    table.connect(begin, 0, fill, 0);
    stage.subpatch("tables", table);
    stage.send("box wait 1").pass(200).send("box set buf sound").pass(800).send("box bang").pass(20);
    for player in [Player::PdBatch, Player::Host] {
        let played = stage.play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        let error = "there is nothing to play, if it needs that first, send set buf ARRAY: the box is silent while this lasts";
        assert_eq!((played.errors.len(), played.errors_with(error)), (1, 1), "{what}");
        assert_eq!(played.last("box", "bufsize"), Some("bufsize 2048"), "{what}");
        assert_eq!(played.sound("box").last(), Some(&0.5), "{what}");
    }
}

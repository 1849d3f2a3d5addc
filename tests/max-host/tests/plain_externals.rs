//! Externals in C that know nothing but Max's interface run in the host; what they do wrong is noticed.
#![cfg(target_os = "linux")]

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use max_host::{Atom, Format, Line, Max, Overdrive};

const FORMAT: Format = Format { rate_hz: 44_100.0, vector_frames: 64 };

/// Compiles an external, once.
fn compiled(name: &str) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = folder.path().join(name).with_extension("so");
    let compiled = Command::new("cc")
        .args([
            "-std=gnu11",
            "-fPIC",
            "-shared",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wno-cast-function-type",
        ])
        .arg("-I")
        .arg(here.join("c"))
        .arg(here.join("tests/externals").join(name).with_extension("c"))
        .arg("-o")
        .arg(&file)
        .status();
    assert!(compiled.expect("there is a C compiler").success(), "{name}");
    file
}

fn max_with(name: &str, class: &str) -> Max {
    let max = Max::start();
    if !max.has_class(class) {
        max.load(&compiled(name));
    }
    max
}

fn ramp(frames: usize) -> Vec<f64> {
    (1..=frames).map(|n| n as f64).collect()
}

#[test]
fn a_gain_plays_in_place_and_takes_numbers() {
    let max = max_with("level", "level~");
    let level = max.create("level~ 0.5");
    assert_eq!((max.signal_inlets(level), max.outlets(level)), (1, vec!["signal".to_owned()]));
    max.wire(level, 0, 1);
    max.audio_on(FORMAT);
    let half: Vec<f64> = ramp(640).iter().map(|s| s * 0.5).collect();
    assert_eq!(max.play(level, &[ramp(640)])[0], half);
    assert_eq!(max.play_in(level, &[ramp(640)], 640, &[64, 1, 37]), [half]);
    max.send(level, "2");
    assert_eq!(max.play(level, &[ramp(64)])[0][63], 128.0);
    max.send(level, "0.25");
    assert_eq!(max.play(level, &[ramp(64)])[0][63], 16.0);
    // Every audio class has this one.
    max.send(level, "enable 0");
    assert_eq!(max.play(level, &[ramp(64)])[0], vec![0.0; 64]);
    max.send(level, "fly");
    assert_eq!(max.errors(), ["level~: doesn't understand \"fly\""]);
}

#[test]
fn a_multichannel_external_follows_its_input_and_its_attributes() {
    let max = max_with("turn", "mc.turn~");
    let turn = max.create("mc.turn~ @steps 1");
    assert_eq!(max.outlets(turn), ["multichannelsignal", "int"]);
    assert_eq!(max.look("mc.turn~", "steps", "label").as_deref(), Some("Steps to turn"));
    for channels in [1, 3, 8] {
        max.wire(turn, 0, channels);
        max.audio_on(FORMAT);
        let input: Vec<Vec<f64>> = (0..channels).map(|c| vec![c as f64; 128]).collect();
        let mut turned = input.clone();
        turned.rotate_left(1 % channels);
        assert_eq!(max.play(turn, &input), turned);
    }
    max.send(turn, "bang");
    max.send(turn, "steps 5000");
    max.send(turn, "getsteps");
    assert_eq!(max.told(turn), ["int 8", "steps 1023"]);
    max.send(turn, "chans 2");
    max.rebuild();
    assert_eq!(max.play(turn, &vec![vec![0.0; 64]; 8]).len(), 2);
}

#[test]
fn an_external_with_a_thread_a_qelem_and_dictionaries_answers() {
    for overdrive in [Overdrive::Off, Overdrive::On] {
        let max = max_with("tally", "tally");
        max.overdrive(overdrive);
        let tally = max.create("tally result");
        max.dictionary("three", &[("a", vec![Atom::Int(1)]), ("b", vec![]), ("c", vec![Atom::Float(0.5)])]);
        max.send(tally, "dictionary three");
        max.until("an answer", |max| !max.told(tally).is_empty());
        assert_eq!(max.told(tally), ["dictionary result"]);
        max.send(tally, "more 1 two 3.5");
        assert_eq!(max.shown("result").as_deref(), Some("counted: 3, more: { atoms: 1 two 3.5 }"));
        max.send(tally, "dictionary nowhere");
        assert_eq!(max.console(), [Line::Error("no dictionary nowhere".into())]);
    }
}

/// What the host says of a naughty external.
fn breaches(what: &str) -> Vec<String> {
    let max = max_with("naughty", "naughty~");
    max.dictionary("kept", &[]);
    max.buffer("sound", 1, 44_100.0, vec![0.0; 10]);
    let naughty = max.create(&format!("naughty~ {what}"));
    max.audio_on(FORMAT);
    max.play(naughty, &[vec![0.0; 128]]);
    max.array("numbers", &[Atom::Int(1)]);
    max.send(naughty, "bang");
    max.write_buffer("sound", vec![1.0; 10]);
    max.delete(naughty);
    max.take_breaches()
}

#[test]
fn what_max_forbids_is_noticed() {
    for (what, breach) in [
        ("short", "output channel 0 was not written to its end"),
        ("long", "something was written behind a signal vector"),
        ("outlet", "an outlet is called on the Audio thread"),
        ("qelem", "qelem_set is called on the Audio thread"),
        ("gensym", "gensym is called on the Audio thread"),
        ("post", "the console is called on the Audio thread"),
        ("critical", "critical_enter is called on the Audio thread"),
        ("exit", "critical_exit without critical_enter"),
        ("gone", "critical_enter of a region that is freed"),
        ("twice", "sysmem_freeptr of memory that is not Max's, or was freed before"),
        ("late", "outlet_new after the object was made"),
        ("behind", "naughty~ wrote behind its memory"),
        ("order", "a clock is freed before z_dsp_free"),
        ("chain", "naughty~ is freed without z_dsp_free"),
        ("freed", "clock_fdelay of a clock that is freed"),
        ("release", "arrayobj_release without arrayobj_findregistered_retain"),
        ("stale", "an atom array that is none, or is freed"),
        ("closed", "a text editor that is closed"),
        ("encoding", "settext: latin-1 is no encoding of this host"),
        ("deaf", "naughty~ does not pass buffer_modified on to its reference"),
        ("touch", "object_attr_touch of nothing, which the object does not have"),
        ("usage", "fileusage_addfile without a file, a list that is being made, or with unknown flags"),
    ] {
        assert!(breaches(what).iter().any(|said| said == breach), "{what}: {:?}", breaches(what));
    }
    assert_eq!(breaches("clock"), Vec::<String>::new());
    assert_eq!(breaches("hears"), Vec::<String>::new());
    assert_eq!(breaches("nothing"), Vec::<String>::new());
}

#[test]
fn what_is_left_over_fails_the_test() {
    for (what, left) in [
        ("memory", "1 pieces of memory left over"),
        ("leak", "1 clocks left over"),
        ("list", "1 linked lists left over"),
        ("proxy", "1 proxies left over"),
        ("region", "1 critical regions held left over"),
        ("dictionary", "1 retained dictionaries left over"),
        ("buffer", "1 locked buffers left over"),
        ("array", "1 retained arrays left over"),
        ("clone", "1 atom arrays left over"),
        ("window", "1 windows left over"),
    ] {
        let failed = std::panic::catch_unwind(|| breaches(what)).expect_err(what);
        let said = failed.downcast_ref::<String>().expect("words");
        assert!(said.contains(left), "{what}: {said}");
    }
}

#[test]
#[cfg(feature = "count")]
fn calls_inside_the_callback_are_counted() {
    let max = max_with("naughty", "naughty~");
    for (what, kinds) in [("malloc", vec!["malloc", "free"]), ("nothing", vec![]), ("clock", vec![])] {
        let naughty = max.create(&format!("naughty~ {what}"));
        max.audio_on(FORMAT);
        max.calls_inside();
        max.play(naughty, &[vec![0.0; 640]]);
        let counted: Vec<_> = max.calls_inside().into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(counted, kinds, "{what}");
        max.delete(naughty);
    }
}

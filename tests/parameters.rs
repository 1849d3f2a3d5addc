//! Parameters of effects in real Pure Data: an inlet each, for numbers and for signals.

mod support;

use support::{
    deinterleave,
    host::Host,
    model,
    patch::{Patch, escaped},
    read_raw,
};

const STRETCH_TICKS: usize = 200;
const TICK_FRAMES: usize = 64;

#[test]
fn numbers_signals_and_messages_reach_a_parameter_and_the_last_one_counts() {
    let mut patch = Patch::new();
    let path = escaped(&model("any.nm").display().to_string());
    let sound = patch.object("sig~ 0.5");
    let control = patch.object("r control");
    let number = patch.object("r number");
    let level = patch.object("sig~ 0.125");
    let boxes = [(); 2].map(|()| patch.object(&format!("nn~ {path} forward 256")));
    for (channel, nn) in boxes.into_iter().enumerate() {
        patch.connect(sound, 0, nn, 0);
        patch.connect(control, 0, nn, 0);
        let dac = patch.object(&format!("dac~ {}", channel + 1));
        patch.connect(nn, 0, dac, 0);
    }
    patch.connect(number, 0, boxes[0], 1);
    // The second box has a signal at its parameter.
    patch.connect(level, 0, boxes[1], 1);
    let folder = tempfile::tempdir().expect("a folder");
    let (file, recording) = (folder.path().join("p.pd"), folder.path().join("out.raw"));
    patch.write(&file);

    let mut host = Host::new(0, 2);
    host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
    host.line(format!("output \"{}\"", recording.display()));
    let steps =
        ["", "message control set level 0.5", "message number float 0.25", "message control set p1 0.75"];
    for step in steps {
        if !step.is_empty() {
            host.line(step);
        }
        host.line(format!("run {STRETCH_TICKS}"));
    }
    let transcript = host.run();
    assert_eq!(transcript.errors(), Vec::<&str>::new());
    let heard = deinterleave(&read_raw(&recording), 2);
    let ends = |channel: usize| {
        let end = |stretch: usize| heard[channel][(stretch + 1) * STRETCH_TICKS * TICK_FRAMES - 1];
        (0..steps.len()).map(end).collect::<Vec<_>>()
    };
    assert_eq!(ends(0), [0.5, 0.25, 0.125, 0.375]);
    assert_eq!(ends(1), [0.0625; 4], "a signal counts more than what is set");
    assert!(heard.iter().flatten().all(|sample| sample.is_finite()));
}

#[test]
fn sound_is_not_repeated_into_the_parameters_of_a_multichannel_inlet() {
    let mut patch = Patch::new();
    let path = escaped(&model("any.nm").display().to_string());
    let (sound, control) = (patch.object("sig~ 0.5"), patch.object("r control"));
    let nn = patch.object(&format!("nn~ -m {path} forward 256"));
    let dac = patch.object("dac~ 1");
    for (from, to) in [(sound, nn), (control, nn), (nn, dac)] {
        patch.connect(from, 0, to, 0);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (file, recording) = (folder.path().join("p.pd"), folder.path().join("out.raw"));
    patch.write(&file);
    let mut host = Host::new(0, 1);
    host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
    host.line("message control set level 0.25");
    host.line(format!("output \"{}\"", recording.display())).line(format!("run {STRETCH_TICKS}"));
    assert_eq!(host.run().errors(), Vec::<&str>::new());
    assert_eq!(deinterleave(&read_raw(&recording), 1)[0].last(), Some(&0.125));
}

#[test]
fn a_number_at_a_parameter_counts_for_all_examples() {
    let mut patch = Patch::new();
    let path = escaped(&model("any.nm").display().to_string());
    let sounds = [0.5, -0.25].map(|level| patch.object(&format!("sig~ {level}")));
    let (pack, number, control) =
        (patch.object("snake~ in 2"), patch.object("r number"), patch.object("r control"));
    let nn = patch.object(&format!("mc.nn~ {path} forward 2 256"));
    let (unpack, dac) = (patch.object("snake~ out 2"), patch.object("dac~ 1 2"));
    for (channel, sound) in sounds.into_iter().enumerate() {
        patch.connect(sound, 0, pack, channel);
        patch.connect(unpack, channel, dac, channel);
    }
    for (from, to, inlet) in [(pack, nn, 0), (number, nn, 1), (control, nn, 0), (nn, unpack, 0)] {
        patch.connect(from, 0, to, inlet);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (file, recording) = (folder.path().join("p.pd"), folder.path().join("out.raw"));
    patch.write(&file);
    let mut host = Host::new(0, 2);
    host.line(format!("open \"{}\"", file.display())).line("message control wait 1").line("dsp 1");
    host.line(format!("output \"{}\"", recording.display()));
    for step in ["message number float 0.5", "message number float 0.25", "message control set level 1"] {
        host.line(step).line(format!("run {STRETCH_TICKS}"));
    }
    let transcript = host.run();
    assert_eq!(transcript.errors(), Vec::<&str>::new());
    let heard = deinterleave(&read_raw(&recording), 2);
    let ends = |channel: usize| {
        let end = |stretch: usize| heard[channel][(stretch + 1) * STRETCH_TICKS * TICK_FRAMES - 1];
        (0..3).map(end).collect::<Vec<_>>()
    };
    assert_eq!((ends(0), ends(1)), (vec![0.25, 0.125, 0.5], vec![-0.125, -0.0625, -0.25]));
}

//! Boxes that play scripts in Python, in the Python of this machine.
#![cfg(unix)]

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use nn_core::{
    formats::FORMATS,
    layout::BoxKind,
    message::{Event, text, typed},
    object::HostFormat,
    offline::{HostMode, Player, host_context},
};

const PATIENCE: Duration = Duration::from_secs(60);
const BLOCK_FRAMES: usize = 64;

struct Script {
    folder: tempfile::TempDir,
}

impl Script {
    fn new(text: &str) -> Self {
        let script = Self { folder: tempfile::tempdir().expect("a folder") };
        script.save(text);
        script
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("effect.py")
    }

    fn save(&self, text: &str) {
        std::fs::write(self.path(), text).expect("written");
    }

    fn player(&self, kind: BoxKind, arguments: &str) -> Player {
        let context = host_context(Arc::new(FORMATS), HostMode::Offline);
        let host = HostFormat { sample_rate_hz: 48_000.0, block_frames: BLOCK_FRAMES };
        let folder = self.folder.path().to_owned();
        let find = move |name: &str| Some(folder.join(Path::new(name))).filter(|path| path.is_file());
        Player::new(kind, context, host, &typed(arguments), find)
    }

    fn ready(&self, kind: BoxKind, arguments: &str) -> Player {
        let mut player = self.player(kind, arguments);
        player.until_ready(PATIENCE).unwrap_or_else(|error| panic!("{error}"));
        player
    }
}

fn said(player: &mut Player, is: fn(&Event) -> Option<&String>) -> Vec<String> {
    player.poll();
    player.take_events().iter().filter_map(is).cloned().collect()
}

fn errors(player: &mut Player) -> Vec<String> {
    said(player, |event| if let Event::Error(line) = event { Some(line) } else { None })
}

/// What `get` answers, which the model does.
fn value(player: &mut Player, name: &str) -> f64 {
    player.send("get", &typed(name));
    let mut told = None;
    let waited = player.until(PATIENCE, |player| {
        for event in player.take_events() {
            if let Event::Info { selector, atoms } = event
                && selector == name
            {
                told = atoms[0].number();
            }
        }
        told.is_some()
    });
    waited.unwrap_or_else(|error| panic!("{error}"));
    told.expect("a number")
}

/// The last sample of each outlet after so many buffers of a constant.
fn heard(player: &mut Player, input: f32, inlets: usize) -> Vec<f32> {
    let outputs = player.play(&vec![vec![input; BLOCK_FRAMES * 40]; inlets]);
    player.poll();
    outputs.iter().map(|lane| *lane.last().expect("sound")).collect()
}

#[test]
fn a_script_is_a_box_with_inlets_outlets_methods_and_values() {
    let script = Script::new(
        "inlets, outlets = 2, 1
gain = 0.5
def process(midi, audio):
    return midi, [[gain * (l + r) for l, r in zip(*audio)]]
def difference(midi, audio):
    return [[gain * (l - r) for l, r in zip(*audio)]]
",
    );
    let mut player = script.ready(BoxKind::Nn, "effect.py process 128");
    assert_eq!((player.object.inlets(), player.object.outlets()), (2, 1));
    assert_eq!(heard(&mut player, 0.5, 2), [0.5]);
    player.send("set", &typed("gain 0.25"));
    assert_eq!(heard(&mut player, 0.5, 2), [0.25]);
    assert_eq!(value(&mut player, "gain"), 0.25);
    player.send("method", &typed("difference"));
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut player, 0.5, 2), [0.0]);
    assert_eq!(errors(&mut player), [""; 0]);
    // Without a method, the first; its whole name is needed.
    let mut player = script.ready(BoxKind::Nn, "effect.py 128");
    assert_eq!(heard(&mut player, 0.5, 2), [0.25], "the value is of the script, not of the box");
    assert_eq!(script.player(BoxKind::Nn, "effect").object.inlets(), 1);
}

#[test]
fn an_error_is_one_line_and_silence_until_the_script_is_mended() {
    let script = Script::new("def process(midi, audio):\n    return audio[1]\n");
    let mut player = script.ready(BoxKind::Nn, "effect.py process 64");
    assert_eq!(heard(&mut player, 0.5, 1), [0.0]);
    let lines = errors(&mut player);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("effect.py line 2: IndexError: list index out of range"), "{lines:?}");
    script.save("def process(midi, audio):\n    return audio\n");
    player.send("reload", &[]);
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut player, 0.5, 1), [0.5]);
    // What cannot be loaded leaves the old one playing.
    script.save("def process(midi, audio):\n    return audio +\n");
    player.send("reload", &[]);
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut player, 0.5, 1), [0.5]);
    let lines = errors(&mut player);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("effect.py line 2: SyntaxError"), "{lines:?}");
}

#[test]
fn each_example_has_an_effect_of_its_own_and_reset_makes_new_ones() {
    let script = Script::new(
        "class Effect:
    def __init__(self):
        self.sum = 0.0
    def process(self, midi, audio):
        self.sum += audio[0][0]
        return [[self.sum] * len(audio[0])]
",
    );
    let mut player = script.ready(BoxKind::Mcs, "effect.py process 2 64");
    let frames = BLOCK_FRAMES * 10;
    let outputs = player.play(&[vec![1.0; frames], vec![0.0; frames]]);
    assert!(*outputs[0].last().expect("sound") >= 7.0 && *outputs[1].last().expect("sound") == 0.0);
    player.send("reset", &[]);
    player.until_ready(PATIENCE).expect("ready");
    let outputs = player.play(&[vec![0.0; frames], vec![0.0; frames]]);
    assert_eq!(outputs[0].last(), Some(&0.0));
}

#[test]
fn nothing_is_tried_out_beforehand_with_functions_whose_globals_are_everybodys() {
    let script = Script::new(
        "runs = 0
def process(midi, audio):
    global runs
    runs += 1
    return [[float(runs)] * len(audio[0])]
",
    );
    let mut player = script.ready(BoxKind::Nn, "effect.py process 64");
    let latency = player.ask("latency", &[]).expect("an answer")[0].number().expect("samples") as usize;
    let heard = player.play(&[vec![0.0; BLOCK_FRAMES * 10]]).remove(0);
    assert_eq!(heard[latency + BLOCK_FRAMES - 1], 1.0, "the first buffer is the first run");
}

/// Events of the information outlet with this selector, as texts.
fn told(player: &mut Player, wanted: &str) -> Vec<String> {
    player.poll();
    let events = player.take_events();
    let of = |event: &Event| match event {
        Event::Info { selector, atoms } if selector == wanted => Some(text(atoms)),
        _ => None,
    };
    events.iter().filter_map(of).collect()
}

#[test]
fn messages_of_midi_reach_a_script_with_their_times_and_come_back() {
    let script = Script::new(
        "import nn
inlets = 0
def process(midi, audio):
    sound = [0.0] * nn.getBlockSize()
    for message in midi:
        if message.type == 'note_on':
            sound[message.time] = message.note / 100
    answer = [nn.MidiMessage('control_change', 7, m.note, m.channel, m.time) for m in midi if m.type == 'note_on']
    return answer + [m for m in midi if m.type in ('channel_pressure', 'sysex', 'pitch_wheel_change')], [sound]
",
    );
    let mut player = script.ready(BoxKind::Nn, "effect.py process 256");
    let latency = player.ask("latency", &[]).expect("an answer")[0].number().expect("samples") as usize;
    player.play(&[vec![0.0; BLOCK_FRAMES]]);
    for message in ["midi 145 60 100", "midi 209 33", "midi 240 1 2", "midi 247 224 5", "midi 64"] {
        let (selector, rest) = message.split_once(' ').expect("bytes");
        player.send(selector, &typed(rest));
    }
    let heard = player.play(&[vec![0.0; BLOCK_FRAMES * 40]]).remove(0);
    let struck: Vec<_> = heard.iter().enumerate().filter(|(_, sample)| **sample != 0.0).collect();
    // One block was played before: the message is at its beginning of the second.
    assert_eq!(struck, [(latency, &0.6)]);
    assert_eq!(told(&mut player, "midi"), ["177 7 60", "209 33", "240 1 2 247", "224 5 64"]);
}

#[test]
fn boxes_share_what_scripts_share_and_one_of_its_own_does_not() {
    let script = Script::new(
        "import nn, os
def process(midi, audio):
    nn.shared.level = audio[0][0]
    return audio
def ask(midi, audio):
    return [[getattr(nn.shared, 'level', -1.0)] * len(audio[0])]
def who(midi, audio):
    return [[float(os.getpid())] * len(audio[0])]
",
    );
    let mut writer = script.ready(BoxKind::Nn, "effect.py process 64");
    let mut reader = script.ready(BoxKind::Nn, "effect.py ask 64");
    heard(&mut writer, 0.25, 1);
    assert_eq!(heard(&mut reader, 0.0, 1), [0.25]);
    reader.send("own", &typed("1"));
    reader.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut reader, 0.0, 1), [-1.0], "another process");
    reader.send("own", &typed("0"));
    reader.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut reader, 0.0, 1), [0.25]);
    // All copies of one box are in its process.
    let mut multi = script.ready(BoxKind::Mcs, "effect.py who 2 64");
    multi.send("own", &typed("1"));
    multi.until_ready(PATIENCE).expect("ready");
    let [first, second] = heard(&mut multi, 0.0, 2)[..] else { panic!("two outlets") };
    assert!(first == second && first > 1.0, "{first} {second}");
}

#[test]
fn a_script_that_is_saved_is_loaded_again_with_watch() {
    let script =
        Script::new("gain = 0.5\ndef process(midi, audio):\n    return [[gain * s for s in audio[0]]]\n");
    let mut player = script.ready(BoxKind::Nn, "effect.py process 64");
    player.send("watch", &typed("1"));
    player.send("set", &typed("gain 0.25"));
    assert_eq!(heard(&mut player, 0.5, 1), [0.125]);
    let until = |player: &mut Player, level: f32| {
        let begin = std::time::Instant::now();
        while heard(player, 0.5, 1) != [level] {
            assert!(begin.elapsed() < PATIENCE, "{level} does not come: {:?}", errors(player));
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    // The value that was set stays.
    script.save("gain = 0.5\ndef process(midi, audio):\n    return [[-gain * s for s in audio[0]]]\n");
    until(&mut player, -0.125);
    // With an error the one that plays goes on, and the mended one comes.
    errors(&mut player);
    script.save("gain = 0.5\ndef process(midi, audio):\n    return [[gain * s for s in audio[0]]\n");
    let mut said = Vec::new();
    let begin = std::time::Instant::now();
    while said.is_empty() {
        assert!(begin.elapsed() < PATIENCE);
        assert_eq!(heard(&mut player, 0.5, 1), [-0.125]);
        said = errors(&mut player);
    }
    assert!(said.len() == 1 && said[0].contains("effect.py line 3: SyntaxError"), "{said:?}");
    script.save("gain = 0.5\ndef process(midi, audio):\n    return [[2 * gain * s for s in audio[0]]]\n");
    until(&mut player, 0.25);
    player.send("watch", &typed("0"));
    script.save("gain = 0.5\ndef process(midi, audio):\n    return [[0.0 for s in audio[0]]]\n");
    for _ in 0..40 {
        assert_eq!(heard(&mut player, 0.5, 1), [0.25]);
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_python_of_a_box_is_chosen_and_told() {
    let script = Script::new(
        "import sys\ndef process(midi, audio):\n    return [[float(sys.flags.no_user_site)] * len(audio[0])]\n",
    );
    // An interpreter of its own, which can be told from the usual one.
    let other = script.folder.path().join("other/bin");
    std::fs::create_dir_all(&other).expect("a folder");
    let interpreter = other.join("python3");
    std::fs::write(&interpreter, "#!/bin/sh\nexec python3 -s \"$@\"\n").expect("written");
    std::fs::set_permissions(&interpreter, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    let mut player = script.ready(BoxKind::Nn, "effect.py process 64");
    assert_eq!(heard(&mut player, 0.0, 1), [0.0]);
    player.send("bang", &[]);
    let usual = told(&mut player, "python");
    assert!(usual.len() == 1 && usual[0].contains(" 3."), "{usual:?}");
    player.send("python", &typed("other"));
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut player, 0.0, 1), [1.0], "its folder beside the patch");
    player.send("python", &typed("/nowhere/python3"));
    player.until_ready(PATIENCE).expect("ready");
    let lines = errors(&mut player);
    assert!(lines.len() == 1 && lines[0].contains("/nowhere/python3 cannot be started"), "{lines:?}");
    assert_eq!(heard(&mut player, 0.0, 1), [1.0], "the one that plays goes on");
    player.send("python", &typed("auto"));
    player.until_ready(PATIENCE).expect("ready");
    assert_eq!(heard(&mut player, 0.0, 1), [0.0]);
    // An environment beside the patch is found without being asked for.
    std::fs::rename(script.folder.path().join("other"), script.folder.path().join("venv")).expect("moved");
    let mut player = script.ready(BoxKind::Nn, "effect.py process 64");
    assert_eq!(heard(&mut player, 0.0, 1), [1.0]);
}

#[test]
fn functions_have_ratios_and_a_script_without_inputs_makes_sound_of_nothing() {
    let script = Script::new(
        "import nn
level_params = [1, 1, 2, 64]
count_params = [0, 1, 1, 1]
half_params = [1, 32, 1, 32]
runs = 0
def level(midi, audio):
    values = len(audio[0]) // 64
    return [[max(audio[0])] * values, [min(audio[0])] * values]
def count(midi, audio):
    global runs
    runs += 1
    return [[float(runs)] * nn.getBlockSize()]
def half(midi, audio):
    return [[0.5 * value for value in audio[0]]]
",
    );
    let mut player = script.ready(BoxKind::Nn, "effect.py level 256");
    assert_eq!((player.object.inlets(), player.object.outlets()), (1, 2));
    assert_eq!(heard(&mut player, 0.5, 1), [0.5, 0.5]);
    let mut player = script.ready(BoxKind::Nn, "effect.py half 256");
    assert_eq!(heard(&mut player, 0.5, 1), [0.25]);
    let mut player = script.ready(BoxKind::Nn, "effect.py count 256");
    assert_eq!(player.object.outlets(), 1);
    let [last] = heard(&mut player, 0.0, 1)[..] else { panic!("an outlet") };
    assert!(last >= 8.0, "{last}");
    assert_eq!(errors(&mut player), [""; 0]);
}

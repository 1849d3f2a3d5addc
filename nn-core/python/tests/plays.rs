//! Scripts in the Python of this machine, called as a box calls a model.
#![cfg(unix)]

mod stand;

use std::time::{Duration, Instant};

use nn_model::{Format, Model, Runtime, value::Value};
use nn_python::{PythonRuntime, PythonScript};
use stand::{Script, alone, run};

#[test]
fn a_function_hears_lists_and_its_values_are_set_and_asked() {
    let _alone = alone();
    let script = Script::new(
        "gain = 0.5
name = 'a'
def process(midi, audio):
    return midi, [[gain * s for s in c] for c in audio]
",
    );
    let mut model = script.loaded();
    assert_eq!(run(&mut *model, &[&[1.0, 2.0, -4.0]]), Ok(vec![vec![0.5, 1.0, -2.0]]));
    model.set(0, &[Value::Float(2.0)]).expect("a number");
    assert_eq!(run(&mut *model, &[&[1.0, 2.0]]), Ok(vec![vec![2.0, 4.0]]), "and another length");
    assert_eq!(model.get(0).expect("a number"), [Value::Float(2.0)]);
    assert_eq!(model.get(1).expect("a text"), [Value::String("a".into())]);
    // One process, one module: another copy has the same globals.
    let mut other = script.loaded();
    assert_eq!(run(&mut *other, &[&[1.0]]), Ok(vec![vec![2.0]]));
}

#[test]
fn an_effect_has_a_state_for_each_copy() {
    let _alone = alone();
    let script = Script::new(
        "class Effect:
    def __init__(self):
        self.n = 0
    def process(self, midi, audio):
        self.n += 1
        return [[s * self.n for s in c] for c in audio]
",
    );
    let mut model = script.loaded();
    let mut fork = model.fork().expect("a copy");
    for n in 1..4 {
        assert_eq!(run(&mut *model, &[&[1.0]]), Ok(vec![vec![n as f32]]));
    }
    assert_eq!(run(&mut *fork, &[&[1.0]]), Ok(vec![vec![1.0]]));
    assert!(!model.runs_leave_traces());
}

#[test]
fn what_a_script_does_wrong_is_one_line_with_its_line_and_the_next_run_plays() {
    let _alone = alone();
    for (body, words) in [
        ("1 / 0", "effect.py line 5: ZeroDivisionError: division by zero"),
        ("raise ValueError('one\\ntwo')", "effect.py line 5: ValueError: one"),
        ("sys.exit(3)", "effect.py line 5: SystemExit: 3"),
        // Not to be taken for the end of the connection.
        ("open('/nowhere/at all')", "effect.py line 5: FileNotFoundError: [Errno 2]"),
        ("raise BrokenPipeError('gone')", "effect.py line 5: BrokenPipeError: gone"),
        ("raise KeyboardInterrupt", "effect.py line 5: KeyboardInterrupt"),
        ("raise MemoryError()", "effect.py line 5: MemoryError"),
        ("return midi, [[1.0]]", "process answered (1, 1) instead of (1, 2)"),
        ("return 'text'", "process answered"),
        ("return midi, [['a', 'b']]", "process answered something else than numbers"),
        ("return midi, audio[0][:1]", "process answered (1,) instead of (1, 2)"),
    ] {
        let text = format!(
            "import sys
bad = True
def process(midi, audio):
    if bad:
        {body}
    return audio
"
        );
        let script = Script::new(&text);
        let mut model = script.loaded();
        let error = run(&mut *model, &[&[1.0, 2.0]]).expect_err(body);
        assert!(error.contains(words) && !error.contains('\n'), "{body}: {error}");
        model.set(0, &[Value::Bool(false)]).expect("a truth");
        assert_eq!(run(&mut *model, &[&[1.0, 2.0]]), Ok(vec![vec![1.0, 2.0]]), "{body}");
    }
}

#[test]
fn a_script_that_cannot_be_loaded_says_why_in_one_line() {
    let _alone = alone();
    for (text, words) in [
        ("def proces(midi, sound): pass\n", "no method"),
        ("def process(midi, audio): pass\nopen('/nowhere/at all')\n", "effect.py line 2: FileNotFoundError"),
        ("import nothing_there\ndef process(midi, audio): pass\n", "effect.py line 1: ModuleNotFoundError"),
        ("def process(midi, audio): pass\nx = 1 +\n", "effect.py line 2: SyntaxError"),
        ("def process(midi, audio): pass\nimport os\nos._exit(7)\n", "exit code 7"),
    ] {
        let script = Script::new(text);
        let error = PythonRuntime.load(&script.location()).map(drop).expect_err(text).to_string();
        assert!(error.contains(words) && !error.contains('\n'), "{text}: {error}");
    }
}

#[test]
fn a_load_is_not_lost_with_a_process_that_another_script_ends() {
    let _alone = alone();
    let deadly = Script::new("import os\ndef process(midi, audio):\n    os._exit(1)\n");
    let slow = Script::new("import time\ntime.sleep(1)\ndef process(midi, audio):\n    return audio\n");
    let mut model = deadly.loaded();
    let loading = std::thread::spawn(move || {
        let mut model = slow.loaded();
        run(&mut *model, &[&[1.0, 2.0]])
    });
    std::thread::sleep(Duration::from_millis(300));
    run(&mut *model, &[&[1.0]]).expect_err("it dies");
    assert_eq!(loading.join().expect("a thread"), Ok(vec![vec![1.0, 2.0]]));
}

/// Runs until the sound is there, and says how long that took.
fn until_sound(model: &mut dyn Model) -> Duration {
    let begin = Instant::now();
    while run(model, &[&[1.0, 2.0]]) != Ok(vec![vec![1.0, 2.0]]) {
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", run(model, &[&[1.0, 2.0]]));
        std::thread::sleep(Duration::from_millis(5));
    }
    begin.elapsed()
}

#[test]
fn a_process_that_dies_is_told_and_starts_again() {
    let _alone = alone();
    for (death, words) in [
        ("os._exit(5)", "exit code 5"),
        ("os.kill(os.getpid(), 9)", "ended"),
        ("import ctypes; ctypes.string_at(0)", "memory that is not its own"),
        ("os.abort()", "gave up"),
    ] {
        // The second process finds the mark that the first one left.
        let text = format!(
            "import os
mark = __file__ + '.mark'
def process(midi, audio):
    if not os.path.exists(mark):
        open(mark, 'w').close()
        {death}
    return audio
"
        );
        let script = Script::new(&text);
        let mut model = script.loaded();
        let error = run(&mut *model, &[&[1.0, 2.0]]).expect_err(death);
        assert!(error.contains(words) && error.contains("it starts again"), "{death}: {error}");
        let took = until_sound(&mut *model);
        println!("{death}: {took:?}");
    }
}

#[test]
fn a_script_that_dies_again_and_again_is_left_alone_until_it_is_loaded_anew() {
    let _alone = alone();
    let script = Script::new("import os\ndef process(midi, audio):\n    os._exit(1)\n");
    let mut model = script.loaded();
    let begin = Instant::now();
    loop {
        let error = run(&mut *model, &[&[1.0]]).expect_err("it dies");
        if error.contains("has ended 3 times") {
            assert!(error.contains("send reload"), "{error}");
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "{error}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_script_that_hangs_is_ended_and_the_next_process_plays() {
    let _alone = alone();
    // In Python, and in a C function that keeps all of Python waiting.
    for hang in ["while True: pass", "ctypes.PyDLL(None).sleep(600)"] {
        let script = Script::new(&format!(
            "import ctypes, os
mark = __file__ + '.mark'
runs = 0
def process(midi, audio):
    global runs
    runs += 1
    if runs == 2 and not os.path.exists(mark):
        open(mark, 'w').close()
        {hang}
    return audio
"
        ));
        let mut model = script.loaded();
        // A box with another script in the same process, which loses it too.
        let other = Script::new("def process(midi, audio):\n    return audio\n");
        let mut bystander = other.loaded();
        assert_eq!(run(&mut *bystander, &[&[1.0, 2.0]]), Ok(vec![vec![1.0, 2.0]]));
        assert_eq!(run(&mut *model, &[&[1.0, 2.0]]), Ok(vec![vec![1.0, 2.0]]));
        let begin = Instant::now();
        let error = run(&mut *model, &[&[1.0, 2.0]]).expect_err("it hangs");
        assert!(error.contains("took longer than 2 s"), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(5));
        println!("{hang}: sound again after {:?}", until_sound(&mut *model));
        let error = run(&mut *bystander, &[&[1.0, 2.0]]).expect_err("its process has gone");
        assert!(error.contains("took longer than 2 s"), "told why: {error}");
        until_sound(&mut *bystander);
    }
}

#[test]
fn a_script_that_reads_what_is_typed_finds_nothing() {
    let _alone = alone();
    let script = Script::new(
        "import sys
def process(midi, audio):
    return [[float(len(sys.stdin.read()))] * len(audio[0])]
",
    );
    assert_eq!(run(&mut *script.loaded(), &[&[1.0]]), Ok(vec![vec![0.0]]));
}

#[test]
fn what_scripts_print_is_told_with_a_count() {
    let _alone = alone();
    let script = Script::new(
        "def process(midi, audio):
    for n in range(30): print('line', n)
    return audio
",
    );
    let mut model = script.loaded();
    run(&mut *model, &[&[1.0]]).expect("a run");
    let begin = Instant::now();
    let mut printed = None;
    while printed.is_none() {
        assert!(begin.elapsed() < Duration::from_secs(5));
        std::thread::sleep(Duration::from_millis(50));
        printed = PythonRuntime.take_printed();
    }
    let printed = printed.expect("lines");
    assert_eq!((printed.text.as_str(), printed.count), ("line 0", 1));
    let more: Vec<_> = std::iter::from_fn(|| PythonRuntime.take_printed()).map(|said| said.text).collect();
    assert_eq!(more, (1..20).map(|n| format!("line {n}")).collect::<Vec<_>>(), "20 in a second");
    // The others are counted with the next line.
    std::thread::sleep(Duration::from_millis(1100));
    run(&mut *model, &[&[1.0]]).expect("a run");
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(PythonRuntime.take_printed().expect("a line").text, "(10 lines more)");
}

#[test]
fn a_script_is_read_without_running_it_and_never_downloaded() {
    let _alone = alone();
    let script = Script::new("raise SystemExit\ninlets = 2\ndef process(midi, audio): pass\n");
    let spec = PythonScript.describe(&script.location()).expect("a description");
    assert_eq!(spec.methods[0].in_channels, 2);
    assert!(PythonScript.is_program() && PythonScript.verify(&script.path).is_err());
}

#[test]
fn pyphonics_functions_answer() {
    let _alone = alone();
    let script = Script::new(
        "import pyphonic
from pyphonic import MidiMessage, getSampleRate
inlets = outlets = 1
def process(midi, audio):
    stats = pyphonic.getSignalStats()
    playing = float(pyphonic.getTransport()['is_playing'])
    return [MidiMessage('note_on', 60, 100, 0)], [[getSampleRate(), pyphonic.getBPM(), stats['max'], playing]]
",
    );
    let mut model = script.loaded();
    model.set_sample_rate(48_000).expect("a rate");
    assert_eq!(run(&mut *model, &[&[0.0, 0.25, -1.0, 0.0]]), Ok(vec![vec![48_000.0, 120.0, 0.25, 0.0]]));
}

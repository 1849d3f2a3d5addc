//! Scripts on Windows, in the Python that `NN_PYTHON` names.
#![cfg(windows)]

mod stand;

use std::time::{Duration, Instant};

use nn_model::{Runtime, value::Value};
use nn_python::{Interpreter, PythonRuntime};
use stand::{Script, alone, run};

/// Whether there is one; says so where there is none.
fn has_python() -> bool {
    let has = std::env::var_os("NN_PYTHON").is_some();
    if !has {
        println!("not run: NN_PYTHON names no Python for Windows");
    }
    has
}

#[test]
fn a_script_plays_with_values_midi_and_copies_of_its_effect() {
    if !has_python() {
        return;
    }
    let _alone = alone();
    println!("{}", Interpreter::usual().expect("a Python").in_words());
    let script = Script::new(
        "import nn
class Effect:
    gain = 0.5
    def __init__(self):
        self.runs = 0
    def process(self, midi, audio):
        self.runs += 1
        return [nn.MidiMessage('note_on', 60, self.runs)], [[self.gain * s * self.runs for s in c] for c in audio]
",
    );
    let mut model = script.loaded();
    let mut fork = model.fork().expect("a copy");
    assert_eq!(run(&mut *model, &[&[1.0, -2.0]]), Ok(vec![vec![0.5, -1.0]]));
    assert_eq!(run(&mut *model, &[&[1.0, -2.0, 4.0]]), Ok(vec![vec![1.0, -2.0, 4.0]]), "another length");
    assert_eq!(run(&mut *fork, &[&[1.0]]), Ok(vec![vec![0.5]]));
    model.set(0, &[Value::Float(2.0)]).expect("a number");
    assert_eq!(model.get(0).expect("a number"), [Value::Float(2.0)]);
    assert_eq!(run(&mut *model, &[&[1.0]]), Ok(vec![vec![6.0]]));
    let mut answered = Vec::new();
    model.read_midi(&mut answered).expect("messages");
    assert_eq!(answered[0].bytes, [144, 60, 3]);
    let long = vec![0.25; 40_000];
    assert_eq!(run(&mut *model, &[&long]), Ok(vec![vec![2.0; 40_000]]), "longer than a pipe holds");
    let begin = Instant::now();
    for _ in 0..200 {
        run(&mut *model, &[&long[..512]]).expect("a run");
    }
    println!("a buffer of 512 there and back: {:?}", begin.elapsed() / 200);
}

#[test]
fn errors_deaths_and_hangs_are_told_and_the_next_process_plays() {
    if !has_python() {
        return;
    }
    let _alone = alone();
    for (body, words) in [
        ("1 / 0", "effect.py line 7: ZeroDivisionError"),
        ("import sys; sys.exit(3)", "effect.py line 7: SystemExit: 3"),
        ("os._exit(5)", "exit code 5"),
        ("import ctypes; ctypes.string_at(0)", ""),
        ("exec('while True: pass')", "took longer than 2 s"),
    ] {
        let script = Script::new(&format!(
            "import os
mark = __file__ + '.mark'
runs = 0
def process(midi, audio):
    global runs; runs += 1
    if runs == 2 and not os.path.exists(mark):
        open(mark, 'w').close(); {body}
    return audio
"
        ));
        let mut model = script.loaded();
        assert_eq!(run(&mut *model, &[&[1.0, 2.0]]), Ok(vec![vec![1.0, 2.0]]), "{body}");
        let error = run(&mut *model, &[&[1.0, 2.0]]).expect_err(body);
        println!("{body}: {error}");
        assert!(error.contains(words) && !error.contains('\n'), "{body}: {error}");
        let begin = Instant::now();
        while run(&mut *model, &[&[1.0, 2.0]]) != Ok(vec![vec![1.0, 2.0]]) {
            assert!(begin.elapsed() < Duration::from_secs(30), "{body}");
            std::thread::sleep(Duration::from_millis(5));
        }
        println!("sound again after {:?}", begin.elapsed());
    }
}

#[test]
fn what_is_no_python_is_a_line() {
    let _alone = alone();
    let script = Script::new("def process(midi, audio):\n    return audio\n");
    let how = nn_model::RunAs { interpreter: Some("nowhere.exe".into()), ..nn_model::RunAs::default() };
    let error = PythonRuntime.load(&script.location().run_as(how)).map(drop).expect_err("nothing there");
    assert!(error.to_string().contains("nowhere.exe cannot be started"), "{error}");
}

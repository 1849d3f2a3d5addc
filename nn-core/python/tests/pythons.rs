//! Scripts in one Python and another, and what they may bring along.
#![cfg(unix)]

mod stand;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use nn_model::{RunAs, Runtime};
use nn_python::PythonRuntime;
use stand::{Script, alone, run};

#[test]
fn a_python_without_numpy_says_what_to_run() {
    let _alone = alone();
    for (form, package) in [("npy", "numpy"), ("numpy", "numpy"), ("torch", "torch")] {
        let script = Script::new(&format!("def process_{form}(midi, audio):\n    return audio\n"));
        // Without the packages of its folder.
        let error = script.in_python("python3 -S").map(drop).expect_err(form);
        assert!(
            error.contains(&format!("-m pip install {package}")) && !error.contains('\n'),
            "{form}: {error}"
        );
    }
}

#[test]
fn what_is_no_python_is_a_line() {
    let _alone = alone();
    let script = Script::new("def process(midi, audio):\n    return audio\n");
    for (words, expected) in [
        ("echo 'no Python' >&2; exit 3; :", "does not run scripts: no Python"),
        ("false", "exit code 1"),
        ("/nowhere/python3", "does not run scripts"),
    ] {
        let error = script.in_python(words).map(drop).expect_err(words);
        assert!(error.contains(expected) && !error.contains('\n'), "{words}: {error}");
    }
}

/// All of 3.9 to 3.14 that this machine has.
#[test]
fn every_python_of_this_machine_plays() {
    let _alone = alone();
    let script = Script::new(
        "import nn
gain = 0.5
def process(midi, audio):
    return [nn.MidiMessage('note_on', 60, 100)], [[gain * s for s in c] for c in audio]
",
    );
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let installed = std::fs::read_dir(home.join(".pyenv/versions")).into_iter().flatten().flatten();
    let installed = installed.map(|entry| entry.path().join("bin/python3").display().to_string());
    let named = (9..15).map(|minor| format!("python3.{minor}"));
    let mut played = Vec::new();
    for python in installed.chain(named).chain(["python3".to_owned()]) {
        let asked = std::process::Command::new(&python)
            .args(["-c", "import sys; sys.exit(not sys.version_info >= (3, 9)); print()"])
            .stderr(std::process::Stdio::null())
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            continue;
        }
        let mut model = script.in_python(&python).unwrap_or_else(|error| panic!("{python}: {error}"));
        assert_eq!(run(&mut *model, &[&[1.0, -1.0]]), Ok(vec![vec![0.5, -0.5]]), "{python}");
        let mut answered = Vec::new();
        model.read_midi(&mut answered).expect("messages");
        assert_eq!(answered[0].bytes, [144, 60, 100], "{python}");
        played.push(python);
    }
    println!("{played:?}");
    assert!(!played.is_empty());
}

#[test]
fn scripts_may_start_threads_processes_and_loops_and_what_they_started_ends_with_them() {
    let _alone = alone();
    let script = Script::new(
        "import asyncio, multiprocessing, os, subprocess, threading, time
beats = 0
child = 0
def beat():
    global beats
    while True:
        beats += 1
        time.sleep(0.001)
threading.Thread(target=beat, daemon=True).start()
def double(number):
    return 2 * number
async def answer(number):
    await asyncio.sleep(0.001)
    return number
pool = multiprocessing.Pool(1)
def process(midi, audio):
    global child
    sleeper = subprocess.Popen(['sleep', '600'])
    child = sleeper.pid
    doubled = pool.apply(double, (audio[0][0],))
    waited = asyncio.run(answer(audio[0][1]))
    return [[doubled, waited, float(beats > 0), float(child)]]
",
    );
    let mut model = script.loaded();
    let heard = run(&mut *model, &[&[1.0, 0.25, 0.0, 0.0]]).expect("a run");
    assert_eq!(heard[0][..3], [2.0, 0.25, 1.0]);
    let child = heard[0][3] as u32;
    let is_there = || std::path::Path::new(&format!("/proc/{child}")).exists();
    assert!(!cfg!(target_os = "linux") || is_there());
    drop(model);
    let begin = Instant::now();
    while cfg!(target_os = "linux") && is_there() {
        // A child that nobody waited for stays in the list as a zombie only where its parent is there.
        assert!(begin.elapsed() < Duration::from_secs(10), "{child} is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn functions_get_sound_in_the_form_that_their_names_say() {
    let _alone = alone();
    // NumPy and torch where the tests of the project have them.
    let Ok(python) = std::env::var("NN_TEST_PYTHON") else { return };
    for (form, body) in [
        ("", "assert isinstance(audio, list); return midi, [[2 * s for s in audio[0]]]"),
        ("_npy", "assert audio.dtype == 'float32' and audio.shape == (1, 3); return midi, 2 * audio"),
        ("_numpy", "audio *= 2; return audio"),
        ("_npy", "return midi, (2 * audio).astype('float64')[0]"),
        ("_npy", "return midi, [2 * audio[0]]"),
        ("_torch", "assert audio.shape == (1, 3) and not audio.requires_grad; return midi, 2 * audio"),
        ("_torch", "return midi, (2 * audio.double())[0].requires_grad_()"),
        ("_torch", "return midi, (2 * audio).numpy()"),
    ] {
        let script = Script::new(&format!("def process{form}(midi, audio):\n    {body}\n"));
        let how = RunAs { interpreter: Some(python.clone().into()), ..RunAs::default() };
        let location = script.location().run_as(how);
        let mut model = PythonRuntime.load(&location).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(run(&mut *model, &[&[1.0, -2.0, 0.5]]), Ok(vec![vec![2.0, -4.0, 1.0]]), "{form}: {body}");
    }
    for (form, body, words) in [
        ("_npy", "return midi, audio[:, :2]", "process_npy answered (1, 2) instead of (1, 3)"),
        ("_npy", "return midi, audio.astype('complex64')", "complex64"),
        ("_torch", "return midi, audio[:, :2]", "process_torch answered (1, 2) instead of (1, 3)"),
        ("_torch", "import torch; torch.zeros(10**13)", "RuntimeError"),
        ("_npy", "import numpy; numpy.zeros(10**13)", "MemoryError"),
    ] {
        let script = Script::new(&format!("def process{form}(midi, audio):\n    {body}\n"));
        let how = RunAs { interpreter: Some(python.clone().into()), ..RunAs::default() };
        let mut model = PythonRuntime.load(&script.location().run_as(how)).expect("a script");
        let error = run(&mut *model, &[&[1.0, -2.0, 0.5]]).expect_err(body);
        assert!(error.contains(words) && !error.contains('\n'), "{body}: {error}");
    }
}

/// The host's part: a program that plays a script and is killed.
#[test]
fn what_a_script_has_started_ends_with_a_host_that_is_killed_and_its_folder_goes() {
    const ASKED: &str = "NN_TEST_HOST";
    let script = Script::new(
        "import os
def process(midi, audio):
    child = os.fork()
    if child == 0:
        import time
        time.sleep(600)
    open(__file__ + '.child', 'w').write(f'{child} {os.path.dirname(os.path.abspath(os.sys.argv[0]))}')
    return audio
",
    );
    if let Some(path) = std::env::var_os(ASKED) {
        let mut model = PythonRuntime.load(&(&path).into()).expect("a script");
        run(&mut *model, &[&[1.0]]).expect("a run");
        std::thread::sleep(Duration::from_secs(60));
    }
    let program = std::env::current_exe().expect("this program");
    let name = "what_a_script_has_started_ends_with_a_host_that_is_killed_and_its_folder_goes";
    let mut host = std::process::Command::new(program)
        .args([name, "--exact"])
        .env(ASKED, &script.path)
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    let told = script.path.with_extension("py.child");
    let begin = Instant::now();
    let text = loop {
        match std::fs::read_to_string(&told) {
            Ok(text) if text.contains(' ') => break text,
            _ => assert!(begin.elapsed() < Duration::from_secs(30), "it does not play"),
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let (child, folder) = text.split_once(' ').expect("two words");
    let is_there = || std::path::Path::new(&format!("/proc/{child}")).exists();
    assert!(!cfg!(target_os = "linux") || is_there());
    host.kill().expect("it is there");
    host.wait().expect("its end");
    let begin = Instant::now();
    while (cfg!(target_os = "linux") && is_there()) || std::path::Path::new(folder).exists() {
        assert!(begin.elapsed() < Duration::from_secs(10), "{text} is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}

//! Ctrl-C at any moment.
#![cfg(unix)]

use super::Folder;
use std::{
    process::Stdio,
    time::{Duration, Instant},
};

/// More than a busy machine takes to begin.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn nothing_unfinished_is_left_and_what_is_complete_stays() {
    let folder = Folder::new();
    folder.write("short.wav", &[vec![0.1; 1_000]]);
    // More of it than is rendered meanwhile.
    folder.write("long.wav", &[vec![0.1; 8_000_000]]);
    let mut command = folder.command("render codec.ts short.wav long.wav -o out --buffer 512");
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
    let begin = Instant::now();
    let is_writing = || {
        let files = folder.files();
        files.iter().any(|name| name == "out/short.wav") && files.iter().any(|name| name.ends_with(".part"))
    };
    while !is_writing() {
        assert!(begin.elapsed() < PATIENCE, "{:?}", folder.files());
        std::thread::sleep(Duration::from_millis(5));
    }
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{errors}");
    assert!(errors.contains("interrupted: no unfinished file is left"), "{errors}");
    assert_eq!(folder.files(), ["long.wav", "out/short.wav", "short.wav"]);
}

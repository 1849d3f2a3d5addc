//! The distribution's Pure Data, headless.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use super::{RATE_HZ, externals, target_dir};

/// `pd` without window, sound card and preferences, with our external on its path; add `-batch` or more.
pub fn command(patch: &Path, more: &[&str]) -> Command {
    let mut command = Command::new("pd");
    command
        .args(["-nogui", "-noprefs", "-noaudio", "-nomidi", "-nrt", "-stderr", "-r", &RATE_HZ.to_string()])
        .args(more)
        .arg("-path")
        .arg(externals())
        .arg(patch)
        .stdin(Stdio::null());
    command
}

/// The Pure Data for Linux on ARM that `cargo xtask test arm` unpacks.
fn arm_root() -> PathBuf {
    target_dir().join("arm/root")
}

/// Whether it is there.
pub fn has_arm() -> bool {
    arm_root().join("usr/bin/puredata").is_file()
}

/// The same on an emulated processor of a Raspberry Pi 4, with the externals for it.
pub fn arm_command(patch: &Path, more: &[&str]) -> Command {
    let mut command = Command::new("qemu-aarch64-static");
    command
        .args(["-cpu", "cortex-a72", "-L"])
        .arg(arm_root())
        .arg(arm_root().join("usr/bin/puredata"))
        .args(["-nogui", "-noprefs", "-noaudio", "-nomidi", "-nrt", "-stderr", "-r", &RATE_HZ.to_string()])
        .args(more)
        .arg("-path")
        .arg(target_dir().join("for/linux-aarch64/pd"))
        .arg(patch)
        // cargo names folders of this machine's libraries.
        .env_remove("LD_LIBRARY_PATH")
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end; kills it and fails the test after `limit`.
pub fn output_within(command: &mut Command, limit: Duration) -> Output {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{command:?}: {e}: run `cargo xtask setup`"));
    // Both pipes are read at once, or a chatty program would block.
    let mut stdout = child.stdout.take().expect("piped");
    let mut stderr = child.stderr.take().expect("piped");
    let read_out = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let read_err = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).map(|_| bytes)
    });
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break Some(status);
        }
        if begin.elapsed() > limit {
            child.kill().expect("a child can be killed");
            child.wait().expect("a child can be waited for");
            break None;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let stdout = read_out.join().expect("reading").expect("reading");
    let stderr = read_err.join().expect("reading").expect("reading");
    let Some(status) = status else {
        panic!(
            "hung for {limit:?}: {command:?}\n{}\n{}",
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        );
    };
    Output { status, stdout, stderr }
}

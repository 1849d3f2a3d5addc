//! The tool, killed while it downloads, alone and beside others.

use crate::support::dice::Dice;
use crate::user::{User, codec, said};
use model_server::{File, ModelServer};
use std::{
    process::Stdio,
    time::{Duration, Instant},
};

#[test]
fn several_processes_that_want_the_same_download_it_once_and_one_takes_over_from_another_that_dies() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()).paced(1 << 15, Duration::from_millis(15)));
    said(&mut user.nn("models list"));
    let start = || {
        let mut command = user.nn("models download voice");
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let mut first = start();
    while server.count("/models/voice.ts") == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    let others: Vec<_> = (0..4).map(|_| start()).collect();
    // Half of it has come, and the others wait.
    std::thread::sleep(Duration::from_millis(400));
    first.kill().expect("killed");
    first.wait().expect("gone");
    for other in others {
        let output = other.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(std::fs::read(user.voice()).expect("a file") == codec());
    let asked: Vec<_> = server.seen().into_iter().filter(|seen| seen.target == "/models/voice.ts").collect();
    let ranges: Vec<_> = asked.iter().map(|seen| seen.header("range").is_some()).collect();
    assert_eq!(ranges, [false, true], "one began, and one went on");
    assert_eq!(user.files(), ["voice.ts"]);
}

#[test]
fn a_tool_that_is_killed_at_any_moment_leaves_no_wrong_file_and_goes_on_the_next_time() {
    const KILLS: usize = 100;
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()).paced(1 << 15, Duration::from_millis(4)));
    let content = codec();
    said(&mut user.nn("models list"));
    // How long it takes when nobody kills it.
    let begin = Instant::now();
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(0));
    let usual = begin.elapsed();
    assert_eq!(said(&mut user.nn("models delete voice")).0, Some(0));
    let (mut dice, mut finished, mut interrupted) = (Dice::new(7), 0, 0);
    for kill in 0..KILLS {
        let mut tool = user
            .nn("models download voice")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(usual.mul_f64(1.1 * dice.below(1_000) as f64 / 1_000.0));
        tool.kill().expect("killed");
        tool.wait().expect("gone");
        if user.files().iter().any(|name| name.ends_with(".part")) {
            interrupted += 1;
        }
        match std::fs::read(user.voice()) {
            Ok(found) => {
                assert!(found == content, "after kill {kill}: {} bytes", found.len());
                let (code, _, errors) = said(&mut user.nn("models delete voice"));
                assert_eq!(code, Some(0), "after kill {kill}: {errors}");
                finished += 1;
            }
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        }
    }
    let (code, _, errors) = said(&mut user.nn("models download voice"));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(std::fs::read(user.voice()).expect("a file") == content);
    assert_eq!(user.files(), ["voice.ts"]);
    let went_on = server.seen().iter().filter(|seen| seen.header("range").is_some()).count();
    assert!(interrupted >= 20 && went_on >= 10 && finished >= 1, "{interrupted} {went_on} {finished}");
}

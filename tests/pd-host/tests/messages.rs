//! Messages in and out, the console, and how the host ends.
#![cfg(target_os = "linux")]
#![allow(missing_docs)]

#[allow(dead_code)]
mod common;
use common::Bench;
use std::io::{BufRead, BufReader, Write};

const ECHO: [&str; 3] = ["#X obj 10 10 r in", "#X obj 10 60 s out", "#X connect 0 0 1 0"];

#[test]
fn messages_go_in_and_come_out() {
    let bench = Bench::new();
    bench.patch("echo.pd", &ECHO);
    let answer = bench
        .run(
            "open echo.pd\nlisten out\nsend in\nsend in -1.5\nsend in 1 two 3\nsend in load \"a b\"\n\
             message in symbol x\nmessage in list a 2\nmessage in set \"7\" 8\n",
        )
        .ok();
    let expected = [
        "recv out bang",
        "recv out float -1.5",
        "recv out list 1 two 3",
        r"recv out load a\ b",
        "recv out symbol x",
        "recv out list a 2",
        "recv out set 7 8",
    ];
    assert_eq!(answer.all("recv"), expected);
}

#[test]
fn clocks_move_with_ticks_and_not_with_sleep() {
    let bench = Bench::new();
    let delay = [
        "#X obj 10 10 r in",
        "#X obj 10 30 delay 10",
        "#X obj 10 60 s out",
        "#X connect 0 0 1 0",
        "#X connect 1 0 2 0",
    ];
    bench.patch("delay.pd", &delay);
    // 10 ms are 6.9 ticks of 64 frames at 44.1 kHz.
    let script = "open delay.pd\nlisten out\nsend in\nsleep 20\npoll\nrun 6\necho six\nrun 1\necho seven\n";
    let answer = bench.run(script).ok();
    assert_eq!(answer.lines[2..], ["echo six", "recv out bang", "echo seven"]);
}

#[test]
fn the_console_is_answered_line_by_line() {
    let bench = Bench::new();
    bench.patch("print.pd", &["#X obj 10 10 r in", "#X obj 10 30 print here", "#X connect 0 0 1 0"]);
    let answer = bench.run("open print.pd\nsend in a 1 b\nmessage pd-print.pd obj 1 1 nosuch~ 1\n").ok();
    assert!(answer.lines.contains(&"print here: a 1 b".into()), "{:#?}", answer.lines);
    assert!(answer.lines.contains(&"print error: ... couldn't create".into()), "{:#?}", answer.lines);
}

#[test]
fn until_waits_for_an_answer_and_gives_up_in_the_end() {
    let bench = Bench::new();
    let delay = [
        "#X obj 10 10 r in",
        "#X obj 10 30 delay 50",
        "#X obj 10 60 print",
        "#X connect 0 0 1 0",
        "#X connect 1 0 2 0",
    ];
    bench.patch("delay.pd", &delay);
    let answer = bench.run("open delay.pd\nsend in\nuntil 10 bang\nuntil 0.05 bang\n");
    assert_eq!(answer.status, Some(3));
    assert!(answer.errors.contains("line 4: no line with 'bang' came within 0.05 s"), "{}", answer.errors);
    assert_eq!(answer.all("print print: bang").len(), 1);
}

#[test]
fn every_way_to_leave_has_its_status() {
    let bench = Bench::new();
    bench.patch("echo.pd", &ECHO);
    let status = |end: &str| bench.run(&format!("open echo.pd\ndsp 1\nrun 1\n{end}\necho after\n"));
    for end in ["quit", "pdquit"] {
        let answer = status(end);
        assert_eq!(answer.status, Some(0), "{end}");
        assert!(answer.all("echo").is_empty(), "{end} went on");
    }
    for error in ["nonsense", "run x", "send nobody 1", "close 2", "open no.pd", "input no.wav"] {
        let answer = status(error);
        assert_eq!(answer.status, Some(2), "{error}");
        assert!(answer.errors.contains("line 4: "), "{error}: {}", answer.errors);
        assert!(answer.all("echo").is_empty(), "{error} went on");
    }
    assert_eq!(status("# the end").ok().all("echo").len(), 1);
}

#[test]
fn a_patch_closed_by_message_is_not_closed_again() {
    let bench = Bench::new();
    bench.patch("echo.pd", &ECHO);
    let answer = bench.run("open echo.pd\nmessage pd-echo.pd menuclose 1\ndsp 1\nrun 1\n").ok();
    assert_eq!(answer.all("opened").len(), 1);
}

#[test]
fn the_host_is_driven_line_by_line_through_a_pipe() {
    let bench = Bench::new();
    bench.patch("echo.pd", &ECHO);
    let mut host = bench.host().spawn().unwrap();
    let mut answers = BufReader::new(host.stdout.take().unwrap()).lines();
    let mut script = host.stdin.take().unwrap();
    writeln!(script, "open echo.pd\nlisten out").unwrap();
    for turn in 0..3 {
        writeln!(script, "send in {turn}").unwrap();
        let expected = format!("recv out float {turn}");
        assert!(answers.any(|line| line.unwrap() == expected));
    }
    drop(script);
    assert!(host.wait().unwrap().success());
}

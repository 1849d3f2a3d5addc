//! Children that are watched: this program itself in a role, and plain programs of the system.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nn_process::child::{Crash, Exit, Limits, Report, end_with_parent, run, say, this_program};

const ROLE: &str = "NN_CHILD_ROLE";
/// More than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(120);

const LIMITS: Limits<'_> =
    Limits { idle: &|_| LONG, total: None, line_bytes: 1 << 16, lines: 100, stderr_bytes: 0 };

/// Lines that begin with `step `.
fn steps(line: &[u8]) -> Option<String> {
    std::str::from_utf8(line).ok()?.strip_prefix("step ").map(str::to_owned)
}

/// Not a test but what the children of this file do.
#[test]
fn plays_a_role() {
    let Ok(role) = std::env::var(ROLE) else { return };
    match role.as_str() {
        "speaks" => {
            print!("no line, ");
            (1..=3).for_each(|number| say(&format!("step {number}")));
            std::process::exit(7);
        }
        "aborts" => {
            say("step 1");
            std::process::abort();
        }
        "hangs" => loop {
            std::thread::sleep(LONG);
        },
        "computes" => loop {
            std::hint::spin_loop();
        },
        "floods" => loop {
            say("step on");
        },
        "is guarded" => {
            end_with_parent();
            say("step 1");
            std::thread::sleep(LONG);
        }
        _ => panic!("no role '{role}'"),
    }
}

fn in_the_role(role: &str) -> Command {
    let mut command = this_program().expect("this program has a path");
    command.args(["--exact", "plays_a_role", "--nocapture"]).env(ROLE, role);
    command
}

fn played(role: &str, limits: &Limits<'_>) -> Report<String> {
    run(in_the_role(role), limits, steps)
}

#[test]
fn what_counts_is_kept_and_the_code_is_told() {
    let Report { lines, exit, .. } = played("speaks", &LIMITS);
    assert_eq!((lines.join(" ").as_str(), exit), ("1 2 3", Exit::Code(Some(7))));
}

#[test]
fn a_child_that_crashes_is_told_by_its_fault_and_by_what_it_said_before() {
    let Report { lines, exit, .. } = played("aborts", &LIMITS);
    assert_eq!((lines.len(), exit), (1, Exit::Crashed(Crash::Abort)));
}

#[test]
fn a_child_that_gets_no_further_is_killed() {
    let patience = Duration::from_millis(300);
    for role in ["hangs", "computes"] {
        let begin = Instant::now();
        let Report { exit, .. } = played(role, &Limits { idle: &|_| patience, ..LIMITS });
        assert_eq!(exit, Exit::TimedOut, "{role}");
        assert!(begin.elapsed() >= patience && begin.elapsed() < LONG, "{role}");
    }
}

#[test]
fn a_child_that_speaks_without_end_is_killed_at_the_first_limit() {
    let Report { lines, exit, .. } = played("floods", &LIMITS);
    assert_eq!((lines.len(), exit), (100, Exit::TooMuchOutput));
    let total = Some(Duration::from_millis(300));
    let Report { exit, .. } = played("floods", &Limits { total, lines: usize::MAX, ..LIMITS });
    assert_eq!(exit, Exit::TimedOut);
}

#[test]
fn a_child_ends_when_nobody_watches_it_any_more() {
    let mut child =
        in_the_role("is guarded").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it starts");
    let begin = Instant::now();
    drop(child.stdin.take());
    let status = child.wait().expect("its end");
    assert!(!status.success() && begin.elapsed() < LONG / 2, "{status}");
}

#[test]
fn a_program_that_is_not_there_is_not_started() {
    let Report { lines, exit, .. } = run(Command::new("no-program-of-this-name"), &LIMITS, steps);
    assert!(lines.is_empty() && matches!(&exit, Exit::NotStarted(what) if !what.is_empty()), "{exit:?}");
}

#[cfg(unix)]
mod plain_programs {
    use super::*;

    fn shell(script: &str, limits: &Limits<'_>) -> Report<String> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, limits, steps)
    }

    #[test]
    fn a_line_too_many_is_told_whether_it_is_read_before_the_end_or_after() {
        for (said, exit) in [(4, Exit::Code(Some(0))), (5, Exit::TooMuchOutput), (9, Exit::TooMuchOutput)] {
            for wait in ["", "sleep 0.2"] {
                let script = format!("for n in $(seq {said}); do echo step $n; done; {wait}");
                let report = shell(&script, &Limits { lines: 4, ..LIMITS });
                assert_eq!((report.lines.len(), report.exit), (4, exit.clone()), "{script}");
            }
        }
    }

    #[test]
    fn lines_code_and_the_end_of_its_errors_are_kept() {
        let script =
            "echo step a; echo other; echo step b; echo long ago >&2; printf 'what is wrong' >&2; exit 3";
        let report = shell(script, &Limits { stderr_bytes: 13, ..LIMITS });
        let expected = Report {
            lines: vec!["a".into(), "b".into()],
            stderr: "what is wrong".into(),
            exit: Exit::Code(Some(3)),
        };
        assert_eq!(report, expected);
    }

    #[test]
    fn faults_have_names() {
        for (signal, crash) in [
            ("FPE", Crash::Arithmetic),
            ("SEGV", Crash::Memory),
            ("ILL", Crash::Instruction),
            ("KILL", Crash::Killed),
            ("TERM", Crash::Signal(15)),
        ] {
            assert_eq!(shell(&format!("kill -{signal} $$"), &LIMITS).exit, Exit::Crashed(crash), "{signal}");
        }
    }

    #[test]
    fn who_has_closed_the_output_is_still_watched() {
        let short = Duration::from_millis(200);
        let script = "echo step a; exec >&-; exec sleep 1000";
        let report = shell(script, &Limits { idle: &|_| short, ..LIMITS });
        assert_eq!((report.lines.len(), report.exit), (1, Exit::TimedOut));
        assert_eq!(shell("exec >&-; sleep 0.1; exit 4", &LIMITS).exit, Exit::Code(Some(4)));
    }

    #[test]
    fn a_child_has_ended_though_another_holds_its_output_open() {
        let begin = Instant::now();
        let report = shell("sleep 30 & echo step a; exit 5", &LIMITS);
        assert_eq!((report.lines.len(), report.exit), (1, Exit::Code(Some(5))));
        assert!(begin.elapsed() < Duration::from_secs(25), "it waited for the other one");
    }

    #[test]
    fn what_is_no_line_takes_no_memory_and_counts_for_nothing() {
        let report = shell("head -c 20000000 /dev/zero; echo; echo step a", &LIMITS);
        assert_eq!((report.lines.len(), report.exit), (1, Exit::Code(Some(0))));
        // Nor is it a sign of life.
        let idle = Duration::from_millis(300);
        assert_eq!(
            shell("while :; do echo; done", &Limits { idle: &|_| idle, ..LIMITS }).exit,
            Exit::TimedOut
        );
    }

    #[test]
    fn the_patience_is_that_for_what_has_been_said_so_far() {
        let idle = |lines: usize| if lines == 0 { LONG } else { Duration::from_millis(200) };
        let report = shell("sleep 0.5; echo step a; exec sleep 1000", &Limits { idle: &idle, ..LIMITS });
        assert_eq!((report.lines.len(), report.exit), (1, Exit::TimedOut));
    }
}

//! The host's outputs: what models print never reaches them and is told on the console once a second; and an output that
//! nobody reads, or whose reader is gone, neither holds a host up nor ends it.
#![cfg(target_os = "linux")]
#![allow(unsafe_code)] // Makes pipes and closes descriptors as a shell does.

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    os::fd::{AsRawFd, FromRawFd, OwnedFd},
    os::unix::process::CommandExt,
    path::Path,
    process::Stdio,
    sync::{
        atomic::{AtomicUsize, Ordering::Relaxed},
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use support::{
    host::{Host, Transcript},
    hostile, model,
    patch::{Patch, escaped},
    pd,
};

/// Far more than any of these takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);
/// How long a hanging model may keep its host, and what a busy machine may add.
const PATIENCE: Duration = Duration::from_secs(2 + 4);

/// One box that plays. It is sent messages when its model is there, and some time later the patch says a last word and
/// quits.
struct Scene {
    arguments: String,
    messages: Vec<&'static str>,
    /// How long after the load they are sent.
    messages_ms: u64,
    ms: u64,
    /// False for a model that never loads: the time counts from the beginning.
    loads: bool,
    code: i32,
    /// Whether models may call every operator.
    all: bool,
}

impl Scene {
    fn new(file: &Path, rest: &str) -> Self {
        let arguments = format!("{} {rest}", escaped(&file.display().to_string()));
        Self { arguments, messages: Vec::new(), messages_ms: 0, ms: 500, loads: true, code: 0, all: false }
    }

    fn write(&self, file: &Path) {
        let mut patch = Patch::new();
        let nn = patch.object(&format!("nn~ {}", self.arguments));
        let (source, dac, control) =
            (patch.object("osc~ 440"), patch.object("dac~"), patch.object("r control"));
        patch.connect(source, 0, nn, 0);
        patch.connect(nn, 0, dac, 0);
        patch.connect(control, 0, nn, 0);
        let (begin, play) = (patch.object("loadbang"), patch.message(r"\; pd dsp 1"));
        patch.connect(begin, 0, play, 0);
        let go = patch.object("t b b");
        if self.loads {
            let (loaded, one) = (patch.object("route loaded"), patch.object("sel 1"));
            patch.connect(nn, 1, loaded, 0);
            patch.connect(loaded, 0, one, 0);
            patch.connect(one, 0, go, 0);
        } else {
            patch.connect(begin, 0, go, 0);
        }
        let wait = patch.object(&format!("del {}", self.ms));
        patch.connect(go, 0, wait, 0);
        let send = if self.messages_ms == 0 { "t b".to_owned() } else { format!("del {}", self.messages_ms) };
        let send = patch.object(&send);
        patch.connect(go, 1, send, 0);
        for message in &self.messages {
            let message = patch.message(&format!(r"\; control {message}"));
            patch.connect(send, 0, message, 0);
        }
        let (last, quit) = (patch.object("print LAST"), patch.message(&format!(r"\; pd quit {}", self.code)));
        patch.connect(wait, 0, last, 0);
        patch.connect(wait, 0, quit, 0);
        patch.write(file);
    }

    /// Plays it in Pd; the lines on the console with the time at which they came, and all that came on standard output.
    fn play(&self) -> (Vec<(Instant, String)>, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scene.pd");
        self.write(&file);
        let mut command = pd::command(&file, &[]);
        command.env("NN_ALLOW_ALL_OPERATORS", if self.all { "1" } else { "0" });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("pd");
        let lines = lines_of(child.stderr.take().unwrap());
        let mut stdout = child.stdout.take().unwrap();
        let printed = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).map(|_| String::from_utf8_lossy(&bytes).into_owned()).unwrap()
        });
        let begin = Instant::now();
        let mut said = Vec::new();
        while let Ok(line) = lines.recv_timeout(LIMIT.saturating_sub(begin.elapsed())) {
            said.push(line);
        }
        let status = ended(&mut child, LIMIT).unwrap_or_else(|| panic!("it never ends: {said:#?}"));
        assert_eq!(status.code(), Some(self.code), "{said:#?}");
        (said, printed.join().unwrap())
    }
}

fn lines_of(stream: impl Read + Send + 'static) -> Receiver<(Instant, String)> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stream).split(b'\n').map_while(Result::ok);
        // Nobody listens any more when the test has failed.
        let _end = lines
            .try_for_each(|line| sender.send((Instant::now(), String::from_utf8_lossy(&line).into_owned())));
    });
    lines
}

/// How it ended; `None` when it had to be ended.
fn ended(child: &mut std::process::Child, limit: Duration) -> Option<std::process::ExitStatus> {
    let begin = Instant::now();
    while begin.elapsed() < limit {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ended = child.kill().and_then(|()| child.wait());
    None
}

fn worded<'a>(lines: &'a [(Instant, String)], word: &str) -> Vec<&'a str> {
    lines.iter().map(|(_, line)| line.as_str()).filter(|line| line.contains(word)).collect()
}

/// The number in `… (and N more)`, 0 without one.
fn more(line: &str) -> u64 {
    line.rsplit_once("(and ").and_then(|(_, rest)| rest.strip_suffix(" more)")?.parse().ok()).unwrap_or(0)
}

#[test]
fn a_model_that_prints_at_every_call_is_a_line_a_second_on_the_console_and_nothing_elsewhere() {
    let mut scene = Scene::new(&hostile("prints"), "forward 256");
    scene.ms = 3_000;
    let (said, printed) = scene.play();
    assert!(!printed.contains("PRINTED"), "on standard output: {printed}");
    let lines = worded(&said, "PRINTED");
    let loading = "nn~: prints.ts prints: \"PRINTED while loading\"";
    assert_eq!(lines[0].split(" (and").next(), Some(loading));
    let playing = &lines[1..];
    for line in playing {
        let text = "nn~: prints.ts prints: \"PRINTED by forward[U+001B][2J 256\"";
        let again = "nn~: prints.ts prints: \"PRINTED again\"";
        // On a busy machine loading lasts longer than a second, and begins the next line too.
        assert!([text, again, loading].iter().any(|text| line.starts_with(text)), "{line}");
    }
    let seconds = (said.last().unwrap().0 - said[0].0).as_secs_f64();
    assert!(playing.len() >= 2 && playing.len() as f64 <= seconds + 1.0, "{seconds} s: {lines:#?}");
    // 172 buffers a second, of which a busy machine leaves some out.
    assert!(playing.iter().any(|line| more(line) > 20), "{lines:#?}");
}

#[test]
fn warnings_and_what_setters_getters_and_tasks_print_are_told_like_any_print() {
    let mut scene = Scene::new(&hostile("prints"), "warns 256");
    scene.ms = 3_000;
    let (said, printed) = scene.play();
    assert!(printed.is_empty(), "{printed}");
    let lines = worded(&said, "WARNED");
    assert!(!lines.is_empty() && lines.len() <= 5, "{said:#?}");
    assert!(
        lines.iter().all(|line| line.starts_with("nn~: prints.ts warns: \"WARNED by warns\"")),
        "{lines:#?}"
    );

    // Where models may begin tasks, these are done on the box's thread, and heard there.
    let (said, printed) =
        Scene { ms: 3_000, all: true, ..Scene::new(&hostile("tasks"), "forward 256") }.play();
    assert!(printed.is_empty(), "{printed}");
    let lines = worded(&said, "by a task");
    assert!(!lines.is_empty() && lines.len() <= 5, "{said:#?}");
    assert!(lines.iter().all(|line| line.starts_with("nn~: tasks.ts prints: ")), "{lines:#?}");

    let mut scene = Scene::new(&hostile("prints"), "quiet 256");
    scene.messages = vec!["set volume 3", "get volume"];
    // What was printed while it was loaded has been shown by then.
    (scene.messages_ms, scene.ms) = (1_500, 4_000);
    let (said, printed) = scene.play();
    assert!(printed.is_empty(), "{printed}");
    let lines = worded(&said, "PRINTED by");
    assert!(lines[0].starts_with("nn~: prints.ts prints: \"PRINTED by set_volume 3\""), "{said:#?}");
    assert_eq!(lines.iter().map(|line| 1 + more(line)).sum::<u64>(), 2, "{said:#?}");
    assert_eq!(worded(&said, "volume 3").len(), 2, "the getter answered: {said:#?}");
}

#[test]
fn in_the_audio_callback_prints_are_dropped() {
    let mut scene = Scene::new(&hostile("prints"), "forward 0");
    scene.ms = 2_500;
    let (said, printed) = scene.play();
    assert!(printed.is_empty(), "{printed}");
    let lines = worded(&said, "PRINTED");
    assert_eq!(lines.len(), 1, "what the loader heard: {said:#?}");
    assert!(lines[0].contains("PRINTED while loading"), "{lines:#?}");

    // What libtorch itself does is the same with and without prints, but for memory.
    let (quiet, printing) = (watched("quiet"), watched("forward"));
    for kind in ["print", "system", "wait", "thread"] {
        assert_eq!(printing.number("report", kind), 0.0, "{kind}: {:?}", printing.after("report"));
    }
    assert_eq!(printing.number("report", "lock"), quiet.number("report", "lock"));
    // The host's own word for a line on Pd's console stands before it.
    let raw = |line: &&String| line.contains("PRINTED") && !line.contains("nn~: prints.ts prints: ");
    assert_eq!(printing.lines.iter().find(raw), None);
    assert!(!printing.stderr.contains("PRINTED"), "{}", printing.stderr);
}

/// Counts what a method does in the audio callback of the test host.
fn watched(method: &str) -> Transcript {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("watched.pd");
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let nn = patch.object(&format!("nn~ {} {method} 0", escaped(&hostile("prints").display().to_string())));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    for (from, outlet, to) in [(adc, 0, nn), (nn, 0, dac), (nn, 1, told), (control, 0, nn)] {
        patch.connect(from, outlet, to, 0);
    }
    patch.write(&file);
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display()));
    host.line("message control bang").line("until 60 told loaded 1");
    host.line("dsp 1").line("run 100").line("watch on").line("run 1000").line("report").line("watch off");
    host.line("message control stats");
    let transcript = host.run();
    let stats = transcript.after("recv told stats").pop().unwrap().to_owned();
    assert!(stats.contains(" faults 0 ") && !stats.contains("blocks 0 "), "{stats}");
    transcript
}

/// What becomes of an output of the host.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Output {
    /// A full pipe whose reader does not read.
    Full,
    /// A pipe whose reader is gone.
    Gone,
    /// No file at all.
    Closed,
}

fn pipe() -> (OwnedFd, OwnedFd) {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors, which are nobody else's afterwards.
    unsafe {
        assert_eq!(libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC), 0, "a pipe");
        (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1]))
    }
}

fn fill(pipe: &OwnedFd) {
    let number = pipe.as_raw_fd();
    // SAFETY: an open descriptor, and as many bytes as is said.
    unsafe {
        libc::fcntl(number, libc::F_SETFL, libc::O_NONBLOCK);
        while libc::write(number, [b'x'; 4096].as_ptr().cast(), 4096) > 0 {}
        libc::fcntl(number, libc::F_SETFL, 0);
    }
}

/// Plays a scene with such an output, to its end.
fn leave(scene: &Scene, output: Output, more: &[&str]) {
    let what = format!("{} {:?}, {output:?}, {more:?}", scene.arguments, scene.messages);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scene.pd");
    scene.write(&file);
    let mut command = pd::command(&file, more);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let (reads, writes) = pipe();
    let mut kept = None;
    match output {
        Output::Full => {
            fill(&writes);
            kept = Some(reads);
            command.stdout(writes);
        }
        Output::Gone => {
            drop(reads);
            command.stdout(writes);
        }
        Output::Closed => {
            // SAFETY: between fork and exec, a plain call that is allowed there.
            unsafe {
                command.pre_exec(|| {
                    libc::close(1);
                    Ok(())
                })
            };
        }
    }
    let mut child = command.spawn().expect("pd");
    drop(command);
    let lines = lines_of(child.stderr.take().unwrap());
    let (mut said, begin) = (Vec::new(), Instant::now());
    let last = loop {
        match lines.recv_timeout(LIMIT.saturating_sub(begin.elapsed())) {
            Ok((time, line)) if line.starts_with("LAST") => break time,
            Ok((_, line)) => said.push(line),
            Err(_) => panic!("{what}: no last word; {:?}: {said:#?}", ended(&mut child, Duration::ZERO)),
        }
    };
    let status = ended(&mut child, PATIENCE).unwrap_or_else(|| panic!("{what}: Pd never quits: {said:#?}"));
    assert_eq!(status.code(), Some(scene.code), "{what}: {status}: {said:#?}");
    assert!(last.elapsed() < PATIENCE, "{what}");
    drop(kept);
}

#[test]
fn whatever_a_model_does_a_host_leaves_in_time_and_with_its_code_and_needs_no_reader() {
    let scene = |name: &str, rest: &str, messages: &[&'static str]| Scene {
        messages: messages.to_vec(),
        code: 7,
        ..Scene::new(&hostile(name), rest)
    };
    let scenes = [
        scene("prints", "forward 256", &["wait 0"]),
        scene("prints", "warns 256", &["wait 0"]),
        scene("prints", "loops 256", &["wait 0"]),
        scene("prints", "quiet 256", &["wait 0", "set volume -1"]),
        scene("hangs", "forward 256", &["wait 0"]),
        Scene { loads: false, ms: 1_500, ..scene("hangs", "at_once 256", &["wait 0"]) },
        scene("hangs", "forward 256", &["wait 0", "set hold -1"]),
        scene("hangs", "forward 256", &["wait 0", "set hold 7", "get hold"]),
        Scene { loads: false, ms: 1_500, ..scene("hangs_listing", "forward 256", &["wait 0"]) },
        Scene { code: 0, ..Scene::new(&model("gain"), "forward 256") },
    ];
    let next = AtomicUsize::new(0);
    // What they wait for is mostly the patience of hosts, not the processor.
    let players = || {
        while let Some(scene) = scenes.get(next.fetch_add(1, Relaxed)) {
            for output in [Output::Full, Output::Gone, Output::Closed] {
                leave(scene, output, &[]);
            }
            // Rendering waits for a model that is being loaded.
            if scene.loads {
                leave(scene, Output::Full, &["-batch"]);
            }
        }
    };
    std::thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(players))));
}

//! Loads, reloads and changes that fail, in both Pds: what played before plays on, every sample of it; the box says one
//! line and takes the next message.

mod support;

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "support/malformed.rs"]
mod malformed;

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Duration,
};

use support::{
    hostile, model,
    patch::{Patch, escaped},
    pd, read_raw,
    session::Player,
    stage::{Played, Stage, frames},
};

const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];
const LATENCY: usize = 448;

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

/// What a box said that begins with this word.
fn said<'a>(played: &'a Played, name: &str, word: &str) -> Vec<&'a str> {
    let told = played.told[name].iter().map(String::as_str);
    told.filter(|told| told.split(' ').next() == Some(word)).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one session, step after step")]
fn a_change_that_fails_leaves_what_plays_untouched() {
    let hang = escaped(&hostile("methodless").display().to_string());
    let messages: Vec<(String, &str)> = [
        ("load corrupt", "corrupt.ts: entry "),
        ("load empty", "empty.ts: the file is empty"),
        ("load truncated", "truncated.ts: the file is incomplete"),
        ("load foreign", "foreign.ts: this is not a TorchScript file"),
        ("load nowhere", "no model 'nowhere': put nowhere.ts beside"),
        ("load absurd", "-1 input channels: must be from"),
        ("load a", "no model 'a': put a.ts beside"),
        ("load 0.5", "load: '0.5': type load"),
        ("load", "load: nothing after it: type load"),
        ("load coarse fly", "no method 'fly' in "),
        ("method fly", "no method 'fly' in "),
        ("method 5", "method: '5': type method"),
        ("method", "method: nothing after it: type method"),
        ("bufsize 1e+09", " is too large"),
        ("bufsize 2147483648", " is too large"),
        ("bufsize -1", "bufsize: '-1': type bufsize"),
        ("bufsize 1e+20", "bufsize: '"),
        ("bufsize much", "bufsize: 'much': type bufsize"),
        ("deadline -1", "deadline: '-1': type deadline"),
        ("deadline 1e+20", "deadline: '"),
        ("threads 0", "threads: '0': type threads"),
        ("threads -3", "threads: '-3': type threads"),
        ("threads 1e+20", "threads: '"),
        ("seed x", "seed: 'x': type seed"),
        ("gpu x", "gpu: 'x': type gpu"),
    ]
    .map(|(message, error)| (message.to_owned(), error))
    .into_iter()
    .chain([(format!("load {hang}"), "no method with `<name>_params`: this is not a model")])
    .collect();
    let good = std::fs::read(model("slow")).unwrap();
    let mut corrupt = good.clone();
    corrupt[30_000] ^= 4;
    for player in BOTH {
        let mut stage = Stage::new();
        let put = |name: &str, bytes: &[u8]| {
            std::fs::write(stage.folder().join(format!("{name}.ts")), bytes).unwrap();
        };
        put("corrupt", &corrupt);
        put("empty", b"");
        put("truncated", &good[..40_000]);
        put("foreign", b"RIFF....WAVEfmt no model at all");
        malformed::with_params(&model("identity"), &stage.folder().join("absurd.ts"), [-1, 1, 1, 1]);
        malformed::with_params(&model("identity"), &stage.folder().join("coarse.ts"), [1, 2, 1, 2]);
        for number in 0..messages.len() {
            let name = format!("box{number}");
            stage.part(&name, &format!("nn~ {} forward 256", path("identity")), 1);
            stage.send(&format!("{name} wait 1"));
        }
        stage.pass(100);
        for (number, (message, _)) in messages.iter().enumerate() {
            stage.send(&format!("box{number} {message}"));
        }
        stage.pass(200);
        for number in 0..messages.len() {
            stage.send(&format!("box{number} bang"));
        }
        let played = stage.pass(50).play(player);
        for (number, (message, error)) in messages.iter().enumerate() {
            let name = format!("box{number}");
            let what = format!("{player:?}: {message}: {:?}", played.told[&name]);
            played.assert_exact(&name, LATENCY, &what);
            let errors = said(&played, &name, "error");
            assert_eq!(errors.len(), 1, "{what}");
            assert!(errors[0].contains(error), "{what}: no '{error}'");
            assert_eq!(played.last(&name, "bufsize"), Some("bufsize 256"), "{what}");
            assert_eq!(played.last(&name, "method"), Some("method forward"), "{what}");
            assert_eq!(played.last(&name, "loaded"), Some("loaded 1"), "{what}");
            assert_eq!(
                said(&played, &name, "loaded").contains(&"loaded 0"),
                message.starts_with("load ") && message != "load 0.5",
                "{what}"
            );
        }
        assert_eq!(played.errors.len(), messages.len(), "{player:?}: {:#?}", played.errors);
    }
}

/// The test host is driven line by line, so that files can go and come back while it plays.
#[test]
fn a_reload_of_a_deleted_file_leaves_what_plays_and_takes_the_file_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine.ts");
    std::fs::copy(model("gain"), &mine).unwrap();
    let mut patch = Patch::new();
    let (source, nn) = (patch.object("sig~ 0.5"), patch.object("nn~ mine forward 256"));
    let (control, told, dac) = (patch.object("r control"), patch.object("s told"), patch.object("dac~ 1"));
    for (from, outlet, to) in [(source, 0, nn), (control, 0, nn), (nn, 0, dac), (nn, 1, told)] {
        patch.connect(from, outlet, to, 0);
    }
    let file = folder.path().join("reload.pd");
    patch.write(&file);
    let mut live = Live::begin();
    let level = |live: &mut Live, name: &str| {
        let recording = folder.path().join(name);
        live.line(&format!("output \"{}\"", recording.display()));
        live.line("run 40");
        live.line("output");
        live.sync();
        let sound = read_raw(&recording);
        assert!(sound.iter().all(|s| s.is_finite()));
        sound[sound.len() - 1]
    };
    live.line("listen told");
    live.line(&format!("open \"{}\"", file.display()));
    live.line("dsp 1");
    live.until("told loaded 1");
    live.line("message control wait 1");
    live.line("message control set gain 0.5");
    assert_eq!(level(&mut live, "first"), 0.25);
    std::fs::remove_file(&mine).unwrap();
    live.line("message control reload");
    live.until("told loaded 0");
    assert_eq!(level(&mut live, "deleted"), 0.25);
    std::fs::write(&mine, b"PK\x03\x04 half of a model").unwrap();
    live.line("message control reload");
    live.until("told loaded 0");
    assert_eq!(level(&mut live, "spoilt"), 0.25);
    std::fs::copy(model("gain"), &mine).unwrap();
    live.line("message control reload");
    live.until("told loaded 1");
    // What was set goes with the file's name.
    assert_eq!(level(&mut live, "back"), 0.25);
    live.line("message control set gain 1");
    assert_eq!(level(&mut live, "set"), 0.5);
    let errors = live.end();
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(errors.iter().all(|line| line.contains("nn~: ") && line.contains("mine.ts")), "{errors:#?}");
}

/// The test host behind a pipe.
struct Live {
    child: std::process::Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    errors: Vec<String>,
    synced: usize,
}

impl Live {
    fn begin() -> Self {
        let mut child = Command::new(support::host::executable())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the test host");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut live = Self { child, lines, errors: Vec::new(), synced: 0 };
        live.line(&format!("samplerate {}\nchannels 1 1", support::RATE_HZ));
        live.line(&format!("path \"{}\"", support::externals().display()));
        live
    }

    fn line(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().expect("piped"), "{line}").expect("it listens");
    }

    /// Waits until everything before has been done.
    fn sync(&mut self) {
        self.synced += 1;
        let mark = format!("echo mark {}", self.synced);
        self.line(&mark);
        for line in self.lines.by_ref().map_while(Result::ok) {
            if line == mark {
                return;
            }
            self.errors.extend(line.strip_prefix("print error: ").map(str::to_owned));
        }
        panic!("the host ended: {:?}", self.child.wait());
    }

    fn until(&mut self, text: &str) {
        self.line(&format!("until 60 {text}"));
        self.sync();
    }

    /// Ends the host; gives the errors that it printed.
    fn end(mut self) -> Vec<String> {
        self.line("quit");
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status}");
        std::mem::take(&mut self.errors)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn a_reload_without_a_model_is_refused_in_words() {
    for player in BOTH {
        let mut stage = Stage::new();
        stage.part("none", "nn~", 1).part("void", "nn~ void 1 1", 1).part("missing", "nn~ nowhere", 1);
        stage.part("good", &format!("nn~ {} forward 256", path("identity")), 1).send("good wait 1").pass(60);
        for message in ["reload", "reset", "method forward", "get_methods", "get_attributes", "latency"] {
            stage.send(&format!("none {message}\nvoid {message}\nmissing {message}"));
        }
        let played = stage.pass(100).send("none bang").pass(20).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        played.assert_exact("good", LATENCY, &what);
        assert_eq!(played.last("none", "loaded"), Some("loaded 0"), "{what}");
        for name in ["none", "void", "missing"] {
            assert!(said(&played, name, "error").len() >= 5, "{what}: {name}");
            assert!(played.sound(name).iter().all(|&s| s == 0.0), "{what}");
        }
        assert!(said(&played, "none", "error")[0].contains("reload"), "{what}");
    }
}

#[test]
fn a_box_whose_model_is_missing_or_broken_takes_a_load() {
    for player in BOTH {
        for arguments in ["", "void", "nowhere", "nowhere forward 256", "broken 256", "7 7", "x y z"] {
            let mut stage = Stage::new();
            std::fs::write(stage.folder().join("broken.ts"), b"PK\x03\x04 and no more").unwrap();
            stage.part("box", format!("nn~ {arguments}").trim(), 1).send("box wait 1").pass(60);
            stage.send(&format!("box load {} forward\nbox bufsize 256", path("identity"))).pass(200);
            let played = stage.send("box bang").pass(20).play(player);
            let what = format!("{player:?}: [nn~ {arguments}] {:#?}", played.lines);
            assert_eq!(played.last("box", "loaded"), Some("loaded 1"), "{what}");
            assert_eq!(played.last("box", "bufsize"), Some("bufsize 256"), "{what}");
            let sound = played.sound("box");
            let from = frames(160);
            let end = sound.len();
            assert!(sound[from..end].iter().any(|&s| s != 0.0), "{what}");
            assert!(sound[from..end] == played.dry[from - LATENCY..end - LATENCY], "{what}");
        }
    }
}

/// A patch in real time with a box that hangs and a healthy one behind it. When the first reports an error it is given
/// another model; when that is loaded, both tell what they did, and Pd quits.
fn rescue(bad: &str) -> Patch {
    let mut patch = Patch::new();
    let (begin, on) = (patch.object("loadbang"), patch.message(r"\; pd dsp 1"));
    let source = patch.object("osc~ 440");
    let bad = patch.object(bad);
    let good = patch.object(&format!("nn~ {} forward 2048", path("identity")));
    let (print_bad, print_good) = (patch.object("print bad"), patch.object("print good"));
    let cue = patch.object("route error");
    let (order, open) = (patch.object("t b b"), patch.message("1"));
    let load = patch.message(&format!("load {} forward", path("identity")));
    let (loaded, one) = (patch.object("route loaded"), patch.object("sel 1"));
    let (gate, wait, last) = (patch.object("spigot"), patch.object("del 400"), patch.object("t b b b"));
    let (ask, rest, quit) = (patch.message("stats"), patch.object("del 50"), patch.message(r"\; pd quit"));
    for (from, outlet, to, inlet) in [
        (begin, 0, on, 0),
        (source, 0, bad, 0),
        (source, 0, good, 0),
        (bad, 1, print_bad, 0),
        (good, 1, print_good, 0),
        (bad, 1, cue, 0),
        (cue, 0, order, 0),
        (order, 1, open, 0),
        (open, 0, gate, 1),
        (order, 0, load, 0),
        (load, 0, bad, 0),
        (bad, 1, loaded, 0),
        (loaded, 0, one, 0),
        (one, 0, gate, 0),
        (gate, 0, wait, 0),
        (wait, 0, last, 0),
        (last, 2, ask, 0),
        (ask, 0, bad, 0),
        (ask, 0, good, 0),
        (last, 0, rest, 0),
        (rest, 0, quit, 0),
    ] {
        patch.connect(from, outlet, to, inlet);
    }
    patch
}

/// A model that never loads, and one that never comes back from playing: said once, and a load replaces them while
/// others play. Real time, because a host that renders waits.
fn rescue_what_hangs(player: Player) {
    for (name, method, error) in [
        ("hangs_listing", "forward", "hangs_listing.ts: "),
        ("hangs", "at_once", "hangs.ts: "),
        ("hangs", "forward", "the model has been computing for more than "),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rescue.pd");
        let bad = escaped(&hostile(name).display().to_string());
        rescue(&format!("nn~ {bad} {method} 256")).write(&file);
        let limit = Duration::from_secs(60);
        let (success, lines): (bool, Vec<String>) = if player == Player::Host {
            let mut host = support::host::Host::new(1, 1);
            host.environment("NN_LOAD_LIMIT_S", "1");
            host.line(format!("open \"{}\"", file.display())).line("realtime 40000");
            let transcript = host.run_within(limit);
            (transcript.code == Some(0), transcript.after("print ").iter().map(|&l| l.to_owned()).collect())
        } else {
            let mut command = pd::command(&file, &[]);
            let output = pd::output_within(command.env("NN_LOAD_LIMIT_S", "1"), limit);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.success(), said.lines().map(str::to_owned).collect())
        };
        let what = format!("{player:?}: {name} {method}: {lines:#?}");
        assert!(success, "{what}");
        let errors: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("error: ")).collect();
        assert_eq!(errors.len(), 1, "{what}");
        assert!(errors[0].starts_with("nn~: ") && errors[0].contains(error), "{what}");
        for part in ["bad", "good"] {
            let stats = lines.iter().find_map(|l| l.strip_prefix(&format!("{part}: stats blocks ")));
            let ran = stats.and_then(|s| s.split(' ').next()).and_then(|n| n.parse::<u32>().ok());
            assert!(ran.is_some_and(|ran| ran > 5), "{part} did not run: {what}");
        }
    }
}

#[test]
fn what_hangs_makes_way_for_a_load_and_holds_nobody_up_in_the_distribution_s_pd() {
    rescue_what_hangs(Player::PdRealTime);
}

#[test]
fn what_hangs_makes_way_for_a_load_and_holds_nobody_up_in_pd_0_55() {
    rescue_what_hangs(Player::Host);
}

#[test]
fn of_requests_that_overtake_each_other_the_newest_wins() {
    let mut dice = support::dice::Dice::new(3);
    for player in BOTH {
        let mut stage = Stage::new();
        stage.part("box", &format!("nn~ {} forward 512", path("gain")), 1).send("box wait 1").pass(60);
        for _ in 0..50 {
            let wanted = match dice.below(4) {
                0 => {
                    let name = *dice.pick(&["gain", "delay", "codec", "multi", "nan"]);
                    format!("box load {}", path(name))
                }
                1 => format!("box bufsize {}", dice.pick(&[0, 64, 256, 1024, 4096])),
                2 => format!("box method {}", dice.pick(&["forward", "inverse", "fly"])),
                _ => dice.pick(&["box reload", "box reset", "box load nowhere"]).to_string(),
            };
            stage.send(&wanted);
            if dice.below(4) == 0 {
                stage.pass(1 + dice.below(20) as usize);
            }
        }
        stage.send(&format!("box load {} forward\nbox bufsize 256", path("identity"))).pass(300);
        let played = stage.send("box bang").pass(20).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        assert_eq!(played.last("box", "bufsize"), Some("bufsize 256"), "{what}");
        assert!(played.last("box", "model").is_some_and(|model| model.ends_with("identity.ts")), "{what}");
        played.assert_finite(&what);
        let sound = played.sound("box");
        let (from, end) = (sound.len() - frames(150), sound.len());
        assert!(sound[from..end].iter().any(|&s| s != 0.0), "{what}");
        assert!(sound[from..end] == played.dry[from - LATENCY..end - LATENCY], "{what}");
    }
}

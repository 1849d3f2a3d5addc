//! Leaving: boxes are deleted and Pure Data quits while models are being loaded, warmed up and run.
//!
//! Clean means: the host's own exit code, no signal, nothing on standard error that speaks of a crash, in time.

mod support;

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::{Duration, Instant},
};

use support::{
    dice::Dice,
    host::{Host, Transcript},
    model,
    patch::{Patch, escaped},
    pd,
};

/// Far more than any clean departure takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);
const TIMES: usize = 100;
const AT_A_TIME: usize = 2;

/// From when the time until the departure is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    /// The boxes have just been made: libtorch is being mapped, models are being loaded and warmed up.
    Made,
    /// The first box says that its model is loaded.
    Loaded,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// The distribution's Pd in real time.
    Pd,
    /// The same with `-batch`.
    PdBatch,
    /// The test host's `exit(0)`.
    HostExit,
    /// `; pd quit` in the test host.
    HostPdQuit,
}

/// One departure.
#[derive(Clone, Debug)]
struct Departure {
    way: Way,
    moment: Moment,
    after_ms: u64,
    /// Creation arguments behind the model's name.
    boxes: Vec<(&'static str, u64)>,
    dsp: bool,
    /// Delete all boxes this long before leaving.
    clear_ms: Option<u64>,
    /// Matrix products per call of the slow model: 500 take 20 ms.
    work: u64,
    /// What `; pd quit` is given.
    code: i32,
}

impl Departure {
    fn random(dice: &mut Dice) -> Self {
        let way = *dice.pick(&[Way::Pd, Way::Pd, Way::Pd, Way::PdBatch, Way::HostExit, Way::HostPdQuit]);
        let moment = *dice.pick(&[Moment::Made, Moment::Made, Moment::Loaded]);
        // Most of what can go wrong lies in the first half second.
        let latest_ms = if moment == Moment::Made { *dice.pick(&[400, 400, 1500]) } else { 300 };
        let dsp = dice.below(3) > 0;
        let count = *dice.pick(if way == Way::PdBatch { &[1, 1, 2] } else { &[1, 2, 5] });
        let boxes: Vec<_> = (0..count)
            .map(|_| {
                let model = *dice.pick(&["slow", "slow", "slow", "codec", "features", "throws"]);
                (model, *dice.pick(&[2048, 2048, 8192, 512, 0]))
            })
            .collect();
        // Without a worker, or where Pd waits for the worker, Pd itself takes as long as the model.
        let waits = way == Way::PdBatch || boxes.iter().any(|&(_, buffer)| buffer == 0);
        let code = if matches!(way, Way::Pd | Way::PdBatch) { *dice.pick(&[0, 0, 7]) } else { 0 };
        Self {
            way,
            moment,
            after_ms: dice.below(latest_ms),
            boxes,
            dsp,
            clear_ms: *dice.pick(&[None, None, Some(0), Some(3), Some(60)]),
            work: *dice.pick(if waits { &[10, 100] } else { &[500, 2500, 5000] }),
            code,
        }
    }

    /// The boxes, in a subpatch that can be cleared.
    fn inner(&self) -> Patch {
        let mut inner = Patch::new();
        let boxes: Vec<_> =
            self.boxes.iter().map(|(name, buffer)| inner.object(&nn(name, *buffer))).collect();
        let (control, told) = (inner.object("r control"), inner.object("s told"));
        for (number, &(name, _)) in boxes.iter().zip(&self.boxes) {
            inner.connect(control, 0, *number, 0);
            inner.connect(*number, support::direct::describe(&model(name)).methods[0].out_channels, told, 0);
        }
        inner
    }

    /// A patch that begins by itself, and leaves by itself.
    fn patch(&self) -> Patch {
        let mut patch = Patch::new();
        patch.subpatch("inner", &self.inner());
        let begin = patch.object("loadbang");
        let start =
            patch.message(&format!(r"\; pd dsp {} \; control set work {}", u8::from(self.dsp), self.work));
        patch.connect(begin, 0, start, 0);
        let wait = patch.object(&format!("del {}", self.after_ms));
        match self.moment {
            Moment::Made => patch.connect(begin, 0, wait, 0),
            Moment::Loaded => {
                let told = patch.object("r told");
                let (loaded, one, first) =
                    (patch.object("route loaded"), patch.object("sel 1"), patch.object("t b"));
                patch.connect(told, 0, loaded, 0);
                patch.connect(loaded, 0, one, 0);
                patch.connect(one, 0, first, 0);
                patch.connect(first, 0, wait, 0);
            }
        }
        let ask = patch.message(r"\; control stats \; control bang");
        patch.connect(wait, 0, ask, 0);
        let leave = patch.message(&format!(r"\; pd quit {}", self.code));
        match self.clear_ms {
            None => patch.connect(wait, 0, leave, 0),
            Some(ms) => {
                let clear = patch.message(r"\; pd-inner clear");
                let rest = patch.object(&format!("del {ms}"));
                patch.connect(wait, 0, clear, 0);
                patch.connect(wait, 0, rest, 0);
                patch.connect(rest, 0, leave, 0);
            }
        }
        let (told, loaded, print) =
            (patch.object("r told"), patch.object("route loaded"), patch.object("print LOADED"));
        patch.connect(told, 0, loaded, 0);
        patch.connect(loaded, 0, print, 0);
        patch
    }

    /// A script for the test host that does the same.
    fn script(&self, file: &Path) -> Host {
        let mut patch = Patch::new();
        patch.subpatch("inner", &self.inner());
        patch.write(file);
        let mut host = Host::new(1, 1);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line(format!("dsp {}", u8::from(self.dsp)))
            .line(format!("message control set work {}", self.work));
        if self.moment == Moment::Loaded {
            host.line("message control bang").line("until 60 told loaded 1");
        }
        // A tick is about 1.45 ms.
        let ticks = |ms: u64| ms * 11 / 16;
        host.line(format!("realtime {}", ticks(self.after_ms)));
        host.line("message control stats").line("message control bang");
        if let Some(ms) = self.clear_ms {
            host.line("message pd-inner clear").line(format!("realtime {}", ticks(ms)));
        }
        host.line(if self.way == Way::HostExit { "quit" } else { "pdquit" });
        host
    }

    /// Leaves; says what the boxes were doing.
    fn leave(&self) -> Witness {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("leaving.pd");
        let transcript = match self.way {
            Way::Pd | Way::PdBatch => {
                self.patch().write(&file);
                let more: &[&str] = if self.way == Way::PdBatch { &["-batch"] } else { &[] };
                Transcript::from(pd::output_within(&mut pd::command(&file, more), LIMIT))
            }
            Way::HostExit | Way::HostPdQuit => self.script(&file).run_within(LIMIT),
        };
        let said = transcript.lines.join("\n") + &transcript.stderr;
        assert_eq!(transcript.code, Some(self.code), "{self:?}\n{said}");
        for word in ["terminate called", "panicked", "fatal", "corrupt", "free()", "aborting", "Pd: signal"] {
            assert!(!said.contains(word), "{self:?}\n{said}");
        }
        let stats: Vec<_> = said.lines().filter(|line| line.contains("nn~: stats blocks ")).collect();
        assert_eq!(stats.len(), self.boxes.len(), "every box was there: {self:?}\n{said}");
        Witness {
            ran: stats.iter().any(|line| !line.contains("blocks 0 ")),
            loading: said.lines().any(|line| line.ends_with("loaded 0") || line.ends_with("LOADED: 0")),
        }
    }
}

/// What the boxes were doing when the host left.
struct Witness {
    ran: bool,
    loading: bool,
}

fn nn(name: &str, buffer: u64) -> String {
    format!("nn~ {} {buffer}", escaped(&model(name).display().to_string()))
}

#[test]
fn a_hundred_departures_while_models_load_and_run_are_clean() {
    let mut dice = Dice::new(2);
    let departures: Vec<_> = (0..TIMES).map(|_| Departure::random(&mut dice)).collect();
    let (next, clean) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (ran, loading) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(departure) = departures.get(next.fetch_add(1, Relaxed)) {
                    // What was wrong with one is printed by its panic; the others leave all the same.
                    let Ok(witness) = std::panic::catch_unwind(|| departure.leave()) else { continue };
                    clean.fetch_add(1, Relaxed);
                    ran.fetch_add(usize::from(witness.ran), Relaxed);
                    loading.fetch_add(usize::from(witness.loading), Relaxed);
                }
            });
        }
    });
    assert_eq!(clean.into_inner(), TIMES, "clean departures");
    // Otherwise the test would show nothing.
    let (ran, loading) = (ran.into_inner(), loading.into_inner());
    assert!(ran >= 5, "models had run in {ran} of {TIMES}");
    assert!(loading >= 5, "models were being loaded in {loading} of {TIMES}");
}

/// A model whose call takes minutes: quitting waits for it no longer than the patience of 2 s, and keeps the exit code.
#[test]
fn a_model_that_does_not_come_back_holds_nobody_up() {
    for code in [0, 7] {
        // On a busy machine the call may not have begun yet: then there was nothing to wait for.
        let waits = |after_ms| {
            let took = quit_while_it_runs(code, after_ms);
            assert!(took < Duration::from_secs(5), "{took:?}");
            took > Duration::from_millis(1900)
        };
        assert!([300, 1_500, 6_000].into_iter().any(waits), "the model was never running");
    }
}

/// How long Pd takes to quit so long after a model was loaded whose call takes minutes; it ends with this code.
fn quit_while_it_runs(code: i32, after_ms: u64) -> Duration {
    let departure = Departure {
        way: Way::Pd,
        moment: Moment::Loaded,
        after_ms,
        boxes: vec![("slow", 2048)],
        dsp: true,
        clear_ms: None,
        work: 100_000_000,
        code,
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stuck.pd");
    departure.patch().write(&file);
    let mut child = pd::command(&file, &[]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    // The last words before `; pd quit`.
    let leaving = lines.find(|line| line.contains("nn~: stats"));
    assert!(leaving.is_some(), "Pd ended early");
    let begin = Instant::now();
    let rest: Vec<_> = lines.collect();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(code), "{status}: {rest:?}");
    begin.elapsed()
}

/// An error in the host's script ends it with status 2, also while a model runs that does not come back.
#[test]
fn the_exit_code_of_a_failing_host_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("failing.pd");
    let mut patch = Patch::new();
    let (nn, control, told) =
        (patch.object(&nn("slow", 2048)), patch.object("r control"), patch.object("s told"));
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    patch.write(&file);
    for work in [5000, 100_000_000] {
        let mut host = Host::new(1, 1);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line(format!("message control set work {work}")).line("message control bang");
        host.line("until 60 told loaded 1").line("dsp 1").line("realtime 100").line("send nobody here");
        let transcript = host.run_within(LIMIT);
        assert_eq!(transcript.code, Some(2), "{:?}\n{}", transcript.lines, transcript.stderr);
        assert!(transcript.stderr.contains("nobody"), "{}", transcript.stderr);
    }
}

/// Boxes come and go while their models compute: the host goes on, their threads end, their memory comes back.
#[test]
fn deleted_boxes_leave_no_thread_and_no_memory_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("come_and_go.pd");
    let mut patch = Patch::new();
    patch.subpatch("inner", &Patch::new());
    patch.write(&file);
    let codec = model("codec");
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("dsp 1");
    let mut round = |words: &str| {
        for number in 0..4 {
            host.line(format!(
                "message pd-inner obj 10 {} nn~ \"{}\" forward 2048",
                number * 40,
                codec.display()
            ));
        }
        host.line("message pd-inner obj 300 10 s told").line("message pd-inner obj 300 90 r control");
        for number in 0..4 {
            host.line(format!("message pd-inner connect {number} 1 4 0"));
            host.line(format!("message pd-inner connect 5 0 {number} 0"));
        }
        if words == "loaded" {
            // A word of the last box: the loader takes them in turn.
            for _ in 0..4 {
                host.line("until 60 told loaded 1");
            }
            host.line("realtime 100");
        } else {
            host.line("realtime 5");
        }
        host.line("message pd-inner clear");
        // Boxes that are gone are loaded, found to be gone, and dropped.
        host.line("realtime 700").line("stat");
    };
    for _ in 0..3 {
        round("loaded");
        round("loading");
    }
    let transcript = host.run();
    let figures: Vec<_> = transcript
        .after("stat")
        .iter()
        .map(|line| {
            let figure = |key: &str| -> u64 {
                line.split_whitespace().find_map(|w| w.strip_prefix(key)).unwrap().parse().unwrap()
            };
            (figure("threads="), figure("rss_kb="))
        })
        .collect();
    assert_eq!(figures.len(), 6);
    let mut report = String::new();
    for (threads, rss_kb) in &figures {
        write!(report, "{threads} threads, {rss_kb} kB; ").unwrap();
    }
    assert!(figures.iter().all(|f| f.0 == figures[0].0), "{report}");
    assert!(figures[5].1 < figures[1].1 + 20_000, "{report}");
}

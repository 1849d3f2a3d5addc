//! Messages to one box, in real time, and what is printed after each.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{host::Host, patch::Patch, pd};

/// When the first message is sent, and how long after one, or after what is awaited from it, comes the next.
const BEGIN_MS: usize = 2500;
const STEP_MS: usize = 250;
/// How long after the last one the patch quits: libtorch may have to be opened before there is an answer.
const END_MS: usize = 1500;

/// How many times longer all of that takes on a machine that others keep busy: as many programs want each processor.
fn stretch() -> usize {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let wanted: f64 = load.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or(0.0);
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    (wanted / processors as f64).ceil().clamp(1.0, 8.0) as usize
}

/// Which Pure Data.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// The distribution's.
    Pd,
    /// Pd 0.55 in the test host.
    Host,
}

/// Both of them.
pub const BOTH: [Asked; 2] = [Asked::Pd, Asked::Host];

/// A box and its messages.
#[derive(Debug, Default)]
pub struct Probe<'a> {
    /// The box, as it is typed.
    pub text: &'a str,
    /// Other objects in the patch.
    pub objects: &'a [&'a str],
    /// A name for each outlet from the left; those without are not listened to.
    pub outlets: &'a [&'a str],
    /// What is sent, one after the other.
    pub messages: &'a [&'a str],
    /// What the next message waits for, beside the time of a step: a message of one (counted from zero), and the
    /// outlet's name and the first word of its answer. For answers that a busy machine may give late.
    pub awaited: &'a [(usize, &'a str, &'a str)],
    /// What the patch declares: `-path folder`.
    pub declared: Option<&'a str>,
    /// Folders on Pd's search path.
    pub search: &'a [PathBuf],
    /// Variables of the host's environment.
    pub environment: &'a [(&'static str, String)],
}

impl Probe<'_> {
    /// Asks in a patch in this folder. What is printed, by message; first what the making of the box brought. Lines of
    /// outlets begin with their names; those of the console begin with the class.
    pub fn ask(&self, asked: Asked, folder: &Path) -> Vec<Vec<String>> {
        let file = folder.join("probe.pd");
        let stretch = stretch();
        self.write(&file, stretch);
        let lines: Vec<String> = match asked {
            Asked::Pd => {
                let search: Vec<_> = self.search.iter().map(|path| path.display().to_string()).collect();
                let more: Vec<_> = search.iter().flat_map(|path| ["-path", path]).collect();
                let mut command = pd::command(&file, &more);
                command.envs(self.environment.iter().map(|(name, value)| (name, value)));
                let output = pd::output_within(&mut command, Duration::from_secs(60) * stretch as u32);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{said}");
                said.lines().map(str::to_owned).collect()
            }
            Asked::Host => {
                let mut host = Host::new(0, 2);
                for (name, value) in self.environment {
                    host.environment(name, value);
                }
                for folder in self.search {
                    host.line(format!("path \"{}\"", folder.display()));
                }
                host.line(format!("open \"{}\"", file.display()))
                    .line(format!("realtime {}", 30_000 * stretch));
                let transcript = host.run_to_any_end();
                assert_eq!(transcript.code, Some(0), "{:#?}", transcript.lines);
                assert_eq!(transcript.after("print-wrong-thread"), Vec::<&str>::new());
                transcript.after("print").into_iter().map(str::to_owned).collect()
            }
        };
        let mut said = vec![Vec::new()];
        let console = [self.text.split(' ').next().unwrap_or_default(), ": "].concat();
        for line in lines.into_iter().map(|line| line.replace('\\', "")) {
            let is_outlet =
                || self.outlets.iter().any(|name| !name.is_empty() && line.starts_with(&format!("{name}: ")));
            if line.starts_with("STEP: ") {
                said.push(Vec::new());
            } else if is_outlet() || line.contains(&console) {
                said.last_mut().expect("there is one").push(line);
            }
        }
        assert_eq!(said.len(), self.messages.len() + 1, "{asked:?}: {said:#?}");
        said
    }

    fn write(&self, file: &Path, stretch: usize) {
        let mut patch = Patch::new();
        let declare = self.declared.map(|what| {
            patch.object(&format!("declare {what}"));
            format!("#X declare {what};\n")
        });
        let asked = patch.object(self.text);
        for object in self.objects {
            patch.object(object);
        }
        for (outlet, name) in self.outlets.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            let print = patch.object(&format!("print {name}"));
            patch.connect(asked, outlet, print, 0);
        }
        let (begin, mark) = (patch.object("loadbang"), patch.object("print STEP"));
        let mut delay = patch.object(&format!("del {}", BEGIN_MS * stretch));
        patch.connect(begin, 0, delay, 0);
        for (step, message) in self.messages.iter().enumerate() {
            let (order, message) = (patch.object("t b b b"), patch.message(message));
            patch.connect(delay, 0, order, 0);
            patch.connect(order, 2, mark, 0);
            let is_last = step + 1 == self.messages.len();
            delay =
                patch.object(&format!("del {}", if is_last { STEP_MS + END_MS } else { STEP_MS } * stretch));
            match self.awaited.iter().find(|(of, ..)| *of == step) {
                Some((_, outlet, word)) => {
                    let outlet =
                        self.outlets.iter().position(|name| name == outlet).expect("a name of an outlet");
                    let gate = Self::awaited_at(&mut patch, (asked, outlet), word);
                    patch.connect(order, 1, gate.open, 0);
                    patch.connect(gate.passed, 0, delay, 0);
                }
                None => patch.connect(order, 1, delay, 0),
            }
            patch.connect(order, 0, message, 0);
            patch.connect(message, 0, asked, 0);
        }
        let quit = patch.message(r"\; pd quit");
        patch.connect(delay, 0, quit, 0);
        let text = patch.text();
        let (head, rest) = text.split_once('\n').expect("a first line");
        std::fs::write(file, format!("{head}\n{}{rest}", declare.unwrap_or_default())).expect("a patch");
    }

    /// Bangs once, when this word comes out of the outlet after the gate was opened.
    fn awaited_at(patch: &mut Patch, (asked, outlet): (usize, usize), word: &str) -> Gate {
        let (route, once) = (patch.object(&format!("route {word}")), patch.object("t b"));
        let (open, gate, passed) = (patch.message("1"), patch.object("spigot"), patch.object("t b b"));
        let close = patch.message("0");
        for (from, from_outlet, to, inlet) in [
            (asked, outlet, route, 0),
            (route, 0, once, 0),
            (once, 0, gate, 0),
            (open, 0, gate, 1),
            (gate, 0, passed, 0),
            (passed, 1, close, 0),
            (close, 0, gate, 1),
        ] {
            patch.connect(from, from_outlet, to, inlet);
        }
        Gate { open, passed }
    }
}

/// Objects of a patch that wait for an answer.
struct Gate {
    /// A bang opens it.
    open: usize,
    /// Bangs when the answer has come.
    passed: usize,
}

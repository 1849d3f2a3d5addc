//! Several boxes in one patch that plays itself: each with its messages, its words, its recording.
//!
//! All hear one source. Time is the patch's own: a box that waits (`wait 1`) holds it up, so nothing here sleeps.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{RATE_HZ, deinterleave, host::Host, patch::Patch, pd, session::Player};

/// Longer than any stage takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

#[derive(Debug)]
struct Part {
    name: String,
    text: String,
    outlets: usize,
}

/// Boxes and what is sent to them.
#[derive(Debug)]
pub struct Stage {
    source: String,
    parts: Vec<Part>,
    steps: Vec<(usize, String)>,
    extra: Vec<(String, Patch)>,
    search: Vec<PathBuf>,
    environment: Vec<(&'static str, String)>,
    limit: Duration,
    folder: tempfile::TempDir,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Played {
    /// What each box said on its information outlet.
    pub told: BTreeMap<String, Vec<String>>,
    /// Lines on the console that are errors.
    pub errors: Vec<String>,
    /// All lines on the console.
    pub lines: Vec<String>,
    /// Each box's sound, by outlet.
    pub sounds: BTreeMap<String, Vec<Vec<f32>>>,
    /// What went into all boxes.
    pub dry: Vec<f32>,
}

/// Pd writes no more channels into one file.
const MAX_CHANNELS: usize = 60;

/// Samples in this many milliseconds.
pub fn frames(ms: usize) -> usize {
    ms * RATE_HZ as usize / 1000
}

impl Stage {
    /// Nobody on it; the source is a sawtooth.
    pub fn new() -> Self {
        Self {
            source: "phasor~ 100".to_owned(),
            parts: Vec::new(),
            steps: vec![(0, String::new())],
            extra: Vec::new(),
            search: Vec::new(),
            environment: Vec::new(),
            limit: LIMIT,
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// The folder of the patch.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A folder on Pd's search path.
    pub fn search(&mut self, folder: &Path) -> &mut Self {
        self.search.push(folder.to_owned());
        self
    }

    /// Sets an environment variable of the host.
    pub fn environment(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// Fails the test when the host takes longer.
    pub fn limit(&mut self, limit: Duration) -> &mut Self {
        self.limit = limit;
        self
    }

    /// Adds a box with this many signal outlets, and an outlet that speaks behind them.
    pub fn part(&mut self, name: &str, text: &str, outlets: usize) -> &mut Self {
        self.parts.push(Part { name: name.to_owned(), text: text.to_owned(), outlets });
        self
    }

    /// Adds a subpatch without cords to the others.
    pub fn subpatch(&mut self, name: &str, patch: Patch) -> &mut Self {
        self.extra.push((name.to_owned(), patch));
        self
    }

    /// Sends lines of the form `RECEIVER MESSAGE`, now: before audio is on, or after the last [`Stage::pass`].
    pub fn send(&mut self, lines: &str) -> &mut Self {
        let (_, messages) = self.steps.last_mut().expect("there is a first step");
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            messages.push_str(line);
            messages.push('\n');
        }
        self
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: usize) -> &mut Self {
        self.steps.push((ms, String::new()));
        self
    }

    /// Plays all steps; fails the test unless the host leaves by itself, with its own exit code and a last word.
    pub fn play(&mut self, player: Player) -> Played {
        let file = self.folder().join("stage.pd");
        drop(std::fs::remove_file(self.folder().join("sound0.wav")));
        self.write(&file);
        let lines: Vec<String> = match player {
            Player::PdBatch | Player::PdRealTime | Player::ArmBatch => {
                let mut more = if player == Player::PdRealTime { vec![] } else { vec!["-batch"] };
                let search: Vec<_> = self.search.iter().map(|p| p.display().to_string()).collect();
                more.extend(search.iter().flat_map(|path| ["-path", path.as_str()]));
                let program = if player == Player::ArmBatch { pd::arm_command } else { pd::command };
                let mut command = program(&file, &more);
                command.envs(self.environment.iter().map(|(n, v)| (n, v)));
                let output = pd::output_within(&mut command, self.limit);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{player:?}: {}: {said}", output.status);
                said.lines().map(str::to_owned).collect()
            }
            Player::Host => {
                let mut host = Host::new(1, 1);
                for (name, value) in &self.environment {
                    host.environment(name, value);
                }
                for folder in &self.search {
                    host.line(format!("path \"{}\"", folder.display()));
                }
                host.line(format!("open \"{}\"", file.display())).line("run 10000000");
                let transcript = host.run_within(self.limit);
                let said = format!("{:#?}\n{}", transcript.lines, transcript.stderr);
                assert_eq!(transcript.code, Some(0), "{player:?}: {said}");
                assert_eq!(transcript.after("print-wrong-thread"), Vec::<&str>::new(), "{said}");
                transcript
                    .lines
                    .iter()
                    .filter_map(|line| line.strip_prefix("print "))
                    .map(str::to_owned)
                    .collect()
            }
        };
        assert!(lines.iter().any(|line| line.starts_with("LAST: ")), "{player:?}: no last word: {lines:#?}");
        self.sort(lines)
    }

    fn arrays(&self) -> Vec<String> {
        let of_part = |p: &Part| (0..p.outlets).map(|o| format!("{}-{o}", p.name)).collect::<Vec<_>>();
        self.parts.iter().flat_map(of_part).chain(["dry".to_owned()]).collect()
    }

    fn write(&self, file: &Path) {
        let mut patch = Patch::new();
        let length = frames(self.steps.iter().map(|step| step.0).sum());
        let source = patch.object(&self.source);
        let start = patch.object("r start");
        let record = |patch: &mut Patch, object: usize, outlet: usize, array: &str| {
            patch.object(&format!("table {array} {length}"));
            let writer = patch.object(&format!("tabwrite~ {array}"));
            patch.connect(start, 0, writer, 0);
            patch.connect(object, outlet, writer, 0);
        };
        for part in &self.parts {
            let made = patch.object(&part.text);
            let (control, told) =
                (patch.object(&format!("r {}", part.name)), patch.object(&format!("print {}", part.name)));
            patch.connect(source, 0, made, 0);
            patch.connect(control, 0, made, 0);
            patch.connect(made, part.outlets, told, 0);
            for outlet in 0..part.outlets {
                record(&mut patch, made, outlet, &format!("{}-{outlet}", part.name));
            }
        }
        record(&mut patch, source, 0, "dry");
        for (name, inner) in &self.extra {
            patch.subpatch(name, inner);
        }
        let (save, soundfiler) = (patch.object("r save"), patch.object("soundfiler"));
        patch.connect(save, 0, soundfiler, 0);
        let (mark, marked) = (patch.object("r last"), patch.object("print LAST"));
        patch.connect(mark, 0, marked, 0);
        // Pd complains of messages to a name that nobody listens to.
        patch.object("r nobody");
        let (begin, both) = (patch.object("loadbang"), patch.object("t b b"));
        let (read, list) = (patch.message("read steps.txt"), patch.object("qlist"));
        for (from, outlet, to) in [(begin, 0, both), (both, 1, read), (read, 0, list), (both, 0, list)] {
            patch.connect(from, outlet, to, 0);
        }
        patch.write(file);
        let mut steps = String::new();
        for (number, (ms, messages)) in self.steps.iter().enumerate() {
            for (index, message) in messages.lines().enumerate() {
                let delay = if index == 0 && number > 0 { format!("{ms} ") } else { String::new() };
                steps += &format!("{delay}{message};\n");
            }
            if number == 0 {
                steps += "start bang;\npd dsp 1;\n";
            } else if messages.is_empty() {
                steps += &format!("{ms} nobody bang;\n");
            }
        }
        for (number, arrays) in self.arrays().chunks(MAX_CHANNELS).enumerate() {
            steps += &format!("save write -wave -bytes 4 sound{number}.wav {};\n", arrays.join(" "));
        }
        steps += "last word;\npd quit;\n";
        std::fs::write(self.folder().join("steps.txt"), steps).expect("a file can be written");
    }

    fn sort(&self, lines: Vec<String>) -> Played {
        let mut played = Played::default();
        for part in &self.parts {
            played.told.insert(part.name.clone(), Vec::new());
        }
        for line in &lines {
            let line = line.replace('\\', "");
            if let Some((name, told)) = line.split_once(": ")
                && let Some(all) = played.told.get_mut(name)
            {
                all.push(told.to_owned());
                continue;
            }
            if let Some(error) = line.strip_prefix("error: ") {
                played.errors.push(error.to_owned());
            }
        }
        let mut sounds = Vec::new();
        for (number, arrays) in self.arrays().chunks(MAX_CHANNELS).enumerate() {
            let file = self.folder().join(format!("sound{number}.wav"));
            let mut reader = hound::WavReader::open(file).unwrap_or_else(|e| panic!("{e}: {lines:#?}"));
            let samples: Vec<f32> = reader.samples::<f32>().map(|s| s.expect("a sample")).collect();
            sounds.extend(deinterleave(&samples, arrays.len()));
        }
        // Recorded block by block: the last one may not have been whole.
        sounds.iter_mut().for_each(|sound| sound.truncate(sound.len() / 64 * 64 - 64));
        let mut sounds = sounds.into_iter();
        for part in &self.parts {
            played.sounds.insert(part.name.clone(), sounds.by_ref().take(part.outlets).collect());
        }
        played.dry = sounds.next().expect("the source comes last");
        played.lines = lines;
        played
    }
}

impl Played {
    /// The one sound of a box.
    pub fn sound(&self, name: &str) -> &[f32] {
        &self.sounds[name][0]
    }

    /// Fails unless this box, which passes its input on, plays every sample of it this much later.
    pub fn assert_exact(&self, name: &str, latency_frames: usize, what: &str) {
        let sound = self.sound(name);
        assert!(sound.iter().any(|&s| s != 0.0), "{what}: {name} is silent");
        let (early, late) = sound.split_at(latency_frames);
        assert!(early.iter().all(|&s| s == 0.0), "{what}: {name} sounds before its latency");
        let wrong = late.iter().zip(&self.dry).position(|(a, b)| a != b);
        if let Some(n) = wrong {
            let heard = |lane: &[f32]| lane[n..].iter().take(8).copied().collect::<Vec<_>>();
            let count = late.iter().zip(&self.dry).filter(|(a, b)| a != b).count();
            let (heard, wanted) = (heard(late), heard(&self.dry));
            panic!(
                "{what}: {name} plays {heard:?} instead of {wanted:?} from sample {} on, {count} samples in all",
                n + latency_frames
            );
        }
    }

    /// Fails when any sound holds NaN or infinity.
    pub fn assert_finite(&self, what: &str) {
        for (name, sounds) in &self.sounds {
            assert!(sounds.iter().flatten().all(|s| s.is_finite()), "{what}: {name} is not finite");
        }
    }

    /// The errors that contain this.
    pub fn errors_with(&self, text: &str) -> usize {
        self.errors.iter().filter(|error| error.contains(text)).count()
    }

    /// The last of a box's words that begin with this one.
    pub fn last(&self, name: &str, word: &str) -> Option<&str> {
        self.told[name].iter().rev().map(String::as_str).find(|told| told.split(' ').next() == Some(word))
    }
}

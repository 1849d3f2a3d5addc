//! A patch that plays itself and writes down everything: every sample, and every word with the block in which it comes.

use std::{
    fmt::Write as _,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::support::{
    RATE_HZ, deinterleave,
    host::{Host, Transcript},
    patch::Patch,
    pd,
};

/// A busy machine may take this long for one rendering.
const LIMIT: Duration = Duration::from_secs(180);

/// Which Pure Data renders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Player {
    /// The distribution's `pd -batch`.
    Batch,
    /// Pure Data 0.55 in the test host, as fast as it can; boxes are told `wait 1`.
    Host,
}

/// What keeps the processors busy meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherLoad {
    /// Nothing.
    None,
    /// A process that never rests.
    Busy,
    /// The same, and the renderer is less important than it.
    BusyAndNice,
}

/// A patch, and what is sent in it when.
#[derive(Debug)]
pub struct Rendering {
    patch: Patch,
    /// Of the source that all boxes hear.
    source: usize,
    arrays: Vec<String>,
    list: String,
    ms: f64,
    folder: tempfile::TempDir,
}

/// What came of it.
#[derive(PartialEq)]
pub struct Rendered {
    /// The arrays' names and samples, as bits.
    pub sounds: Vec<(String, Vec<u32>)>,
    /// All lines on the console, without what is told in milliseconds and megabytes, among them one for every block.
    pub lines: Vec<String>,
}

impl Rendering {
    /// A source and a tick on the console in every block.
    pub fn new() -> Self {
        let mut patch = Patch::new();
        let (saw, quieter) = (patch.object("phasor~ 111.7"), patch.object("*~ 0.5"));
        patch.connect(saw, 0, quieter, 0);
        let sent = patch.object("send~ source");
        patch.connect(quieter, 0, sent, 0);
        let (metro, print) = (patch.object("metro 64 1 samp"), patch.object("print tick"));
        let begin = patch.object("r start");
        patch.connect(begin, 0, metro, 0);
        patch.connect(metro, 0, print, 0);
        patch.object("r nobody");
        Self {
            patch,
            source: quieter,
            arrays: Vec::new(),
            list: String::new(),
            ms: 0.0,
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// Where the patch is written, and what it loads beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The patch itself.
    pub fn patch(&mut self) -> &mut Patch {
        &mut self.patch
    }

    /// A box in a subpatch of its own, all of whose inlets hear the source. It takes what is sent to `name`, its words
    /// are printed under that name, its outlets are recorded. `block` is `block~ N`, or `switch~ N` with
    /// messages to `name-block`. In the subpatch, `pd in-name`, the box is object 1; the source is object 0, and the same
    /// in three channels, where Pd knows such signals, object 4.
    pub fn add(&mut self, name: &str, text: &str, inlets: usize, outlets: usize, block: &str) {
        let mut inner = Patch::new();
        let input = inner.object("inlet~");
        let made = inner.object(text);
        let control = inner.object(&format!("r {name}"));
        let told = inner.object(&format!("print {name}"));
        // Not connected: for those that connect it later.
        let wide = inner.object("snake~ in 3");
        inner.connect(control, 0, made, 0);
        inner.connect(made, outlets, told, 0);
        for channel in 0..3 {
            inner.connect(input, 0, wide, channel);
        }
        for inlet in 0..inlets {
            inner.connect(input, 0, made, inlet);
        }
        if !block.is_empty() {
            let (block, control) = (inner.object(block), inner.object(&format!("r {name}-block")));
            inner.connect(control, 0, block, 0);
        }
        for outlet in 0..outlets {
            let output = inner.object("outlet~");
            inner.connect(made, outlet, output, 0);
        }
        let subpatch = self.patch.subpatch(&format!("in-{name}"), &inner);
        self.patch.connect(self.source, 0, subpatch, 0);
        for outlet in 0..outlets {
            self.record(&format!("{name}.{outlet}"), subpatch, outlet);
        }
    }

    /// Copies of an abstraction in the patch's folder, whose inlet hears the source. Each of them, from number 0, writes into
    /// an array of this name and its number.
    pub fn add_clones(&mut self, abstraction: &str, copies: usize, array: &str) {
        let clones = self.patch.object(&format!("clone -s 0 {abstraction} {copies}"));
        self.patch.connect(self.source, 0, clones, 0);
        self.arrays.extend((0..copies).map(|number| format!("{array}-{number}")));
    }

    /// Records a signal.
    pub fn record(&mut self, name: &str, object: usize, outlet: usize) {
        let (writer, start) = (self.patch.object(&format!("tabwrite~ {name}")), self.patch.object("r start"));
        self.patch.connect(start, 0, writer, 0);
        self.patch.connect(object, outlet, writer, 0);
        self.arrays.push(name.to_owned());
    }

    /// Sends `RECEIVER MESSAGE` now.
    pub fn send(&mut self, message: &str) -> &mut Self {
        writeln!(self.list, "{message};").expect("text can be written");
        self
    }

    /// Lets time pass.
    pub fn pass(&mut self, ms: f64) -> &mut Self {
        self.ms += ms;
        writeln!(self.list, "{ms} nobody bang;").expect("text can be written");
        self
    }

    /// Renders it.
    pub fn render(&self, player: Player, load: OtherLoad) -> Rendered {
        let file = self.folder().join("rendering.pd");
        self.write(&file);
        // One at a time: the company of all others would be more than a load bears.
        static ONE: Mutex<()> = Mutex::new(());
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let neighbour = (load != OtherLoad::None).then(Busy::new);
        let lines: Vec<String> = match player {
            Player::Batch => {
                let mut command = pd::command(&file, &["-batch"]);
                if load == OtherLoad::BusyAndNice {
                    let mut nice = Command::new("nice");
                    nice.args(["-n", "5"]).arg(command.get_program()).args(command.get_args());
                    nice.stdin(Stdio::null());
                    command = nice;
                }
                let output = pd::output_within(&mut command, LIMIT);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{}: {said}", output.status);
                said.lines().map(str::to_owned).collect()
            }
            Player::Host => {
                let mut host = Host::new(1, 1);
                host.line(format!("open \"{}\"", file.display())).line("run 10000000");
                let Transcript { lines, code, stderr } = host.run_within(LIMIT);
                assert_eq!(code, Some(0), "{lines:?}\n{stderr}");
                lines.iter().filter_map(|line| line.strip_prefix("print ")).map(str::to_owned).collect()
            }
        };
        drop((neighbour, one));
        assert!(lines.iter().any(|line| line.starts_with("LAST: ")), "no last word: {lines:#?}");
        Rendered { sounds: self.sounds(&lines), lines: lines.iter().map(|line| timeless(line)).collect() }
    }

    fn write(&self, file: &Path) {
        let mut text = Patch::new();
        let frames = (self.ms * 1e-3 * f64::from(RATE_HZ)) as usize + 64;
        for array in &self.arrays {
            text.object(&format!("table {array} {frames}"));
        }
        let (save, soundfiler) = (text.object("r save"), text.object("soundfiler"));
        text.connect(save, 0, soundfiler, 0);
        let (mark, marked) = (text.object("r last"), text.object("print LAST"));
        text.connect(mark, 0, marked, 0);
        let (begin, both) = (text.object("loadbang"), text.object("t b b"));
        let (read, list) = (text.message("read steps.txt"), text.object("qlist"));
        for (from, outlet, to) in [(begin, 0, both), (both, 1, read), (read, 0, list), (both, 0, list)] {
            text.connect(from, outlet, to, 0);
        }
        let mut patch = self.patch.clone();
        patch.subpatch("stand", &text);
        patch.write(file);
        let mut steps = format!("start bang;\npd dsp 1;\n{}", self.list);
        for (number, arrays) in self.arrays.chunks(MAX_CHANNELS).enumerate() {
            writeln!(steps, "save write -wave -bytes 4 sound{number}.wav {};", arrays.join(" "))
                .expect("text can be written");
        }
        steps += "last word;\npd quit;\n";
        std::fs::write(self.folder().join("steps.txt"), steps).expect("a file can be written");
    }

    fn sounds(&self, lines: &[String]) -> Vec<(String, Vec<u32>)> {
        let mut sounds = Vec::new();
        for (number, arrays) in self.arrays.chunks(MAX_CHANNELS).enumerate() {
            let file = self.folder().join(format!("sound{number}.wav"));
            let mut reader = hound::WavReader::open(&file).unwrap_or_else(|e| panic!("{e}: {lines:#?}"));
            let samples: Vec<f32> = reader.samples::<f32>().map(|s| s.expect("a sample")).collect();
            drop(std::fs::remove_file(file));
            let channels = deinterleave(&samples, arrays.len());
            let bits = channels.into_iter().map(|lane| lane.into_iter().map(f32::to_bits).collect());
            sounds.extend(arrays.iter().cloned().zip(bits));
        }
        sounds
    }
}

/// Pd writes no more channels into one file.
const MAX_CHANNELS: usize = 60;

/// A line without times and memory, which differ.
fn timeless(line: &str) -> String {
    match line.split_once(" mean_ms") {
        Some((counts, _)) => counts.to_owned(),
        None => line.to_owned(),
    }
}

/// A process that keeps one processor busy while it lives.
struct Busy(Child);

impl Busy {
    fn new() -> Self {
        let child = Command::new("sh").args(["-c", "while :; do :; done"]).spawn();
        Self(child.expect("a shell"))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

impl Rendered {
    /// What a box has said last that begins with this word.
    pub fn last(&self, name: &str, word: &str) -> &str {
        let begin = format!("{name}: {word} ");
        let line = self.lines.iter().rev().find(|line| line.starts_with(&begin));
        line.unwrap_or_else(|| panic!("no '{begin}': {:#?}", self.spoken()))
    }

    /// Whether a sound is heard on an outlet.
    pub fn sounds(&self, name: &str) -> bool {
        self.sounds.iter().any(|(array, samples)| array == name && samples.iter().any(|&bits| bits << 1 != 0))
    }

    /// The lines but for the ticks, each after the number of its tick.
    pub fn spoken(&self) -> Vec<String> {
        let mut ticks = 0;
        let mut spoken = Vec::new();
        for line in &self.lines {
            match line.as_str() {
                "tick: bang" => ticks += 1,
                line => spoken.push(format!("{ticks}: {line}")),
            }
        }
        spoken
    }

    /// The first difference between two renderings.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let (ours, theirs) = (self.spoken(), other.spoken());
        for number in 0..ours.len().max(theirs.len()) {
            let (ours, theirs) = (ours.get(number), theirs.get(number));
            if ours != theirs {
                return Some(format!("line {number}: {ours:?} and then {theirs:?}"));
            }
        }
        for ((name, ours), (_, theirs)) in self.sounds.iter().zip(&other.sounds) {
            if let Some(at) = ours.iter().zip(theirs).position(|(a, b)| a != b) {
                let heard = |bits: &[u32]| {
                    bits[at..].iter().take(4).map(|&bits| f32::from_bits(bits)).collect::<Vec<_>>()
                };
                return Some(format!(
                    "{name} sample {at} ({:.1} ms): {:?} and then {:?}",
                    at as f64 * 1e3 / f64::from(RATE_HZ),
                    heard(ours),
                    heard(theirs)
                ));
            }
        }
        (self != other).then(|| "other ticks or lengths".to_owned())
    }
}

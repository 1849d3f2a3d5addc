//! One patch that plays itself: a box, a list of messages, a recording. The same patch in both Pure Datas.
//!
//! A session is a list of steps. A step sends its messages, then lets some time pass; what the box says and plays in
//! that time belongs to the step. Before the first step there is one without messages, in which the box is made and
//! its model is loaded.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    RATE_HZ, deinterleave,
    host::{Host, Transcript},
    patch::Patch,
    pd,
};

/// Longer than the latency of every buffer that sessions use, fades included.
pub const STEP_MS: usize = 60;
/// A model may take this long to load, and a busy machine this long for a session.
const LIMIT: Duration = Duration::from_secs(120);

/// Which Pure Data plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Player {
    /// The distribution's `pd -batch`.
    PdBatch,
    /// The same for Linux on ARM, emulated.
    ArmBatch,
    /// The distribution's `pd`, in real time.
    PdRealTime,
    /// Pure Data 0.55 in the test host, as fast as it can.
    Host,
}

/// A session under construction.
#[derive(Debug)]
pub struct Session {
    /// Creation arguments.
    arguments: String,
    inlets: usize,
    outlets: usize,
    /// What feeds all signal inlets.
    source: String,
    /// Sent before there is a model, and before audio is on.
    early: Vec<String>,
    steps: Vec<String>,
    feedback: bool,
    environment: Vec<(&'static str, String)>,
    folder: tempfile::TempDir,
    search: Vec<PathBuf>,
}

/// What came of one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// Messages of the information outlet.
    pub told: Vec<String>,
    /// Lines on the console that are errors.
    pub errors: Vec<String>,
    /// Other lines on the console.
    pub notes: Vec<String>,
    /// The step's sound, by outlet.
    pub sound: Vec<Vec<f32>>,
    /// What went into the box meanwhile.
    pub dry: Vec<f32>,
}

impl Heard {
    /// The level of an outlet at the end of the step; fails when it still moves there.
    pub fn level(&self, outlet: usize) -> f32 {
        let sound = &self.sound[outlet];
        // Messages take effect at the border of a tick: the next step may begin a little early.
        let end = &sound[sound.len() - 300..sound.len() - 128];
        assert!(end.iter().all(|&s| s == end[0]), "no steady level: {end:?}");
        end[0]
    }
}

impl Session {
    /// A box with these arguments, signal inlets and outlets; a constant 0.5 is fed into it.
    pub fn new(arguments: &str, inlets: usize, outlets: usize) -> Self {
        Self {
            arguments: arguments.to_owned(),
            inlets,
            outlets,
            source: "sig~ 0.5".to_owned(),
            early: vec!["wait 1".to_owned()],
            steps: Vec::new(),
            feedback: false,
            environment: Vec::new(),
            folder: tempfile::tempdir().expect("a temporary folder"),
            search: Vec::new(),
        }
    }

    /// Another source for all inlets.
    pub fn source(mut self, object: &str) -> Self {
        object.clone_into(&mut self.source);
        self
    }

    /// Messages that are sent while the patch is being opened, instead of `wait 1`.
    pub fn early<'a>(mut self, messages: impl IntoIterator<Item = &'a str>) -> Self {
        self.early = messages.into_iter().map(str::to_owned).collect();
        self
    }

    /// Whatever the information outlet says is sent to the box itself.
    pub fn feedback(mut self) -> Self {
        self.feedback = true;
        self
    }

    /// Adds a step with messages to the box, one a line; `@RECEIVER MESSAGE` goes to others.
    pub fn step(mut self, messages: &str) -> Self {
        self.steps.push(messages.to_owned());
        self
    }

    /// Adds a step for each.
    pub fn steps<'a>(self, messages: impl IntoIterator<Item = &'a str>) -> Self {
        messages.into_iter().fold(self, |session, message| session.step(message))
    }

    /// Sets an environment variable of the host.
    pub fn environment(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    /// A folder on Pd's search path.
    pub fn search(mut self, folder: &Path) -> Self {
        self.search.push(folder.to_owned());
        self
    }

    /// The folder of the patch.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Plays it; one result per step, after a first one for the making of the box.
    ///
    /// The box waits for its model from the beginning, unless [`Session::early`] says otherwise.
    pub fn play(&self, player: Player) -> Vec<Heard> {
        let (file, recording) = (self.folder().join("session.pd"), self.folder().join("sound.wav"));
        drop(std::fs::remove_file(&recording));
        self.write(&file, &recording);
        let lines: Vec<String> = match player {
            Player::PdBatch | Player::PdRealTime | Player::ArmBatch => {
                let mut more = if player == Player::PdRealTime { vec![] } else { vec!["-batch"] };
                let search: Vec<_> = self.search.iter().map(|p| p.display().to_string()).collect();
                more.extend(search.iter().flat_map(|path| ["-path", path.as_str()]));
                let program = if player == Player::ArmBatch { pd::arm_command } else { pd::command };
                let mut command = program(&file, &more);
                command.envs(self.environment.iter().map(|(n, v)| (n, v)));
                let output = pd::output_within(&mut command, LIMIT);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "{}: {said}", output.status);
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
                // The patch quits by itself.
                host.line(format!("open \"{}\"", file.display())).line("run 1000000");
                let Transcript { lines, code, stderr } = host.run_within(LIMIT);
                assert_eq!(code, Some(0), "{lines:?}\n{stderr}");
                assert_eq!(stderr, "", "{lines:?}");
                lines.iter().filter_map(|line| line.strip_prefix("print ")).map(str::to_owned).collect()
            }
        };
        self.sort(&lines, &recording)
    }

    fn write(&self, file: &Path, recording: &Path) {
        let mut patch = Patch::new();
        let frames = (self.steps.len() + 1) * STEP_MS * RATE_HZ as usize / 1000;
        let source = patch.object(&self.source);
        let nn = patch.object(format!("nn~ {}", self.arguments).trim());
        for inlet in 0..self.inlets {
            patch.connect(source, 0, nn, inlet);
        }
        let (start, control) = (patch.object("r start"), patch.object("r control"));
        patch.connect(control, 0, nn, 0);
        let signals = (0..self.outlets).map(|outlet| (nn, outlet)).chain([(source, 0)]);
        for ((object, outlet), array) in signals.zip(self.arrays()) {
            patch.object(&format!("table {array} {frames}"));
            let record = patch.object(&format!("tabwrite~ {array}"));
            patch.connect(start, 0, record, 0);
            patch.connect(object, outlet, record, 0);
        }
        let told = patch.object("print TOLD");
        patch.connect(nn, self.outlets, told, 0);
        if self.feedback {
            patch.connect(nn, self.outlets, nn, 0);
        }
        let (mark, marked) = (patch.object("r mark"), patch.object("print STEP"));
        patch.connect(mark, 0, marked, 0);
        let (save, soundfiler) = (patch.object("r save"), patch.object("soundfiler"));
        patch.connect(save, 0, soundfiler, 0);
        let (begin, both) = (patch.object("loadbang"), patch.object("t b b"));
        let (read, list) = (patch.message("read steps.txt"), patch.object("qlist"));
        patch.connect(begin, 0, both, 0);
        patch.connect(both, 1, read, 0);
        patch.connect(read, 0, list, 0);
        patch.connect(both, 0, list, 0);
        patch.write(file);
        std::fs::write(self.folder().join("steps.txt"), self.list(recording)).expect("a file can be written");
    }

    /// The arrays of a recording: the outlets, then what goes in.
    fn arrays(&self) -> Vec<String> {
        (0..self.outlets).map(|outlet| format!("sound{outlet}")).chain(["dry".to_owned()]).collect()
    }

    /// What the patch's [qlist] sends, and when.
    fn list(&self, recording: &Path) -> String {
        let to_box = |message: &String| format!("control {message};\n");
        let mut list: String = self.early.iter().map(to_box).collect();
        list += "start bang;\npd dsp 1;\n";
        for (number, messages) in self.steps.iter().enumerate() {
            list += &format!("{STEP_MS} mark {number};\n");
            for message in messages.lines() {
                match message.strip_prefix('@') {
                    Some(message) => list += &format!("{message};\n"),
                    None => list += &format!("control {message};\n"),
                }
            }
        }
        let name = recording.file_name().expect("a file").to_string_lossy();
        list += &format!("{STEP_MS} save write -wave -bytes 4 {name} {};\n", self.arrays().join(" "));
        list + "pd quit;\n"
    }

    /// Gives every line and every sample to its step.
    fn sort(&self, lines: &[String], recording: &Path) -> Vec<Heard> {
        let mut heard = vec![Heard::default()];
        for line in lines {
            let line = line.replace('\\', "");
            let last = heard.last_mut().expect("there is one");
            if line.starts_with("STEP: ") {
                heard.push(Heard::default());
            } else if let Some(told) = line.strip_prefix("TOLD: ") {
                last.told.push(told.to_owned());
            } else if let Some(error) = line.strip_prefix("error: ") {
                last.errors.push(error.to_owned());
            } else if !line.starts_with("sound.wav: ") {
                // All but what [soundfiler] says of the recording.
                last.notes.push(line);
            }
        }
        assert_eq!(heard.len(), self.steps.len() + 1, "steps: {lines:#?}");
        let mut reader = hound::WavReader::open(recording).unwrap_or_else(|e| panic!("{e}: {lines:#?}"));
        let samples: Vec<f32> = reader.samples::<f32>().map(|s| s.expect("a sample")).collect();
        let sounds = deinterleave(&samples, self.outlets + 1);
        let frames = sounds[0].len() / heard.len();
        for (number, heard) in heard.iter_mut().enumerate() {
            let step = number * frames..(number + 1) * frames;
            heard.sound = sounds.iter().map(|sound| sound[step.clone()].to_vec()).collect();
            heard.dry = heard.sound.pop().expect("the source comes last");
        }
        heard
    }
}

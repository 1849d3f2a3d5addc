//! Carries out the script.

mod figures;
mod render;

use crate::command::{self, Command, SyntaxError, Watch};
use crate::console;
use crate::libpd::{Atom, Patch, Pd, ZeroByte};
use crate::source::{InputError, Source};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Why the script cannot go on.
#[derive(Debug, thiserror::Error)]
enum HostError {
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    #[error(transparent)]
    ZeroByte(#[from] ZeroByte),
    #[error(transparent)]
    Input(#[from] InputError),
    #[error("reading or writing failed: {0}")]
    File(#[from] std::io::Error),
    #[error("Pd could not open '{}'", .0.display())]
    Patch(PathBuf),
    #[error("no open patch has the handle {0}")]
    Handle(usize),
    #[error("nothing in Pd receives '{0}'")]
    Receiver(String),
    #[error("Pd did not start")]
    Start,
    #[error("no line with '{text}' came within {} s", patience.as_secs_f64())]
    Patience { text: String, patience: Duration },
}

struct Host {
    pd: Pd,
    samplerate_hz: u32,
    inputs: usize,
    outputs: usize,
    patches: Vec<Option<Patch>>,
    source: Source,
    source_frame: u64,
    recording: Option<File>,
    externals_timed: bool,
}

/// Reads the script named on the command line, or standard input, to its end.
pub fn main() -> ExitCode {
    let script = std::env::args_os().nth(1).filter(|path| path != "-");
    let mut line_number = 0;
    match script_lines(script.as_deref().map(Path::new)).and_then(|lines| carry_out(lines, &mut line_number))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("pd-host: line {line_number}: {why}");
            // As `quit` does: patches stay as they are.
            std::process::exit(if matches!(why, HostError::Patience { .. }) { 3 } else { 2 })
        }
    }
}

fn script_lines(path: Option<&Path>) -> Result<Box<dyn BufRead>, HostError> {
    Ok(match path {
        Some(path) => Box::new(BufReader::new(File::open(path)?)),
        None => Box::new(std::io::stdin().lock()),
    })
}

fn carry_out(lines: Box<dyn BufRead>, line_number: &mut usize) -> Result<(), HostError> {
    let mut host = Host::start()?;
    for line in lines.lines() {
        *line_number += 1;
        if let Some(command) = command::parse(&line?)? {
            host.obey(command)?;
        }
    }
    for patch in host.patches.drain(..).flatten() {
        host.pd.close(patch);
    }
    Ok(())
}

impl Host {
    fn start() -> Result<Self, HostError> {
        let mut host = Self {
            pd: Pd::start().ok_or(HostError::Start)?,
            samplerate_hz: 44_100,
            inputs: 2,
            outputs: 2,
            patches: Vec::new(),
            source: Source::Silence,
            source_frame: 0,
            recording: None,
            externals_timed: false,
        };
        host.apply_audio();
        Ok(host)
    }

    fn apply_audio(&mut self) {
        self.pd.set_audio(self.inputs, self.outputs, self.samplerate_hz);
    }

    fn obey(&mut self, command: Command) -> Result<(), HostError> {
        match command {
            Command::SampleRate(hz) => {
                self.samplerate_hz = hz;
                self.apply_audio();
            }
            Command::Channels { inputs, outputs } => {
                (self.inputs, self.outputs) = (inputs, outputs);
                self.apply_audio();
            }
            Command::Path(folder) => self.pd.add_path(&folder)?,
            Command::Open(path) => self.open(path)?,
            Command::Close(handle) => {
                let place = handle.checked_sub(1).and_then(|index| self.patches.get_mut(index));
                let patch = place.and_then(Option::take).filter(|patch| self.pd.is_open(*patch));
                self.pd.close(patch.ok_or(HostError::Handle(handle))?);
            }
            Command::Dsp(on) => self.message("pd", "dsp", &[Atom::Float(f32::from(u8::from(on)))])?,
            Command::Input(path) => self.play(Source::open(&path, self.inputs)?),
            Command::Impulse { frame } => self.play(Source::Impulse { frame }),
            Command::Noise { seed } => self.play(Source::Noise { state: seed }),
            Command::Ramp => self.play(Source::Ramp),
            Command::Silence => self.play(Source::Silence),
            Command::Output(path) => self.recording = path.map(File::create).transpose()?,
            Command::Run { ticks } => self.ticks(ticks)?,
            Command::Realtime { ticks, burst } => self.realtime(ticks, burst)?,
            Command::Until { patience, text } => self.until(patience, text)?,
            Command::Sleep(time) => std::thread::sleep(time),
            Command::Poll => self.pd.poll(),
            Command::Message { receiver, selector, atoms } => self.message(&receiver, &selector, &atoms)?,
            Command::Listen(name) => self.pd.listen(&name)?,
            Command::Watch(how) => self.pd.watch(how != Watch::Off, if how == Watch::Trace { 8 } else { 0 }),
            Command::Report => self.report(),
            Command::Times => self.times(),
            Command::TimesReset => self.pd.forget_times(),
            Command::TimesSplit(divisor) => self.times_split(divisor),
            Command::Externals(on) => {
                self.externals_timed = on;
                self.pd.time_externals(on);
            }
            Command::Stat => self.stat()?,
            Command::Echo(text) => console::say(format!("echo {text}")),
            Command::Quit => std::process::exit(0),
            Command::PdQuit => self.message("pd", "quit", &[])?,
        }
        Ok(())
    }

    fn open(&mut self, path: PathBuf) -> Result<(), HostError> {
        let whole = std::path::absolute(&path)?;
        let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = whole.parent().unwrap_or(Path::new("/")).to_string_lossy().into_owned();
        let patch = self.pd.open(&name, &folder)?.ok_or(HostError::Patch(path))?;
        self.patches.push(Some(patch));
        console::say(format!("opened {} dollarzero={}", self.patches.len(), self.pd.dollar_zero(patch)));
        Ok(())
    }

    fn message(&self, receiver: &str, selector: &str, atoms: &[Atom]) -> Result<(), HostError> {
        if !self.pd.has_receiver(receiver)? || !self.pd.message(receiver, selector, atoms)? {
            return Err(HostError::Receiver(receiver.into()));
        }
        Ok(())
    }

    fn play(&mut self, source: Source) {
        self.source = source;
        self.source_frame = 0;
    }
}

//! Pure Data without a window and without a sound card.

use super::error::Error;
use super::mode::Mode;
use super::patch::names;
use super::sound::SAMPLE_RATE_HZ;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What Pd prints for a box that it knows nothing about.
const NOT_CREATED: &str = "couldn't create";

/// One run of Pd.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The program, a path or a name to be found on the search path.
    pub program: &'a Path,
    /// The patch to open.
    pub patch: &'a Path,
    /// How fast.
    pub mode: Mode,
    /// The file the patch is asked to record to, beside the patch.
    pub recording: &'a str,
    /// Where everything that Pd prints goes.
    pub log: &'a Path,
    /// Pd is ended when it takes longer.
    pub limit: Duration,
}

/// What is left of a run besides its recording.
#[derive(Debug, Clone)]
pub struct Finished {
    /// Everything that was printed.
    pub console: String,
    /// From start to end of the process, in seconds.
    pub wall_s: f64,
}

impl Run<'_> {
    /// Plays the patch to its end. An old recording of the same name is deleted first, so that what lies there
    /// afterwards is of this run.
    pub fn play(&self) -> Result<Finished, Error> {
        let recording = self.patch.with_file_name(self.recording);
        if recording.exists() {
            std::fs::remove_file(&recording)
                .map_err(|source| Error::File { path: recording.clone(), source })?;
        }
        let unwritable = |source| Error::File { path: self.log.to_owned(), source };
        let log = File::create(self.log).map_err(unwritable)?;
        let also_log = log.try_clone().map_err(unwritable)?;
        let started = Instant::now();
        let mut command = Command::new(self.program);
        command
            .args(["-nogui", "-noprefs", "-noaudio", "-nomidi", "-nrt", "-stderr"])
            .args(["-r", &SAMPLE_RATE_HZ.to_string()])
            .args(self.mode_arguments())
            .args(["-send", &format!("{} symbol {}", names::FILE, self.recording)])
            .args(["-send", &format!("{} 1", names::QUIT)])
            .args(["-send", &format!("{} bang", names::START)])
            .arg(self.patch)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(also_log);
        let mut pd =
            command.spawn().map_err(|source| Error::PdStart { program: self.program.to_owned(), source })?;
        let console = self.wait(&mut pd)?;
        let wall_s = started.elapsed().as_secs_f64();
        if !recording.exists() {
            return Err(Error::NoRecording { mode: self.mode, recording, log: self.log.to_owned() });
        }
        Ok(Finished { console, wall_s })
    }

    fn mode_arguments(&self) -> Vec<String> {
        match self.mode {
            Mode::RealTime => Vec::new(),
            Mode::Batch => vec!["-batch".into(), "-send".into(), format!("{} 1", names::WAIT)],
        }
    }

    /// Waits for the end of Pd and returns what it printed; ends it when its time is up or when it has no hope.
    fn wait(&self, pd: &mut Child) -> Result<String, Error> {
        let unreadable = |source| Error::File { path: self.log.to_owned(), source };
        let started = Instant::now();
        loop {
            let ended = pd.try_wait().map_err(unreadable)?.is_some();
            let console = std::fs::read(self.log).map_err(unreadable)?;
            let console = String::from_utf8_lossy(&console).into_owned();
            let hopeless = self.hopeless(&console, started.elapsed());
            if ended && !matches!(hopeless, Some(Error::NotCreated { .. })) {
                return Ok(console);
            }
            if let Some(error) = hopeless {
                // It may have ended by itself just now.
                let _ = pd.kill();
                pd.wait().map_err(unreadable)?;
                return Err(error);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Why there is nothing to wait for any more. Pd itself goes on when a box cannot be created.
    fn hopeless(&self, console: &str, elapsed: Duration) -> Option<Error> {
        let log = || self.log.to_owned();
        if console.contains(NOT_CREATED) {
            return Some(Error::NotCreated { log: log() });
        }
        (elapsed > self.limit).then(|| Error::PdTimeout {
            mode: self.mode,
            limit_s: self.limit.as_secs(),
            log: log(),
        })
    }
}

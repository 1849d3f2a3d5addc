//! One rendering by a server, and what the UGen said at its end.

use std::{
    fs::File,
    net::UdpSocket,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{osc, score};
use crate::demo::{
    answers::Answers,
    error::Error,
    folder::Folder,
    patch::{TAIL_FRAMES, names},
    product::LIMIT,
    sound::SAMPLE_RATE_HZ,
    verdict::Take,
    wav,
};

/// The servers' own plug-ins.
const STANDARD: &str = "/usr/lib/SuperCollider/plugins";

/// What is to be rendered.
pub struct Rendering<'a> {
    /// The program.
    pub server: &'static str,
    /// Where models and sounds are.
    pub folder: &'a Folder,
    /// Where our plug-ins are.
    pub plugins: &'a Path,
    /// The model's file.
    pub model: &'a str,
    /// The recording's name, without its ending.
    pub name: &'a str,
    /// Length of the input.
    pub input_frames: usize,
}

impl Rendering<'_> {
    /// Renders it.
    ///
    /// # Errors
    /// When the server does not start, does not end in time, or records nothing.
    pub fn take(&self) -> Result<Take, Error> {
        let log = self.folder.path(&format!("{}.log", self.name));
        let recording = self.folder.path(&format!("{}.wav", self.name));
        if recording.exists() {
            std::fs::remove_file(&recording).map_err(failed(&recording))?;
        }
        let events = UdpSocket::bind("127.0.0.1:0").map_err(failed(&log))?;
        events.set_read_timeout(Some(Duration::from_millis(500))).map_err(failed(&log))?;
        let began = Instant::now();
        self.run(&recording, &log, events.local_addr().map_err(failed(&log))?.port())?;
        let wall_s = began.elapsed().as_secs_f64();
        let said = std::fs::read(&log).map_err(failed(&log))?;
        let said = String::from_utf8_lossy(&said);
        let lines = answers(&events) + &format!("{}: elapsed {}\n", names::PRINT, wall_s * 1_000.0);
        let answers = Answers::parse(&lines, &log)?;
        Ok(Take::new(wav::read(&recording)?, answers, wall_s, complaints(&said)))
    }

    fn run(&self, recording: &Path, log: &Path, port: u16) -> Result<(), Error> {
        let path = |name: &str| self.folder.path(name).display().to_string();
        let frames = self.input_frames + TAIL_FRAMES;
        let commands = self.folder.path("commands.osc");
        let bytes = score::commands(&path(self.model), &path("input.wav"), frames, port);
        std::fs::write(&commands, bytes).map_err(failed(&commands))?;
        let output = File::create(log).map_err(failed(log))?;
        let mut command = Command::new(self.server);
        command.arg("-N").arg(&commands).arg("_").arg(recording);
        command.args([&SAMPLE_RATE_HZ.to_string(), "WAV", "float", "-o", "2"]);
        command.arg("-U").arg(format!("{}:{STANDARD}", self.plugins.display()));
        // No definitions of the user's own: none is needed.
        command.env("SC_SYNTHDEF_PATH", self.folder.path(""));
        command.stdin(Stdio::null()).stdout(output.try_clone().map_err(failed(log))?).stderr(output);
        let wrong = |what: String| Error::Server { server: self.server, what, log: log.to_owned() };
        let mut process = command.spawn().map_err(|error| {
            wrong(format!(
                "does not start ({error}), install supercollider-server and supercollider-supernova"
            ))
        })?;
        let began = Instant::now();
        loop {
            match process.try_wait().map_err(failed(log))? {
                Some(status) if status.success() && recording.exists() => return Ok(()),
                Some(status) => return Err(wrong(format!("recorded nothing ({status})"))),
                None if began.elapsed() > LIMIT => {
                    // It may have ended by itself just now.
                    let _ = process.kill();
                    process.wait().map_err(failed(log))?;
                    return Err(wrong(format!("was not done after {} s", LIMIT.as_secs())));
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path: PathBuf = path.to_owned();
    |source| Error::File { path, source }
}

/// What the UGen answered, as lines like those of the patch for Pure Data.
fn answers(events: &UdpSocket) -> String {
    let mut bytes = vec![0; 1 << 16];
    let mut lines = String::new();
    while let Ok(length) = events.recv(&mut bytes) {
        let words = osc::arguments(&bytes[..length]).unwrap_or_default();
        let words: Vec<_> = words.iter().map(ToString::to_string).collect();
        // Kind, scope, node, id, model; then the answer.
        if let [kind, _, _, _, _, answer @ ..] = &words[..]
            && kind == "info"
        {
            lines.push_str(&format!("{}: {}\n", names::PRINT, answer.join(" ")));
        }
    }
    lines
}

/// Lines in which the server or the UGen complains; the UGen prints its answers, too.
fn complaints(said: &str) -> Vec<String> {
    let words = ["error", "failure", "nn: ", "warning"];
    let is_answer = |line: &str| ["NN: latency ", "NN: stats "].iter().any(|begin| line.starts_with(begin));
    let complains =
        |line: &&str| words.iter().any(|word| line.to_lowercase().contains(word)) && !is_answer(line);
    said.lines().map(str::trim).filter(complains).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_picked_from_what_a_server_says() {
        let said = "start time 0\nNN: latency 4032 91.4286\nERROR: NN: there is no model\nFAILURE IN SERVER /s_new\nnextOSCPacket 0\n";
        assert_eq!(complaints(said), ["ERROR: NN: there is no model", "FAILURE IN SERVER /s_new"]);
    }
}

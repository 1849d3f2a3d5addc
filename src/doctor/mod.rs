//! `nn doctor`: whether models play on this machine, and what to do where they do not.

mod driver;
mod hosts;
pub mod probe;
mod screen;

use std::{path::PathBuf, time::Duration};

use clap::Args;
use nn_core::{
    child::{Exit, Report},
    doctor::{Examination, Findings, Gpu, Libtorch, MODELS, System, installed, package},
    engine::loader::load_limit,
    user_dirs::model_folders,
};

use crate::{
    out,
    outcome::Outcome,
    steps::{self, fault},
};
use probe::Step;

/// A GPU's libraries are gigabytes, and may come from a slow disk.
const GPU_PATIENCE: Duration = Duration::from_secs(120);

/// How it is told.
#[derive(Debug, Args)]
pub struct Doctor {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Finds out, what may crash or hang in a process of its own, and tells it.
pub fn run(arguments: &Doctor) -> Outcome {
    let found = steps::run(|command| _ = command.arg("probe"), patience);
    let hosts = hosts::found();
    let mut folders: Vec<(String, PathBuf)> = Vec::new();
    let own = model_folders(package().as_deref()).into_iter().map(|path| ("all".to_owned(), path));
    for (of, path) in own.chain(hosts::models(&hosts)) {
        // The tool's own package may be that of a host.
        match folders.iter_mut().find(|(_, known)| *known == path) {
            Some(known) => known.0 = of,
            None => folders.push((of, path)),
        }
    }
    let findings = Findings::of_this_machine(installed(&hosts), &folders, None);
    let examination = with(findings, &found).examined(System::here());
    tell(&examination, arguments.json);
    if examination.plays() { Outcome::Done } else { Outcome::Failed }
}

fn tell(examination: &Examination, as_json: bool) {
    if as_json {
        out::exact(examination.tree().to_json().trim_end());
    } else {
        screen::show(examination);
    }
}

/// How long the process may be silent, by how much it has said: loads have a limit of their own.
fn patience(said: usize) -> Duration {
    if said <= MODELS.len() { load_limit().saturating_mul(4) + GPU_PATIENCE } else { GPU_PATIENCE }
}

/// What the process found out is added.
fn with(mut findings: Findings, found: &Report<Step>) -> Findings {
    let ended = match &found.exit {
        Exit::Code(_) => None,
        Exit::TimedOut | Exit::TooMuchOutput => {
            Some(format!("no answer after {} s", patience(found.lines.len()).as_secs()))
        }
        Exit::Crashed(crash) => Some(format!("the process that asked for it died: {}", fault(*crash))),
        Exit::NotStarted(what) | Exit::Lost(what) => Some(format!("could not be asked: {what}")),
    };
    let why = || ended.clone().unwrap_or_else(|| "nothing was found out".into());
    findings.libtorch = Libtorch::unknown(why());
    let mut gpu = Gpu { none: probe::NO_GPU, ended: ended.clone(), ..Gpu::default() };
    for step in &found.lines {
        match step {
            Step::Libtorch(libtorch) => findings.libtorch = libtorch.clone(),
            Step::Played(name, result) => {
                let model = MODELS.iter().find(|model| model.name == name);
                findings.played.extend(model.map(|model| (model.name, result.clone())));
            }
            Step::Driver { version, devices } => gpu.driver = Some((version.clone(), devices.clone())),
            Step::Gpu(answer) => gpu.ran = Some(answer.clone()),
        }
    }
    if findings.libtorch.is_open() {
        for model in MODELS {
            if !findings.played.iter().any(|(name, _)| *name == model.name) {
                findings.played.push((model.name, Err(why())));
            }
        }
    }
    // Who died before models played has not come to the GPU.
    if findings.played.iter().any(|(_, result)| result.is_err()) || !findings.libtorch.is_open() {
        gpu.ended = None;
    }
    findings.gpu = gpu.check();
    findings
}

#[cfg(test)]
mod tests {
    use nn_core::{
        child::Crash,
        doctor::{Check, Played, Samples, State},
    };

    use super::*;

    fn libtorch() -> Step {
        let library = "/somewhere/libnn_torch.so".into();
        Step::Libtorch(Libtorch::Opened { version: "2.13.0".into(), library, files: Vec::new() })
    }

    fn played(name: &str) -> Step {
        let played = Played {
            buffer_frames: 2048,
            latency_frames: 4032,
            buffers: 43,
            late: 0,
            median_ms: 0.1,
            worst_ms: 0.2,
            worker: true,
            real_time: false,
            samples: Samples::Exact,
        };
        Step::Played(name.into(), Ok(played))
    }

    fn driver() -> Step {
        Step::Driver { version: "580".into(), devices: vec!["a card".into()] }
    }

    fn told_of(lines: Vec<Step>, exit: Exit) -> (Examination, impl Fn(&str) -> Check) {
        let findings = Findings::of_this_machine(installed(&[]), &[], None);
        let report = Report { lines, stderr: String::new(), exit };
        let examination = with(findings, &report).examined(System::here());
        let checks = examination.checks.clone();
        (examination, move |name: &str| {
            checks.iter().find(|check| check.name == name).unwrap_or_else(|| panic!("no {name}")).clone()
        })
    }

    #[test]
    fn a_driver_that_kills_or_hangs_is_a_warning_and_models_play() {
        for (end, word) in
            [(Exit::Crashed(Crash::Signal(5)), "died: signal 5"), (Exit::TimedOut, "no answer after 120 s")]
        {
            let steps = vec![libtorch(), played("gain"), played("codec"), driver()];
            let (examination, check) = told_of(steps, end);
            assert!(examination.plays(), "{}", examination.verdict());
            let gpu = check("gpu");
            assert!(gpu.state == State::Warning && gpu.text.contains(word), "{gpu:?}");
            assert!(gpu.text.contains("NVIDIA driver 580: a card"), "{gpu:?}");
        }
    }

    #[test]
    fn a_death_before_models_played_is_theirs_and_not_the_gpu_s() {
        let (examination, check) = told_of(vec![libtorch()], Exit::Crashed(Crash::Abort));
        assert!(!examination.plays());
        let text = "does not play: the process that asked for it died: libtorch gave up (abort)";
        assert_eq!((check("gain").text.as_str(), check("codec").text.as_str()), (text, text));
        assert_eq!(check("gpu").state, State::Fine);
        let (examination, check) = told_of(Vec::new(), Exit::Crashed(Crash::Abort));
        assert!(!examination.plays());
        assert_eq!(check("libtorch").state, State::Fault);
        assert!(check("libtorch").text.contains("died: libtorch gave up"), "{:?}", check("libtorch"));
    }

    #[test]
    fn without_libtorch_nothing_plays_and_the_reason_is_said_once() {
        let broken = Libtorch::Broken { what: "it is missing".into(), cure: "copy it there".into() };
        let (examination, check) = told_of(vec![Step::Libtorch(broken)], Exit::Code(Some(1)));
        assert!(!examination.plays());
        let texts = examination.checks.iter().filter(|check| check.text.contains("it is missing"));
        assert_eq!(texts.count(), 1);
        assert_eq!(check("gain").cure.as_deref(), Some("see libtorch"));
    }
}

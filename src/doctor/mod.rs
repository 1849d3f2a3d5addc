//! `nn doctor`: whether models run on this machine, and on which devices.

mod driver;
pub mod probe;

use std::time::Duration;

use nn_core::child::{Exit, Report};

use crate::{
    out,
    outcome::Outcome,
    steps::{self, fault},
};
use probe::Step;

/// A GPU's libraries are gigabytes, and may come from a slow disk.
const PATIENCE: Duration = Duration::from_secs(120);

/// Asks a process of its own, and says what came of it.
pub fn run() -> Outcome {
    out::line(format_args!("nn {}", env!("CARGO_PKG_VERSION")));
    let found = steps::run(|command| _ = command.arg("probe"), |_| PATIENCE);
    let (lines, works) = told(&found);
    for line in lines {
        out::line(line);
    }
    if works { Outcome::Done } else { Outcome::Failed }
}

/// What is said, and whether models run.
fn told(found: &Report<Step>) -> (Vec<String>, bool) {
    let mut lines = Vec::new();
    let (mut cpu, mut gpu, mut devices) = (None, None, Vec::new());
    for step in &found.lines {
        match step {
            Step::Libtorch { path, version } => lines.push(format!("libtorch {version}: {path}")),
            Step::NoLibtorch(what) => lines.push(format!("libtorch: {what}")),
            Step::Driver { version, devices: seen } => {
                devices.clone_from(seen);
                let seen = if seen.is_empty() { "it shows no device".into() } else { seen.join("; ") };
                lines.push(format!("NVIDIA driver {version}: {seen}"));
            }
            Step::Cpu(answer) => cpu = Some(answer),
            Step::Gpu(answer) => gpu = Some(answer),
        }
    }
    let ended = match &found.exit {
        Exit::Code(_) => None,
        Exit::TimedOut | Exit::TooMuchOutput => Some(format!("no answer after {} s", PATIENCE.as_secs())),
        Exit::Crashed(crash) => Some(format!("the process that asked for it died: {}", fault(*crash))),
        Exit::NotStarted(what) | Exit::Lost(what) => Some(format!("could not be asked: {what}")),
    };
    let without_libtorch = found.lines.iter().any(|step| matches!(step, Step::NoLibtorch(_)));
    match (cpu, &ended) {
        (Some(Ok(ms)), _) => {
            lines.push(format!("cpu: works ({ms:.1} ms for the first block of a small model)"))
        }
        (Some(Err(what)), _) => lines.push(format!("cpu: does not work: {what}")),
        (None, Some(what)) => lines.push(format!("cpu: {what}")),
        (None, None) if !without_libtorch => lines.push("cpu: nothing was found out".into()),
        (None, None) => {}
    }
    match (gpu, &ended) {
        (Some(Ok(ms)), _) => {
            lines.push(format!(
                "gpu: works ({ms:.0} ms until the first block of a small model): send gpu 1 to a box"
            ));
        }
        (Some(Err(what)), _) => {
            lines.push(format!("gpu: not used: {what}"));
            if !devices.is_empty() && what == probe::NO_GPU {
                lines.push(
                    "     the driver shows a device, so this libtorch is the one for the processor only: \
                     `cargo xtask setup --cuda` downloads the other"
                        .into(),
                );
            }
        }
        (None, Some(what)) if matches!(cpu, Some(Ok(_))) => {
            lines.push(format!("gpu: {what}: boxes stay on the cpu unless they are sent gpu 1"));
        }
        _ => {}
    }
    (lines, matches!(cpu, Some(Ok(_))))
}

#[cfg(test)]
mod tests {
    use nn_core::child::Crash;

    use super::*;

    fn libtorch() -> Step {
        Step::Libtorch { path: "/somewhere/libnn_torch.so".into(), version: "2.13.0".into() }
    }

    fn driver() -> Step {
        Step::Driver { version: "580".into(), devices: vec!["a card".into()] }
    }

    fn told_of(lines: Vec<Step>, exit: Exit) -> (String, bool) {
        let (lines, works) = told(&Report { lines, stderr: String::new(), exit });
        (lines.join("\n"), works)
    }

    #[test]
    fn a_machine_without_a_gpu_is_no_fault_and_one_with_a_card_is_told_what_it_lacks() {
        let no_gpu = || Step::Gpu(Err(probe::NO_GPU.into()));
        let (plain, works) = told_of(vec![libtorch(), Step::Cpu(Ok(1.0)), no_gpu()], Exit::Code(Some(0)));
        assert!(
            works && plain.contains("gpu: not used: there is no GPU") && !plain.contains("--cuda"),
            "{plain}"
        );
        let steps = vec![libtorch(), Step::Cpu(Ok(1.0)), driver(), no_gpu()];
        let (card, works) = told_of(steps, Exit::Code(Some(0)));
        assert!(works && card.contains("setup --cuda"), "{card}");
    }

    #[test]
    fn a_driver_that_kills_or_hangs_is_a_line_and_the_cpu_works() {
        for (end, word) in
            [(Exit::Crashed(Crash::Signal(5)), "died: signal 5"), (Exit::TimedOut, "no answer after")]
        {
            let (lines, works) = told_of(vec![libtorch(), Step::Cpu(Ok(1.0)), driver()], end);
            assert!(
                works
                    && lines.contains(&format!(
                        "gpu: {}",
                        if word.starts_with("died") { "the process that asked for it " } else { "" }
                    )),
                "{lines}"
            );
            assert!(lines.contains(word), "{lines}");
        }
    }

    #[test]
    fn without_libtorch_nothing_works_and_the_reason_is_said_once() {
        let (lines, works) = told_of(vec![Step::NoLibtorch("it is missing".into())], Exit::Code(Some(0)));
        assert_eq!((lines.as_str(), works), ("libtorch: it is missing", false));
        let (died, works) = told_of(Vec::new(), Exit::Crashed(Crash::Abort));
        assert!(
            !works && died == "cpu: the process that asked for it died: libtorch gave up (abort)",
            "{died}"
        );
    }
}

//! `nn doctor`: whether models run on this machine, and on which devices.

mod driver;
pub mod probe;

use std::time::Duration;

use crate::{
    out,
    outcome::Outcome,
    watched::{self, End, Found},
};
use probe::Step;

/// A GPU's libraries are gigabytes, and may come from a slow disk.
const PATIENCE: Duration = Duration::from_secs(120);

/// Asks a process of its own, and says what came of it.
pub fn run() -> Outcome {
    out::line(format_args!("nn {}", env!("CARGO_PKG_VERSION")));
    let found = watched::run(|command| _ = command.arg("probe"), |_| PATIENCE);
    let (lines, works) = told(&found);
    for line in lines {
        out::line(line);
    }
    if works { Outcome::Done } else { Outcome::Failed }
}

/// What is said, and whether models run.
fn told(found: &Found<Step>) -> (Vec<String>, bool) {
    let mut lines = Vec::new();
    let (mut cpu, mut gpu, mut devices) = (None, None, Vec::new());
    for step in &found.steps {
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
    let ended = match &found.end {
        End::Left => None,
        End::Hung => Some(format!("no answer after {} s", PATIENCE.as_secs())),
        End::Died(what) => Some(format!("the process that asked for it died: {what}")),
        End::NotBegun(what) => Some(format!("could not be asked: {what}")),
    };
    let without_libtorch = found.steps.iter().any(|step| matches!(step, Step::NoLibtorch(_)));
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
                     `cargo xtask setup --cuda` brings the other"
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
    use super::*;

    fn libtorch() -> Step {
        Step::Libtorch { path: "/somewhere/libnn_torch.so".into(), version: "2.13.0".into() }
    }

    fn driver() -> Step {
        Step::Driver { version: "580".into(), devices: vec!["a card".into()] }
    }

    fn told_of(steps: Vec<Step>, end: End) -> (String, bool) {
        let (lines, works) = told(&Found { steps, end });
        (lines.join("\n"), works)
    }

    #[test]
    fn a_machine_without_a_gpu_is_no_fault_and_one_with_a_card_is_told_what_it_lacks() {
        let no_gpu = || Step::Gpu(Err(probe::NO_GPU.into()));
        let (plain, works) = told_of(vec![libtorch(), Step::Cpu(Ok(1.0)), no_gpu()], End::Left);
        assert!(
            works && plain.contains("gpu: not used: there is no GPU") && !plain.contains("--cuda"),
            "{plain}"
        );
        let steps = vec![libtorch(), Step::Cpu(Ok(1.0)), driver(), no_gpu()];
        let (card, works) = told_of(steps, End::Left);
        assert!(works && card.contains("setup --cuda"), "{card}");
    }

    #[test]
    fn a_driver_that_kills_or_hangs_is_a_line_and_the_cpu_works() {
        for (end, word) in [(End::Died("a trap".into()), "died: a trap"), (End::Hung, "no answer after")] {
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
        let (lines, works) = told_of(vec![Step::NoLibtorch("it is missing".into())], End::Left);
        assert_eq!((lines.as_str(), works), ("libtorch: it is missing", false));
        let (died, works) = told_of(Vec::new(), End::Died("a trap".into()));
        assert!(!works && died == "cpu: the process that asked for it died: a trap", "{died}");
    }
}

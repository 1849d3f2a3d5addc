//! What the box said at the end of a run, read from Pd's console.

use super::error::Error;
use super::patch::names;
use std::path::Path;

/// The answers of one box.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// From input to output through buffering, in samples.
    pub latency_samples: u64,
    /// The same in milliseconds.
    pub latency_ms: f64,
    /// Model buffers that were computed.
    pub blocks: u64,
    /// Model buffers that were not there in time.
    pub late: u64,
    /// Mean compute time of a model buffer.
    pub mean_ms: f64,
    /// Longest compute time of a model buffer.
    pub worst_ms: f64,
    /// Compute time divided by the time that the sound lasts.
    pub real_time_factor: f64,
    /// Memory of the host, on systems where the box can tell.
    pub memory_mb: Option<f64>,
    /// How long the recorded stretch took by the wall clock.
    pub elapsed_ms: f64,
}

impl Answers {
    /// Reads the lines that the patch prints. `log` is named in errors.
    pub fn parse(console: &str, log: &Path) -> Result<Self, Error> {
        let words = |message: &'static str| {
            let head = format!("{}: {message} ", names::PRINT);
            console
                .lines()
                .filter_map(|line| line.trim().strip_prefix(&head))
                .next_back()
                .map(|rest| rest.split_whitespace().collect::<Vec<_>>())
                .ok_or_else(|| Error::Answer { message, reason: "nothing came".into(), log: log.to_owned() })
        };
        let number = |message: &'static str, words: &[&str], place: usize| {
            words.get(place).and_then(|word| word.parse::<f64>().ok()).ok_or_else(|| Error::Answer {
                message,
                reason: format!("no number at place {} of `{}`", place + 1, words.join(" ")),
                log: log.to_owned(),
            })
        };
        let latency = words("latency")?;
        let stats = words("stats")?;
        let elapsed = words("elapsed")?;
        let value = |key: &str| {
            let place = stats.iter().step_by(2).position(|word| *word == key).ok_or_else(|| {
                let reason = format!("no `{key}` in `{}`", stats.join(" "));
                Error::Answer { message: "stats", reason, log: log.to_owned() }
            })?;
            number("stats", &stats, 2 * place + 1)
        };
        Ok(Self {
            latency_samples: number("latency", &latency, 0)? as u64,
            latency_ms: number("latency", &latency, 1)?,
            blocks: value("blocks")? as u64,
            late: value("late")? as u64,
            mean_ms: value("mean_ms")?,
            worst_ms: value("worst_ms")?,
            real_time_factor: value("rtf")?,
            memory_mb: value("memory_mb").ok(),
            elapsed_ms: number("elapsed", &elapsed, 0)?,
        })
    }
}

/// Lines of the console in which Pd or the box complains.
pub fn complaints(console: &str) -> Vec<&str> {
    console
        .lines()
        .map(str::trim)
        .filter(|line| {
            line.starts_with("error") || line.starts_with("nn~:") || line.contains("couldn't create")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONSOLE: &str = "nn~: something to know\n\
        demo: elapsed 10500.2\n\
        demo: latency 4032 91.4286\n\
        demo: stats blocks 226 late 1 mean_ms 4.5 worst_ms 9.25 rtf 0.097 memory_mb 31.5\n";

    #[test]
    fn all_answers_are_read() {
        let answers = Answers::parse(CONSOLE, Path::new("log")).unwrap();
        assert_eq!(
            answers,
            Answers {
                latency_samples: 4032,
                latency_ms: 91.4286,
                blocks: 226,
                late: 1,
                mean_ms: 4.5,
                worst_ms: 9.25,
                real_time_factor: 0.097,
                memory_mb: Some(31.5),
                elapsed_ms: 10_500.2,
            }
        );
    }

    #[test]
    fn statistics_come_in_any_order_and_only_memory_may_lack() {
        let reordered = CONSOLE.replace("blocks 226 late 1", "late 1 blocks 226");
        assert_eq!(Answers::parse(&reordered, Path::new("log")).unwrap().late, 1);
        let elsewhere = CONSOLE.replace(" memory_mb 31.5", "");
        assert_eq!(Answers::parse(&elsewhere, Path::new("log")).unwrap().memory_mb, None);
        let lacking = CONSOLE.replace("worst_ms 9.25 ", "");
        let error = Answers::parse(&lacking, Path::new("log")).unwrap_err().to_string();
        assert!(error.contains("worst_ms"), "{error}");
    }

    #[test]
    fn silence_of_the_box_is_an_error_that_names_the_message() {
        let error = Answers::parse("demo: elapsed 1\n", Path::new("pd.log")).unwrap_err().to_string();
        assert!(error.contains("`latency`") && error.contains("pd.log"), "{error}");
    }

    #[test]
    fn complaints_are_picked_from_the_console() {
        let console = "hello\nerror: demo-input: no such array\nnn~ codec\n... couldn't create\n";
        assert_eq!(complaints(console).len(), 2);
    }
}

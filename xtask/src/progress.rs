//! Progress of the download of libtorch, in a terminal and in a log.

use std::io::{IsTerminal, Write};

use nn_install::Progress;

/// Shows progress: one line that is rewritten in a terminal, one line for every tenth in a log.
#[derive(Debug)]
pub struct Display {
    what: &'static str,
    percent_shown: Option<u64>,
}

impl Display {
    /// For the download of `what`.
    pub fn of(what: &'static str) -> Self {
        Self { what, percent_shown: None }
    }

    /// Shows where the work stands. Called often.
    pub fn show(&mut self, progress: Progress) {
        match progress {
            Progress::Waiting => println!("another process is downloading {}: waiting for it", self.what),
            Progress::Downloading => println!("downloading {} {}", self.what, nn_install::VERSION),
            Progress::Checking => println!("checking the download"),
            Progress::Unpacking { done_bytes, total_bytes } => self.unpacking(done_bytes, total_bytes),
        }
    }

    fn unpacking(&mut self, done_bytes: u64, total_bytes: u64) {
        let terminal = std::io::stdout().is_terminal();
        let percent = (100 * done_bytes).checked_div(total_bytes).unwrap_or(100);
        let percent = if terminal { percent } else { percent / 10 * 10 };
        if self.percent_shown == Some(percent) {
            return;
        }
        self.percent_shown = Some(percent);
        let total_mb = total_bytes / 1_000_000;
        if terminal {
            print!("\runpacking: {percent} % of {total_mb} MB");
            std::io::stdout().flush().ok();
        } else {
            println!("unpacking: {percent} % of {total_mb} MB");
        }
    }

    /// Ends the line that was being rewritten.
    pub fn end(&self) {
        if self.percent_shown.is_some() && std::io::stdout().is_terminal() {
            println!();
        }
    }
}

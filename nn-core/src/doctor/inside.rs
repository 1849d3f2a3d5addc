//! What is found out inside a host.

use std::path::PathBuf;

use crossbeam_channel::{RecvTimeoutError, bounded};

use super::{
    examination::Examination, findings::Findings, host::Host, libtorch::Libtorch, self_test,
    self_test::SelfTest, system::System,
};
use nn_engine::loader::load_limit;
use nn_process::priority::{Rank, make_this_thread_ordinary};

/// What the main thread knows when it asks.
#[derive(Clone, Debug)]
pub struct BoxQuestion {
    /// The host.
    pub host: Option<Host>,
    /// The folders in which the box looks for models.
    pub folders: Vec<PathBuf>,
    /// One below the host's thread.
    pub rank: Rank,
}

/// Finds it all out, on a thread that nobody waits for and that ends afterwards: it takes the priority of an audio thread
/// meanwhile. Takes some seconds. GPUs are not asked, because opening a driver may be the end of the host.
///
/// Thread: loader.
pub fn inside(question: &BoxQuestion, mut test: SelfTest) -> Examination {
    make_this_thread_ordinary();
    let program = std::env::current_exe().ok();
    let host = Host::check(question.host.as_ref(), program.as_deref());
    let folders: Vec<_> = question.folders.iter().map(|path| ("all".to_owned(), path.clone())).collect();
    let mut findings = Findings::of_this_machine(host, &folders, Some(question.rank));
    findings.libtorch = libtorch(&test);
    if findings.libtorch.is_open() {
        test.real_time = question.rank.is_real_time() && question.rank.apply().is_ok();
        findings.played = self_test::play(&test);
    }
    findings.examined(System::here())
}

/// Opened where models are loaded.
fn libtorch(test: &SelfTest) -> Libtorch {
    let (sender, answer) = bounded(1);
    test.loader.submit(move || {
        // Nobody may be there any more.
        let _gone = sender.send(Libtorch::open());
    });
    match answer.recv_timeout(load_limit()) {
        Ok(found) => found,
        Err(RecvTimeoutError::Timeout) => {
            Libtorch::unknown(format!("it was not open after {} s", load_limit().as_secs()))
        }
        Err(RecvTimeoutError::Disconnected) => Libtorch::unknown("opening it broke off"),
    }
}

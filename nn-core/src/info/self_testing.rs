//! The self-test of a host: asks the doctor, says when to play, collects what boxes answer, and has the report written.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::{InfoContext, InfoEvent, Outlet, request::InfoSelfTest};
use crate::{
    host_test::{Outcome, Report},
    message::Atom,
};
use nn_engine::loader::Loader;
use nn_model::shown::{self, plain};

/// The doctor's last message.
const EXAMINED: &str = "examined";
const CALLED: &str = "nn.info: ";

/// A self-test that is under way. Main thread; nothing here waits.
#[derive(Debug, Default)]
pub struct SelfTesting {
    stage: Stage,
    report: Report,
    folder: Option<PathBuf>,
    events: Vec<InfoEvent>,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Idle,
    /// The doctor is asked.
    Examining,
    /// Boxes are playing, or comparing.
    Playing,
    /// The report is being written.
    Writing(Receiver<Result<PathBuf, String>>),
}

impl SelfTesting {
    /// Handles a message; true when the doctor is to be asked.
    ///
    /// Thread: main.
    pub fn handle(
        &mut self,
        request: InfoSelfTest,
        around: &InfoContext<'_>,
        loader: &'static Loader,
    ) -> bool {
        match (request, &self.stage) {
            (InfoSelfTest::Begin, _) => {
                let host = around.host.map(|host| {
                    let version = host.version.as_deref().unwrap_or("of an unknown version");
                    format!("{} {version}", host.name)
                });
                self.report = Report { host: host.unwrap_or_else(|| "unknown".into()), ..Report::default() };
                self.folder = around.folder.map(Path::to_owned);
                self.stage = Stage::Examining;
                return true;
            }
            (InfoSelfTest::Outcome(outcome), Stage::Playing) => {
                let Outcome { name, verdict, text } = &outcome;
                self.note(&format!("{name}: {}: {text}", verdict.word()));
                self.report.outcomes.push(outcome);
                if self.report.is_complete() {
                    self.write(loader);
                }
            }
            (InfoSelfTest::Heard(method), Stage::Playing) => {
                self.report.heard.push(method);
                if self.report.is_complete() {
                    self.write(loader);
                }
            }
            (InfoSelfTest::End, Stage::Playing) => self.write(loader),
            // The report is written, or is not begun.
            (InfoSelfTest::End | InfoSelfTest::Outcome(_) | InfoSelfTest::Heard(_), _) => {}
        }
        false
    }

    /// Takes part in what the doctor tells, and in what comes of the report.
    ///
    /// Thread: main.
    pub fn poll(&mut self, told: &[InfoEvent]) -> Vec<InfoEvent> {
        match &self.stage {
            Stage::Examining => {
                for event in told {
                    match event {
                        InfoEvent::Note(line) | InfoEvent::Error(line) => {
                            self.report.doctor.push(line.trim_start_matches(CALLED).to_owned());
                        }
                        InfoEvent::Message { selector, .. } if selector == EXAMINED => {
                            self.stage = Stage::Playing;
                            self.send(vec![Atom::symbol("play")]);
                        }
                        _ => {}
                    }
                }
            }
            Stage::Writing(answer) => {
                let written = match answer.try_recv() {
                    Ok(written) => written,
                    Err(TryRecvError::Empty) => return self.take_events(),
                    Err(TryRecvError::Disconnected) => Err("the report: writing it broke off".into()),
                };
                self.stage = Stage::Idle;
                self.tell(written);
            }
            Stage::Idle | Stage::Playing => {}
        }
        self.take_events()
    }

    fn tell(&mut self, written: Result<PathBuf, String>) {
        self.note(&self.report.result());
        match written {
            Ok(path) => {
                let path = shown::path(&path);
                self.note(&format!("the report is {path}"));
                self.send(vec![Atom::symbol("written"), Atom::symbol(path)]);
            }
            Err(why) => self.events.push(InfoEvent::Error(plain(&format!("{CALLED}selftest: {why}")))),
        }
        self.send(vec![Atom::symbol("passed"), Atom::Int(self.report.passes().into())]);
    }

    fn write(&mut self, loader: &'static Loader) {
        let (sender, answer) = bounded(1);
        let (report, folder) = (self.report.clone(), self.folder.clone());
        loader.submit(move || {
            // The box may be gone.
            let _gone = sender.send(report.write(folder.as_deref()));
        });
        self.stage = Stage::Writing(answer);
    }

    /// True while an answer is on its way that the patch does not send.
    ///
    /// Thread: main.
    pub fn pending(&self) -> bool {
        matches!(self.stage, Stage::Writing(_))
    }

    /// What is to be said.
    ///
    /// Thread: main.
    pub fn take_events(&mut self) -> Vec<InfoEvent> {
        std::mem::take(&mut self.events)
    }

    fn note(&mut self, line: &str) {
        self.events.push(InfoEvent::Note(plain(&format!("{CALLED}selftest: {line}"))));
    }

    fn send(&mut self, atoms: Vec<Atom>) {
        self.events.push(InfoEvent::Message {
            outlet: Outlet::Dictionary,
            selector: "selftest".into(),
            atoms,
        });
    }
}

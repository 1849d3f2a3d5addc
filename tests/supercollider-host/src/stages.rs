//! Commands in stages: the second and fourth on the other thread, the third and the end on the audio thread.

use std::ffi::{CStr, c_char, c_void};

use crossbeam_channel::Sender;

use crate::{
    abi::{CleanUp, Stage, World},
    count,
};

/// How a command ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `/done` with this name.
    Done(String),
    /// A stage said that it failed: no answer to the language.
    Ended,
    /// There is no such command, or its first stage began nothing.
    Refused,
}

/// What is to be done next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// On the other thread.
    Second,
    /// On the audio thread.
    Third,
    /// On the other thread.
    Fourth,
    /// On the audio thread.
    End,
}

/// A command on its way.
pub struct Pending {
    pub world: *mut World,
    pub name: *const c_char,
    pub data: *mut c_void,
    pub stages: [Option<Stage>; 3],
    pub clean_up: CleanUp,
    pub step: Step,
    pub asked: Option<Sender<Answer>>,
    pub fine: bool,
}

// SAFETY: the plug-in gave these pointers for all of a command's threads.
unsafe impl Send for Pending {}

impl Pending {
    /// Whether the next step is the other thread's.
    pub fn is_for_the_other_thread(&self) -> bool {
        matches!(self.step, Step::Second | Step::Fourth)
    }

    /// Does the next step; false after the last.
    pub fn go_on(&mut self) -> bool {
        let number = match self.step {
            Step::Second => 0,
            Step::Third => 1,
            Step::Fourth => 2,
            Step::End => {
                self.end();
                return false;
            }
        };
        // SAFETY: the plug-in's stage, with its own data.
        self.fine = self.stages[number].is_none_or(|stage| unsafe { stage(self.world, self.data) });
        self.step = match self.step {
            _ if !self.fine => Step::End,
            Step::Second => Step::Third,
            Step::Third => Step::Fourth,
            _ => Step::End,
        };
        true
    }

    /// The same, counted where it is the audio thread's.
    pub fn go_on_counted(&mut self, counted: bool) -> bool {
        let before = count::mark(counted.into());
        let more = self.go_on();
        count::mark(before);
        more
    }

    fn end(&mut self) {
        let answer = count::outside(|| {
            // SAFETY: a text that lives until the end.
            let name = || unsafe { CStr::from_ptr(self.name) }.to_string_lossy().into_owned();
            if self.fine && !self.name.is_null() { Answer::Done(name()) } else { Answer::Ended }
        });
        // SAFETY: the plug-in's function, with its own data.
        unsafe { (self.clean_up)(self.world, self.data) };
        count::outside(|| {
            if let Some(asked) = self.asked.take() {
                let _gone = asked.send(answer);
            }
        });
    }
}

//! Says that a measurement goes on, where nothing else is to be said.

use std::{
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use super::step::Step;
use crate::steps::say;

/// How often.
const OFTEN: Duration = Duration::from_millis(250);

/// For work that ends by itself, as loads do: says it as long as this exists.
pub struct Alive(#[allow(dead_code, reason = "its end is what is heard")] Sender<()>);

impl Alive {
    /// From now on.
    pub fn begin() -> Self {
        let (sender, ended) = channel::<()>();
        std::thread::spawn(move || {
            while ended.recv_timeout(OFTEN) == Err(RecvTimeoutError::Timeout) {
                say(&Step::Goes);
            }
        });
        Self(sender)
    }
}

/// For work in small pieces: says it after a piece, but not after each.
pub struct Pieces(Instant);

impl Pieces {
    /// From now on.
    pub fn begin() -> Self {
        Self(Instant::now())
    }

    /// A piece is done.
    pub fn done(&mut self) {
        if self.0.elapsed() > OFTEN {
            say(&Step::Goes);
            self.0 = Instant::now();
        }
    }
}

//! Reads with limits that hold by the clock, whatever the other side does: bytes are read on a thread of their own, which
//! is left behind when nobody waits for it any more.

use std::{
    io::{self, Read},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use crate::{cancel::Cancel, error::CatalogError};
use nn_process::stack;

/// How much is read at a time.
const PIECE_BYTES: usize = 1 << 16;

/// How many pieces wait at most.
const WAITING: usize = 4;

/// How soon a wait ends after it was cancelled.
const STEP: Duration = Duration::from_millis(50);

/// Bytes on their way.
#[derive(Debug)]
pub struct Body {
    pieces: Receiver<io::Result<Vec<u8>>>,
}

/// What came next.
#[derive(Debug)]
pub enum Next {
    /// Some bytes.
    Piece(Vec<u8>),
    /// There are no more.
    End,
    /// Reading failed.
    Failed(io::Error),
    /// It is too late for more.
    TooLate,
}

impl Body {
    /// Begins to read.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub fn of(mut from: impl Read + Send + 'static) -> Result<Self, CatalogError> {
        let (sender, pieces) = bounded(WAITING);
        let read = move || {
            let mut piece = vec![0; PIECE_BYTES];
            loop {
                let answer = match from.read(&mut piece) {
                    Ok(count) => Ok(piece[..count].to_vec()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => Err(error),
                };
                let goes_on = matches!(&answer, Ok(bytes) if !bytes.is_empty());
                if sender.send(answer).is_err() || !goes_on {
                    return;
                }
            }
        };
        stack::thread("nn~ reading", stack::CATALOG_BYTES)
            .spawn(read)
            .map_err(|_| CatalogError::no_thread())?;
        Ok(Self { pieces })
    }

    /// Waits for the next bytes until then. `what` is what they are part of.
    ///
    /// # Errors
    /// When it was cancelled.
    pub fn next(&self, until: Instant, cancel: &Cancel, what: &str) -> Result<Next, CatalogError> {
        loop {
            cancel.check(what)?;
            let left = until.saturating_duration_since(Instant::now());
            match self.pieces.recv_timeout(left.min(STEP)) {
                Ok(Ok(bytes)) if bytes.is_empty() => return Ok(Next::End),
                Ok(Ok(bytes)) => return Ok(Next::Piece(bytes)),
                Ok(Err(error)) => return Ok(Next::Failed(error)),
                // It ended before, or broke off.
                Err(RecvTimeoutError::Disconnected) => return Ok(Next::End),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Ok(Next::TooLate),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

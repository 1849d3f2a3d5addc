//! What counts, and what the system of this machine tells.

mod meter;
mod platform;
mod steps;

use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use super::{Effort, Noted, PIECE_BYTES};

const MS: fn(u64) -> Duration = Duration::from_millis;

#[test]
fn every_piece_of_a_file_is_progress_and_nothing_of_it_is_lost() {
    let bytes: Vec<u8> = (0..3 * PIECE_BYTES + 7).map(|n| (n % 251) as u8).collect();
    let effort = Effort::default();
    effort.begin();
    let mut read = Vec::new();
    std::io::Read::read_to_end(&mut Noted::new(&bytes[..]), &mut read).expect("read");
    assert!(read == bytes);
    let progress = effort.0.lock().as_ref().map(|watched| watched.progress.load(Relaxed));
    assert_eq!(progress, Some(3));
    effort.end();
    assert_eq!(effort.spent(), Duration::MAX);
}

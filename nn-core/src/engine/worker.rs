//! One thread per box that runs its model.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    thread::Thread,
    time::Duration,
};

use super::{
    exit::{self, Presence},
    priority::Rank,
    runner::{Reply, Runner},
    status::Status,
};
use crate::port::{
    frame::Outcome,
    link::{WAIT_LIMIT, WorkerRings},
};

/// Workers look up at least this often, woken or not.
const NAP: Duration = Duration::from_millis(100);

/// Starts the worker of a box. Never called on the audio thread.
///
/// The thread leaves when `status.stop()` was called or the process exits; nobody ever joins it, because it may be
/// deep inside a model.
pub fn start(mut runner: Runner, status: Arc<Status>) -> std::io::Result<Thread> {
    let rank = Rank::below_this_thread();
    let handle = std::thread::Builder::new().name("nn~ worker".into()).spawn(move || {
        Presence::prepare_thread();
        if let Err(what) = rank.apply() {
            runner.reply(Reply::Note(what));
        }
        while !status.stopped() {
            let Some(presence) = Presence::enter() else { exit::linger() };
            let idle = work(&mut runner, &status);
            drop(presence);
            if idle {
                match runner.rings() {
                    Some(rings) => rings.rest(NAP),
                    None => std::thread::park_timeout(NAP),
                }
            }
        }
        let Some(presence) = Presence::enter() else { exit::linger() };
        // The model is dropped here, on its own thread, and only then is the thread counted as gone.
        drop(runner);
        presence.until_the_thread_has_ended();
    })?;
    Ok(handle.thread().clone())
}

/// Runs at most one frame. True when there was none.
fn work(runner: &mut Runner, status: &Status) -> bool {
    // Messages first, then the ring: a message that is stamped for a later frame than those already handed over
    // must not overtake them.
    runner.receive();
    let stream = runner.replaced();
    let Some(mut frame) = runner.rings().and_then(WorkerRings::take) else {
        runner.apply_all();
        return true;
    };
    // Once more: a message for this very frame may have come between the two.
    runner.receive();
    runner.await_load(WAIT_LIMIT);
    if runner.replaced() != stream {
        // The stream of this frame is gone, and its place in the new one is another frame's.
        return false;
    }
    runner.apply_until(frame.sequence);
    if frame.sequence < status.playing.load(Relaxed) {
        frame.outcome = Outcome::Dropped;
        status.dropped.fetch_add(1, Relaxed);
    } else {
        runner.run(&mut frame);
    }
    if let Some(rings) = runner.rings() {
        // A full ring cannot be: there are no more frames than places. A gone port means a gone stream.
        let _gone = rings.to_port.push(frame);
    }
    false
}

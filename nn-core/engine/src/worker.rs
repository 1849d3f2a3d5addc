//! One thread per box that runs its model.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::Thread,
    time::Duration,
};

use parking_lot::Mutex;

use crate::port::{buffer::Outcome, transport::WorkerRings};
use crate::{command::EngineReport, inline::Inline, runner::Runner, status::Status};
use nn_process::stack;
use nn_process::{
    exit::{self, Presence},
    priority::Rank,
};

/// Workers poll at least this often, woken or not.
const NAP: Duration = Duration::from_millis(100);

/// A running worker, as main thread and loader know it (`Send` and `Sync`). What it runs is on its own thread.
#[derive(Clone, Debug)]
pub struct Worker {
    thread: Thread,
    retired: Arc<AtomicBool>,
    moves_to: Arc<Mutex<Option<Arc<Inline>>>>,
}

impl Worker {
    /// Starts the worker of a box. Not on the audio thread.
    ///
    /// The thread ends when the box is gone, when it is retired, when its runner moves to the audio callback or when
    /// the process exits. It is never joined, because it may be deep inside a model.
    pub fn start(mut runner: Box<Runner>, status: Arc<Status>, rank: Rank) -> std::io::Result<Self> {
        let retired = runner.retired();
        let leave = retired.clone();
        let moves_to = Arc::<Mutex<Option<Arc<Inline>>>>::default();
        let destination = moves_to.clone();
        let handle = stack::thread("nn~ worker", stack::WORKER_BYTES).spawn(move || {
            Presence::prepare_thread();
            if let Err(what) = rank.apply() {
                runner.reply(EngineReport::Note(what));
            }
            while !status.stopped() && !leave.load(Relaxed) {
                let Some(presence) = Presence::enter() else { exit::linger() };
                let idle = work(&mut runner, &status);
                runner.pass_on_prints();
                if runner.takes_leave()
                    && let Some(inline) = destination.lock().take()
                {
                    inline.fill(runner);
                    return presence.until_the_thread_has_ended();
                }
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
        Ok(Self { thread: handle.thread().clone(), retired, moves_to })
    }

    /// Its thread.
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// Wakes it: there is something to do.
    pub fn wake(&self) {
        self.thread.unpark();
    }

    /// Sets where its runner moves with the next [`Command::Leave`](crate::command::Command::Leave). Any thread but the
    /// audio thread.
    pub fn move_to(&self, inline: Arc<Inline>) {
        *self.moves_to.lock() = Some(inline);
    }

    /// Another worker has replaced it: it ends as soon as its model returns.
    pub fn retire(&self) {
        self.retired.store(true, Relaxed);
        self.wake();
    }
}

/// Runs at most one buffer. True if there was none.
fn work(runner: &mut Runner, status: &Status) -> bool {
    // Messages first, then the ring: a message that is stamped for a later buffer than those already handed over
    // must not overtake them.
    runner.receive();
    let stream = runner.replaced();
    let Some(mut buffer) = runner.rings().and_then(WorkerRings::take) else {
        runner.apply_all();
        return true;
    };
    // Once more: a message for this very buffer may have come between the two.
    runner.receive();
    if runner.replaced() != stream {
        // The stream of this buffer is gone, and its place in the new one is another buffer's.
        return false;
    }
    runner.apply_until(buffer.sequence);
    // If results are waited for, there is time for all of them, and how many are overdue would be chance.
    if buffer.sequence < status.playing.load(Relaxed) && !status.waiting() {
        buffer.outcome = Outcome::Dropped;
        status.dropped.fetch_add(1, Relaxed);
    } else {
        runner.run(&mut buffer);
    }
    if let Some(rings) = runner.rings() {
        // The ring cannot be full: there are no more buffers than places. If the port is gone, so is the stream.
        let _gone = rings.to_port.push(buffer);
    }
    false
}

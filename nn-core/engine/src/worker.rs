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
                if runner.wants_to_end()
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
        runner.apply_idle();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Command, Fade, Release, Stamped, Swap},
        context::EngineContext,
        layout::BoxKind,
        loader::Loader,
        port::{
            buffer::BufferShape,
            transport::{Transport, WorkerRings},
            wakeup::Wakeup,
        },
    };
    use nn_model::{
        Model,
        fake::{Behaviour, FakeModel, FakeSource},
    };

    const SHAPE: BufferShape = BufferShape { batch: 1, in_channels: 2, out_channels: 2, buffer_frames: 8 };
    const FADE_FRAMES: usize = 4;

    /// A worker without a thread of its own.
    struct Stand {
        runner: Runner,
        status: Arc<Status>,
        commands: crossbeam_channel::Sender<Stamped>,
        transport: Transport,
        handed_over: u64,
    }

    fn rings(follows_on: bool) -> (Transport, WorkerRings) {
        let wakeup = Wakeup::new(std::thread::current(), Duration::ZERO, Duration::ZERO);
        let (transport, mut rings) = Transport::worker(4, wakeup);
        (rings.fade_frames, rings.follows_on) = (FADE_FRAMES, follows_on);
        (transport, rings)
    }

    /// A model whose first input is a signal, and whose second is a class.
    fn model() -> FakeModel {
        FakeModel::new([2, 1, 2, 1], Behaviour::Gain).with_input_labels(&["audio", "class (0-9)"])
    }

    impl Stand {
        fn new() -> Self {
            let status = Arc::<Status>::default();
            let context = EngineContext {
                kind: BoxKind::Nn,
                source: Arc::new(FakeSource::new(model())),
                loader: Loader::global(),
                messages_wait: false,
                status: status.clone(),
                prints: Arc::default(),
                joins_sound: false,
                rank: None,
            };
            let (commands, queue) = crossbeam_channel::unbounded();
            let (replies, _) = crossbeam_channel::unbounded();
            let runner = Runner::new(queue, replies, &context);
            let (transport, _) = rings(false);
            let mut stand = Self { runner, status, commands, transport, handed_over: 0 };
            stand.begin_stream(true, false);
            stand
        }

        /// Another stream, of another model or of the one that there is.
        fn begin_stream(&mut self, is_new: bool, follows_on: bool) {
            let (transport, rings) = rings(follows_on);
            self.swap(is_new.then(|| Box::new(model()) as _), None, Some(rings), 0);
            self.transport = transport;
            work(&mut self.runner, &self.status);
        }

        /// Sends another model or stream, before the buffer of this number.
        fn swap(
            &self,
            model: Option<Box<dyn Model>>,
            fade: Option<Fade>,
            rings: Option<WorkerRings>,
            sequence: u64,
        ) {
            let swap = Swap {
                signals: Vec::new(),
                model,
                method: 0,
                carrier: None,
                optimise: None,
                keep_attributes: true,
                shape: SHAPE,
                warm_up: None,
                fade,
                rings,
                resampling: None,
            };
            let command = Command::Swap(Box::new(swap));
            self.commands.send(Stamped { sequence, command }).expect("the runner is there");
        }

        /// Plays a buffer of this level; what the model answers, which is what it heard, channel by channel.
        fn play(&mut self, level: f32) -> (Outcome, Vec<f32>) {
            self.handed_over += 1;
            let mut buffer = SHAPE.buffer();
            buffer.input.fill(level);
            (buffer.sequence, buffer.number) = (self.handed_over, self.handed_over);
            self.transport.hand_over(buffer, &self.status).expect("there is room");
            work(&mut self.runner, &self.status);
            let buffer = self.transport.take().expect("it was worked on");
            (buffer.outcome, buffer.output)
        }
    }

    /// From 1 to 3, and a class that is 3 at once.
    const RISEN: [f32; 16] = [1.5, 2.0, 2.5, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0];

    #[test]
    fn after_overdue_buffers_a_signal_rises_over_the_end_of_what_was_heard_last() {
        let mut stand = Stand::new();
        assert_eq!(stand.play(1.0), (Outcome::Sound, vec![1.0; 16]));
        // Two that the port no longer waits for.
        stand.status.playing.store(4, Relaxed);
        assert_eq!(stand.play(2.0).0, Outcome::Dropped);
        assert_eq!(stand.play(2.5).0, Outcome::Dropped);
        assert_eq!(stand.play(3.0), (Outcome::Sound, RISEN.into()));
        assert_eq!(stand.play(4.0), (Outcome::Sound, vec![4.0; 16]), "none is missing");
    }

    #[test]
    fn a_signal_rises_after_buffers_that_were_lost_with_their_stream() {
        for (is_new, follows_on, expected) in [
            (false, true, RISEN),
            // What hears nothing of it, and what follows on nothing.
            (true, true, [3.0; 16]),
            (false, false, [3.0; 16]),
        ] {
            let mut stand = Stand::new();
            assert_eq!(stand.play(1.0), (Outcome::Sound, vec![1.0; 16]));
            stand.handed_over += 2;
            stand.begin_stream(is_new, follows_on);
            assert_eq!(stand.play(3.0), (Outcome::Sound, expected.into()), "{is_new} {follows_on}");
        }
    }

    /// Sends a release that waits for this buffer for a minute, and gives where the model will come.
    fn release(stand: &Stand, sequence: u64) -> crossbeam_channel::Receiver<crate::command::Left> {
        let (to, left) = crossbeam_channel::bounded(1);
        let until = std::time::Instant::now() + Duration::from_secs(60);
        let command = Command::Release(Release { to, fade_frames: FADE_FRAMES, until });
        stand.commands.send(Stamped { sequence, command }).expect("the runner is there");
        left
    }

    #[test]
    fn a_model_that_is_given_up_fades_out_at_the_end_of_its_buffer() {
        let mut stand = Stand::new();
        stand.play(1.0);
        let left = release(&stand, 2);
        assert!(work(&mut stand.runner, &stand.status), "there is no buffer");
        assert!(left.try_recv().is_err(), "its buffer is waited for");
        let faded = [1.0, 1.0, 1.0, 1.0, 1.0, 0.75, 0.5, 0.25];
        assert_eq!(stand.play(1.0), (Outcome::Sound, [faded, faded].concat()));
        assert!(left.try_recv().is_ok_and(|(model, _)| model.is_some()));
        assert_eq!(stand.play(1.0).0, Outcome::NoModel);
    }

    #[test]
    fn a_model_that_comes_for_the_buffer_at_whose_end_the_one_before_goes_takes_its_place() {
        let mut stand = Stand::new();
        stand.play(1.0);
        let left = release(&stand, 2);
        stand.swap(Some(Box::new(model())), Some(Fade::one_by_one(FADE_FRAMES)), None, 2);
        for _ in 0..2 {
            assert_eq!(stand.play(1.0).0, Outcome::Sound);
        }
        assert!(left.try_recv().is_ok_and(|(model, _)| model.is_some()));
    }

    #[test]
    fn the_model_that_comes_stays_where_the_one_before_was_still_to_go() {
        let mut stand = Stand::new();
        stand.play(1.0);
        // For the buffer that is played next, which is overdue, and for one that never comes.
        for sequence in [2, 100] {
            let left = release(&stand, sequence);
            if sequence == 2 {
                stand.status.playing.store(3, Relaxed);
                assert_eq!(stand.play(1.0).0, Outcome::Dropped);
            }
            stand.begin_stream(true, false);
            assert!(left.try_recv().is_ok_and(|(model, _)| model.is_some()), "{sequence}");
            stand.handed_over += 2;
            assert_eq!(stand.play(1.0).0, Outcome::Sound, "{sequence}");
        }
    }
}

//! Handing over: commands to the runner, streams to the port, in one piece.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{
    Engine, HANGS, State, Warm, Wish, Workshop, new_runner,
    realise::{Fresh, Made},
    start,
};
use crate::{
    engine::{
        command::{Command, Fade, Reply, Stamped, Swap},
        slot::Slot,
        worker::Worker,
    },
    model::Device,
    port::{
        declick::FADE_MS,
        link::{Link, WorkerRings},
        stream::{Opening, Stream, StreamFormat},
    },
};

impl Workshop {
    /// Hands over what was made for a wish, which thereby has come true.
    pub(super) fn deliver(
        &self,
        state: &mut State,
        wish: &Wish,
        mut made: Made,
        fresh: Option<Fresh>,
    ) -> Option<Arc<Slot>> {
        let status = &self.tools.status;
        let is_fresh = fresh.is_some();
        let present_device = state.done.as_ref().map_or(Device::Cpu, |done| device(done.gpu));
        let same_host = state.done.as_ref().is_none_or(|done| done.host == wish.host);
        let heard = state.last_prepare.is_some_and(|(_, played)| status.samples.load(Relaxed) > played);
        let opening = if same_host && heard { Opening::Faded } else { Opening::Cut };

        let inline = wish.runs_inline(self.tools.workers);
        let hung = is_fresh && matches!(state.engine, Engine::Worker(_)) && self.hangs();
        let before = state.engine.clone();
        if hung || matches!(state.engine, Engine::None) {
            self.replace_engine(state, inline);
        } else {
            self.move_engine(state, inline);
        }
        let moved = !state.engine.is(&before);
        let stays = state.format == Some(made.format) && !moved && same_host;
        let mut swap = Swap {
            model: made.model.take().or(fresh.map(|fresh| fresh.model)),
            method: made.subject.method,
            device: (made.warm.device != present_device).then_some(made.warm.device),
            optimise: wish.optimise,
            keep_attributes: !is_fresh || wish.model.as_ref().is_some_and(|m| m.keeps_attributes),
            fade: None,
            rings: None,
        };
        state.swaps += 1;
        if stays {
            swap.fade = Some(self.fade(&made));
            self.send(state, Command::Swap(Box::new(swap)));
        } else {
            let (stream, rings) = self.stream(state, made.format, opening);
            swap.rings = rings;
            self.send(state, Command::Swap(Box::new(swap)));
            state.port.send(stream);
            status.filling.store(0, Relaxed);
        }
        let on_its_way = match (&before, &state.engine) {
            (Engine::Worker(worker), Engine::Inline(slot)) if !hung => {
                // Whatever was sent before is done, or goes with it.
                let _gone = state.commands.send(Stamped { frame: 0, command: Command::MoveTo(slot.clone()) });
                worker.wake();
                Some(slot.clone())
            }
            _ => None,
        };

        if is_fresh {
            state.warmed.clear();
            state.pristine = made.pristine.take();
        }
        let warm = made.warm;
        let same = |other: &Warm| {
            (other.method, other.shape, other.device) == (warm.method, warm.shape, warm.device)
        };
        state.warmed.retain(|other| !same(other));
        state.warmed.push(warm);
        state.told_rate_hz = state.told_rate_hz.filter(|_| !is_fresh).or(wish.host.rate_hz());
        state.wish.method.name.clone_from(&made.subject.method().name);
        state.wish.method.asked_for = true;
        state.subject = Some(made.subject);
        state.format = Some(made.format);
        state.done = Some(state.wish.clone());
        status.set_ready();
        self.pass_on_deferred(state);
        self.reply(Reply::Realised { loaded: is_fresh });
        on_its_way
    }

    /// Starts a stream for the present model.
    pub(super) fn renew_stream(&self, state: &mut State, format: StreamFormat, opening: Opening) {
        let (stream, rings) = self.stream(state, format, opening);
        if let Some(rings) = rings {
            self.send(state, Command::Rings(rings));
        }
        state.format = Some(format);
        state.port.send(stream);
        // What is sent from now on is for the new stream.
        self.tools.status.filling.store(0, Relaxed);
    }

    fn stream(
        &self,
        state: &State,
        format: StreamFormat,
        opening: Opening,
    ) -> (Box<Stream>, Option<WorkerRings>) {
        match &state.engine {
            Engine::Worker(worker) => {
                let (stream, rings) = Stream::with_worker(format, worker.thread().clone(), opening);
                (stream, Some(rings))
            }
            Engine::Inline(slot) => {
                let link = Link::inline(format.timing.pool_frames, slot.clone());
                (Stream::new(format, link, opening), None)
            }
            // Nobody runs anything: silence.
            Engine::None => {
                let slot = Arc::new(Slot::new(None));
                (Stream::new(format, Link::inline(format.timing.pool_frames, slot), opening), None)
            }
        }
    }

    /// How the new state joins the old one in a stream that goes on.
    fn fade(&self, made: &Made) -> Fade {
        let status = &self.tools.status;
        let rate_hz = made.format.sample_rate_hz;
        let frames = (FADE_MS * 1e-3 * rate_hz) as usize;
        let deadline_s = made.format.timing.deadline_frames as f32 / rate_hz.max(1.0);
        if status.waiting() {
            return Fade { frames, cost: Duration::ZERO, budget: Duration::MAX };
        }
        Fade {
            frames,
            cost: made.warm.cost + status.mean_run(),
            // Half of the time: both may be slower than they were.
            budget: Duration::from_secs_f32((deadline_s * 0.5).max(0.0)),
        }
    }

    /// A new engine in place of one that hangs or never was.
    fn replace_engine(&self, state: &mut State, inline: bool) {
        if let Engine::Worker(worker) = &state.engine {
            worker.retire();
        }
        state.swaps = self.tools.status.swaps.load(Relaxed);
        self.tools.status.end_run();
        let (runner, commands) = new_runner(&self.tools, &self.replies);
        state.commands = commands;
        let (engine, refused) = start(&self.tools, self.rank, runner, inline);
        state.engine = engine;
        if let Some(what) = refused {
            self.reply(Reply::Refused(thread_refused(&what)));
        }
    }

    /// From the worker to the callback or back, where the wish asks for it.
    fn move_engine(&self, state: &mut State, inline: bool) {
        match (&state.engine, inline) {
            (Engine::Worker(_), true) => state.engine = Engine::Inline(Arc::new(Slot::new(None))),
            (Engine::Inline(slot), false) => match slot.take_away(HANGS) {
                Some(runner) => match Worker::start(runner, self.tools.status.clone(), self.rank) {
                    Ok(worker) => state.engine = Engine::Worker(worker),
                    Err(what) => {
                        state.engine = Engine::None;
                        self.reply(Reply::Refused(thread_refused(&what)));
                    }
                },
                None => self.replace_engine(state, inline),
            },
            _ => {}
        }
    }
}

impl Engine {
    /// True when both are the same thread or place.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Worker(one), Self::Worker(other)) => one.thread().id() == other.thread().id(),
            (Self::Inline(one), Self::Inline(other)) => Arc::ptr_eq(one, other),
            (Self::None, Self::None) => true,
            _ => false,
        }
    }
}

fn device(gpu: bool) -> Device {
    if gpu { Device::Gpu } else { Device::Cpu }
}

/// Said when there is no thread to be had.
pub fn thread_refused(what: &std::io::Error) -> String {
    format!("the system refuses a thread ({what}): close other programs and make the box again")
}

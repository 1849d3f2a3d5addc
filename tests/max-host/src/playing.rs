//! Audio and time as tests use them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::unbounded;

use crate::{
    audio::{self, Feed, running},
    max::Max,
    threads::{Role, acting},
    time::{run_clocks, run_queue},
    world::{dsp::Format, overdrive, patched::Patched, schedule::Overdrive, world},
};

impl Max {
    /// Connects a signal of so many channels to an inlet; 0 takes the cord away. Heard from the next chain on.
    pub fn wire(&self, patched: Patched, inlet: usize, channels: usize) {
        let mut world = world();
        if channels == 0 {
            world.dsp.wires.remove(&(patched.0, inlet));
        } else {
            world.dsp.wires.insert((patched.0, inlet), channels);
        }
    }

    /// Switches audio on, or builds the chain anew.
    pub fn audio_on(&self, format: Format) {
        world().dsp.format = format;
        audio::build();
    }

    /// Switches audio off.
    pub fn audio_off(&self) {
        let mut world = world();
        world.dsp.on = false;
        world.dsp.in_chain.clear();
    }

    /// Builds the chain anew, as an edit of the patch does.
    pub fn rebuild(&self) {
        audio::build();
    }

    /// Plays this into a box (all channels of all inlets, one after the other) and gives what came out of it likewise.
    /// Everything else in the chain plays too.
    pub fn play(&self, patched: Patched, input: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let frames = input.first().map_or(0, Vec::len);
        let vector = world().dsp.format.vector_frames;
        self.play_in(patched, input, frames, &[vector])
    }

    /// The same in vectors of these lengths in turn, none longer than the format's.
    pub fn play_in(
        &self,
        patched: Patched,
        input: &[Vec<f64>],
        frames: usize,
        vectors: &[usize],
    ) -> Vec<Vec<f64>> {
        let feed = Feed { input: input.to_vec(), records: true, ..Feed::default() };
        running().feeds.insert(patched.0, feed);
        let mut left = frames;
        for &vector in vectors.iter().cycle() {
            if left == 0 {
                break;
            }
            let vector = vector.min(left);
            left -= vector;
            self.block(vector);
        }
        running().feeds.remove(&patched.0).map(|feed| feed.heard).unwrap_or_default()
    }

    /// One block of everything, and what the other threads do meanwhile.
    fn block(&self, frames: usize) {
        self.audio.run(move || {
            audio::play_block(frames);
            advance(frames);
        });
        self.service();
    }

    /// Lets the audio thread play by itself, in real time, until [`Max::stop`]; a box hears this again and again.
    pub fn play_on(&mut self, patched: Patched, input: Vec<Vec<f64>>) {
        let feed = Feed { input, repeats: true, ..Feed::default() };
        running().feeds.insert(patched.0, feed);
        let (stop, (done, ended)) = (Arc::new(AtomicBool::new(false)), unbounded());
        let (stopped, scheduler) = (stop.clone(), self.scheduler.clone());
        self.audio.post(move || {
            let mut next = Instant::now();
            while !stopped.load(SeqCst) {
                let format = world().dsp.format;
                audio::play_block(format.vector_frames);
                advance(format.vector_frames);
                match overdrive() {
                    Overdrive::On => scheduler.post(run_clocks),
                    Overdrive::InAudioInterrupt => acting(Role::Scheduler, run_clocks),
                    Overdrive::Off => {}
                }
                next += Duration::from_secs_f64(format.vector_frames as f64 / format.rate_hz);
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            let _waiting = done.send(());
        });
        self.playing = Some((stop, ended));
    }

    /// The end of [`Max::play_on`].
    pub fn stop(&mut self) {
        if let Some((stop, ended)) = self.playing.take() {
            stop.store(true, SeqCst);
            let _ended = ended.recv();
        }
    }

    /// Does what waits: clocks that are due where they belong, then the main thread's queue.
    pub fn service(&self) {
        if self.playing.is_none() {
            match overdrive() {
                Overdrive::Off => run_clocks(),
                Overdrive::On => self.scheduler.run(run_clocks),
                Overdrive::InAudioInterrupt => self.audio.run(|| acting(Role::Scheduler, run_clocks)),
            }
        } else if overdrive() == Overdrive::Off {
            run_clocks();
        }
        run_queue();
        if world().dsp.broken && world().dsp.on {
            audio::build();
        }
    }

    /// Lets time pass, without sound: at once for the host, and as much of it for the threads of externals.
    pub fn pass(&self, ms: usize) {
        for _ in 0..ms {
            if self.playing.is_none() {
                world().now_ms += 1.0;
            }
            self.service();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Lets time pass until this holds.
    ///
    /// # Panics
    /// When it does not within 20 s.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !holds(self) {
            assert!(begin.elapsed() < Duration::from_secs(20), "{what} never came: {:?}", self.console());
            self.pass(1);
        }
    }
}

fn advance(frames: usize) {
    let mut world = world();
    world.now_ms += frames as f64 * 1e3 / world.dsp.format.rate_hz;
}

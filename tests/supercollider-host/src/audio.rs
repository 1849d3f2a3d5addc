//! The audio thread.

use std::{
    sync::Arc,
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded, select, unbounded};

use crate::{
    abi::{MessageIterator, World},
    count,
    host::host,
    inside::Inside,
    osc::{self, Value},
    stages::{Answer, Pending},
    synth::Synth,
    threads,
};

/// Something to do on the audio thread.
pub type Job = Box<dyn FnOnce(&mut Audio) + Send>;

/// How far a server that is late may lag before it gives blocks up.
const MOST_LATE_BLOCKS: u32 = 8;

/// What the audio thread has.
pub struct Audio {
    pub world: *mut World,
    pub inside: Arc<Inside>,
    pub synths: Vec<Synth>,
    pub counted: bool,
    pub runs: bool,
    pub block: Duration,
    pub back: Receiver<Pending>,
    helpers: Vec<Helper>,
}

// SAFETY: the world is its server's, which is dropped when this thread has ended.
unsafe impl Send for Audio {}

/// One of supernova's other threads for audio.
struct Helper {
    work: Sender<Vec<Synth>>,
    done: Receiver<Vec<Synth>>,
    thread: JoinHandle<()>,
}

impl Audio {
    /// With so many helpers.
    pub fn new(
        world: *mut World,
        inside: Arc<Inside>,
        back: Receiver<Pending>,
        helpers: usize,
        block: Duration,
    ) -> Self {
        let helpers = (0..helpers).map(|_| Helper::start(&inside)).collect();
        Self { world, inside, synths: Vec::new(), counted: false, runs: false, block, back, helpers }
    }

    /// The thread: does jobs, and plays while it runs, until nobody has jobs any more.
    pub fn serve(mut self, jobs: &Receiver<Job>) {
        let mut next = Instant::now();
        loop {
            if !self.runs {
                let back = self.back.clone();
                select! {
                    recv(jobs) -> job => match job {
                        Ok(job) => job(&mut self),
                        Err(_) => break,
                    },
                    recv(back) -> pending => if let Ok(pending) = pending { self.finish(pending) },
                }
                next = Instant::now();
                continue;
            }
            self.play_block();
            let now = Instant::now();
            next = (next + self.block).max(now.checked_sub(self.block * MOST_LATE_BLOCKS).unwrap_or(now));
            while self.runs {
                match jobs.recv_deadline(next) {
                    Ok(job) => job(&mut self),
                    Err(error) if error.is_timeout() => break,
                    Err(_) => self.runs = false,
                }
            }
        }
        for helper in self.helpers.drain(..) {
            drop(helper.work);
            let _ended = helper.thread.join();
        }
    }

    /// Commands on their way back, then all synths.
    pub fn play_block(&mut self) {
        while let Ok(pending) = self.back.try_recv() {
            self.finish(pending);
        }
        if self.helpers.is_empty() {
            self.synths.iter_mut().for_each(|synth| synth.block(self.counted));
        } else {
            self.play_in_parallel();
        }
        // SAFETY: the server's world, which only this thread writes.
        unsafe { (*self.world).block_counter += 1 };
    }

    /// Every thread plays its part.
    fn play_in_parallel(&mut self) {
        let mut parts: Vec<Vec<_>> = (0..=self.helpers.len()).map(|_| Vec::new()).collect();
        let count = parts.len();
        for (number, synth) in self.synths.drain(..).enumerate() {
            parts[number % count].push(synth);
        }
        let mut own = parts.swap_remove(0);
        for (helper, part) in self.helpers.iter().zip(parts) {
            let _there = helper.work.send(part);
        }
        own.iter_mut().for_each(|synth| synth.block(self.counted));
        self.synths = own;
        for helper in &self.helpers {
            self.synths.extend(helper.done.recv().into_iter().flatten());
        }
        self.synths.sort_by_key(|synth| synth.node);
    }

    fn finish(&mut self, mut pending: Pending) {
        let more = pending.go_on_counted(self.counted);
        if !more {
            return;
        }
        if pending.is_for_the_other_thread() {
            let other = self.inside.other_thread.as_ref().expect("there is one in real time");
            let _gone = other.send(pending);
        } else {
            self.finish(pending);
        }
    }

    /// The first stage of a command.
    pub fn begin(&mut self, name: &str, values: &[Value], asked: Sender<Answer>) {
        let Some(command) = host().command(name) else {
            let _gone = asked.send(Answer::Refused);
            return;
        };
        let mut all = vec![Value::from(name)];
        all.extend_from_slice(values);
        let (tags, words) = osc::arguments(&all);
        // The server has read the command's name.
        let read = (name.len() / 4 + 1) * 4;
        let mut message = MessageIterator {
            data: words.as_ptr(),
            read: words[read..].as_ptr(),
            end: words.as_ptr_range().end,
            tags: tags[1..].as_ptr().cast(),
            size: words.len() as i32,
            count: 1,
        };
        *self.inside.asked.lock() = Some(asked);
        let before = count::mark(self.counted.into());
        // SAFETY: the plug-in's function, with what a server gives it; the message lives during the call.
        unsafe {
            let data = std::ptr::with_exposed_provenance_mut(command.data);
            (command.function)(self.world, data, &raw mut message, std::ptr::null_mut());
        }
        count::mark(before);
        if let Some(asked) = self.inside.asked.lock().take() {
            let _gone = asked.send(Answer::Refused);
        }
    }

    /// The synth of a node.
    pub fn synth(&mut self, node: i32) -> &mut Synth {
        self.synths.iter_mut().find(|synth| synth.node == node).expect("a synth of this node")
    }
}

impl Helper {
    fn start(inside: &Arc<Inside>) -> Self {
        let ((work, received), (send, done)) = (unbounded::<Vec<Synth>>(), bounded(1));
        let inside = inside.clone();
        let thread = Builder::new().name("audio helper".into()).spawn(move || {
            inside.audio_threads.lock().push(threads::this());
            for mut part in received {
                part.iter_mut().for_each(|synth| synth.block(false));
                let _gone = send.send(part);
            }
        });
        Self { work, done, thread: thread.expect("the system gives threads") }
    }
}

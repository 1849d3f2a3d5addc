//! A server, as its client sees it.

use std::{
    collections::BTreeSet,
    ffi::c_void,
    ptr,
    sync::Arc,
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use parking_lot::{Mutex, MutexGuard};

use crate::{
    abi::{Rate, Table, World},
    audio::{Audio, Job},
    count,
    host::{Load, host},
    inside::Inside,
    osc::Value,
    pool::Pool,
    stages::{Answer, Pending},
    synth::Synth,
    table, threads,
    ugen::{Input, Ugen},
};

/// Which server it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One thread for audio.
    Scsynth,
    /// Several.
    Supernova,
}

/// How a server is booted.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// Which one it is.
    pub kind: Kind,
    /// Whether it plays, or renders offline.
    pub real_time: bool,
    /// In Hz.
    pub rate_hz: f64,
    /// Samples in a block.
    pub block_frames: usize,
    /// Real-time memory.
    pub memory_bytes: usize,
    /// Whether its threads are in the class of real time, as servers' are: audio 55, commands 50, main 1.
    pub fifo: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            kind: Kind::Scsynth,
            real_time: true,
            rate_hz: 48_000.0,
            block_frames: 64,
            memory_bytes: 8 << 20,
            fifo: false,
        }
    }
}

/// What something cost the audio thread.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// Time on a processor.
    pub processor: Duration,
    /// Time by the clock, in which others may have had the processor.
    pub clock: Duration,
}

/// A server. One at a time in a process.
pub struct Server {
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    inside: Arc<Inside>,
    world: Box<World>,
    _turn: MutexGuard<'static, ()>,
}

/// Supernova's threads for audio beside the first.
const HELPERS: usize = 2;

impl Server {
    /// A server that has opened these plug-ins; each is opened once in a process.
    pub fn boot(setup: Setup, plug_ins: &[Load]) -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock();
        let table = open(setup, plug_ins);
        let (back, came_back) = unbounded();
        let (other_thread, for_the_other) = unbounded::<Pending>();
        let inside = Arc::new(Inside {
            pool: Mutex::new(Pool::new(setup.memory_bytes)),
            audio_threads: Mutex::default(),
            other_thread: setup.real_time.then_some(other_thread),
            back,
            asked: Mutex::default(),
        });
        let mut world = Box::new(world(setup, table, &inside));
        let helpers = if setup.kind == Kind::Supernova && setup.real_time { HELPERS } else { 0 };
        let block = Duration::from_secs_f64(setup.block_frames as f64 / setup.rate_hz);
        let audio = Audio::new(&raw mut *world, inside.clone(), came_back, helpers, block);
        let (jobs, received) = unbounded::<Job>();
        let mut threads = vec![start("audio", move || {
            if setup.fifo {
                threads::become_fifo(55);
            }
            audio.inside.audio_threads.lock().push(threads::this());
            audio.serve(&received);
        })];
        if setup.real_time {
            let inside = Arc::downgrade(&inside);
            threads.push(start("commands", move || {
                // supernova's is its main thread.
                if setup.fifo && setup.kind == Kind::Scsynth {
                    threads::become_fifo(50);
                }
                while let Ok(mut pending) = for_the_other.recv() {
                    if pending.go_on()
                        && let Some(inside) = inside.upgrade()
                    {
                        let _gone = inside.back.send(pending);
                    }
                }
            }));
        }
        Self { jobs: Some(jobs), threads, inside, world, _turn: turn }
    }

    /// Does something on the audio thread, between two blocks, and waits for it.
    fn on_audio<T: Send + 'static>(&self, work: impl FnOnce(&mut Audio) -> T + Send + 'static) -> T {
        let (done, answer) = bounded(1);
        let job: Job = Box::new(move |audio| _ = done.send(work(audio)));
        self.jobs.as_ref().expect("it serves").send(job).expect("the audio thread is there");
        answer.recv().expect("the audio thread does what it is told")
    }

    /// `/cmd NAME …`, until its end.
    pub fn command(&self, name: &str, values: &[Value]) -> Answer {
        self.begin(name, values).recv_timeout(Duration::from_secs(60)).expect("the command ends")
    }

    /// The same without waiting.
    pub fn begin(&self, name: &str, values: &[Value]) -> Receiver<Answer> {
        let (asked, answer) = bounded(1);
        let (name, values) = (name.to_owned(), values.to_vec());
        self.on_audio(move |audio| audio.begin(&name, &values, asked));
        answer
    }

    /// `/s_new`; false where there is no memory.
    pub fn make(&self, synths: &[(i32, Ugen)]) -> bool {
        let synths = synths.to_vec();
        self.on_audio(move |audio| {
            let world = audio.world;
            let new: Vec<_> = synths.into_iter().map(|(node, ugen)| Synth::new(world, node, ugen)).collect();
            let all = new.iter().all(Option::is_some);
            audio.synths.extend(new.into_iter().flatten());
            all
        })
    }

    /// `/n_free` of these, at once.
    pub fn free(&self, nodes: &[i32]) -> Spent {
        let nodes: BTreeSet<i32> = nodes.iter().copied().collect();
        self.on_audio(move |audio| {
            let is_meant = |synth: &Synth| nodes.contains(&synth.node);
            let (gone, stay) = audio.synths.drain(..).partition::<Vec<_>, _>(|synth| is_meant(synth));
            audio.synths = stay;
            assert_eq!(gone.len(), nodes.len(), "all of them are there");
            let (processor, clock) = (threads::processor_time(), Instant::now());
            gone.into_iter().for_each(|synth| synth.free(audio.counted));
            Spent { processor: threads::processor_time().saturating_sub(processor), clock: clock.elapsed() }
        })
    }

    /// `/n_run`.
    pub fn pause(&self, node: i32, paused: bool) {
        self.on_audio(move |audio| audio.synth(node).paused = paused);
    }

    /// `/n_set`: another value at an input that is no signal of audio rate.
    pub fn set(&self, node: i32, input: usize, value: f32) {
        self.on_audio(move |audio| match &mut audio.synth(node).inputs[input] {
            Input::Control(values) => *values = vec![value],
            other => panic!("{other:?} cannot be set"),
        });
    }

    /// Plays blocks as fast as it can.
    pub fn play(&self, blocks: usize) {
        self.on_audio(move |audio| (0..blocks).for_each(|_| audio.play_block()));
    }

    /// Plays from now on in real time, or no more.
    pub fn run(&self, runs: bool) {
        self.on_audio(move |audio| audio.runs = runs);
    }

    /// Lets time pass while it plays in real time.
    pub fn pass(&self, ms: u64) {
        self.run(true);
        std::thread::sleep(Duration::from_millis(ms));
        self.run(false);
    }

    /// What a synth has played since it was asked last.
    pub fn heard(&self, node: i32) -> Vec<Vec<f32>> {
        self.on_audio(move |audio| audio.synth(node).heard.iter_mut().map(std::mem::take).collect())
    }

    /// What the blocks of a timed synth took since it was asked last, in ns.
    pub fn took_ns(&self, node: i32) -> Vec<u64> {
        self.on_audio(move |audio| std::mem::take(&mut audio.synth(node).took_ns))
    }

    /// Whether a synth's unit says that it has finished.
    pub fn is_done(&self, node: i32) -> bool {
        self.on_audio(move |audio| audio.synth(node).is_done())
    }

    /// Counts from now on what the plug-ins call on the audio thread, or no more. Answers the calls so far.
    pub fn count(&self, counted: bool) -> Vec<(&'static str, u64)> {
        self.on_audio(move |audio| {
            audio.counted = counted;
            count::take()
        })
    }

    /// What was printed since this was asked last.
    pub fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *host().lines.lock())
    }

    /// Real-time memory in use, in bytes.
    pub fn memory_used(&self) -> usize {
        self.inside.pool.lock().used_bytes()
    }

    /// Breaches of the interface so far, which then fail no test.
    pub fn breaches(&self) -> Vec<String> {
        host().breaches()
    }
}

impl Drop for Server {
    /// Frees what plays, and fails the test for breaches.
    fn drop(&mut self) {
        if let Some(jobs) = self.jobs.take() {
            let free_all = |audio: &mut Audio| {
                audio.runs = false;
                audio.synths.drain(..).for_each(|synth| synth.free(false));
            };
            let _ended = jobs.send(Box::new(free_all));
        }
        if let Some(audio) = (!self.threads.is_empty()).then(|| self.threads.remove(0)) {
            let _ended = audio.join();
        }
        if !std::thread::panicking() {
            assert_eq!(host().breaches(), Vec::<String>::new());
            assert_eq!(self.memory_used(), 0, "bytes of real-time memory never came back");
        }
        // Nothing of the plug-in is there that would use it.
        self.world.hidden = ptr::null_mut();
    }
}

/// Opens the plug-ins that were not opened yet, as a server does: on its main thread.
fn open(setup: Setup, plug_ins: &[Load]) -> *mut Table {
    static OPENED: Mutex<(usize, Vec<usize>)> = Mutex::new((0, Vec::new()));
    let mut opened = OPENED.lock();
    if opened.0 == 0 {
        opened.0 = table::new().expose_provenance();
    }
    let table = opened.0;
    for plug_in in plug_ins {
        if opened.1.contains(&(*plug_in as usize)) {
            continue;
        }
        opened.1.push(*plug_in as usize);
        let load = *plug_in;
        let main = start("main", move || {
            if setup.fifo && setup.kind == Kind::Scsynth {
                threads::become_fifo(1);
            }
            let table: *mut c_void = ptr::with_exposed_provenance_mut(table);
            // SAFETY: the plug-in's `load`, called once on one thread with a table that lives as long as the process.
            unsafe { load(table, if setup.kind == Kind::Scsynth { 0 } else { 1 }) };
        });
        main.join().expect("it loads");
    }
    ptr::with_exposed_provenance_mut(table)
}

fn world(setup: Setup, table: *mut Table, inside: &Arc<Inside>) -> World {
    World {
        hidden: Arc::as_ptr(inside).cast_mut().cast(),
        table,
        sample_rate_hz: setup.rate_hz,
        block_frames: setup.block_frames as i32,
        block_counter: 0,
        counts: [0; 12],
        num_buffers: 0,
        buffers: ptr::null_mut(),
        buffers_mirror: ptr::null_mut(),
        updates: ptr::null_mut(),
        top_group: ptr::null_mut(),
        full_rate: Rate::of(setup.rate_hz, setup.block_frames),
        buffer_rate: Rate::of(setup.rate_hz / setup.block_frames as f64, 1),
        generators: [0; 7],
        sample_offset: 0,
        lock: ptr::null_mut(),
        unused: [0; 2],
        real_time: setup.real_time,
        running: true,
        more: [0; 7],
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    Builder::new().name(name.into()).spawn(work).expect("the system gives threads")
}

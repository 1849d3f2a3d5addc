//! A box's audio half is made where there is time and attached where there is none: in a host whose constructors run on its
//! audio thread, attaching, playing and letting go take no memory and free none.
#![cfg(feature = "fake")]

mod counting;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use counting::CALLS;
use nn_core::{
    engine::status::LoadState,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::Atom,
    object::{HostContext, HostFormat, NnObject},
    port::{AudioPort, Prepared},
};

const HOST: HostFormat = HostFormat { sample_rate_hz: 44_100.0, block_frames: 64 };

/// A box whose model turns its input upside down, twice as loud, at a fourth of the rate; and what all copies of the model
/// hold.
fn made(buffer_frames: usize, workers: bool) -> (NnObject, Prepared, Arc<AtomicU64>) {
    made_for(buffer_frames, workers, false)
}

/// The same; `joins_sound`: signals sound before the box is made.
fn made_for(buffer_frames: usize, workers: bool, joins_sound: bool) -> (NnObject, Prepared, Arc<AtomicU64>) {
    let model = FakeModel::new([1, 4, 1, 4], Behaviour::Gain).with_gain(-2.0).with_method("inverse");
    let copies = model.total_runs.clone();
    let context = HostContext { workers, joins_sound, ..HostContext::new(Arc::new(FakeSource::new(model))) };
    let arguments = [Atom::symbol("model.ts"), Atom::symbol("forward"), Atom::Int(buffer_frames as i64)];
    let (mut object, prepared) = NnObject::new(BoxKind::Nn, context, HOST, &arguments, &find);
    send(&mut object, "wait", &[Atom::Int(1)]);
    object.prepare(HOST, 0.0);
    (object, prepared, copies)
}

fn find(name: &str) -> Option<PathBuf> {
    Some(PathBuf::from(name))
}

fn send(object: &mut NnObject, selector: &str, atoms: &[Atom]) {
    object.handle(selector, atoms, &find);
}

/// Looks at the box until this is so, 20 s at most. `audio_runs` says that its half is attached.
fn poll_until(object: &mut NnObject, audio_runs: bool, satisfied: impl Fn(&NnObject) -> bool) {
    let begin = Instant::now();
    while !satisfied(object) {
        assert!(begin.elapsed() < Duration::from_secs(20), "never came: {:?}", object.take_events());
        object.poll(audio_runs);
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn is_loaded(object: &NnObject) -> bool {
    object.status().load_state() == LoadState::Ready && !object.pending()
}

/// What an audio thread did with the half that came to it.
struct Played {
    /// Allocations and frees.
    calls: u64,
    sound: Vec<f32>,
}

/// An audio thread with a unit of its own, to which the box's half comes through a ring. The unit plays so many blocks of
/// ones, and more until it is `let_go`.
fn unit(blocks: usize, let_go: Arc<AtomicBool>) -> (rtrb::Producer<Prepared>, JoinHandle<Played>) {
    let (to_audio, mut ring) = rtrb::RingBuffer::<Prepared>::new(1);
    let audio = std::thread::spawn(move || {
        let (input, mut output) = (vec![vec![1.0f32; 64]], vec![vec![f32::NAN; 64]]);
        let mut sound = Vec::with_capacity(blocks * 64);
        let begin = CALLS.get();
        let prepared = loop {
            match ring.pop() {
                Ok(prepared) => break prepared,
                Err(_) => std::thread::yield_now(),
            }
        };
        let mut port = prepared.attach();
        let mut played = 0;
        while played < blocks || !let_go.load(SeqCst) {
            port.play(64, &input, &mut output);
            if played < blocks {
                sound.extend_from_slice(&output[0]);
            }
            played += 1;
        }
        port.detach();
        Played { calls: CALLS.get() - begin, sound }
    });
    (to_audio, audio)
}

/// The copies of a model that is gone go with the box, on other threads.
fn await_freed(copies: &Arc<AtomicU64>) {
    let begin = Instant::now();
    while Arc::strong_count(copies) > 1 {
        assert!(begin.elapsed() < Duration::from_secs(20), "{} copies are left", Arc::strong_count(copies));
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_half_that_was_ready_sounds_from_its_first_block_and_takes_no_memory() {
    // With a worker, and with the model in the audio callback.
    for (buffer_frames, workers, latency_frames) in [(256, true, 448), (256, false, 192), (0, true, 0)] {
        let (mut object, prepared, copies) = made(buffer_frames, workers);
        poll_until(&mut object, false, |_| prepared.is_ready());
        let (mut to_audio, audio) = unit(40, Arc::new(AtomicBool::new(true)));
        to_audio.push(prepared).expect("room for one");
        let played = audio.join().expect("it played");
        let (lead_in, sound) = played.sound.split_at(latency_frames);
        let what = format!("buffer {buffer_frames}, workers: {workers}");
        assert!(lead_in.iter().all(|&s| s == 0.0), "{what}: silence for the latency");
        assert!(sound.iter().all(|&s| s == -2.0), "{what}: then all of it");
        assert_eq!(played.calls, 0, "{what}");
        drop(object);
        await_freed(&copies);
    }
}

#[test]
fn where_signals_sound_before_a_box_is_made_its_first_sound_fades_in() {
    for (buffer_frames, workers, latency_frames) in [(256, true, 448), (256, false, 192), (0, true, 0)] {
        let (mut object, prepared, copies) = made_for(buffer_frames, workers, true);
        poll_until(&mut object, false, |_| prepared.is_ready());
        let (mut to_audio, audio) = unit(40, Arc::new(AtomicBool::new(true)));
        to_audio.push(prepared).expect("room for one");
        let sound = audio.join().expect("it played").sound;
        let what = format!("buffer {buffer_frames}, workers: {workers}");
        assert!(sound[..latency_frames].iter().all(|&s| s == 0.0), "{what}: silence for the latency");
        assert_eq!(sound.last(), Some(&-2.0), "{what}: then all of it");
        // The model's input fades in as its output does; it answers with one value for 4 frames.
        let largest = sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        assert!(largest < 2.0 * 2.0 * 4.0 / 220.0, "{what}: a step of {largest}");
        drop(object);
        await_freed(&copies);
    }
}

#[test]
fn a_half_that_is_attached_at_once_takes_no_memory_while_everything_about_it_changes() {
    let (mut object, prepared, copies) = made(256, true);
    let let_go = Arc::new(AtomicBool::new(false));
    let (mut to_audio, audio) = unit(8, let_go.clone());
    to_audio.push(prepared).expect("room for one");
    poll_until(&mut object, true, is_loaded);
    for (selector, atoms) in [
        ("set", vec![Atom::symbol("gain"), Atom::Float(0.5)]),
        ("dry", vec![Atom::Float(0.5)]),
        ("wet", vec![Atom::Float(0.25)]),
        ("input_gain", vec![Atom::Float(6.0)]),
        ("output_gain", vec![Atom::Float(-6.0)]),
        ("method", vec![Atom::symbol("inverse")]),
        ("bufsize", vec![Atom::Int(512)]),
        ("load", vec![Atom::symbol("other.ts")]),
        ("deadline", vec![Atom::Int(64)]),
        ("dry", vec![Atom::Float(1.0)]),
        ("reset", vec![]),
        ("enable", vec![Atom::Int(0)]),
    ] {
        let before = object.status().counts().played_frames;
        send(&mut object, selector, &atoms);
        poll_until(&mut object, true, |object| {
            is_loaded(object) && object.status().counts().played_frames > before + 2048
        });
    }
    let_go.store(true, SeqCst);
    assert_eq!(audio.join().expect("it played").calls, 0);
    drop(object);
    await_freed(&copies);
}

#[test]
fn a_half_outlives_its_box_and_is_freed_when_it_comes_back() {
    let (mut object, prepared, copies) = made(0, true);
    poll_until(&mut object, false, |_| prepared.is_ready());
    let let_go = Arc::new(AtomicBool::new(false));
    let (mut to_audio, audio) = unit(8, let_go.clone());
    to_audio.push(prepared).expect("room for one");
    let before = object.status().counts().played_frames;
    poll_until(&mut object, true, |object| object.status().counts().played_frames > before);
    drop(object);
    std::thread::sleep(Duration::from_millis(5));
    let_go.store(true, SeqCst);
    assert_eq!(audio.join().expect("it played").calls, 0);
    // The next box sees to it.
    let (_other, _half, _) = made(0, true);
    await_freed(&copies);
}

#[test]
fn a_half_that_nobody_wants_is_freed_elsewhere_too() {
    let (mut object, prepared, copies) = made(256, true);
    poll_until(&mut object, false, |_| prepared.is_ready());
    let calls = std::thread::spawn(move || {
        let begin = CALLS.get();
        drop(prepared);
        CALLS.get() - begin
    });
    assert_eq!(calls.join().expect("it ran"), 0);
    drop(object);
    await_freed(&copies);
}

#[test]
fn the_count_itself_works() {
    let begin = CALLS.get();
    drop(Box::new(0u8));
    assert_eq!(CALLS.get() - begin, 2);
    // Nothing else of this file is what the audio thread has.
    fn is_for_the_audio_thread<T: Send>() {}
    is_for_the_audio_thread::<AudioPort>();
}

//! Boxes whose methods work with some buffers only.
#![cfg(feature = "fake")]

mod rig;

use std::{sync::atomic::Ordering::Relaxed, time::Duration};

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::{Atom, Event},
    value::ValueType,
};
use rig::{Rig, play_for};

fn sized(least: usize, most: usize) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Sized { least, most, step: 1, said: "no" })
}

fn source() -> FakeSource {
    FakeSource::new(sized(1, 1 << 20))
        .and("only", sized(4096, 4096).with_method("inverse"), Duration::ZERO)
        .and("least", sized(1000, 1 << 20), Duration::ZERO)
        .and("most", sized(1, 512), Duration::ZERO)
        .and(
            "needs",
            FakeModel::new([1; 4], Behaviour::Needing(2048)).with_attribute("buf", &[ValueType::Int]),
            Duration::ZERO,
        )
        .and("own", sized(4096, 4096).with_rate(48_000), Duration::ZERO)
}

fn box_of(arguments: &str) -> Rig {
    let mut rig = Rig::with_source(source(), arguments, 64, true);
    rig.send("wait 1");
    rig.until_loaded();
    rig.poll();
    rig
}

/// The lines that say why the buffer is another one.
fn told(rig: &Rig) -> Vec<&str> {
    let notes = rig.events.iter().filter_map(|event| match event {
        Event::Note(line) if line.contains("does not work with") => line.strip_prefix("nn~: "),
        _ => None,
    });
    notes.collect()
}

/// What the box says of its buffer, and its latency.
fn buffer(rig: &mut Rig) -> (Atom, Atom) {
    rig.events.clear();
    rig.send("bang");
    rig.poll();
    (rig.info("bufsize").expect("a buffer")[0].clone(), rig.info("latency").expect("a latency")[0].clone())
}

/// Whether what comes in comes out after a while.
fn sounds(rig: &mut Rig) -> bool {
    let heard = rig.play(&[vec![0.5; 64 * 512]]).remove(0);
    rig.poll();
    heard[heard.len() - 64..].iter().all(|&sample| sample.abs() == 0.5)
}

#[test]
fn a_box_plays_with_the_nearest_buffer_that_works_and_says_so_once() {
    for (arguments, real, line) in [
        (
            "only forward 1024",
            4096,
            Some("buffer of 4096 samples instead of 1024: forward does not work with 1024"),
        ),
        (
            "only forward 16384",
            4096,
            Some("buffer of 4096 samples instead of 16384: forward does not work with 16384"),
        ),
        (
            "least forward 256",
            1024,
            Some("buffer of 1024 samples instead of 256: forward does not work with 256"),
        ),
        ("most forward", 512, Some("buffer of 512 samples instead of 4096: forward does not work with 4096")),
        // What works stays as it was typed.
        ("least forward 1000", 1000, None),
        ("least forward 3000", 3000, None),
        ("most forward 300", 300, None),
    ] {
        let mut rig = box_of(arguments);
        assert_eq!(told(&rig), line.into_iter().collect::<Vec<_>>(), "{arguments}");
        assert!(sounds(&mut rig) && rig.errors().is_empty(), "{arguments}: {:?}", rig.events);
        rig.send("reload");
        rig.poll_until(|events| {
            events
                .iter()
                .filter(|e| matches!(e, Event::Info { selector, .. } if *selector == "loaded"))
                .count()
                == 2
        });
        assert_eq!(told(&rig).len(), usize::from(line.is_some()), "{arguments}: said again");
        assert!(sounds(&mut rig), "{arguments}");
        let (bufsize, latency) = buffer(&mut rig);
        assert_eq!(bufsize, Atom::Int(real), "{arguments}");
        let real = real as usize;
        let shift =
            (0..=6).map(|power| 1 << power).take_while(|n| real.is_multiple_of(*n)).last().expect("1");
        assert_eq!(latency, Atom::Int((real - shift + real.next_multiple_of(64)) as i64), "{arguments}");
    }
}

#[test]
fn other_models_methods_and_buffers_are_fitted_while_the_old_goes_on() {
    let mut rig = Rig::with_source(source(), "m forward 256", 64, true);
    rig.until_loaded();
    for (message, bufsize) in [
        ("load only", 4096),
        ("method inverse", 4096),
        ("load least", 1024),
        ("bufsize 2048", 2048),
        ("bufsize 512", 1024),
        ("load m", 512),
    ] {
        rig.send(message);
        let heard = play_for(&mut rig, Duration::from_millis(600));
        assert!(heard.iter().all(|sample| sample.is_finite()));
        assert!(rig.errors().is_empty(), "{message}: {:?}", rig.errors());
        assert_eq!(buffer(&mut rig).0, Atom::Int(bufsize), "{message}");
        rig.send("wait 1");
        assert!(sounds(&mut rig), "{message}: {:?}", rig.events);
        rig.send("wait 0");
    }
}

#[test]
fn a_host_block_that_changes_keeps_what_works() {
    let mut rig = box_of("only forward 1024");
    for block in [128, 64, 4096, 1024] {
        rig.prepare(block);
        rig.poll();
        assert!(sounds(&mut rig), "{block}: {:?}", rig.errors());
        assert_eq!(buffer(&mut rig).0, Atom::Int(4096), "{block}");
    }
}

#[test]
fn a_box_in_the_audio_callback_stays_there_with_the_buffer_that_works() {
    let mut rig = Rig::with_source(source(), "least forward 0", 64, true);
    rig.until_loaded();
    rig.poll();
    let line = "buffer of 1024 samples in the audio callback: forward does not work with the host's block";
    assert_eq!(told(&rig), [line]);
    assert!(sounds(&mut rig), "{:?}", rig.errors());
    assert_eq!(buffer(&mut rig), (Atom::Int(1024), Atom::Int(1024 - 64)));
}

#[test]
fn a_model_at_its_own_rate_runs_the_block_that_works() {
    let mut rig = box_of("own forward 4096");
    assert!(told(&rig).is_empty());
    rig.send("resample 1");
    let resampled = |events: &[Event]| {
        events.iter().any(|e| matches!(e, Event::Info { selector, .. } if *selector == "latency"))
    };
    rig.poll_until(resampled);
    assert_eq!(told(&rig).len(), 1, "{:?}", rig.events);
    rig.play(&[vec![0.5; 64 * 1024]]);
    let heard = rig.play(&[vec![0.5; 64 * 64]]).remove(0);
    rig.poll();
    assert!(
        heard.iter().all(|sample| (sample - 0.5).abs() < 1e-3) && rig.errors().is_empty(),
        "{:?}",
        rig.errors()
    );
}

#[test]
fn a_model_that_lacks_an_attribute_is_fitted_when_that_is_set() {
    let mut rig = box_of("needs forward 512");
    assert!(!sounds(&mut rig) && told(&rig).is_empty());
    assert_eq!(rig.errors().len(), 1);
    rig.send("set buf 1");
    for _ in 0..20 {
        if sounds(&mut rig) {
            break;
        }
    }
    assert!(sounds(&mut rig), "{:?}", rig.events);
    assert_eq!(buffer(&mut rig).0, Atom::Int(2048));
}

#[test]
fn a_model_that_fails_with_every_buffer_keeps_its_own_and_is_tried_no_more_than_needed() {
    let model = FakeModel::new([1, 1, 1, 1], Behaviour::Failing(0));
    let runs = model.total_runs.clone();
    let mut rig = Rig::with_source(FakeSource::new(model), "m forward 512", 64, true);
    rig.until_loaded();
    rig.poll();
    let tried = runs.load(Relaxed);
    assert!(tried < 100 && told(&rig).is_empty(), "{tried}");
    rig.send("deadline 1024");
    rig.poll_until(|events| {
        events.iter().any(|e| matches!(e, Event::Info { selector, .. } if *selector == "latency"))
    });
    // A warm-up of the worker's own thread may be among them.
    assert!(runs.load(Relaxed) <= tried + 2, "tried again: {} after {tried}", runs.load(Relaxed));
    assert_eq!(buffer(&mut rig).0, Atom::Int(512));
}

#[test]
fn examples_that_a_model_does_not_take_change_no_buffer() {
    let one = FakeModel::new([1, 1, 1, 1], Behaviour::OneExample);
    let loader = Loader::global();
    let mut rig = Rig::of_kind(BoxKind::Mcs, loader, FakeSource::new(one), "m forward 2 512", 64, true);
    rig.until_loaded();
    rig.poll();
    assert_eq!(buffer(&mut rig).0, Atom::Int(512));
}

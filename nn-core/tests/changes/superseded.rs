//! What becomes of loads when others are asked for before they are done.

use std::time::{Duration, Instant};

use crate::{
    gated::Gated,
    rig::Rig,
    stand::{gain, source},
};
use nn_core::{
    engine::loader::Loader,
    message::{Atom, Event},
};

fn held() -> Gated {
    Gated::new(source().and("held", gain(3.0), Duration::ZERO))
}

/// How often a load was said to have failed, or to be there.
fn told(rig: &Rig, loaded: f64) -> usize {
    let is_it = |event: &&Event| match event {
        Event::Info { selector, atoms } => selector == "loaded" && *atoms == [Atom::Float(loaded)],
        _ => false,
    };
    rig.events.iter().filter(is_it).count()
}

/// A box that plays, with a loader of its own.
fn playing(loader: &'static Loader, source: &Gated) -> Rig {
    let mut rig = Rig::of_source(loader, source.clone(), "m forward 512");
    rig.until_loaded();
    rig.poll();
    rig.events.clear();
    rig
}

fn loader() -> &'static Loader {
    Box::leak(Box::new(Loader::new()))
}

/// Polls until so many loads were said to have failed.
fn until_failed(rig: &mut Rig, count: usize) {
    let begin = Instant::now();
    while told(rig, 0.0) < count {
        assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", rig.events);
        rig.poll();
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn of_many_broken_files_few_are_tried_and_what_was_under_way_goes_on() {
    let source = held();
    let mut rig = playing(loader(), &source);
    rig.send("load held");
    source.until_begun("held");
    for number in 1..=50 {
        rig.send(&format!("load broken{number}"));
    }
    source.open();
    until_failed(&mut rig, 3);
    rig.send("wait 1");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&3.0), "{:?}", rig.events);
    rig.poll();
    let tried: Vec<_> = (1..=50).filter(|number| source.loads(&format!("broken{number}")) > 0).collect();
    assert_eq!(tried, [48, 49, 50]);
    assert_eq!((told(&rig, 0.0), rig.errors().len(), told(&rig, 1.0)), (3, 3, 1), "{:?}", rig.events);
    assert_eq!(source.loads("held"), 1, "it was loaded when the last was asked for");
}

#[test]
fn a_load_that_takes_long_goes_on_where_it_is_when_the_next_one_fails() {
    let (source, loader) = (held(), loader());
    let mut rig = playing(loader, &source);
    rig.send("load held");
    source.until_begun("held");
    rig.send("load broken");
    // What happens when a thread has been at one load for 5 s.
    while !loader.look_after(Duration::ZERO) {
        std::thread::sleep(Duration::from_millis(1));
    }
    until_failed(&mut rig, 1);
    // The second thread is there for others.
    let mut other = Rig::of_source(loader, source.clone(), "half forward 64");
    let begin = Instant::now();
    while told(&other, 1.0) == 0 {
        assert!(begin.elapsed() < Duration::from_secs(30), "held up as well: {} loads", source.loads("held"));
        other.poll();
        std::thread::sleep(Duration::from_millis(1));
    }
    source.open();
    rig.send("wait 1");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&3.0), "{:?}", rig.events);
    rig.poll();
    assert_eq!((source.loads("held"), told(&rig, 0.0), told(&rig, 1.0)), (1, 1, 1), "{:?}", rig.events);
    // From then on as always.
    rig.send("load half");
    assert_eq!(rig.play(&[vec![1.0; 6400]])[0].last(), Some(&0.5), "{:?}", rig.events);
}

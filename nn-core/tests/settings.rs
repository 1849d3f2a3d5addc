//! What hosts show and keep of a box: presets, hints, fixed numbers of inlets and channels.

#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    layout::BoxKind,
    message::{Atom, Event, text},
};
use rig::Rig;

fn gain(arguments: &str) -> Rig {
    Rig::new(FakeModel::new([2, 1, 1, 1], Behaviour::Gain), arguments, 64)
}

#[test]
fn a_preset_holds_what_was_set_and_sets_it_again() {
    let mut rig = gain("model forward 64");
    rig.until_loaded();
    assert_eq!(rig.object.preset(), []);
    rig.send("set gain 0.5");
    let preset = rig.object.preset();
    assert_eq!(text(&preset), "gain 1 0.5");
    rig.send("set gain 0.25");
    rig.object.recall(&preset);
    rig.send("get gain");
    rig.play(&[vec![0.0; 640], vec![0.0; 640]]);
    rig.poll_until(|events| !events.is_empty());
    rig.poll();
    assert_eq!(text(rig.info("gain").expect("an answer")), "0.5");
}

#[test]
fn a_preset_that_is_none_is_named() {
    let mut rig = gain("model forward 64");
    rig.until_loaded();
    for preset in ["5", "gain", "gain 3 1", "gain 0"] {
        rig.object.recall(&nn_core::message::typed(preset));
    }
    rig.poll();
    assert_eq!(rig.errors().len(), 2, "one for the number, one for the name: {:?}", rig.events);
    assert!(
        rig.errors()[0].ends_with("preset: '5' is no attribute with its number of values: store it again")
    );
}

#[test]
fn a_deadline_goes_back_to_a_whole_buffer() {
    let mut rig = gain("model forward 64");
    assert_eq!(rig.object.deadline(), Atom::symbol("buffer"));
    for (message, deadline) in [
        ("deadline 128", Atom::Int(128)),
        ("deadline auto", Atom::symbol("auto")),
        ("deadline buffer", Atom::symbol("buffer")),
    ] {
        rig.send(message);
        assert_eq!(rig.object.deadline(), deadline);
    }
}

#[test]
fn inlets_and_outlets_that_were_fixed_stay_whatever_the_model() {
    let rig = gain("model forward 64 3 2");
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (3, 2));
    assert_eq!(rig.object.inlet_hint(0), "messages, signal: model input 1");
    assert_eq!(rig.object.inlet_hint(2), "signal: model input 3 (not used by this method)");
    assert_eq!(rig.object.outlet_hint(1), "signal: model output 2 (not used by this method)");
    assert_eq!(rig.object.outlet_hint(2), "information");
}

#[test]
fn chans_is_for_boxes_with_multichannel_outlets() {
    let mut rig = gain("model forward 64");
    rig.send("chans 2");
    rig.poll();
    assert!(rig.errors()[0].contains("chans: the outlets of this box have one channel each"));
    let mut rig = gain("-m model forward 64");
    assert_eq!(rig.object.outlet_channels(), 1);
    rig.send("chans 3");
    assert_eq!((rig.object.fixed_channels(), rig.object.outlet_channels()), (Some(3), 3));
    rig.send("chans 0");
    assert_eq!((rig.object.fixed_channels(), rig.object.outlet_channels()), (None, 1));
}

#[test]
fn a_multichannel_flag_of_a_box_that_needs_none_is_said_to_be_left_out() {
    let source = || FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    for (kind, said) in [(BoxKind::Mc, 1), (BoxKind::Mcs, 1), (BoxKind::Nn, 0)] {
        let mut rig = Rig::of_kind(kind, Loader::global(), source(), "-m m", 64, true);
        rig.until_loaded();
        rig.poll();
        let is_it = |event: &&Event| matches!(event, Event::Note(line) if line.contains("-m is left out"));
        assert_eq!(rig.events.iter().filter(is_it).count(), said, "{kind:?}: {:?}", rig.events);
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn a_sheet_says_what_dump_says_and_describes_the_model() {
    let mut rig = gain("");
    rig.object.ask_summary();
    let summary = rig.object.take_summary().expect("at once");
    assert_eq!(
        (summary.title.as_str(), summary.text.as_str()),
        ("nn~", "# there is no model yet: send load MODEL\n")
    );
    assert_eq!(rig.object.take_summary(), None, "each is taken once");
    let mut rig = gain("model forward 64");
    rig.until_loaded();
    rig.object.ask_summary();
    let begin = std::time::Instant::now();
    let summary = loop {
        if let Some(summary) = rig.object.take_summary() {
            break summary;
        }
        assert!(rig.object.pending() && begin.elapsed().as_secs() < 20);
        std::thread::sleep(std::time::Duration::from_millis(1));
    };
    assert_eq!(summary.title, "nn~: model.ts");
    for line in ["# loaded 1\n# enabled 1\n", "# dim 2 1\n", "\npath: model.ts\n", "channels_in: 2\n"] {
        assert!(summary.text.contains(line), "{line}: {}", summary.text);
    }
}

//! Boxes of files that a host cannot wait for: they are made with what is known, and the loader says the rest.
#![cfg(feature = "fake")]

mod rig;

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    find_model::Ports,
    message::Event,
};
use rig::Rig;

fn made(arguments: &str) -> Rig {
    let model = FakeModel::new([2, 1, 3, 1], Behaviour::Counter);
    let source = FakeSource { described_late: true, ..FakeSource::new(model) };
    Rig::with_loader(Loader::global(), source, arguments, 64, true)
}

fn notes(rig: &Rig) -> Vec<&str> {
    let note = |event: &&Event| matches!(event, Event::Note(_));
    let lines = rig.events.iter().filter(note).map(|event| match event {
        Event::Note(line) => line.as_str(),
        _ => unreachable!(),
    });
    lines.collect()
}

#[test]
fn the_box_is_there_and_the_loader_says_which_channels_it_lacks() {
    let mut rig = made("any.ts forward 512");
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (1, 1));
    rig.until_loaded();
    rig.poll_until(|events| events.iter().any(|event| matches!(event, Event::Note(_))));
    let line = "forward has 2 inputs and 3 outputs: 1 of its 2 inputs without an inlet, 2 of its 3 outputs without an outlet; \
                make the box again to have them all";
    assert!(notes(&rig).iter().any(|note| note.contains(line)), "{:?}", rig.events);
    assert_eq!(rig.errors(), Vec::<&str>::new());
}

#[test]
fn the_box_of_a_patch_that_is_loaded_has_what_that_connects() {
    let ports = Ports { inlets: Some(2), outlets: Some(3) };
    let model = FakeModel::new([2, 1, 3, 1], Behaviour::Gain);
    let late = FakeSource { described_late: true, ..FakeSource::new(model.clone()) };
    let mut rig = Rig::in_patch(ports, late, "any.ts forward 64");
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (2, 3));
    rig.until_loaded();
    assert_eq!(notes(&rig), Vec::<&str>::new(), "nothing lacks");
    assert_eq!(rig.errors(), Vec::<&str>::new());
    rig.send("wait 1");
    let heard = rig.play(&[vec![0.25; 640], vec![0.5; 640]]);
    assert_eq!(heard.iter().map(|outlet| outlet[639]).collect::<Vec<_>>(), [0.25, 0.5, 0.25]);
    // A file that tells it at once is believed.
    let ports = Ports { inlets: Some(5), outlets: None };
    let rig = Rig::in_patch(ports, FakeSource::new(model), "any.ts forward 64");
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (2, 3));
}

#[test]
fn a_method_that_is_not_there_is_said_by_the_loader() {
    let mut rig = made("any.ts fly 512");
    rig.poll_until(|events| events.iter().any(|event| matches!(event, Event::Error(_))));
    assert!(rig.errors()[0].contains("fly"), "{:?}", rig.errors());
}

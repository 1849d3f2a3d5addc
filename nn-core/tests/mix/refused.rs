//! What makes no sense says so.

use crate::stand::{exact, heard_of, notes, settled};
use nn_core::message::{Event, text};

#[test]
fn the_input_is_not_heard_beside_what_is_of_another_kind() {
    let mut rig = exact("encode forward 512");
    rig.send("dry 0.5");
    rig.poll();
    let line = "nn~: dry 0.5: inputs of forward have ratio 1 and its outputs 512: mix in the patch, with what went into the \
                first box of the chain, delayed by what latency says";
    assert_eq!(rig.errors(), [line]);
    assert!(rig.object.mix().is_neutral(), "it is as it was");
    for message in ["dry 0", "wet 0.5", "output_gain 20", "input_gain -20"] {
        rig.send(message);
    }
    rig.poll();
    assert_eq!(rig.errors().len(), 1, "all else works: {:?}", rig.errors());
    assert!((settled(&mut rig, 1.0) - 0.5).abs() < 1e-6);
}

#[test]
fn what_has_no_input_has_no_dry_sound_and_no_gain_before_it() {
    let mut rig = exact("noise forward 512");
    rig.send("dry 1");
    rig.send("input_gain 6");
    rig.poll();
    let end = "forward has no input that takes a signal: use wet and output_gain";
    assert_eq!(rig.errors(), [format!("nn~: dry 1: {end}"), format!("nn~: input_gain 6: {end}")]);
    rig.send("wet 0");
    assert!(heard_of(&mut rig, 1.0, 64 * 40)[FADE..].iter().all(|&s| s == 0.0));
}

/// Enough for a fade and a block.
const FADE: usize = 284;

#[test]
fn a_dry_sound_that_a_later_model_cannot_have_is_said_to_be_left_out() {
    let mut rig = exact("m forward 512");
    rig.send("load encode");
    // For the model that comes, which is not known to be none that can.
    rig.send("dry 0.5");
    assert_eq!(settled(&mut rig, 1.0), 1.0);
    // The loader says so after what it has made is heard.
    rig.poll_until(|events| {
        events.iter().any(|event| matches!(event, Event::Note(line) if line.contains("left out")))
    });
    let is_it = |line: &&&str| line.contains("dry 0.5 is left out: inputs of forward have ratio 1");
    assert_eq!(notes(&rig).iter().filter(is_it).count(), 1, "{:?}", notes(&rig));
    assert!(rig.errors().is_empty(), "{:?}", rig.errors());
}

#[test]
fn a_number_out_of_range_is_refused_with_what_is_taken() {
    let mut rig = exact("m forward 512");
    for message in ["wet 1.5", "dry -0.1", "wet loud", "wet", "input_gain 31", "output_gain -61", "dry 1 1"] {
        rig.send(message);
    }
    rig.poll();
    assert_eq!(
        rig.errors(),
        [
            "nn~: wet: '1.5': type wet PART (a number from 0 to 1)",
            "nn~: dry: '-0.1': type dry PART (a number from 0 to 1)",
            "nn~: wet: 'loud': type wet PART (a number from 0 to 1)",
            "nn~: wet: nothing after it: type wet PART (a number from 0 to 1)",
            "nn~: input_gain: '31': type input_gain DB (a number from -60 to 30)",
            "nn~: output_gain: '-61': type output_gain DB (a number from -60 to 30)",
            "nn~: dry: '1 1': type dry PART (a number from 0 to 1)",
        ]
    );
    assert!(rig.object.mix().is_neutral());
}

#[test]
fn bang_and_dump_tell_of_a_mix_that_is_another_than_the_model_alone() {
    let mut rig = exact("m forward 512");
    rig.send("bang");
    rig.poll();
    assert_eq!(rig.info("wet"), None);
    rig.send("dry 0.5");
    rig.send("output_gain -3");
    rig.send("bang");
    rig.send("dump");
    rig.poll();
    let told = |selector: &str| text(rig.info(selector).expect("an answer"));
    assert_eq!(["wet", "dry", "input_gain", "output_gain"].map(told), ["1", "0.5", "0", "-3"]);
    assert!(notes(&rig).contains(&"nn~: dry 0.5"), "{:?}", notes(&rig));
}

//! Which values stay, and for which model they are.

use crate::stand::{OF_FILE, exact, notes, settled, source, waiting};
use nn_core::{effect::Mix, message::Atom};

#[test]
fn what_was_set_survives_what_the_table_says() {
    for (message, stays) in [
        ("load m", false),
        ("load plain", false),
        ("reload", true),
        ("method inverse", true),
        ("bufsize 1024", true),
        ("bufsize 0", true),
        ("deadline 64", true),
        ("resample 1", true),
        ("gpu 0", true),
        ("reset", true),
    ] {
        let mut rig = exact("m forward 512");
        let mine = Mix { wet: 0.25, dry: 0.5, input_gain_db: 3.0, output_gain_db: -3.0 };
        for set in ["wet 0.25", "dry 0.5", "input_gain 3", "output_gain -3"] {
            rig.send(set);
        }
        rig.send(message);
        settled(&mut rig, 1.0);
        rig.poll();
        assert_eq!(rig.object.mix(), if stays { mine } else { Mix::default() }, "{message}");
        let gain = 10f32.powf(3.0 / 20.0);
        let sign = if message == "method inverse" { -1.0 } else { 1.0 };
        let heard = if stays { (sign * 3.0 * 0.25 + 0.5) * gain / gain } else { 3.0 };
        let is = settled(&mut rig, 1.0);
        assert!((is - heard).abs() < 1e-5, "{message}: {is} instead of {heard}");
    }
}

fn told(rig: &crate::rig::Rig) -> usize {
    notes(rig).iter().filter(|line| line.contains("as its file says")).count()
}

#[test]
fn a_model_begins_as_its_file_says_which_is_said_once() {
    let mut rig = exact("effect forward 512");
    assert_eq!(rig.object.mix(), OF_FILE);
    let heard = (3.0 * 0.5 + 0.25) * 10f32.powf(-6.0 / 20.0);
    assert!((settled(&mut rig, 1.0) - heard).abs() < 1e-5);
    let line = "nn~: it begins with wet 0.5, dry 0.25, output_gain -6, as its file says: for the model alone, send wet 1, \
                dry 0, output_gain 0";
    assert!(notes(&rig).contains(&line), "{:?}", notes(&rig));
    rig.send("reload");
    settled(&mut rig, 1.0);
    rig.poll();
    assert_eq!((rig.object.mix(), told(&rig)), (OF_FILE, 1), "the same again needs no word");
    rig.send("load plain");
    settled(&mut rig, 1.0);
    rig.poll();
    assert_eq!((rig.object.mix(), told(&rig)), (Mix::default(), 1), "nothing to say of the model alone");
}

#[test]
fn what_is_set_while_a_model_loads_is_for_that_model() {
    for (arguments, load) in [("slow forward 512", None), ("m forward 512", Some("load slow"))] {
        let mut rig = waiting(source(), arguments, 64);
        if let Some(load) = load {
            rig.until_loaded();
            rig.send("wet 0.125");
            rig.send("input_gain 12");
            rig.send(load);
        }
        rig.send("dry 1");
        rig.send("output_gain 0");
        settled(&mut rig, 1.0);
        rig.poll();
        assert_eq!(rig.object.mix(), Mix { dry: 1.0, output_gain_db: 0.0, ..OF_FILE }, "{load:?}");
        assert_eq!(told(&rig), 1, "{load:?}");
        let said: Vec<_> = notes(&rig).into_iter().filter(|line| line.contains("as its file")).collect();
        assert!(said[0].contains("with wet 0.5, as its file"), "of what is not the user's: {said:?}");
    }
}

#[test]
fn what_is_set_before_there_is_a_model_is_for_the_first_one() {
    let mut rig = waiting(source(), "void 1 1 512", 64);
    rig.send("wet 0.75");
    rig.send("load effect");
    settled(&mut rig, 1.0);
    rig.poll();
    assert_eq!(rig.object.mix(), Mix { wet: 0.75, ..OF_FILE });
    rig.send("load effect");
    settled(&mut rig, 1.0);
    rig.poll();
    assert_eq!(rig.object.mix(), OF_FILE, "the next one begins as its file says");
}

#[test]
fn a_load_that_fails_takes_nothing_with_it() {
    let mut rig = exact("m forward 512");
    rig.send("dry 0.5");
    rig.send("load missing");
    settled(&mut rig, 1.0);
    rig.poll();
    assert_eq!(rig.info("loaded"), Some(&[Atom::Float(0.0)][..]));
    assert_eq!(settled(&mut rig, 1.0), 3.5);
    assert_eq!(rig.object.mix().dry, 0.5);
}

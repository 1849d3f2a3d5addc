//! Sound and numbers by name as values of attributes: `buffer~`, `[array]`, lists.
#![cfg(target_os = "linux")]

mod common;

use common::{asked, loaded, max};
use max_host::{Atom, Max, Overdrive, Patched};

/// Fewer under a sanitizer, which takes its time.
const CYCLES: usize = if cfg!(feature = "count") { 300 } else { 60 };

fn numbers(values: &[f64]) -> Vec<Atom> {
    values.iter().map(|&value| Atom::Float(value)).collect()
}

/// Waits until the curve is this one.
fn until_curve(max: &Max, nn: Patched, curve: &str) {
    max.until(curve, |max| {
        max.forget();
        max.send(nn, "get curve");
        max.pass(3);
        max.told(nn).contains(&format!("curve {curve}"))
    });
}

/// Sends a message that is refused, and gives the error.
fn refused(max: &Max, nn: Patched, message: &str) -> String {
    max.forget();
    max.send(nn, message);
    max.until("an error", |max| !max.errors().is_empty());
    max.errors().remove(0)
}

#[test]
fn numbers_of_a_tensor_are_typed_or_come_as_a_list() {
    let max = max();
    let nn = loaded(&max, "nn~ shaped forward 64");
    max.send(nn, "set curve 0 0.5 1");
    assert_eq!(asked(&max, nn, "get curve"), ["curve 0 0.5 1"]);
    max.send(nn, "set curve 3");
    assert_eq!(asked(&max, nn, "get curve"), ["curve 3"]);
    assert_eq!(max.errors(), Vec::<String>::new());
}

#[test]
fn an_array_is_a_value_by_its_name_and_a_buffer_of_that_name_goes_before_it() {
    let max = max();
    let nn = loaded(&max, "nn~ shaped forward 64");
    max.array("numbers", &[Atom::Int(1), Atom::Float(0.25), Atom::Int(-2)]);
    max.send(nn, "set curve numbers");
    assert_eq!(asked(&max, nn, "get curve"), ["curve 1 0.25 -2"]);
    // What an array sends, after [prepend set curve].
    max.array("u123", &numbers(&[0.5, 0.75]));
    max.send(nn, "set curve array u123");
    assert_eq!(asked(&max, nn, "get curve"), ["curve 0.5 0.75"]);
    max.send(nn, "set sound numbers");
    assert_eq!(asked(&max, nn, "get sound"), ["sound 1 3"], "one channel");
    max.send(nn, "set both numbers numbers");
    assert_eq!(asked(&max, nn, "get both"), ["both numbers 1 0.25 -2"], "a word where a word belongs");
    max.buffer("numbers", 2, 44_100.0, vec![0.1, 9.0, 0.2, 9.0]);
    max.send(nn, "set sound numbers");
    assert_eq!(asked(&max, nn, "get sound"), ["sound 2 4"]);
    assert_eq!(max.errors(), Vec::<String>::new());
}

#[test]
fn what_is_no_array_of_numbers_is_named_with_its_cure() {
    let max = max();
    let nn = loaded(&max, "nn~ shaped forward 64");
    for values in [vec![Atom::Int(1), Atom::Symbol("two".into())], vec![Atom::Object]] {
        max.array("words", &values);
        // The same error is said again of a model that is loaded anew.
        max.forget();
        max.send(nn, "load shaped");
        common::settled(&max, nn);
        assert_eq!(
            refused(&max, nn, "set curve words"),
            "nn~: curve: array 'words' holds no plain numbers: put nothing but ints and floats into it"
        );
    }
    assert_eq!(
        refused(&max, nn, "set curve nowhere"),
        "nn~: curve: there is no array 'nowhere': make one with [buffer~ NAME 1000] or, from Max 8.6 on, \
         [array @name NAME], or spell its name as it is there"
    );
    max.array("nothing", &[]);
    max.buffer("void", 1, 44_100.0, Vec::new());
    for name in ["nothing", "void"] {
        let error = refused(&max, nn, &format!("set curve {name}"));
        assert_eq!(
            error,
            format!("nn~: curve: array '{name}' is empty: give it a size, or write into it first")
        );
    }
}

#[test]
fn an_array_that_is_followed_may_change_and_be_deleted() {
    let max = max();
    let nn = loaded(&max, "nn~ shaped forward 64 @track_buffers 1");
    max.array("numbers", &numbers(&[1.0, 2.0]));
    max.send(nn, "set curve numbers");
    until_curve(&max, nn, "1 2");
    max.array("numbers", &numbers(&[1.0, 3.0]));
    until_curve(&max, nn, "1 3");
    max.forget();
    max.delete_array("numbers");
    max.until("an error", |max| !max.errors().is_empty());
    assert!(max.errors()[0].contains("there is no array 'numbers'"), "{:?}", max.errors());
    until_curve(&max, nn, "1 3");
    // A buffer that takes its name is noticed.
    max.buffer("numbers", 1, 44_100.0, vec![4.0]);
    until_curve(&max, nn, "4");
}

#[test]
fn a_buffer_that_is_written_is_followed_at_once() {
    for told in [false, true] {
        let max = max();
        if told {
            max.tell_of_bindings();
        }
        max.buffer("sound", 1, 44_100.0, vec![0.0; 64]);
        let nn = loaded(&max, "nn~ shaped forward 64");
        max.send(nn, "set sound sound");
        max.pass(5);
        assert_eq!(max.references(nn), 0, "nothing follows yet");
        max.send(nn, "track 1");
        assert_eq!(max.references(nn), 1);
        max.send(nn, "set curve sound");
        max.send(nn, "set sound 1");
        max.pass(5);
        assert_eq!(max.references(nn), 1, "one for each name");
        max.write_buffer("sound", vec![0.0, 0.0, 0.5]);
        // The queue of the main thread comes by; no time passes.
        max.service();
        assert_eq!(asked(&max, nn, "get curve"), ["curve 0 0 0.5"]);
        max.delete_buffer("sound");
        max.until("an error", |max| !max.errors().is_empty());
        max.buffer("sound", 1, 44_100.0, vec![0.25]);
        max.service();
        assert_eq!(asked(&max, nn, "get curve"), ["curve 0.25"]);
        max.send(nn, "track 0");
        assert_eq!(max.references(nn), 0);
        max.send(nn, "track 1");
        max.send(nn, "load shaped");
        max.until("nothing to follow", |max| max.references(nn) == 0);
    }
}

#[test]
fn a_change_in_a_long_buffer_is_not_looked_for_by_and_by() {
    // 64 pieces, one of which is looked at every 50 ms.
    const FRAMES: usize = 1 << 20;
    let max = max();
    let mut samples = vec![0.0; FRAMES];
    max.buffer("sound", 1, 44_100.0, samples.clone());
    let nn = loaded(&max, "nn~ shaped forward 64 @track_buffers 1");
    max.send(nn, "set curve sound");
    // Now the first piece has its next turn after three seconds.
    max.pass(200);
    samples[100] = 0.25;
    max.write_buffer("sound", samples);
    max.service();
    max.forget();
    max.send(nn, "get curve");
    max.until("an answer", |max| max.all_told().iter().any(|told| told.selector == "curve"));
    let told = max.all_told();
    let curve = told.iter().find(|told| told.selector == "curve").expect("it was told");
    assert_eq!(curve.atoms[100], Atom::Float(0.25));
}

#[test]
fn a_name_from_the_scheduler_is_looked_up_on_the_main_thread() {
    for overdrive in [Overdrive::On, Overdrive::InAudioInterrupt] {
        let max = max();
        max.overdrive(overdrive);
        let nn = loaded(&max, "nn~ shaped forward 64");
        max.array("numbers", &numbers(&[0.5, 1.0]));
        max.buffer("sound", 1, 44_100.0, vec![0.25]);
        max.send_from_scheduler(nn, "set curve numbers");
        max.send_from_scheduler(nn, "set sound sound");
        assert_eq!(asked(&max, nn, "get curve"), ["curve 0.5 1"]);
        assert_eq!(asked(&max, nn, "get sound"), ["sound 1 1"]);
        assert_eq!(max.errors(), Vec::<String>::new());
    }
}

#[test]
fn buffers_are_written_on_another_thread_while_boxes_follow_them_come_and_go() {
    let max = max();
    max.overdrive(Overdrive::On);
    max.buffer("one", 1, 44_100.0, vec![0.0; 64]);
    max.buffer("two", 1, 44_100.0, vec![0.0; 64]);
    let stays = loaded(&max, "nn~ shaped forward 64 @track_buffers 1");
    for cycle in 0..CYCLES {
        let goes = max.create("nn~ shaped forward 64 @track_buffers 1");
        let name = ["one", "two"][cycle % 2];
        max.write_buffer_from_scheduler(name, vec![cycle as f32; 64]);
        max.send(goes, &format!("set curve {name}"));
        max.send(stays, &format!("set curve {name}"));
        max.send(stays, if cycle % 5 == 0 { "track 0" } else { "track 1" });
        max.write_buffer_from_scheduler(name, vec![cycle as f32 + 0.5; 64]);
        max.service();
        // Whoever hears a notification must not be deleted meanwhile: that is Max's own care.
        max.await_scheduler();
        max.delete(goes);
    }
    max.send(stays, "track 1");
    max.send(stays, "set curve one");
    max.write_buffer("one", vec![0.5; 2]);
    until_curve(&max, stays, "0.5 0.5");
}

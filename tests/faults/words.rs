//! What is typed into a box, and what is sent to it.

use crate::stand::{BOTH, HEALTHY_LATENCY, all_refused, beside_a_healthy_box, boxed, plays_on, silent_with};
use crate::support::stage::Stage;

#[test]
fn a_bang_to_a_box_without_arguments_is_answered() {
    beside_a_healthy_box("nn~", plays_on, |played, what| {
        assert_eq!(played.told["bad"], ["loaded 0"], "{what}");
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        assert!(played.sound("bad").iter().all(|&s| s == 0.0), "{what}");
    });
}

#[test]
fn a_number_where_set_expects_a_name_is_refused() {
    let messages = [
        ("set 3 4", "set: '3 4': type set ATTRIBUTE VALUE..."),
        ("set 3", "set: '3': type set ATTRIBUTE VALUE..."),
        ("set", "set: nothing after it: type set ATTRIBUTE VALUE..."),
        ("get 3", "get: '3': type get ATTRIBUTE"),
        // An empty line elsewhere.
        ("set gain loud", "gain: value 1 must be"),
        ("set gain 1 2", "gain takes float"),
    ];
    for player in BOTH {
        let mut stage = Stage::new();
        for number in 0..messages.len() {
            let name = format!("bad{number}");
            stage.part(&name, &boxed("gain", "forward 256"), 1).send(&format!("{name} wait 1"));
        }
        stage.pass(60);
        for (number, (message, _)) in messages.iter().enumerate() {
            // Twice: the second time it is only counted.
            stage.send(&format!("bad{number} {message}\nbad{number} {message}"));
        }
        let played = stage.pass(60).play(player);
        for (number, (message, error)) in messages.iter().enumerate() {
            let (name, what) =
                (format!("bad{number}"), format!("{player:?}: {message}: {:#?}", played.lines));
            played.assert_exact(&name, HEALTHY_LATENCY, &what);
            let said =
                played.told[&name].iter().filter(|told| told.starts_with("error ")).collect::<Vec<_>>();
            assert!(said.len() == 1 && said[0].contains(error), "{what}");
        }
        assert_eq!(played.errors.len(), messages.len(), "{player:?}: {:#?}", played.lines);
    }
}

#[test]
fn a_huge_buffer_is_refused_in_words() {
    let large = ["16777218", "1e+09", "2147483648", "4294967040"];
    let large = large.map(|buffer| (buffer, " samples is too large: the largest is 16777216"));
    let absurd = ["1e+20", "-1", "-2147483648", "0.5"];
    let absurd =
        absurd.map(|buffer| (buffer, "is no buffer in samples (whole, from 0 to 16777216): type [nn~ "));
    let cases: Vec<_> = large
        .into_iter()
        .chain(absurd)
        .map(|(buffer, error)| (boxed("identity", &format!("forward {buffer}")), error))
        .collect();
    all_refused(&cases, |_| ());
}

#[test]
fn an_unknown_method_is_silent_and_named() {
    beside_a_healthy_box(&boxed("gain", "fly 256"), plays_on, silent_with("no method 'fly' in "));
}

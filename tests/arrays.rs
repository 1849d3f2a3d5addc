//! Pd's arrays as values of attributes, in both Pds: copied when they are set, followed when asked.

mod support;

use support::{
    model,
    patch::escaped,
    probe::{Asked, BOTH, Probe},
};

/// Sends messages to `[nn~ gain]` beside some arrays.
fn play(asked: Asked, objects: &[&str], messages: &[&str]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!("nn~ {} forward 512", escaped(&model("gain").display().to_string()));
    Probe { text: &text, objects, outlets: &["", "told"], messages, ..Probe::default() }
        .ask(asked, folder.path())
}

/// What the information outlet said of an attribute.
fn told<'a>(said: &'a [String], attribute: &str) -> Vec<&'a str> {
    let prefix = format!("told: {attribute} ");
    said.iter().filter_map(|line| line.strip_prefix(&prefix)).collect()
}

const FIVE: &str = r"\; shape 0 -1 -0.5 0 0.5 1";

#[test]
fn an_array_s_samples_are_a_tensor_and_a_buffer() {
    for asked in BOTH {
        let messages = [
            FIVE,
            "set curve shape",
            "get curve",
            "set table shape",
            "get table",
            "set curve 1 0 1",
            "get curve",
        ];
        let said = play(asked, &["table shape 5", "array define other 3"], &messages);
        let what = format!("{asked:?}: {said:#?}");
        assert_eq!(told(&said[3], "curve"), ["-1 -0.5 0 0.5 1"], "{what}");
        assert!(said[5].iter().any(|line| line.contains("channels 1")), "{what}");
        assert_eq!(told(&said[7], "curve"), ["1 0 1"], "{what}");
        assert!(said.iter().flatten().all(|line| !line.contains("error")), "{what}");
    }
}

#[test]
fn an_array_that_is_missing_or_huge_is_said_and_changes_nothing() {
    for asked in BOTH {
        let messages = [
            FIVE,
            "set curve shape",
            "set curve nowhere",
            "set table nowhere",
            "set curve huge",
            "set curve 0.5 shape",
            "get curve",
        ];
        let said = play(asked, &["table shape 5", "table huge 20000000"], &messages);
        let what = format!("{asked:?}: {said:#?}");
        for (step, line) in [
            (3, "nn~: curve: there is no array 'nowhere': make one with [array define NAME 512]"),
            (4, "nn~: table: there is no array 'nowhere': make one"),
            (5, "nn~: curve: array 'huge' has 20000000 samples, the most is 16777216: use a shorter one"),
            (6, "nn~: curve: 'shape' is no number: set curve takes the name of one array, or numbers alone"),
        ] {
            assert!(said[step].iter().any(|said| said.contains(line)), "no '{line}' in {what}");
        }
        assert_eq!(told(&said[7], "curve"), ["-1 -0.5 0 0.5 1"], "{what}");
    }
}

#[test]
fn no_array_of_pd_s_is_empty_whatever_size_it_is_given() {
    for asked in BOTH {
        let messages =
            [FIVE, r"\; shape resize 0", "set curve shape", "set table shape", "set table none", "get table"];
        let said = play(asked, &["table shape 5", "array define none 0"], &messages);
        let what = format!("{asked:?}: {said:#?}");
        // One sample is left, which is no curve for this model, but a table.
        assert!(said[3].iter().any(|line| line.contains("curve") && line.contains("refused")), "{what}");
        assert!(said[4..].iter().flatten().all(|line| !line.contains("error")), "{what}");
        assert!(said.iter().flatten().all(|line| !line.contains("is empty")), "{what}");
        assert_eq!(told(&said[6], "table"), ["channels 1 frames 100 sample rate 44100"], "{what}");
    }
}

#[test]
fn an_attribute_follows_its_array_only_when_asked() {
    for asked in BOTH {
        let messages = [
            FIVE,
            "set curve shape",
            r"\; shape 4 0.25",
            "get curve",
            // What has changed so far counts at once.
            "track 1",
            "get curve",
            r"\; shape 0 -0.75",
            "get curve",
            r"\; shape resize 3",
            "get curve",
            "track 0",
            r"\; shape 0 0.125",
            "get curve",
            // Values of one's own are followed no more.
            "track 1",
            "set curve 1 0 1",
            r"\; shape 0 0.5",
            "get curve",
        ];
        let said = play(asked, &["table shape 5"], &messages);
        let what = format!("{asked:?}: {said:#?}");
        for (step, values) in [
            (4, "-1 -0.5 0 0.5 1"),
            (6, "-1 -0.5 0 0.5 0.25"),
            (8, "-0.75 -0.5 0 0.5 0.25"),
            (10, "-0.75 -0.5 0"),
            (13, "-0.75 -0.5 0"),
            (17, "1 0 1"),
        ] {
            assert_eq!(told(&said[step], "curve"), [values], "message {step}: {what}");
        }
    }
}

#[test]
fn arrays_are_kept_over_a_reload_and_forgotten_with_another_model() {
    for asked in BOTH {
        let load = format!("load {}", escaped(&model("gain").display().to_string()));
        let messages = [
            FIVE,
            "track 1",
            "set curve shape",
            "reload",
            "bang",
            r"\; shape 0 0.5",
            "get curve",
            // Sent with the model still on its way.
            &load,
            "get curve",
            r"\; shape 0 0.25",
            "get curve",
        ];
        let said = play(asked, &["table shape 5"], &messages);
        let what = format!("{asked:?}: {said:#?}");
        assert_eq!(told(&said[7], "curve"), ["0.5 -0.5 0 0.5 1"], "{what}");
        let empty = |said: &[String]| said.iter().any(|line| line.trim_end() == "told: curve");
        assert!(empty(&said[9]) && empty(&said[11]), "{what}");
    }
}

#[test]
fn a_long_tensor_is_shown_by_its_beginning() {
    for asked in BOTH {
        let said = play(asked, &["table long 10000"], &["set curve long", "get curve"]);
        let what = format!("{asked:?}: {:?}", &said[2][..1]);
        assert!(said[2][0].ends_with("nn~: curve has 10000 values: the first 4096 are given"), "{what}");
        assert!(said[2][1].ends_with(" 0 … (4096 in all)") && said[2][1].len() < 300, "{what}");
        assert_eq!(told(&said[2], "curve")[0].split(' ').count(), 4096, "{what}");
    }
}

//! Files that are no models, arguments that are wrong, and what a box says of its buffer.

use crate::stand::{BOTH, boxed, errors};
use crate::support::{model, session::Session};

#[test]
fn a_file_that_is_no_model_leaves_a_silent_box_and_one_line() {
    let good = std::fs::read(model("slow")).unwrap();
    let mut flipped = good.clone();
    // In the middle of the weights, which only the loader reads.
    flipped[30_000] ^= 0x10;
    let files: [(&str, &[u8], &str); 6] = [
        ("empty", b"", "empty.ts: "),
        ("words", b"this is no model at all", "words.ts: "),
        ("zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zip.ts: "),
        ("half", &good[..good.len() / 2], "half.ts: "),
        ("flipped", &flipped, "flipped.ts: "),
        ("missing", b"", "no model 'missing': put missing.ts beside the patch"),
    ];
    for player in BOTH {
        for buffer in [256, 0] {
            for (name, bytes, error) in files {
                let session = Session::new(&format!("{name} forward {buffer}"), 1, 1).steps([
                    "bang",
                    "set work 3",
                    "get work",
                    "latency",
                    "stats",
                    "enable 1",
                ]);
                if name != "missing" {
                    std::fs::write(session.folder().join(format!("{name}.ts")), bytes).unwrap();
                }
                let heard = session.play(player);
                let what = format!("{player:?}: {name} {buffer}: {:?}", errors(&heard));
                assert_eq!(heard[0].errors.len(), 1, "{what}");
                assert!(heard[0].errors[0].contains(error), "{what}");
                assert_eq!(heard[0].errors[0].lines().count(), 1, "{what}");
                assert_eq!(heard[1].told.first().map(String::as_str), Some("loaded 0"), "{what}");
                assert!(heard.iter().all(|heard| heard.sound[0].iter().all(|&s| s == 0.0)), "{what}");
                assert_eq!(heard[5].told.len(), 1, "{what}");
            }
        }
    }
}

#[test]
fn a_pipe_where_a_model_should_be_is_not_waited_for() {
    for player in BOTH {
        let session = Session::new("pipe forward 256", 1, 1).steps(["bang", "load pipe"]);
        let pipe = session.folder().join("pipe.ts");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        let heard = session.play(player);
        assert_eq!(heard[1].told, ["loaded 0"], "{player:?}");
        let said = &heard[0].errors[0];
        assert!(
            said.contains("no model 'pipe': ") && said.contains("pipe.ts is a pipe, a socket or a device"),
            "{player:?}: {said}"
        );
    }
}

#[test]
fn wrong_arguments_leave_a_silent_box_and_one_line() {
    for player in BOTH {
        for (arguments, error) in [
            (boxed("gain", "fly"), "no method 'fly' in "),
            (
                boxed("gain", "forward -5"),
                "argument '-5' is no buffer in samples (whole, from 0 to 16777216)",
            ),
            (
                boxed("gain", "forward 0.5"),
                "argument '0.5' is no buffer in samples (whole, from 0 to 16777216)",
            ),
            (boxed("gain", "forward 64 1 1 9"), "argument '9' is one too many"),
            (boxed("gain", "forward 1e+09"), "a buffer of 1000000000 samples is too large"),
            (boxed("gain", "forward 1e+20"), "is no buffer in samples"),
            (boxed("ratio3000", "forward 16777216"), "too large"),
            ("7 forward".to_owned(), "argument '7' is a number where the model's name should be"),
            ("void x".to_owned(), "argument 'x' is no number of inlets or outlets from 0 to 1024"),
            ("void 1 1 1 1".to_owned(), "argument '1' is one too many"),
            ("void 1 2000".to_owned(), "argument '2000' is no number of inlets or outlets"),
            ("..".to_owned(), "no model '..'"),
            ("/".to_owned(), "no model '/'"),
            ("x".repeat(600), "no model 'xxxxx"),
        ] {
            let heard = Session::new(&arguments, 1, 1).steps(["bang", "enable 1"]).play(player);
            let what = format!("{player:?}: {arguments}: {heard:?}", heard = errors(&heard));
            assert_eq!(errors(&heard).len(), 1, "{what}");
            assert!(heard[0].errors[0].starts_with("nn~: ") && heard[0].errors[0].contains(error), "{what}");
            assert_eq!(heard[1].told, ["loaded 0"], "{what}");
            assert!(heard.iter().all(|heard| heard.sound[0].iter().all(|&s| s == 0.0)), "{what}");
        }
    }
}

#[test]
fn a_box_without_a_model_has_the_inlets_and_outlets_that_were_asked_for() {
    for player in BOTH {
        for (arguments, inlets, outlets) in
            [("", 1, 1), ("void", 1, 1), ("void 2 3", 2, 3), ("void 0 0 64", 1, 0)]
        {
            let heard =
                Session::new(arguments, inlets, outlets).steps(["bang", "dump", "stats"]).play(player);
            let what = format!("{player:?}: {arguments}: {:?} {:?}", errors(&heard), heard[0].notes);
            // A cord to an inlet or outlet that is not there would be an error.
            assert_eq!(errors(&heard), Vec::<&String>::new(), "{what}");
            assert!(heard[0].notes.iter().all(|note| !note.contains("connect")), "{what}");
            assert_eq!(heard[1].told, ["loaded 0"], "{what}");
            assert_eq!(heard[1].sound.len(), outlets, "{what}");
            assert!(heard.iter().all(|h| h.sound.iter().flatten().all(|&s| s == 0.0)), "{what}");
        }
    }
}

#[test]
fn another_buffer_or_rate_than_expected_is_said_once() {
    for player in BOTH {
        for (arguments, outlets, note) in [
            (boxed("ratio512", "forward 600"), 1, "nn~: buffer of 1024 samples instead of 600"),
            (boxed("gain", "forward 1"), 1, "nn~: buffer of 64 samples instead of 1"),
            (
                boxed("latent", "forward 512"),
                1,
                "nn~: the model was made for 48000 Hz and the host runs at 44100 Hz",
            ),
            (boxed("gain", "forward 512"), 1, ""),
            (boxed("gain", "512"), 1, ""),
            (boxed("gain", "forward 0"), 1, ""),
            (boxed("features", "bands8 512"), 8, ""),
        ] {
            let heard = Session::new(&arguments, 1, outlets)
                .steps(["enable 1", "@pd dsp 0", "@pd dsp 1", "enable 1"])
                .play(player);
            let notes: Vec<_> = heard
                .iter()
                .flat_map(|heard| &heard.notes)
                .filter(|note| !note.starts_with("pd 0."))
                .collect();
            let what = format!("{player:?}: {arguments}: {notes:?}");
            assert_eq!(notes.len(), usize::from(!note.is_empty()), "{what}");
            assert!(notes.iter().all(|line| line.starts_with(note)), "{what}");
            assert_eq!(errors(&heard), Vec::<&String>::new(), "{what}");
        }
    }
}

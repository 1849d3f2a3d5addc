//! `[nn.info]` in both Pds: what it says on which outlet, what it writes, and that it holds nobody up.

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "support/malformed.rs"]
mod malformed;
#[path = "../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;
mod support;

use std::{path::Path, time::Duration};

use support::{
    copy_externals, model,
    patch::{Patch, escaped},
    pd,
    probe::{Asked, BOTH, Probe},
};

/// Left to right.
const OUTLETS: [&str; 6] = ["path", "methods", "attributes", "parameters", "dictionary", "catalog"];

/// Sends messages to a box `nn.info` in a patch of this folder.
fn play(player: Asked, folder: &Path, arguments: &str, messages: &[&str]) -> Vec<Vec<String>> {
    let text = format!("nn.info {arguments}");
    let awaited: Vec<_> = messages
        .iter()
        .enumerate()
        .filter_map(|(step, message)| match *message {
            "path" => Some((step, "path", "symbol")),
            "bang" if !arguments.is_empty() => Some((step, "path", "symbol")),
            "methods" if !arguments.is_empty() => Some((step, "methods", "method")),
            "dump_dict" if !arguments.is_empty() => Some((step, "dictionary", "runnable")),
            _ => None,
        })
        .collect();
    let probe =
        Probe { text: text.trim(), outlets: &OUTLETS, messages, awaited: &awaited, ..Probe::default() };
    probe.ask(player, folder)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

#[test]
fn every_message_answers_on_its_outlet() {
    for player in BOTH {
        let folder = folder();
        let set = format!("set {}", path("gain"));
        let messages =
            ["path", "methods", "attributes", "parameters inverse", "parameters range", &set, "path", "bang"];
        let said = play(player, folder.path(), &path("latent"), &messages);
        let latent = model("latent").display().to_string();
        assert_eq!(said[0], Vec::<String>::new(), "{player:?}");
        assert_eq!(said[1], [format!("path: symbol {latent}")], "{player:?}");
        assert_eq!(said[2], ["methods: method forward", "methods: method encode", "methods: method decode"]);
        assert_eq!(said[3], Vec::<String>::new(), "{player:?}");
        assert!(
            said[4][0].contains("no method or attribute 'inverse': the model has forward, encode, decode")
        );
        assert_eq!(said[6], Vec::<String>::new(), "{player:?}: {:?}", said[6]);
        assert!(said[7][0].ends_with("gain.ts"), "{:?}", said[7]);
        let bang = &said[8];
        for line in [
            "dictionary: runnable 1",
            "dictionary: methods inverse ratio_out 1",
            "dictionary: attributes range attribute_type float float",
            "dictionary: rate -1",
            "dictionary: block 1",
            "dictionary: operators libtorch 2.13.0",
            "parameters: range attribute_type float float",
            "parameters: forward channels_in 1",
            "attributes: attribute table",
            "methods: method inverse",
        ] {
            assert!(bang.contains(&line.to_owned()), "{player:?}: no '{line}' in {bang:#?}");
        }
        assert!(bang.last().is_some_and(|line| line.starts_with("path: symbol ")), "{bang:#?}");
    }
}

#[test]
fn a_description_is_written_beside_the_patch_and_never_over_a_file() {
    for player in BOTH {
        let folder = folder();
        let file = folder.path().join("about the codec.yaml");
        let messages =
            [r"write about\ the\ codec.yaml", r"write about\ the\ codec.yaml", "write no/where.yaml"];
        let said = play(player, folder.path(), &path("codec"), &messages);
        let told = format!("dictionary: written {}", file.display());
        // On a busy machine an answer may come after the next message was sent.
        let all = said.concat();
        assert!(all.contains(&told), "{player:?}: {said:#?}");
        let exists = "codec.yaml exists already: give another name, or delete it first";
        assert!(all.iter().any(|line| line.contains(exists)), "{said:#?}");
        assert!(said[3][0].contains("no/where.yaml cannot be written"), "{said:#?}");
        let text = std::fs::read_to_string(&file).expect("the file was written");
        assert!(text.starts_with("path: ") && text.contains("\n  decode:\n    channels_in: 24\n"), "{text}");
        assert!(text.contains("\nstreaming: true\n") && text.contains("\nrunnable: true\n"), "{text}");
    }
}

#[test]
fn what_cannot_run_here_is_described_with_the_reason() {
    let methods = ["methods: method forward", "methods: method inverse"];
    for player in BOTH {
        let folder = folder();
        let write = |name: &str, change: &dyn Fn(&mut malformed::Entries)| {
            malformed::with_entries(&model("gain"), &folder.path().join(name), change);
        };
        write("newer.ts", &|entries| {
            let version = entries.iter_mut().find(|(name, _)| name.ends_with("version")).expect("a version");
            version.1 = b"99\n".to_vec();
        });
        write("gpu.ts", &|entries| {
            let code = entries.iter_mut().find(|(name, _)| name.ends_with(".py")).expect("code");
            code.1
                .extend(b"def f() -> Tensor:\n  return torch.zeros([1], device=torch.device(\"cuda:0\"))\n");
        });
        write("warble.ts", &|entries| {
            let code = entries.iter_mut().find(|(name, _)| name.ends_with(".py")).expect("code");
            code.1.extend(b"def f(x: Tensor) -> Tensor:\n  return torch.warble(x)\n");
        });
        std::fs::write(folder.path().join("deep.ts"), nesting_forms::blocks(|_| "if i > 0".into(), 2_000))
            .unwrap();
        let said = play(player, folder.path(), "deep", &["methods"]);
        assert!(
            said[0][0].contains("deep.ts: the code of Model.deep is nested 200"),
            "{player:?}: {said:#?}"
        );
        assert_eq!(said[1], ["methods: method forward"], "{player:?}");
        for (name, reason) in [
            ("newer", "newer.ts: the file has format 99, the newest that can be read is 10: export it"),
            ("gpu", "gpu.ts: its code asks for the device cuda:0: it needs one"),
            ("warble", "warble.ts: it calls aten::warble, which libtorch 2.13.0 does not have: export it"),
        ] {
            let said = play(player, folder.path(), name, &["methods", "dump_dict"]);
            // On the console, and as error on the outlet.
            assert!(said[0].len() == 2 && said[0][0].contains(reason), "{player:?}: {name}: {said:#?}");
            assert!(said[0].iter().any(|line| line.contains("dictionary: error")), "{said:#?}");
            assert_eq!(said[1], methods, "{player:?}: {name}");
            assert!(said[2].contains(&"dictionary: runnable 0".to_owned()), "{player:?}: {name}: {said:#?}");
        }
    }
}

#[test]
fn without_libtorch_everything_in_the_file_is_shown_all_the_same() {
    let folder = folder();
    let package = folder.path();
    copy_externals(package);
    let backend = format!("{}nn_torch{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    std::fs::remove_file(package.join(&backend)).expect("it was copied");
    // Pd prefers an external that lies beside the patch.
    for player in BOTH {
        let said = play(player, package, &path("codec"), &["methods", "dump_dict"]);
        assert_eq!(said[0].len(), 2, "{player:?}: {said:#?}");
        assert!(said[0][0].contains(&backend) && said[0][0].contains("is missing"), "{player:?}: {said:#?}");
        assert_eq!(said[1].len(), 3, "{player:?}: {said:#?}");
        assert!(said[2].contains(&"dictionary: streaming 1".to_owned()), "{player:?}: {said:#?}");
    }
}

#[test]
fn a_box_without_a_model_says_so_and_takes_one() {
    for player in BOTH {
        let folder = folder();
        std::fs::copy(model("delay"), folder.path().join("größe 1.ts")).expect("a copy");
        let messages = ["path", "bang", "set nowhere", r"set größe\ 1", "path", "fly 3", "3", "symbol x"];
        let said = play(player, folder.path(), "", &messages);
        assert_eq!(said[1], ["path: symbol none"], "{player:?}");
        assert!(
            said[2].iter().any(|line| line.contains("there is no model yet: send set MODEL")),
            "{said:#?}"
        );
        assert!(said[3][0].contains("no model 'nowhere': put nowhere.ts beside the patch"), "{said:#?}");
        // libtorch is opened for the first model, which may take longer than a step.
        let answered = said[5..].iter().flatten().any(|line| line.ends_with("größe 1.ts"));
        assert!(answered, "{player:?}: {said:#?}");
        assert!(
            said[6].iter().any(|line| line.contains("no message 'fly': it takes set, bang, ")),
            "{said:#?}"
        );
        for (step, word) in [(7, "float"), (8, "symbol")] {
            let line = format!("no message '{word}'");
            assert!(said[step].iter().any(|said| said.contains(&line)), "{player:?}: {said:#?}");
        }
    }
}

#[test]
fn every_answer_is_about_the_file_that_was_set_before_its_question() {
    let names = ["gain", "latent", "multi", "gain"];
    let each: Vec<_> = names.iter().map(|name| format!("set {} \\, path", path(name))).collect();
    let all = each.join(r" \, ");
    let wanted = names.map(|name| format!("path: symbol {}", model(name).display()));
    for player in BOTH {
        let folder = folder();
        let said = play(player, folder.path(), "", &[&all, "path"]);
        // libtorch is opened for the first model, which may take longer than a step.
        let said: Vec<_> = said.concat();
        assert_eq!(said[..4], wanted, "{player:?}");
        assert_eq!(said[4..], wanted[3..], "{player:?}");
    }
}

/// Renders a patch that ends in the very moment in which it is there; what Pd prints.
fn rendered(patch: &mut Patch, begin: usize, folder: &Path) -> Vec<String> {
    let quit = patch.message(r"\; pd quit");
    patch.connect(begin, 0, quit, 0);
    let file = folder.join("rendered.pd");
    patch.write(&file);
    let output = pd::output_within(&mut pd::command(&file, &["-batch"]), Duration::from_secs(60));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said.lines().map(|line| line.replace('\\', "")).collect()
}

#[test]
fn a_rendering_that_ends_at_once_loses_no_answer() {
    let folder = folder();
    let mut patch = Patch::new();
    let begin = patch.object("loadbang");
    let (asked, latent, nowhere) = (
        patch.object("nn.info"),
        patch.object(&format!("nn.info {}", path("latent"))),
        patch.object("nn.info nowhere"),
    );
    let message = patch.message(&format!(
        "set {} \\, path \\, set {} \\, write about.yaml \\, path",
        path("gain"),
        path("multi")
    ));
    let bang = patch.message("path");
    for (from, outlet, to) in [(begin, 0, message), (message, 0, asked), (begin, 0, bang), (bang, 0, latent)]
    {
        patch.connect(from, outlet, to, 0);
    }
    for (asked, outlet, name) in
        [(asked, 0, "path"), (asked, 4, "dictionary"), (latent, 0, "latent"), (nowhere, 4, "nowhere")]
    {
        let print = patch.object(&format!("print {name}"));
        patch.connect(asked, outlet, print, 0);
    }
    let said = rendered(&mut patch, begin, folder.path());
    let about = folder.path().join("about.yaml");
    let of = |name: &str| said.iter().filter(|line| line.starts_with(name)).cloned().collect::<Vec<_>>();
    assert_eq!(of("path: "), ["gain", "multi"].map(|name| format!("path: symbol {}", model(name).display())));
    assert_eq!(of("dictionary: "), [format!("dictionary: written {}", about.display())]);
    assert_eq!(of("latent: "), [format!("latent: symbol {}", model("latent").display())]);
    // What is wrong with its arguments is said when its cords are there, however soon the patch ends.
    assert!(of("nowhere: error no model 'nowhere'").len() == 1, "{said:#?}");
    assert!(said.iter().any(|line| line.contains("nn.info: no model 'nowhere'")), "{said:#?}");
}

#[test]
fn what_hears_an_answer_may_ask_and_is_answered_at_once() {
    for player in BOTH {
        let folder = folder();
        let mut patch = Patch::new();
        let (begin, asked) = (patch.object("loadbang"), patch.object(&format!("nn.info {}", path("gain"))));
        // Each method that is heard is asked for its parameters, with nothing else waiting: at once.
        let (route, parameters) = (patch.object("route method"), patch.object("list prepend parameters"));
        let trim = patch.object("list trim");
        let (later, methods) = (patch.object("del 2000"), patch.message("methods"));
        for (from, outlet, to) in [
            (begin, 0, later),
            (later, 0, methods),
            (methods, 0, asked),
            (asked, 1, route),
            (route, 0, parameters),
            (parameters, 0, trim),
            (trim, 0, asked),
        ] {
            patch.connect(from, outlet, to, 0);
        }
        for (outlet, name) in [(1, "method"), (3, "numbers")] {
            let print = patch.object(&format!("print {name}"));
            patch.connect(asked, outlet, print, 0);
        }
        let (end, quit) = (patch.object("del 3000"), patch.message(r"\; pd quit"));
        patch.connect(begin, 0, end, 0);
        patch.connect(end, 0, quit, 0);
        let file = folder.path().join("asks.pd");
        patch.write(&file);
        let lines: Vec<String> = match player {
            Asked::Pd => {
                let output = pd::output_within(&mut pd::command(&file, &[]), Duration::from_secs(60));
                String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect()
            }
            Asked::Host => {
                let mut host = support::host::Host::new(0, 2);
                host.line(format!("open \"{}\"", file.display())).line("realtime 30000");
                host.run_to_any_end().after("print").into_iter().map(str::to_owned).collect()
            }
        };
        let said: Vec<_> = lines
            .iter()
            .filter(|line| line.starts_with("method: ") || line.contains("channels_in"))
            .map(String::as_str)
            .collect();
        // The cord to the question is older than the one to the console.
        let wanted = [
            "numbers: forward channels_in 1",
            "method: method forward",
            "numbers: inverse channels_in 1",
            "method: method inverse",
        ];
        assert_eq!(said, wanted, "{player:?}");
    }
}

#[test]
fn the_doctor_plays_in_the_background_and_tells_whether_models_do() {
    let names = [
        "version",
        "host",
        "system",
        "processor",
        "memory",
        "environment",
        "libtorch",
        "models",
        "downloads",
        "real time",
        "gain",
        "codec",
        "gpu",
    ];
    let folder = folder();
    let probe = Probe {
        text: "nn.info",
        outlets: &OUTLETS,
        messages: &["doctor", "path"],
        awaited: &[(0, "dictionary", "examined")],
        ..Probe::default()
    };
    let said = probe.ask(Asked::Pd, folder.path());
    let answer = &said[1];
    let has = |begin: &str| answer.iter().any(|line| line.contains(begin));
    for name in names {
        assert!(has(&format!("nn.info: {name}: ")), "{name}: {answer:#?}");
        let state = format!("dictionary: doctor checks {} state ", name.replace(' ', "_"));
        assert!(has(&state), "{state}: {answer:#?}");
    }
    assert!(has("nn.info: host: Pd 0."), "{answer:#?}");
    assert!(has("dictionary: doctor checks libtorch version 2.13.0"), "{answer:#?}");
    assert!(has("dictionary: doctor plays 1"), "{answer:#?}");
    assert_eq!(answer.last().map(String::as_str), Some("dictionary: examined 1"));
    // It is a message without a model, as the next one says.
    assert_eq!(said[2], ["path: symbol none"]);
}

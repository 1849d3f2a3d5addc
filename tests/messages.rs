//! What users type, in both Pds: one patch, one table of expectations.

mod support;

use std::{path::Path, time::Duration};

use support::{
    deinterleave,
    host::Host,
    model,
    patch::{Patch, escaped},
    pd, read_raw,
};

/// A box, what is sent to it once every model is there, and what it says.
struct Case {
    /// Creation arguments; `MODELS` is the project's folder of models.
    arguments: &'static str,
    /// Messages, one after the other.
    messages: &'static [&'static str],
    /// Lines of the information outlet, in this order, perhaps with others between them.
    answers: &'static [&'static str],
    /// The one line on the console that must be there, after `nn~: `; none when empty.
    error: &'static str,
}

const CASES: &[Case] = &[
    Case {
        arguments: "MODELS/gain.ts forward 2048",
        messages: &[
            "get gain",
            "set gain 0.25",
            "get gain",
            "set muted 1",
            "get muted",
            "set muted off",
            "get muted",
        ],
        answers: &["gain 1", "gain 0.25", "muted 1", "muted 0"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain forward 0",
        messages: &[
            "set offset_steps -3",
            "get offset_steps",
            "set mode square",
            "get mode",
            "set range -0.5 0.75",
            "get range",
        ],
        answers: &["offset_steps -3", "mode square", "range -0.5 0.75"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain inverse",
        messages: &["bang"],
        answers: &[
            "loaded 1",
            "enabled 1",
            "gpu 0",
            "methods forward inverse",
            "method inverse",
            "attributes gain muted offset_steps mode range curve table",
            "bufsize 4096",
            "dim 1 1",
            "ratio 1 1",
            "latency 8128",
            "device cpu",
        ],
        error: "",
    },
    Case {
        arguments: "MODELS/features bands8 512",
        messages: &["latency", "dump"],
        answers: &["latency 960", "dim 1 8", "ratio 1 512", "rate 44100"],
        error: "",
    },
    Case {
        arguments: "MODELS/identity 100",
        messages: &["enable 0", "bang", "enable 1", "bang", "wait 1", "wait auto", "wait 0", "stats"],
        answers: &["enabled 0", "enabled 1", "bufsize 100", "stats blocks 0 late 0"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gain -1", "get gain"],
        answers: &["gain 1"],
        error: "gain: the model refused -1 (code 1): it takes a float (a number), but not every one",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gain loud"],
        answers: &["error"],
        error: "gain: value 1 must be",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set range 1"],
        answers: &["error"],
        error: "range takes float float",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set 3 4"],
        answers: &["error"],
        error: "set: '3 4': type set",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gan 1"],
        answers: &["error"],
        error: "no attribute 'gan': the model has gain,",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["get"],
        answers: &["error"],
        error: "get: nothing after it",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["fly 3", "fly 3", "fly 3"],
        answers: &["error"],
        error: "no message 'fly'",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["5", "symbol x", "bang"],
        answers: &["loaded 1"],
        error: "no message 'symbol'",
    },
    Case { arguments: "", messages: &["bang"], answers: &["loaded 0"], error: "" },
    Case {
        arguments: "void",
        messages: &["bang", "set x 1"],
        answers: &["loaded 0"],
        error: "x: there is no model yet",
    },
    Case {
        arguments: "void 2 3 512",
        messages: &["latency"],
        answers: &["error"],
        error: "latency: there is no model yet",
    },
    Case {
        arguments: "nowhere",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "no model 'nowhere': put nowhere.ts beside",
    },
    Case {
        arguments: "MODELS/gain fly",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "no method 'fly' in",
    },
    Case {
        arguments: "MODELS/gain forward -5",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "argument '-5' is no buffer",
    },
    Case {
        arguments: "7 forward",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "argument '7' is a number where",
    },
    Case { arguments: "MODELS/README.md", messages: &["bang"], answers: &["loaded 0"], error: "README.md: " },
    Case { arguments: r"beside\ me", messages: &["bang"], answers: &["loaded 1", "dim 2 2"], error: "" },
    Case { arguments: "übung swap", messages: &["bang"], answers: &["loaded 1", "method swap"], error: "" },
];

fn arguments(case: &Case) -> String {
    let folder = model("identity").parent().unwrap().display().to_string();
    case.arguments.replace("MODELS", &escaped(&folder))
}

/// How many boxes will say that their model is there.
fn loading() -> usize {
    CASES
        .iter()
        .filter(|case| {
            case.answers.first().is_none_or(|a| *a != "loaded 0") && !case.arguments.starts_with("void")
        })
        .count()
}

/// All boxes; when every model is there, every box gets its messages, and half a second later Pd quits.
fn write_patch(file: &Path) {
    let mut patch = Patch::new();
    let loaded = patch.object("r loaded");
    let one = patch.object("sel 1");
    let count = patch.object("f");
    let plus = patch.object("+ 1");
    let all = patch.object(&format!("sel {}", loading()));
    let go = patch.object("s go");
    let end = patch.object("del 500");
    let quit = patch.message(r"\; pd quit");
    for (from, to, inlet) in [
        (loaded, one, 0),
        (one, count, 0),
        (count, plus, 0),
        (plus, count, 1),
        (plus, all, 0),
        (all, end, 0),
        (all, go, 0),
        (end, quit, 0),
    ] {
        patch.connect(from, 0, to, inlet);
    }
    for (number, case) in CASES.iter().enumerate() {
        let nn = patch.object(&format!("nn~ {}", arguments(case)));
        let print = patch.object(&format!("print c{number}"));
        let route = patch.object("route loaded");
        let once = patch.object("once");
        let tell = patch.object("s loaded");
        let begin = patch.object("r go");
        let messages = patch.message(&case.messages.join(r" \, "));
        let information = outlets(case);
        for (from, outlet, to) in [
            (nn, information, print),
            (nn, information, route),
            (route, 0, once),
            (once, 0, tell),
            (begin, 0, messages),
            (messages, 0, nn),
        ] {
            patch.connect(from, outlet, to, 0);
        }
    }
    patch.write(file);
    // Lets the first 1 through, and no other.
    let mut once = Patch::new();
    let inlet = once.object("inlet");
    let one = once.object("sel 1");
    let gate = once.object("spigot 1");
    let order = once.object("t f b");
    let close = once.message("0");
    let value = once.message("1");
    let out = once.object("outlet");
    for (from, outlet, to, inlet) in [
        (inlet, 0, one, 0),
        (one, 0, value, 0),
        (value, 0, gate, 0),
        (gate, 0, order, 0),
        (order, 1, close, 0),
        (close, 0, gate, 1),
        (order, 0, out, 0),
    ] {
        once.connect(from, outlet, to, inlet);
    }
    once.write(&file.with_file_name("once.pd"));
}

/// Which outlet is the information outlet.
fn outlets(case: &Case) -> usize {
    match case.arguments {
        a if a.contains("bands8") => 8,
        a if a.starts_with("void 2 3") => 3,
        r"beside\ me" | "übung swap" => 2,
        _ => 1,
    }
}

fn prepare(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("messages.pd");
    write_patch(&file);
    std::fs::copy(model("multi"), folder.join("beside me.ts")).unwrap();
    std::fs::copy(model("multi"), folder.join("übung.ts")).unwrap();
    file
}

/// Holds what Pd said against the table.
fn check(said: &[String], host: &str) {
    let mut errors: Vec<&str> = said
        .iter()
        .filter_map(|line| {
            line.split_once("error").filter(|(before, _)| !before.contains(": "))?.1.split_once("nn~: ")
        })
        .map(|(_, e)| e)
        .collect();
    for (number, case) in CASES.iter().enumerate() {
        let what = format!("{host}: case {number}, [nn~ {}]", case.arguments);
        let prefix = format!("c{number}: ");
        let mut answers = said.iter().filter_map(|line| line.strip_prefix(&prefix));
        for wanted in case.answers {
            assert!(
                answers.any(|answer| answer.starts_with(wanted)),
                "{what}: no '{wanted}' in its place:\n{}",
                said.iter().filter(|line| line.starts_with(&prefix)).cloned().collect::<Vec<_>>().join("\n")
            );
        }
        if !case.error.is_empty() {
            let at = errors.iter().position(|error| error.contains(case.error));
            let at = at.unwrap_or_else(|| panic!("{what}: no error '{}' in {errors:#?}", case.error));
            errors.remove(at);
        }
    }
    assert!(errors.is_empty(), "{host}: errors nobody expected: {errors:#?}");
}

#[test]
fn the_distribution_s_pd_understands_every_message() {
    let folder = tempfile::tempdir().unwrap();
    let output = pd::output_within(&mut pd::command(&prepare(folder.path()), &[]), Duration::from_secs(120));
    let said = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(output.status.success(), "{}", said.join("\n"));
    check(&said, "Pd of the distribution");
}

#[test]
fn pd_0_55_understands_every_message() {
    let folder = tempfile::tempdir().unwrap();
    let file = prepare(folder.path());
    let mut host = Host::new(0, 0);
    host.line(format!("open \"{}\"", file.display())).line("realtime 200000");
    let transcript = host.run_to_any_end();
    assert_eq!(transcript.code, Some(0), "{:#?}", transcript.lines);
    let said: Vec<_> =
        transcript.lines.iter().filter_map(|line| line.strip_prefix("print ")).map(str::to_owned).collect();
    check(&said, "Pd 0.55");
}

/// A box with `control` and `told`, and its first input and output at the sound card.
fn one_box(folder: &Path, arguments: &str) -> std::path::PathBuf {
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let nn = patch.object(&format!("nn~ {arguments}"));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    patch.connect(adc, 0, nn, 0);
    patch.connect(nn, 0, dac, 0);
    patch.connect(control, 0, nn, 0);
    patch.connect(nn, 1, told, 0);
    let file = folder.join("one.pd");
    patch.write(&file);
    file
}

#[test]
fn an_attribute_is_heard_from_the_buffer_in_which_it_was_set() {
    for (buffer, latency) in [(256, 448), (0, 0)] {
        let folder = tempfile::tempdir().unwrap();
        let file = one_box(
            folder.path(),
            &format!("{} forward {buffer}", escaped(&model("gain").display().to_string())),
        );
        let recording = folder.path().join("out.raw");
        let mut host = Host::new(1, 1);
        host.line(format!("open \"{}\"", file.display()))
            .line("message control wait 1")
            .line("dsp 1")
            .line("ramp");
        host.line(format!("output \"{}\"", recording.display()))
            .line("run 40")
            .line("message control set gain 0.5");
        host.line("run 40").line("message control set muted 1").line("run 40");
        assert_eq!(host.run().errors(), Vec::<&str>::new());
        let output = deinterleave(&read_raw(&recording), 1).remove(0);
        for (n, &sample) in output.iter().enumerate().skip(latency) {
            let entered = n - latency;
            let ramp = entered as f32 / 65_536.0;
            let factor = if entered < 40 * 64 {
                1.0
            } else if entered < 80 * 64 {
                0.5
            } else {
                0.0
            };
            assert_eq!(sample, ramp * factor, "buffer {buffer}, sample {n}");
        }
    }
}

#[test]
fn disabled_is_silent_and_enabled_sounds_again() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        one_box(folder.path(), &format!("{} forward 512", escaped(&model("identity").display().to_string())));
    let recording = folder.path().join("out.raw");
    let mut host = Host::new(1, 1);
    host.line(format!("open \"{}\"", file.display()))
        .line("message control wait 1")
        .line("dsp 1")
        .line("noise 1");
    host.line(format!("output \"{}\"", recording.display())).line("run 100").line("message control enable 0");
    host.line("run 100").line("message control enable 1").line("run 100");
    host.run();
    let output = read_raw(&recording);
    let loud = |from: usize, to: usize| output[from * 64..to * 64].iter().any(|&s| s != 0.0);
    assert!(loud(50, 100) && !loud(110, 200) && loud(250, 300));
}

#[test]
fn batch_rendering_is_the_same_from_run_to_run_with_no_late_block() {
    for wait in ["wait 1", "wait auto"] {
        let mut recordings = Vec::new();
        for _ in 0..3 {
            let folder = tempfile::tempdir().unwrap();
            let file = one_box(
                folder.path(),
                &format!("{} forward 2048", escaped(&model("codec").display().to_string())),
            );
            let recording = folder.path().join("out.raw");
            let mut host = Host::new(1, 1);
            host.line("listen told").line(format!("open \"{}\"", file.display()));
            // By itself, waiting for a load begins when the host is known to render offline.
            host.line("message control bang")
                .line("until 60 told loaded 1")
                .line(format!("message control {wait}"));
            host.line("dsp 1")
                .line("noise 5")
                .line(format!("output \"{}\"", recording.display()))
                .line("run 5000");
            host.line("message control stats");
            let transcript = host.run();
            let stats = transcript.after("recv told stats").pop().unwrap().to_owned();
            assert!(stats.contains(" late 0 "), "{wait}: {stats}");
            recordings.push(read_raw(&recording));
        }
        assert!(recordings[0].iter().any(|&s| s != 0.0));
        assert!(recordings.windows(2).all(|pair| pair[0] == pair[1]), "{wait}: not repeatable");
    }
}

#[test]
fn where_workers_are_not_allowed_the_callback_runs_the_model() {
    let mut threads = Vec::new();
    for (allowed, latency) in [("1", 4032), ("0", 1984)] {
        let folder = tempfile::tempdir().unwrap();
        let file = one_box(
            folder.path(),
            &format!("{} forward 2048", escaped(&model("identity").display().to_string())),
        );
        let recording = folder.path().join("out.raw");
        let mut host = Host::new(1, 1);
        host.environment("NN_WORKER", allowed)
            .line("listen told")
            .line(format!("open \"{}\"", file.display()));
        host.line("message control wait 1").line("dsp 1").line("impulse 100");
        host.line(format!("output \"{}\"", recording.display())).line("run 500").line("stat");
        let transcript = host.run();
        threads.push(transcript.number("stat", "threads"));
        let output = read_raw(&recording);
        assert_eq!(output.iter().position(|&s| s != 0.0), Some(100 + latency), "workers: {allowed}");
    }
    assert_eq!(threads[0] - threads[1], 1.0, "one thread fewer: {threads:?}");
}

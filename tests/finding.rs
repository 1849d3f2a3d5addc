//! From a name to a playing box: where models are looked for, files that are none, buffers, and who waits for whom.

mod support;

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use support::{
    copy_externals, externals,
    host::{self, Host},
    inquiry::{BOTH as BOTH_ASKED, Inquiry},
    model,
    patch::{Patch, escaped},
    pd,
    session::{Heard, Player, Session},
};

const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];

fn boxed(name: &str, rest: &str) -> String {
    format!("{} {rest}", escaped(&model(name).display().to_string()))
}

/// Everything that was said in a session.
fn errors(heard: &[Heard]) -> Vec<&String> {
    heard.iter().flat_map(|heard| &heard.errors).collect()
}

#[test]
fn a_model_is_found_wherever_models_are_kept() {
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = |to: PathBuf| {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(model("gain"), &to).unwrap();
        to
    };
    let (spaced, searched) =
        (elsewhere.path().join("mit Leerzeichen, Übung $1"), elsewhere.path().join("pfad"));
    for player in BOTH {
        for (typed, place) in [
            ("beside", "PATCH/beside.ts"),
            ("beside.ts", "PATCH/beside.ts"),
            ("no_extension", "PATCH/no_extension"),
            ("version.2", "PATCH/version.2.ts"),
            ("sub/folder/model", "PATCH/sub/folder/model.ts"),
            ("on_the_path", "SEARCHED/on_the_path.ts"),
            ("in/subfolder", "SEARCHED/in/subfolder.ts"),
            ("SPACED/größe model", "SPACED/größe model.ts"),
            ("ein Modell, größer; $2", "PATCH/ein Modell, größer; $2.ts"),
            ("~/at_home", "HOME/at_home.ts"),
            ("of_the_package", "PATCH/models/of_the_package.ts"),
        ] {
            let fill = |text: &str| text.replace("SPACED", &spaced.display().to_string());
            let session = Session::new(&format!("{} forward 256", escaped(&fill(typed))), 1, 1)
                .search(&searched)
                .environment("HOME", &elsewhere.path().join("home").display().to_string())
                .steps(["set gain 0.5", "dump"]);
            if place.contains("/models/") {
                // Pd prefers an external that lies beside the patch: then that folder is the package.
                copy_externals(session.folder());
            }
            let path = copy(PathBuf::from(
                fill(place)
                    .replace("PATCH", &session.folder().display().to_string())
                    .replace("SEARCHED", &searched.display().to_string())
                    .replace("HOME", &elsewhere.path().join("home").display().to_string()),
            ));
            let heard = session.play(player);
            let what = format!("{player:?}: {typed}: {:?}", heard[2].told);
            assert_eq!(errors(&heard), Vec::<&String>::new(), "{what}");
            assert!(heard[2].told.contains(&format!("model {}", path.display())), "{what}");
            assert_eq!(heard[2].level(0), 0.25, "{what}");
            std::fs::remove_file(&path).unwrap();
        }
    }
}

#[test]
fn of_several_places_the_nearest_is_taken() {
    for asked in BOTH_ASKED {
        let folder = tempfile::tempdir().unwrap();
        let (patches, package) = (folder.path().join("patches"), folder.path().join("package"));
        let (declared, searched) =
            (folder.path().join("patches/weitere Modelle"), folder.path().join("searched"));
        std::fs::create_dir(&patches).unwrap();
        copy_externals(&package);
        let places = [&patches, &package.join("models"), &declared, &package, &searched];
        let files = places.map(|place| {
            std::fs::create_dir_all(place).unwrap();
            std::fs::copy(model("gain"), place.join("größe.ts")).unwrap();
            place.join("größe.ts")
        });
        for (number, file) in files.iter().enumerate() {
            let said = Inquiry {
                text: "nn.info",
                outlets: &["path"],
                messages: &["set größe", "path"],
                awaited: &[(1, "path", "symbol")],
                declared: Some(r"-path weitere\ Modelle -path ../package"),
                search: std::slice::from_ref(&searched),
                ..Inquiry::default()
            }
            .ask(asked, &patches);
            let answer = said.last().unwrap().last().and_then(|line| line.strip_prefix("path: symbol "));
            let answer = answer.and_then(|path| Path::new(path).canonicalize().ok());
            let what = format!("{asked:?}: place {number}: {said:?}");
            assert_eq!(answer, file.canonicalize().ok(), "{what}");
            std::fs::remove_file(file).unwrap();
        }
    }
}

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
        assert!(heard[0].errors[0].contains("no model 'pipe'"), "{player:?}: {:?}", heard[0].errors);
    }
}

#[test]
fn wrong_arguments_leave_a_silent_box_and_one_line() {
    for player in BOTH {
        for (arguments, error) in [
            (boxed("gain", "fly"), "no method 'fly' in "),
            (boxed("gain", "forward -5"), "argument '-5' is no buffer in samples (0 or more)"),
            (boxed("gain", "forward 0.5"), "argument '0.5' is no buffer in samples (0 or more)"),
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

#[test]
fn a_batch_waits_by_itself_and_is_the_same_every_time() {
    for (name, buffer) in [("codec", 2048), ("delay", 256), ("counter", 64)] {
        let outlets = if name == "counter" { 2 } else { 1 };
        let render = |early: &[&str]| {
            let heard = Session::new(&boxed(name, &format!("forward {buffer}")), 1, outlets)
                .source("noise~")
                .early(early.iter().copied())
                .steps(["enable 1"; 8])
                .step("stats")
                .play(Player::PdBatch);
            let stats = &heard.last().unwrap().told[0];
            assert!(stats.contains(" late 0 dropped 0 "), "{name} {buffer} {early:?}: {stats}");
            heard.into_iter().flat_map(|heard| heard.sound.concat()).collect::<Vec<_>>()
        };
        let exact = render(&["wait 1"]);
        assert!(exact.iter().any(|&s| s != 0.0), "{name}");
        for early in [&[][..], &[], &["wait auto"], &["wait 1"]] {
            assert!(render(early) == exact, "{name} {buffer} {early:?}: not the same");
        }
    }
}

#[test]
fn a_batch_that_is_told_not_to_wait_does_not() {
    let begin = Instant::now();
    // 200 ms of computing for 1.5 ms of sound, and half a second of it.
    let heard = Session::new(&boxed("slow", "forward 64"), 1, 1)
        .early(["wait 1", "set work 1"])
        .step("wait 0\nset work 5000")
        .steps(["enable 1"; 8])
        .step("stats")
        .play(Player::PdBatch);
    let stats: Vec<_> = heard.last().unwrap().told[0].split(' ').collect();
    let late: u64 = stats[stats.iter().position(|&word| word == "late").unwrap() + 1].parse().unwrap();
    assert!(late > 100, "{stats:?}");
    assert!(begin.elapsed() < Duration::from_secs(40), "{:?}", begin.elapsed());
}

#[test]
fn where_workers_are_not_allowed_the_latency_is_one_buffer_less() {
    for player in BOTH {
        for (allowed, latency) in [("1", "latency 448 "), ("0", "latency 192 ")] {
            let heard = Session::new(&boxed("gain", "forward 256"), 1, 1)
                .environment("NN_WORKER", allowed)
                .steps(["latency", "set gain 0.5\nget gain"])
                .play(player);
            assert!(heard[1].told[0].starts_with(latency), "{player:?}: {:?}", heard[1].told);
            assert_eq!(heard[2].told, ["gain 0.5"], "{player:?}");
            assert_eq!(heard[2].level(0), 0.25, "{player:?}");
            let (dry, wet): (Vec<f32>, Vec<f32>) = (heard[0].dry.clone(), heard[0].sound[0].clone());
            let frames: usize = latency.split(' ').nth(1).unwrap().parse().unwrap();
            let (first_in, first_out) =
                (dry.iter().position(|&s| s != 0.0).unwrap(), wet.iter().position(|&s| s != 0.0).unwrap());
            assert_eq!(first_out - first_in, frames, "{player:?}");
        }
    }
}

#[test]
fn messages_are_answered_while_audio_is_off() {
    for (buffer, workers) in [(2048, "1"), (2048, "0"), (0, "1")] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("silent.pd");
        let mut patch = Patch::new();
        let nn = patch.object(&format!("nn~ {}", boxed("gain", &format!("forward {buffer}"))));
        let (control, told) = (patch.object("r control"), patch.object("s told"));
        patch.connect(control, 0, nn, 0);
        patch.connect(nn, 1, told, 0);
        patch.write(&file);
        let mut host = Host::new(1, 1);
        host.environment("NN_WORKER", workers);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line("message control get gain").line("until 60 told gain 1");
        host.line("message control set gain 0.5")
            .line("message control get gain")
            .line("until 60 told gain 0.5");
        host.line("message control bang").line("until 60 told ratio 1 1");
        assert_eq!(host.run().errors(), Vec::<&str>::new(), "buffer {buffer}, workers {workers}");
    }
}

#[test]
fn boxes_of_one_model_keep_their_own_attributes() {
    for buffer in [256, 0] {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("two.pd"), folder.path().join("out.raw"));
        let mut patch = Patch::new();
        let source = patch.object("sig~ 0.5");
        for number in 1..=2 {
            let nn = patch.object(&format!("nn~ {}", boxed("gain", &format!("forward {buffer}"))));
            let (control, dac) =
                (patch.object(&format!("r c{number}")), patch.object(&format!("dac~ {number}")));
            patch.connect(source, 0, nn, 0);
            patch.connect(control, 0, nn, 0);
            patch.connect(nn, 0, dac, 0);
        }
        patch.write(&file);
        let mut host = Host::new(0, 2);
        host.line(format!("open \"{}\"", file.display())).line("message c1 wait 1").line("message c2 wait 1");
        host.line("message c2 set gain 0.25").line("dsp 1").line("run 100").line("message c1 set gain 3");
        host.line("run 100").line(format!("output \"{}\"", recording.display())).line("run 1");
        assert_eq!(host.run().errors(), Vec::<&str>::new());
        let sound = support::read_raw(&recording);
        assert_eq!(sound[sound.len() - 2..], [1.5, 0.125], "buffer {buffer}");
    }
}

/// Kills its process in the end.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The file behind `[nn~]` in a running process.
fn mapped_external(child: &Running) -> PathBuf {
    let begin = Instant::now();
    loop {
        let maps = std::fs::read_to_string(format!("/proc/{}/maps", child.0.id())).unwrap();
        if let Some(line) = maps.lines().find(|line| line.ends_with("/nn~.pd_linux")) {
            return Path::new(&line[line.find('/').unwrap()..]).to_owned();
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "not loaded");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn one_file_serves_both_pure_datas() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.pd");
    let mut patch = Patch::new();
    patch.object("nn~");
    patch.write(&file);
    let old = Running(pd::command(&file, &[]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    let script = folder.path().join("script.txt");
    let lines = format!("path \"{}\"\nopen \"{}\"\nsleep 60000\n", externals().display(), file.display());
    std::fs::write(&script, lines).unwrap();
    let new = Running(
        Command::new(host::executable())
            .arg(&script)
            .stdout(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let wanted = externals().join("nn~.pd_linux").canonicalize().unwrap();
    assert_eq!(mapped_external(&old), wanted);
    assert_eq!(mapped_external(&new), wanted);
}

//! The catalog's messages in both Pds, from every kind of box, and what quitting leaves.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use model_server::{File, ModelServer, Route};

use crate::{
    stand::bytes,
    support::{
        copy_externals, model,
        patch::{Patch, escaped},
        pd,
        probe::{Asked, BOTH, Probe},
    },
};

/// The environment of a user with one source, and folders of its own.
fn environment(folder: &Path, source: &str) -> [(&'static str, String); 3] {
    let sources = format!("built_in: false\nsources: [{source}]\n");
    std::fs::write(folder.join("sources.yaml"), sources).expect("written");
    [("NN_SOURCES", "sources.yaml"), ("NN_MODELS", "models"), ("XDG_CACHE_HOME", "cache")]
        .map(|(name, file)| (name, folder.join(file).display().to_string()))
}

/// A source with one model, on a server that rests so long between 20,000 bytes and the next.
fn slow_server(rest: Duration) -> (ModelServer, String) {
    let server = ModelServer::http();
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    server.put("/models/voice.ts", File::new(bytes("codec")).paced(20_000, rest));
    let source = format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"));
    (server, source)
}

#[test]
fn every_box_lists_brings_and_deletes_and_answers_on_its_last_outlet() {
    let boxes: [(Asked, &str, &[&str]); 4] = [
        (Asked::Pd, "nn.info", &["", "", "", "", "", "told"]),
        (Asked::Host, "nn.info", &["", "", "", "", "", "told"]),
        (Asked::Host, "mc.nn~", &["", "told"]),
        (Asked::Host, "mcs.nn~", &["", "told"]),
    ];
    for (player, text, outlets) in boxes {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("shop")).expect("a folder");
        std::fs::copy(model("gain"), folder.path().join("shop/bell.ts")).expect("copied");
        let source =
            format!("{{name: shop, kind: folder, path: '{}'}}", folder.path().join("shop").display());
        let environment = environment(folder.path(), &source);
        let messages = ["get_available_models", "download bell chime", "delete chime", "download"];
        let probe = Probe {
            text,
            outlets,
            messages: &messages,
            awaited: &[(0, "told", "available_models"), (1, "told", "downloaded"), (2, "told", "deleted")],
            environment: &environment,
            ..Probe::default()
        };
        let said = probe.ask(player, folder.path());
        let told = |step: usize| {
            said[step].iter().filter_map(|line| line.strip_prefix("told: ")).collect::<Vec<_>>()
        };
        assert_eq!(
            told(1),
            ["available shop/bell 11812", "available_models 1"],
            "{player:?} {text}: {said:#?}"
        );
        let path = folder.path().join("models/chime.ts").display().to_string();
        let arrived = format!("downloaded shop/bell {path}");
        assert_eq!(told(2).last(), Some(&arrived.as_str()), "{player:?} {text}: {said:#?}");
        assert_eq!(told(3), ["deleted chime.ts"], "{player:?} {text}: {said:#?}");
        let usage = format!("{text}: download: nothing after it: type download CARD");
        assert!(said[4].iter().any(|line| line.contains(&usage)), "{player:?} {text}: {said:#?}");
    }
}

#[test]
fn a_model_goes_into_the_package_or_else_to_the_user_and_boxes_find_it_in_both() {
    for writable in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let (package, home) = (folder.path().join("package"), folder.path().join("home"));
        copy_externals(&package);
        std::fs::create_dir_all(package.join("models")).expect("a folder");
        if !writable {
            // Nobody may write here, whoever runs this test.
            std::fs::write(package.join("models/.nn-catalog"), b"in the way").expect("written");
        }
        std::fs::create_dir(folder.path().join("shop")).expect("a folder");
        std::fs::copy(model("gain"), folder.path().join("shop/bell.ts")).expect("copied");
        let source =
            format!("{{name: shop, kind: folder, path: '{}'}}", folder.path().join("shop").display());
        let mut environment = environment(folder.path(), &source).to_vec();
        environment.retain(|(name, _)| *name != "NN_MODELS");
        environment.push(("XDG_DATA_HOME", home.display().to_string()));
        // The patch's own declaration comes before the path on which the tests' externals are.
        let declared = format!("-path {}", escaped(&package.display().to_string()));
        let probe = Probe {
            text: "nn.info",
            outlets: &["found", "", "", "", "", "told"],
            messages: &["download bell", "set bell", "path", "delete bell"],
            awaited: &[(0, "told", "downloaded"), (2, "found", "symbol"), (3, "told", "deleted")],
            declared: Some(&declared),
            environment: &environment,
            ..Probe::default()
        };
        let said = probe.ask(Asked::Pd, folder.path());
        let models = if writable { package.join("models") } else { home.join("nn-tilde/models") };
        let path = models.join("bell.ts").display().to_string();
        let last = said[1].last().map(String::as_str);
        assert_eq!(last, Some(format!("told: downloaded shop/bell {path}").as_str()), "{said:#?}");
        assert_eq!(said[3], [format!("found: symbol {path}")], "{said:#?}");
        assert!(said[4].contains(&"told: deleted bell.ts".to_owned()), "{said:#?}");
    }
}

#[test]
fn a_host_that_quits_during_a_download_leaves_at_once_and_without_a_file() {
    for player in BOTH {
        let folder = tempfile::tempdir().expect("a folder");
        // It would take 100 s; the patch quits 2 s after the message, 16 s on the busiest machine.
        let (server, source) = slow_server(Duration::from_secs(1));
        let environment = environment(folder.path(), &source);
        let probe = Probe {
            text: "nn.info",
            outlets: &["", "", "", "", "", "told"],
            messages: &["download voice"],
            environment: &environment,
            ..Probe::default()
        };
        let begin = Instant::now();
        let said = probe.ask(player, folder.path());
        assert!(begin.elapsed() < Duration::from_secs(60), "{player:?}: {:?}", begin.elapsed());
        assert!(
            said[1].iter().any(|line| line.starts_with("told: progress page/voice")),
            "{player:?}: {said:#?}"
        );
        assert!(!said[1].iter().any(|line| line.contains("downloaded")), "{player:?}: {said:#?}");
        assert!(!folder.path().join("models/voice.ts").exists());
        // What had come is there for the next time.
        let hidden = std::fs::read_dir(folder.path().join("models/.nn-catalog")).expect("a folder");
        let parts: Vec<_> =
            hidden.flatten().filter(|entry| entry.path().extension().is_some_and(|e| e == "part")).collect();
        assert!(matches!(&parts[..], [part] if part.metadata().expect("a file").len() > 0), "{player:?}");
        drop(server);
    }
}

#[test]
fn a_box_that_is_deleted_leaves_its_download_to_finish() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = ModelServer::http();
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    server.put("/models/voice.ts", File::new(bytes("gain")).paced(1_000, Duration::from_millis(50)));
    let source = format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"));
    let environment = environment(folder.path(), &source);
    let mut patch = Patch::new();
    let nn = patch.object("nn~ void 1 1");
    let begin = patch.object("loadbang");
    let ask = patch.message("download voice");
    patch.connect(begin, 0, ask, 0);
    patch.connect(ask, 0, nn, 0);
    let file = folder.path().join("deleted.pd");
    patch.write(&file);
    // Another patch empties it while the download runs, and quits when that should be through.
    let mut other = Patch::new();
    let begin = other.object("loadbang");
    for (time_ms, message) in [(300, r"\; pd-deleted.pd clear"), (2_500, r"\; pd quit")] {
        let (delay, message) = (other.object(&format!("del {time_ms}")), other.message(message));
        other.connect(begin, 0, delay, 0);
        other.connect(delay, 0, message, 0);
    }
    let second = folder.path().join("second.pd");
    other.write(&second);
    let second = second.display().to_string();
    let mut command = pd::command(&file, &["-open", &second]);
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let output = pd::output_within(&mut command, Duration::from_secs(30));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let brought = folder.path().join("models/voice.ts");
    assert_eq!(std::fs::read(brought).expect("it went on"), bytes("gain"));
}

#[test]
fn a_rendering_that_ends_at_once_waits_for_what_the_catalog_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, source) = slow_server(Duration::from_millis(100));
    let environment = environment(folder.path(), &source);
    let mut patch = Patch::new();
    let (begin, info) = (patch.object("loadbang"), patch.object("nn.info"));
    let (told, quit) = (patch.object("print told"), patch.message(r"\; pd quit"));
    let ask = patch.message(r"get_available_models \, download voice \, delete voice");
    for (from, outlet, to) in [(begin, 0, ask), (ask, 0, info), (info, 5, told), (begin, 0, quit)] {
        patch.connect(from, outlet, to, 0);
    }
    let file = folder.path().join("rendered.pd");
    patch.write(&file);
    let mut command = pd::command(&file, &["-batch"]);
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let output = pd::output_within(&mut command, Duration::from_secs(30));
    let said = String::from_utf8_lossy(&output.stderr).replace('\\', "");
    assert!(output.status.success(), "{said}");
    let of = |word: &str| said.lines().filter(|line| line.starts_with(&format!("told: {word}"))).count();
    let counts = ["available page/voice", "available_models 1", "downloaded page/voice", "deleted voice.ts"];
    assert_eq!(counts.map(of), [1; 4], "{said}");
    drop(server);
}

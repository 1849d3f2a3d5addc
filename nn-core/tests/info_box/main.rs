//! The box `nn.info`, without a host.
#![cfg(feature = "fake")]

#[path = "../archive_files/mod.rs"]
mod archive_files;
mod stand;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    doctor::Host,
    engine::loader::Loader,
    info::{self, Description, InfoContext, InfoEvent, NnInfo, Outlet, Tree},
    message::{Atom, text},
    model::{LoadError, Model, ModelLocation, ModelSource},
    shown,
    spec::ModelSpec,
};

use stand::{Files, Stand, atoms, find, lines};

#[test]
fn parameters_are_told_with_their_ranges_by_name_and_by_key() {
    let methods = ["set_daw_sample_rate_and_buffer_size", "forward_bt", "forward"];
    let module = archive_files::Module::new();
    let mut entries = methods.iter().fold(module, |all, name| all.method(name, "return 1")).entries();
    let told = r#"{"neutone_parameters": {"p2": {"name": "Wet Room", "default_value": 5, "min_value": 0, "max_value": 10}}}"#;
    entries.push(("model/extra/metadata.json".into(), told.as_bytes().to_vec()));
    let file = tempfile::NamedTempFile::with_suffix(".ts").expect("a file");
    std::fs::write(file.path(), archive_files::torch_zip(&entries)).expect("written");
    let mut stand = Stand::new(&file.path().display().to_string());
    let values =
        ["attribute_type float", "key p2", "name Wet Room", "used 1", "default 0.5", "min 0", "max 10"];
    let of = |name: &str| values.map(|value| format!("Parameters {name} {value}"));
    assert_eq!(stand.lines("parameters wet_room"), of("wet_room"));
    assert_eq!(stand.lines("parameters p2"), of("p2"));
    assert_eq!(stand.lines("parameters")[4..], of("wet_room"));
}

#[test]
fn a_model_is_told_on_all_outlets_from_right_to_left() {
    let mut stand = Stand::new("latent");
    let path = shown::path(&archive_files::model("latent.ts"));
    assert_eq!(
        stand.lines("bang"),
        [
            format!("Dictionary of {path}"),
            "Parameters forward channels_in 1".to_owned(),
            "Parameters forward channels_out 1".into(),
            "Parameters forward ratio_in 1".into(),
            "Parameters forward ratio_out 1".into(),
            "Parameters encode channels_in 1".into(),
            "Parameters encode channels_out 4".into(),
            "Parameters encode ratio_in 1".into(),
            "Parameters encode ratio_out 512".into(),
            "Parameters decode channels_in 4".into(),
            "Parameters decode channels_out 1".into(),
            "Parameters decode ratio_in 512".into(),
            "Parameters decode ratio_out 1".into(),
            "Methods method forward".into(),
            "Methods method encode".into(),
            "Methods method decode".into(),
            format!("Path symbol {path}"),
        ]
    );
    assert_eq!(stand.lines("dump"), stand.lines("bang"));
}

#[test]
fn each_question_has_its_outlet() {
    let mut stand = Stand::new("");
    assert_eq!(stand.send("set gain"), []);
    let path = shown::path(&archive_files::model("gain.ts"));
    assert_eq!(stand.lines("path"), [format!("Path symbol {path}")]);
    assert_eq!(stand.lines("methods"), ["Methods method forward", "Methods method inverse"]);
    assert_eq!(stand.lines("attributes").len(), 7);
    assert_eq!(stand.lines("parameters range"), ["Parameters range attribute_type float float"]);
    assert_eq!(stand.lines("parameters inverse")[0], "Parameters inverse channels_in 1");
    assert_eq!(stand.lines("parameters").len(), 2 * 4 + 7);
    let [InfoEvent::Dictionary { outlet: Outlet::Dictionary, tree }] = &stand.send("dump_dict")[..] else {
        panic!("no dictionary")
    };
    assert_eq!(tree.get(&["attributes", "gain", "attribute_type"]), Some(&Tree::texts(["float"])));
}

#[test]
fn without_a_model_the_path_is_none_and_the_rest_an_error() {
    let mut stand = Stand::new("");
    assert_eq!(stand.lines("path"), ["Path symbol none"]);
    let error = "Dictionary error there is no model yet: send set MODEL";
    assert_eq!(stand.lines("bang"), ["Path symbol none", error]);
    for message in ["methods", "attributes", "parameters forward", "dump_dict", "write a.yaml"] {
        assert_eq!(stand.lines(message), [error], "{message}");
    }
}

#[test]
fn a_model_that_is_not_there_leaves_the_one_before() {
    let mut stand = Stand::new("delay");
    let events = stand.send("set nowhere");
    assert!(
        matches!(&events[0], InfoEvent::Error(line) if line.starts_with("nn.info: no model 'nowhere': put ")),
        "{events:?}"
    );
    assert!(stand.lines("path")[0].ends_with("delay.ts"));
    let unknown = stand.lines("parameters warp");
    assert_eq!(
        unknown,
        ["Dictionary error parameters: no method or attribute 'warp': the model has forward"]
    );
}

/// Where the models of the package are.
fn path(name: &str) -> String {
    shown::path(&archive_files::model(&format!("{name}.ts")))
}

#[test]
fn every_answer_is_about_the_file_that_was_set_before_its_question() {
    let mut stand = Stand::new("gain");
    let mut questions = vec!["path".to_owned()];
    let mut answers = vec![format!("Path symbol {}", path("gain"))];
    for name in ["latent", "multi", "gain", "delay", "latent"] {
        questions.extend([format!("set {name}"), "methods".into(), "dump_dict".into(), "path".into()]);
        let methods = info::read(Path::new(&path(name))).spec.methods;
        answers.extend(methods.iter().map(|method| format!("Methods method {}", method.name)));
        answers.extend([format!("Dictionary of {}", path(name)), format!("Path symbol {}", path(name))]);
    }
    let questions: Vec<_> = questions.iter().map(String::as_str).collect();
    assert_eq!(lines(stand.send_all(&questions)), answers);
}

#[test]
fn errors_and_files_have_their_place_among_the_answers() {
    let mut stand = Stand::new("");
    let file = shown::path(&stand.folder.path().join("gain.yaml"));
    let said = stand.send_all(&[
        "set gain",
        "set nowhere",
        "path",
        "parameters warp",
        "write gain.yaml",
        "set latent",
        "fly",
        "path",
        "write gain.yaml",
        "path",
    ]);
    let said = lines(said);
    let begins = [
        "Dictionary error no model 'nowhere'".to_owned(),
        format!("Path symbol {}", path("gain")),
        "Dictionary error parameters: no method or attribute 'warp': the model has forward, inverse".into(),
        format!("Dictionary written {file}"),
        "Dictionary error no message 'fly'".into(),
        format!("Path symbol {}", path("latent")),
        format!("Dictionary error write: {file} exists already"),
        format!("Path symbol {}", path("latent")),
    ];
    assert_eq!(said.len(), begins.len(), "{said:#?}");
    for (line, begin) in said.iter().zip(&begins) {
        assert!(line.starts_with(begin), "{line} instead of {begin}");
    }
    let text = std::fs::read_to_string(&file).expect("it was written");
    assert_eq!(text, Tree::of(&info::read(Path::new(&path("gain")))).to_yaml());
}

#[test]
fn what_is_wrong_with_a_file_is_said_though_another_one_was_set_meanwhile() {
    let mut stand = Stand::new("");
    let readme = |_: &str| Some(archive_files::model("README.md"));
    stand.info.handle("set", &atoms("README.md"), &InfoContext { find: &readme, folder: None, host: None });
    stand.info.handle("path", &[], &InfoContext { find: &find, folder: None, host: None });
    let said = stand.send("set gain");
    assert!(
        matches!(&said[..], [InfoEvent::Error(line), InfoEvent::Message { outlet: Outlet::Dictionary, .. }, InfoEvent::Message { outlet: Outlet::Path, .. }]
            if line.starts_with("nn.info: README.md: this is not a TorchScript")),
        "{said:?}"
    );
    assert_eq!(lines(stand.send("path")), [format!("Path symbol {}", path("gain"))]);
}

#[test]
fn a_dictionary_is_named_for_what_is_asked_after_it() {
    let mut stand = Stand::new("gain");
    let around = InfoContext { find: &find, folder: None, host: None };
    stand.info.handle("dump_dict", &[], &around);
    stand.info.bind("mine".into());
    let said = lines(stand.send("dump_dict"));
    let of = format!("Dictionary of {}", path("gain"));
    assert_eq!(said, [of.clone(), "bound to mine".into(), of]);
}

/// Reads one file not at all: whoever does it breaks off.
struct Breaks;

impl ModelSource for Breaks {
    fn extensions(&self) -> Vec<&'static str> {
        Files.extensions()
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Files.describe(location)
    }

    fn inspect(&self, location: &ModelLocation) -> Description {
        assert_ne!(location.title(), "latent.ts", "it breaks off");
        Files.inspect(location)
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        Files.load(location)
    }
}

#[test]
fn a_reading_that_breaks_off_is_said_and_holds_up_no_question() {
    let mut stand = Stand::new("");
    let around = InfoContext { find: &find, folder: None, host: None };
    stand.info = NnInfo::new(Arc::new(Breaks), Box::leak(Box::new(Loader::new())), &atoms("gain"), &around);
    let said = lines(stand.send_all(&["set latent", "path", "set multi", "path"]));
    assert!(said[0].starts_with("Dictionary error latent.ts: cannot be read: "), "{said:?}");
    assert_eq!(
        said[1..],
        [format!("Path symbol {}", path("gain")), format!("Path symbol {}", path("multi"))]
    );
}

#[test]
fn a_file_is_written_once_and_says_what_the_dictionary_says() {
    let mut stand = Stand::new("codec");
    let written = stand.lines("write codec.yaml");
    let file = stand.folder.path().join("codec.yaml");
    assert_eq!(written, [format!("Dictionary written {}", shown::path(&file))]);
    let text = std::fs::read_to_string(&file).expect("it was written");
    assert_eq!(text, Tree::of(&info::read(&archive_files::model("codec.ts"))).to_yaml());
    assert!(text.contains("\n  encode:\n    channels_in: 1\n    channels_out: 24\n"), "{text}");

    std::fs::write(&file, "mine").expect("it is a file");
    let again = stand.send("write codec.yaml");
    assert!(
        matches!(&again[0], InfoEvent::Error(line) if line.contains("codec.yaml exists already: ")),
        "{again:?}"
    );
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "mine");

    let nowhere = stand.send("write no/such/folder.yaml");
    assert!(
        matches!(&nowhere[0], InfoEvent::Error(line) if line.contains("cannot be written")),
        "{nowhere:?}"
    );
}

#[test]
fn a_file_that_is_no_model_is_said_once_and_described_as_far_as_it_goes() {
    let mut stand = Stand::new("");
    let around =
        InfoContext { find: &|_: &str| Some(archive_files::model("README.md")), folder: None, host: None };
    stand.info.handle("set", &atoms("README.md"), &around);
    let events = stand.send("dump_dict");
    assert!(
        matches!(&events[0], InfoEvent::Error(line) if line.starts_with("nn.info: README.md: this is not a TorchScript")),
        "{events:?}"
    );
    assert!(
        matches!(&events[1], InfoEvent::Message { outlet: Outlet::Dictionary, selector, atoms }
            if selector == "error" && text(atoms).starts_with("README.md: this is not a TorchScript")),
        "{events:?}"
    );
    let InfoEvent::Dictionary { tree, .. } = &events[2] else { panic!("{events:?}") };
    assert_eq!(tree.get(&["runnable"]), Some(&Tree::Flag(false)));
    assert_eq!(events.len(), 3);
}

#[test]
fn arguments_that_name_no_model_are_an_error() {
    let events = Stand::new("a b").info.take_events();
    assert!(
        matches!(&events[0], InfoEvent::Error(line) if line.contains("'a b' are no model: type [nn.info MODEL]")),
        "{events:?}"
    );
}

#[test]
fn a_sheet_is_the_description_of_the_file_when_it_has_been_read() {
    let mut stand = Stand::new("");
    stand.info.ask_summary();
    let summary = stand.info.take_summary().expect("at once");
    assert_eq!(
        (summary.title.as_str(), summary.text.as_str()),
        ("nn.info", "# there is no model yet: send set MODEL\n")
    );
    let mut stand = Stand::new("gain");
    stand.info.ask_summary();
    assert_eq!(stand.info.take_summary(), None, "the file is being read");
    let begin = Instant::now();
    let summary = loop {
        assert!(begin.elapsed() < Duration::from_secs(20), "no summary");
        stand.info.poll();
        if let Some(summary) = stand.info.take_summary() {
            break summary;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert_eq!(summary.title, "nn.info: gain.ts");
    assert_eq!(summary.text, Tree::of(&info::read(&archive_files::model("gain.ts"))).to_yaml());
    assert_eq!(stand.info.take_summary(), None, "each is taken once");
}

#[test]
fn the_doctor_tells_all_that_it_looked_at_and_holds_up_no_other_answer() {
    let mut stand = Stand::new("gain");
    let host = Host { name: "a host", version: Some("8.6.5".into()) };
    let around = InfoContext { find: &find, folder: None, host: Some(&host) };
    let begin = Instant::now();
    stand.info.handle("doctor", &[], &around);
    assert!(begin.elapsed() < Duration::from_millis(500), "the host waited {:?}", begin.elapsed());
    // Asked again while it is under way, it answers once.
    stand.info.handle("doctor", &[], &around);
    stand.info.handle("path", &[], &around);
    let mut said: Vec<InfoEvent> = Vec::new();
    let mut path_at = None;
    while stand.info.pending() {
        assert!(begin.elapsed() < Duration::from_secs(120), "no answer");
        stand.info.poll();
        said.extend(stand.info.take_events());
        if path_at.is_none() && lines(said.clone()).iter().any(|line| line.starts_with("Path ")) {
            path_at = Some(said.len());
        }
    }
    assert!(path_at.is_some_and(|at| at < said.len()), "the path waited for the doctor: {said:?}");
    let [.., dictionary, last] = &said[..] else { panic!("{said:?}") };
    let InfoEvent::Dictionary { outlet: Outlet::Dictionary, tree } = dictionary else {
        panic!("{dictionary:?}")
    };
    let at = |keys: &[&str]| tree.get(&[&["doctor"], keys].concat()).cloned();
    assert_eq!(at(&["version"]), Some(Tree::text(env!("CARGO_PKG_VERSION"))));
    assert_eq!(at(&["checks", "host", "version"]), Some(Tree::text("8.6.5")));
    for name in [
        "version",
        "host",
        "system",
        "processor",
        "memory",
        "environment",
        "libtorch",
        "models",
        "downloads",
        "real_time",
        "gain",
        "codec",
        "gpu",
    ] {
        assert!(matches!(at(&["checks", name, "state"]), Some(Tree::Text(_))), "no {name}: {tree:?}");
        let line = format!("nn.info: {}: ", name.replace('_', " "));
        let told = said.iter().filter(|event| match event {
            InfoEvent::Note(text) | InfoEvent::Error(text) => text.starts_with(&line),
            _ => false,
        });
        assert_eq!(told.count(), 1, "{name}: {said:?}");
    }
    // Nothing is loaded here, so it cannot play, and says so.
    assert_eq!(at(&["plays"]), Some(Tree::Flag(false)));
    assert!(
        matches!(last, InfoEvent::Message { outlet: Outlet::Dictionary, selector, atoms }
            if selector == "examined" && atoms[..] == [Atom::Int(0)]),
        "{last:?}"
    );
    assert_eq!(lines(stand.send("methods")).len(), 2, "it goes on as before");
}

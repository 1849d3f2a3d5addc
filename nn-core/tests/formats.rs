//! The table of formats: two of them, from a typed name to sound.
#![cfg(feature = "fake")]

mod rig;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    engine::loader::Loader,
    fake::{FakeFormat, FakeRuntime},
    find_model,
    formats::{Entry, Formats, TORCH_SCRIPT},
    info::{self, InfoContext, NnInfo, Tree},
    message::{self, Atom},
    model::{ModelLocation, ModelSource},
    shown,
};
use rig::{Rig, ramp};

const FAKE: Entry = Entry { name: "fake", format: &FakeFormat, runtime: &FakeRuntime };
const BOTH: Formats = Formats::new(&[TORCH_SCRIPT, FAKE]);

/// A folder with fake models, and TorchScript beside them.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
    let gain = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/gain.ts");
    write("double.fake", b"FAKE 2 2");
    write("unnamed", b"FAKE 1 3");
    write("both.fake", b"FAKE 1 4");
    write("both.ts", &std::fs::read(gain).expect("a model"));
    folder
}

fn find_in(folder: &Path) -> impl Fn(&str) -> Option<PathBuf> + '_ {
    |file: &str| Some(folder.join(file)).filter(|path| path.is_file())
}

fn found(folder: &Path, name: &str) -> Result<ModelLocation, String> {
    find_model::model(name, &BOTH, &find_in(folder)).map_err(|error| error.to_string())
}

#[test]
fn a_typed_name_means_the_files_of_all_formats_in_their_order() {
    let folder = folder();
    let file = |name: &str| Ok(ModelLocation::File(folder.path().join(name)));
    for (typed, name) in [
        ("double", "double.fake"),
        ("double.fake", "double.fake"),
        ("both", "both.ts"),
        ("both.fake", "both.fake"),
        ("unnamed", "unnamed"),
    ] {
        assert_eq!(found(folder.path(), typed), file(name), "{typed}");
    }
    let error = found(folder.path(), "none").expect_err("there is none");
    assert!(error.starts_with("no model 'none': put none.ts beside the patch, "), "{error}");
}

#[test]
fn a_name_is_an_address_only_where_a_format_takes_its_scheme() {
    let folder = folder();
    let address = "fake://studio:8001/1/3".to_owned();
    assert_eq!(found(folder.path(), &address), Ok(ModelLocation::Address(address.clone())));
    let one = Formats::new(&[TORCH_SCRIPT]);
    assert!(find_model::model(&address, &one, &find_in(folder.path())).is_err());
    let error = one.describe(&ModelLocation::Address(address.clone())).expect_err("nobody takes it");
    assert_eq!(
        error.to_string(),
        format!("{address}: no format is known whose models are there: give the path of a file")
    );
}

#[test]
fn who_describes_a_file_is_told_by_its_ending_then_by_how_it_begins() {
    let folder = folder();
    let name = |file: &str| BOTH.entry(&folder.path().join(file).into()).expect("an entry").name;
    assert_eq!(name("double.fake"), "fake");
    assert_eq!(name("unnamed"), "fake");
    assert_eq!(name("both.ts"), "TorchScript");
    std::fs::copy(folder.path().join("both.ts"), folder.path().join("also unnamed")).expect("a copy");
    assert_eq!(name("also unnamed"), "TorchScript");
    std::fs::copy(folder.path().join("both.ts"), folder.path().join("wrong.fake")).expect("a copy");
    assert_eq!(name("wrong.fake"), "fake");
    // What nobody knows is said in the words of the first.
    std::fs::write(folder.path().join("notes"), "# Notes").expect("a file");
    let notes = folder.path().join("notes");
    let error = BOTH.describe(&(&notes).into()).expect_err("no model").to_string();
    assert!(
        error.starts_with(&format!("{}: this is not a TorchScript file but ", shown::path(&notes))),
        "{error}"
    );
}

/// A box whose models are those of both formats.
fn boxed(location: &ModelLocation, arguments: &str) -> Rig {
    let mut rig = Rig::of_source(Loader::global(), BOTH, &format!("{location} {arguments}"));
    rig.send("wait 1");
    rig.until_loaded();
    rig
}

fn plays(rig: &mut Rig, gain: f32) {
    let input: Vec<Vec<f32>> = vec![ramp(64 * 8); rig.object.inlets()];
    let heard = rig.play(&input);
    let steady = &heard[0][64 * 4..];
    // Past the fade in and the latency of one buffer.
    let expected: Vec<_> = input[0][64 * 3..64 * 7].iter().map(|sample| sample * gain).collect();
    assert_eq!(steady, expected, "{:?}", rig.errors());
}

#[test]
fn a_box_describes_loads_and_plays_what_its_format_does_and_swaps_between_files_and_addresses() {
    let folder = folder();
    let mut rig = boxed(&found(folder.path(), "double").expect("a file"), "forward 64");
    assert_eq!((rig.object.inlets(), rig.object.outlets()), (2, 2), "the file says so");
    plays(&mut rig, 2.0);
    assert!(FakeRuntime.prepared_threads() > 0, "threads are prepared by the runtime of their model");
    rig.send("dump");
    rig.poll();
    assert_eq!(rig.info("model"), Some(&[Atom::symbol(shown::path(&folder.path().join("double.fake")))][..]));

    rig.send("load fake://studio:8001/2/5");
    rig.until_loaded();
    rig.poll_until(|events| format!("{events:?}").matches("a fake model is loaded").count() > 0);
    rig.play(&vec![ramp(64 * 8); 2]);
    plays(&mut rig, 5.0);
    let location = ModelLocation::Address("fake://studio:8001/2/5".into());
    assert_eq!(rig.object.model_location(), Some(location));
    assert_eq!(rig.errors(), Vec::<&str>::new());
}

#[test]
fn what_cannot_be_loaded_is_said_with_its_address() {
    let mut rig = Rig::of_source(Loader::global(), BOTH, "fake://studio:8001/99/1 forward 64");
    rig.poll_until(|events| !events.is_empty());
    let errors = rig.errors();
    assert_eq!(
        errors,
        ["nn~: fake://studio:8001/99/1: method forward: 99 input channels: must be from 1 to 4096"]
    );
}

#[test]
fn nn_info_describes_every_format_with_what_its_runtime_adds() {
    let folder = folder();
    let find = find_in(folder.path());
    let around = InfoContext { find: &find, folder: None, host: None };
    let loader = Box::leak(Box::new(Loader::new()));
    for (typed, path, channels) in [
        ("double", shown::path(&folder.path().join("double.fake")), 2),
        ("fake://studio:8001/1/3", "fake://studio:8001/1/3".to_owned(), 1),
    ] {
        let mut info = NnInfo::new(Arc::new(BOTH), loader, &message::typed(typed), &around);
        info.handle("dump_dict", &[], &around);
        let begin = Instant::now();
        let mut said = Vec::new();
        // The answer may be there before the first look.
        loop {
            info.poll();
            said.extend(info.take_events());
            if !info.pending() {
                break;
            }
            assert!(begin.elapsed() < Duration::from_secs(20), "no answer");
        }
        let Some(info::InfoEvent::Dictionary { tree, .. }) = said.last() else { panic!("{said:?}") };
        assert_eq!(tree.get(&["path"]), Some(&Tree::text(path)));
        assert_eq!(tree.get(&["methods", "forward", "channels_in"]), Some(&Tree::count(channels)));
        assert_eq!(tree.get(&["producer"]), Some(&Tree::text("a fake runtime")));
    }
}

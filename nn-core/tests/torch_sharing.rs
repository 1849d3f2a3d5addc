//! Boxes that load the same content share its weights and own their state.
#![cfg(feature = "torch")]

mod torch_stand;

use std::{path::Path, time::SystemTime};

use nn_core::{
    model::{Model, ModelSource},
    torch::Library,
};
use torch_stand::{Tensor, models, run, source};

fn load(path: &Path) -> Box<dyn Model> {
    source().load(&path.into()).unwrap_or_else(|error| panic!("{error}"))
}

/// Makes a file look as if it had been written long ago, so that its stamp is trusted.
fn age(path: &Path) {
    let file = std::fs::File::options().write(true).open(path).expect("a file");
    file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).expect("a time");
}

/// One test: it counts what the whole process has in use.
#[test]
fn the_same_content_is_one_original_until_the_last_box_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("here.ts"), folder.path().join("there.ts"));
    for path in [&here, &there] {
        std::fs::copy(models().join("codec.ts"), path).expect("a copy");
    }
    let in_use = || Library::global().in_use();
    assert_eq!(in_use(), 0);
    let (mut first, mut second, mut third) = (load(&here), load(&here), load(&there));
    assert_eq!(in_use(), 1, "the same content under two names");
    age(&here);
    let (mut fourth, mut fifth) = (load(&here), load(&here));
    assert_eq!(in_use(), 1, "known by its stamp");

    // States are their own: one of them has heard something before.
    let input = Tensor::noise(1, 1, 2048);
    let fresh = run(&mut *first, "encode", &input);
    let moved_on = run(&mut *first, "encode", &input);
    assert_ne!(fresh, moved_on, "this test shows nothing on a model without state");
    for model in [&mut second, &mut third, &mut fourth, &mut fifth] {
        assert_eq!(run(&mut **model, "encode", &input), fresh);
    }

    // Another content under the same name, of the same length or not, and looking just as old.
    let bytes = std::fs::read(models().join("codec_untrained.ts")).expect("a file");
    std::fs::write(&here, &bytes).expect("written");
    age(&here);
    let mut untrained = load(&here);
    assert_eq!(in_use(), 2);
    assert_ne!(run(&mut *untrained, "encode", &input), fresh);
    std::fs::write(&here, &bytes).expect("written");
    let same = load(&here);
    assert_eq!(in_use(), 2, "the same bytes written again");

    drop((first, second, third, fourth));
    assert_eq!(in_use(), 2, "one box of it is left");
    drop(fifth);
    assert_eq!(in_use(), 1);
    drop((untrained, same));
    assert_eq!(in_use(), 0);
}

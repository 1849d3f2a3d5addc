//! What is said of model files, sound and unsound, without libtorch.

mod archive_files;

use std::path::Path;

use nn_core::info::{self, Description, Tree};

fn described(name: &str) -> Description {
    info::read(&archive_files::model(name))
}

/// Describes a model after something was done to its entries.
fn changed(name: &str, change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Description {
    let mut entries = archive_files::entries(&std::fs::read(archive_files::model(name)).expect("a model"));
    change(&mut entries);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("changed.ts");
    std::fs::write(&file, archive_files::torch_zip(&entries)).expect("a file can be written");
    info::read(&file)
}

fn content<'a>(entries: &'a mut [(String, Vec<u8>)], end: &str) -> &'a mut Vec<u8> {
    &mut entries.iter_mut().find(|(name, _)| name.ends_with(end)).unwrap_or_else(|| panic!("no {end}")).1
}

fn names(description: &Description) -> Vec<&str> {
    description.spec.methods.iter().map(|method| method.name.as_str()).collect()
}

#[test]
fn every_model_of_the_package_is_described_without_problems() {
    for path in archive_files::models() {
        let description = info::read(&path);
        assert_eq!(description.problems, Vec::<String>::new(), "{}", path.display());
        assert_eq!(description.spec, nn_core::archive::describe(&path).expect("sound"), "{}", path.display());
        assert_eq!(description.file_bytes, path.metadata().ok().map(|m| m.len()), "{}", path.display());
        assert!(description.operators.is_some() && description.format >= Some(3), "{}", path.display());
    }
}

#[test]
fn models_that_remember_are_told_from_those_that_do_not() {
    for name in ["delay.ts", "counter.ts", "keeper.ts", "codec.ts", "generator.ts"] {
        assert!(described(name).state.is_some_and(|state| state.values > 0), "{name}");
    }
    // `bare` and `multi` have setters or weights, and write into neither as they run.
    for name in ["identity.ts", "multi.ts", "bare.ts", "ratios.ts", "latent.ts", "features.ts"] {
        assert!(described(name).state.is_some_and(|state| state.values == 0), "{name}");
    }
    let streaming = |name| Tree::of(&described(name)).get(&["streaming"]).cloned();
    for name in ["delay.ts", "counter.ts", "keeper.ts", "codec.ts", "generator.ts"] {
        assert_eq!(streaming(name), Some(Tree::Flag(true)), "{name}");
    }
    // It counts its calls and writes a flag, but its sound begins anew with every buffer.
    assert!(described("sized/unstreamed.ts").state.is_some_and(|state| state.values == 2));
    assert_eq!(streaming("sized/unstreamed.ts"), Some(Tree::Flag(false)));
    // 500 samples for eight lanes, four bytes each.
    assert_eq!(described("delay.ts").state.map(|state| state.bytes), Some(500 * 8 * 4));
}

#[test]
fn buffers_that_a_file_names_are_told() {
    let tree = Tree::of(&described("sized/windowed.ts"));
    assert_eq!(tree.get(&["buffer_hints", "min_buffer_size"]), Some(&Tree::Number(1536)));
    assert_eq!(Tree::of(&described("identity.ts")).get(&["buffer_hints"]), None);
    assert_eq!(Tree::of(&described("sized/announced.ts")).get(&["block"]), Some(&Tree::Number(4096)));
}

#[test]
fn the_dictionary_has_the_keys_that_every_host_gives() {
    let tree = Tree::of(&described("latent.ts"));
    for (name, number) in [("channels_in", 4), ("channels_out", 1), ("ratio_in", 512), ("ratio_out", 1)] {
        assert_eq!(tree.get(&["methods", "decode", name]), Some(&Tree::Number(number)), "{name}");
    }
    assert_eq!(tree.get(&["rate"]), Some(&Tree::Number(48_000)));
    assert_eq!(tree.get(&["block"]), Some(&Tree::Number(512)));
    let tree = Tree::of(&described("gain.ts"));
    let types = tree.get(&["attributes", "range", "attribute_type"]);
    assert_eq!(types, Some(&Tree::texts(["float", "float"])));
    assert_eq!(tree.get(&["runnable"]), Some(&Tree::Flag(true)));
}

#[test]
fn operators_are_those_that_the_code_calls() {
    let operators = described("delay.ts").operators.expect("code").used;
    assert!(operators.contains(&"aten::copy_".to_owned()), "{operators:?}");
    assert!(operators.contains(&"prim::RaiseException".to_owned()), "{operators:?}");
}

#[test]
fn a_newer_format_is_a_problem_and_the_rest_is_shown() {
    let description = changed("latent.ts", |entries| *content(entries, "/version") = b"99\n".to_vec());
    assert_eq!(description.problems.len(), 1, "{:?}", description.problems);
    assert!(description.problems[0].contains("export it with an older torch"), "{:?}", description.problems);
    assert_eq!(names(&description), ["forward", "encode", "decode"]);
    assert_eq!(Tree::of(&description).get(&["runnable"]), Some(&Tree::Flag(false)));
    assert_eq!(description.format, Some(99));
}

#[test]
fn code_for_a_gpu_is_a_problem_and_the_rest_is_shown() {
    let description = changed("multi.ts", |entries| {
        let code = b"def on_gpu() -> Tensor:\n  return torch.zeros([1], device=torch.device(\"cuda:0\"))\n";
        content(entries, ".py").extend(code);
    });
    assert_eq!(description.problems.len(), 1, "{:?}", description.problems);
    assert!(description.problems[0].contains("asks for the device cuda:0: "), "{:?}", description.problems);
    assert_eq!(names(&description), ["forward", "swap", "midside", "mix4", "spread8"]);
}

#[test]
fn a_broken_method_is_named_and_the_others_are_shown() {
    let bytes = |numbers: [i64; 4]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
    let description = changed("multi.ts", |entries| {
        let of_mix4 =
            entries.iter_mut().find(|(_, content)| *content == bytes([4, 1, 1, 1])).expect("its numbers");
        of_mix4.1 = bytes([-4, 1, 1, 1]);
    });
    assert_eq!(description.problems.len(), 1, "{:?}", description.problems);
    assert!(
        description.problems[0].starts_with("method mix4: -4 input channels"),
        "{:?}",
        description.problems
    );
    assert_eq!(names(&description), ["forward", "swap", "midside", "spread8"]);
}

#[test]
fn a_file_that_is_no_model_has_its_reason_and_its_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.ts");
    std::fs::write(&file, "<html>not found</html>").expect("a file can be written");
    let description = info::read(&file);
    assert_eq!(description.problems.len(), 1);
    assert!(
        description.problems[0].contains("a web page: the download failed"),
        "{:?}",
        description.problems
    );
    assert_eq!(description.file_bytes, Some(22));
    assert_eq!(Tree::of(&description).get(&["methods"]), Some(&Tree::Map(Vec::new())));
    assert_eq!(Tree::of(&description).get(&["streaming"]), None);

    let missing = info::read(Path::new("/nowhere/model.ts"));
    assert!(missing.problems[0].starts_with("cannot be read: "), "{:?}", missing.problems);
}

#[test]
fn a_damaged_entry_is_one_problem_though_several_readers_meet_it() {
    let mut bytes = std::fs::read(archive_files::model("gain.ts")).expect("a model");
    // In the midst of the source, which its checksum is of.
    let source = b"def forward(self";
    let at = bytes.windows(source.len()).position(|window| window == source).expect("stored as it is");
    bytes[at + 4] ^= 1;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("damaged.ts");
    std::fs::write(&file, bytes).expect("a file can be written");
    let problems = info::read(&file).problems;
    assert!(problems.len() == 1 && problems[0].contains("is damaged"), "{problems:?}");
}

#[test]
fn lacking_operators_are_named_with_the_cure() {
    let mut description = described("gain.ts");
    description.check_operators("2.13.0", Vec::new());
    assert_eq!(description.problems, Vec::<String>::new());
    description.check_operators("2.13.0", vec!["aten::warble".into()]);
    assert_eq!(
        description.problems,
        [
            "it calls aten::warble, which libtorch 2.13.0 does not have: export it with torch 2.13.0, or without that"
        ]
    );
    assert_eq!(Tree::of(&description).get(&["operators", "missing"]), Some(&Tree::texts(["aten::warble"])));
}

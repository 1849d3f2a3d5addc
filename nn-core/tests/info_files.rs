//! What is said of model files, sound and unsound, without libtorch.

mod archive_files;

use std::path::{Path, PathBuf};

use nn_core::{
    formats::FORMATS,
    info::{self, Description, Tree},
    model::ModelLocation,
};

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

/// What `extra/metadata.json` of a file of Neutone tells, with two sounds of eight bytes.
const TOLD: &str = r#"{"model_name": "over\u202edrive", "model_authors": ["Ada", "Bob"], "model_version": "1.0.0",
    "model_short_description": "warm", "model_long_description": "two\nlines", "technical_description": "a filter",
    "technical_links": {"paper": "https://models.example/paper", "none": 7}, "tags": ["warm", 5, "loud"],
    "citation": "Ada, 2024", "license": "MIT", "is_experimental": true, "sdk_version": "1.5.2", "pytorch_version": "2.0",
    "wet_default_value": 0.9, "dry_default_value": 0, "input_gain_default_value": 0.6,
    "neutone_parameters": {"p1": {"name": "Drive", "description": "how much", "default_value": 12, "used": true,
        "min_value": 0, "max_value": 48}},
    "native_sample_rates": [44100], "native_buffer_sizes": [512, 2048], "look_behind_samples": 64,
    "sample_sound_files": [{"in": "SUQzBAAAAAA=", "out": "//uQAAAAAAA="}]}"#;

/// A file of that ending with these entries beside its own.
fn with_metadata(
    module: archive_files::Module,
    ending: &str,
    metadata: &str,
) -> (tempfile::TempDir, PathBuf) {
    let mut entries = module.entries();
    entries.push(("model/extra/metadata.json".into(), metadata.as_bytes().to_vec()));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(format!("told.{ending}"));
    std::fs::write(&file, archive_files::torch_zip(&entries)).expect("a file can be written");
    (folder, file)
}

fn effect() -> archive_files::Module {
    archive_files::Module::new()
        .method("set_daw_sample_rate_and_buffer_size", "return 1")
        .method("forward_bt", "return 1")
        .method("forward", "return 1")
        .method("is_input_mono", "return True")
        .method("calc_model_delay_samples", "return 500")
}

#[test]
fn a_file_of_neutone_tells_its_makers_its_terms_and_how_it_wants_to_be_played() {
    let (_folder, file) = with_metadata(effect(), "nm", TOLD);
    let description = info::read(&file);
    assert_eq!(description.problems, Vec::<String>::new());
    let tree = Tree::of(&description);
    for (keys, value) in [
        (&["kind"][..], Tree::text("fx")),
        (&["name"], Tree::text("over[U+202E]drive")),
        (&["authors"], Tree::texts(["Ada", "Bob"])),
        (&["version"], Tree::text("1.0.0")),
        (&["about"], Tree::text("warm")),
        (&["description"], Tree::text("two lines")),
        (&["technical"], Tree::text("a filter")),
        (&["links", "paper"], Tree::text("https://models.example/paper")),
        (&["tags"], Tree::texts(["warm", "loud"])),
        (&["citation"], Tree::text("Ada, 2024")),
        (&["licence"], Tree::text("MIT")),
        (&["experimental"], Tree::Flag(true)),
        (&["sdk"], Tree::text("1.5.2")),
        (&["pytorch"], Tree::text("2.0")),
        (&["delay"], Tree::Number(500)),
        (&["sounds", "pairs"], Tree::Number(1)),
        (&["sounds", "bytes"], Tree::Number(16)),
        (&["native_rates"], Tree::List(vec![Tree::Number(44_100)])),
        (&["native_buffers"], Tree::List(vec![Tree::Number(512), Tree::Number(2048)])),
        (&["look_behind"], Tree::Number(64)),
        (&["wet"], Tree::Real(0.9)),
        (&["dry"], Tree::Real(0.0)),
        (&["gains", "input"], Tree::Real(6.0)),
        (&["gains", "output"], Tree::Real(0.0)),
        (&["parameters", "drive", "key"], Tree::text("p1")),
        (&["parameters", "drive", "default"], Tree::Real(0.25)),
        (&["parameters", "drive", "min"], Tree::Real(0.0)),
        (&["parameters", "drive", "max"], Tree::Real(48.0)),
        (&["parameters", "drive", "used"], Tree::Flag(true)),
        (&["methods", "forward", "input_labels"], Tree::texts(["audio", "Drive"])),
    ] {
        assert_eq!(tree.get(keys), Some(&value), "{keys:?}");
    }
    let (yaml, json) = (tree.to_yaml(), tree.to_json());
    assert!(yaml.contains("wet: 0.9\n") && yaml.contains("delay: 500\n"), "{yaml}");
    let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(read["parameters"]["drive"]["max"], 48.0);
}

#[test]
fn an_effect_of_the_first_versions_states_its_delay_under_another_name() {
    let module = |delays: &[(&str, &str)]| {
        let names = ["set_daw_sample_rate_and_buffer_size", "forward_bt", "forward"];
        let effect =
            names.iter().fold(archive_files::Module::new(), |module, name| module.method(name, "return 1"));
        delays.iter().fold(effect, |module, (name, body)| module.method(name, body))
    };
    let (old, new) = (("calc_min_delay_samples", "return 300"), ("calc_model_delay_samples", "return 500"));
    for (delays, stated) in [
        (&[old][..], Some(Tree::Number(300))),
        (&[new], Some(Tree::Number(500))),
        // Where both are there, the old one counts queues too.
        (&[old, new], Some(Tree::Number(500))),
        (&[], None),
    ] {
        let (_folder, file) = with_metadata(module(delays), "nm", TOLD);
        assert_eq!(Tree::of(&info::read(&file)).get(&["delay"]), stated.as_ref(), "{delays:?}");
    }
}

#[test]
fn a_model_made_for_a_box_may_tell_the_same() {
    let told =
        r#"{"name": "codec", "author": "Ada", "licence": "CC-BY", "links": ["https://models.example"]}"#;
    let (_folder, file) = with_metadata(archive_files::Module::forward(), "ts", told);
    let tree = Tree::of(&info::read(&file));
    assert_eq!(tree.get(&["name"]), Some(&Tree::text("codec")));
    assert_eq!(tree.get(&["authors"]), Some(&Tree::texts(["Ada"])));
    assert_eq!(tree.get(&["licence"]), Some(&Tree::text("CC-BY")));
    assert_eq!(tree.get(&["links", "1"]), Some(&Tree::text("https://models.example")));
    for key in ["kind", "parameters", "native_rates", "wet", "sounds", "delay"] {
        assert_eq!(tree.get(&[key]), None, "{key}");
    }
    // What cannot be read is as good as nothing: the model plays all the same.
    let (_folder, file) = with_metadata(archive_files::Module::forward(), "ts", "no JSON");
    let description = info::read(&file);
    assert_eq!((description.problems.len(), description.about), (0, None));
}

#[test]
fn sounds_inside_are_given_as_they_are_or_not_at_all() {
    let sounds = |metadata: &str| {
        let (_folder, file) = with_metadata(effect(), "nm", metadata);
        FORMATS.sounds(&ModelLocation::from(&file)).map_err(|error| error.to_string())
    };
    let pair = sounds(TOLD).expect("two sounds");
    let told: Vec<_> = pair.iter().map(|sound| (sound.pair, sound.is_output, &sound.mp3[..3])).collect();
    assert_eq!(told, [(1, false, &b"ID3"[..]), (1, true, &[0xFF, 0xFB, 0x90])]);
    assert_eq!(sounds("{}").expect("none"), []);
    for (text, words) in [
        (r#"{"sample_sound_files": [{"in": "????", "out": ""}]}"#, "one of its sounds is no base64"),
        (r#"{"sample_sound_files": [{"in": "TVqQAAMAAAA=", "out": ""}]}"#, "one of its sounds is no MP3"),
        (r#"{"sample_sound_files": [{"in": 5}]}"#, "its sounds are no pairs of texts"),
        (r#"{"sample_sound_files": {"in": "SUQz"}}"#, "its sounds are no pairs of texts"),
    ] {
        let said = sounds(text).expect_err("no sounds");
        assert!(said.contains(words), "{said}");
    }
    let many = format!(
        r#"{{"sample_sound_files": [{}{{"in": "", "out": ""}}]}}"#,
        r#"{"in": "", "out": ""},"#.repeat(70)
    );
    assert!(sounds(&many).expect_err("too many").contains("no pairs of texts"));
}

#[test]
fn a_generator_tells_which_whole_sounds_it_takes_and_makes() {
    let [chord, mirror, gain] = ["chord.nm", "mirror.nm", "gain.ts"].map(|name| Tree::of(&described(name)));
    assert_eq!(chord.get(&["takes"]), Some(&Tree::Map(Vec::new())));
    for (tree, keys, value) in [
        (&chord, ["makes", "out1", "channels"], Tree::Number(2)),
        (&chord, ["makes", "out1", "label"], Tree::text("chord")),
        (&mirror, ["takes", "in1", "channels"], Tree::Number(1)),
        (&mirror, ["takes", "in1", "label"], Tree::text("sound")),
        (&mirror, ["makes", "out1", "label"], Tree::text("backwards")),
        (&mirror, ["makes", "out2", "channels"], Tree::Number(2)),
    ] {
        assert_eq!(tree.get(&keys), Some(&value), "{keys:?}");
    }
    assert_eq!((gain.get(&["takes"]), gain.get(&["makes"])), (None, None), "of what plays block by block");
}

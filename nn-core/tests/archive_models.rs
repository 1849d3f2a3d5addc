//! The committed models, as their files describe them.

mod archive_files;

use std::path::Path;

use nn_core::{
    archive::{describe, describe_from, verify, verify_file},
    spec::ModelSpec,
    value::ValueType::{Bool, Buffer, Float, Int, String, Tensor},
};

fn spec(name: &str) -> ModelSpec {
    describe(&archive_files::model(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn methods(spec: &ModelSpec) -> Vec<(&str, [usize; 4])> {
    spec.methods
        .iter()
        .map(|m| (m.name.as_str(), [m.in_channels, m.in_ratio, m.out_channels, m.out_ratio]))
        .collect()
}

#[test]
fn every_model_is_sound_and_has_a_method() {
    for path in archive_files::models() {
        let spec = describe(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(!spec.methods.is_empty(), "{}", path.display());
        let producer = spec.producer.unwrap_or_default();
        assert!(producer.starts_with("torch (file format "), "{}: {producer}", path.display());
        verify_file(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

#[test]
fn every_model_reads_the_same_in_the_layout_of_torch() {
    for path in archive_files::models() {
        let bytes = std::fs::read(&path).expect("a model");
        let native = archive_files::torch_zip(&archive_files::entries(&bytes));
        verify(&native).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let cursor = std::io::Cursor::new(native);
        assert_eq!(describe_from(cursor).ok(), describe(&path).ok(), "{}", path.display());
    }
}

#[test]
fn gain_has_attributes_of_every_type() {
    let spec = spec("gain.ts");
    assert_eq!(methods(&spec), [("forward", [1, 1, 1, 1]), ("inverse", [1, 1, 1, 1])]);
    let attributes: Vec<_> = spec.attributes.iter().map(|a| (a.name.as_str(), &a.types[..])).collect();
    assert_eq!(
        attributes,
        [
            ("gain", &[Float][..]),
            ("muted", &[Bool]),
            ("offset_steps", &[Int]),
            ("mode", &[String]),
            ("range", &[Float, Float]),
            ("curve", &[Tensor]),
            ("table", &[Buffer]),
        ]
    );
    assert_eq!(spec.methods[0].input_labels, ["signal"]);
    assert_eq!(spec.methods[1].input_labels, [""; 0]);
}

#[test]
fn multi_has_five_methods_in_its_own_order() {
    let spec = spec("multi.ts");
    assert_eq!(
        methods(&spec),
        [
            ("forward", [2, 1, 2, 1]),
            ("swap", [2, 1, 2, 1]),
            ("midside", [2, 1, 2, 1]),
            ("mix4", [4, 1, 1, 1]),
            ("spread8", [1, 1, 8, 1]),
        ]
    );
    assert_eq!(spec.methods[2].output_labels, ["mid", "side"]);
    assert!(spec.attributes.is_empty());
}

#[test]
fn generator_has_no_input_and_wants_the_rate() {
    let spec = spec("generator.ts");
    assert_eq!(
        methods(&spec),
        [("forward", [0, 1, 1, 1]), ("osc", [0, 1, 1, 1]), ("additive", [4, 512, 2, 1])]
    );
    assert!(spec.takes_sample_rate);
    assert_eq!(spec.sample_rate_hz, None);
}

#[test]
fn rates_are_those_of_the_model() {
    assert_eq!(spec("latent.ts").sample_rate_hz, Some(48_000));
    assert_eq!(spec("features.ts").sample_rate_hz, Some(44_100));
    assert_eq!(spec("gain.ts").sample_rate_hz, None);
}

#[test]
fn a_model_without_lists_is_read_by_its_params() {
    let spec = spec("bare.ts");
    assert_eq!(methods(&spec), [("forward", [1, 1, 1, 1])]);
    assert_eq!(spec.attributes.len(), 1);
    assert_eq!((spec.attributes[0].name.as_str(), &spec.attributes[0].types[..]), ("level", &[Float][..]));
}

#[test]
fn a_path_to_nothing_or_to_a_folder_is_an_error_in_words() {
    let error = describe(Path::new("no such model.ts")).expect_err("there is none").to_string();
    assert!(error.starts_with("cannot be read: "), "{error}");
    let error = describe(Path::new(env!("CARGO_MANIFEST_DIR"))).expect_err("a folder").to_string();
    assert!(error.starts_with("is not a file"), "{error}");
}

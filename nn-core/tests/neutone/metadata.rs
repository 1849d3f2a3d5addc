//! What a file says of itself may be anything: wrong types, absurd sizes, more than memory holds. A box is there in
//! milliseconds, plays or says one line.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    archive_files::{entries, stored, torch_zip},
    hostile::{Fate, assert_others_play, judged},
    torch_stand::models,
};

use Fate::{Either, IsTurnedDown, Plays};

const METADATA: &str = "/extra/metadata.json";

/// `any.nm` with another text in the place of its metadata.
fn with_text(folder: &Path, name: &str, text: &[u8]) -> PathBuf {
    let mut parts = entries(&std::fs::read(models().join("any.nm")).expect("a model"));
    let entry = parts.iter_mut().find(|(name, _)| name.ends_with(METADATA)).expect("metadata");
    entry.1 = text.to_vec();
    let path = folder.join(format!("{name}.nm"));
    std::fs::write(&path, torch_zip(&parts)).expect("a file");
    path
}

/// The metadata of `any.nm`.
fn metadata() -> Value {
    let parts = entries(&std::fs::read(models().join("any.nm")).expect("a model"));
    let (_, text) = parts.iter().find(|(name, _)| name.ends_with(METADATA)).expect("metadata");
    serde_json::from_slice(text).expect("JSON")
}

/// The same with another value at a place.
fn with(place: &str, value: Value) -> Value {
    let mut all = metadata();
    *all.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
    all
}

fn parameter(name: &str) -> Value {
    let value = json!({"name": name, "description": "", "default_value": 1.0, "used": true});
    let mut value = value.as_object().expect("keys").clone();
    value.extend([
        ("type".into(), json!("continuous")),
        ("min_value".into(), json!(0)),
        ("max_value".into(), json!(1)),
    ]);
    value.into()
}

fn parameters(names: impl Iterator<Item = String>) -> Value {
    let all = names.enumerate().map(|(row, name)| (format!("p{}", row + 1), parameter(&name))).collect();
    with("/neutone_parameters", Value::Object(all))
}

/// Every value, all the way down, in another type.
fn inverted(value: &Value) -> Value {
    match value {
        Value::Null => json!([[]]),
        Value::Bool(_) => json!("perhaps"),
        Value::Number(_) => json!({"number": true}),
        Value::String(_) => json!(-1e300),
        Value::Array(_) => json!("list"),
        Value::Object(keys) => keys
            .iter()
            .map(|(key, value)| (key.clone(), inverted(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

#[test]
fn metadata_of_any_kind_is_one_line_at_most_and_ends_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let huge = "x".repeat(100_000);
    let cases: Vec<(&str, Vec<u8>, Fate)> = vec![
        ("empty", Vec::new(), Either),
        ("no_json", b"{\"model_name\": ".to_vec(), Either),
        ("no_text", vec![0xff; 1000], Either),
        ("nothing", b"null".to_vec(), Either),
        ("a_list", b"[]".to_vec(), Either),
        ("no_keys", b"{}".to_vec(), IsTurnedDown),
        ("deep", [b"[".repeat(100_000), b"]".repeat(100_000)].concat(), Either),
        ("inverted", inverted(&metadata()).to_string().into(), IsTurnedDown),
        ("negative_buffers", with("/native_buffer_sizes", json!([-512, 0])).to_string().into(), Either),
        ("huge_buffers", with("/native_buffer_sizes", json!([1_000_000_000])).to_string().into(), Either),
        ("huger_buffers", with("/native_buffer_sizes", json!([1e300])).to_string().into(), Either),
        ("negative_rates", with("/native_sample_rates", json!([-44100, 0])).to_string().into(), Either),
        ("huge_rates", with("/native_sample_rates", json!([4_000_000_000_u32])).to_string().into(), Either),
        ("many_rates", with("/native_sample_rates", json!(vec![44_100; 100_000])).to_string().into(), Either),
        ("huge_past", with("/look_behind_samples", json!(u64::MAX)).to_string().into(), Either),
        ("negative_past", with("/look_behind_samples", json!(-1)).to_string().into(), Either),
        ("wet", with("/wet_default_value", json!(1e30)).to_string().into(), Either),
        ("gain", with("/input_gain_default_value", json!(-1e30)).to_string().into(), Either),
        ("stereo", with("/is_input_mono", json!(false)).to_string().into(), Either),
        ("long_name", with("/model_name", json!(huge)).to_string().into(), Plays),
        ("long_parameter", parameters([huge.clone(), huge.clone()].into_iter()).to_string().into(), Either),
        ("same_names", parameters(["Level".into(), "level".into()].into_iter()).to_string().into(), Plays),
        (
            "hostile_names",
            parameters(["\u{1b}[2J\n; pd quit".into(), String::new()].into_iter()).to_string().into(),
            Plays,
        ),
        (
            "many_parameters",
            parameters((0..10_000).map(|n| format!("parameter {n}"))).to_string().into(),
            Either,
        ),
        (
            "odd_keys",
            with(
                "/neutone_parameters",
                json!({"p0": parameter("a"), "p99999999999999999999": parameter("b"), "": parameter("c")}),
            )
            .to_string()
            .into(),
            IsTurnedDown,
        ),
        ("default", with("/neutone_parameters/p1/default_value", json!(1e39)).to_string().into(), Either),
    ];
    let mut wrong = Vec::new();
    for (name, text, fate) in cases {
        let file = with_text(folder.path(), name, &text);
        if let Err(what) = judged(&file, fate) {
            wrong.push(format!("{name}: {what}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_others_play();
}

#[test]
fn half_a_gigabyte_of_sounds_in_a_file_holds_nobody_up() {
    const CHUNK: usize = 1 << 20;
    const CHUNKS: usize = 500;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sounds.nm");
    let file = std::io::BufWriter::new(std::fs::File::create(&path).expect("a file"));
    let mut zip = zip::ZipWriter::new(file);
    for (name, content) in entries(&std::fs::read(models().join("any.nm")).expect("a model")) {
        zip.start_file(name.as_str(), stored()).expect("an entry");
        if !name.ends_with(METADATA) {
            zip.write_all(&content).expect("its content");
            continue;
        }
        let text = with("/sample_sound_files", json!([{"in": "SOUND", "out": ""}])).to_string();
        let (begin, end) = text.split_once("SOUND").expect("a place for it");
        zip.write_all(begin.as_bytes()).expect("its begin");
        let chunk = vec![b'A'; CHUNK];
        (0..CHUNKS).for_each(|_| zip.write_all(&chunk).expect("a part"));
        zip.write_all(end.as_bytes()).expect("its end");
    }
    zip.finish().expect("an archive").flush().expect("written");
    judged(&path, Plays).unwrap_or_else(|what| panic!("{what}"));
    assert_others_play();
}

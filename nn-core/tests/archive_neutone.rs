//! What is read of files that Neutone's SDK writes, and of those that only look like it.

mod archive_files;

use std::io::Cursor;

use archive_files::{Module, stored, torch_zip};
use nn_core::{
    archive::{describe_at_once_from, describe_from, verify},
    effect::{ModelKind, ParameterKind},
    generator::SoundSpec,
    spec::ModelSpec,
};

/// An effect whose code answers these, beside what every effect has.
fn effect(answers: &[(&str, &str)]) -> Module {
    let module = Module::new()
        .method("set_daw_sample_rate_and_buffer_size", "return 1")
        .method("forward_bt", "return 1")
        .method("forward", "return 1");
    answers.iter().fold(module, |module, (name, answer)| module.method(name, &format!("return {answer}")))
}

/// The archive of a module with this metadata.
fn with_metadata(module: Module, metadata: &str) -> Vec<u8> {
    let mut entries = module.entries();
    entries.push(("model/extra/metadata.json".into(), metadata.as_bytes().to_vec()));
    torch_zip(&entries)
}

/// What both ways of describing say, which is the same.
fn described(bytes: &[u8]) -> ModelSpec {
    let spec = describe_from(Cursor::new(bytes)).expect("a model");
    let at_once = describe_at_once_from(Cursor::new(bytes)).expect("a model");
    assert_eq!(at_once.as_ref(), Some(&spec));
    spec
}

/// Why it is no model, in one line.
fn refusal(bytes: &[u8]) -> String {
    let error = describe_from(Cursor::new(bytes)).expect_err("no model").to_string();
    assert!(!error.contains('\n') && error.len() < 300, "{error:?}");
    error
}

/// Metadata as SDK 1.5 writes it.
const NEW: &str = r#"{"model_name": "overdrive", "neutone_parameters": {
    "p1": {"name": "Drive (dB)", "description": "how much", "default_value": 0.0, "used": true, "type": "continuous",
           "min_value": -12.0, "max_value": 36},
    "p2": {"name": "", "description": "", "default_value": 0.0, "used": false, "type": "continuous"},
    "p3": {"name": "tone", "description": "", "default_value": 1.5, "used": true, "type": "continuous"}},
    "wet_default_value": 0.75, "dry_default_value": 0.5, "input_gain_default_value": 0.6, "output_gain_default_value": 0.5,
    "is_input_mono": true, "is_output_mono": false, "native_buffer_sizes": [512, 2048], "native_sample_rates": [44100],
    "look_behind_samples": 256, "sample_sound_files": [{"in": "AAAA", "out": "AAAA"}]}"#;

/// The same as SDK 1.0 to 1.4 write it.
const OLD: &str = r#"{"model_name": "overdrive", "neutone_parameters": {
    "p1": {"name": "Drive (dB)", "description": "how much", "default_value": "0.25", "used": "True", "type": "knob"},
    "p2": {"name": "", "description": "", "default_value": "0.0", "used": "False", "type": "knob"},
    "p3": {"name": "tone", "description": "", "default_value": "1.0", "used": "True", "type": "knob"},
    "p4": {"name": "", "description": "", "default_value": "0.0", "used": "False", "type": "knob"}},
    "is_input_mono": true, "is_output_mono": false, "native_buffer_sizes": [512, 2048], "native_sample_rates": [44100],
    "sample_sound_files": []}"#;

#[test]
fn an_effect_has_inlets_for_its_sound_and_its_used_parameters() {
    for (text, range, behind) in [(NEW, (-12.0, 36.0), 256), (OLD, (0.0, 1.0), 0)] {
        let spec = described(&with_metadata(effect(&[]), text));
        assert_eq!(spec.kind, ModelKind::Effect);
        let [method] = &spec.methods[..] else { panic!("{:?}", spec.methods) };
        assert_eq!((method.name.as_str(), method.parameters), ("forward", 2));
        assert_eq!(
            (method.in_channels, method.in_ratio, method.out_channels, method.out_ratio),
            (3, 1, 2, 1)
        );
        assert_eq!(method.input_labels, ["audio", "Drive (dB)", "tone"]);
        assert_eq!(method.output_labels, ["left", "right"]);
        let attributes: Vec<_> = spec.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
        assert_eq!(attributes, ["drive_db", "tone"]);
        let parameters: Vec<_> =
            spec.parameters.iter().map(|one| (one.key.as_str(), one.row(), one.default_value)).collect();
        assert_eq!(parameters, [("p1", Some(0), 0.25), ("p3", Some(2), 1.0)]);
        assert_eq!(spec.parameters[0].kind, ParameterKind::Continuous { min: range.0, max: range.1 });
        assert_eq!(
            (&spec.native.rates_hz[..], &spec.native.buffers_frames[..]),
            (&[44_100][..], &[512, 2048][..])
        );
        assert_eq!(spec.native.look_behind_frames, behind);
        assert!(spec.takes_sample_rate);
    }
}

#[test]
fn the_mixture_is_what_the_file_says_or_the_sound_alone() {
    let mix = |text| described(&with_metadata(effect(&[]), text)).mix.expect("an effect's");
    let said = mix(NEW);
    assert_eq!((said.wet, said.dry), (0.75, 0.5));
    assert!((said.input_gain_db - 6.0).abs() < 1e-5 && said.output_gain_db == 0.0, "{said:?}");
    assert_eq!(mix(OLD), nn_core::effect::Mix::default());
    let absurd =
        mix(r#"{"wet_default_value": -7, "dry_default_value": 1e300, "input_gain_default_value": "loud"}"#);
    assert_eq!((absurd.wet, absurd.dry, absurd.input_gain_db), (0.0, 1.0, 0.0));
    assert_eq!(described(&Module::forward().archive()).mix, None);
}

#[test]
fn what_the_code_says_counts_before_what_is_said_of_it() {
    let answers = [
        ("is_input_mono", "False"),
        ("is_output_mono", "True"),
        ("get_native_sample_rates", "[48000]"),
        ("get_native_buffer_sizes", "annotate(List[int], [])"),
    ];
    let spec = described(&with_metadata(effect(&answers), NEW));
    assert_eq!(spec.methods[0].input_labels[..2], ["left", "right"]);
    assert_eq!(spec.methods[0].out_channels, 1);
    assert_eq!((&spec.native.rates_hz[..], spec.native.buffers_frames.len()), (&[48_000][..], 0));
}

#[test]
fn a_file_without_metadata_has_four_parameters_without_names() {
    let spec = described(&effect(&[]).archive());
    assert_eq!(spec.methods[0].input_labels, ["left", "right", "p1", "p2", "p3", "p4"]);
    assert_eq!(spec.attributes.len(), 4);
    let said = r#""{\"neutone_parameters\": {\"p2\": {\"name\": \"size\"}}}""#;
    let spec = described(&effect(&[("get_metadata_json", said)]).archive());
    assert_eq!(spec.methods[0].input_labels, ["left", "right", "size"], "what the code says of itself");
}

#[test]
fn a_generator_is_told_from_an_effect_and_has_no_method() {
    let text = r#"{"neutone_parameters": {
        "p1": {"name": "scale", "type": "categorical", "labels": ["major", "minor"], "default_value": "minor", "n_values": 2},
        "p2": {"name": "prompt", "type": "text", "max_n_chars": 200, "default_value": "x"},
        "p3": {"name": "notes", "type": "tokens", "max_n_tokens": 8},
        "p4": {"name": "amount", "type": "continuous", "min_value": 2, "max_value": 5, "default_value": 3.5}},
        "audio_in_channels": [1, 2], "audio_in_labels": ["voice"], "audio_out_channels": [2]}"#;
    let generator = |module: Module| {
        let module =
            module.method("set_daw_sample_rate_and_buffer_size", "return 1").method("forward", "return 1");
        with_metadata(module, text)
    };
    let bytes = generator(Module::new().with("realtime", b"\x89"));
    let spec = described(&bytes);
    verify(&bytes).expect("a sound file");
    assert_eq!((spec.kind, spec.methods.len(), spec.mix), (ModelKind::Generator, 0, None));
    let [scale, prompt, notes, amount] = &spec.parameters[..] else { panic!("{:?}", spec.parameters) };
    assert_eq!(scale.kind, ParameterKind::Choice { labels: vec!["major".into(), "minor".into()] });
    assert_eq!((scale.default_value, amount.default_value), (1.0, 0.5));
    assert_eq!(prompt.kind, ParameterKind::Text { most_characters: 200 });
    assert_eq!(notes.kind, ParameterKind::Tokens { most_tokens: 8 });
    assert_eq!(amount.kind, ParameterKind::Continuous { min: 2.0, max: 5.0 });
    let sound = |label: &str, channels| SoundSpec { label: label.into(), channels };
    assert_eq!(spec.sounds.inputs, [sound("voice", 1), sound("", 2)]);
    assert_eq!(spec.sounds.outputs, [sound("", 2)]);
    assert_eq!((&spec.sounds.texts[..], &spec.sounds.tokens[..]), (&["x".to_owned()][..], &[vec![]][..]));
    let named = described(&generator(Module::new().method("forward_non_realtime", "return 1")));
    assert_eq!(named.kind, ModelKind::Generator);
    let neither = generator(Module::new().with("realtime", b"\x88"));
    assert!(refusal(&neither).contains("this is not a model made for nn~; it has"), "{}", refusal(&neither));
}

#[test]
fn parameters_that_cannot_be_told_apart_are_set_by_their_keys() {
    let text = r#"{"neutone_parameters": {"p1": {"name": "Gain"}, "p2": {"name": "gain!"}, "p3": {"name": "p4"},
        "p4": {"name": "12"}, "p5": {"name": "no row"}, "other": {"name": "none either"}}}"#;
    let spec = described(&with_metadata(effect(&[]), text));
    let attributes: Vec<_> = spec.parameters.iter().map(|one| one.attribute.as_str()).collect();
    assert_eq!(attributes, ["p1", "p2", "p3", "p4"]);
    assert_eq!(spec.methods[0].input_labels[2..], ["Gain", "gain!", "p4", "12"]);
}

#[test]
fn values_of_the_wrong_type_are_as_good_as_none() {
    for text in [
        "{}",
        r#"{"neutone_parameters": [1, 2], "is_input_mono": "perhaps", "native_buffer_sizes": "512",
            "native_sample_rates": {"a": 1}, "look_behind_samples": [], "wet_default_value": null}"#,
        r#"{"neutone_parameters": null, "native_buffer_sizes": [512.5], "native_sample_rates": ["x"]}"#,
    ] {
        let spec = described(&with_metadata(effect(&[]), text));
        assert_eq!(spec.methods[0].in_channels, 6, "{text}");
        assert_eq!(spec.native, nn_core::effect::Native::default(), "{text}");
    }
    let text = r#"{"neutone_parameters": {"p1": 7, "p2": {"name": 3, "default_value": "NaN", "used": [], "min_value": "a"},
        "p3": {"default_value": -4, "used": "False"}, "p4": {"default_value": "1e999", "min_value": 1e308, "max_value": -1e308}}}"#;
    let spec = described(&with_metadata(effect(&[]), text));
    let defaults: Vec<_> = spec.parameters.iter().map(|one| (one.key.as_str(), one.default_value)).collect();
    assert_eq!(defaults, [("p1", 0.0), ("p2", 0.0), ("p4", 0.0)]);
}

#[test]
fn sizes_that_no_box_can_run_with_are_refused() {
    for (text, words) in [
        (
            r#"{"native_buffer_sizes": [512, 1000000000]}"#,
            "native_buffer_sizes holds 1000000000: it must be from 1 to",
        ),
        (r#"{"native_buffer_sizes": [0]}"#, "native_buffer_sizes holds 0"),
        (r#"{"native_sample_rates": [-44100]}"#, "native_sample_rates holds -44100"),
        (r#"{"look_behind_samples": -1}"#, "look_behind_samples holds -1"),
        (r#"{"look_behind_samples": 1e30}"#, "look_behind_samples holds 9223372036854775807"),
    ] {
        let said = refusal(&with_metadata(effect(&[]), text));
        assert!(said.contains(words), "{said}");
    }
    let many = format!(r#"{{"native_buffer_sizes": [{}1]}}"#, "1,".repeat(300));
    assert!(refusal(&with_metadata(effect(&[]), &many)).contains("numbers in native_buffer_sizes: 301"));
}

#[test]
fn what_is_no_metadata_is_refused_in_one_line() {
    for text in ["", "[]", "{\"a\": NaN}", "{\"neutone_parameters\": {", "\u{feff}{}", "{} {}"] {
        let said = refusal(&with_metadata(effect(&[]), text));
        assert_eq!(
            said,
            "entry extra/metadata.json is damaged (it is no JSON object): download the file again"
        );
    }
    let many = format!(r#"{{"tags": [{}0]}}"#, "0,".repeat(100_000));
    assert!(refusal(&with_metadata(effect(&[]), &many)).contains("values in extra/metadata.json"));
    // Nothing depends on it in other models.
    described(&with_metadata(Module::forward(), "no metadata"));
}

#[test]
fn huge_names_and_texts_are_cut() {
    let text = format!(
        r#"{{"neutone_parameters": {{"p1": {{"name": "{0}", "description": "{0}"}}}}}}"#,
        "ä ".repeat(20_000)
    );
    let spec = described(&with_metadata(effect(&[]), &text));
    assert!(spec.methods[0].input_labels[2].chars().count() < 100);
    assert_eq!(spec.attributes[0].name, "p1");
}

#[test]
fn sounds_of_any_size_do_not_keep_a_box_from_its_inlets() {
    let sounds = "A".repeat(40 << 20);
    let last = NEW.replace("AAAA", &sounds);
    let spec = described(&with_metadata(effect(&[]), &last));
    assert_eq!(spec.methods[0].in_channels, 3);
    // Before all else, they are left to the loader while they are not absurd.
    let first = |bytes: usize| {
        let sounds = format!(r#"{{"sample_sound_files": [{{"in": "{}"}}], "#, "A".repeat(bytes));
        with_metadata(effect(&[]), &NEW.replacen('{', &sounds, 1))
    };
    let large = first(8 << 20);
    assert_eq!(describe_at_once_from(Cursor::new(&large)).expect("so far"), None);
    assert_eq!(describe_from(Cursor::new(&large)).expect("a model").methods[0].in_channels, 3);
    assert!(refusal(&first(40 << 20)).contains("bytes of extra/metadata.json"));
}

#[test]
fn packed_metadata_is_read_too() {
    let mut entries = effect(&[]).entries();
    entries.push(("model/extra/metadata.json".into(), NEW.as_bytes().to_vec()));
    let deflated = stored().compression_method(zip::CompressionMethod::Deflated);
    let spec = described(&archive_files::plain_zip(&entries, deflated));
    assert_eq!(spec.parameters.len(), 2);
}

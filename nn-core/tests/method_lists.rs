//! The list of methods that classes of SuperCollider read: what stands in it, and that no text of a file breaks it.

mod archive_files;

use std::path::Path;

use nn_core::{
    info::{self, Description, method_list},
    shown::{self, is_hidden},
    spec::{AttributeSpec, MethodSpec, ModelSpec},
    value::ValueType,
};
use serde_json::Value;

fn read(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_model_is_listed_with_methods_and_attributes_in_the_order_of_the_file() {
    let file = archive_files::model("latent.ts");
    let text = method_list(3, &file, &info::read(&file));
    let begin = format!(
        "- idx: 3\n  modelPath: \"{}\"\n  minBufferSize: 512\n  sampleRate: 48000\n  methods:\n    - name: \"forward\"\n      inDim: 1\n      inRatio: 1\n",
        shown::path(&file)
    );
    assert!(text.starts_with(&begin), "{text}");
    let list = read(&text);
    let names = list[0]["methods"].as_array().expect("methods").iter().map(|method| &method["name"]);
    assert_eq!(names.collect::<Vec<_>>(), ["forward", "encode", "decode"]);
    let decode = &list[0]["methods"][2];
    let numbers =
        ["inDim", "inRatio", "outDim", "outRatio"].map(|key| decode[key].as_u64().expect("a number"));
    assert_eq!(numbers, [4, 512, 1, 1]);
    assert_eq!(list[0]["problem"], "");

    let file = archive_files::model("gain.ts");
    let description = info::read(&file);
    let list = read(&method_list(0, &file, &description));
    let spec = &description.spec;
    assert_eq!(list[0]["attributes"], Value::from_iter(spec.attributes.iter().map(|one| one.name.as_str())));
    let at = spec.attributes.iter().position(|one| one.name == "range").expect("an attribute");
    assert_eq!(list[0]["attributeTypes"][at], Value::from_iter(["float", "float"]));
}

#[test]
fn what_is_not_there_is_an_empty_list_and_the_reason_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.ts");
    std::fs::write(&file, "<html>not found</html>").expect("a file can be written");
    let list = read(&method_list(-1, &file, &info::read(&file)));
    for key in ["methods", "attributes", "attributeTypes"] {
        assert_eq!(list[0][key], Value::Array(Vec::new()), "{key}");
    }
    assert_eq!((&list[0]["idx"], &list[0]["sampleRate"]), (&Value::from(-1), &Value::from(0)));
    let problem = list[0]["problem"].as_str().expect("a text");
    assert!(problem.contains("a web page: the download failed"), "{problem}");
}

#[test]
fn buffers_count_the_methods_that_are_listed_without_code() {
    let file = archive_files::model("sized/announced.ts");
    let list = read(&method_list(0, &file, &info::read(&file)));
    assert_eq!(list[0]["minBufferSize"], info::read(&file).spec.largest_ratio());
    assert_eq!(list[0]["minBufferSize"], 4096);
}

/// Texts that end a quotation, a line or a document, or look like something else.
const HOSTILE: [&str; 14] = [
    "a\"b",
    "a\\",
    "a: b",
    "- a\n  idx: 7",
    "a\n---\nb: c",
    "#a",
    "[a, {b: c}]",
    "'a'",
    "&a *b !c |",
    "true",
    "größe 音 🎹",
    "o\u{202e}d\u{200b}d\u{feff}\u{e0041}",
    "\u{1b}[31m\t\u{7f}\u{85}\u{2028}\r",
    "",
];

#[test]
fn no_text_of_a_file_breaks_the_list() {
    let texts = HOSTILE.map(str::to_owned);
    let method = |name: &String| MethodSpec {
        input_labels: texts.to_vec(),
        output_labels: vec![name.clone()],
        ..MethodSpec::from_params(name, &[14, 1, 1, 2048]).expect("sound")
    };
    let attribute = |name: &String| AttributeSpec { name: name.clone(), types: vec![ValueType::Tensor] };
    for place in &texts {
        let path = Path::new(place);
        let spec = ModelSpec {
            methods: texts.iter().map(method).collect(),
            attributes: texts.iter().map(attribute).collect(),
            ..ModelSpec::default()
        };
        let mut description = Description::of_spec(&path.into(), spec);
        description.problems = texts.to_vec();
        let text = method_list(0, path, &description);
        assert!(!text.contains(|c| c != '\n' && is_hidden(c)), "{text}");
        // Two models make one list.
        let list = read(&(text.clone() + &text));
        assert_eq!(list.as_array().map(Vec::len), Some(2), "{text}");
        assert_eq!(list[1]["modelPath"], shown::path(path));
        assert_eq!(list[1]["attributes"], Value::from(texts.to_vec()));
        let names = list[1]["methods"].as_array().expect("methods").iter().map(|method| &method["name"]);
        assert_eq!(names.collect::<Vec<_>>(), HOSTILE);
        let shown = list[1]["methods"][0]["inLabels"].as_array().expect("labels");
        assert_eq!(shown.len(), HOSTILE.len());
        assert_eq!(
            (&shown[3], &shown[11]),
            (&"- a   idx: 7".into(), &"o[U+202E]d[U+200B]d[U+FEFF][U+E0041]".into())
        );
    }
}

//! What a page holds: the sounds of boxes, and the same data for programs.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{made, report};
use crate::{
    support::{backend, model},
    user::said,
};

/// The sounds in a page, in their order.
fn sounds(page: &str) -> Vec<Vec<u8>> {
    let players = page.split("src=\"data:audio/flac;base64,").skip(1);
    let sound = |player: &str| STANDARD.decode(player.split('"').next().unwrap_or_default());
    players.map(|player| sound(player).expect("base64")).collect()
}

#[test]
fn what_is_played_is_what_nn_render_writes() {
    let made = made();
    let folder = made.page().parent().expect("a folder").display().to_string();
    assert!(!made.text().contains(&folder) && !made.json.to_string().contains(&folder), "{folder}");
    assert_eq!(made.json["speed"]["rows"].as_array().map(Vec::len), Some(2), "{}", made.json["speed"]);
    let sounds = sounds(&made.text());
    // Before, then each method that makes sound, in the order of the file; encode makes none.
    let heard = made.json["methods"].as_array().expect("methods").iter();
    let order: Vec<_> = heard.map(|method| method["name"].as_str().expect("a name")).collect();
    assert_eq!(order, ["forward", "encode", "decode"]);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("speech.flac"), &sounds[0]).expect("written");
    std::fs::copy(made.model(), folder.path().join("latent.ts")).expect("a copy");
    let told = made.json["methods"][0]["heard"][0]["command"].as_str().expect("a command");
    assert!(told.contains(":forward' speech.wav -o out.flac --bits 16 --tail 0 --buffer 4096"), "{told}");
    for (words, at) in [
        ("latent.ts:forward speech.flac -o out.flac --bits 16", 1),
        ("latent.ts:encode speech.flac -o speech.npz", usize::MAX),
        ("latent.ts:decode speech.npz -o decoded.flac --bits 16", 2),
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_nn"));
        command.current_dir(folder.path()).env("NN_TORCH_BACKEND", backend()).arg("render");
        command.args(words.split_whitespace()).args(["--tail", "0"]);
        let (code, _, errors) = said(&mut command);
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{words}");
        if let Some(sound) = sounds.get(at) {
            let name =
                words.split_whitespace().find(|word| word.ends_with(".flac") && *word != "speech.flac");
            let rendered = std::fs::read(folder.path().join(name.expect("a name"))).expect("a file");
            assert!(&rendered == sound, "{words}: another sound");
        }
    }
}

#[test]
fn programs_are_told_what_the_page_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = model("gain").display().to_string();
    let (code, text, errors) = said(&mut report(folder.path(), &[&path, "--json"]));
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{text}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "no page was asked for");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let bytes = std::fs::read(&path).expect("a model");
    assert_eq!(json["file"]["bytes"], json!(bytes.len()));
    assert_eq!(json["file"]["sha256"], nn_core::catalog::digest(&bytes));
    assert_eq!(json["check"]["is_fit"], true);
    assert_eq!(json["check"]["rows"].as_array().map(Vec::len), Some(4), "two methods at two rates");
    let attribute = |name: &str| {
        let all = json["attributes"].as_array().expect("attributes").iter();
        all.clone().find(|attribute| attribute["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    assert_eq!(attribute("gain")["held"]["value"], json!({ "Ok": "1" }));
    assert_eq!(attribute("range")["types"], json!(["float", "float"]));
    assert_eq!(attribute("range")["takes"], "any number, then any number");
    let words = attribute("mode")["held"]["words"].as_str().expect("words").to_owned();
    assert!(["linear", "square", "half"].iter().all(|word| words.contains(word)), "{words}");
    for method in json["methods"].as_array().expect("methods") {
        let heard = method["heard"].as_array().expect("sounds");
        assert_eq!(heard.len(), 4, "{method}");
        // buffer - gcd(buffer, block) + deadline, with a deadline of a buffer.
        for latency in method["latencies"].as_array().expect("latencies") {
            let frames = |key: &str| latency[key].as_u64().expect("a number");
            assert_eq!(frames("buffering_frames"), frames("buffer_frames") - 64, "{latency}");
            assert_eq!(frames("deadline_frames"), frames("buffer_frames"), "{latency}");
            assert_eq!(frames("resampling_frames"), 0, "{latency}");
        }
        assert_eq!(method["model_delay_frames"], 0);
    }
}

//! Pages of models of Neutone: a generator has other sections than what plays live.

use serde_json::{Value, json};

use super::{
    browser::{self, Browser},
    report,
};
use crate::{support::root, user::said};

/// What stands in each section, by its id, and how long each player plays.
const SEEN: &str = r#"(() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const rows = id => all(`#${id} tbody tr`).map(row => [...row.children].map(cell => cell.textContent));
    return {
        sections: all('main section').map(section => section.id),
        verdicts: all('.verdict').map(element => element.className),
        whole: rows('whole'), parameters: rows('parameters'), attributes: rows('attributes'), delay: rows('latency')[0],
        empty: /No method of it can be read|No box could be made|It has none|Nothing was played/.test(document.body.textContent),
        players: all('audio').map(player => player.getAttribute('aria-label')),
        pictures: all('#sounds .picture svg').length,
    };
})()"#;

/// How long each player plays.
const LENGTHS: &str = "
    const players = [...document.querySelectorAll('audio')];
    const ready = player => player.readyState >= 1 || player.error ? Promise.resolve() : new Promise(resolve => {
        player.addEventListener('loadedmetadata', resolve); player.addEventListener('error', resolve); player.load();
    });
    Promise.all(players.map(ready)).then(() => done(players.map(player => player.error ? -1 : player.duration)));";

/// The data of a report on a model, and what a browser sees of its page.
fn seen(model: &str) -> (Value, Option<(Value, Vec<f64>)>) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(root().join("models").join(model), folder.path().join(model)).expect("a copy");
    let (code, text, errors) = said(&mut report(folder.path(), &[model, "--json", "-o", "page.html"]));
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{model}: {text}");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let page = std::fs::read_to_string(folder.path().join("page.html")).expect("a page");
    let place = folder.path().display().to_string();
    assert!(!page.contains(&place) && !text.contains(&place), "{place}");
    if !browser::is_there() {
        return (data, None);
    }
    let browser = Browser::new();
    browser.open(&folder.path().join("page.html"));
    let lengths = browser.wait_for(LENGTHS);
    let lengths = lengths.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    (data, Some((browser.ask(SEEN), lengths)))
}

#[test]
fn a_page_of_a_generator_tells_what_it_makes_and_plays_it() {
    let (data, page) = seen("chord.nm");
    assert_eq!(data["check"]["is_fit"], true);
    assert!(
        data["check"]["conclusion"]
            .as_str()
            .is_some_and(|line| line.starts_with("a generator, and it loads"))
    );
    let generator = &data["generator"];
    assert_eq!(generator["makes"], json!([{ "name": "chord", "channels": 2 }]));
    assert_eq!(generator["made"][0]["figures"]["frames"], 44_100, "{generator}");
    assert_eq!(generator["command"], "nn render chord.nm chord.flac --bits 16");
    let Some((page, lengths)) = page else { return };
    assert_eq!(page["sections"], json!(["summary", "whole", "sounds", "parameters", "check", "origin"]));
    assert_eq!(
        (&page["empty"], &page["verdicts"]),
        (&json!(false), &json!(["verdict neutral", "verdict neutral"])),
        "{page}"
    );
    assert_eq!(page["whole"], json!([["chord", "made", "2"]]));
    assert_eq!(
        page["parameters"],
        json!([
            [
                "seconds",
                "number",
                "0 to 1, which stand for 0.1 to 60.1: Seconds",
                "0.015, which stands for 1"
            ],
            ["shape", "choice", "steady, fading: Shape", "steady"],
            ["effort", "number", "0 to 1: Effort", "0"],
            ["notes", "words", "words: Notes", "a c e"],
            ["keys", "whole numbers", "whole numbers: Keys", "nothing"],
        ])
    );
    assert_eq!(page["pictures"], 1);
    assert!(lengths.len() == 1 && (lengths[0] - 1.0).abs() < 0.01, "{lengths:?}");
}

#[test]
fn a_generator_that_takes_sound_is_given_some() {
    let (data, page) = seen("mirror.nm");
    let generator = &data["generator"];
    assert_eq!(generator["takes"], json!([{ "name": "sound", "channels": 1 }]));
    assert_eq!(generator["command"], "nn render mirror.nm speech.wav backwards.flac both.flac --bits 16");
    let Some((page, lengths)) = page else { return };
    assert_eq!(page["players"], json!(["Speech before", "backwards", "both"]));
    assert!(lengths.len() == 3 && lengths.iter().all(|length| (2.9..3.2).contains(length)), "{lengths:?}");
}

#[test]
fn a_page_of_an_effect_has_its_parameters_and_its_delay_as_declared_and_as_measured() {
    let (data, page) = seen("echo.nm");
    assert!(data["generator"].is_null());
    let delay = &data["methods"][0]["model_delay"];
    assert_eq!(delay, &json!({ "measured_frames": 500, "declared_frames": 500 }));
    if let Some((page, lengths)) = page {
        assert_eq!(page["verdicts"], json!(["verdict good", "verdict good"]), "{page}");
        assert_eq!(page["delay"], json!(["forward", "500", "500"]));
        assert_eq!(lengths.len(), 8, "four sounds, and what it makes of each");
    }
    let (_, page) = seen("any.nm");
    let Some((page, _)) = page else { return };
    assert_eq!(
        page["attributes"][0].as_array().map(|cells| cells[0].clone()),
        Some(json!("level")),
        "{page}"
    );
}

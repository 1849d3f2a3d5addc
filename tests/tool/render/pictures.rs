//! Pictures of what went in and what came out.

use super::{Folder, noise};

#[test]
fn a_picture_has_before_over_after_and_how_that_differs_from_another_file() {
    let folder = Folder::new();
    let input = noise(1, 30_000);
    folder.write("in.wav", std::slice::from_ref(&input));
    folder.write("other.wav", &[input.iter().map(|sample| sample * 0.4).collect()]);
    let words = "gain.ts in.wav far/out.wav --set gain=0.5 --tail 0 --against other.wav --pictures seen";
    let told = folder.rendered(words);
    assert!(told.contains("pictures: seen/out.svg, seen/out.png"), "{told}");
    let svg = std::fs::read_to_string(folder.at("seen/out.svg")).expect("an SVG");
    let places: Vec<_> = [
        "gain.ts forward",
        "before, in.wav: wave",
        "before, in.wav: spectrogram",
        "after, out.wav: wave",
        "after, out.wav: spectrogram",
        "difference to other.wav",
        "difference, wave",
        "nn render gain.ts",
    ]
    .iter()
    .map(|text| svg.find(text).unwrap_or_else(|| panic!("no {text}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    let png = std::fs::read(folder.at("seen/out.png")).expect("a PNG");
    assert!(png.starts_with(b"\x89PNG"));
    // Nothing is replaced unasked, and that is found before anything is rendered.
    let ended = folder.render(&words.replace("far/out", "near/out"));
    assert!(ended.code == Some(5) && ended.errors.contains("out.svg"), "{}", ended.errors);
    assert!(!folder.at("near").exists());
    folder.rendered(&format!("{words} --force"));
}

#[test]
fn latents_are_images_and_every_file_of_a_folder_has_its_picture() {
    let folder = Folder::new();
    std::fs::create_dir(folder.at("takes")).expect("a folder");
    for name in ["takes/one.wav", "takes/two.wav"] {
        folder.write(name, &[noise(1, 20_000)]);
    }
    let told = folder.render("latent.ts:encode takes -o done --pictures seen --json");
    let told: serde_json::Value = serde_json::from_str(&told.text).expect("JSON");
    assert_eq!(told["files"][1]["pictures"], serde_json::json!(["seen/two.svg", "seen/two.png"]));
    let svg = |name: &str| std::fs::read_to_string(folder.at(name)).expect("an SVG");
    assert!(svg("seen/one.svg").contains("after, one.npz: latents"));
    folder.rendered(
        "latent.ts:encode latent.ts:decode takes/one.wav out.wav --latents between.npz --pictures seen",
    );
    let svg = svg("seen/out.svg");
    let at = |text: &str| svg.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("before, one.wav") < at("between, between.npz: latents"));
    assert!(at("between, between.npz: latents") < at("after, out.wav"));
}

#[test]
fn what_a_generator_makes_is_drawn_below_what_it_took() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 5_000)]);
    folder.rendered("mirror.nm in.wav back.wav both.wav --pictures seen");
    let svg = std::fs::read_to_string(folder.at("seen/both.svg")).expect("an SVG");
    let at = |text: &str| svg.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("before, in.wav: wave") < at("after, both.wav: wave, channel 1"));
    assert!(folder.at("seen/back.png").is_file());
}

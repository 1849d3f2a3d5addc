//! Boxes and what is around them: arguments that an abstraction is not given, rates of patches, folders.

mod support;

use support::{model, patch::Patch, session::Player, stage::Stage};

/// The buffers of boxes in abstractions, as their `bang` tells them, and what the console says.
fn told(boxes: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let mut stage = Stage::new();
    std::fs::copy(model("gain"), stage.folder().join("gain.ts")).expect("a copy");
    for (number, (inner, arguments)) in boxes.iter().enumerate() {
        let mut patch = Patch::new();
        let (inlet, nn, outlet) = (patch.object("inlet~"), patch.object(inner), patch.object("outlet~"));
        patch.connect(inlet, 0, nn, 0);
        patch.connect(nn, 0, outlet, 0);
        let told = patch.object("outlet");
        patch.connect(nn, 1, told, 0);
        let (begin, later, ask) = (patch.object("loadbang"), patch.object("del 50"), patch.message("bang"));
        for (from, to) in [(begin, later), (later, ask), (ask, nn)] {
            patch.connect(from, 0, to, 0);
        }
        patch.write(&stage.folder().join(format!("inside{number}.pd")));
        stage.part(&format!("b{number}"), &format!("inside{number} {arguments}"), 1);
    }
    let played = stage.pass(100).play(Player::PdBatch);
    assert_eq!(played.errors, Vec::<String>::new(), "{:#?}", played.lines);
    let buffers = (0..boxes.len()).map(|number| {
        let told = &played.told[&format!("b{number}")];
        let find = |word: &str| told.iter().find_map(|line| line.strip_prefix(word)).map(str::to_owned);
        format!("{} {}", find("method ").unwrap_or_default(), find("bufsize ").unwrap_or_default())
    });
    (buffers.collect(), played.lines)
}

#[test]
fn arguments_that_an_abstraction_is_not_given_are_the_defaults() {
    let (boxes, lines) = told(&[
        ("nn~ \\$1 \\$2 \\$3", "gain"),
        ("nn~ \\$1 \\$2 \\$3 \\$4 \\$5", "gain"),
        ("nn~ \\$1 \\$2 \\$3", "gain inverse 512"),
        ("nn~ \\$1 \\$2 512", "gain"),
        ("mcs.nn~ \\$1 \\$2 \\$3 \\$4", "gain"),
        ("mc.nn~ \\$1 \\$2 \\$3", "gain"),
        ("nn~ -m \\$1 \\$2", "gain"),
        // A buffer of 0 where the method is given.
        ("nn~ \\$1 forward 0", "gain"),
    ]);
    let default = "forward 4096";
    assert_eq!(
        boxes,
        [default, default, "inverse 512", "forward 512", default, default, default, "forward 64"],
        "{lines:#?}"
    );
    let said: Vec<_> = lines.iter().filter(|line| line.contains("stands for no method")).collect();
    assert_eq!(said.len(), 5, "once for each box where it decides: {lines:#?}");
    assert!(said.iter().all(|line| line.contains("a buffer of 4096 samples")), "{said:#?}");
}

#[test]
fn in_a_patch_of_another_rate_that_rate_is_said_once() {
    let mut stage = Stage::new();
    std::fs::copy(model("latent"), stage.folder().join("latent.ts")).expect("a copy");
    let mut faster = Patch::new();
    faster.object("block~ 64 1 2");
    faster.object("nn~ latent encode 512");
    stage.subpatch("faster", faster);
    stage.part("usual", "nn~ latent encode 512", 4);
    stage.send("usual wait 1").pass(300).send("pd dsp 0\npd dsp 1").pass(300);
    let played = stage.play(Player::PdBatch);
    let said: Vec<_> = played.lines.iter().filter(|line| line.contains("was made for")).collect();
    for rate in ["the host runs at 88200 Hz", "the host runs at 44100 Hz"] {
        assert_eq!(said.iter().filter(|line| line.contains(rate)).count(), 1, "{rate}: {said:#?}");
    }
    assert_eq!(said.len(), 2, "{said:#?}");
}

#[test]
fn a_model_that_is_not_found_names_the_folders_that_were_searched() {
    let searched = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::new();
    stage.search(searched.path()).part("box", "nn~ nowhere", 1).part("info", "nn.info nowhere", 0);
    let played = stage.pass(100).play(Player::PdBatch);
    for class in ["nn~: ", "nn.info: "] {
        let line =
            played.errors.iter().find(|line| line.starts_with(class) && line.contains("no model 'nowhere'"));
        let line = line.unwrap_or_else(|| panic!("{class}: {:#?}", played.lines));
        for folder in [stage.folder(), searched.path()] {
            assert_eq!(line.matches(&folder.display().to_string()).count(), 1, "{folder:?}: {line}");
        }
    }
}

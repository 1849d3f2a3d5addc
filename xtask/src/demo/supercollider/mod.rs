//! The demo in SuperCollider: scsynth and supernova render the same score offline, and wait for the model.

mod definition;
mod osc;
mod render;
mod score;

use std::path::Path;

use super::{
    error::Error,
    folder::{self, Folder},
    product,
    verdict::Measured,
    words,
};
use render::Rendering;

/// Where everything goes, in the project.
const PLACE: &str = "out/demo-supercollider";

/// What the demo leaves behind.
const FILES: [(&str, &str); 6] = [
    ("input.wav", "what is played"),
    ("scsynth.wav", "left input, right output, by scsynth"),
    ("supernova.wav", "the same by supernova"),
    ("untrained.wav", "the same, untrained network"),
    ("spectrograms.png", "picture"),
    ("report.md", "this report"),
];

/// The demo in the project at `root`, with the plug-ins in the folder `plugins`.
///
/// # Errors
/// When something is missing, when a server does not render, or when the result is not as it must be.
pub fn perform(root: &Path, plugins: &Path) -> Result<(), Error> {
    if !plugins.is_dir() {
        return Err(Error::Missing { path: plugins.to_owned(), remedy: "run `cargo xtask build`" });
    }
    let folder = Folder::with_models(root, PLACE)?;
    let (composition, input) = folder.compose(root)?;
    println!("demo: the same sound through NN.ar, in scsynth, in supernova, and the untrained control");
    let render = |server, model, name| {
        Rendering { server, folder: &folder, plugins, model, name, input_frames: input.len() }.take()
    };
    let first = render("scsynth", "codec.ts", "scsynth")?;
    let second = render("supernova", "codec.ts", "supernova")?;
    let untrained = render("scsynth", "codec_untrained.ts", "untrained")?;
    let measured = Measured::new(&input, first, second, untrained);
    let files = folder::products(PLACE, &FILES);
    product::finish(&folder, &words::SUPERCOLLIDER, &measured, &composition.passages, &input, &files)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::run::{target_dir, workspace};

    #[test]
    fn both_servers_play_the_same_and_all_is_as_it_must_be() {
        let root = tempfile::tempdir().unwrap();
        for file in [folder::MODEL, folder::UNTRAINED_MODEL, "help/sounds/speech.wav"] {
            let copy = root.path().join(file);
            std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
            std::fs::copy(workspace().join(file), copy).unwrap();
        }
        // Failures are all that is not as it must be.
        perform(root.path(), &target_dir().join("supercollider/plugins")).unwrap();
        let out = root.path().join(PLACE);
        for (file, _) in FILES {
            assert!(out.join(file).is_file(), "{file}");
        }
        let report = std::fs::read_to_string(out.join("report.txt")).unwrap();
        assert!(report.contains("no complaints"), "{report}");
    }
}

//! The folder in which the demo runs, laid out as a user's would be: the patch, its models and sounds beside
//! it, the external in `externals`. SuperCollider's has no patch.

use super::error::Error;
use super::sound::{self, Composition, SAMPLE_RATE_HZ};
use super::wav;
use std::fs;
use std::path::{Path, PathBuf};

/// The trained model, in the project.
pub const MODEL: &str = "models/codec.ts";
/// The same network before training, in the project.
pub const UNTRAINED_MODEL: &str = "models/codec_untrained.ts";
/// Where the patch finds the external, relative to itself.
pub const EXTERNALS: &str = "externals/nn~";
/// Where everything goes, in the project.
pub const PLACE: &str = "out/demo";

/// Files of a folder, each with a word on it.
type Files = [(&'static str, &'static str)];

/// What the demo in Pure Data leaves behind.
pub const PURE_DATA: [(&str, &str); 7] = [
    ("input.wav", "what is played"),
    ("real_time.wav", "left input, right output, in real time"),
    ("batch.wav", "the same as fast as possible"),
    ("untrained.wav", "the same, untrained network"),
    ("spectrograms.png", "picture"),
    ("demo.pd", "patch, to be opened in Pd"),
    ("report.md", "this report"),
];

/// The same as paths in the project.
pub fn products(place: &str, files: &Files) -> Vec<(String, &'static str)> {
    files.iter().map(|(file, what)| (format!("{place}/{file}"), *what)).collect()
}

/// The folder, ready to run in.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Puts fresh copies of the external and of both models into `out/demo` of the project.
    pub fn prepare(root: &Path, external: &Path) -> Result<Self, Error> {
        let folder = Self(root.join(PLACE));
        let externals = folder.path(EXTERNALS);
        if externals.exists() {
            fs::remove_dir_all(&externals).map_err(failed(&externals))?;
        }
        if !external.is_dir() {
            return Err(Error::Missing { path: external.to_owned(), remedy: "run `cargo xtask build`" });
        }
        copy_folder(external, &externals)?;
        folder.models(root)?;
        Ok(folder)
    }

    /// A folder of the project with fresh copies of both models.
    pub fn with_models(root: &Path, place: &str) -> Result<Self, Error> {
        let folder = Self(root.join(place));
        fs::create_dir_all(&folder.0).map_err(failed(&folder.0))?;
        folder.models(root)?;
        Ok(folder)
    }

    fn models(&self, root: &Path) -> Result<(), Error> {
        for model in [MODEL, UNTRAINED_MODEL] {
            let path = root.join(model);
            if !path.is_file() {
                let remedy = "run the script in models/ that trains and exports it";
                return Err(Error::Missing { path, remedy });
            }
            let target = self.0.join(path.file_name().unwrap_or_default());
            fs::copy(&path, &target).map_err(failed(&target))?;
        }
        Ok(())
    }

    /// Writes what is to be played, `input.wav`, from the project's speech; its samples as they are read from there.
    pub fn compose(&self, root: &Path) -> Result<(Composition, Vec<f32>), Error> {
        let speech = wav::read(&root.join("help/sounds/speech.wav"))?;
        let composition = sound::compose(&speech.channels[0]);
        let file = self.path("input.wav");
        wav::write_mono_16_bit(&file, &composition.samples, SAMPLE_RATE_HZ)?;
        Ok((composition, wav::read(&file)?.channels.remove(0)))
    }

    /// A file or folder in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a text file into it.
    pub fn write(&self, name: &str, text: &str) -> Result<(), Error> {
        let path = self.path(name);
        fs::write(&path, text).map_err(failed(&path))
    }
}

/// Copies files and folders; large files become second names of the same data where the disk allows it.
fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(failed(to))?;
    for entry in fs::read_dir(from).map_err(failed(from))? {
        let source = entry.map_err(failed(from))?.path();
        let target = to.join(source.file_name().unwrap_or_default());
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            let source = fs::canonicalize(&source).map_err(failed(&source))?;
            fs::hard_link(&source, &target)
                .or_else(|_| fs::copy(&source, &target).map(drop))
                .map_err(failed(&target))?;
        }
    }
    Ok(())
}

/// Names the file in an error of the system.
fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    |source| Error::File { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("models")).unwrap();
        fs::create_dir_all(root.path().join("built/sub")).unwrap();
        for file in [MODEL, UNTRAINED_MODEL, "built/nn~.pd_linux", "built/sub/nn_torch.so"] {
            fs::write(root.path().join(file), file).unwrap();
        }
        root
    }

    #[test]
    fn the_folder_has_models_beside_the_patch_and_the_external_below() {
        let root = project();
        let folder = Folder::prepare(root.path(), &root.path().join("built")).unwrap();
        for (copy, origin) in [
            ("codec.ts", MODEL),
            ("codec_untrained.ts", UNTRAINED_MODEL),
            ("externals/nn~/nn~.pd_linux", "built/nn~.pd_linux"),
            ("externals/nn~/sub/nn_torch.so", "built/sub/nn_torch.so"),
        ] {
            assert_eq!(fs::read_to_string(folder.path(copy)).unwrap(), origin);
        }
    }

    #[test]
    fn an_external_of_an_earlier_run_is_gone() {
        let root = project();
        let stale = root.path().join(PLACE).join(EXTERNALS).join("old.pd_linux");
        fs::create_dir_all(stale.parent().unwrap()).unwrap();
        fs::write(&stale, "old").unwrap();
        Folder::prepare(root.path(), &root.path().join("built")).unwrap();
        assert!(!stale.exists());
    }

    #[test]
    fn what_is_missing_is_named_with_what_to_do() {
        let root = project();
        fs::remove_file(root.path().join(MODEL)).unwrap();
        let error = Folder::prepare(root.path(), &root.path().join("built")).unwrap_err().to_string();
        assert!(error.contains("codec.ts") && error.contains("models/"), "{error}");
        let error = Folder::prepare(root.path(), &root.path().join("none")).unwrap_err().to_string();
        assert!(error.contains("cargo xtask build"), "{error}");
    }
}

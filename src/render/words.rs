//! Which of the words on the command line are models, and which are files.

use std::path::PathBuf;

use crate::{
    boxes::{Chosen, chosen, generator, meant},
    failure::Failure,
    outcome::Outcome,
    sound::{ENDINGS, ending},
};

/// The ending of latents.
pub const NPZ: &str = "npz";

/// The words, told apart.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// In the order in which they play.
    pub models: Vec<Chosen>,
    /// Those that make whole sounds.
    pub generators: Vec<Chosen>,
    /// Sound, latents and folders.
    pub files: Vec<PathBuf>,
}

/// Tells them apart; `method` is that of models without one.
pub fn sort(words: &[PathBuf], method: Option<&str>) -> Result<Words, Failure> {
    let mut sorted = Words::default();
    for word in words {
        let text = word.to_string_lossy();
        let known = ending(word);
        if ENDINGS.contains(&known.as_str()) || known == NPZ || word.is_dir() {
            sorted.files.push(word.clone());
        } else if let Some((file, named)) = meant(&text) {
            let found = match generator(file) {
                Ok(Some(generator)) => {
                    sorted.generators.push(generator);
                    continue;
                }
                Ok(None) => chosen(file, named.or(method)),
                Err(failure) => Err(failure),
            };
            let chosen = found.map_err(|failure| match failure.outcome {
                Outcome::NotThere => Failure {
                    line: format!("{}; nor a folder, or a file of sound or latents", failure.line),
                    ..failure
                },
                _ => failure,
            })?;
            sorted.models.push(chosen);
        } else {
            return Err(Failure::not_there(format_args!(
                "{text}: neither a model, nor a folder, nor a file of WAV, FLAC, AIFF, MP3 or .npz"
            )));
        }
    }
    Ok(sorted)
}

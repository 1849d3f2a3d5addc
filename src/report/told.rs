//! What a report tells of the methods that were heard.

use std::path::{Path, PathBuf};

use nn_core::{shown::plain, spec::MethodSpec};
use serde_json::{Value, json};

use super::{
    child::SECONDS,
    facts::{Heard, Media, MethodFacts},
    feed::{Fed, NOISE},
    hear::Found,
    media,
    short::Shortener,
};
use crate::command_line::quoted;

/// Figures that say that something is wrong, and how.
const WRONG: [(&str, &str); 3] = [
    ("non_finite_buffers", "buffers of NaN or infinity, which a box plays as silence"),
    ("failed_buffers", "buffers in which it failed, which a box plays as silence"),
    ("clipped_samples", "samples beyond full scale, which are cut here"),
];

/// What all methods of a report have in common.
#[derive(Debug)]
pub struct Teller<'a> {
    /// Without folders that nobody knows.
    pub short: Shortener,
    /// For files that nobody needs later.
    pub folder: &'a Path,
    /// The boxes' buffer, in samples.
    pub buffer_frames: usize,
}

impl Teller<'_> {
    /// What is told of a method.
    pub fn told(&self, method: &MethodSpec, fed: &Fed, found: Found) -> MethodFacts {
        let heard = found.rendered.into_iter().map(|object| self.heard(method, fed, object)).collect();
        MethodFacts {
            name: plain(&method.name),
            spec: method.clone(),
            latencies: found.latencies,
            model_delay_frames: found.model_delay.frames(),
            model_delay: found.model_delay,
            heard,
            fault: found.fault.map(|line| self.short.line(&line)),
        }
    }

    /// What is told of one rendering.
    fn heard(&self, method: &MethodSpec, fed: &Fed, mut object: Value) -> Heard {
        let sound = object["input"].as_str().map(Path::new).and_then(Path::file_stem);
        let sound = sound.map(|stem| stem.to_string_lossy().into_owned()).filter(|stem| stem != NOISE);
        let mut faults = self.faults(&object);
        let title =
            sound.as_ref().map_or(method.name.clone(), |sound| format!("{sound} after {}", method.name));
        let media = match output(&object).filter(|path| path.is_file()) {
            Some(path) if method.out_ratio == 1 => media::sound(&path, &plain(&title), self.folder, None),
            Some(path) => media::latents(&path, &plain(&title)),
            None => Ok(Media::None),
        };
        let media = media.unwrap_or_else(|failure| {
            faults.push(self.short.line(&failure.line));
            Media::None
        });
        // Folders that are gone by now say nothing.
        for key in ["input", "output"] {
            let name = object[key].as_str().map(Path::new).and_then(Path::file_name);
            object[key] = json!(name.map(|name| name.to_string_lossy()));
        }
        if let Some(models) = object["models"].as_array_mut() {
            models.iter_mut().for_each(|model| model["model"] = json!(self.short.name()));
        }
        self.short.document(&mut object);
        let command = self.command(method, sound.as_deref(), fed.through.as_deref());
        Heard { sound, through: fed.through.clone(), command, rendered: object, faults, media }
    }

    /// What is wrong with a rendering, in lines.
    fn faults(&self, object: &Value) -> Vec<String> {
        let all = object["error"].as_str().into_iter();
        let errors = object["errors"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let counted = WRONG.iter().filter_map(|(key, what)| {
            let count = object[*key].as_u64().filter(|count| *count > 0)?;
            Some(format!("{count} {what}"))
        });
        all.chain(errors).map(|line| self.short.line(line)).chain(counted).collect()
    }

    /// The words that make it again.
    fn command(&self, method: &MethodSpec, sound: Option<&str>, through: Option<&str>) -> String {
        let out = if method.out_ratio > 1 { "out.npz" } else { "out.flac --bits 16" };
        let input = match (sound, through) {
            (Some(sound), None) => format!("{sound}.wav"),
            (Some(sound), Some(_)) => format!("{sound}.npz"),
            (None, Some(noise)) => format!("{noise}.npz"),
            (None, None) => format!("--seconds {SECONDS}"),
        };
        let model = format!("{}:{}", self.short.name(), plain(&method.name));
        let (model, buffer) = (quoted(&model), self.buffer_frames);
        format!("nn render {model} {input} -o {out} --tail 0 --buffer {buffer}")
    }
}

/// The file that a rendering has written.
pub fn output(object: &Value) -> Option<PathBuf> {
    object["output"].as_str().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_a_line_without_anybodys_folders() {
        let teller = Teller {
            short: Shortener::new(Path::new("/home/her/voice.ts")).without(Path::new("/somewhere/.nn-1")),
            folder: Path::new("/somewhere/.nn-1"),
            buffer_frames: 512,
        };
        let method = MethodSpec::from_params("forward", &[1, 1, 1, 1]).expect("a method");
        let object = json!({
            "input": "/somewhere/.nn-1/speech.wav",
            "output": "/somewhere/.nn-1/method 0/speech.wav",
            "errors": ["/somewhere/.nn-1/speech.wav: forward raised"],
            "clipped_samples": 3,
            "failed_buffers": 0,
            "models": [{ "model": "/home/her/voice.ts" }],
        });
        let found = Found {
            rendered: vec![object],
            fault: Some("/home/her/voice.ts: it hangs".into()),
            ..Found::default()
        };
        let told = teller.told(&method, &Fed::default(), found);
        assert_eq!(told.fault.as_deref(), Some("voice.ts: it hangs"));
        let heard = &told.heard[0];
        assert_eq!(
            heard.faults,
            ["speech.wav: forward raised", "3 samples beyond full scale, which are cut here"]
        );
        assert_eq!(
            heard.command,
            "nn render voice.ts:forward speech.wav -o out.flac --bits 16 --tail 0 --buffer 512"
        );
        let text = heard.rendered.to_string();
        assert!(!text.contains("somewhere") && !text.contains("home"), "{text}");
    }
}

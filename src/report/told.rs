//! What a report tells of the methods that were heard.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use nn_core::{shown::plain, spec::MethodSpec};
use serde_json::{Value, json};

use super::{
    child::SECONDS,
    facts::{Heard, Media, MethodFacts},
    feed::{Fed, NOISE},
    hear::Found,
    media,
};

/// Figures that say that something is wrong, and how.
const WRONG: [(&str, &str); 3] = [
    ("non_finite_buffers", "buffers of NaN or infinity, which a box plays as silence"),
    ("failed_buffers", "buffers in which it failed, which a box plays as silence"),
    ("clipped_samples", "samples beyond full scale, which are cut here"),
];

/// What all methods of a report have in common.
#[derive(Debug)]
pub struct Teller<'a> {
    /// The model.
    pub file: &'a Path,
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
            model_delay_frames: found.model_delay_frames,
            heard,
            fault: found.fault.map(|line| self.short(&line)),
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
            Some(path) if method.out_ratio == 1 => media::sound(&path, &plain(&title), self.folder),
            Some(path) => media::latents(&path, &plain(&title)),
            None => Ok(Media::None),
        };
        let media = media.unwrap_or_else(|failure| {
            faults.push(self.short(&failure.line));
            Media::None
        });
        // Folders that are gone by now say nothing.
        for key in ["input", "output"] {
            let name = object[key].as_str().map(Path::new).and_then(Path::file_name);
            object[key] = json!(name.map(|name| name.to_string_lossy()));
        }
        if let Some(models) = object["models"].as_array_mut() {
            models.iter_mut().for_each(|model| model["model"] = json!(self.name()));
        }
        for key in ["error", "errors", "remarks"] {
            object.get_mut(key).into_iter().for_each(|value| self.shorten(value));
        }
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
        all.chain(errors).map(|line| self.short(line)).chain(counted).collect()
    }

    /// A line without folders that nobody knows.
    fn short(&self, line: &str) -> String {
        let of = |folder: &Path| format!("{}{MAIN_SEPARATOR}", folder.display());
        let line = line.replace(&of(self.folder), "");
        plain(&self.file.parent().map_or(line.clone(), |folder| match folder.as_os_str().is_empty() {
            true => line,
            false => line.replace(&of(folder), ""),
        }))
    }

    /// The same for a text, or several, of a document.
    fn shorten(&self, value: &mut Value) {
        match value {
            Value::String(line) => *line = self.short(line),
            Value::Array(lines) => lines.iter_mut().for_each(|line| self.shorten(line)),
            _ => {}
        }
    }

    fn name(&self) -> String {
        plain(&self.file.file_name().unwrap_or(self.file.as_os_str()).to_string_lossy())
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
        let (model, buffer) = (self.name(), self.buffer_frames);
        let method = plain(&method.name);
        format!("nn render {model}:{method} {input} -o {out} --tail 0 --buffer {buffer}")
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
            file: Path::new("/home/her/voice.ts"),
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

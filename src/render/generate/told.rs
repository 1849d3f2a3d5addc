//! What is said of the files of a generator: for people, and for programs.

use nn_core::{machine::Others, shown::escaped_json};
use serde_json::{Value, json};

use super::{Done, Written};
use crate::{out, where_and_how::WhereAndHow};

impl Done {
    /// Says what has been rendered; for programs, with where and how.
    pub fn tell(&self, for_programs: Option<&(WhereAndHow, Others)>) {
        if let Some((place, others)) = for_programs {
            let mut object = self.object();
            place.tell_own(&mut object, others);
            let text = serde_json::to_string_pretty(&object).unwrap_or_default();
            out::exact(escaped_json(&text));
            return;
        }
        out::line(format_args!("{}, {} Hz     {:.1} s", self.plan.model.name(), self.rate_hz, self.took_s));
        for file in &self.files {
            let peak = file.levels.peak_dbfs().map_or("silent".into(), |db| format!("peak {db:.1} dBFS"));
            let (clipped, sha256) = (file.levels.clipped(), file.sha256.get(..8).unwrap_or_default());
            let length_s = file.frames as f64 / f64::from(self.rate_hz.max(1));
            out::line(format_args!(
                "rendered: {}     {length_s:.1} s     {peak}     clipped {clipped}     sha256 {sha256}…",
                file.path.display()
            ));
            let pictures: Vec<_> = file.pictures.iter().map(|path| path.display().to_string()).collect();
            if !pictures.is_empty() {
                out::line(format_args!("pictures: {}", pictures.join(", ")));
            }
        }
        self.notes.iter().for_each(out::line);
    }

    /// The same for programs.
    pub fn object(&self) -> Value {
        let file = |file: &Written| {
            let mut object = json!({
                "output": file.path.display().to_string(),
                "rate_hz": self.rate_hz,
                "frames": file.frames,
                "peak_dbfs": file.levels.peak_dbfs(),
                "loudness_lufs": file.levels.loudness_lufs(),
                "clipped_samples": file.levels.clipped(),
                "sha256": file.sha256,
            });
            if !file.pictures.is_empty() {
                object["pictures"] = file.pictures.iter().map(|path| path.display().to_string()).collect();
            }
            object
        };
        json!({
            "model": self.plan.model.path.display().to_string(),
            "inputs": self.plan.inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
            "took_s": self.took_s,
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "remarks": self.notes,
        })
    }
}

//! `nn render`: what it writes, and what it says.

mod chains;
mod files;
mod formats;
mod generators;
mod in_pd;
mod interrupted;
mod measures;
mod moves;
mod pictures;

use std::path::Path;

use crate::{
    folder::{Ended, Folder},
    support::{RATE_HZ, deinterleave},
};

impl Folder {
    pub fn render(&self, words: &str) -> Ended {
        self.run(&format!("render {words}"))
    }

    /// Renders what has to go well.
    pub fn rendered(&self, words: &str) -> String {
        let ended = self.render(words);
        assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{words}: {}", ended.text);
        ended.text
    }

    /// What `--json` says of the only file.
    pub fn told(&self, words: &str) -> serde_json::Value {
        let ended = self.render(&format!("{words} --json"));
        let json: serde_json::Value = serde_json::from_str(&ended.text)
            .unwrap_or_else(|error| panic!("{error}: {}{}", ended.text, ended.errors));
        json["files"][0].clone()
    }

    pub fn write(&self, name: &str, channels: &[Vec<f32>]) {
        self.write_at(name, channels, RATE_HZ);
    }

    pub fn write_at(&self, name: &str, channels: &[Vec<f32>], sample_rate_hz: u32) {
        let spec = hound::WavSpec {
            channels: channels.len() as u16,
            sample_rate: sample_rate_hz,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let mut writer = hound::WavWriter::create(self.at(name), spec).expect("a file");
        for frame in 0..channels[0].len() {
            channels.iter().for_each(|channel| writer.write_sample(channel[frame]).expect("written"));
        }
        writer.finalize().expect("written");
    }

    pub fn read(&self, name: &str) -> Vec<Vec<f32>> {
        let mut reader =
            hound::WavReader::open(self.at(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let channels = usize::from(reader.spec().channels);
        let samples: Vec<f32> = reader.samples::<f32>().map(|sample| sample.expect("a sample")).collect();
        deinterleave(&samples, channels)
    }

    /// Everything in the folder, by name; with what is in folders of it.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, below: &str, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let name = format!("{below}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{name}/"), found);
                } else {
                    found.push(name);
                }
            }
        }
        let mut found = Vec::new();
        walk(self.path(), "", &mut found);
        found.sort();
        found
    }
}

/// White noise, half as loud as can be.
pub fn noise(seed: u64, frames: usize) -> Vec<f32> {
    nn_core::engine::noise::noise(seed, frames).into_iter().map(|sample| sample * 0.5).collect()
}

//! `nn bench`: what it measures, says and writes.

mod compared;
mod figures;
mod troubles;

use serde_json::Value;

use crate::folder::{Ended, Folder};

impl Ended {
    /// Whether it has measured, even if a busy machine left no deadline that held.
    pub fn has_measured(&self) -> bool {
        self.errors.is_empty() && matches!(self.code, Some(0 | 1))
    }
}

impl Folder {
    pub fn bench(&self, words: &str) -> Ended {
        self.run(&format!("bench {words}"))
    }

    /// What `bench.json` in a folder says.
    pub fn json(&self, folder: &str) -> Value {
        let path = self.at(folder).join("bench.json");
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str(&text).expect("JSON")
    }

    pub fn write_json(&self, name: &str, value: &Value) {
        std::fs::write(self.at(name), value.to_string()).expect("written");
    }

    pub fn files_in(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.at(folder)).into_iter().flatten().flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// Whole numbers of a list.
pub fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().expect("a list").iter().map(|number| number.as_u64().expect("a number")).collect()
}

/// Nearest rank: the smallest value of which at least this part of all is no larger. Found by counting.
pub fn at_rank(values: &[u64], part: f64) -> u64 {
    let enough = |value: &&u64| {
        let no_larger = values.iter().filter(|other| other <= value).count();
        no_larger as f64 >= part * values.len() as f64
    };
    *values.iter().filter(enough).min().expect("values")
}

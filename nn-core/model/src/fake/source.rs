//! A source that gives one model for every file.

use std::time::Duration;

use super::model::FakeModel;
use crate::{LoadError, Model, ModelLocation, ModelSource, spec::ModelSpec};

/// "Loads" a copy of one model, whatever the file is called, except where a name has a model of its own; files called
/// `missing` are missing.
#[derive(Clone, Debug)]
pub struct FakeSource {
    /// What every load gives.
    pub model: FakeModel,
    /// How long a load takes.
    pub load_time: Duration,
    /// Names with models and load times of their own.
    pub others: Vec<(String, FakeModel, Duration)>,
    /// Whether it takes too long to describe a file for a host to wait.
    pub described_late: bool,
}

impl FakeSource {
    /// A source that loads at once.
    ///
    /// Thread: any but audio.
    pub fn new(model: FakeModel) -> Self {
        Self { model, load_time: Duration::ZERO, others: Vec::new(), described_late: false }
    }

    /// The same with a model under a name of its own, which takes a time to load.
    ///
    /// Thread: any but audio.
    pub fn and(mut self, name: &str, model: FakeModel, load_time: Duration) -> Self {
        self.others.push((name.into(), model, load_time));
        self
    }

    fn find(&self, location: &ModelLocation) -> Result<(&FakeModel, Duration), LoadError> {
        let name = location.file()?.file_stem().unwrap_or_default();
        if name == "missing" {
            return Err(LoadError::Read { path: location.to_string(), what: "no such file".into() });
        }
        let other = self.others.iter().find(|(other, ..)| name == other.as_str());
        Ok(other.map_or((&self.model, self.load_time), |(_, model, time)| (model, *time)))
    }
}

impl ModelSource for FakeSource {
    /// It stands in for the first format.
    fn extensions(&self) -> Vec<&'static str> {
        vec!["ts"]
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(self.find(location)?.0.spec().clone())
    }

    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        if self.described_late { Ok(None) } else { self.describe(location).map(Some) }
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let (model, time) = self.find(location)?;
        std::thread::sleep(time);
        Ok(Box::new(model.clone()))
    }
}

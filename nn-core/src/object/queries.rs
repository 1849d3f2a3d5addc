//! Answers of a box about itself: `bang`, `dump`, `latency`, `stats`.

use super::nn_object::NnObject;
use crate::message::Atom;
use nn_engine::{
    command::{ModelDelay, Unmeasured},
    port::stream::StreamFormat,
    reconcile::no_model,
    status::LoadState,
};
use nn_model::{Device, shown::plain, spec::MethodSpec};

fn words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Atom> {
    words.map(Atom::symbol).collect()
}

fn number(number: usize) -> Atom {
    Atom::Int(number as i64)
}

/// Rounded to four decimals, which is enough for a console.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

impl NnObject {
    /// Sends the state to the information outlet: in the order of nn~ 1.6, then what that did not have.
    pub(super) fn bang(&mut self) {
        let loaded = self.is_loaded();
        self.info("loaded", vec![number(usize::from(loaded))]);
        if !loaded {
            return;
        }
        for (selector, atoms) in self.description() {
            self.info(selector, atoms);
        }
    }

    pub(super) fn is_loaded(&self) -> bool {
        let has_model = self.generator().is_some() || self.status.load_state() == LoadState::Ready;
        !self.untold && has_model
    }

    /// Sends the same and more, also to the console.
    pub(super) fn dump(&mut self) {
        for (selector, atoms) in self.dump_lines() {
            self.report(selector, atoms);
        }
    }

    /// The lines of `dump`.
    pub(super) fn dump_lines(&self) -> Vec<(&'static str, Vec<Atom>)> {
        let loaded = self.is_loaded();
        let mut lines = vec![("loaded", vec![number(usize::from(loaded))])];
        if loaded || self.is_described() {
            lines.extend(self.description());
        }
        lines
    }

    pub(super) fn description(&self) -> Vec<(&'static str, Vec<Atom>)> {
        if let Some(generator) = self.generator() {
            return generator.description();
        }
        let view = self.reconciler.view();
        let Some(info) = &view.info else { return Vec::new() };
        let (method, spec) = (info.method(), &info.spec);
        let device = if view.gpu { Device::Gpu } else { Device::Cpu };
        let attributes = if spec.attributes.is_empty() {
            // Existing patches know an empty symbol as "none".
            vec![Atom::symbol("")]
        } else {
            words(spec.attributes.iter().map(|a| a.name.as_str()))
        };
        let format = self.format();
        let mut lines = vec![
            ("enabled", vec![number(usize::from(self.status.enabled()))]),
            ("gpu", vec![number(usize::from(view.gpu))]),
            ("model", vec![Atom::symbol(info.location.to_string())]),
            ("methods", words(spec.methods.iter().map(|m| m.name.as_str()))),
            ("method", vec![Atom::symbol(method.name.clone())]),
            ("attributes", attributes),
            ("bufsize", vec![number(format.map_or(view.wanted.buffer_frames, |f| f.timing.buffer_frames))]),
            ("dim", vec![number(method.in_channels), number(method.out_channels)]),
            ("ratio", vec![number(method.in_ratio), number(method.out_ratio)]),
        ];
        if let Some(format) = format {
            lines.push(("latency", self.latency_atoms(format.latency_frames())));
        }
        // Models state -1 for "any rate".
        lines.push(("rate", vec![spec.sample_rate_hz.map_or(Atom::Int(-1), |hz| Atom::Int(i64::from(hz)))]));
        lines.push(("device", vec![Atom::symbol(device.name())]));
        if let Some((selector, told)) = self.context.source.player(&info.location) {
            lines.push((selector, told.into_iter().map(Atom::symbol).collect()));
        }
        lines.extend(self.mix_lines());
        for (selector, labels) in labels(method) {
            // Texts for people to read, not names that patches send back.
            lines.push((selector, labels.iter().map(|label| Atom::symbol(plain(label))).collect()));
        }
        lines
    }

    /// Of the stream that plays, or else of the next one.
    pub(super) fn format(&self) -> Option<StreamFormat> {
        let view = self.reconciler.view();
        view.format.or_else(|| self.reconciler.would_be(&view.info?).ok())
    }

    /// Samples in ms; 0 while the host has no rate.
    fn ms(&self, frames: usize) -> f64 {
        self.host.rate_hz().map_or(0.0, |_| frames as f64 * 1e3 / self.host.sample_rate_hz)
    }

    pub(super) fn latency_atoms(&self, frames: usize) -> Vec<Atom> {
        vec![number(frames), Atom::Float(rounded(self.ms(frames)))]
    }

    /// `latency SAMPLES MS`, and for a method with an output ratio `chained SAMPLES MS`: what it adds in a chain of
    /// boxes.
    pub(super) fn latency(&mut self) {
        let Some(format) = self.format() else {
            return self.error(no_model("latency"));
        };
        let latency_frames = format.latency_frames();
        let mut atoms = self.latency_atoms(latency_frames);
        // Each value is held for a group of samples, and the next box takes the last sample of a group. So the part
        // of the latency beyond whole groups is not heard in a chain.
        let out_ratio = self.reconciler.view().info.map_or(1, |info| info.method().out_ratio);
        if out_ratio > 1 && format.resampling.is_none() {
            atoms.push(Atom::symbol("chained"));
            atoms.extend(self.latency_atoms(latency_frames / out_ratio * out_ratio));
        }
        self.report("latency", atoms);
    }

    /// `latency measure`: measures in the background; the answer comes later.
    pub(super) fn measure_latency(&mut self) {
        if self.reconciler.measure() {
            self.measuring += 1;
        } else {
            self.error(no_model("latency"));
        }
    }

    /// `latency SAMPLES MS model SAMPLES total SAMPLES MS`.
    pub(super) fn tell_measured(&mut self, delay: Result<ModelDelay, Unmeasured>) {
        let Some(format) = self.format() else { return };
        let latency_frames = format.latency_frames();
        let delay = match delay {
            Ok(delay) => delay,
            Err(why) => return self.error(format!("latency measure: {why}: its own delay is unknown")),
        };
        // What it declares is in the latency already.
        let total = format.latency_without_model_frames() + delay.frames;
        let mut atoms = self.latency_atoms(latency_frames);
        atoms.extend([Atom::symbol("model"), number(delay.frames), Atom::symbol("total")]);
        atoms.extend(self.latency_atoms(total));
        self.report("latency", atoms);
    }

    /// `stats` and pairs of name and number.
    pub(super) fn stats(&mut self) {
        let status = &self.status;
        let blocks = status.counts().buffers;
        let compute_ms = status.counts().compute_ns as f64 * 1e-6;
        let mean_ms = if blocks == 0 { 0.0 } else { compute_ms / blocks as f64 };
        let buffer_ms = self.format().map_or(0.0, |format| self.ms(format.timing.buffer_frames));
        let rtf = if buffer_ms == 0.0 { 0.0 } else { mean_ms / buffer_ms };
        let counts = [
            ("blocks", blocks),
            ("late", status.counts().late),
            ("dropped", status.counts().dropped),
            ("faults", status.counts().faults),
            ("nonfinite", status.counts().non_finite),
            ("errors", self.repeated_errors),
            ("idle", status.counts().idle),
        ];
        let mut atoms: Vec<Atom> = counts
            .into_iter()
            .flat_map(|(name, count)| [Atom::symbol(name), Atom::Int(count as i64)])
            .collect();
        let times =
            [("mean_ms", mean_ms), ("worst_ms", status.counts().worst_ns as f64 * 1e-6), ("rtf", rtf)];
        let memory = nn_process::memory::resident_mb().map(|mb| ("memory_mb", mb));
        atoms.extend(
            times
                .into_iter()
                .chain(memory)
                .flat_map(|(name, value)| [Atom::symbol(name), Atom::Float(rounded(value))]),
        );
        self.report("stats", atoms);
    }
}

fn labels(method: &MethodSpec) -> Vec<(&'static str, &Vec<String>)> {
    [("input_labels", &method.input_labels), ("output_labels", &method.output_labels)]
        .into_iter()
        .filter(|(_, labels)| !labels.is_empty())
        .collect()
}

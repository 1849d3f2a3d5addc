//! What hosts show and store of a box besides its sound: switches, presets, hints at inlets and outlets. Main thread.

use super::{generator_box::GeneratorBox, nn_object::NnObject, replies::atoms};
use crate::message::Atom;
use nn_engine::{layout::BoxKind, port::stream::StreamFormat, reconcile::Deadline, timing::HostFormat};
use nn_model::{shown::plain, value::Value};

impl NnObject {
    /// Whether `gpu 1` is set.
    ///
    /// Thread: main.
    pub fn wants_gpu(&self) -> bool {
        self.reconciler.view().wanted.gpu
    }

    /// Whether `resample 1` is set.
    ///
    /// Thread: main.
    pub fn wants_resampling(&self) -> bool {
        self.reconciler.view().wanted.resample
    }

    /// The stream that plays, or will play: buffer, latency, resampling. `None` before a model is there.
    ///
    /// Thread: main.
    pub fn stream_format(&self) -> Option<StreamFormat> {
        self.reconciler.view().format
    }

    /// The latency in samples that a box with this model would have in that host, of a method and with a requested buffer; `None`
    /// without a loaded model of that method, and where there is no such buffer. 0 is a buffer without a worker.
    ///
    /// Thread: main.
    pub fn latency_of(&self, method: &str, buffer_frames: usize, host: HostFormat) -> Option<usize> {
        self.reconciler.latency_frames(method, buffer_frames, host)
    }

    /// Whether `track 1` is set.
    ///
    /// Thread: main.
    pub fn tracks(&self) -> bool {
        self.tracks
    }

    /// The deadline as an argument of `deadline`.
    ///
    /// Thread: main.
    pub fn deadline(&self) -> Atom {
        match self.reconciler.view().wanted.deadline {
            Deadline::Buffer => Atom::symbol("buffer"),
            Deadline::Auto => Atom::symbol("auto"),
            Deadline::Frames(frames) => Atom::Int(frames as i64),
        }
    }

    /// The attributes of the model that were set, as one list for a preset: name, number of values, values, and so
    /// on. Sound buffers are left out.
    ///
    /// Thread: main.
    pub fn preset(&self) -> Vec<Atom> {
        let is_plain = |value: &Value| !matches!(value, Value::Tensor(_) | Value::Buffer(_));
        let mut list = Vec::new();
        let rendered = self.generator().map(GeneratorBox::all_set).unwrap_or_default();
        let settings = self.reconciler.settings();
        let played = settings.iter().map(|(name, values)| (name, &values[..]));
        let rendered = rendered.iter().map(|(name, values)| (name.as_str(), &values[..]));
        for (name, values) in played.chain(rendered).filter(|(_, values)| !values.is_empty()) {
            if values.iter().all(is_plain) {
                let values: Vec<_> = values.iter().flat_map(atoms).collect();
                list.extend([Atom::symbol(name), Atom::Int(values.len() as i64)]);
                list.extend(values);
            }
        }
        list
    }

    /// Sets the attributes of a list from [`NnObject::preset`]. Stops at the first invalid entry, with an error.
    ///
    /// Thread: main.
    pub fn recall(&mut self, mut preset: &[Atom]) {
        while let [first, count, rest @ ..] = preset {
            let count = count.number().filter(|n| *n >= 1.0 && n.fract() == 0.0).map(|n| n as usize);
            let (Atom::Symbol(_), Some(count)) = (first, count.filter(|&n| n <= rest.len())) else { break };
            let (values, after) = rest.split_at(count);
            let mut message = vec![first.clone()];
            message.extend_from_slice(values);
            // This message searches for no file.
            self.handle("set", &message, &|_: &str| None);
            preset = after;
        }
        if let Some(atom) = preset.first() {
            self.error(format!("preset: '{atom}' is no attribute with its number of values: store it again"));
        }
    }

    /// What an inlet expects, in a few words.
    ///
    /// Thread: main.
    pub fn inlet_hint(&self, inlet: usize) -> String {
        if self.generator().is_some() {
            return if inlet == 0 { "messages".into() } else { "not used by this model".into() };
        }
        let info = self.reconciler.view().info;
        let labels = info.as_ref().map_or(&[][..], |info| &info.method().input_labels);
        let wanted = info.as_ref().map_or(self.inlets, |info| self.inlets_for(info));
        let signal = self.hint(inlet, wanted, labels, "input");
        if inlet == 0 { format!("messages, {signal}") } else { signal }
    }

    /// What an outlet sends, in a few words; the one after the last signal is the information outlet.
    ///
    /// Thread: main.
    pub fn outlet_hint(&self, outlet: usize) -> String {
        if outlet == self.outlets {
            return "information".into();
        }
        let info = self.reconciler.view().info;
        let labels = info.as_ref().map_or(&[][..], |info| &info.method().output_labels);
        let wanted = info.as_ref().map_or(self.outlets, |info| self.outlets_for(info));
        self.hint(outlet, wanted, labels, "output")
    }

    fn hint(&self, port: usize, used: usize, labels: &[String], side: &str) -> String {
        let number = port + 1;
        let what = match self.kind {
            BoxKind::Nn => format!("signal: model {side} {number}"),
            BoxKind::NnMulti => format!("multichannel signal: all model {side}s"),
            BoxKind::Mc => format!("multichannel signal: model {side} {number} of every example"),
            BoxKind::Mcs => format!("multichannel signal: all model {side}s of example {number}"),
        };
        let by_port = matches!(self.kind, BoxKind::Nn | BoxKind::Mc);
        match labels.get(port).filter(|_| by_port) {
            _ if port >= used => format!("{what} (not used by this method)"),
            Some(label) => format!("{what}, {}", plain(label)),
            None => what,
        }
    }
}

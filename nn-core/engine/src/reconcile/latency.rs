//! The latency that a box with the loaded model would have, in another host and with another buffer.

use super::{Config, MethodConfig, Reconciler};
use crate::timing::HostFormat;
use nn_model::Device;

impl Reconciler {
    /// The latency in host samples of a method with a requested buffer, what the model declares included; `None` without a loaded
    /// model of that method, and where there is no such buffer. Main thread.
    pub fn latency_frames(&self, method: &str, buffer_frames: usize, host: HostFormat) -> Option<usize> {
        let (template, mut info, wanted) = {
            let state = self.lock();
            let info = state.info.clone().filter(|info| info.loaded)?;
            (state.template.clone(), info, Config { buffer_frames, host, ..state.wanted.clone() })
        };
        let method = MethodConfig { name: method.to_owned(), asked_for: true };
        info.method = method.find(&info.location, &info.spec).ok()?;
        let declares = info.delay_frames.take().is_some();
        let format = wanted.format(self.context.kind, &info, None).ok()?;
        // It is another one at another rate and with another buffer.
        if let Some(template) = template.filter(|_| declares) {
            let mut copy = template.fork_to(Device::Cpu).ok()?;
            if let Some(hz) = wanted.rate_hz(&info.spec).filter(|_| info.spec.takes_sample_rate) {
                copy.set_sample_rate(hz).ok()?;
            }
            let shape = format.model_shape();
            copy.make_ready(info.method, shape.batch, shape.buffer_frames / info.method().in_ratio);
            info.delay_frames = copy.delay_frames();
        }
        wanted.format(self.context.kind, &info, None).ok().map(|format| format.latency_frames())
    }
}

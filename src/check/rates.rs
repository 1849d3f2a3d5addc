//! The rates and buffers at which methods are tried.

use nn_core::spec::ModelSpec;

/// Hosts run at one of these.
pub const RATES_HZ: [u32; 2] = [44_100, 48_000];

/// Every rate with every buffer: those that a model is bound to, otherwise those of hosts and this buffer.
pub fn pairs(spec: &ModelSpec, buffer_frames: usize) -> Vec<(u32, usize)> {
    let own = |natives: &[u32]| if natives.is_empty() { RATES_HZ.to_vec() } else { natives.to_vec() };
    let native = &spec.native;
    let any = [buffer_frames];
    let buffers: &[usize] = if native.buffers_frames.is_empty() { &any } else { &native.buffers_frames };
    own(&native.rates_hz)
        .into_iter()
        .flat_map(|rate| buffers.iter().map(move |&frames| (rate, frames)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn_core::effect::Native;

    #[test]
    fn a_model_is_tried_at_every_pair_of_its_own_rates_and_buffers() {
        let of = |rates_hz: &[u32], buffers_frames: &[usize]| {
            let native = Native {
                rates_hz: rates_hz.into(),
                buffers_frames: buffers_frames.into(),
                ..Native::default()
            };
            pairs(&ModelSpec { native, ..ModelSpec::default() }, 4096)
        };
        assert_eq!(of(&[], &[]), [(44_100, 4096), (48_000, 4096)]);
        assert_eq!(of(&[22_050], &[]), [(22_050, 4096)]);
        assert_eq!(of(&[48_000], &[512, 2048]), [(48_000, 512), (48_000, 2048)]);
    }
}

//! Audio: how Max builds its chain, and the callback. The callback reads all inputs, then writes all outputs.
#![allow(unsafe_code)]

use std::ffi::{c_long, c_short, c_void};

use nn_core::{
    guard::guarded,
    object::{HostFormat, NnObject},
    port::sample::{Inputs, Outputs},
};

use crate::{
    channels::{Layout, Port},
    ffi,
    instance::{Instance, Main},
};

/// The vectors of one block.
struct Signals<'a> {
    ports: &'a [Port],
    /// Which inlets have a signal; all where it is shorter.
    connected: &'a [bool],
    vectors: *mut *mut f64,
    /// How many there are, whatever the layout says.
    count: usize,
    frames: usize,
}

impl Signals<'_> {
    fn start(&self, port: usize, channel: usize) -> Option<*mut f64> {
        let port = self.ports.get(port).filter(|port| channel < port.channels)?;
        let index = Some(port.first + channel).filter(|&index| index < self.count)?;
        // SAFETY: Max passes as many vectors as it says.
        Some(unsafe { *self.vectors.add(index) }).filter(|start| !start.is_null())
    }
}

impl Inputs<f64> for Signals<'_> {
    fn channels(&self, inlet: usize) -> usize {
        self.ports.get(inlet).map_or(0, |port| port.channels)
    }

    fn channel(&self, inlet: usize, channel: usize) -> Option<&[f64]> {
        if self.connected.get(inlet) == Some(&false) {
            return None;
        }
        let start = self.start(inlet, channel)?;
        // SAFETY: every vector has this many samples in this block; no output is written while this borrow lives.
        Some(unsafe { std::slice::from_raw_parts(start, self.frames) })
    }
}

impl Outputs<f64> for Signals<'_> {
    fn outlets(&self) -> usize {
        self.ports.len()
    }

    fn channels(&self, outlet: usize) -> usize {
        self.ports.get(outlet).map_or(0, |port| port.channels)
    }

    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [f64]> {
        let start = self.start(outlet, channel)?;
        // SAFETY: as above; outlets have vectors of their own, and inputs are no longer read.
        Some(unsafe { std::slice::from_raw_parts_mut(start, self.frames) })
    }
}

/// A signal at an inlet gets another number of channels. Answers whether outlets may too.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn input_changed(instance: *mut Instance, inlet: c_long, channels: c_long) -> isize {
    guarded(0, || {
        // SAFETY: a live box.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return 0 };
        let changed = state.main.try_with(|main| {
            let before = main.object.reported_outlet_channels();
            let inlet = usize::try_from(inlet).unwrap_or(usize::MAX);
            if let Some(known) = main.inlet_channels.get_mut(inlet) {
                *known = usize::try_from(channels).unwrap_or(1).max(1);
            }
            offer(main);
            // Settled here, for all outlets; whoever was told nothing yet will ask.
            before != 0 && main.object.outlet_channels() != before
        });
        changed.unwrap_or(false).into()
    })
}

/// How many channels an outlet has.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn multichannel_outputs(instance: *mut Instance, _outlet: c_long) -> isize {
    guarded(1, || {
        // SAFETY: a live box.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return 1 };
        // The same for each outlet, however much has faded out meanwhile: another number comes with another build.
        let settled = |main: &mut Main| match main.object.reported_outlet_channels() {
            0 => main.object.outlet_channels(),
            told => told,
        };
        state.main.try_with(|main| settled(main) as isize).unwrap_or(1)
    })
}

fn offer(main: &mut Main) {
    let most = main.inlet_channels.iter().copied().max().unwrap_or(1);
    main.object.offered_channels(most);
}

/// Max builds its chain: prepare the box, enter the chain.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box and the chain that is being built.
pub unsafe extern "C" fn dsp64(
    instance: *mut Instance,
    dsp64: *mut ffi::Object,
    connected: *mut c_short,
    sample_rate_hz: f64,
    vector_frames: c_long,
    _flags: c_long,
) {
    guarded((), || {
        // SAFETY: a live box; nothing in here sends messages to patches.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return };
        let format = HostFormat { sample_rate_hz, block_frames: usize::try_from(vector_frames).unwrap_or(0) };
        let layout = state.main.try_with(|main| {
            let (inlets, outlets) = (main.object.inlets(), main.object.outlets());
            let count =
                |message, ports| (0..ports).map(|port| channels(dsp64, message, instance, port)).collect();
            main.inlet_channels = count(c"getnuminputchannels", inlets);
            offer(main);
            // SAFETY: Max passes a number for each inlet and outlet that takes signals, 0 for those without one.
            let connected =
                (0..inlets).map(|at| connected.is_null() || unsafe { *connected.add(at) } != 0).collect();
            let layout = if main.object.is_multichannel() {
                let outlets: Vec<_> = count(c"getnumoutputchannels", outlets);
                Layout::new(&main.inlet_channels, connected, &outlets)
            } else {
                // Of every signal the first channel.
                Layout::new(&vec![1; inlets], connected, &vec![1; outlets])
            };
            begin(&mut main.object, format);
            // What there is to say waits: Max is in the midst of building its chain.
            state.scheduler.wake_in(0.0);
            let known = main.layouts.iter().position(|known| **known == layout);
            let index = known.unwrap_or_else(|| {
                main.layouts.push(Box::new(layout));
                main.layouts.len() - 1
            });
            &raw const *main.layouts[index]
        });
        let Some(layout) = layout else { return };
        // SAFETY: the routine has the signature that Max calls it with; the layout lives as long as the box.
        unsafe {
            let routine: ffi::Perform<Instance> = perform;
            ffi::dsp_add64(dsp64, instance.cast(), routine as *const c_void, 0, layout.cast_mut().cast());
        }
    });
}

/// Asks the chain for the channels of a port of the box.
fn channels(
    dsp64: *mut ffi::Object,
    message: &std::ffi::CStr,
    instance: *mut Instance,
    port: usize,
) -> usize {
    // SAFETY: the chain that is being built takes this message with a box and the number of a port.
    let channels = unsafe { ffi::object_method(dsp64.cast(), message, instance.cast(), port as *mut c_void) };
    (channels as usize).max(1)
}

fn begin(object: &mut NnObject, format: HostFormat) {
    object.prepare(format, now_ms());
}

/// The scheduler's time in ms.
pub fn now_ms() -> f64 {
    let mut now_ms = 0.0;
    // SAFETY: writes the number.
    unsafe { ffi::clock_getftime(&raw mut now_ms) };
    now_ms
}

/// One block. Audio thread: touches the audio side of the box and nothing of Max.
///
/// # Safety
/// To be called by Max with what was given to `dsp_add64`, and as many vectors of as many samples as it says.
unsafe extern "C" fn perform(
    instance: *mut Instance,
    _dsp64: *mut ffi::Object,
    inputs: *mut *mut f64,
    input_count: c_long,
    outputs: *mut *mut f64,
    output_count: c_long,
    frames: c_long,
    _flags: c_long,
    layout: *mut c_void,
) {
    guarded((), || {
        // SAFETY: the layout given to `dsp_add64`; Max keeps the box alive while it is in the chain.
        let (layout, state) = unsafe { (&*layout.cast::<Layout>(), Instance::state(instance)) };
        let signals = |ports, vectors, count| Signals {
            ports,
            connected: &layout.connected,
            vectors,
            count: usize::try_from(count).unwrap_or(0),
            frames: usize::try_from(frames).unwrap_or(0),
        };
        let inputs = signals(&layout.inlets, inputs, input_count);
        let every = [Port { first: 0, channels: usize::try_from(output_count).unwrap_or(0) }];
        let played = state.and_then(|state| {
            state.own.audio.try_with(|port| {
                let mut outputs = signals(&layout.outlets, outputs, output_count);
                port.play(inputs.frames, &inputs, &mut outputs);
            })
        });
        if played.is_none() {
            // A second chain at the same time.
            nn_core::port::silence(&mut signals(&every, outputs, output_count));
        }
    });
}

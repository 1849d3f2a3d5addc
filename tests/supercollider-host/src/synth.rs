//! A synth with one unit, in the memory that a server gives it.

use std::{mem::size_of, ptr, time::Instant};

use crate::{
    abi::{AUDIO, CONTROL, Graph, Rate, SCALAR, Unit, Wire, World},
    count,
    host::{Class, host},
    inside::Inside,
    ugen::{Input, Ugen},
};

/// Stands where nothing was written.
const UNWRITTEN: f32 = f32::from_bits(0x7fc0_dead);
/// So many of these lie behind every block.
const GUARDS: usize = 4;

/// A synth.
pub struct Synth {
    pub node: i32,
    pub paused: bool,
    pub inputs: Vec<Input>,
    pub heard: Vec<Vec<f32>>,
    /// What blocks took, in ns, where that is measured.
    pub took_ns: Vec<u64>,
    class: Class,
    ugen: Ugen,
    unit: *mut Unit,
    is_made: bool,
    blocks: usize,
    block_frames: usize,
    // What follows is what the unit points to.
    graph: Box<Graph>,
    wires: Box<[Wire]>,
    input_wires: Box<[*mut Wire]>,
    output_wires: Box<[*mut Wire]>,
    samples: Vec<Box<[f32]>>,
    outputs: Vec<Box<[f32]>>,
    in_buffers: Box<[*mut f32]>,
    out_buffers: Box<[*mut f32]>,
}

// SAFETY: all its pointers lead into its own memory, that of the pool and the world, and one thread at a time uses it.
unsafe impl Send for Synth {}

impl Synth {
    /// A new one, whose constructor has not run; nothing where there is no memory or no such class.
    pub fn new(world: *mut World, node: i32, ugen: Ugen) -> Option<Self> {
        let class = host().class(&ugen.class)?;
        // SAFETY: the server's world.
        let (inside, block_frames) = unsafe { (Inside::of(world), (*world).full_rate.block_frames as usize) };
        let unit = inside.pool.lock().take(class.bytes.max(size_of::<Unit>()))?.cast::<Unit>();
        let block = || vec![UNWRITTEN; block_frames + GUARDS].into_boxed_slice();
        let rates = ugen.inputs.iter().map(rate_of).chain(std::iter::repeat_n(ugen.rate, ugen.outputs));
        let wires = rates.map(|rate| Wire {
            from: ptr::null_mut(),
            calc_rate: rate.into(),
            buffer: ptr::null_mut(),
            scalar: UNWRITTEN,
        });
        let graph = Graph { node, hash: 0, world, rest: [0; 6] };
        let mut synth = Self {
            node,
            paused: false,
            inputs: ugen.inputs.clone(),
            heard: vec![Vec::new(); ugen.outputs],
            took_ns: Vec::new(),
            unit,
            is_made: false,
            blocks: 0,
            block_frames,
            graph: Box::new(graph),
            wires: wires.collect(),
            input_wires: Box::default(),
            output_wires: Box::default(),
            samples: ugen.inputs.iter().map(|_| block()).collect(),
            outputs: (0..ugen.outputs).map(|_| block()).collect(),
            in_buffers: Box::default(),
            out_buffers: Box::default(),
            class,
            ugen,
        };
        synth.connect();
        synth.fill_unit(world);
        Some(synth)
    }

    /// Wires and buffers.
    fn connect(&mut self) {
        let count = self.inputs.len();
        self.in_buffers = self.samples.iter_mut().map(|samples| samples.as_mut_ptr()).collect();
        self.out_buffers = self.outputs.iter_mut().map(|samples| samples.as_mut_ptr()).collect();
        if self.ugen.shares_memory {
            let audio = (0..count).filter(|input| matches!(self.inputs[*input], Input::Audio(_)));
            for (output, input) in self.out_buffers.iter_mut().zip(audio) {
                *output = self.in_buffers[input];
            }
        }
        for (number, wire) in self.wires.iter_mut().enumerate() {
            wire.buffer = match number.checked_sub(count) {
                Some(output) => self.out_buffers[output],
                None => self.in_buffers[number],
            };
            if let Some(Input::Constant(value)) = self.inputs.get(number) {
                wire.scalar = *value;
                self.samples[number][0] = *value;
            }
        }
        let mut wires = self.wires.iter_mut().map(|wire| wire as *mut Wire).collect::<Vec<_>>();
        self.output_wires = wires.split_off(count).into();
        self.input_wires = wires.into();
    }

    /// The unit's head; the rest of its memory stays garbage.
    fn fill_unit(&mut self, world: *mut World) {
        let is_audio = self.ugen.rate == AUDIO;
        // SAFETY: the world lives longer than this synth; the unit's memory is as large as its class says.
        unsafe {
            let rate: *mut Rate =
                if is_audio { &raw mut (*world).full_rate } else { &raw mut (*world).buffer_rate };
            self.unit.write(Unit {
                world,
                definition: ptr::null_mut(),
                parent: &raw mut *self.graph,
                num_inputs: self.inputs.len() as u32,
                num_outputs: self.outputs.len() as u32,
                calc_rate: self.ugen.rate,
                special_index: 0,
                parent_index: 0,
                done: 0,
                input: self.input_wires.as_mut_ptr(),
                output: self.output_wires.as_mut_ptr(),
                rate,
                extensions: ptr::null_mut(),
                in_buffers: self.in_buffers.as_mut_ptr(),
                out_buffers: self.out_buffers.as_mut_ptr(),
                calc: None,
                block_frames: (*rate).block_frames,
            });
        }
    }

    /// One block; before the first the constructor runs. `counted`: what the plug-in calls is counted.
    pub fn block(&mut self, counted: bool) {
        if self.paused {
            return;
        }
        self.feed();
        if !self.is_made {
            self.is_made = true;
            self.clear();
            let before = count::mark(counted.into());
            // SAFETY: memory of the class's size, with its head.
            unsafe { (self.class.construct)(self.unit) };
            count::mark(before);
            self.check("constructor", 1);
            // What it wrote over the inputs' samples.
            self.feed();
        }
        self.clear();
        // SAFETY: a live unit, which the plug-in has made.
        let (calc, frames) = unsafe { ((*self.unit).calc, (*self.unit).block_frames) };
        let Some(calc) = calc else { return host().breach("a constructor left no function for blocks") };
        let begin = self.ugen.is_timed.then(Instant::now);
        let before = count::mark(counted.into());
        // SAFETY: as above.
        unsafe { calc(self.unit, frames) };
        count::mark(before);
        self.took_ns.extend(begin.map(|begin| begin.elapsed().as_nanos() as u64));
        self.check("block", frames as usize);
        self.blocks += 1;
        if self.ugen.is_recorded {
            for (heard, output) in self.heard.iter_mut().zip(&self.out_buffers) {
                // SAFETY: a block of samples, of this synth.
                heard.extend_from_slice(unsafe { std::slice::from_raw_parts(*output, frames as usize) });
            }
        }
    }

    /// Runs the destructor, if the constructor ran, and gives the memory back.
    pub fn free(mut self, counted: bool) {
        if self.is_made {
            let before = count::mark(counted.into());
            if let Some(destruct) = self.class.destruct {
                // SAFETY: a unit that the plug-in has made, which nobody uses any more.
                unsafe { destruct(self.unit) };
            }
            count::mark(before);
        }
        // SAFETY: the world lives longer than this synth.
        let inside = unsafe { Inside::of(self.graph.world) };
        inside.pool.lock().give_back(self.unit.cast());
        self.unit = ptr::null_mut();
    }

    /// Whether the unit says that it has finished.
    pub fn is_done(&self) -> bool {
        // SAFETY: a live unit.
        self.is_made && unsafe { (*self.unit).done != 0 }
    }

    /// The inputs of this block.
    fn feed(&mut self) {
        for (input, samples) in self.inputs.iter().zip(&mut self.samples) {
            match input {
                Input::Constant(_) => {}
                Input::Control(values) => samples[0] = values[self.blocks % values.len()],
                Input::Audio(values) => {
                    let at = self.blocks * self.block_frames;
                    for (frame, sample) in samples[..self.block_frames].iter_mut().enumerate() {
                        *sample = values[(at + frame) % values.len()];
                    }
                }
            }
        }
    }

    fn clear(&mut self) {
        self.outputs.iter_mut().for_each(|output| output.fill(UNWRITTEN));
    }

    /// Notes what was not written, and what was written behind its end.
    fn check(&self, what: &str, frames: usize) {
        let is = |sample: &f32| sample.to_bits() == UNWRITTEN.to_bits();
        for output in 0..self.outputs.len() {
            // SAFETY: memory of this synth, of a block and its guards.
            let memory =
                unsafe { std::slice::from_raw_parts(self.out_buffers[output], self.block_frames + GUARDS) };
            let shared = self.ugen.shares_memory
                && self.out_buffers[output] != self.outputs[output].as_ptr().cast_mut();
            if memory[..frames].iter().any(is) {
                host().breach(format!("{what}: output {output} was not written to its end"));
            }
            let end = if shared { self.block_frames } else { frames };
            if !memory[end..].iter().all(is) {
                host().breach(format!("{what}: written behind output {output}"));
            }
        }
        for (number, samples) in self.samples.iter().enumerate() {
            let frames = if matches!(self.inputs[number], Input::Audio(_)) { self.block_frames } else { 1 };
            if !samples[frames..].iter().all(is) {
                host().breach(format!("{what}: written behind input {number}"));
            }
        }
    }
}

fn rate_of(input: &Input) -> i16 {
    match input {
        Input::Constant(_) => SCALAR,
        Input::Control(_) => CONTROL,
        Input::Audio(_) => AUDIO,
    }
}

//! Sound: building a chain, and playing it block by block.

use std::{
    collections::HashMap,
    ffi::{c_int, c_long, c_short, c_void},
};

use parking_lot::{Mutex, MutexGuard};

use crate::{
    abi::{Address, MC_INLETS, NO_INPLACE, PxObject},
    breaches::breach,
    count, methods,
    threads::{ANYWHERE_BUT_AUDIO, MAIN, MAIN_OR_SCHEDULER},
    world::{
        dsp::{Building, Entry, Format},
        instance::Instance,
        world,
    },
};

/// What goes into an object, and what came out.
#[derive(Default)]
pub struct Feed {
    pub input: Vec<Vec<f64>>,
    pub at: usize,
    pub heard: Vec<Vec<f64>>,
    pub records: bool,
    /// Plays its input again and again.
    pub repeats: bool,
}

/// The chain that plays. Locked while a block is played.
#[derive(Default)]
pub struct Running {
    entries: Vec<Entry>,
    pub feeds: HashMap<Address, Feed>,
}

static RUNNING: Mutex<Option<Running>> = Mutex::new(None);

/// The chain, when no block is being played.
pub fn running() -> impl std::ops::DerefMut<Target = Running> {
    struct Guard(MutexGuard<'static, Option<Running>>);
    impl std::ops::Deref for Guard {
        type Target = Running;
        fn deref(&self) -> &Running {
            self.0.as_ref().expect("there is one")
        }
    }
    impl std::ops::DerefMut for Guard {
        fn deref_mut(&mut self) -> &mut Running {
            self.0.as_mut().expect("there is one")
        }
    }
    let mut guard = RUNNING.lock();
    guard.get_or_insert_default();
    Guard(guard)
}

unsafe fn misc(object: Address) -> c_short {
    (*(object as *const PxObject)).misc
}

/// Builds the chain of all audio objects; the old one plays until the new one is there.
pub fn build() {
    let (objects, format, chain) = {
        let mut world = world();
        world.dsp.broken = false;
        world.dsp.on = true;
        let audio = |(&address, instance): (&Address, &Instance)| {
            (world.classes[instance.class].is_audio && !instance.being_freed && !instance.being_made)
                .then_some(address)
        };
        let objects: Vec<Address> = world.instances.iter().filter_map(audio).collect();
        let chain = unsafe { libc::calloc(1, 64) } as Address;
        world.dsp.building =
            Some(Building { chain, object: 0, inputs: Vec::new(), outputs: Vec::new(), entries: Vec::new() });
        (objects, world.dsp.format, chain)
    };
    for object in objects {
        unsafe { enter(object, format, chain) };
    }
    let entries = {
        let mut world = world();
        let built = world.dsp.building.take().expect("it was being built");
        world.dsp.in_chain = built.entries.iter().map(|entry| entry.object).collect();
        built.entries
    };
    running().entries = entries;
}

type InputChanged = unsafe extern "C" fn(*mut c_void, c_long, c_long) -> isize;
type Outputs = unsafe extern "C" fn(*mut c_void, c_long) -> isize;
type Dsp64 = unsafe extern "C" fn(*mut c_void, *mut c_void, *mut c_short, f64, c_long, c_long);

unsafe fn enter(object: Address, format: Format, chain: Address) {
    let pointer = object as *mut c_void;
    let (inlets, wires, outlets) = {
        let world = world();
        let instance = &world.instances[&object];
        let wire = |inlet| world.dsp.wires.get(&(object, inlet)).copied();
        let wires: Vec<Option<usize>> = (0..instance.signal_inlets).map(wire).collect();
        let kinds: Vec<String> =
            instance.outlets.iter().rev().map(|outlet| world.outlets[outlet].kind.clone()).collect();
        let signals: Vec<String> = kinds.into_iter().filter(|kind| kind.contains("signal")).collect();
        (instance.signal_inlets, wires, signals)
    };
    let takes_all = misc(object) & MC_INLETS != 0;
    if takes_all && let Some(code) = methods::find(object, "inputchanged") {
        let code: InputChanged = std::mem::transmute(code);
        for (inlet, channels) in wires.iter().enumerate() {
            if let Some(channels) = channels {
                code(pointer, inlet as c_long, *channels as c_long);
            }
        }
    }
    let outputs_of = methods::find(object, "multichanneloutputs");
    let channels_of = |(index, kind): (usize, &String)| match (kind.as_str(), outputs_of) {
        ("multichannelsignal", Some(code)) => {
            let code: Outputs = std::mem::transmute(code);
            let channels = code(pointer, index as c_long);
            if !(1..=1024).contains(&channels) {
                breach(format!("multichanneloutputs answers {channels}"));
            }
            channels.clamp(1, 1024) as usize
        }
        _ => 1,
    };
    let outputs: Vec<usize> = outlets.iter().enumerate().map(channels_of).collect();
    let mut count: Vec<c_short> = wires.iter().map(|wire| wire.is_some().into()).collect();
    count.extend(outputs.iter().map(|_| 1));
    let inputs: Vec<usize> = wires.iter().map(|wire| wire.unwrap_or(1).max(1)).collect();
    {
        let mut world = world();
        let building = world.dsp.building.as_mut().expect("it is being built");
        building.object = object;
        building.inputs = if takes_all { inputs } else { vec![1; inlets] };
        building.outputs = outputs;
    }
    let Some(code) = methods::find(object, "dsp64") else { return };
    let code: Dsp64 = std::mem::transmute(code);
    let vector = format.vector_frames as c_long;
    code(pointer, chain as *mut c_void, count.as_mut_ptr(), format.rate_hz, vector, 0);
}

/// Messages to the chain that is being built.
pub fn chain_method(address: Address, message: &str, p: [*mut c_void; 8]) -> Option<*mut c_void> {
    let mut world = world();
    let wires = world.dsp.wires.clone();
    let building = world.dsp.building.as_mut().filter(|building| building.chain == address)?;
    let port = p[1] as usize;
    let answer = match message {
        "getnuminputchannels" => {
            let wired = wires.get(&(building.object, port)).copied();
            wired.unwrap_or(1).max(1)
        }
        "getnumoutputchannels" => building.outputs.get(port).copied().unwrap_or(0),
        "dsp_add64" => {
            add(building, p[0] as Address, p[1] as Address, p[2] as usize, p[3] as Address);
            0
        }
        _ => 0,
    };
    drop(world);
    MAIN.check("a message to the chain");
    Some(answer as *mut c_void)
}

fn add(building: &mut Building, object: Address, routine: Address, flags: usize, user: Address) {
    building.entries.push(Entry {
        object,
        routine,
        flags,
        user,
        input_lanes: building.inputs.iter().sum(),
        output_lanes: building.outputs.iter().sum(),
    });
}

#[unsafe(no_mangle)]
extern "C" fn dsp_add64(
    chain: *mut c_void,
    object: *mut c_void,
    routine: Address,
    flags: c_long,
    user: *mut c_void,
) {
    MAIN.check("dsp_add64");
    let mut locked = world();
    let building = locked.dsp.building.as_mut().filter(|building| building.chain == chain as Address);
    let Some(building) = building else {
        drop(locked);
        return breach("dsp_add64 while no chain is built".into());
    };
    add(building, object as Address, routine, flags as usize, user as Address);
}

/// What an output holds before it is written: a NaN that nobody computes.
const POISON: u64 = 0x7FF8_DEAD_BEEF_5A5A;
/// What stands behind every vector.
const GUARD: [f64; 4] = [1.25e-300, -3.5e-300, 7.75e-300, -1.5e-300];

type Routine = unsafe extern "C" fn(
    *mut c_void,
    *mut c_void,
    *mut *mut f64,
    c_long,
    *mut *mut f64,
    c_long,
    c_long,
    c_long,
    *mut c_void,
);

/// Plays one block of all objects. On the audio thread.
pub fn play_block(frames: usize) {
    let mut running = running();
    let Running { entries, feeds } = &mut *running;
    let mut silent = Feed::default();
    for entry in entries.iter() {
        let feed = feeds.get_mut(&entry.object).unwrap_or(&mut silent);
        unsafe { play_entry(entry, feed, frames) };
    }
    for feed in feeds.values_mut() {
        feed.at += frames;
    }
}

unsafe fn play_entry(entry: &Entry, feed: &mut Feed, frames: usize) {
    let in_place = misc(entry.object) & NO_INPLACE == 0;
    let lane = |lane: usize| -> Vec<f64> {
        let signal = feed.input.get(lane).map_or(&[][..], Vec::as_slice);
        let sample = |n: usize| match (feed.repeats, signal.len()) {
            (true, length @ 1..) => signal[(feed.at + n) % length],
            _ => signal.get(feed.at + n).copied().unwrap_or(0.0),
        };
        (0..frames).map(sample).chain(GUARD).collect()
    };
    let mut inputs: Vec<Vec<f64>> = (0..entry.input_lanes).map(lane).collect();
    let poisoned = || [f64::from_bits(POISON)].into_iter().cycle().take(frames).chain(GUARD).collect();
    let mut outputs: Vec<Vec<f64>> = (0..entry.output_lanes).map(|_| poisoned()).collect();
    let mut ins: Vec<*mut f64> = inputs.iter_mut().map(|lane| lane.as_mut_ptr()).collect();
    let mut outs: Vec<*mut f64> = outputs.iter_mut().map(|lane| lane.as_mut_ptr()).collect();
    if in_place {
        for (out, input) in outs.iter_mut().zip(&ins) {
            *out = *input;
        }
    }
    if (*(entry.object as *const PxObject)).disabled == 0 {
        let routine: Routine = std::mem::transmute(entry.routine);
        let inside = count::enter();
        routine(
            entry.object as *mut c_void,
            std::ptr::null_mut(),
            ins.as_mut_ptr(),
            ins.len() as c_long,
            outs.as_mut_ptr(),
            outs.len() as c_long,
            frames as c_long,
            entry.flags as c_long,
            entry.user as *mut c_void,
        );
        count::resume(inside);
    } else {
        outs.iter().for_each(|&out| std::slice::from_raw_parts_mut(out, frames).fill(0.0));
    }
    if feed.heard.len() != outs.len() {
        feed.heard.resize(outs.len(), Vec::new());
    }
    for (number, (&out, heard)) in outs.iter().zip(&mut feed.heard).enumerate() {
        let samples = std::slice::from_raw_parts(out, frames);
        if samples.iter().any(|sample| sample.to_bits() == POISON) {
            breach(format!("output channel {number} was not written to its end"));
        }
        if feed.records {
            heard.extend_from_slice(samples);
        }
    }
    for lane in inputs.iter().chain(&outputs) {
        if lane[frames..] != GUARD {
            breach("something was written behind a signal vector".into());
        }
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn z_dsp_setup(object: *mut PxObject, inlets: c_long) {
    MAIN.check("z_dsp_setup");
    (*object).count = inlets as c_short;
    if let Some(instance) = world().instances.get_mut(&(object as Address)) {
        instance.signal_inlets = inlets.max(0) as usize;
    }
}

/// When it returns, the object plays no more.
#[unsafe(no_mangle)]
extern "C" fn z_dsp_free(object: *mut PxObject) {
    MAIN.check("z_dsp_free");
    let address = object as Address;
    {
        let mut running = running();
        running.entries.retain(|entry| entry.object != address);
        running.feeds.remove(&address);
    }
    let mut world = world();
    world.dsp.in_chain.retain(|&known| known != address);
    world.dsp.wires.retain(|(known, _), _| *known != address);
    if let Some(instance) = world.instances.get_mut(&address) {
        instance.out_of_chain = true;
    }
}

#[unsafe(no_mangle)]
extern "C" fn sys_getsr() -> f32 {
    ANYWHERE_BUT_AUDIO.check("sys_getsr");
    world().dsp.format.rate_hz as f32
}

#[unsafe(no_mangle)]
extern "C" fn sys_getblksize() -> c_int {
    ANYWHERE_BUT_AUDIO.check("sys_getblksize");
    world().dsp.format.vector_frames as c_int
}

#[unsafe(no_mangle)]
extern "C" fn sys_getmaxblksize() -> c_int {
    sys_getblksize()
}

#[unsafe(no_mangle)]
extern "C" fn sys_getdspstate() -> c_int {
    ANYWHERE_BUT_AUDIO.check("sys_getdspstate");
    world().dsp.on.into()
}

#[unsafe(no_mangle)]
extern "C" fn sys_getdspobjdspstate(object: *mut c_void) -> c_int {
    MAIN_OR_SCHEDULER.check("sys_getdspobjdspstate");
    let world = world();
    (world.dsp.on && world.dsp.in_chain.contains(&(object as Address))).into()
}

/// There is one chain; it has no other properties.
const CHAIN: *mut c_void = std::ptr::without_provenance_mut(0x0C0A_1000);

#[unsafe(no_mangle)]
extern "C" fn dspchain_get() -> *mut c_void {
    if world().dsp.on { CHAIN } else { std::ptr::null_mut() }
}

#[unsafe(no_mangle)]
extern "C" fn dspchain_fromobject(object: *mut c_void) -> *mut c_void {
    MAIN.check("dspchain_fromobject");
    if sys_getdspobjdspstate(object) != 0 { CHAIN } else { std::ptr::null_mut() }
}

#[unsafe(no_mangle)]
extern "C" fn dspchain_setbroken(chain: *mut c_void) {
    MAIN.check("dspchain_setbroken");
    if chain != CHAIN {
        return breach("dspchain_setbroken of no chain".into());
    }
    world().dsp.broken = true;
}

#[unsafe(no_mangle)]
unsafe extern "C" fn set_zero64(samples: *mut f64, frames: c_long) {
    std::slice::from_raw_parts_mut(samples, frames.max(0) as usize).fill(0.0);
}

crate::keep!(
    z_dsp_setup,
    z_dsp_free,
    dsp_add64,
    sys_getsr,
    sys_getblksize,
    sys_getmaxblksize,
    sys_getdspstate,
    sys_getdspobjdspstate,
    dspchain_get,
    dspchain_fromobject,
    dspchain_setbroken,
    set_zero64
);

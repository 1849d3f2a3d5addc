//! `buffer~`: sound by name.

use std::{
    collections::BTreeSet,
    ffi::{c_long, c_void},
    sync::{Arc, atomic::Ordering::SeqCst},
};

use crate::{
    abi::{Address, BufferInfo, GENERIC, OK, RawAtom, Symbol},
    atoms::atom_getlong,
    breaches::breach,
    max::Max,
    methods,
    symbols::{name, symbol},
    threads::{MAIN, MAIN_OR_SCHEDULER, MAX_S_THREADS, Role, role},
    world::{
        buffer::{Buffer, Reference},
        patched::Patched,
        world,
    },
};

fn address(buffer: &Arc<Buffer>) -> Address {
    Arc::as_ptr(buffer) as Address
}

fn of(object: *mut c_void) -> Option<Arc<Buffer>> {
    let found =
        world().buffers.values().find(|buffer| std::ptr::addr_eq(Arc::as_ptr(buffer), object)).cloned();
    if found.is_none() {
        breach("a buffer that is none, or is gone".into());
    }
    found
}

/// Messages to a buffer.
pub unsafe fn method(object: Address, message: &str, p: [*mut c_void; 8]) -> Option<*mut c_void> {
    let known = world().buffers.values().find(|buffer| address(buffer) == object).map(|b| b.name.clone())?;
    match message {
        "getname" => *p[0].cast::<*mut Symbol>() = symbol(&known),
        "dirty" => drop(buffer_setdirty(object as *mut c_void)),
        message => breach(format!("a buffer does not know {message}")),
    }
    Some(std::ptr::null_mut())
}

/// Messages with atoms to an object that is a buffer.
#[unsafe(no_mangle)]
unsafe extern "C" fn object_method_typed(
    object: *mut c_void,
    message: *mut Symbol,
    count: c_long,
    atoms: *const RawAtom,
    _result: *mut RawAtom,
) -> isize {
    MAIN.check("object_method_typed");
    let Some(buffer) = of(object) else { return GENERIC };
    let message = name(message);
    let sizes: Vec<_> = (0..count as usize).map(|at| atom_getlong(atoms.add(at)) as usize).collect();
    match (message.as_str(), &sizes[..]) {
        ("sizeinsamps", &[frames]) => buffer.resize(frames, buffer.channels()),
        ("sizeinsamps", &[frames, channels]) => buffer.resize(frames, channels.max(1)),
        _ => breach(format!("a buffer does not know {message} with {count} atoms")),
    }
    tell(&buffer, "buffer_modified");
    OK
}

/// False when there is no such method.
unsafe fn call_notify(owner: Address, message: &str, buffer: &Arc<Buffer>) -> bool {
    type Notify =
        unsafe extern "C" fn(*mut c_void, *mut Symbol, *mut Symbol, *mut c_void, *mut c_void) -> isize;
    let Some(code) = methods::find(owner, "notify") else { return false };
    let object = address(buffer) as *mut c_void;
    let code: Notify = std::mem::transmute(code);
    code(owner as *mut c_void, symbol(&buffer.name), symbol(message), object, object);
    true
}

/// Tells everybody with a reference to a buffer what has happened to it; they have to pass it on to the reference.
unsafe fn tell(buffer: &Arc<Buffer>, message: &str) {
    let references: Vec<(Address, Address, usize)> = {
        let world = world();
        let concerned = world.buffer_refs.iter().filter(|(_, reference)| reference.name == buffer.name);
        concerned.map(|(&address, reference)| (address, reference.owner, reference.told)).collect()
    };
    let owners: BTreeSet<Address> = references.iter().map(|&(_, owner, _)| owner).collect();
    for owner in owners {
        let class = world().class_of(owner).map(|class| class.name.clone());
        let Some(class) = class else {
            breach("a reference to a buffer whose owner is gone".into());
            continue;
        };
        if !call_notify(owner, message, buffer) {
            breach(format!("{class} has a reference to a buffer and no method notify"));
        }
    }
    if role() != Role::Main {
        // The main thread may just be making or freeing a reference.
        return;
    }
    let world = world();
    let deaf = references.iter().find(|(address, _, told)| {
        world.buffer_refs.get(address).is_some_and(|reference| reference.told == *told)
    });
    let deaf = deaf.and_then(|&(_, owner, _)| world.class_of(owner)).map(|class| class.name.clone());
    drop(world);
    if let Some(class) = deaf {
        breach(format!("{class} does not pass {message} on to its reference"));
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_new(owner: *mut c_void, buffer: *mut Symbol) -> *mut c_void {
    MAIN.check("buffer_ref_new");
    let reference = libc::calloc(1, 64) as Address;
    let name = name(buffer);
    let (found, told) = {
        let mut world = world();
        let found = world.buffers.get(&name).cloned();
        let known = found.as_ref().map(address);
        world.buffer_refs.insert(reference, Reference { owner: owner as Address, name, known, told: 0 });
        (found, world.tells_of_bindings)
    };
    if let (Some(found), true) = (found, told) {
        call_notify(owner as Address, "globalsymbol_binding", &found);
    }
    reference as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_set(reference: *mut c_void, buffer: *mut Symbol) {
    MAIN_OR_SCHEDULER.check("buffer_ref_set");
    let buffer = name(buffer);
    let mut world = world();
    let found = world.buffers.get(&buffer).map(address);
    if let Some(known) = world.buffer_refs.get_mut(&(reference as Address)) {
        (known.name, known.known) = (buffer, found);
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_getobject(reference: *mut c_void) -> *mut c_void {
    MAX_S_THREADS.check("buffer_ref_getobject");
    let world = world();
    let Some(known) = world.buffer_refs.get(&(reference as Address)).map(|reference| reference.known) else {
        drop(world);
        breach("buffer_ref_getobject of a reference that is freed".into());
        return std::ptr::null_mut();
    };
    let alive = known.is_none_or(|known| world.buffers.values().any(|buffer| address(buffer) == known));
    drop(world);
    if !alive {
        breach("a reference to a buffer was not told that it is gone".into());
    }
    known.filter(|_| alive).unwrap_or(0) as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_exists(reference: *mut c_void) -> isize {
    (!buffer_ref_getobject(reference).is_null()).into()
}

/// What an owner was told, passed on. Every reference of it hears of every buffer.
#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_notify(
    reference: *mut c_void,
    _symbol: *mut Symbol,
    message: *mut Symbol,
    _sender: *mut c_void,
    data: *mut c_void,
) -> isize {
    MAIN_OR_SCHEDULER.check("buffer_ref_notify");
    if reference.is_null() {
        return OK;
    }
    let message = name(message);
    let mut world = world();
    let about = world.buffers.values().find(|b| address(b) == data as Address).map(|b| b.name.clone());
    let Some(known) = world.buffer_refs.get_mut(&(reference as Address)) else {
        drop(world);
        breach("buffer_ref_notify of a reference that is freed".into());
        return GENERIC;
    };
    known.told += 1;
    if about.as_ref() == Some(&known.name) {
        match message.as_str() {
            "globalsymbol_binding" => known.known = Some(data as Address),
            "globalsymbol_unbinding" => known.known = None,
            _ => {}
        }
    }
    OK
}

/// Null while the buffer is being written, and when there is nothing in it.
#[unsafe(no_mangle)]
extern "C" fn buffer_locksamples(buffer: *mut c_void) -> *mut f32 {
    let inside = crate::count::pause();
    MAX_S_THREADS.check("buffer_locksamples");
    let start = of(buffer).map_or(std::ptr::null_mut(), |buffer| {
        if !buffer.claim(&buffer.locks) {
            return std::ptr::null_mut();
        }
        if buffer.frames() == 0 {
            buffer.locks.fetch_sub(1, SeqCst);
            return std::ptr::null_mut();
        }
        buffer.start()
    });
    crate::count::resume(inside);
    start
}

#[unsafe(no_mangle)]
extern "C" fn buffer_unlocksamples(buffer: *mut c_void) {
    let inside = crate::count::pause();
    if let Some(buffer) = of(buffer)
        && buffer.locks.fetch_sub(1, SeqCst) <= 0
    {
        breach("buffer_unlocksamples without a lock".into());
    }
    crate::count::resume(inside);
}

#[unsafe(no_mangle)]
extern "C" fn buffer_getchannelcount(buffer: *mut c_void) -> isize {
    of(buffer).map_or(0, |buffer| buffer.channels() as isize)
}

#[unsafe(no_mangle)]
extern "C" fn buffer_getframecount(buffer: *mut c_void) -> isize {
    of(buffer).map_or(0, |buffer| buffer.frames() as isize)
}

#[unsafe(no_mangle)]
extern "C" fn buffer_getsamplerate(buffer: *mut c_void) -> f64 {
    of(buffer).map_or(0.0, |buffer| buffer.rate_hz)
}

#[unsafe(no_mangle)]
extern "C" fn buffer_setdirty(buffer: *mut c_void) -> isize {
    MAIN_OR_SCHEDULER.check("buffer_setdirty");
    of(buffer).map_or(GENERIC, |buffer| {
        buffer.changes.fetch_add(1, SeqCst);
        unsafe { tell(&buffer, "buffer_modified") };
        OK
    })
}

#[unsafe(no_mangle)]
extern "C" fn buffer_edit_begin(buffer: *mut c_void) -> isize {
    MAIN.check("buffer_edit_begin");
    of(buffer).map_or(GENERIC, |buffer| if buffer.claim(&buffer.edits) { OK } else { GENERIC })
}

#[unsafe(no_mangle)]
extern "C" fn buffer_edit_end(buffer: *mut c_void, valid: c_long) -> isize {
    MAIN.check("buffer_edit_end");
    of(buffer).map_or(GENERIC, |buffer| {
        if buffer.edits.fetch_sub(1, SeqCst) <= 0 {
            breach("buffer_edit_end without buffer_edit_begin".into());
        }
        if valid != 0 {
            unsafe { tell(&buffer, "buffer_modified") };
        }
        OK
    })
}

/// Opens the buffer's window, of which there are none here.
#[unsafe(no_mangle)]
extern "C" fn buffer_view(buffer: *mut c_void) {
    MAIN.check("buffer_view");
    of(buffer);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_getinfo(buffer: *mut c_void, info: *mut BufferInfo) -> isize {
    MAIN_OR_SCHEDULER.check("buffer_getinfo");
    let Some(buffer) = of(buffer) else { return GENERIC };
    let (frames, channels) = (buffer.frames() as c_long, buffer.channels() as c_long);
    *info = BufferInfo {
        name: symbol(&buffer.name),
        samples: buffer.start(),
        frames,
        channels,
        size: frames * channels,
        sample_rate_hz: buffer.rate_hz as f32,
        changed: buffer.changes.load(SeqCst),
        rest: [0; 57],
    };
    OK
}

impl Max {
    /// A `buffer~`; one of that name is replaced.
    pub fn buffer(&self, name: &str, channels: usize, rate_hz: f64, samples: Vec<f32>) {
        if world().buffers.contains_key(name) {
            self.delete_buffer(name);
        }
        let buffer = Buffer::new(name, channels, rate_hz, samples);
        world().buffers.insert(name.to_owned(), buffer.clone());
        unsafe { tell(&buffer, "globalsymbol_binding") };
    }

    /// Deletes a `buffer~`.
    pub fn delete_buffer(&self, name: &str) {
        let buffer = world().buffers[name].clone();
        unsafe { tell(&buffer, "globalsymbol_unbinding") };
        world().buffers.remove(name);
    }

    /// Replaces the samples of a `buffer~`.
    pub fn write_buffer(&self, name: &str, samples: Vec<f32>) {
        write(name, samples);
    }

    /// The same on the scheduler's own thread, without waiting for it.
    pub fn write_buffer_from_scheduler(&self, name: &str, samples: Vec<f32>) {
        let name = name.to_owned();
        self.on_scheduler(move || write(&name, samples));
    }

    /// How many channels a `buffer~` has.
    pub fn buffer_channels(&self, name: &str) -> usize {
        world().buffers[name].channels()
    }

    /// The samples of a `buffer~`, channels interleaved.
    pub fn buffer_samples(&self, name: &str) -> Vec<f32> {
        let buffer = world().buffers[name].clone();
        buffer.samples.lock().clone()
    }

    /// From now on, whoever makes a reference to a buffer that is there is told of it in the midst of that.
    pub fn tell_of_bindings(&self) {
        world().tells_of_bindings = true;
    }

    /// How many references to buffers a box has.
    pub fn references(&self, patched: Patched) -> usize {
        world().buffer_refs.values().filter(|reference| reference.owner == patched.0).count()
    }
}

fn write(name: &str, samples: Vec<f32>) {
    let buffer = world().buffers[name].clone();
    buffer.write(samples);
    unsafe { tell(&buffer, "buffer_modified") };
}

crate::keep!(
    object_method_typed,
    buffer_ref_new,
    buffer_ref_set,
    buffer_ref_getobject,
    buffer_ref_exists,
    buffer_ref_notify,
    buffer_locksamples,
    buffer_unlocksamples,
    buffer_getchannelcount,
    buffer_getframecount,
    buffer_getsamplerate,
    buffer_setdirty,
    buffer_edit_begin,
    buffer_edit_end,
    buffer_view,
    buffer_getinfo
);

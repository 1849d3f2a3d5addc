//! `buffer~`: sound by name.

use std::{
    ffi::{c_long, c_void},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
};

use parking_lot::Mutex;

use crate::{
    abi::{Address, BufferInfo, GENERIC, OK, Symbol},
    symbols::{name, symbol},
    threads::{MAIN, MAIN_OR_SCHEDULER, MAX_S_THREADS},
    world::{breach, world},
};

/// A buffer. Its address is that of the object that externals have.
pub struct Buffer {
    pub name: String,
    pub channels: usize,
    pub rate_hz: f64,
    /// Interleaved. Externals write to it while they hold a lock.
    samples: Mutex<Vec<f32>>,
    locks: AtomicI64,
    edits: AtomicI64,
    pub changes: AtomicI64,
}

impl Buffer {
    pub fn new(name: &str, channels: usize, rate_hz: f64, samples: Vec<f32>) -> Arc<Self> {
        Arc::new(Self {
            name: name.to_owned(),
            channels,
            rate_hz,
            samples: Mutex::new(samples),
            locks: AtomicI64::new(0),
            edits: AtomicI64::new(0),
            changes: AtomicI64::new(0),
        })
    }

    pub fn locks(&self) -> i64 {
        self.locks.load(SeqCst) + self.edits.load(SeqCst)
    }

    pub fn samples(&self) -> Vec<f32> {
        self.samples.lock().clone()
    }

    fn start(&self) -> *mut f32 {
        self.samples.lock().as_mut_ptr()
    }

    fn frames(&self) -> usize {
        self.samples.lock().len() / self.channels.max(1)
    }
}

fn of(object: *mut c_void) -> Option<Arc<Buffer>> {
    let found =
        world().buffers.values().find(|buffer| std::ptr::addr_eq(Arc::as_ptr(buffer), object)).cloned();
    if found.is_none() {
        breach("a buffer that is none, or is gone".into());
    }
    found
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_new(owner: *mut c_void, buffer: *mut Symbol) -> *mut c_void {
    MAIN.check("buffer_ref_new");
    let address = libc::calloc(1, 64) as Address;
    world().buffer_refs.insert(address, (owner as Address, name(buffer)));
    address as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_set(reference: *mut c_void, buffer: *mut Symbol) {
    MAIN_OR_SCHEDULER.check("buffer_ref_set");
    let buffer = name(buffer);
    if let Some(known) = world().buffer_refs.get_mut(&(reference as Address)) {
        known.1 = buffer;
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_getobject(reference: *mut c_void) -> *mut c_void {
    MAX_S_THREADS.check("buffer_ref_getobject");
    let world = world();
    let buffer = world.buffer_refs.get(&(reference as Address)).and_then(|(_, name)| world.buffers.get(name));
    buffer.map_or(std::ptr::null_mut(), |buffer| Arc::as_ptr(buffer).cast_mut().cast())
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_ref_exists(reference: *mut c_void) -> isize {
    (!buffer_ref_getobject(reference).is_null()).into()
}

#[unsafe(no_mangle)]
extern "C" fn buffer_ref_notify(
    _reference: *mut c_void,
    _symbol: *mut Symbol,
    _message: *mut Symbol,
    _sender: *mut c_void,
    _data: *mut c_void,
) -> isize {
    MAIN.check("buffer_ref_notify");
    OK
}

#[unsafe(no_mangle)]
extern "C" fn buffer_locksamples(buffer: *mut c_void) -> *mut f32 {
    let inside = crate::count::pause();
    MAX_S_THREADS.check("buffer_locksamples");
    let start = of(buffer).map_or(std::ptr::null_mut(), |buffer| {
        buffer.locks.fetch_add(1, SeqCst);
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
    of(buffer).map_or(0, |buffer| buffer.channels as isize)
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
        OK
    })
}

#[unsafe(no_mangle)]
extern "C" fn buffer_edit_begin(buffer: *mut c_void) -> isize {
    MAIN.check("buffer_edit_begin");
    of(buffer).map_or(GENERIC, |buffer| {
        buffer.edits.fetch_add(1, SeqCst);
        OK
    })
}

#[unsafe(no_mangle)]
extern "C" fn buffer_edit_end(buffer: *mut c_void, _valid: c_long) -> isize {
    MAIN.check("buffer_edit_end");
    of(buffer).map_or(GENERIC, |buffer| {
        if buffer.edits.fetch_sub(1, SeqCst) <= 0 {
            breach("buffer_edit_end without buffer_edit_begin".into());
        }
        OK
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn buffer_getinfo(buffer: *mut c_void, info: *mut BufferInfo) -> isize {
    MAIN_OR_SCHEDULER.check("buffer_getinfo");
    let Some(buffer) = of(buffer) else { return GENERIC };
    let (frames, channels) = (buffer.frames() as c_long, buffer.channels as c_long);
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

crate::keep!(
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
    buffer_getinfo
);

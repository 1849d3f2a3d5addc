//! Clocks, the main thread's queue, and the host's time.

use std::ffi::{c_long, c_short, c_void};

use crate::{
    abi::{Address, Atom, RawAtom, Symbol},
    atoms::{all_from_raw, all_to_raw},
    breaches::breach,
    count,
    freeing::too_early,
    symbols::{name, symbol},
    threads::{ANYWHERE_BUT_AUDIO, MAIN, MAIN_OR_SCHEDULER, MAX_S_THREADS, Role, role},
    world::{
        schedule::{Clock, Deferred, Qelem, What},
        world,
    },
};

type Call = unsafe extern "C" fn(*mut c_void);
type Late = unsafe extern "C" fn(*mut c_void, *mut Symbol, c_short, *const RawAtom);

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_new(owner: *mut c_void, code: Address) -> *mut c_void {
    MAIN.check("clock_new");
    let address = libc::malloc(32) as Address;
    world().clocks.insert(address, Clock { owner: owner as Address, code, due_ms: None });
    address as *mut c_void
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_fdelay(clock: *mut c_void, delay_ms: f64) {
    let inside = count::pause();
    MAX_S_THREADS.check("clock_fdelay");
    let mut locked = world();
    let due_ms = locked.now_ms + delay_ms.max(0.0);
    let known = locked.clocks.get_mut(&(clock as Address)).map(|clock| clock.due_ms = Some(due_ms));
    drop(locked);
    if known.is_none() {
        breach("clock_fdelay of a clock that is freed".into());
    }
    count::resume(inside);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_delay(clock: *mut c_void, delay_ms: c_long) {
    clock_fdelay(clock, delay_ms as f64);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_unset(clock: *mut c_void) {
    MAIN_OR_SCHEDULER.check("clock_unset");
    let known = world().clocks.get_mut(&(clock as Address)).map(|clock| clock.due_ms = None);
    if known.is_none() {
        breach("clock_unset of a clock that is freed".into());
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn clock_getftime(ms: *mut f64) {
    *ms = world().now_ms;
}

/// Runs the clocks that are due, on this thread.
pub fn run_clocks() {
    loop {
        let due = {
            let mut world = world();
            let now_ms = world.now_ms;
            let due = |clock: &Clock| clock.due_ms.filter(|&due_ms| due_ms <= now_ms);
            let next = world.clocks.iter_mut().filter_map(|(_, clock)| due(clock).map(|at| (at, clock)));
            next.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, clock)| {
                clock.due_ms = None;
                (clock.owner, clock.code)
            })
        };
        let Some((owner, code)) = due else { return };
        unsafe {
            let code: Call = std::mem::transmute(code);
            code(owner as *mut c_void);
        }
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn qelem_new(owner: *mut c_void, code: Address) -> *mut c_void {
    MAIN.check("qelem_new");
    let address = libc::malloc(32) as Address;
    world().qelems.insert(address, Qelem { owner: owner as Address, code, set: false });
    address as *mut c_void
}

unsafe fn set_qelem(qelem: *mut c_void, front: bool) {
    ANYWHERE_BUT_AUDIO.check("qelem_set");
    let address = qelem as Address;
    let mut locked = world();
    let Some(qelem) = locked.qelems.get_mut(&address) else {
        drop(locked);
        return breach("qelem_set of a qelem that is freed".into());
    };
    // Set again before it has run, it runs once.
    if !std::mem::replace(&mut qelem.set, true) {
        let deferred = Deferred { owner: qelem.owner, what: What::Qelem(address) };
        if front {
            locked.queue.push_front(deferred);
        } else {
            locked.queue.push_back(deferred);
        }
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn qelem_set(qelem: *mut c_void) {
    set_qelem(qelem, false);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn qelem_front(qelem: *mut c_void) {
    set_qelem(qelem, true);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn qelem_unset(qelem: *mut c_void) {
    let mut world = world();
    let address = qelem as Address;
    if let Some(qelem) = world.qelems.get_mut(&address) {
        qelem.set = false;
    }
    world.queue.retain(|deferred| !matches!(deferred.what, What::Qelem(a) if a == address));
}

#[unsafe(no_mangle)]
unsafe extern "C" fn qelem_free(qelem: *mut c_void) {
    MAIN.check("qelem_free");
    qelem_unset(qelem);
    let known = world().qelems.remove(&(qelem as Address));
    match known {
        Some(qelem) => too_early(qelem.owner, "a qelem"),
        None => breach("qelem_free of one that is freed".into()),
    }
}

/// A message that waits for the main thread.
pub fn queue_message(owner: Address, code: Address, selector: &str, atoms: &[Atom]) {
    let what = What::Call { code, selector: selector.to_owned(), atoms: atoms.to_vec() };
    world().queue.push_back(Deferred { owner, what });
}

unsafe fn run_late(owner: Address, code: Address, selector: &str, atoms: &[Atom]) {
    let raw = all_to_raw(atoms);
    let code: Late = std::mem::transmute(code);
    code(owner as *mut c_void, symbol(selector), raw.len() as c_short, raw.as_ptr());
}

/// To the front of the queue from the scheduler's thread; at once on any other, also on an external's own.
#[unsafe(no_mangle)]
unsafe extern "C" fn defer(
    owner: *mut c_void,
    code: Address,
    selector: *mut Symbol,
    argc: c_short,
    atoms: *const RawAtom,
) -> *mut c_void {
    ANYWHERE_BUT_AUDIO.check("defer");
    let (selector, atoms) = (name(selector), all_from_raw(argc.max(0) as usize, atoms));
    if role() == Role::Scheduler {
        let what = What::Call { code, selector, atoms };
        world().queue.push_front(Deferred { owner: owner as Address, what });
    } else {
        run_late(owner as Address, code, &selector, &atoms);
    }
    std::ptr::null_mut()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn defer_low(
    owner: *mut c_void,
    code: Address,
    selector: *mut Symbol,
    argc: c_short,
    atoms: *const RawAtom,
) -> *mut c_void {
    ANYWHERE_BUT_AUDIO.check("defer_low");
    queue_message(owner as Address, code, &name(selector), &all_from_raw(argc.max(0) as usize, atoms));
    std::ptr::null_mut()
}

/// Does what waits for the main thread, but not what is queued meanwhile.
pub fn run_queue() {
    let waiting = world().queue.len();
    for _ in 0..waiting {
        let call = {
            let mut world = world();
            let Some(deferred) = world.queue.pop_front() else { return };
            match deferred.what {
                What::Qelem(address) => world.qelems.get_mut(&address).map(|qelem| {
                    qelem.set = false;
                    (qelem.owner, qelem.code, None)
                }),
                What::Call { code, selector, atoms } => Some((deferred.owner, code, Some((selector, atoms)))),
            }
        };
        match call {
            Some((owner, code, None)) => unsafe {
                let code: Call = std::mem::transmute(code);
                code(owner as *mut c_void);
            },
            Some((owner, code, Some((selector, atoms)))) => unsafe {
                run_late(owner, code, &selector, &atoms);
            },
            None => {}
        }
    }
}

crate::keep!(
    clock_new,
    clock_fdelay,
    clock_delay,
    clock_unset,
    clock_getftime,
    qelem_new,
    qelem_set,
    qelem_front,
    qelem_unset,
    qelem_free,
    defer,
    defer_low
);

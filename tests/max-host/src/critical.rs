//! Critical regions: locks that a thread may take again while it holds them. Region 0 is everybody's.

use std::{
    collections::HashMap,
    ffi::{c_short, c_void},
    thread::{ThreadId, current},
};

use parking_lot::{Condvar, Mutex};

use crate::{breaches::breach, threads::ANYWHERE_BUT_AUDIO};

/// Who is in a region, and how often.
#[derive(Default)]
struct Region {
    holder: Option<ThreadId>,
    depth: usize,
}

static REGIONS: Mutex<Option<HashMap<usize, Region>>> = Mutex::new(None);
static LEFT: Condvar = Condvar::new();

fn with_regions<R>(work: impl FnOnce(&mut HashMap<usize, Region>) -> R) -> R {
    let mut regions = REGIONS.lock();
    let regions = regions.get_or_insert_default();
    regions.entry(0).or_default();
    work(regions)
}

fn try_enter(region: *mut c_void) -> Option<bool> {
    let me = current().id();
    with_regions(|regions| {
        let region = regions.get_mut(&(region as usize))?;
        let free = region.holder.is_none_or(|holder| holder == me);
        if free {
            region.holder = Some(me);
            region.depth += 1;
        }
        Some(free)
    })
}

/// Forgets all regions.
pub fn begin_anew() {
    *REGIONS.lock() = None;
}

/// How many regions there are besides everybody's, and how often regions are held, for the end of a test.
pub fn left_over() -> (usize, usize) {
    with_regions(|regions| (regions.len() - 1, regions.values().map(|region| region.depth).sum()))
}

#[unsafe(no_mangle)]
unsafe extern "C" fn critical_new(place: *mut *mut c_void) {
    ANYWHERE_BUT_AUDIO.check("critical_new");
    *place = libc::calloc(1, 64);
    with_regions(|regions| regions.insert(*place as usize, Region::default()));
}

#[unsafe(no_mangle)]
extern "C" fn critical_enter(region: *mut c_void) {
    ANYWHERE_BUT_AUDIO.check("critical_enter");
    loop {
        match try_enter(region) {
            Some(true) => return,
            Some(false) => LEFT.wait_for(&mut REGIONS.lock(), std::time::Duration::from_millis(1)),
            None => return breach("critical_enter of a region that is freed".into()),
        };
    }
}

/// Answers 0 when the region was entered.
#[unsafe(no_mangle)]
extern "C" fn critical_tryenter(region: *mut c_void) -> c_short {
    ANYWHERE_BUT_AUDIO.check("critical_tryenter");
    (try_enter(region) != Some(true)).into()
}

#[unsafe(no_mangle)]
extern "C" fn critical_exit(region: *mut c_void) {
    let me = current().id();
    let held = with_regions(|regions| {
        let region = regions.get_mut(&(region as usize)).filter(|region| region.holder == Some(me))?;
        region.depth -= 1;
        if region.depth == 0 {
            region.holder = None;
        }
        Some(())
    });
    if held.is_none() {
        breach("critical_exit without critical_enter".into());
    }
    LEFT.notify_all();
}

#[unsafe(no_mangle)]
unsafe extern "C" fn critical_free(region: *mut c_void) {
    ANYWHERE_BUT_AUDIO.check("critical_free");
    let removed =
        if region.is_null() { None } else { with_regions(|regions| regions.remove(&(region as usize))) };
    match removed {
        Some(Region { depth: 0, .. }) => {}
        Some(_) => breach("critical_free of a region that is held".into()),
        None => breach("critical_free of a region that is none, or was freed before".into()),
    }
}

crate::keep!(critical_new, critical_enter, critical_tryenter, critical_exit, critical_free);

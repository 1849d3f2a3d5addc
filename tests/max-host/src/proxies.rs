//! Inlets beyond the left one: proxies, which take any message, and inlets that turn numbers into `in1`, `ft1` and so on.

use std::{
    cell::Cell,
    ffi::{c_long, c_short, c_void},
};

use crate::{
    abi::{Address, Atom},
    breaches::breach,
    threads::MAIN,
    world::{
        instance::{NumberInlet, Proxy},
        world,
    },
};

thread_local! {
    /// The inlet of the message that is being received.
    pub static INLET: Cell<usize> = const { Cell::new(0) };
}

/// Receives a message at an inlet: tells the owner which one it is while `work` runs.
pub fn at_inlet<R>(owner: Address, inlet: usize, work: impl FnOnce() -> R) -> R {
    let places: Vec<(Address, usize)> = {
        let world = world();
        let own = world.proxies.values().filter(|proxy| proxy.owner == owner && proxy.place != 0);
        own.map(|proxy| (proxy.place, if proxy.inlet == inlet { inlet } else { 0 })).collect()
    };
    // Proxies of one object usually share their place: the one that is meant speaks last.
    let meant = |&&(_, inlet): &&(Address, usize)| inlet != 0;
    for &(place, inlet) in places.iter().chain(places.iter().filter(meant)) {
        unsafe { *(place as *mut c_long) = inlet as c_long };
    }
    let before = INLET.replace(inlet);
    let result = work();
    INLET.set(before);
    result
}

/// What a number becomes at an inlet for numbers: a message of its own.
pub fn renamed(owner: Address, inlet: usize, number: &Atom) -> Option<(String, Atom)> {
    let kind = *world().instances.get(&owner)?.number_inlets.get(&inlet)?;
    Some(match (kind, number) {
        (NumberInlet::Int, Atom::Float(number)) => (format!("in{inlet}"), Atom::Int(*number as i64)),
        (NumberInlet::Int, number) => (format!("in{inlet}"), number.clone()),
        (NumberInlet::Float, Atom::Int(number)) => (format!("ft{inlet}"), Atom::Float(*number as f64)),
        (NumberInlet::Float, number) => (format!("ft{inlet}"), number.clone()),
    })
}

fn add_number_inlet(owner: *mut c_void, number: c_short, kind: NumberInlet) -> *mut c_void {
    MAIN.check("an inlet");
    if !(1..=9).contains(&number) {
        breach(format!("an inlet for numbers is {number}: only 1 to 9 have messages"));
    }
    if let Some(instance) = world().instances.get_mut(&(owner as Address)) {
        instance.number_inlets.insert(number.max(0) as usize, kind);
    }
    std::ptr::dangling_mut::<u8>().cast()
}

#[unsafe(no_mangle)]
extern "C" fn intin(owner: *mut c_void, number: c_short) -> *mut c_void {
    add_number_inlet(owner, number, NumberInlet::Int)
}

#[unsafe(no_mangle)]
extern "C" fn floatin(owner: *mut c_void, number: c_short) -> *mut c_void {
    add_number_inlet(owner, number, NumberInlet::Float)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn proxy_new(owner: *mut c_void, id: c_long, place: *mut c_long) -> *mut c_void {
    MAIN.check("proxy_new");
    if id < 1 {
        breach("proxy_new: inlet 0 is there already".into());
    }
    let address = libc::calloc(1, 64) as Address;
    let proxy = Proxy { owner: owner as Address, inlet: id.max(0) as usize, place: place as Address };
    world().proxies.insert(address, proxy);
    address as *mut c_void
}

#[unsafe(no_mangle)]
extern "C" fn proxy_getinlet(_owner: *mut c_void) -> c_long {
    INLET.get() as c_long
}

crate::keep!(intin, floatin, proxy_new, proxy_getinlet);

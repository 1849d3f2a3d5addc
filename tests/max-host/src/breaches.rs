//! What externals have done that they must not.

use parking_lot::Mutex;

use crate::count;

static BREACHES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Something that an external must not do.
pub fn breach(what: String) {
    let inside = count::pause();
    let mut breaches = BREACHES.lock();
    if !breaches.contains(&what) {
        breaches.push(what);
    }
    drop(breaches);
    count::resume(inside);
}

/// The breaches since the last time.
pub fn take() -> Vec<String> {
    std::mem::take(&mut *BREACHES.lock())
}

//! What the audio callback does besides computing: counted by the functions in `../pd-host/c`. What the host does for
//! it in the meantime is not.

/// The kinds of calls that are counted, in the order of the counters.
pub const KINDS: [&str; 10] =
    ["malloc", "free", "lock", "wait", "wake", "thread", "futex_wait", "futex_wake", "system", "print"];

#[cfg(feature = "count")]
mod counters {
    unsafe extern "C" {
        pub fn host_counted(kind: i32) -> u64;
        pub fn host_counts_reset();
        pub fn host_trace(how_many: i32);
        pub fn max_host_inside(inside: i32) -> i32;
    }
}

/// From here on this thread is inside the callback. Answers whether it was.
pub fn enter() -> i32 {
    mark(1)
}

/// For what the host itself does. Answers what [`resume`] takes.
pub fn pause() -> i32 {
    mark(0)
}

/// The end of [`enter`] or [`pause`].
pub fn resume(inside: i32) {
    mark(inside);
}

fn mark(inside: i32) -> i32 {
    #[cfg(feature = "count")]
    return unsafe { counters::max_host_inside(inside) };
    #[cfg(not(feature = "count"))]
    return inside;
}

/// The calls since the last time, where there were any. With `MAX_HOST_TRACE` set, the first of the next ones are shown
/// on standard error.
pub fn take() -> Vec<(&'static str, u64)> {
    #[cfg(feature = "count")]
    unsafe {
        let count = |(kind, &name): (usize, &&'static str)| (name, counters::host_counted(kind as i32));
        let counts = KINDS.iter().enumerate().map(count).filter(|(_, count)| *count > 0).collect();
        counters::host_counts_reset();
        if std::env::var_os("MAX_HOST_TRACE").is_some() {
            counters::host_trace(3);
        }
        counts
    }
    #[cfg(not(feature = "count"))]
    Vec::new()
}

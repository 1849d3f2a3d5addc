//! What a plug-in does besides computing: counted by the functions in `../pd-host/c`. What the host does for it in the
//! meantime is not.

/// The kinds of calls that are counted, in the order of the counters.
const KINDS: [&str; 10] =
    ["malloc", "free", "lock", "wait", "wake", "thread", "futex_wait", "futex_wake", "system", "print"];

#[cfg(feature = "count")]
mod counters {
    unsafe extern "C" {
        pub fn host_counted(kind: i32) -> u64;
        pub fn host_counts_reset();
        pub fn host_trace(how_many: i32);
        pub fn sc_host_inside(inside: i32) -> i32;
        pub fn sc_host_printed_inside();
    }
}

/// Marks this thread as inside the plug-in, or not. Answers what it was. Only one thread at a time may be inside.
pub fn mark(inside: i32) -> i32 {
    // SAFETY: sets a number of this thread.
    #[cfg(feature = "count")]
    return unsafe { counters::sc_host_inside(inside) };
    #[cfg(not(feature = "count"))]
    return inside;
}

/// Does what belongs to the host, uncounted.
pub fn outside<T>(work: impl FnOnce() -> T) -> T {
    let inside = mark(0);
    let result = work();
    mark(inside);
    result
}

/// The plug-in prints.
pub fn printed() {
    // SAFETY: adds to a number.
    #[cfg(feature = "count")]
    unsafe {
        counters::sc_host_printed_inside();
    }
}

/// The calls since the last time, where there were any. With `SC_HOST_TRACE` set, the first of the next ones are shown on
/// standard error.
pub fn take() -> Vec<(&'static str, u64)> {
    #[cfg(feature = "count")]
    // SAFETY: reads and writes numbers, while no thread is inside.
    unsafe {
        let count = |(kind, &name): (usize, &&'static str)| (name, counters::host_counted(kind as i32));
        let counts = KINDS.iter().enumerate().map(count).filter(|(_, count)| *count > 0).collect();
        counters::host_counts_reset();
        if std::env::var_os("SC_HOST_TRACE").is_some() {
            counters::host_trace(3);
        }
        counts
    }
    #[cfg(not(feature = "count"))]
    KINDS.iter().take(0).map(|name| (*name, 0)).collect()
}

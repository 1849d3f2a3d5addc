//! The instances and their threads.

use std::{
    ffi::{CStr, CString, c_char, c_double, c_int, c_void},
    path::Path,
    sync::{
        Barrier, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

/// Frames in a tick.
const TICK_FRAMES: usize = 64;
const RATE_HZ: c_int = 44_100;

unsafe extern "C" {
    safe fn libpd_init() -> c_int;
    safe fn libpd_new_instance() -> *mut c_void;
    fn libpd_set_instance(instance: *mut c_void);
    fn libpd_free_instance(instance: *mut c_void);
    safe fn libpd_set_printhook(hook: extern "C" fn(*const c_char));
    fn libpd_add_to_search_path(path: *const c_char);
    safe fn libpd_init_audio(inputs: c_int, outputs: c_int, rate_hz: c_int) -> c_int;
    fn libpd_openfile(name: *const c_char, folder: *const c_char) -> *mut c_void;
    fn libpd_closefile(patch: *mut c_void);
    safe fn libpd_start_message(length: c_int) -> c_int;
    safe fn libpd_add_float(value: f32);
    fn libpd_finish_message(receiver: *const c_char, selector: *const c_char) -> c_int;
    fn libpd_process_double(ticks: c_int, input: *const c_double, output: *mut c_double) -> c_int;
}

thread_local! {
    static NUMBER: AtomicUsize = const { AtomicUsize::new(0) };
    static LINE: Mutex<Vec<u8>> = const { Mutex::new(Vec::new()) };
}

/// Pieces of lines, from whichever instance this thread plays.
extern "C" fn print(piece: *const c_char) {
    // SAFETY: Pd's text, zero-terminated, lives through the call.
    let piece = unsafe { CStr::from_ptr(piece) }.to_bytes().to_vec();
    LINE.with(|line| {
        let mut line = line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for byte in piece {
            if byte == b'\n' {
                println!("{} {}", NUMBER.with(|n| n.load(Relaxed)), String::from_utf8_lossy(&line));
                line.clear();
            } else {
                line.push(byte);
            }
        }
    });
}

/// A handle that goes to the one thread that uses it.
struct Handle(*mut c_void);
// SAFETY: an instance may be used by any thread, by one at a time.
unsafe impl Send for Handle {}

/// Plays all instances to their ends.
pub fn run(patch: &Path, externals: &str, instances: usize, ticks: usize, folder: &Path) {
    assert_eq!(libpd_init(), 0, "Pd starts once");
    libpd_set_printhook(print);
    let handles: Vec<_> = (0..instances).map(|_| Handle(libpd_new_instance())).collect();
    let half = Barrier::new(instances);
    std::thread::scope(|scope| {
        for (number, handle) in handles.into_iter().enumerate() {
            let half = &half;
            scope.spawn(move || play(handle, number, patch, externals, ticks, folder, half));
        }
    });
}

fn text(text: &str) -> CString {
    CString::new(text).unwrap_or_else(|e| panic!("{text:?}: {e}"))
}

fn play(
    handle: Handle,
    number: usize,
    patch: &Path,
    externals: &str,
    ticks: usize,
    folder: &Path,
    half: &Barrier,
) {
    NUMBER.with(|n| n.store(number, Relaxed));
    let instance = handle.0;
    assert!(!instance.is_null(), "this Pd has instances");
    let (name, place) = (patch.file_name().unwrap_or_default(), patch.parent().unwrap_or(Path::new("")));
    // SAFETY: the instance is this thread's alone; Pd copies the texts.
    let open = unsafe {
        libpd_set_instance(instance);
        libpd_set_printhook(print);
        libpd_add_to_search_path(text(externals).as_ptr());
        libpd_init_audio(1, 1, RATE_HZ);
        libpd_openfile(text(&name.to_string_lossy()).as_ptr(), text(&place.to_string_lossy()).as_ptr())
    };
    assert!(!open.is_null(), "the patch opens");
    libpd_start_message(1);
    libpd_add_float(1.0);
    // SAFETY: the message was begun; the texts live through the call.
    unsafe { libpd_finish_message(c"pd".as_ptr(), c"dsp".as_ptr()) };
    let (mut went_in, mut came_out) = (Vec::new(), Vec::new());
    let mut state = number as u64 + 1;
    let ends_early = number % 2 == 1;
    for tick in 0..ticks {
        if tick == ticks / 2 {
            half.wait();
            if ends_early {
                break;
            }
        }
        // Faster than real time, and slow enough for what is read in the background.
        std::thread::sleep(std::time::Duration::from_micros(100));
        let input: Vec<f64> = (0..TICK_FRAMES)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
            })
            .collect();
        let mut output = vec![f64::NAN; TICK_FRAMES];
        // SAFETY: one channel in, one out, as `libpd_init_audio` was told.
        unsafe { libpd_process_double(1, input.as_ptr(), output.as_mut_ptr()) };
        went_in.extend(input);
        came_out.extend(output);
    }
    for (samples, ending) in [(&went_in, "in"), (&came_out, "raw")] {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let path = folder.join(format!("{number}.{ending}"));
        std::fs::write(&path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
    // SAFETY: the patch is open, the instance this thread's.
    unsafe {
        libpd_closefile(open);
        libpd_free_instance(instance);
    }
}

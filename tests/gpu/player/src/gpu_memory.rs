//! Memory of the GPU, asked of CUDA's runtime library; in a dry run that of this process.
#![allow(unsafe_code)] // Calls two functions of a C library.

use std::ffi::c_void;

use libloading::Library;

/// CUDA's runtime, as libtorch has opened it.
pub struct GpuMemory {
    runtime: Option<Library>,
}

type GetInfo = unsafe extern "C" fn(*mut usize, *mut usize) -> i32;
type Malloc = unsafe extern "C" fn(*mut *mut c_void, usize) -> i32;
type Free = unsafe extern "C" fn(*mut c_void) -> i32;

/// Memory that nobody else can have.
pub struct Taken<'a> {
    memory: &'a GpuMemory,
    pieces: Vec<*mut c_void>,
}

impl GpuMemory {
    /// To be called once a model has been on the GPU.
    pub fn open(dry: bool) -> Self {
        let names = ["libcudart.so.13", "libcudart.so.12"];
        // SAFETY: it is open already: libtorch is linked to it.
        let open = |name| unsafe { Library::new(name) };
        let runtime = if dry { None } else { names.into_iter().find_map(|name| open(name).ok()) };
        assert!(dry || runtime.is_some(), "CUDA's runtime library is not open");
        Self { runtime }
    }

    /// Bytes in use, by whomever.
    pub fn used(&self) -> f64 {
        let Some(runtime) = &self.runtime else { return resident_bytes() };
        let (mut free, mut total) = (0, 0);
        // SAFETY: the function has this type, and writes to two places that are there.
        let answer = unsafe {
            let get_info = runtime.get::<GetInfo>(b"cudaMemGetInfo\0").expect("cudaMemGetInfo");
            get_info(&raw mut free, &raw mut total)
        };
        assert_eq!(answer, 0, "CUDA tells its memory");
        (total - free) as f64
    }

    /// Takes all memory there is, but for pieces below a megabyte.
    pub fn take_all(&self) -> Taken<'_> {
        let mut pieces = Vec::new();
        if let Some(runtime) = &self.runtime {
            // SAFETY: the function has this type.
            let malloc = unsafe { runtime.get::<Malloc>(b"cudaMalloc\0") }.expect("cudaMalloc");
            let mut bytes = 64usize << 30;
            while bytes >= 1 << 20 {
                let mut piece = std::ptr::null_mut();
                // SAFETY: it writes to a place that is there.
                if unsafe { malloc(&raw mut piece, bytes) } == 0 {
                    pieces.push(piece);
                } else {
                    bytes /= 2;
                }
            }
        }
        Taken { memory: self, pieces }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Some(runtime) = &self.memory.runtime {
            // SAFETY: the function has this type.
            let free = unsafe { runtime.get::<Free>(b"cudaFree\0") }.expect("cudaFree");
            for piece in self.pieces.drain(..) {
                // SAFETY: it came from cudaMalloc, and is given back once.
                unsafe { free(piece) };
            }
        }
    }
}

fn resident_bytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0.0) * 4096.0
}

//! What every end-to-end test needs: the built external, real hosts, signals.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod dice;
pub mod direct;
pub mod host;
pub mod patch;
pub mod pd;
pub mod probe;
pub mod session;
pub mod stage;

use std::path::{Path, PathBuf};

/// The rate of every test, in Hz.
pub const RATE_HZ: u32 = 44_100;

/// The folder of build results.
pub fn target_dir() -> PathBuf {
    let executable = std::env::current_exe().expect("a test has an executable");
    // target/<profile>/deps/<test>
    executable.ancestors().nth(3).expect("a test lies in target/<profile>/deps").to_owned()
}

/// The folder with `nn~` for Pure Data, as `cargo xtask build` leaves it.
pub fn externals() -> PathBuf {
    let folder = target_dir().join("pd");
    assert!(folder.is_dir(), "{} is missing: run `cargo xtask test`", folder.display());
    folder
}

/// The library with libtorch that `cargo xtask build` has made.
pub fn backend() -> PathBuf {
    std::env::var_os("NN_TORCH_BACKEND").map_or_else(
        || {
            let (begin, end) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
            target_dir().join("pd").join(format!("{begin}nn_torch{end}"))
        },
        Into::into,
    )
}

/// Copies of them, as a package puts them into a folder.
pub fn copy_externals(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    for entry in std::fs::read_dir(externals()).expect("the externals").flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name())).expect("a copy");
        }
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A model of the project, a `.ts` where the name has no ending.
pub fn model(name: &str) -> PathBuf {
    let ending = if name.ends_with(".nm") { "" } else { ".ts" };
    let path = root().join("models").join(format!("{name}{ending}"));
    assert!(path.is_file(), "{} is missing", path.display());
    path
}

/// A model that no host may trust.
pub fn hostile(name: &str) -> PathBuf {
    model(&format!("hostile/{name}"))
}

/// Channels from interleaved samples.
pub fn deinterleave(samples: &[f32], channels: usize) -> Vec<Vec<f32>> {
    (0..channels).map(|c| samples.iter().skip(c).step_by(channels).copied().collect()).collect()
}

/// Reads a raw little-endian f32 file.
pub fn read_raw(path: &std::path::Path) -> Vec<f32> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

/// Writes a raw little-endian f32 file of interleaved channels.
pub fn write_raw(path: &std::path::Path, channels: &[Vec<f32>]) {
    let frames = channels.first().map_or(0, Vec::len);
    let mut bytes = Vec::with_capacity(frames * channels.len() * 4);
    for frame in 0..frames {
        for channel in channels {
            bytes.extend(channel[frame].to_le_bytes());
        }
    }
    std::fs::write(path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

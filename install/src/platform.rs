//! What differs between the platforms: which wheel, which files of it, what has to be added.

/// The pinned release of libtorch. Models and the backend are built and tested against this one only.
pub const VERSION: &str = "2.13.0";

/// The Python release whose wheel is taken, as pip wants it.
///
/// libtorch inside the wheel does not depend on Python; one fixed tag makes the installed Python not matter.
pub const PYTHON_VERSION: &str = "311";

/// Names to link, in the order the linker wants; the same everywhere.
///
/// `torch` itself is left out: on Linux it would pull in the CUDA half.
pub const LIBRARIES: [&str; 2] = ["torch_cpu", "c10"];

/// A small library that answers in place of one that is not downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stub {
    /// File name, which is also the soname.
    pub file: &'static str,
    /// Its C source.
    pub source: &'static str,
    /// What it exports, as a linker's pattern.
    pub exports: &'static str,
    /// Whether its symbols have a version: the file name.
    pub versioned: bool,
    /// The library beside it that does the work, if one does.
    pub calls: Option<&'static str>,
}

/// A wheel beside torch's from which libraries are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtraWheel {
    /// How its name begins.
    pub name: &'static str,
    /// The folder in it that holds the libraries, with a `/` at its end.
    pub folder: &'static str,
    /// The libraries.
    pub files: &'static [&'static str],
}

/// One supported platform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Platform {
    /// Name in folder names and messages, such as `linux-x86_64`.
    pub name: &'static str,
    /// [`std::env::consts::OS`] of it.
    pub os: &'static str,
    /// [`std::env::consts::ARCH`] of it.
    pub arch: &'static str,
    /// pip's `--platform`, also the end of the wheel's name.
    pub wheel_tag: &'static str,
    /// The triple by which Rust's compiler knows it.
    pub triple: &'static str,
    /// The requirements with their sha256, torch's first, as `pip -r` reads them.
    pub pins: &'static str,
    /// Files of the wheel's `torch/lib` to keep: what is loaded at run time.
    pub runtime_files: &'static [&'static str],
    /// Files of the wheel's `torch/lib` to keep that only the linker reads (Windows import libraries).
    pub link_files: &'static [&'static str],
    /// Libraries that come from other wheels.
    pub extra_wheels: &'static [ExtraWheel],
    /// Libraries to build beside them.
    pub stubs: &'static [Stub],
    /// The libtorch that also computes on NVIDIA's GPUs; `None` where pip finds none.
    pub cuda: Option<Cuda>,
}

/// What the part for NVIDIA's GPUs adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cuda {
    /// CUDA's release.
    pub version: &'static str,
    /// The oldest driver that takes it.
    pub driver: &'static str,
    /// All wheels with their sha256, torch's first.
    pub pins: &'static str,
    /// Further files of the torch wheel's `torch/lib`.
    pub torch_files: &'static [&'static str],
    /// Files of NVIDIA's wheels without which it does not load.
    pub needed_files: &'static [&'static str],
    /// What is downloaded, in GB.
    pub download_gb: f64,
    /// What stands on the disk then, in GB.
    pub disk_gb: f64,
}

/// The Linux builds of `libtorch_cpu` do not load without these names, though only its profiler uses them.
const CUDART: Stub = Stub {
    file: "libcudart.so.13",
    source: include_str!("../cuda_stubs/cudart.c"),
    exports: "cu*",
    versioned: true,
    calls: None,
};

/// The same.
const CUPTI: Stub = Stub { file: "libcupti.so.13", source: include_str!("../cuda_stubs/cupti.c"), ..CUDART };

/// OpenBLAS, under names of its own.
const OPENBLAS: &str = "libscipy_openblas.so";

/// NVIDIA's linear algebra for ARM, in whose place OpenBLAS computes: it has no licence to pass it on, and on processors of
/// ARMv8.0 (Raspberry Pi 4) it dies of an instruction that they do not have as soon as two threads share its work.
const NVPL_BLAS: Stub = Stub {
    file: "libnvpl_blas_lp64_gomp.so.0",
    source: include_str!("../blas/blas.c"),
    exports: "*_; cblas_*",
    versioned: true,
    calls: Some(OPENBLAS),
};

/// The same; `libtorch_cpu` asks for its names without a version.
const NVPL_LAPACK: Stub = Stub {
    file: "libnvpl_lapack_lp64_gomp.so.0",
    source: include_str!("../blas/lapack.c"),
    versioned: false,
    ..NVPL_BLAS
};

/// Every supported platform.
pub const PLATFORMS: &[Platform] = &[
    Platform {
        name: "linux-x86_64",
        os: "linux",
        arch: "x86_64",
        wheel_tag: "manylinux_2_28_x86_64",
        triple: "x86_64-unknown-linux-gnu",
        pins: include_str!("../pins/linux-x86_64.txt"),
        runtime_files: &["libtorch_cpu.so", "libc10.so", "libgomp.so.1"],
        link_files: &[],
        extra_wheels: &[],
        stubs: &[CUDART, CUPTI],
        cuda: Some(Cuda {
            version: "13.0",
            driver: "580",
            pins: include_str!("../pins/linux-x86_64-cuda.txt"),
            torch_files: &[
                "libtorch_cuda.so",
                "libtorch_cuda_linalg.so",
                "libtorch_nvshmem.so",
                "libc10_cuda.so",
                "libcaffe2_nvrtc.so",
            ],
            needed_files: &[
                "libcublas.so.13",
                "libcublasLt.so.13",
                "libcudart.so.13",
                "libcudnn.so.9",
                "libcufft.so.12",
                "libcufile.so.0",
                "libcupti.so.13",
                "libcurand.so.10",
                "libcusparse.so.12",
                "libcusparseLt.so.0",
                "libnccl.so.2",
                "libnvJitLink.so.13",
                "libnvrtc.so.13",
                "libnvshmem_host.so.3",
            ],
            download_gb: 2.5,
            disk_gb: 3.6,
        }),
    },
    Platform {
        name: "linux-aarch64",
        os: "linux",
        arch: "aarch64",
        wheel_tag: "manylinux_2_28_aarch64",
        triple: "aarch64-unknown-linux-gnu",
        pins: include_str!("../pins/linux-aarch64.txt"),
        runtime_files: &[
            "libtorch_cpu.so",
            "libc10.so",
            "libgomp.so.1",
            "libarm_compute.so",
            "libarm_compute_graph.so",
        ],
        link_files: &[],
        extra_wheels: &[ExtraWheel {
            name: "scipy_openblas32-",
            folder: "scipy_openblas32/lib/",
            files: &[OPENBLAS],
        }],
        stubs: &[CUDART, CUPTI, NVPL_BLAS, NVPL_LAPACK],
        cuda: None,
    },
    Platform {
        name: "macos-aarch64",
        os: "macos",
        arch: "aarch64",
        wheel_tag: "macosx_14_0_arm64",
        triple: "aarch64-apple-darwin",
        pins: include_str!("../pins/macos-aarch64.txt"),
        runtime_files: &["libtorch_cpu.dylib", "libc10.dylib", "libomp.dylib"],
        link_files: &[],
        extra_wheels: &[],
        stubs: &[],
        cuda: None,
    },
    Platform {
        name: "windows-x86_64",
        os: "windows",
        arch: "x86_64",
        wheel_tag: "win_amd64",
        triple: "x86_64-pc-windows-msvc",
        pins: include_str!("../pins/windows-x86_64.txt"),
        runtime_files: &["torch_cpu.dll", "c10.dll", "libiomp5md.dll", "uv.dll"],
        link_files: &["torch_cpu.lib", "c10.lib"],
        extra_wheels: &[],
        stubs: &[],
        cuda: None,
    },
];

impl Platform {
    /// The platform this program was built for; `None` where libtorch has no pinned build.
    #[must_use]
    pub fn current() -> Option<&'static Self> {
        Self::of(std::env::consts::OS, std::env::consts::ARCH)
    }

    /// The platform with this operating system and processor, as Rust names them.
    #[must_use]
    pub fn of(os: &str, arch: &str) -> Option<&'static Self> {
        PLATFORMS.iter().find(|platform| platform.os == os && platform.arch == arch)
    }

    /// The torch wheel's sha256, 64 hexadecimal digits, read from [`Platform::pins`].
    #[must_use]
    pub fn sha256(&self) -> &'static str {
        self.hashes().next().unwrap_or_default()
    }

    /// The sha256 of every wheel, torch's first.
    pub fn hashes(&self) -> impl Iterator<Item = &'static str> {
        hashes(self.pins)
    }

    /// Name of the folder in the cache that holds the tree.
    #[must_use]
    pub fn tree_name(&self) -> String {
        format!("libtorch-{VERSION}-{}", self.name)
    }

    /// Name of the folder in the cache that holds the tree with CUDA.
    #[must_use]
    pub fn cuda_tree_name(&self) -> String {
        format!("{}-cuda", self.tree_name())
    }

    /// The file a program needs to link against `library`, inside `lib/`.
    #[must_use]
    pub fn link_file(&self, library: &str) -> String {
        match self.os {
            "windows" => format!("{library}.lib"),
            "macos" => format!("lib{library}.dylib"),
            _ => format!("lib{library}.so"),
        }
    }
}

/// The sha256 of every wheel in `pins`.
pub(crate) fn hashes(pins: &'static str) -> impl Iterator<Item = &'static str> {
    pins.split("--hash=sha256:").skip(1).filter_map(|rest| rest.split_whitespace().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_supported_platform_is_listed_once() {
        let names: Vec<_> = PLATFORMS.iter().map(|p| p.name).collect();
        assert_eq!(names, ["linux-x86_64", "linux-aarch64", "macos-aarch64", "windows-x86_64"]);
        for platform in PLATFORMS {
            assert_eq!(platform.name, format!("{}-{}", platform.os, platform.arch));
        }
    }

    #[test]
    fn every_pin_names_the_release_its_wheel_and_one_well_formed_hash() {
        for platform in PLATFORMS {
            assert_eq!(platform.hashes().count(), 1 + platform.extra_wheels.len(), "{}", platform.name);
            for hash in platform.hashes() {
                assert_eq!(hash.len(), 64, "{}", platform.name);
                assert!(hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{}", platform.name);
            }
            assert!(platform.pins.contains(&format!("torch=={VERSION} --hash=sha256:")));
            let wheel = format!("cp{PYTHON_VERSION}-cp{PYTHON_VERSION}-{}.whl", platform.wheel_tag);
            assert!(platform.pins.contains(&wheel), "{} does not name {wheel}", platform.name);
        }
    }

    #[test]
    fn no_two_platforms_share_a_hash() {
        for (i, a) in PLATFORMS.iter().enumerate() {
            assert!(PLATFORMS[i + 1..].iter().all(|b| a.sha256() != b.sha256()), "{}", a.name);
        }
    }

    #[test]
    fn every_platform_keeps_what_it_links() {
        for platform in PLATFORMS {
            for library in LIBRARIES {
                let file = platform.link_file(library);
                let kept = platform.runtime_files.contains(&file.as_str())
                    || platform.link_files.contains(&file.as_str());
                assert!(kept, "{}: {file}", platform.name);
            }
        }
    }
}

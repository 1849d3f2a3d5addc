//! Downloads the libtorch that also computes on NVIDIA's GPUs.
//!
//! It is the same release, in a folder beside the one for the processor. Its processor part is the same file, so
//! nothing is rebuilt: the library nn_torch looks into this folder first.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::EnsureError;
use crate::locate;
use crate::place;
use crate::platform::{Cuda, Platform, VERSION, hashes};
use crate::progress::Progress;
use crate::tree::VERSION_FILE;
use crate::wheel;

/// Why there is no libtorch with CUDA for a platform, and what to do.
const WINDOWS: &str = "on Windows libtorch with CUDA is not among the packages that pip finds, so it cannot be brought by \
                       this command: unpack libtorch 2.13.0 for CUDA 13.0 from https://pytorch.org/get-started/locally \
                       and let LIBTORCH name its folder when you build, or put its folder lib in the place of the \
                       package's libtorch\\lib";
const ELSEWHERE: &str =
    "there is no libtorch with CUDA for this system; on Apple's computers the GPU needs nothing more";

/// What will be downloaded, as a line for whoever has to wait for it.
///
/// # Errors
/// Where there is nothing to download; the text says what to do instead.
pub fn cuda_announcement() -> Result<String, EnsureError> {
    let cuda = wanted(locate::supported()?)?;
    Ok(format!(
        "libtorch {VERSION} with CUDA {}: a download of {:.1} GB, {:.1} GB on the disk and twice that meanwhile; it needs \
         NVIDIA's driver {} or newer",
        cuda.version, cuda.download_gb, cuda.disk_gb, cuda.driver
    ))
}

/// Finds libtorch with CUDA, and downloads it into the user's cache when it is not there. Answers its folder.
///
/// # Errors
/// As for [`crate::ensure`]; and where there is nothing to download.
pub fn ensure_cuda(mut progress: impl FnMut(Progress)) -> Result<PathBuf, EnsureError> {
    let platform = locate::supported()?;
    let cuda = wanted(platform)?;
    into_cache(&locate::cache_dir()?, platform, cuda, &wheel::download_all, &mut progress)
}

fn wanted(platform: &'static Platform) -> Result<&'static Cuda, EnsureError> {
    let reason = if platform.os == "windows" { WINDOWS } else { ELSEWHERE };
    platform.cuda.as_ref().ok_or(EnsureError::NoCuda { reason })
}

/// How all wheels of these pins get into a folder; tests put in some of their own.
type FetchAll<'a> = &'a dyn Fn(&Platform, &str, &Path) -> Result<Vec<PathBuf>, EnsureError>;

pub(crate) fn into_cache(
    cache: &Path,
    platform: &Platform,
    cuda: &Cuda,
    fetch: FetchAll<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<PathBuf, EnsureError> {
    let name = platform.cuda_tree_name();
    let root = cache.join(&name);
    let find = || complete(&root, cuda);
    place::once(cache, &name, progress, find, |work, progress| {
        progress(Progress::Downloading);
        let wheels = fetch(platform, cuda.pins, work)?;
        progress(Progress::Checking);
        let hashes: Vec<_> = hashes(cuda.pins).collect();
        let tree = work.join("tree");
        for wheel in &wheels {
            wheel::check(wheel, &hashes)?;
            wheel::unpack_as(wheel, &tree, &|name| destination(name, platform, cuda), progress)?;
            // Each is as large as what it holds.
            fs::remove_file(wheel).map_err(|source| EnsureError::io(wheel, source))?;
        }
        let version_file = tree.join(VERSION_FILE);
        fs::write(&version_file, format!("{VERSION}\n")).map_err(|e| EnsureError::io(&version_file, e))?;
        complete(&tree, cuda)?;
        Ok(tree)
    })
}

/// Where a file of a wheel belongs in the tree. All libraries lie side by side, where libtorch looks for them too.
fn destination(name: &str, platform: &Platform, cuda: &Cuda) -> Option<PathBuf> {
    if let Some(library) = name.strip_prefix("torch/lib/") {
        let wanted = platform.runtime_files.contains(&library) || cuda.torch_files.contains(&library);
        return wanted.then(|| Path::new("lib").join(library));
    }
    if let Some(rest) = name.strip_prefix("nvidia/") {
        let (_, library) = rest.split_once("/lib/")?;
        // Names without a number are for compilers, folders hold tools, and "alt" marks second versions.
        let wanted = library.contains(".so.") && !library.contains(".alt.") && !library.contains('/');
        return wanted.then(|| Path::new("lib").join(library));
    }
    // Whoever passes the libraries on passes these on with them.
    let (package, license) = name.split_once(".dist-info/licenses/")?;
    Some(Path::new("licenses").join(package).join(license))
}

fn complete(root: &Path, cuda: &Cuda) -> Result<PathBuf, EnsureError> {
    let needed = cuda.torch_files.iter().chain(cuda.needed_files).map(|file| Path::new("lib").join(file));
    for file in needed.chain([PathBuf::from(VERSION_FILE)]) {
        let path = root.join(&file);
        File::open(&path).map_err(|source| EnsureError::io(&path, source))?;
    }
    Ok(root.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::PLATFORMS;

    fn platform() -> &'static Platform {
        PLATFORMS.iter().find(|platform| platform.cuda.is_some()).expect("one has CUDA")
    }

    #[test]
    fn every_pin_has_a_well_formed_hash_and_torch_is_the_one_of_the_plain_tree() {
        let platform = platform();
        let cuda = platform.cuda.as_ref().expect("CUDA");
        let found: Vec<_> = hashes(cuda.pins).collect();
        assert_eq!(found.len(), cuda.pins.lines().filter(|line| !line.starts_with('#')).count());
        assert!(found.iter().all(|hash| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())));
        assert_eq!(found[0], platform.sha256());
    }

    #[test]
    fn libraries_lie_side_by_side_and_what_only_compilers_or_python_read_stays_out() {
        let platform = platform();
        let cuda = platform.cuda.as_ref().expect("CUDA");
        let place = |name: &str| destination(name, platform, cuda).map(|path| path.display().to_string());
        assert_eq!(place("torch/lib/libtorch_cuda.so").as_deref(), Some("lib/libtorch_cuda.so"));
        assert_eq!(place("nvidia/cu13/lib/libcublas.so.13").as_deref(), Some("lib/libcublas.so.13"));
        assert_eq!(place("nvidia/cudnn/lib/libcudnn.so.9").as_deref(), Some("lib/libcudnn.so.9"));
        for other in [
            "torch/lib/libtorch_python.so",
            "torch/include/torch/script.h",
            "nvidia/cu13/include/cublas.h",
            "nvidia/cu13/lib/libnvrtc.alt.so.13",
            "nvidia/cu13/lib/libcudart_static.a",
            "nvidia/nvshmem/lib/cmake/nvshmem/config.so.cmake",
        ] {
            assert_eq!(place(other), None, "{other}");
        }
    }

    #[test]
    fn a_wheel_that_is_not_pinned_is_refused_and_nothing_is_left() {
        let cache = tempfile::tempdir().expect("a folder");
        let cuda = platform().cuda.as_ref().expect("CUDA");
        let put = |_: &Platform, _: &str, folder: &Path| {
            let path = folder.join("torch.whl");
            fs::write(&path, b"another file").map_err(|source| EnsureError::io(&path, source))?;
            Ok(vec![path])
        };
        let error = into_cache(cache.path(), platform(), cuda, &put, &mut |_| {}).expect_err("refused");
        assert!(matches!(error, EnsureError::WrongHash { .. }), "{error}");
        assert!(!cache.path().join(platform().cuda_tree_name()).exists());
    }
}

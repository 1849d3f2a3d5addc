//! Downloading, with a wheel of a few kilobytes in place of the real one.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

use super::*;
use crate::locate::LocateError;
use crate::tree::TreeError;

/// A wheel laid out like libtorch's, with things in it that must stay out.
fn wheel_bytes() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    let files: [(&str, &[u8]); 8] = [
        ("torch/include/torch/script.h", b"// script"),
        ("torch/lib/libtorch_cpu.so", &[7; 100_000]),
        ("torch/lib/libc10.so", b"c10"),
        ("torch/lib/libtorch_cuda.so", b"not wanted"),
        ("torch/bin/protoc", b"not wanted"),
        ("torch/__init__.py", b"not wanted"),
        ("torch/include/../../../outside.h", b"must not leave the folder"),
        ("torch-2.13.0.dist-info/licenses/LICENSE", b"license"),
    ];
    for (name, content) in files {
        writer.start_file(name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(content).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

/// A platform whose pinned wheel is `wheel`.
fn platform_for(wheel: &[u8]) -> Platform {
    let hash: String = Sha256::digest(wheel).iter().map(|byte| format!("{byte:02x}")).collect();
    Platform {
        name: "test",
        os: "linux",
        arch: "test",
        wheel_tag: "test",
        pins: Box::leak(format!("torch==2.13.0 --hash=sha256:{hash}\n").into_boxed_str()),
        runtime_files: &["libtorch_cpu.so", "libc10.so"],
        link_files: &[],
        triple: "test-unknown-linux-gnu",
        extra_wheels: &[],
        stubs: &[],
        cuda: None,
    }
}

fn put(folder: &Path, wheel: &[u8]) -> Result<Vec<PathBuf>, EnsureError> {
    let path = folder.join("torch.whl");
    fs::write(&path, wheel).map_err(|source| EnsureError::io(&path, source))?;
    Ok(vec![path])
}

fn download(cache: &Path, platform: &Platform, wheel: &[u8]) -> Result<Libtorch, EnsureError> {
    into_cache(cache, platform, &|_, folder| put(folder, wheel), &mut |_| {})
}

/// Names in `cache` except the lock's, which stays.
fn names(cache: &Path) -> Vec<String> {
    let entries = fs::read_dir(cache).expect("cache").flatten();
    let mut names: Vec<_> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.ends_with(".lock"));
    names.sort();
    names
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).expect("folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn only_what_is_needed_is_unpacked_and_the_wheel_is_not_kept() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let libtorch = download(cache.path(), &platform_for(&wheel), &wheel).expect("brought");
    assert_eq!(
        files_below(&libtorch.root),
        [
            "build-version",
            "include/torch/script.h",
            "lib/libc10.so",
            "lib/libtorch_cpu.so",
            "licenses/LICENSE"
        ]
    );
    assert_eq!(names(cache.path()), ["libtorch-2.13.0-test"]);
    assert_eq!(libtorch.runtime_files.len(), 2);
    assert_eq!(fs::read(libtorch.lib_dir.join("libtorch_cpu.so")).expect("library"), [7; 100_000]);
}

#[test]
fn a_second_call_downloads_nothing() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    let first = download(cache.path(), &platform, &wheel).expect("brought");
    let refuse: Fetch<'_> = &|_, folder| Err(EnsureError::NoWheel { folder: folder.to_owned() });
    let second = into_cache(cache.path(), &platform, refuse, &mut |_| {}).expect("found");
    assert_eq!(first, second);
}

#[test]
fn a_wrong_hash_is_refused_and_leaves_nothing() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    let mut tampered = wheel.clone();
    tampered[40] ^= 1;
    let error = download(cache.path(), &platform, &tampered).expect_err("refused");
    assert!(matches!(error, EnsureError::WrongHash { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains(platform.sha256()) && text.contains("is not the pinned libtorch"), "{text}");
    assert!(names(cache.path()).is_empty(), "{:?}", names(cache.path()));
    download(cache.path(), &platform, &wheel).expect("brought after a refusal");
}

#[test]
fn a_broken_archive_leaves_nothing_and_the_next_run_succeeds() {
    let cache = TempDir::new().expect("cache");
    let whole = wheel_bytes();
    let half = &whole[..whole.len() / 2];
    // The hash is right, the content is not: only unpacking can tell.
    let error = download(cache.path(), &platform_for(half), half).expect_err("refused");
    assert!(matches!(error, EnsureError::Archive { .. }), "{error}");
    assert!(names(cache.path()).is_empty());
    download(cache.path(), &platform_for(&whole), &whole).expect("brought after a failure");
}

#[test]
fn a_wheel_without_libtorch_is_refused() {
    let cache = TempDir::new().expect("cache");
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    writer.start_file("torch/lib/libc10.so", SimpleFileOptions::default()).expect("entry");
    let wheel = writer.finish().expect("archive").into_inner();
    let error = download(cache.path(), &platform_for(&wheel), &wheel).expect_err("refused");
    assert!(matches!(error, EnsureError::Layout(TreeError::Incomplete { .. })), "{error}");
    assert!(names(cache.path()).is_empty());
}

#[test]
fn a_damaged_tree_is_named_by_locate_and_replaced_by_ensure() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    let libtorch = download(cache.path(), &platform, &wheel).expect("brought");
    fs::remove_file(libtorch.lib_dir.join("libc10.so")).expect("damaged");
    let error = locate::in_cache(cache.path(), &platform).expect_err("damaged");
    assert!(error.to_string().contains("cargo xtask setup"), "{error}");
    assert_eq!(download(cache.path(), &platform, &wheel).expect("brought again"), libtorch);
}

#[test]
fn the_variable_is_honoured_and_another_release_is_refused() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    let own = download(cache.path(), &platform, &wheel).expect("brought").root;
    let choose = || locate::choose(Some(&own), || Err(LocateError::NoCacheDir), &platform);
    assert_eq!(choose().expect("taken").root, own);

    fs::write(own.join(VERSION_FILE), "2.13.0+cu130\n").expect("version");
    assert_eq!(choose().expect("a suffix is the same release").root, own);

    fs::write(own.join(VERSION_FILE), "2.5.1+cpu\n").expect("version");
    let text = choose().expect_err("refused").to_string();
    assert!(text.contains("LIBTORCH cannot be used") && text.contains("holds libtorch 2.5.1+cpu"), "{text}");
    assert_eq!(text.lines().count(), 1);

    // As in a Python environment: no version file, but a header.
    fs::remove_file(own.join(VERSION_FILE)).expect("version");
    let header = own.join("include/torch/headeronly");
    fs::create_dir_all(&header).expect("folder");
    let version = |minor| {
        let text = format!(
            "#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR {minor}\n#define TORCH_VERSION_PATCH 0\n"
        );
        fs::write(header.join("version.h"), text).expect("header");
    };
    version(13);
    assert_eq!(choose().expect("taken").root, own);
    version(12);
    assert!(choose().expect_err("refused").to_string().contains("2.12.0"));
}

#[test]
fn a_missing_libtorch_is_answered_with_what_to_run() {
    let cache = TempDir::new().expect("cache");
    let text = |platform: &Platform| {
        let found = locate::choose(None, || Ok(cache.path().to_owned()), platform);
        found.expect_err("nothing there").to_string()
    };
    let own = text(Platform::current().expect("a platform"));
    assert!(own.contains("run `cargo xtask setup`"), "{own}");
    let other = text(&platform_for(b""));
    assert!(other.contains("run `cargo xtask setup --target test`"), "{other}");
}

#[test]
fn two_at_once_download_once_and_both_get_it() {
    let cache = TempDir::new().expect("cache");
    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    let downloads = AtomicUsize::new(0);
    let waited = AtomicUsize::new(0);
    let fetch = |_: &Platform, folder: &Path| {
        downloads.fetch_add(1, Ordering::SeqCst);
        // Until the other one has been seen waiting for the lock.
        let started = Instant::now();
        while waited.load(Ordering::SeqCst) == 0 && started.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(1));
        }
        put(folder, &wheel)
    };
    let run = || {
        let mut progress = |step| {
            if step == Progress::Waiting {
                waited.fetch_add(1, Ordering::SeqCst);
            }
        };
        into_cache(cache.path(), &platform, &|p, folder| fetch(p, folder), &mut progress)
    };
    let (first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(run);
        (run(), other.join().expect("no panic"))
    });
    assert_eq!(first.expect("brought"), second.expect("brought"));
    assert_eq!(downloads.load(Ordering::SeqCst), 1);
    assert_eq!(waited.load(Ordering::SeqCst), 1);
}

/// Names the cache folder for the process that the next test kills.
const VICTIM: &str = "NN_INSTALL_TEST_CACHE";

#[test]
#[ignore = "runs only as the child process of the next test"]
fn hangs_in_the_middle_of_unpacking() {
    let Some(cache) = std::env::var_os(VICTIM) else { return };
    let wheel = wheel_bytes();
    let mut hang = |step| {
        if matches!(step, Progress::Unpacking { done_bytes: 1.., .. }) {
            loop {
                std::thread::sleep(Duration::from_secs(1));
            }
        }
    };
    let fetch: Fetch<'_> = &|_, folder| put(folder, &wheel);
    into_cache(Path::new(&cache), &platform_for(&wheel), fetch, &mut hang).expect("killed before");
}

#[test]
fn a_run_killed_while_unpacking_leaves_no_tree_and_the_next_one_succeeds() {
    let cache = TempDir::new().expect("cache");
    let mut victim = Command::new(std::env::current_exe().expect("this test"))
        .args(["--ignored", "--exact", "download::tests::hangs_in_the_middle_of_unpacking"])
        .env(VICTIM, cache.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("started");
    let half_done = || {
        let mut entries = fs::read_dir(cache.path()).expect("cache").flatten();
        entries.any(|entry| entry.path().join("tree/include/torch/script.h").is_file())
    };
    let started = Instant::now();
    while !half_done() {
        assert!(started.elapsed() < Duration::from_secs(30), "the child never began to unpack");
        std::thread::sleep(Duration::from_millis(5));
    }
    victim.kill().expect("killed");
    victim.wait().expect("gone");
    let left = names(cache.path());
    assert!(left.len() == 1 && left[0].starts_with(".partial-"), "{left:?}");

    let wheel = wheel_bytes();
    let platform = platform_for(&wheel);
    assert!(locate::in_cache(cache.path(), &platform).is_err());
    download(cache.path(), &platform, &wheel).expect("brought");
    assert_eq!(names(cache.path()), ["libtorch-2.13.0-test"]);
}

/// A wheel of a library that torch's own wheel lacks.
fn extra_bytes() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for name in
        ["blas/lib/libblas.so", "blas/lib/other.so", "blas/__init__.py", "blas-1.dist-info/licenses/BSD.txt"]
    {
        writer.start_file(name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(name.as_bytes()).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

#[test]
fn libraries_of_another_wheel_lie_beside_libtorchs_with_their_licence_and_each_hash_counts() {
    let (torch, blas) = (wheel_bytes(), extra_bytes());
    let of =
        |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let pins = format!("torch --hash=sha256:{}\nblas --hash=sha256:{}\n", of(&torch), of(&blas));
    let mut platform = platform_for(&torch);
    platform.pins = Box::leak(pins.into_boxed_str());
    platform.extra_wheels =
        &[crate::ExtraWheel { name: "blas-", folder: "blas/lib/", files: &["libblas.so"] }];
    let both = |second: Vec<u8>| {
        let torch = torch.clone();
        move |_: &Platform, folder: &Path| {
            let path = folder.join("blas.whl");
            fs::write(&path, &second).map_err(|source| EnsureError::io(&path, source))?;
            Ok([put(folder, &torch)?, vec![path]].concat())
        }
    };
    let cache = TempDir::new().expect("cache");
    let refused = into_cache(cache.path(), &platform, &both(wheel_bytes()[1..].to_vec()), &mut |_| {});
    assert!(matches!(refused, Err(EnsureError::WrongHash { .. })), "{refused:?}");
    let libtorch = into_cache(cache.path(), &platform, &both(blas), &mut |_| {}).expect("brought");
    let found = files_below(&libtorch.root);
    for file in ["lib/libblas.so", "licenses/blas-1/BSD.txt"] {
        assert!(found.iter().any(|one| one == file), "{file} is not in {found:?}");
    }
    assert!(!found.iter().any(|one| one.contains("other")), "{found:?}");
    assert!(libtorch.runtime_files.contains(&libtorch.lib_dir.join("libblas.so")));
}

/// The stub libraries have to answer to the names and versions that libtorch asks for.
#[cfg(target_os = "linux")]
#[test]
fn stubs_define_their_symbols_under_the_version_libtorch_asks_for() {
    let folder = TempDir::new().expect("folder");
    let platform = Platform::of("linux", std::env::consts::ARCH).expect("a platform");
    for (stub, symbol) in platform.stubs.iter().zip(["cudaGetDeviceCount", "cuptiGetResultString"]) {
        crate::stub::build(stub, platform, folder.path(), folder.path()).expect("built");
        let output = Command::new("nm").arg("-D").arg(folder.path().join(stub.file)).output().expect("nm");
        let symbols = String::from_utf8_lossy(&output.stdout).into_owned();
        let wanted = format!(" T {symbol}@@{}", stub.file);
        assert!(symbols.contains(&wanted), "{wanted} is not in\n{symbols}");
    }
}

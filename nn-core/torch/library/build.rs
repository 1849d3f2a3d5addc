//! Compiles the shim against libtorch and says in plain words when libtorch is missing.

use std::{env, fs, path::Path, path::PathBuf, process};

use nn_install::Platform;

fn main() {
    println!("cargo::rerun-if-changed=shim");
    for variable in nn_install::ENVIRONMENT {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let platform = platform();
    let libtorch = nn_install::locate_for(platform).unwrap_or_else(|error| fail(&error.to_string()));
    compile(&libtorch.include_dirs);
    link(&places(platform, &libtorch.lib_dir), &libtorch.lib_dir, libtorch.libraries);
}

/// What is built for, which need not be this machine.
fn platform() -> &'static Platform {
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    let (os, arch) = (target("OS"), target("ARCH"));
    Platform::of(&os, &arch).unwrap_or_else(|| fail(&format!("no libtorch is pinned for {os} on {arch}")))
}

fn compile(include_dirs: &[PathBuf]) {
    let mut sources: Vec<PathBuf> = fs::read_dir("shim")
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .unwrap_or_else(|error| fail(&format!("cannot read the folder `shim`: {error}")));
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "cpp"));
    sources.sort();
    cc::Build::new()
        .cpp(true)
        .std("c++20")
        .files(units(&sources))
        .includes(include_dirs)
        .flag_if_supported("-fvisibility=hidden")
        .flag_if_supported("/EHsc")
        .flag_if_supported("/permissive-")
        // Many headers in one unit have more sections than an object file of Microsoft's usual kind.
        .flag_if_supported("/bigobj")
        .flag_if_supported("/utf-8")
        // Which standard it is, libtorch's headers ask.
        .flag_if_supported("/Zc:__cplusplus")
        // libtorch's headers are not ours to mend.
        .warnings(false)
        // Its debug information would make the library twenty times larger.
        .debug(false)
        .compile("nn_torch_shim");
}

/// The sources in a few units: libtorch's headers take a compiler longer than all of the shim's own code. What stands in
/// unnamed namespaces therefore has names of its own throughout the shim.
fn units(sources: &[PathBuf]) -> Vec<PathBuf> {
    let here = env::current_dir().unwrap_or_else(|error| fail(&format!("no current folder: {error}")));
    let out_dir = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // Alone, because the rehearsal of `tests/gpu/run` puts another in its place.
    let (device, others): (Vec<PathBuf>, _) =
        sources.iter().cloned().partition(|source| source.ends_with("device.cpp"));
    let mut units = device;
    for number in 0..UNITS {
        let includes = others.iter().skip(number).step_by(UNITS).map(|source| {
            // Debug: with quotation marks, and backslashes escaped.
            format!("#include {:?}\n", here.join(source).to_string_lossy())
        });
        let unit = out_dir.join(format!("unit{number}.cpp"));
        if let Err(error) = fs::write(&unit, includes.collect::<String>()) {
            fail(&format!("cannot write {}: {error}", unit.display()));
        }
        units.push(unit);
    }
    units
}

/// For two processors; with more, the time of one unit is hardly less.
const UNITS: usize = 2;

/// Where the library looks for libtorch, in order: beside itself, then where `cargo xtask setup --cuda` and `cargo xtask
/// setup` put it, unless it is for another system than this one, where those folders are not. The one with CUDA need not be
/// there yet; its plain part is the same.
fn places(platform: &Platform, lib_dir: &Path) -> Vec<String> {
    let here =
        if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") { "@loader_path" } else { "$ORIGIN" };
    let with_cuda = nn_install::cuda_lib_dir(platform)
        .filter(|_| env::var_os("LIBTORCH").is_none_or(|set| set.is_empty()));
    let trees = with_cuda.into_iter().chain([lib_dir.to_owned()]);
    let trees = trees.filter(|_| platform.os == env::consts::OS);
    let beside = [here.to_owned(), format!("{here}/libtorch/lib")];
    beside.into_iter().chain(trees.map(|tree| tree.to_string_lossy().into_owned())).collect()
}

fn link(places: &[String], lib_dir: &Path, libraries: &[&str]) {
    println!("cargo::rustc-link-search=native={}", lib_dir.display());
    for library in libraries {
        println!("cargo::rustc-link-lib=dylib={library}");
    }
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("windows") => {}
        Ok("macos") => {
            for place in places {
                println!("cargo::rustc-link-arg-cdylib=-Wl,-rpath,{place}");
            }
            println!("cargo::rustc-link-arg-cdylib=-Wl,-install_name,@rpath/libnn_torch.dylib");
        }
        _ => {
            for place in places {
                println!("cargo::rustc-link-arg-cdylib=-Wl,-rpath,{place}");
            }
            println!("cargo::rustc-link-arg-cdylib=-Wl,--exclude-libs,ALL");
            // libtorch's threads and exit handlers outlive any dlclose.
            println!("cargo::rustc-link-arg-cdylib=-Wl,-z,nodelete");
        }
    }
}

fn fail(what: &str) -> ! {
    println!("cargo::error={what}");
    process::exit(1)
}

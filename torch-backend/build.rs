//! Compiles the shim against libtorch and says in plain words when libtorch is missing.

use std::{env, fs, path::Path, path::PathBuf, process};

fn main() {
    println!("cargo::rerun-if-changed=shim");
    for variable in nn_install::ENVIRONMENT {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let libtorch = nn_install::locate().unwrap_or_else(|error| fail(&error.to_string()));
    compile(&libtorch.include_dirs);
    link(&libtorch.lib_dir, libtorch.libraries);
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
        .files(sources)
        .includes(include_dirs)
        .flag_if_supported("-fvisibility=hidden")
        .flag_if_supported("/EHsc")
        .flag_if_supported("/permissive-")
        // libtorch's headers are not ours to mend.
        .warnings(false)
        // Its debug information would make the library twenty times larger.
        .debug(false)
        .compile("nn_torch_shim");
}

fn link(lib_dir: &Path, libraries: &[&str]) {
    println!("cargo::rustc-link-search=native={}", lib_dir.display());
    for library in libraries {
        println!("cargo::rustc-link-lib=dylib={library}");
    }
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("windows") => {}
        Ok("macos") => {
            for place in ["@loader_path", "@loader_path/libtorch/lib", &lib_dir.to_string_lossy()] {
                println!("cargo::rustc-link-arg-cdylib=-Wl,-rpath,{place}");
            }
        }
        _ => {
            for place in ["$ORIGIN", "$ORIGIN/libtorch/lib", &lib_dir.to_string_lossy()] {
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

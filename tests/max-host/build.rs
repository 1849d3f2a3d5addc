//! Compiles the host's C part: functions with any number of arguments, and the counters of the Pd host.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=c");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let mut build = cc::Build::new();
    build.std("gnu11").opt_level(2).debug(true).pic(true).warnings(true).define("_GNU_SOURCE", None);
    build.flag("-Wno-cast-function-type").file("c/variadic.c");
    if std::env::var_os("CARGO_FEATURE_COUNT").is_some() {
        let shared = Path::new("../pd-host/c");
        println!("cargo:rerun-if-changed={}", shared.display());
        build.flag("-fno-builtin").flag("-U_FORTIFY_SOURCE").include(shared);
        build.file("c/inside.c");
        for name in ["host_alloc", "host_count", "host_system", "host_threads"] {
            build.file(shared.join(name).with_extension("c"));
        }
    }
    // Whole: an external may call any function, also one that the host never calls.
    build.link_lib_modifier("+whole-archive").link_lib_modifier("-bundle").compile("max_host_c");
    newer();
    println!("cargo:rustc-link-arg-tests=-rdynamic");
    println!("cargo:rustc-link-lib=dl");
    println!("cargo:rustc-link-lib=pthread");
}

/// What only newer versions of Max have, in a library that the host opens when it is one.
fn newer() {
    let folder = std::env::var_os("OUT_DIR").expect("cargo tells build scripts");
    let library = Path::new(&folder).join("libnewer_max.so");
    let mut compiler = cc::Build::new().std("gnu11").pic(true).warnings(true).get_compiler().to_command();
    let compiled = compiler.args(["-shared", "c/newer.c", "-o"]).arg(&library).status();
    assert!(compiled.is_ok_and(|status| status.success()), "c/newer.c: {compiler:?}");
    println!("cargo:rustc-env=MAX_HOST_NEWER={}", library.display());
}

//! Compiles the host's C part: a function with any number of arguments, and the counters of the Pd host.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=c");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let mut build = cc::Build::new();
    build.std("gnu11").opt_level(2).debug(true).pic(true).warnings(true).define("_GNU_SOURCE", None);
    build.file("c/print.c");
    if std::env::var_os("CARGO_FEATURE_COUNT").is_some() {
        let shared = Path::new("../pd-host/c");
        println!("cargo:rerun-if-changed={}", shared.display());
        build.flag("-fno-builtin").flag("-U_FORTIFY_SOURCE").include(shared);
        build.file("c/inside.c");
        for name in ["host_alloc", "host_count", "host_system", "host_threads"] {
            build.file(shared.join(name).with_extension("c"));
        }
    }
    // Whole: the counters stand in the place of functions that this program may never call by itself.
    build.link_lib_modifier("+whole-archive").link_lib_modifier("-bundle").compile("supercollider_host_c");
    println!("cargo:rustc-link-arg-tests=-rdynamic");
    println!("cargo:rustc-link-lib=dl");
    println!("cargo:rustc-link-lib=pthread");
}

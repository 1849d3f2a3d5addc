//! What the linker needs beside tch's own build script, when the program is built.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=LIBTORCH");
    if std::env::var_os("CARGO_FEATURE_LIBTORCH").is_none() {
        return;
    }
    let libtorch = std::env::var("LIBTORCH").unwrap_or_else(|_| {
        println!("cargo::error=LIBTORCH names no libtorch: build this with `cargo xtask oracle`");
        std::process::exit(1)
    });
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        println!("cargo::rustc-link-arg-bins=-Wl,-rpath,{libtorch}/lib");
        empty_libtorch();
    }
}

/// tch names a library `torch`, which in libtorch's own builds holds nothing and pulls in the others. This project keeps
/// those others only: an archive without members satisfies the linker.
fn empty_libtorch() {
    let folder = std::env::var("OUT_DIR").expect("cargo tells build scripts");
    std::fs::write(std::path::Path::new(&folder).join("libtorch.a"), "!<arch>\n").expect("a file");
    println!("cargo::rustc-link-search=native={folder}");
}

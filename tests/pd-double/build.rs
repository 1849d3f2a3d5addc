//! Compiles the same sources as `pd-host`, with samples of 64 bits and with instances.

#[path = "../pd-host/sources.rs"]
mod sources;

use sources::{PD, SPECIAL, WRAPPER, c_files, pd_compiler};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../pd-host/sources.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let (pd, wrapper) = sources::folders();
    let mut build = pd_compiler(&pd, &wrapper);
    build.define("PD_FLOATSIZE", "64").define("PDINSTANCE", "1").define("PDTHREADS", "1");
    build.files(c_files(&pd, PD)).files(c_files(&pd, SPECIAL)).files(c_files(&wrapper, WRAPPER));
    // Whole: an external may call any function of Pd, also one that the host never calls.
    build.link_lib_modifier("+whole-archive").compile("pd_double_c");
    println!("cargo:rustc-link-arg-bins=-rdynamic");
    for library in ["m", "dl", "pthread"] {
        println!("cargo:rustc-link-lib={library}");
    }
}

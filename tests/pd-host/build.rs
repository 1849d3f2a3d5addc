//! Compiles Pure Data 0.55.2 from the C sources inside the crate `libpd-sys`, as users run it:
//! 32-bit samples, one instance, externals loaded with `dlopen`.

mod sources;

use std::path::Path;

use sources::{PD, WRAPPER, c_files, compiler, pd_compiler};

/// This host's own C files, and those of them that stand in for functions of the C library to count their calls.
const HOST: &str = "host_count host_dsp_add host_naughty host_patch host_print host_tick";
const COUNTING: &str = "host_alloc host_system host_threads";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=sources.rs");
    println!("cargo:rerun-if-changed=c");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let (pd, wrapper) = sources::folders();

    let mut objects = Vec::new();
    let mut plain = pd_compiler(&pd, &wrapper);
    plain.files(c_files(&pd, PD)).files(c_files(&wrapper, WRAPPER));
    objects.extend(plain.compile_intermediates());

    // The scheduler calls the host's tick, which calls Pd's: so time and calls are taken from inside
    // the audio callback only, not from Pd's clocks.
    let mut scheduler = pd_compiler(&pd, &wrapper);
    scheduler.define("dsp_tick", "host_dsp_tick").file(pd.join("m_sched.c"));
    objects.extend(scheduler.compile_intermediates());

    // The host exports its own `dsp_add`, so that an external's perform routine can be timed.
    let mut graph = pd_compiler(&pd, &wrapper);
    graph.define("dsp_add", "host_pd_dsp_add").define("dsp_addv", "host_pd_dsp_addv");
    objects.extend(graph.file(pd.join("d_ugen.c")).compile_intermediates());

    // Whole: an external may call any function of Pd, also one that the host never calls.
    let mut host = compiler(&pd, &wrapper);
    host.flag("-fno-builtin").flag("-U_FORTIFY_SOURCE").flag("-Wno-cast-function-type").warnings(true);
    host.link_lib_modifier("+whole-archive");
    // A sanitizer has functions of its own in their place.
    if std::env::var_os("CARGO_CFG_SANITIZE").is_none() {
        host.files(c_files(Path::new("c"), COUNTING));
    }
    host.files(c_files(Path::new("c"), HOST)).objects(objects).compile("pd_host_c");
    println!("cargo:rustc-link-arg-bins=-rdynamic");
    println!("cargo:rustc-link-lib=m");
    println!("cargo:rustc-link-lib=dl");
    println!("cargo:rustc-link-lib=pthread");
    println!("cargo:rustc-env=PD_SOURCES={}", pd.display());
}

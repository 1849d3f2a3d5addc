//! Link options of the external.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // A host that closes it must not close the core with it. Symbols of what is
        // linked in stay inside, beside any other external.
        Ok("linux") => {
            println!("cargo::rustc-link-arg=-Wl,-z,nodelete");
            println!("cargo::rustc-link-arg=-Wl,--exclude-libs,ALL");
        }
        // Max's own functions are found in the host when it loads the external.
        Ok("macos") => println!("cargo::rustc-link-arg=-Wl,-undefined,dynamic_lookup"),
        _ => {}
    }
}

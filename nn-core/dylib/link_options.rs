//! The build script of every library that a host opens: link options.

fn main() {
    println!("cargo::rerun-if-env-changed=CARGO_CFG_TARGET_OS");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // Hosts unload nothing, but our threads and exit handlers must survive if one tries. Symbols of what is
        // linked in stay inside, beside any other external.
        Ok("linux") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
            println!("cargo::rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
        }
        // The host's own functions are found in it when it loads the external.
        Ok("macos") => println!("cargo::rustc-cdylib-link-arg=-Wl,-undefined,dynamic_lookup"),
        _ => {}
    }
}

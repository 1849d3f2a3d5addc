//! The build script of every library that a host opens: link options.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-env-changed=CARGO_CFG_TARGET_OS");
    match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // Hosts unload nothing, but our threads and exit handlers must survive if one tries. Symbols of what is
        // linked in stay inside, beside any other external.
        Ok("linux") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
            println!("cargo::rustc-cdylib-link-arg=-Wl,--exclude-libs,ALL");
        }
        // The host's own functions are found in it when it loads the external. The library's name for itself is the folder that
        // it is built in, unless another is said.
        Ok("macos") => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-undefined,dynamic_lookup");
            println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,@rpath/lib{}.dylib", library());
        }
        _ => {}
    }
}

/// The name that the manifest gives the library; else the package's.
fn library() -> String {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    println!("cargo::rerun-if-changed=Cargo.toml");
    let manifest = Path::new(&variable("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap_or_default();
    let named =
        manifest.split_once("[lib]\n").and_then(|(_, rest)| rest.split_once("name = \"")?.1.split_once('"'));
    named.map_or_else(|| variable("CARGO_PKG_NAME").replace('-', "_"), |(name, _)| name.to_owned())
}

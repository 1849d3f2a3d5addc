//! `pd-double PATCH EXTERNALS INSTANCES TICKS FOLDER`: several Pure Datas of double precision in one process.
//!
//! Each instance has a thread of its own, opens the patch and plays noise of its own through it, and records what comes
//! out in `FOLDER/N.raw` (64-bit samples; what went in is in `FOLDER/N.in`). Half of the instances end after half of the
//! ticks, while the others go on. Console lines are printed with the number of the instance before them.
#![allow(unsafe_code)] // Calls libpd.

#[cfg(target_os = "linux")]
mod instance;

#[cfg(target_os = "linux")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [patch, externals, instances, ticks, folder] = &words[..] else {
        eprintln!("pd-double PATCH EXTERNALS INSTANCES TICKS FOLDER");
        std::process::exit(2);
    };
    let number = |text: &String| text.parse::<usize>().unwrap_or_else(|e| panic!("{text}: {e}"));
    instance::run(patch.as_ref(), externals, number(instances), number(ticks), folder.as_ref());
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("this host is for Linux");
}

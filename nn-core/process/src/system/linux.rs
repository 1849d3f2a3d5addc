//! Linux: most of it stands in files.
#![allow(unsafe_code)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::memory::Memory;

pub use super::disk::free_bytes as free_disk_bytes;

pub fn memory() -> Option<Memory> {
    read_memory(&fs::read_to_string("/proc/meminfo").ok()?)
}

fn read_memory(text: &str) -> Option<Memory> {
    let of = |name: &str| {
        let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(rest.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
    };
    Some(Memory { bytes: of("MemTotal:")?, available_bytes: of("MemAvailable:") })
}

/// The distribution, then the kernel.
pub fn release() -> Option<String> {
    let text = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").ok()?;
    let kernel = format!("Linux {}", kernel.trim());
    Some(name.map_or_else(|| kernel.clone(), |name| format!("{}, {kernel}", name.trim_matches('"'))))
}

/// Where `/proc/cpuinfo` has no names, as on ARM, the board's is told.
pub fn processor() -> Option<String> {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    let board = || fs::read_to_string("/proc/device-tree/model").ok();
    let name = model.map(str::to_owned).or_else(board)?;
    Some(name.trim_matches(|c: char| c == '\0' || c.is_whitespace()).to_owned())
        .filter(|name| !name.is_empty())
}

pub fn loaded_libraries() -> Vec<PathBuf> {
    mapped(&fs::read_to_string("/proc/self/maps").unwrap_or_default())
}

/// The files that are mapped as code.
fn mapped(text: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for line in
        text.lines().filter(|line| line.split_whitespace().nth(1).is_some_and(|may| may.contains('x')))
    {
        let Some(path) = line.find('/').map(|at| PathBuf::from(&line[at..])) else { continue };
        if !found.contains(&path) {
            found.push(path);
        }
    }
    found
}

pub fn real_time_limit() -> Option<u64> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the structure is there; it is written when the answer is 0.
    let answer = unsafe { libc::getrlimit(libc::RLIMIT_RTPRIO, &raw mut limit) };
    (answer == 0).then_some(limit.rlim_cur)
}

pub fn groups() -> Vec<String> {
    let mut ids = vec![0; 1024];
    // SAFETY: the list has as many places as the call is told.
    let count = unsafe { libc::getgroups(ids.len() as libc::c_int, ids.as_mut_ptr()) };
    ids.truncate(usize::try_from(count).unwrap_or(0));
    // SAFETY: a plain question.
    ids.push(unsafe { libc::getegid() });
    named(&fs::read_to_string("/etc/group").unwrap_or_default(), &ids)
}

fn named(groups: &str, ids: &[u32]) -> Vec<String> {
    let mut names = groups.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let (name, id) = (fields.next()?, fields.nth(1)?.parse().ok()?);
        ids.contains(&id).then(|| name.to_owned())
    });
    names.by_ref().collect()
}

pub fn is_quarantined(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_kernel_are_understood() {
        let memory = read_memory("MemTotal:       100 kB\nMemFree: 5 kB\nMemAvailable:    50 kB\n");
        assert_eq!(memory, Some(Memory { bytes: 102_400, available_bytes: Some(51_200) }));
        assert_eq!(read_memory("MemFree: 5 kB\n"), None);
        let maps = "1-2 r--p 0 0:0 1 /a/x.so\n2-3 r-xp 0 0:0 1   /a/x y.so\n3-4 r-xp 0 0:0 1 /a/x y.so\n\
                    4-5 r-xp 0 0:0 0 [vdso]\n5-6 rw-p 0 0:0 0\n";
        assert_eq!(mapped(maps), [PathBuf::from("/a/x y.so")]);
        assert_eq!(named("root:x:0:\naudio:x:29:me\nodd\n", &[29, 7]), ["audio"]);
    }
}

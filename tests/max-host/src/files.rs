//! Files: where Max looks for them.

use std::{
    ffi::{CString, c_char, c_long, c_short, c_void},
    path::{Path, PathBuf},
};

use crate::{
    abi::{Address, GENERIC, OK},
    breaches::breach,
    dispatch,
    max::Max,
    symbols::text,
    threads::MAIN,
    world::{
        World,
        patched::Patched,
        usage::{Usage, Used},
        world,
    },
};

/// Room for a path.
const MAX_PATH_CHARS: usize = 2048;

unsafe fn write(place: *mut c_char, text: &str) -> bool {
    let Ok(text) = CString::new(text) else { return false };
    let bytes = text.as_bytes_with_nul();
    if bytes.len() > MAX_PATH_CHARS {
        return false;
    }
    std::ptr::copy_nonoverlapping(bytes.as_ptr(), place.cast::<u8>(), bytes.len());
    true
}

/// The path id of the collective that is open. Folders have negative ones.
const COLLECTIVE: c_short = 1;

/// The path id of a folder.
fn id_of(world: &mut World, folder: &Path) -> c_short {
    let known = world.search.iter().position(|known| known == folder);
    let index = known.unwrap_or_else(|| {
        world.search.push(folder.to_owned());
        world.search.len() - 1
    });
    -(index as c_short) - 1
}

fn folder_of(world: &World, id: c_short) -> Option<&PathBuf> {
    usize::try_from(-1 - i32::from(id)).ok().and_then(|index| world.search.get(index))
}

/// Writes the file's own name over what was asked for. Answers 0 when it was found.
#[unsafe(no_mangle)]
unsafe extern "C" fn locatefile_extended(
    file: *mut c_char,
    folder: *mut c_short,
    kind: *mut u32,
    _kinds: *const u32,
    _count: c_short,
) -> c_short {
    MAIN.check("locatefile_extended");
    let wanted = text(file);
    let mut world = world();
    if world.collective.contains(&wanted) {
        (*folder, *kind) = (COLLECTIVE, 0);
        return 0;
    }
    let full = Path::new(&wanted);
    let found: Option<PathBuf> = if full.is_absolute() {
        Some(full.to_owned()).filter(|path| path.exists())
    } else {
        world.search.iter().map(|folder| folder.join(&wanted)).find(|path| path.exists())
    };
    let Some((parent, own)) = found.as_deref().and_then(|p| Some((p.parent()?, p.file_name()?.to_str()?)))
    else {
        return -1;
    };
    *folder = id_of(&mut world, parent);
    *kind = 0;
    if write(file, own) { 0 } else { -1 }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn path_toabsolutesystempath(
    folder: c_short,
    file: *const c_char,
    absolute: *mut c_char,
) -> isize {
    MAIN.check("path_toabsolutesystempath");
    let world = world();
    // What is inside a collective has no path.
    let Some(folder) = folder_of(&world, folder) else { return GENERIC };
    let path = folder.join(text(file));
    match path.to_str() {
        Some(path) if write(absolute, path) => OK,
        _ => GENERIC,
    }
}

/// Takes a full path apart. Answers 0 when there is such a file.
#[unsafe(no_mangle)]
unsafe extern "C" fn path_frompathname(
    full: *const c_char,
    folder: *mut c_short,
    file: *mut c_char,
) -> c_short {
    MAIN.check("path_frompathname");
    let full = PathBuf::from(text(full));
    let parts = full.parent().zip(full.file_name().and_then(|name| name.to_str()));
    let Some((parent, own)) = parts.filter(|_| full.is_absolute() && full.exists()) else { return -1 };
    *folder = id_of(&mut world(), parent);
    if write(file, own) { 0 } else { -1 }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn fileusage_addfile(
    list: *mut c_void,
    flags: c_long,
    file: *const c_char,
    folder: c_short,
) {
    MAIN.check("fileusage_addfile");
    let file = text(file);
    let mut world = world();
    let path = folder_of(&world, folder).map(|folder| folder.join(file)).filter(|path| path.exists());
    let usage = world.usage.as_mut().filter(|usage| usage.list == list as Address);
    let known = matches!(flags, 0 | 1);
    if let (Some(path), Some(usage), true) = (path, usage, known) {
        usage.files.push(Used { path, as_file: flags == 1 });
        return;
    }
    drop(world);
    breach("fileusage_addfile without a file, a list that is being made, or with unknown flags".into());
}

impl Max {
    /// From now on a collective is open that has these files in it.
    pub fn open_collective(&self, files: &[&str]) {
        world().collective = files.iter().map(|&file| file.to_owned()).collect();
    }

    /// The files that a box wants a collective to have.
    pub fn file_usage(&self, patched: Patched) -> Vec<Used> {
        let list = std::ptr::dangling_mut::<u64>().cast::<c_void>();
        world().usage = Some(Usage { list: list as Address, files: Vec::new() });
        let none = std::ptr::null_mut();
        let arguments = [list, none, none, none, none, none, none, none];
        unsafe { dispatch::method(patched.0 as *mut c_void, "fileusage", arguments) };
        world().usage.take().map(|usage| usage.files).unwrap_or_default()
    }
}

crate::keep!(locatefile_extended, path_toabsolutesystempath, path_frompathname, fileusage_addfile);

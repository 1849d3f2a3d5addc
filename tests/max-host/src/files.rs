//! Files: where Max looks for them.

use std::{
    ffi::{CString, c_char, c_short},
    path::{Path, PathBuf},
};

use crate::{
    abi::{GENERIC, OK},
    symbols::text,
    threads::MAIN,
    world::world,
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
    let known = world.search.iter().position(|folder| folder == parent);
    let index = known.unwrap_or_else(|| {
        world.search.push(parent.to_owned());
        world.search.len() - 1
    });
    *folder = -(index as c_short) - 1;
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
    let known = usize::try_from(-1 - i32::from(folder)).ok().and_then(|index| world.search.get(index));
    let Some(folder) = known else { return GENERIC };
    let path = folder.join(text(file));
    match path.to_str() {
        Some(path) if write(absolute, path) => OK,
        _ => GENERIC,
    }
}

crate::keep!(locatefile_extended, path_toabsolutesystempath);

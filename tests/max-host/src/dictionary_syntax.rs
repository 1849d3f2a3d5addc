//! Dictionaries as atoms (`key : value other : { inner : 1 }`) and by paths (`outer::inner`).

use std::ffi::{c_char, c_int, c_long, c_void};

use crate::{
    abi::{A_OBJ, Address, Atom, GENERIC, OK, RawAtom, Symbol, Word},
    arrays,
    atoms::{all_from_raw, all_to_raw, atom_getsym, parsed, to_raw},
    dictionaries::{append_child, dictionary_new, entries, put_atoms, take},
    memory::sysmem_newptr,
    symbols::{name, symbol, text},
    threads::MAIN,
    world::{dictionary::Value, world},
};

/// The word of a key and what stands behind it: `key :`, `key: `.
fn key(atoms: &[Atom]) -> Option<(String, &[Atom])> {
    match atoms {
        [key, Atom::Symbol(colon), rest @ ..] if colon == ":" => Some((key.to_string(), rest)),
        [Atom::Symbol(word), rest @ ..] => {
            let word = word.strip_suffix(':').filter(|word| !word.is_empty() && !word.ends_with(':'))?;
            Some((word.to_owned(), rest))
        }
        _ => None,
    }
}

/// Reads keys and values up to the end or a closing brace; gives what is left. `None` when it is no dictionary.
fn read(into: *mut c_void, mut atoms: &[Atom]) -> Option<&[Atom]> {
    let brace = |atom: &Atom, brace: &str| matches!(atom, Atom::Symbol(word) if word == brace);
    while let Some(first) = atoms.first() {
        if brace(first, "}") {
            return Some(&atoms[1..]);
        }
        let (word, rest) = key(atoms)?;
        if rest.first().is_some_and(|first| brace(first, "{")) {
            let child = dictionary_new();
            append_child(into, &word, child);
            atoms = read(child, &rest[1..])?;
            continue;
        }
        let ends = |at: &usize| key(&rest[*at..]).is_some() || brace(&rest[*at], "}");
        let end = (0..rest.len()).find(ends).unwrap_or(rest.len());
        put_atoms(into, &word, rest[..end].to_vec());
        atoms = &rest[end..];
    }
    Some(atoms)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn dictobj_dictionaryfromatoms(
    dictionary: *mut *mut c_void,
    count: c_long,
    atoms: *const RawAtom,
) -> isize {
    MAIN.check("dictobj_dictionaryfromatoms");
    let atoms = all_from_raw(count.max(0) as usize, atoms);
    let made = dictionary_new();
    if read(made, &atoms).is_none_or(|rest| !rest.is_empty()) {
        crate::dictionaries::free(made as Address);
        *dictionary = std::ptr::null_mut();
        return GENERIC;
    }
    *dictionary = made;
    OK
}

/// From JSON, or from the text of what `dictobj_dictionaryfromatoms` takes. The error's text has room for 256 letters.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictobj_dictionaryfromstring(
    dictionary: *mut *mut c_void,
    source: *const c_char,
    is_json: c_int,
    error: *mut c_char,
) -> isize {
    MAIN.check("dictobj_dictionaryfromstring");
    let source = text(source);
    if is_json == 0 {
        let atoms = all_to_raw(&parsed(&source));
        return dictobj_dictionaryfromatoms(dictionary, atoms.len() as c_long, atoms.as_ptr());
    }
    let wrong = match serde_json::from_str(&source) {
        Ok(serde_json::Value::Object(map)) => {
            *dictionary = dictionary_new();
            fill(*dictionary, &map);
            return OK;
        }
        Ok(_) => "not an object".to_owned(),
        Err(wrong) => wrong.to_string(),
    };
    *dictionary = std::ptr::null_mut();
    if !error.is_null() {
        let short: Vec<u8> = wrong.bytes().take(255).chain([0]).collect();
        std::ptr::copy_nonoverlapping(short.as_ptr(), error.cast(), short.len());
    }
    GENERIC
}

fn fill(dictionary: *mut c_void, map: &serde_json::Map<String, serde_json::Value>) {
    use serde_json::Value;
    let atom = |value: &Value| match value {
        Value::String(word) => Atom::Symbol(word.clone()),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Atom::Int(number),
            None => Atom::Float(number.as_f64().unwrap_or(0.0)),
        },
        Value::Bool(on) => Atom::Int((*on).into()),
        other => Atom::Symbol(other.to_string()),
    };
    for (key, value) in map {
        match value {
            Value::Object(inner) => {
                let child = dictionary_new();
                append_child(dictionary, key, child);
                fill(child, inner);
            }
            Value::Array(values) => put_atoms(dictionary, key, values.iter().map(atom).collect()),
            value => put_atoms(dictionary, key, vec![atom(value)]),
        }
    }
}

/// The dictionary and the key that a path of keys leads to.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictobj_key_parse(
    _object: *mut c_void,
    dictionary: *mut c_void,
    path: *mut RawAtom,
    create: u8,
    target: *mut *mut c_void,
    key: *mut *mut Symbol,
    index: *mut i32,
) -> isize {
    MAIN.check("dictobj_key_parse");
    let path = name(atom_getsym(path));
    let mut words: Vec<&str> = path.split("::").collect();
    let Some(last) = words.pop() else { return GENERIC };
    let mut place = dictionary;
    for word in words {
        place = match take(place, symbol(word)) {
            Some(Value::Dictionary(child)) => child as *mut c_void,
            None if create != 0 => {
                let child = dictionary_new();
                append_child(place, word, child);
                child
            }
            _ => return GENERIC,
        };
    }
    (*target, *key) = (place, symbol(last));
    if !index.is_null() {
        *index = -1;
    }
    OK
}

/// One atom for a value: itself, or a list or dictionary as an object that stays the dictionary's.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getatom(
    dictionary: *const c_void,
    key: *mut Symbol,
    atom: *mut RawAtom,
) -> isize {
    let object =
        |address: Address| RawAtom { kind: A_OBJ as i16, word: Word { object: address as *mut c_void } };
    *atom = match take(dictionary, key) {
        Some(Value::Atoms(atoms)) => match &atoms[..] {
            [one] => to_raw(one),
            several => object(arrays::lent(&all_to_raw(several))),
        },
        Some(Value::Dictionary(child)) => object(child),
        None => return GENERIC,
    };
    OK
}

unsafe fn object_of(atom: *const RawAtom) -> *mut c_void {
    if i32::from((*atom).kind) == A_OBJ { (*atom).word.object } else { std::ptr::null_mut() }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomisdictionary(atom: *const RawAtom) -> c_long {
    world().dictionaries.contains_key(&(object_of(atom) as Address)).into()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atomisatomarray(atom: *const RawAtom) -> c_long {
    world().arrays.contains_key(&(object_of(atom) as Address)).into()
}

/// In the order in which they came. The list is the caller's, freed as memory or with `dictionary_freekeys`.
#[unsafe(no_mangle)]
unsafe extern "C" fn dictionary_getkeys_ordered(
    dictionary: *const c_void,
    count: *mut c_long,
    keys: *mut *mut *mut Symbol,
) -> isize {
    let found: Vec<*mut Symbol> = entries(dictionary).into_iter().map(|(key, _)| symbol(&key)).collect();
    let memory = sysmem_newptr(size_of_val(found.as_slice()) as isize).cast::<*mut Symbol>();
    std::ptr::copy_nonoverlapping(found.as_ptr(), memory, found.len());
    (*count, *keys) = (found.len() as c_long, memory);
    OK
}

/// True when the other has every key of the pattern, with the same value where the pattern's is not `*`.
#[unsafe(no_mangle)]
extern "C" fn dictobj_validate(pattern: *const c_void, other: *const c_void) -> c_long {
    let fits = |(key, wanted): &(String, Value)| match (wanted, take(other, symbol(key))) {
        (_, None) => false,
        (Value::Dictionary(wanted), Some(Value::Dictionary(found))) => {
            dictobj_validate(*wanted as *const c_void, found as *const c_void) != 0
        }
        (Value::Atoms(wanted), found) => {
            let any = matches!(&wanted[..], [Atom::Symbol(word)] if word == "*");
            any || matches!(found, Some(Value::Atoms(found)) if found == *wanted)
        }
        _ => false,
    };
    entries(pattern).iter().all(fits).into()
}

/// Everything, as it is.
#[unsafe(no_mangle)]
extern "C" fn dictionary_clone_to_existing(from: *const c_void, to: *mut c_void) -> isize {
    crate::dictionaries::dictionary_clear(to);
    crate::dictionaries::dictionary_copyunique(to, from.cast_mut())
}

crate::keep!(
    dictobj_dictionaryfromatoms,
    dictobj_dictionaryfromstring,
    dictobj_key_parse,
    dictionary_getatom,
    atomisdictionary,
    atomisatomarray,
    dictionary_getkeys_ordered,
    dictobj_validate,
    dictionary_clone_to_existing
);

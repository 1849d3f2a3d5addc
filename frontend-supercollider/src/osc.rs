//! Messages of Open Sound Control, written.

use nn_core::message::Atom;

/// A message as bytes: address, tags, arguments. Numbers that 32 bits do not hold get 64.
pub fn message(address: &str, atoms: &[Atom]) -> Vec<u8> {
    let mut bytes = Vec::new();
    text(&mut bytes, address);
    let tags: String = std::iter::once(',').chain(atoms.iter().map(tag)).collect();
    text(&mut bytes, &tags);
    for atom in atoms {
        match (atom, tag(atom)) {
            (Atom::Int(number), 'i') => bytes.extend((*number as i32).to_be_bytes()),
            (Atom::Int(number), _) => bytes.extend((*number as f64).to_be_bytes()),
            (Atom::Float(number), 'f') => bytes.extend((*number as f32).to_be_bytes()),
            (Atom::Float(number), _) => bytes.extend(number.to_be_bytes()),
            (Atom::Symbol(word), _) => text(&mut bytes, word),
        }
    }
    bytes
}

fn tag(atom: &Atom) -> char {
    match atom {
        Atom::Int(number) if i32::try_from(*number).is_ok() => 'i',
        Atom::Float(number) if f64::from(*number as f32) == *number || !number.is_finite() => 'f',
        Atom::Int(_) | Atom::Float(_) => 'd',
        Atom::Symbol(_) => 's',
    }
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    // A zero would end it.
    bytes.extend(text.bytes().filter(|byte| *byte != 0));
    bytes.push(0);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_padded_and_big_endian() {
        let atoms = [Atom::Int(-2), Atom::symbol("abcd"), Atom::Float(0.5), Atom::Float(0.1)];
        let mut wanted = b"/a\0\0,isfd\0\0\0".to_vec();
        wanted.extend([0xff, 0xff, 0xff, 0xfe]);
        wanted.extend(b"abcd\0\0\0\0");
        wanted.extend([0x3f, 0, 0, 0]);
        wanted.extend(0.1f64.to_be_bytes());
        assert_eq!(message("/a", &atoms), wanted);
    }
}

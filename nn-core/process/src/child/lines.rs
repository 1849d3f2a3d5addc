//! The output of a child, of which a limited amount is kept.

use std::io::{BufRead, Read};

/// Calls with every line, without its end, until that answers false or there are no more. Lines of more than `most_bytes`
/// are passed over, and no more than that is in memory.
pub(super) fn lines(mut said: impl BufRead, most_bytes: usize, mut each: impl FnMut(&[u8]) -> bool) {
    let mut line = Vec::new();
    let mut is_rest = false;
    loop {
        line.clear();
        match said.by_ref().take(most_bytes as u64 + 1).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let ends = line.last() == Some(&b'\n');
        if ends {
            line.pop();
        }
        let is_whole = !is_rest && line.len() <= most_bytes;
        if is_whole && !each(&line) {
            return;
        }
        is_rest = !ends;
    }
}

/// The last bytes of all that is said, as text.
pub(super) fn tail(mut said: impl Read, most_bytes: usize) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = said.read(&mut piece) {
        kept.extend_from_slice(&piece[..count]);
        let too_many = kept.len().saturating_sub(most_bytes);
        kept.drain(..too_many);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(said: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        lines(said, 8, |line| {
            all.push(String::from_utf8_lossy(line).into_owned());
            line != b"stop"
        });
        all
    }

    #[test]
    fn lines_are_told_apart_and_long_ones_passed_over_to_their_end() {
        for (said, expected) in [
            ("", vec![]),
            ("a\nb\n", vec!["a", "b"]),
            ("a\n\nno end", vec!["a", "", "no end"]),
            ("12345678\n123456789\nb\n", vec!["12345678", "b"]),
            ("12345678901234567890123\nb", vec!["b"]),
            ("a\nstop\nb\n", vec!["a", "stop"]),
        ] {
            assert_eq!(all(said.as_bytes()), expected, "{said:?}");
        }
    }

    #[test]
    fn no_more_than_the_end_is_kept() {
        let said: Vec<u8> = (0..20_000u32).flat_map(|n| format!("{n}\n").into_bytes()).collect();
        assert_eq!(tail(&said[..], 12), "19998\n19999\n");
        assert_eq!(tail(&b"short"[..], 12), "short");
    }
}

//! What the source of all classes asks for: operators, and devices by name.

use std::{
    collections::BTreeSet,
    io::{Read, Seek},
};

use super::{
    ArchiveError,
    container::Archive,
    expression::{self, Token},
};

/// All source of a RAVE has 100 kB.
const MOST_CODE_BYTES: u64 = 1 << 26;

/// What all code of an archive names.
#[derive(Debug, Default)]
pub(super) struct Code {
    /// Operators as libtorch knows them: `aten::conv1d`, `prim::min`.
    pub(super) operators: BTreeSet<String>,
    /// Devices other than the processor: `cuda:0`.
    pub(super) devices: BTreeSet<String>,
}

/// Reads all source, also that of classes which nothing refers to.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Code, ArchiveError> {
    let mut code = Code::default();
    let mut left = MOST_CODE_BYTES;
    for (name, bytes) in archive.files("code") {
        if !name.ends_with(".py") {
            continue;
        }
        left = left.checked_sub(bytes).ok_or_else(|| ArchiveError::Limit {
            what: "bytes of source".into(),
            found: bytes,
            most: MOST_CODE_BYTES,
        })?;
        let source = archive.read(&name, left + bytes)?;
        String::from_utf8_lossy(&source)
            .lines()
            .filter_map(expression::tokens)
            .for_each(|line| code.note(&line));
    }
    Ok(code)
}

impl Code {
    fn note(&mut self, line: &[Token<'_>]) {
        for at in 0..line.len() {
            // `x.torch.y` is an attribute of that name.
            if at > 0 && line[at - 1] == Token::Sign('.') {
                continue;
            }
            match &line[at..] {
                [
                    Token::Name("torch"),
                    Token::Sign('.'),
                    Token::Name("device"),
                    Token::Sign('('),
                    Token::Text(name),
                    ..,
                ] if !name.starts_with("cpu") => {
                    self.devices.insert(name.clone());
                }
                [Token::Name("torch"), Token::Sign('.'), Token::Name(name), Token::Sign('('), ..] => {
                    self.operators.insert(format!("aten::{name}"));
                }
                [
                    Token::Name("ops"),
                    Token::Sign('.'),
                    Token::Name(space),
                    Token::Sign('.'),
                    Token::Name(name),
                    Token::Sign('('),
                    ..,
                ] => {
                    self.operators.insert(format!("{space}::{name}"));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_devices_are_read_from_calls_and_not_from_texts() {
        let mut code = Code::default();
        for line in [
            r#"    _0 = torch.add_(torch.slice(x, 0), ops.prim.min(a, b))"#,
            r#"    z = torch.zeros([1], device=torch.device("cuda:0"))"#,
            r#"    y = torch.zeros([1], device=torch.device("cpu"))"#,
            r#"    _1 = "torch.nothing(x)""#,
            r#"    x.torch.child(y)"#,
            r#"    self.x = torch.nn.functional.pad(y)"#,
        ] {
            code.note(&expression::tokens(line).expect("source"));
        }
        let operators: Vec<_> = code.operators.iter().map(String::as_str).collect();
        assert_eq!(operators, ["aten::add_", "aten::device", "aten::slice", "aten::zeros", "prim::min"]);
        assert_eq!(code.devices.into_iter().collect::<Vec<_>>(), ["cuda:0"]);
    }
}

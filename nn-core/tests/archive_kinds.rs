//! Files that are no usable archive, and what the user reads then.

mod archive_files;

use std::io::Cursor;

use archive_files::{Module, mixed_zip, plain_zip, stored, torch_zip};
use nn_core::archive::{describe_from, tensors_are_stored, verify};

/// Both refuse with the same words.
fn refusal(bytes: &[u8]) -> String {
    let error = describe_from(Cursor::new(bytes)).expect_err("no model").to_string();
    assert_eq!(verify(bytes).expect_err("no model").to_string(), error);
    assert!(!error.contains('\n'), "{error:?} is more than one line");
    error
}

fn module() -> Module {
    Module::forward()
}

/// The entries of a good module with another content under one name.
fn with(name: &str, content: &[u8]) -> Vec<u8> {
    let mut entries = module().entries();
    let place = entries.iter_mut().find(|(n, _)| n == name).expect("an entry");
    place.1 = content.to_vec();
    torch_zip(&entries)
}

/// The entries of a good module without those under a prefix.
fn without(prefix: &str) -> Vec<u8> {
    let mut entries = module().entries();
    entries.retain(|(name, _)| !name.starts_with(prefix));
    torch_zip(&entries)
}

#[test]
fn other_files_are_told_apart() {
    for (bytes, words) in [
        (&b""[..], "the file is empty"),
        (b"P", "the file is incomplete"),
        (b"PK\x03\x04 and so on, but no directory at the end", "the file is incomplete"),
        (b"RIFF\x24\0\0\0WAVEfmt and so on", "this is not a TorchScript file but something else"),
        (b"\n<!DOCTYPE html><html><body>Not found</body></html>", "a web page: the download failed"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "a git-lfs pointer"),
        (b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", "this is a training checkpoint"),
    ] {
        let error = refusal(bytes);
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_checkpoint_is_told_from_an_export() {
    let error = refusal(&without("model/code/"));
    assert!(error.starts_with("this is a training checkpoint, not an exported model"), "{error}");
}

#[test]
fn other_zip_archives_are_named_so() {
    for name in ["readme.txt", "folder/readme.txt"] {
        let bytes = plain_zip(&[(name.into(), b"hello".to_vec())], stored());
        let error = refusal(&bytes);
        assert!(error.contains("another zip archive"), "{error}");
    }
}

#[test]
fn formats_of_the_future_and_the_past_are_refused() {
    assert!(refusal(&with("model/version", b"11\n")).starts_with("the file has format 11, the newest"));
    let mut entries = module().entries();
    entries.push(("model/model.json".into(), b"{}".to_vec()));
    assert!(refusal(&torch_zip(&entries)).contains("older than 1.3"));
    for nonsense in [&b""[..], b"ten", b"0", b"-1"] {
        assert!(refusal(&with("model/version", nonsense)).contains("it is no version"));
    }
    describe_from(Cursor::new(with("model/version", b"10"))).expect("the newest format");
}

#[test]
fn the_other_byte_order_is_refused() {
    assert!(refusal(&with("model/byteorder", b"big")).contains("big-endian"));
    describe_from(Cursor::new(without("model/byteorder"))).expect("older files do not say");
}

#[test]
fn missing_entries_are_named() {
    assert!(refusal(&without("model/version")).starts_with("the file has no version"));
    let bytes = without("model/constants.pkl");
    describe_from(Cursor::new(&bytes[..])).expect("not needed for the description");
    assert!(verify(&bytes).expect_err("libtorch needs it").to_string().contains("constants.pkl"));
}

#[test]
fn a_broken_pickle_is_named_with_its_place() {
    let error = refusal(&with("model/data.pkl", b"\x80\x02cos\nsystem\n(X\x02\0\0\0lsR."));
    assert!(error.starts_with("entry data.pkl is damaged (byte "), "{error}");
    let error = describe_from(Cursor::new(with("model/data.pkl", b"\x80\x02)."))).expect_err("no module");
    assert!(error.to_string().contains("it holds no module"), "{error}");
}

#[test]
fn archives_of_plain_zip_tools_are_read() {
    let deflated = stored().compression_method(zip::CompressionMethod::Deflated);
    for options in [stored(), stored().large_file(true), deflated, deflated.large_file(true)] {
        let bytes = plain_zip(&module().entries(), options);
        verify(&bytes).expect("a sound archive");
        assert_eq!(describe_from(Cursor::new(bytes)).expect("a model").methods.len(), 1);
    }
}

#[test]
fn tensors_that_are_packed_are_told_from_source_that_is() {
    let entries = Module::forward().entries();
    for (packed, stored) in [("", true), ("code/", true), (".pkl", true), ("data/", false)] {
        let bytes = mixed_zip(&entries, |name| !packed.is_empty() && name.contains(packed));
        assert_eq!(tensors_are_stored(Cursor::new(bytes)).expect("an archive"), stored, "{packed}");
    }
}

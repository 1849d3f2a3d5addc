//! What is done for a file while a host waits is little, whatever the file.

mod archive_files;

use std::{
    cell::Cell,
    io::{Cursor, Read, Result, Seek, SeekFrom},
    rc::Rc,
    time::Duration,
};

use archive_files::{Module, int, list, models, text, torch_zip};
use nn_core::{
    archive::{describe, describe_at_once, describe_at_once_from, describe_from},
    engine::effort::used_by_this_thread,
};

/// Counts the bytes that are read.
struct Counting<R>(R, Rc<Cell<u64>>);

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.0.read(into)?;
        self.1.set(self.1.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counting<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.seek(to)
    }
}

fn with_entries(count: usize) -> Vec<u8> {
    let mut entries = Module::forward().entries();
    entries.extend((0..count).map(|number| (format!("model/data/x{number}"), Vec::new())));
    torch_zip(&entries)
}

fn with_brackets(count: usize) -> Vec<u8> {
    Module::forward().with("junk", &[&b"]("[..], &vec![b']'; count], b"e"].concat()).archive()
}

fn with_a_long_list(count: usize) -> Vec<u8> {
    let body = format!("return [{}\"forward\"]", "\"x\", ".repeat(count));
    Module::forward().method("get_methods", &body).archive()
}

fn with_dense_code(count: usize) -> Vec<u8> {
    let body = format!("a = [{}1]\n    return [\"forward\"]", "1,".repeat(count));
    Module::forward().method("get_methods", &body).archive()
}

fn with_methods(count: usize) -> Vec<u8> {
    let names: Vec<_> = (0..count).map(|number| format!("m{number}")).collect();
    names
        .iter()
        .fold(Module::forward(), |model, name| model.params(name, &[1; 4]).method(name, "return 1"))
        .archive()
}

fn with_labels(count: usize) -> Vec<u8> {
    let labels = list(&vec!["label"; 64]);
    let names: Vec<_> = (0..count).map(|number| format!("m{number}")).collect();
    let model = names.iter().fold(Module::forward(), |model, name| {
        let model = model
            .with(&format!("{name}_params"), &[b"](", &[64, 1, 64, 1].map(int).concat()[..], b"e"].concat());
        let model = model.with(&format!("{name}_input_labels"), &labels);
        model.with(&format!("{name}_output_labels"), &labels).method(name, "return 1")
    });
    model.archive()
}

/// Each of the names is looked for among all of them.
fn with_lookups(count: usize) -> Vec<u8> {
    let mut values = Vec::new();
    for number in 0..count {
        values.extend([text(&format!("a{number}")), text("forward")].concat());
    }
    // Values of the module itself stand where `with` puts one.
    let model = Module::forward().with("first", &text("forward"));
    let model = model.with("more", &[b"K\x01", &values[..]].concat());
    let names: Vec<_> = (0..count).map(|number| format!("self.a{number}")).collect();
    model.method("get_methods", &format!("return [{}]", names.join(", "))).archive()
}

fn with_code(bytes: usize) -> Vec<u8> {
    Module::forward().source_lines(&"#".repeat(bytes)).archive()
}

type Kind = (&'static str, fn(usize) -> Vec<u8>, &'static [usize]);

/// Kinds of files, each from small to large.
const KINDS: &[Kind] = &[
    ("entries", with_entries, &[1000, 4000, 11_000, 262_000]),
    ("brackets", with_brackets, &[1000, 100_000, 250_000, 10_000_000]),
    ("a long list", with_a_long_list, &[100, 10_000, 100_000, 1_000_000]),
    ("dense code", with_dense_code, &[100, 10_000, 60_000, 400_000]),
    ("methods", with_methods, &[10, 500, 1000, 10_000]),
    ("labels", with_labels, &[10, 500, 1000]),
    ("lookups", with_lookups, &[10, 500, 2000, 20_000]),
    ("code", with_code, &[10_000, 1_000_000, 7_000_000]),
];

/// As much as the work that is allowed can be.
const MOST_BYTES: u64 = 5 << 20;
/// In a build without optimisations, on a machine that has other things to do; a host waits a twentieth of this.
const MOST_TIME: Duration = Duration::from_millis(300);

#[test]
fn every_file_is_described_at_once_or_left_to_the_loader() {
    for &(kind, make, sizes) in KINDS {
        for &size in sizes {
            let bytes = make(size);
            let read = Rc::new(Cell::new(0));
            let reader = Counting(Cursor::new(&bytes[..]), read.clone());
            // Not by the clock: the machine may be busy with others.
            let begin = used_by_this_thread();
            let described = describe_at_once_from(reader);
            let took = used_by_this_thread() - begin;
            let told = described.as_ref().map(|spec| spec.as_ref().map(|spec| spec.methods.len()));
            println!("{kind} {size}: {took:?}, {} bytes read, {told:?}", read.get());
            assert!(read.get() <= MOST_BYTES, "{kind} {size}: {} bytes are read", read.get());
            assert!(took < MOST_TIME, "{kind} {size}: {took:?}");
            // What is said at once is what the loader says.
            let at_leisure = || describe_from(Cursor::new(&bytes));
            match described {
                Ok(Some(spec)) => assert_eq!(spec, at_leisure().expect("the same"), "{kind} {size}"),
                Ok(None) => {}
                Err(error) => assert_eq!(error.to_string(), at_leisure().expect_err("the same").to_string()),
            }
        }
        let smallest = describe_at_once_from(Cursor::new(make(sizes[0]))).expect("a model");
        assert!(smallest.is_some(), "{kind}: a small one is described at once");
    }
}

#[test]
fn real_models_are_described_at_once() {
    for path in models() {
        let at_once = describe_at_once(&path).expect("a model").expect("at once");
        assert_eq!(at_once, describe(&path).expect("a model"), "{path:?}");
    }
}

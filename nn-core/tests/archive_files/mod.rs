//! Archives for tests: the committed models, small ones made on the spot, and the zip layout of torch.

#![allow(dead_code, reason = "each test file uses a part")]

use std::{
    io::{Cursor, Read, Write},
    ops::Range,
    path::{Path, PathBuf},
};

/// The committed models.
pub fn models() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    let paths = folder.read_dir().expect("the models are there").map(|entry| entry.expect("a file").path());
    let mut models: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "ts")).collect();
    models.sort();
    assert!(models.len() >= 10, "only {} models found", models.len());
    models
}

/// A committed model.
pub fn model(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models").join(name)
}

/// Names and contents of the entries of an archive, in the order of its directory.
pub fn entries(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).expect("a zip archive");
    let count = zip.len();
    let read = |i| {
        let mut entry = zip.by_index(i).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("a sound entry");
        (name, content)
    };
    (0..count).map(read).collect()
}

/// A zip archive as plain tools write it.
pub fn plain_zip(entries: &[(String, Vec<u8>)], options: zip::write::SimpleFileOptions) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(name.as_str(), options).expect("an entry");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A zip archive whose entries are packed or not, by their names.
pub fn mixed_zip(entries: &[(String, Vec<u8>)], packed: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method =
            if packed(name) { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
        zip.start_file(name.as_str(), stored().compression_method(method)).expect("an entry");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Stored entries.
pub fn stored() -> zip::write::SimpleFileOptions {
    zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)
}

/// A zip archive laid out as torch writes it: contents at multiples of 64 after padding, sizes in a descriptor
/// after each content, a zip64 end record even when nothing needs it.
pub fn torch_zip(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in entries {
        let start = file.len();
        let crc32 = crc32fast::hash(content).to_le_bytes();
        let size = (content.len() as u32).to_le_bytes();
        let name_bytes = (name.len() as u16).to_le_bytes();
        let padding = 64 - (start + 30 + name.len() + 4) % 64;
        file.extend(b"PK\x03\x04\0\0\x08\x08\0\0");
        file.extend([0; 16]);
        file.extend(name_bytes);
        file.extend(((padding + 4) as u16).to_le_bytes());
        file.extend(name.as_bytes());
        file.extend(b"FB");
        file.extend((padding as u16).to_le_bytes());
        file.extend(vec![b'Z'; padding]);
        file.extend(content);
        file.extend([&b"PK\x07\x08"[..], &crc32, &size, &size].concat());
        directory.extend(b"PK\x01\x02\0\0\0\0\x08\x08\0\0\0\0\0\0");
        directory.extend([crc32, size, size].concat());
        directory.extend(name_bytes);
        directory.extend([0; 12]);
        directory.extend((start as u32).to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (file.len() as u64, entries.len() as u64);
    let bytes = directory.len() as u64;
    file.extend(directory);
    let end64 = file.len() as u64;
    file.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x1e\x03\x2d\0");
    file.extend([0; 8]);
    file.extend([count, count, bytes, start].map(u64::to_le_bytes).concat());
    file.extend(b"PK\x06\x07\0\0\0\0");
    file.extend(end64.to_le_bytes());
    file.extend(1u32.to_le_bytes());
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend([count.min(0xFFFF) as u16; 2].map(u16::to_le_bytes).concat());
    file.extend([bytes as u32, start as u32].map(u32::to_le_bytes).concat());
    file.extend([0; 2]);
    file
}

/// Where the parts of an archive lie.
pub struct Map {
    /// Bytes that no reader of TorchScript takes anything from: versions, times, attributes, padding.
    pub idle: Vec<Range<usize>>,
    /// Contents that are deflated, where two spellings of one content exist.
    pub deflated: Vec<Range<usize>>,
    /// Starts of the directory's records.
    pub records: Vec<usize>,
}

fn number(bytes: &[u8], place: usize, count: usize) -> usize {
    bytes[place..place + count].iter().rev().fold(0, |n, &b| n << 8 | usize::from(b))
}

/// Maps a sound archive.
pub fn map(bytes: &[u8]) -> Map {
    let end = bytes.len() - 22;
    let (count, mut record) = (number(bytes, end + 10, 2), number(bytes, end + 16, 4));
    let mut map = Map { idle: Vec::new(), deflated: Vec::new(), records: Vec::new() };
    for _ in 0..count {
        map.records.push(record);
        // Made by, needed version; time, date; inner and outer attributes without the folder bit, see below.
        map.idle.extend([record + 4..record + 8, record + 12..record + 16, record + 36..record + 42]);
        let header = number(bytes, record + 42, 4);
        map.idle.extend([header + 4..header + 6, header + 10..header + 14]);
        let extra = header + 30 + number(bytes, header + 26, 2);
        let content = extra + number(bytes, header + 28, 2);
        map.idle.push(extra..content);
        if number(bytes, record + 10, 2) == 8 {
            map.deflated.push(content..content + number(bytes, record + 20, 4));
        }
        let [name, extra, comment] = [28, 30, 32].map(|field| number(bytes, record + field, 2));
        record += 46 + name + extra + comment;
        map.idle.push(record - extra - comment..record);
    }
    if bytes[end - 20..].starts_with(b"PK\x06\x07") {
        // Made by and needed version.
        map.idle.push(end - 64..end - 60);
    }
    map
}

/// Builds the pickle of a module.
pub struct Module {
    pickle: Vec<u8>,
    storages: Vec<(String, Vec<u8>)>,
    source: String,
    constants: Vec<u8>,
}

impl Module {
    /// A module of class `Model` without anything.
    pub fn new() -> Self {
        Self {
            pickle: b"\x80\x02c__torch__\nModel\nq\x00)\x81}(".to_vec(),
            storages: Vec::new(),
            source: "class Model(Module):\n  __parameters__ = []\n".into(),
            constants: b"\x80\x02).".to_vec(),
        }
    }

    /// An attribute with a value in pickle opcodes.
    pub fn with(mut self, name: &str, value: &[u8]) -> Self {
        self.pickle.extend(text(name));
        self.pickle.extend(value);
        self
    }

    /// A contiguous tensor of one dimension.
    pub fn tensor(self, name: &str, element: &str, count: usize, content: &[u8]) -> Self {
        self.view(name, element, (count, content), 0, &[(count, 1)])
    }

    /// A tensor that looks at a storage through an offset and pairs of size and stride.
    pub fn view(
        mut self,
        name: &str,
        element: &str,
        storage: (usize, &[u8]),
        offset: usize,
        axes: &[(usize, usize)],
    ) -> Self {
        let (count, content) = storage;
        let key = self.storages.len().to_string();
        let mut value = b"ctorch._utils\n_rebuild_tensor_v2\n((".to_vec();
        value.extend(text("storage"));
        value.extend(format!("ctorch\n{element}Storage\n").into_bytes());
        value.extend([text(&key), text("cpu"), int(count), b"tQ".to_vec(), int(offset)].concat());
        for axis in [axes.iter().map(|a| a.0).collect::<Vec<_>>(), axes.iter().map(|a| a.1).collect()] {
            value.push(b'(');
            value.extend(axis.into_iter().flat_map(int));
            value.push(b't');
        }
        value.extend(b"\x89ccollections\nOrderedDict\n)RtR");
        self.storages.push((format!("data/{key}"), content.to_vec()));
        self.with(name, &value)
    }

    /// A module that is a model: `forward` with one channel each way.
    pub fn forward() -> Self {
        Self::new()
            .source_lines("  forward_params : Tensor\n")
            .params("forward", &[1; 4])
            .method("forward", "return 1")
    }

    /// `M_params` as torch stores it.
    pub fn params(self, method: &str, params: &[i64]) -> Self {
        let content: Vec<u8> = params.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.tensor(&format!("{method}_params"), "Long", params.len(), &content)
    }

    /// A method with one line of body.
    pub fn method(self, name: &str, body: &str) -> Self {
        self.source_lines(&format!("  def {name}(self: __torch__.Model) -> int:\n    {body}\n"))
    }

    /// Lines of source.
    pub fn source_lines(mut self, lines: &str) -> Self {
        self.source.push_str(lines);
        self
    }

    /// The content of `constants.pkl`.
    pub fn constants(mut self, pickle: &[u8]) -> Self {
        self.constants = pickle.to_vec();
        self
    }

    /// All entries.
    pub fn entries(mut self) -> Vec<(String, Vec<u8>)> {
        self.pickle.extend(b"ub.");
        let mut entries = vec![
            ("data.pkl".to_owned(), self.pickle),
            ("code/__torch__.py".to_owned(), self.source.into_bytes()),
            ("constants.pkl".to_owned(), self.constants),
            ("version".to_owned(), b"3\n".to_vec()),
            ("byteorder".to_owned(), b"little".to_vec()),
        ];
        entries.extend(self.storages);
        entries.into_iter().map(|(name, content)| (format!("model/{name}"), content)).collect()
    }

    /// The archive in torch's layout.
    pub fn archive(self) -> Vec<u8> {
        torch_zip(&self.entries())
    }
}

/// A text in pickle opcodes.
pub fn text(text: &str) -> Vec<u8> {
    [&b"X"[..], &(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()
}

/// A whole number in pickle opcodes.
pub fn int(number: usize) -> Vec<u8> {
    [&b"\x8a\x08"[..], &(number as u64).to_le_bytes()].concat()
}

/// A list of texts in pickle opcodes.
pub fn list(texts: &[&str]) -> Vec<u8> {
    let members: Vec<u8> = texts.iter().flat_map(|t| text(t)).collect();
    [&b"]("[..], &members, b"e"].concat()
}

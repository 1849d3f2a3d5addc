//! Files of large models, and what is asked of them.

use std::path::Path;

use crate::{
    archive_files::{self, Module, int, plain_zip, stored, text},
    torch_stand::{Tensor, run, source},
};
use nn_core::model::{Model, ModelSource};

/// What state is as the file has it.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    Numbers,
    Zeros,
}

pub const PARTS: usize = 4;
pub const METHODS: [&str; 5] = ["forward", "read", "whole", "tied", "anew"];

/// A number of the tensor of this seed.
pub fn number_at(seed: usize, n: usize) -> f32 {
    ((n * 31 + seed * 7) % 1009) as f32 * 1e-3 + 0.5
}

/// A model with so many floats of weight and of state, which begins as `content`: `forward` writes a little of its state, `read` reads all of it,
/// `whole` writes all of it, `tied` writes through one tensor and reads through another of the same memory,
/// `anew` puts another tensor in the place of each, as most models keep what they have heard.
pub fn large(weight: usize, state: usize, content: Content) -> Vec<(String, Vec<u8>)> {
    let part = state / PARTS;
    let numbers = |seed: usize, count: usize| -> Vec<u8> {
        (0..count).flat_map(|n| number_at(seed, n).to_le_bytes()).collect()
    };
    let mut module = Module::new().tensor("weight", "Float", weight, &numbers(9, weight));
    for number in 0..PARTS {
        let values = match content {
            Content::Numbers => numbers(number, part),
            Content::Zeros => vec![0; part * size_of::<f32>()],
        };
        module = module.tensor(&format!("state{number}"), "Float", part, &values);
    }
    for method in METHODS {
        module = module.params(method, &[1; 4]);
    }
    let declared = |name: &str| format!("  {name} : Tensor\n");
    let mut source = declared("weight") + &declared("head");
    source.extend((0..PARTS).map(|number| declared(&format!("state{number}"))));
    source.extend(METHODS.map(|method| declared(&format!("{method}_params"))));
    let method = |name: &str, lines: &[String]| {
        format!(
            "  def {name}(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    {}\n",
            lines.join("\n    ")
        )
    };
    let each = |line: &dyn Fn(usize) -> String| (0..PARTS).map(line).collect::<Vec<_>>();
    let first = "torch.slice(self.state0, 0, 0, 64)";
    source += &method(
        "forward",
        &[
            format!("_0 = torch.add_({first}, 1.)"),
            "_1 = torch.mul_(torch.slice(self.state1, 0, 5000, 5064), 0.5)".into(),
            format!("y = torch.add(torch.sum({first}), torch.sum(torch.slice(self.state1, 0, 4990, 5070)))"),
            "return torch.add(torch.add(x, y), torch.sum(self.weight))".into(),
        ],
    );
    let sums = each(&|n| format!("s{n} = torch.sum(self.state{n})"));
    let all = "return torch.add(torch.add(torch.add(torch.add(x, s0), s1), s2), s3)".to_owned();
    source += &method("read", &[sums.clone(), vec![all.clone()]].concat());
    let news = each(&|n| format!("self.state{n} = torch.add(self.state{n}, 1.)"));
    source += &method("anew", &[news, sums.clone(), vec![all.clone()]].concat());
    let adds = each(&|n| format!("_{n} = torch.add_(self.state{n}, 1.)"));
    source += &method("whole", &[adds, sums, vec![all]].concat());
    source += &method(
        "tied",
        &[
            "_0 = torch.add_(self.head, 1.)".into(),
            "return torch.add(x, torch.sum(torch.slice(self.state3, 0, 0, 200)))".into(),
        ],
    );
    let mut entries = module.source_lines(&source).entries();
    let pickle = &mut entries[0].1;
    tie(pickle, &format!("{}", PARTS), part);
    entries
}

/// Adds `head`: the beginning of the storage of this key, as a tensor of its own.
pub fn tie(pickle: &mut Vec<u8>, key: &str, count: usize) {
    let names =
        [text("storage"), b"ctorch\nFloatStorage\n".to_vec(), text(key), text("cpu"), int(count)].concat();
    let named = [&b"("[..], &names, b"tQ"].concat();
    let at = pickle.windows(named.len()).position(|bytes| bytes == named).expect("the storage") + named.len();
    pickle.splice(at..at, *b"r\xe8\x03\0\0");
    let end = pickle.len() - b"ub.".len();
    let mut head = [text("head"), b"ctorch._utils\n_rebuild_tensor_v2\n(j\xe8\x03\0\0".to_vec()].concat();
    head.extend([int(0), b"(".to_vec(), int(100), b"t(".to_vec(), int(1), b"t".to_vec()].concat());
    head.extend(b"\x89ccollections\nOrderedDict\n)RtR");
    pickle.splice(end..end, head);
}

pub fn load(path: &Path) -> Box<dyn Model> {
    source().load(&path.into()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn fork(model: &dyn Model) -> Box<dyn Model> {
    model.fork().expect("a copy")
}

/// What a model answers to a number of calls of each kind.
pub fn answers(model: &mut dyn Model) -> Vec<f32> {
    let input = Tensor::zeros(1, 1, 8);
    let calls = ["read", "forward", "forward", "tied", "read", "whole", "tied", "forward", "read"];
    calls.iter().flat_map(|method| run(model, method, &input).samples).collect()
}

/// Files of three layouts, the same in content.
pub fn layouts(folder: &Path, weight: usize, state: usize, content: Content) -> Vec<std::path::PathBuf> {
    let entries = large(weight, state, content);
    let deflated = stored().compression_method(zip::CompressionMethod::Deflated);
    let files = [
        ("torch.ts", archive_files::torch_zip(&entries)),
        ("plain.ts", plain_zip(&entries, stored())),
        ("deflated.ts", plain_zip(&entries, deflated)),
    ];
    let written = files.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    });
    written.into()
}

/// The number of a method.
pub fn number(method: &str) -> usize {
    METHODS.iter().position(|name| *name == method).expect("a method")
}

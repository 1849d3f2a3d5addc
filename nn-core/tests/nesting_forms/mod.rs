//! Archives that are nested to a given depth, in every form by which libtorch recurses.

#![allow(dead_code, reason = "each test file uses a part")]

use super::archive_files::{Module, text, torch_zip};

/// One way to nest.
pub struct Form {
    pub name: &'static str,
    /// An archive that is nested so deep.
    pub make: Box<dyn Fn(usize) -> Vec<u8>>,
    /// What libtorch does with one at the limit.
    pub fate: Fate,
}

/// What libtorch does at the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Loads,
    /// It means nothing: an error in libtorch's words.
    Fails,
    /// Its time doubles with every level: not tried.
    Endless,
}

fn archive(module: Module) -> Vec<u8> {
    module.archive()
}

/// A method with these lines; it has a tensor `x` and an integer `i`.
pub fn body(lines: &str) -> Vec<u8> {
    archive(with_body(lines))
}

fn with_body(lines: &str) -> Module {
    Module::forward().source_lines(&format!(
        "  def deep(self: __torch__.Model,\n    x: Tensor,\n    i: int) -> Tensor:\n{lines}    return x\n"
    ))
}

fn line(prefix: &str, before: &str, inner: &str, after: &str, count: usize) -> Vec<u8> {
    body(&format!("    y = {prefix}{}{inner}{}\n", before.repeat(count), after.repeat(count)))
}

/// Blocks inside each other.
pub fn blocks(head: impl Fn(usize) -> String, count: usize) -> Vec<u8> {
    let mut lines = String::new();
    for level in 0..count {
        lines += &format!("{}{}:\n", " ".repeat(4 + 2 * level), head(level));
    }
    body(&(lines + &" ".repeat(4 + 2 * count) + "pass\n"))
}

/// Classes, functions or files that mention the next: a source for each, by its number and the next one's.
fn chain(count: usize, of: impl Fn(usize, Option<usize>) -> String) -> String {
    (0..count).map(|i| of(i, (i + 1 < count).then_some(i + 1))).collect()
}

fn with_source(mut entries: Vec<(String, Vec<u8>)>, more: &str) -> Vec<u8> {
    entries[1].1.extend(more.as_bytes());
    torch_zip(&entries)
}

fn mentions_in_bodies(count: usize) -> Vec<u8> {
    let classes = chain(count, |i, next| {
        let body = next.map_or("pass".into(), |next| format!("y = uninitialized(__torch__.C{next})"));
        format!("class C{i}:\n  def run(self: __torch__.C{i}) -> int:\n    {body}\n    return 1\n")
    });
    with_source(with_body("    y = uninitialized(__torch__.C0)\n").entries(), &classes)
}

fn mentions_in_attributes(count: usize) -> Vec<u8> {
    let classes = chain(count, |i, next| {
        let attribute = next.map_or(String::new(), |next| format!("  c : __torch__.C{next}\n"));
        format!("class C{i}:\n{attribute}  def run(self: __torch__.C{i}) -> int:\n    return 1\n")
    });
    with_source(with_body("    y = uninitialized(__torch__.C0)\n").entries(), &classes)
}

fn mentions_in_files(count: usize) -> Vec<u8> {
    let mut entries = with_body("    y = uninitialized(__torch__.p0.C)\n").entries();
    for i in 0..count {
        let next =
            if i + 1 < count { format!("y = uninitialized(__torch__.p{}.C)", i + 1) } else { "pass".into() };
        let source =
            format!("class C:\n  def run(self: __torch__.p{i}.C) -> int:\n    {next}\n    return 1\n");
        entries.push((format!("model/code/__torch__/p{i}.py"), source.into_bytes()));
    }
    torch_zip(&entries)
}

fn functions(count: usize) -> Vec<u8> {
    let functions = chain(count, |i, next| {
        let value = next.map_or("x".into(), |next| format!("__torch__.f{next}(x, )"));
        format!("def f{i}(x: Tensor) -> Tensor:\n  return {value}\n")
    });
    with_source(with_body("    x = __torch__.f0(x, )\n").entries(), &functions)
}

fn methods(count: usize) -> Vec<u8> {
    let methods = chain(count, |i, next| {
        let value = next.map_or("x".into(), |next| format!("(self).m{next}(x, )"));
        format!("  def m{i}(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    return {value}\n")
    });
    archive(with_body("    x = (self).m0(x, )\n").source_lines(&methods))
}

/// Objects of one class, each in the next.
fn objects(count: usize) -> Vec<u8> {
    let open = [&b"c__torch__\nB\n)\x81}("[..], &text("b")].concat().repeat(count);
    let value = [open, b"N".to_vec(), b"ub".repeat(count)].concat();
    attribute(
        "__torch__.B",
        &value,
        "class B:\n  b : Optional[Tensor]\n  def run(self: __torch__.B) -> int:\n    return 1\n",
    )
}

/// An attribute of the model, as a pickle has it.
pub fn attribute(kind: &str, value: &[u8], more: &str) -> Vec<u8> {
    let mut entries = Module::forward().with("deep", value).entries();
    let source = String::from_utf8(entries[1].1.clone()).expect("text");
    entries[1].1 = source.replacen("  def", &format!("  deep : {kind}\n  def"), 1).into_bytes();
    with_source(entries, more)
}

fn constants(value: &[u8]) -> Vec<u8> {
    archive(Module::forward().constants(&[b"\x80\x02(", value, b"t."].concat()))
}

/// All forms.
#[expect(clippy::too_many_lines, reason = "a table of all forms")]
pub fn forms() -> Vec<Form> {
    use Fate::{Endless, Fails, Loads};
    let mut forms = Vec::new();
    let mut form = |name, fate, make: Box<dyn Fn(usize) -> Vec<u8>>| forms.push(Form { name, make, fate });
    for (name, fate, prefix, before, inner, after) in [
        ("lists", Loads, "", "[", "1", "]"),
        ("tuples", Endless, "", "(", "1", ",)"),
        ("brackets", Loads, "", "(", "1", ")"),
        ("dictionaries", Loads, "", "{1: ", "1", "}"),
        ("calls", Loads, "", "torch.neg(", "x", ")"),
        ("subscripts inside subscripts", Endless, "", "x[", "0", "]"),
        ("subscripts in a row", Loads, "x", "", "", "[0]"),
        ("methods in a row", Loads, "x", "", "", ".neg()"),
        ("calls in a row", Fails, "x", "", "", "()"),
        ("attributes in a row", Fails, "x", "", "", ".a"),
        ("a path", Loads, "__torch__", "", "", ".a"),
        ("sums", Loads, "i", "", "", " + i"),
        ("differences to the right", Loads, "", "i - (", "i", ")"),
        ("products of tensors", Loads, "x", "", "", " * x"),
        ("powers", Loads, "1", "", "", " ** 1"),
        ("comparisons", Loads, "i", "", "", " == 1"),
        ("and", Loads, "True", "", "", " and True"),
        ("or", Loads, "False", "", "", " or False"),
        ("choices", Loads, "1", "", "", " if i > 0 else 1"),
        ("choices in brackets", Loads, "", "(1 if i > 0 else ", "1", ")"),
        ("minus", Fails, "", "-", "1", ""),
        ("minus of a tensor", Loads, "", "-", "x", ""),
        ("not", Loads, "", "not ", "True", ""),
        ("tilde", Loads, "", "~", "x", ""),
        ("comprehensions", Loads, "", "[z for z in ", "[1]", "]"),
        ("types", Loads, "uninitialized(", "List[", "int", "]"),
        ("optional types", Loads, "uninitialized(", "Optional[", "int", "]"),
        ("continued lines", Loads, "i", "", "", " \\\n  +\ti"),
    ] {
        let close = if prefix.ends_with('(') { ")" } else { "" };
        form(
            name,
            fate,
            Box::new(move |count| {
                body(&format!(
                    "    y = {prefix}{}{inner}{}{close}\n",
                    before.repeat(count),
                    after.repeat(count)
                ))
            }),
        );
    }
    form("if", Loads, Box::new(|count| blocks(|_| "if i > 0".into(), count)));
    form("while", Loads, Box::new(|count| blocks(|_| "while i > 0".into(), count)));
    form("for", Loads, Box::new(|count| blocks(|level| format!("for i{level} in range(2)"), count)));
    form(
        "elif",
        Loads,
        Box::new(|count| {
            body(&("    if i > 0:\n      pass\n".to_owned() + &"    elif i > 1:\n      pass\n".repeat(count)))
        }),
    );
    form("early returns", Loads, Box::new(|count| body(&"    if i > 0:\n      return x\n".repeat(count))));
    form(
        "breaks",
        Loads,
        Box::new(|count| {
            body(&("    for j in range(3):\n".to_owned() + &"      if i > 0:\n        break\n".repeat(count)))
        }),
    );
    form(
        "a type of an argument",
        Loads,
        Box::new(|count| {
            let kind = "List[".repeat(count) + "int" + &"]".repeat(count);
            archive(with_body("").source_lines(&format!(
                "  def more(self: __torch__.Model,\n    a: {kind}) -> int:\n    return 1\n"
            )))
        }),
    );
    form(
        "a type of an attribute",
        Loads,
        Box::new(|count| attribute(&("List[".repeat(count) + "int" + &"]".repeat(count)), b"]", "")),
    );
    form(
        "a type in a comment",
        Loads,
        Box::new(|count| {
            let kind = "List[".repeat(count) + "int" + &"]".repeat(count);
            archive(
                with_body("").source_lines(&format!(
                    "  def more(self, a):\n    # type: ({kind}) -> int\n    return 1\n"
                )),
            )
        }),
    );
    form(
        "a type in a pickle",
        Loads,
        Box::new(|count| {
            let kind = "List[".repeat(count) + "int" + &"]".repeat(count);
            let value = [&b"ctorch.jit._pickle\nrestore_type_tag\n(]"[..], &text(&kind), b"tR"].concat();
            attribute(&kind, &value, "")
        }),
    );
    form("methods that call the next", Loads, Box::new(methods));
    form("functions that call the next", Loads, Box::new(functions));
    form("classes whose methods name the next", Loads, Box::new(mentions_in_bodies));
    form("classes whose attribute is the next", Loads, Box::new(mentions_in_attributes));
    form("files that name the next", Loads, Box::new(mentions_in_files));
    form(
        "tuples in constants",
        Loads,
        Box::new(|count| constants(&[b")".to_vec(), b"\x85".repeat(count)].concat())),
    );
    form(
        "lists in constants",
        Loads,
        Box::new(|count| constants(&[b"](".repeat(count), b"e".repeat(count)].concat())),
    );
    form(
        "dictionaries in constants",
        Loads,
        Box::new(|count| constants(&[b"}(K\x01".repeat(count), b"N".to_vec(), b"u".repeat(count)].concat())),
    );
    form(
        "references in constants",
        Loads,
        Box::new(|count| {
            // A list, put away, fetched and put into the next, so that no bracket stands in another.
            let mut value = b"]q\x00".to_vec();
            value.extend(b"](h\x00eq\x00".repeat(count));
            constants(&value)
        }),
    );
    form("objects", Loads, Box::new(objects));
    forms
}

/// What holds itself.
pub fn circles() -> Vec<(&'static str, Vec<u8>)> {
    let any_attribute = "  a : List[Any]\n";
    let grown =
        "    y = annotate(List[Any], [])\n    for j in range(1000000):\n      y = annotate(List[Any], [y])\n";
    let passed = "  def one(self: __torch__.Model,\n    a: List[Any]) -> List[Any]:\n    return [a]\n";
    let mut kept = Module::forward().entries();
    let source = String::from_utf8(kept[1].1.clone()).expect("text");
    kept[1].1 = source.replacen("  def", &format!("{any_attribute}  def"), 1).into_bytes();
    vec![
        ("a list in itself", constants(b"]q\x00(h\x00e")),
        ("a dictionary in itself", constants(b"}q\x00(K\x01h\x00u")),
        ("two lists in each other", constants(b"]q\x00(]q\x01(h\x00ee")),
        ("a list that grows into itself", body(grown)),
        ("a method from Any to Any", archive(Module::forward().source_lines(passed))),
        ("an attribute of type Any", torch_zip(&kept)),
    ]
}

/// Random code: expressions and blocks of random forms inside each other, as deep as asked.
pub fn random_code(mut state: u64, levels: usize) -> String {
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let blocks = below(levels as u64 + 1) as usize;
    let mut lines = String::new();
    for level in 0..blocks {
        let head = ["if i > 0", "while i > 3", "if x is None", "for j in range(2)"][below(3) as usize];
        lines += &format!("{}{head}:\n", " ".repeat(4 + 2 * level));
    }
    let mut expression = String::from("x");
    for _ in 0..levels - blocks {
        expression = match below(9) {
            0 => format!("({expression})"),
            1 => format!("torch.neg({expression})"),
            2 => format!("-{expression}"),
            3 => format!("{expression}.neg()"),
            4 => format!("{expression} + x"),
            5 => format!("(x * {expression})"),
            6 => format!("({expression} if i > 0 else x)"),
            7 => format!("torch.stack([{expression}, x])"),
            _ => format!("{expression}[0]"),
        };
    }
    lines += &format!("{}y = {expression}\n", " ".repeat(4 + 2 * blocks));
    lines
}

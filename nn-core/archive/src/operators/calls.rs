//! What the source of an archive calls.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
    rc::Rc,
};

use super::{Refusal, list};
use crate::lexer::{Piece, Pieces};

/// Forms of TorchScript that are operators and look like functions.
const FORMS: [&[u8]; 5] = [b"fork", b"awaitable", b"rpc_async", b"rpc_sync", b"rpc_remote"];
/// The names under which libtorch's operators are reached.
const ROOTS: [&[u8]; 2] = [b"torch", b"ops"];

/// A source that ends in the midst of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Unfinished;

/// What all source of an archive calls, in the order of the files.
#[derive(Debug, Default)]
pub(in super::super) struct Calls {
    /// Operators as libtorch knows them: `aten::conv1d`.
    pub(in super::super) operators: BTreeSet<String>,
    /// Devices other than the processor: `cuda:0`.
    pub(in super::super) devices: BTreeSet<String>,
    /// What may be refused, with its place: each once.
    found: Vec<Refusal>,
    seen: HashSet<String>,
    /// Members that are called by names which operators have, too: which it is shows when all is read.
    members: Vec<Refusal>,
    /// Names that the source gives to methods and attributes.
    declared: HashSet<String>,
}

/// Where the reading is.
struct Place {
    class: Option<Rc<str>>,
    function: Rc<str>,
}

impl Place {
    fn name(&self) -> String {
        match &self.class {
            Some(class) => format!("{class}.{}", self.function),
            None => self.function.to_string(),
        }
    }
}

impl Calls {
    /// Reads one file of source; `name` is what it is called where nothing better is known.
    pub(in super::super) fn read(&mut self, name: &str, source: &[u8]) -> Result<(), Unfinished> {
        let mut pieces = Pieces::new(source);
        let all: Vec<_> = std::iter::from_fn(|| pieces.next()).map(|(piece, _)| piece).collect();
        if pieces.is_unfinished() {
            return Err(Unfinished);
        }
        let mut place = Place { class: None, function: name.into() };
        // Lines end anywhere inside brackets: what belongs together is looked at without them.
        let joined: Vec<_> = all.iter().copied().filter(|piece| *piece != Piece::End).collect();
        self.declare(&all);
        let mut at = 0;
        while at < joined.len() {
            let before = at.checked_sub(1).map(|before| joined[before]);
            at += self.note(before, &joined[at..], &mut place);
        }
        Ok(())
    }

    /// Names in front of a colon at the beginning of a line, and those of functions.
    fn declare(&mut self, pieces: &[Piece<'_>]) {
        for three in pieces.windows(3) {
            let name = match three {
                [Piece::End, Piece::Name(name), Piece::Sign(b':')]
                | [Piece::Name(b"def"), Piece::Name(name), _] => name,
                _ => continue,
            };
            self.declared.insert(text(name).into_owned());
        }
    }

    /// Looks at what begins here; answers how many pieces are done with.
    fn note(&mut self, before: Option<Piece<'_>>, here: &[Piece<'_>], place: &mut Place) -> usize {
        use Piece::{Close, Name, Open, Sign, Text};
        let is_member = before == Some(Sign(b'.'));
        match here {
            [Name(b"class"), Name(class), ..] if !is_member => {
                *place = Place { class: Some(text(class).into()), function: "class".into() };
            }
            [Name(b"def"), Name(function), ..] if !is_member => place.function = text(function).into(),
            [Name(b"__torch__"), Sign(b'.'), Name(b"torch"), Sign(b'.'), Name(b"classes"), rest @ ..] => {
                let class: String = rest.iter().map_while(member).collect();
                self.find(format!("torch.classes{class}"), place);
            }
            // `x.torch.y` is an attribute of that name.
            [Name(b"torch"), Sign(b'.'), Name(b"device"), Open, Text(device), ..]
                if !is_member && !device.starts_with(b"cpu") =>
            {
                self.devices.insert(text(device).into_owned());
                self.call("aten::device", place);
                return 3;
            }
            [Name(b"torch"), Sign(b'.'), Name(name), ..] if !is_member => {
                self.call(&format!("aten::{}", text(name)), place);
                return 3;
            }
            [Name(b"ops"), Sign(b'.'), Name(space), Sign(b'.'), Name(name), ..] if !is_member => {
                self.call(&format!("{}::{}", text(space), text(name)), place);
                return 5;
            }
            [Name(root), ..] if !is_member && ROOTS.contains(root) => {
                self.find(text(root).into_owned(), place)
            }
            [Name(form), Open, ..] if !is_member && FORMS.contains(form) && before != Some(Name(b"def")) => {
                self.find(format!("prim::{}", text(form)), place);
            }
            // `x.add(y)` is `torch.add(x, y)`, unless something of that name is a member of x.
            [Name(name), ..] if is_member => self.member(&text(name), place),
            [Name(b"getattr"), Open, rest @ ..] if !is_member => {
                let texts = rest.iter().take_while(|piece| **piece != Close);
                for piece in texts {
                    if let Text(name) = piece {
                        self.member(&text(name), place);
                    }
                }
            }
            _ => {}
        }
        1
    }

    fn call(&mut self, operator: &str, place: &Place) {
        if !self.operators.contains(operator) {
            self.operators.insert(operator.to_owned());
            if !list::group_of(operator).is_some_and(|group| group.allowed) {
                self.find(operator.to_owned(), place);
            }
        }
    }

    fn find(&mut self, what: String, place: &Place) {
        if self.seen.insert(what.clone()) {
            self.found.push(Refusal { what, place: place.name() });
        }
    }

    fn member(&mut self, name: &str, place: &Place) {
        for operator in [format!("aten::{name}"), format!("prim::{name}")] {
            if list::group_of(&operator).is_some_and(|group| !group.allowed)
                && self.seen.insert(format!(".{operator}"))
            {
                self.members.push(Refusal { what: operator, place: place.name() });
            }
        }
    }
}

/// What models may not call, those of the list first. `classes` are the classes that the pickles name.
pub(in super::super) fn refused<'a>(
    calls: Calls,
    classes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<Refusal> {
    let Calls { mut found, members, declared, .. } = calls;
    let local = |what: &str| what.split_once("::").is_some_and(|(_, name)| declared.contains(name));
    found.extend(members.into_iter().filter(|member| !local(&member.what)));
    for (module, name) in classes {
        if module.starts_with("__torch__.torch.classes") {
            let what = format!("{}.{name}", module.trim_start_matches("__torch__."));
            if !found.iter().any(|refusal| refusal.what == what) {
                found.push(Refusal { what, place: "data.pkl".into() });
            }
        }
    }
    found.sort_by_key(Refusal::is_unknown);
    found
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn member(piece: &Piece<'_>) -> Option<String> {
    match piece {
        Piece::Sign(b'.') => Some(".".to_owned()),
        Piece::Name(name) => Some(text(name).into_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(source: &str) -> Vec<String> {
        let mut calls = Calls::default();
        calls.read("code", source.as_bytes()).expect("readable");
        refused(calls, []).into_iter().map(|refusal| format!("{} {}", refusal.place, refusal.what)).collect()
    }

    #[test]
    fn operators_and_devices_are_read_from_calls_and_not_from_texts() {
        let mut calls = Calls::default();
        for line in [
            r"    _0 = torch.add_(torch.slice(x, 0), ops.prim.min(a, b))",
            r#"    z = torch.zeros([1], device=torch.device("cuda:0"))"#,
            r#"    y = torch.zeros([1], device=torch.device("cpu"))"#,
            r#"    _1 = "torch.nothing(x)""#,
            r"    x.torch.child(y)",
        ] {
            calls.read("code", line.as_bytes()).expect("source");
        }
        let operators: Vec<_> = calls.operators.iter().map(String::as_str).collect();
        assert_eq!(operators, ["aten::add_", "aten::device", "aten::slice", "aten::zeros", "prim::min"]);
        assert_eq!(calls.devices.into_iter().collect::<Vec<_>>(), ["cuda:0"]);
    }

    #[test]
    fn what_is_not_allowed_is_named_with_its_method_however_it_is_written() {
        for call in [
            "torch.from_file(n, True, 16)",
            "torch . from_file (n)",
            "(torch.\n      from_file)(n)",
            "ops.aten.from_file(n)",
            "ops.aten.\n  from_file(n)",
            "n.from_file(True)",
            "(n).from_file(True)",
            "f = torch.from_file",
            "getattr(n, \"from_file\")(True)",
        ] {
            let source =
                format!("class Model(Module):\n  def forward(self, n: str) -> Tensor:\n    return {call}\n");
            assert_eq!(refusals(&source), ["Model.forward aten::from_file"], "{call}");
        }
    }

    #[test]
    fn roots_that_are_no_call_are_refused() {
        assert_eq!(refusals("def f(x):\n  t = torch\n  return t.add(x, x)\n"), ["f torch"]);
        assert_eq!(refusals("def f(x):\n  t = ops.aten\n  return t.add(x, x)\n"), ["f ops"]);
    }

    #[test]
    fn other_spaces_classes_of_cpp_and_threads_are_refused() {
        for (line, what) in [
            ("ops.profiler._record_function_enter_new(\"x\")", "profiler::_record_function_enter_new"),
            ("ops.mine.load(x)", "mine::load"),
            ("fork(self.run, x)", "prim::fork"),
            ("x = __torch__.torch.classes.audio.Reader(n)", "torch.classes.audio.Reader"),
            ("torch.warble(x)", "aten::warble"),
            ("rpc_sync(\"w\", f)", "prim::rpc_sync"),
        ] {
            assert_eq!(refusals(&format!("def f(x):\n  {line}\n")), [format!("f {what}")]);
        }
    }

    #[test]
    fn members_may_have_the_names_of_operators() {
        let source = "class Model(Module):\n  wait : float\n  def save(self) -> int:\n    return 1\n\
                      \x20 def forward(self, x: Tensor) -> Tensor:\n    _0 = (self).save()\n    return torch.mul(x, self.wait)\n";
        assert_eq!(refusals(source), Vec::<String>::new());
    }
}

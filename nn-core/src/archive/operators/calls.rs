//! What the source of an archive calls.

use std::{
    collections::{BTreeSet, HashSet},
    rc::Rc,
};

use super::{Refusal, list};
use crate::archive::lexer::{Lexeme, Unfinished, lexemes};

/// Forms of TorchScript that are operators and look like functions.
const FORMS: [&str; 5] = ["fork", "awaitable", "rpc_async", "rpc_sync", "rpc_remote"];
/// The names under which libtorch's operators are reached.
const ROOTS: [&str; 2] = ["torch", "ops"];

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
    pub(in super::super) fn read(&mut self, name: &str, source: &str) -> Result<(), Unfinished> {
        let all: Vec<_> = lexemes(source).collect::<Result<_, _>>()?;
        let mut place = Place { class: None, function: name.into() };
        // Lines end anywhere inside brackets: what belongs together is looked at without them.
        let joined: Vec<_> = all.iter().copied().filter(|lexeme| *lexeme != Lexeme::Line).collect();
        self.declare(&all);
        let mut at = 0;
        while at < joined.len() {
            let before = at.checked_sub(1).map(|before| joined[before]);
            at += self.note(before, &joined[at..], &mut place);
        }
        Ok(())
    }

    /// Names in front of a colon at the beginning of a line, and those of functions.
    fn declare(&mut self, lexemes: &[Lexeme<'_>]) {
        for three in lexemes.windows(3) {
            let name = match three {
                [Lexeme::Line, Lexeme::Name(name), Lexeme::Sign(':')]
                | [Lexeme::Name("def"), Lexeme::Name(name), _] => name,
                _ => continue,
            };
            if !self.declared.contains(*name) {
                self.declared.insert((*name).to_owned());
            }
        }
    }

    /// Looks at what begins here; answers how many lexemes are done with.
    fn note(&mut self, before: Option<Lexeme<'_>>, here: &[Lexeme<'_>], place: &mut Place) -> usize {
        use Lexeme::{Name, Sign, Text};
        let is_member = before == Some(Sign('.'));
        match here {
            [Name("class"), Name(class), ..] if !is_member => {
                *place = Place { class: Some((*class).into()), function: "class".into() };
            }
            [Name("def"), Name(function), ..] if !is_member => place.function = (*function).into(),
            [Name("__torch__"), Sign('.'), Name("torch"), Sign('.'), Name("classes"), rest @ ..] => {
                let class: String = rest.iter().map_while(member).collect();
                self.find(format!("torch.classes{class}"), place);
            }
            // `x.torch.y` is an attribute of that name.
            [Name("torch"), Sign('.'), Name("device"), Sign('('), Text(device), ..]
                if !is_member && !device.starts_with("cpu") =>
            {
                self.devices.insert((*device).to_owned());
                self.call("aten::device", place);
                return 3;
            }
            [Name("torch"), Sign('.'), Name(name), ..] if !is_member => {
                self.call(&format!("aten::{name}"), place);
                return 3;
            }
            [Name("ops"), Sign('.'), Name(space), Sign('.'), Name(name), ..] if !is_member => {
                self.call(&format!("{space}::{name}"), place);
                return 5;
            }
            [Name(root), ..] if !is_member && ROOTS.contains(root) => self.find((*root).to_owned(), place),
            [Name(form), Sign('('), ..]
                if !is_member && FORMS.contains(form) && before != Some(Name("def")) =>
            {
                self.find(format!("prim::{form}"), place);
            }
            // `x.add(y)` is `torch.add(x, y)`, unless something of that name is a member of x.
            [Name(name), ..] if is_member => self.member(name, place),
            [Name("getattr"), Sign('('), rest @ ..] if !is_member => {
                let texts = rest.iter().take_while(|lexeme| **lexeme != Sign(')'));
                for text in texts {
                    if let Text(name) = text {
                        self.member(name, place);
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

fn member(lexeme: &Lexeme<'_>) -> Option<String> {
    match lexeme {
        Lexeme::Sign('.') => Some(".".to_owned()),
        Lexeme::Name(name) => Some((*name).to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusals(source: &str) -> Vec<String> {
        let mut calls = Calls::default();
        calls.read("code", source).expect("readable");
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
            calls.read("code", line).expect("source");
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

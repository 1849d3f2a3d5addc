//! Texts of scripts and what is read from them.

use super::*;

fn methods(text: &str) -> Vec<(String, [usize; 4])> {
    let outline = outline(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let numbers = |m: &MethodSpec| [m.in_channels, m.in_ratio, m.out_channels, m.out_ratio];
    outline.spec.methods.iter().map(|method| (method.name.clone(), numbers(method))).collect()
}

fn one(name: &str, numbers: [usize; 4]) -> Vec<(String, [usize; 4])> {
    vec![(name.to_owned(), numbers)]
}

#[test]
fn a_function_is_a_method_and_literal_lines_are_its_inlets_and_outlets() {
    for (text, expected) in [
        ("def process(midi, audio):\n    return midi, audio\n", [1, 1, 1, 1]),
        ("inlets = 2\noutlets = 3\ndef process_npy(midi, audio): ...", [2, 1, 3, 1]),
        ("inlets, outlets = 2, 4\r\ndef process_numpy(m, a):\r\n\tpass\r\n", [2, 1, 4, 1]),
        ("inlets = outlets = 2  # both\ndef process_torch(m, a): pass", [2, 1, 2, 1]),
        ("inlets: int = 0\ndef process(m, a): pass", [0, 1, 1, 1]),
        ("import pyphonic\ndef process(m, a): pass", [2, 1, 2, 1]),
        ("import pyphonic\ninlets = 1\ndef process(m, a): pass", [1, 1, 2, 1]),
        ("out_ratio = 64\ndef process(m, a): pass", [1, 1, 1, 64]),
        ("process_params = [1, 1, 2, 512]\ndef process(m, a): pass", [1, 1, 2, 512]),
        // What is no line of its own says nothing.
        (
            "'''\ninlets = 5\n'''\n# inlets = 6\nx = dict(\ninlets = 7)\ndef process(m, a):\n  inlets = 8",
            [1, 1, 1, 1],
        ),
        ("if True:\n    inlets = 5\ndef process(m, a): pass", [1, 1, 1, 1]),
        ("inlets = \\\n 3\nasync def process(m, a): pass", [3, 1, 1, 1]),
        ("inlets = 2; outlets = 3\ndef process(m, a): pass", [2, 1, 3, 1]),
    ] {
        assert_eq!(methods(text), one("process", expected), "{text:?}");
    }
}

#[test]
fn several_functions_are_methods_where_their_parameters_or_their_numbers_say_so() {
    let text = "
def helper(x): pass
def process(midi, audio): pass
def louder_npy(midi, audio): pass
def analyse(sound, midi): pass
def _own(midi, audio): pass
other_params = [2, 1, 1, 4]
def other(a, b): pass
def process_npy(midi, audio): pass
";
    let names: Vec<_> = methods(text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["process", "louder", "other"]);
    let outline = outline(text).expect("methods");
    assert_eq!(outline.functions, ["process", "louder_npy", "other"]);
}

#[test]
fn a_class_effect_has_its_own_functions_and_values() {
    let text = "
gain = 0.5
class Other:
    inlets = 9
    def process(self, midi, audio): pass
class Effect(Other):
    '''Says what it is.'''
    inlets = 2
    depth = 0.25
    def __init__(self):
        self.x = 1
        later = 2
    def process_npy(self, midi, audio):
        y = 3
    def widen(self, midi, audio): pass
after = 1
";
    let outline = outline(text).expect("methods");
    assert!(outline.is_class);
    assert_eq!(outline.functions, ["process_npy", "widen"]);
    assert_eq!(outline.spec.methods[0].in_channels, 2);
    let names: Vec<_> = outline.spec.attributes.iter().map(|attribute| attribute.name.as_str()).collect();
    assert_eq!(names, ["gain", "after", "depth"]);
}

#[test]
fn values_that_are_written_out_are_attributes_of_their_type() {
    let text = r#"
a = 1
b = -0.5
c = True
d = "two words"
e = [1, 2.5, -3]
f = (1.0,)
g = (2.5)
h = 1_000
i = 1e-3
j = 0x10
k = 'don\'t'
_hidden = 1
l = a + 1
m = []
n = ["x"]
o = None
p = 1j
q = "a" "b"
r == 1
s.t = 1
u[0] = 1
a = 2.5
v = inf
def process(m, a): pass
"#;
    let outline = outline(text).expect("a method");
    let found: Vec<_> =
        outline.spec.attributes.iter().map(|one| one.name.as_str()).zip(&outline.values).collect();
    let text = |text: &str| Value::String(text.to_owned());
    let expected = [
        ("a", Value::Float(2.5)),
        ("b", Value::Float(-0.5)),
        ("c", Value::Bool(true)),
        ("d", text("two words")),
        ("e", Value::Tensor(vec![1.0, 2.5, -3.0])),
        ("f", Value::Tensor(vec![1.0])),
        ("g", Value::Float(2.5)),
        ("h", Value::Int(1000)),
        ("i", Value::Float(1e-3)),
        ("j", Value::Int(16)),
        ("k", text("don't")),
        ("m", Value::Tensor(vec![])),
    ];
    let expected: Vec<_> = expected.iter().map(|(name, value)| (*name, value)).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_cannot_play_is_an_error_that_says_what_is_wrong() {
    for (text, words) in [
        ("", "no method"),
        ("def other(x): pass", "other"),
        ("inlets = -1\ndef process(m, a): pass", "input channels"),
        ("outlets = 0\ndef process(m, a): pass", "output channels"),
        ("out_ratio = 0\ndef process(m, a): pass", "ratio"),
        ("process_params = [1, 2]\ndef process(m, a): pass", "2 values"),
    ] {
        let error = outline(text).expect_err(text).to_string();
        assert!(error.contains(words), "{text:?}: {error}");
    }
}

#[test]
fn no_text_is_too_odd() {
    for text in [
        "\"",
        "'''",
        "\\",
        "\u{feff}def process(m, a): pass",
        "((((",
        "))))",
        "def",
        "def (",
        "class Effect",
        "a=",
        "=",
        "a='",
        "#",
        "\t\t;;;",
        "def process(",
        "ä = 'ö'",
        "a = [[[[[[[[1]]]]]]]]",
        "\"\"\"\\",
        "a = '\\",
    ] {
        let _any = outline(text);
    }
    let deep = "[".repeat(100_000);
    let _any = outline(&format!("a = {deep}\ndef process(m, a): pass"));
}

//! Parses the text of a patch: canvases, objects in the order in which Pd numbers them, connections.
//!
//! Thread: any but audio.

/// A wire, by the numbers of objects in their canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wire {
    pub from: usize,
    pub outlet: usize,
    pub to: usize,
    pub inlet: usize,
}

/// What has a number in its canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Object<'a> {
    /// An object box, with its words as the file has them.
    Typed { x: f64, text: &'a str },
    /// A subpatch or a graph, with the number of its canvas.
    Subpatch(usize),
    /// Anything else: it takes messages, or nothing.
    Messages,
}

/// A canvas: the patch, a subpatch or a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Canvas<'a> {
    pub objects: Vec<Object<'a>>,
    pub wires: Vec<Wire>,
}

impl Canvas<'_> {
    /// The kind of an inlet: `inlet` or `inlet~`. Inlets are numbered from left to right.
    pub fn inlet(&self, number: usize) -> Option<&'static str> {
        let mut inlets: Vec<_> = self
            .objects
            .iter()
            .filter_map(|object| match object {
                Object::Typed { x, text } => match words(text).next()?.as_str() {
                    "inlet" => Some((*x, "inlet")),
                    "inlet~" => Some((*x, "inlet~")),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        inlets.sort_by(|a, b| a.0.total_cmp(&b.0));
        inlets.get(number).map(|inlet| inlet.1)
    }
}

/// All canvases of a file, the patch itself first.
pub(super) fn canvases(text: &str) -> Vec<Canvas<'_>> {
    let mut canvases: Vec<Canvas<'_>> = Vec::new();
    // Those that have begun and not ended, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    for message in messages(text) {
        let (target, rest) = word(message);
        let (selector, rest) = word(rest);
        if (target, selector) == ("#N", "canvas") {
            open.push(canvases.len());
            canvases.push(Canvas::default());
            continue;
        }
        let (Some(&innermost), "#X") = (open.last(), target) else { continue };
        match selector {
            "restore" | "pop" if open.len() == 1 => {}
            "restore" => {
                open.pop();
                if let Some(&outer) = open.last() {
                    canvases[outer].objects.push(Object::Subpatch(innermost));
                }
            }
            // Graphs of old files begin and end in their own way.
            "graph" => {
                let inner = canvases.len();
                canvases[innermost].objects.push(Object::Subpatch(inner));
                open.push(inner);
                canvases.push(Canvas::default());
            }
            "pop" => drop(open.pop()),
            "connect" => canvases[innermost].wires.extend(wire(rest)),
            "obj" => {
                let (x, rest) = word(rest);
                let (_, text) = word(rest);
                let x = x.parse().unwrap_or(0.0);
                canvases[innermost].objects.push(Object::Typed { x, text });
            }
            _ if NUMBERED.contains(&selector) => canvases[innermost].objects.push(Object::Messages),
            _ => {}
        }
    }
    canvases
}

/// What else makes something that has a number in its canvas; the second line is of old files.
const NUMBERED: [&str; 18] = [
    "msg",
    "floatatom",
    "symbolatom",
    "listbox",
    "text",
    "scalar",
    "array",
    "bng",
    "toggle",
    "vslider",
    "hslider",
    "hdial",
    "vdial",
    "hradio",
    "vradio",
    "vumeter",
    "mycnv",
    "numbox",
];

fn wire(text: &str) -> Option<Wire> {
    let mut numbers = text.split_ascii_whitespace().map(|word| word.parse::<usize>().ok());
    let mut next = || numbers.next().flatten();
    Some(Wire { from: next()?, outlet: next()?, to: next()?, inlet: next()? })
}

/// The messages of a file: they end at a semicolon. A comma ends one too; what comes behind goes to the same object, and
/// makes none.
fn messages(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let whole = up_to(rest, |byte| byte == b';');
        rest = rest.get(whole.len() + 1..).unwrap_or("");
        Some(up_to(whole, |byte| byte == b','))
    })
}

/// The text up to the first of certain (ASCII) characters that no backslash stands before.
fn up_to(text: &str, is_end: impl Fn(u8) -> bool) -> &str {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = !escaped && is_end(byte);
        escaped = !escaped && byte == b'\\';
        ends
    });
    &text[..end.unwrap_or(text.len())]
}

/// The first word, as it is written, and what comes behind.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_ascii_start();
    let word = up_to(text, |byte| byte.is_ascii_whitespace());
    (word, &text[word.len()..])
}

/// The words of a box, as Pd has them.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (found, after) = word(rest);
        rest = after;
        (!found.is_empty()).then(|| plain(found))
    })
}

/// A word without the backslashes that a file writes into it.
fn plain(word: &str) -> String {
    let mut escaped = false;
    word.chars()
        .filter(|&c| {
            escaped = !escaped && c == '\\';
            !escaped
        })
        .collect()
}

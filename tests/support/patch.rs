//! Writes Pd patches.

use std::fmt::Write;

/// A patch under construction: objects are numbered in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    body: String,
    connections: String,
    objects: usize,
}

impl Patch {
    /// An empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `[text]`; gives its number.
    pub fn object(&mut self, text: &str) -> usize {
        let (x, y) = self.place();
        self.add(&format!("#X obj {x} {y} {text};\n"))
    }

    /// Adds a message box; semicolons and commas come as Pd writes them (`\;`).
    pub fn message(&mut self, text: &str) -> usize {
        let (x, y) = self.place();
        self.add(&format!("#X msg {x} {y} {text};\n"))
    }

    /// Adds a subpatch.
    pub fn subpatch(&mut self, name: &str, inner: &Self) -> usize {
        let (x, y) = self.place();
        let text = format!(
            "#N canvas 0 0 450 300 {name} 0;\n{}{}#X restore {x} {y} pd {name};\n",
            inner.body, inner.connections
        );
        self.add(&text)
    }

    /// Pd orders inlets and outlets of a subpatch from left to right.
    fn place(&self) -> (usize, usize) {
        (20 + self.objects * 12, 20 + self.objects * 25)
    }

    fn add(&mut self, text: &str) -> usize {
        self.body.push_str(text);
        self.objects += 1;
        self.objects - 1
    }

    /// Connects an outlet to an inlet.
    pub fn connect(&mut self, from: usize, outlet: usize, to: usize, inlet: usize) {
        writeln!(self.connections, "#X connect {from} {outlet} {to} {inlet};").expect("text can be written");
    }

    /// The file's text.
    pub fn text(&self) -> String {
        format!("#N canvas 0 0 450 300 12;\n{}{}", self.body, self.connections)
    }

    /// Writes the file.
    pub fn write(&self, path: &std::path::Path) {
        std::fs::write(path, self.text()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

/// A name as Pd reads it in a patch: spaces, commas, semicolons and dollars escaped.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, ' ' | ',' | ';' | '$' | '\\') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

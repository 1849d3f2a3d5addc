//! Writes Pure Data patches: boxes at places, cords between them.

use std::fmt::Write as _;

/// A patch under construction. Boxes are numbered in the order in which they are added.
#[derive(Debug, Default)]
pub struct PatchWriter {
    declarations: String,
    elements: String,
    cords: String,
    count: usize,
}

/// A box that has been placed and can be connected.
#[derive(Debug, Clone, Copy)]
pub struct Placed(usize);

/// One outlet of a placed box.
#[derive(Debug, Clone, Copy)]
pub struct Outlet(usize, usize);

impl Placed {
    /// The outlet with this number, counted from the left, starting with 0.
    pub fn outlet(self, number: usize) -> Outlet {
        Outlet(self.0, number)
    }
}

impl From<Placed> for Outlet {
    /// The leftmost outlet.
    fn from(placed: Placed) -> Self {
        placed.outlet(0)
    }
}

impl PatchWriter {
    /// Lets Pd look for externals in a folder, given relative to the patch. Pd reads this before any box.
    pub fn declare_path(&mut self, folder: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.declarations, "#X declare -path {};", escape(folder));
    }

    /// An object box such as `osc~ 440`.
    pub fn object(&mut self, x: i32, y: i32, text: &str) -> Placed {
        self.element(&format!("#X obj {x} {y} {}", escape(text)))
    }

    /// A message box; `,` and `;` separate messages as they do in Pd, `$1` stands for the argument.
    pub fn message(&mut self, x: i32, y: i32, text: &str) -> Placed {
        self.element(&format!("#X msg {x} {y} {}", escape(text)))
    }

    /// A comment, wrapped at `width_characters`.
    pub fn comment(&mut self, x: i32, y: i32, width_characters: u32, text: &str) {
        self.element(&format!("#X text {x} {y} {}, f {width_characters}", escape(text)));
    }

    /// A coloured strip behind a comment, for headings.
    pub fn heading(&mut self, x: i32, y: i32, width: i32, text: &str) {
        self.element(&format!(
            "#X obj {x} {y} cnv 15 {width} 28 empty empty empty 20 12 0 14 #d6e2f0 #404040 0"
        ));
        self.comment(x + 8, y + 5, 80, text);
    }

    /// A button with a label of one word at its right, pressed also by anything sent to `receive`.
    pub fn button(&mut self, x: i32, y: i32, label: &str, receive: &str) -> Placed {
        self.element(&format!(
            "#X obj {x} {y} bng 25 250 50 0 empty {receive} {label} 32 12 0 12 #fcfcfc #26364d #000000"
        ))
    }

    /// A toggle with a label of one word at its right.
    pub fn toggle(&mut self, x: i32, y: i32, label: &str) -> Placed {
        self.element(&format!(
            "#X obj {x} {y} tgl 25 0 empty empty {label} 32 12 0 12 #fcfcfc #26364d #000000 0 1"
        ))
    }

    /// A box that opens a window of its own.
    pub fn subpatch(&mut self, x: i32, y: i32, name: &str, inside: Self) -> Placed {
        let Self { elements, cords, .. } = inside;
        self.element(&format!(
            "#N canvas 120 120 520 420 {name} 0;\n{elements}{cords}#X restore {x} {y} pd {name}"
        ))
    }

    /// A named array, drawn `width` by `height` pixels, empty until it is written to.
    pub fn array(&mut self, x: i32, y: i32, width: i32, height: i32, name: &str) {
        self.element(&format!(
            "#N canvas 0 50 450 250 (subpatch) 0;\n#X array {name} 100 float 0;\n\
             #X coords 0 1 99 -1 {width} {height} 1 0 0;\n#X restore {x} {y} graph"
        ));
    }

    /// A cord from an outlet to the inlet with this number.
    pub fn connect(&mut self, from: impl Into<Outlet>, to: Placed, inlet: usize) {
        let Outlet(source, outlet) = from.into();
        let _ = writeln!(self.cords, "#X connect {source} {outlet} {} {inlet};", to.0);
    }

    /// The file, with a window of this size.
    pub fn finish(self, width: i32, height: i32) -> String {
        let Self { declarations, elements, cords, .. } = self;
        format!("#N canvas 60 40 {width} {height} 12;\n{declarations}{elements}{cords}")
    }

    fn element(&mut self, line: &str) -> Placed {
        self.elements.push_str(line);
        self.elements.push_str(";\n");
        self.count += 1;
        Placed(self.count - 1)
    }
}

/// In a patch file a comma, a semicolon and a dollar sign that belong to the text carry a backslash.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            ',' | ';' => {
                if !escaped.is_empty() && !escaped.ends_with(' ') {
                    escaped.push(' ');
                }
                escaped.push('\\');
            }
            '$' => escaped.push('\\'),
            _ => {}
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_numbered_in_order_and_connected_by_number() {
        let mut patch = PatchWriter::default();
        patch.declare_path("externals");
        let oscillator = patch.object(10, 20, "osc~ 440");
        patch.comment(10, 40, 20, "to the loudspeakers");
        let speakers = patch.object(10, 60, "dac~");
        patch.connect(oscillator, speakers, 0);
        patch.connect(oscillator, speakers, 1);
        assert_eq!(
            patch.finish(300, 200),
            "#N canvas 60 40 300 200 12;\n#X declare -path externals;\n#X obj 10 20 osc~ 440;\n\
             #X text 10 40 to the loudspeakers, f 20;\n#X obj 10 60 dac~;\n\
             #X connect 0 0 2 0;\n#X connect 0 0 2 1;\n"
        );
    }

    #[test]
    fn a_subpatch_counts_as_one_box() {
        let mut inside = PatchWriter::default();
        let (from, to) = (inside.object(10, 10, "r a"), inside.object(10, 40, "s b"));
        inside.connect(from, to, 0);
        let mut patch = PatchWriter::default();
        patch.subpatch(20, 20, "inner", inside);
        let (from, to) = (patch.object(10, 10, "r c"), patch.object(10, 40, "s d"));
        patch.connect(from, to, 0);
        let text = patch.finish(100, 100);
        assert!(text.contains("#X connect 0 0 1 0;\n#X restore 20 20 pd inner;\n"), "{text}");
        assert!(text.ends_with("#X connect 1 0 2 0;\n"), "{text}");
    }

    #[test]
    fn separators_and_arguments_are_escaped() {
        assert_eq!(escape("; pd dsp 1"), "\\; pd dsp 1");
        assert_eq!(escape("read $1, start"), "read \\$1 \\, start");
    }
}

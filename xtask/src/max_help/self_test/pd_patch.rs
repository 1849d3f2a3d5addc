//! A patch of Pd, as text.

/// Objects are numbered in the order in which they are added.
#[derive(Debug, Default)]
pub struct PdPatch {
    lines: Vec<String>,
    cords: Vec<String>,
    objects: usize,
    /// Where the next object comes.
    pub place: [usize; 2],
}

impl PdPatch {
    /// An empty patch whose first object comes there.
    pub fn at(place: [usize; 2]) -> Self {
        Self { place, ..Self::default() }
    }

    /// Adds a line of the file; gives the object's number.
    pub fn line(&mut self, line: String) -> usize {
        self.lines.push(line);
        self.place[1] += 26;
        self.objects += 1;
        self.objects - 1
    }

    fn add(&mut self, kind: &str, text: &str) -> usize {
        let [x, y] = self.place;
        self.line(format!("#X {kind} {x} {y} {};", text.replace(',', " \\,")))
    }

    /// `[text]`.
    pub fn object(&mut self, text: &str) -> usize {
        self.add("obj", text)
    }

    /// A message box.
    pub fn message(&mut self, text: &str) -> usize {
        self.add("msg", text)
    }

    /// A comment, so many characters wide.
    pub fn text(&mut self, text: &str, width: usize) -> usize {
        let number = self.add("text", text);
        if let Some(line) = self.lines.last_mut() {
            *line = format!("{}, f {width};", line.trim_end_matches(';'));
        }
        number
    }

    /// A patch inside.
    pub fn inside(&mut self, name: &str, inner: &Self) -> usize {
        let [x, y] = self.place;
        let inner = inner.body();
        self.line(format!("#N canvas 60 60 900 640 {name} 0;\n{inner}\n#X restore {x} {y} pd {name};"))
    }

    /// From an outlet to an inlet.
    pub fn cord(&mut self, from: usize, outlet: usize, to: usize, inlet: usize) {
        self.cords.push(format!("#X connect {from} {outlet} {to} {inlet};"));
    }

    fn body(&self) -> String {
        [&self.lines[..], &self.cords[..]].concat().join("\n")
    }

    /// The file.
    pub fn file(&self, width: usize, height: usize) -> String {
        format!("#N canvas 80 60 {width} {height} 12;\n{}\n", self.body())
    }
}

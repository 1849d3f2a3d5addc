//! One tab of a help file: boxes in columns and rows, and the cords between them.

use nn_core::message::Message;
use serde_json::{Value, json};

/// Size of the window.
pub const WIDTH: usize = 1060;
pub const HEIGHT: usize = 680;

/// Height of a row, left edge of the first column, and what is left and above.
const ROW: usize = 26;
const MARGIN: usize = 20;
const TOP: usize = 10;
/// Messages stand this far from a column's edge: there their common cord runs.
const INDENT: usize = 18;
const BOX_HEIGHT: usize = 22;
const LETTER_WIDTH: usize = 7;

/// The messages of the catalog, as every help shows them.
pub const DOWNLOADS: [&str; 6] = [
    "get_available_models",
    "print_available_models",
    "download CARD",
    "cancel",
    "delete NAME",
    "remove NAME",
];

/// A box of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed(usize);

impl Placed {
    /// Its name in the file.
    pub fn id(self) -> String {
        format!("obj-{}", self.0 + 1)
    }
}

/// What is written down of a box.
struct Box {
    class: &'static str,
    text: String,
    inlets: usize,
    outlets: Vec<&'static str>,
    /// Left, top, width, height.
    place: [usize; 4],
    more: Vec<(&'static str, Value)>,
}

/// From an outlet to an inlet, by way of these points.
struct Cord {
    from: (usize, usize),
    to: (usize, usize),
    points: Vec<usize>,
}

/// A tab.
pub struct Sheet {
    name: &'static str,
    boxes: Vec<Box>,
    cords: Vec<Cord>,
    left: usize,
    row: usize,
}

impl Sheet {
    /// A tab with a line above everything.
    pub fn new(name: &'static str, title: &str) -> Self {
        let mut sheet = Self { name, boxes: Vec::new(), cords: Vec::new(), left: MARGIN, row: 0 };
        sheet.comment(0, title, 940, true);
        sheet
    }

    /// Goes on at the top of a column, below its heading.
    pub fn column(&mut self, left: usize, heading: &str) {
        (self.left, self.row) = (MARGIN + left, 2);
        self.comment(0, heading, 240, true);
        self.row += 1;
    }

    /// Goes on some rows further down.
    pub fn skip(&mut self, rows: usize) {
        self.row += rows;
    }

    /// Text over the width, as many rows as it takes; cords along the column's edge pass it.
    pub fn note(&mut self, text: &str, width: usize) {
        self.row += self.comment(INDENT, text, width, false);
    }

    /// A message among other boxes: the row stays the same.
    pub fn click(&mut self, offset: usize, text: &str) -> Placed {
        let place = self.place(offset, text.chars().count() * LETTER_WIDTH + 12);
        self.add("message", text, 2, &[""], place)
    }

    /// An empty message that shows what it is set to, so wide.
    pub fn wide(&mut self, offset: usize, width: usize) -> Placed {
        let place = self.place(offset, width);
        self.add("message", "", 2, &[""], place)
    }

    /// A message with its explanation behind it, in a row of its own.
    fn message(&mut self, text: &str, width: usize, about: &str) -> Placed {
        let place = self.place(INDENT, width);
        let message = self.add("message", text, 2, &[""], place);
        self.beside(INDENT + width + 8, about);
        self.row += 1;
        message
    }

    /// Messages in rows of their own, all to the left inlet of a box.
    pub fn messages(&mut self, to: Placed, width: usize, messages: &[(&str, &str)]) {
        for (text, about) in messages {
            let message = self.message(text, width, about);
            self.bus(message, to);
        }
    }

    /// Messages of a box, told in the words that its table of messages has for them.
    ///
    /// # Panics
    /// When the table has no such example.
    pub fn told<R>(&mut self, to: Placed, width: usize, table: &'static [Message<R>], shown: &[&str]) {
        let help = || table.iter().flat_map(|message| message.help);
        for typed in shown {
            let row = help().find(|(text, _)| text == typed);
            let row = row.unwrap_or_else(|| panic!("the table of messages has no help for '{typed}'"));
            self.messages(to, width, &[*row]);
        }
    }

    /// The switch of an attribute of a box, as Max's inspector has it, in a row of its own.
    pub fn attribute(&mut self, to: Placed, name: &'static str, about: &str) {
        let place = self.place(INDENT, 170);
        let switch = self.add("attrui", "", 1, &[""], place);
        self.boxes[switch.0].more.push(("attr", json!(name)));
        self.beside(INDENT + 178, about);
        self.row += 1;
        self.bus(switch, to);
    }

    /// A box of Max or of ours, so far from the column's edge; the row stays the same.
    pub fn object(&mut self, offset: usize, text: &str, inlets: usize, outlets: &[&'static str]) -> Placed {
        // At least as wide as its inlets and outlets want.
        let width = (text.chars().count() * LETTER_WIDTH + 12).max(inlets.max(outlets.len()) * 20);
        let place = self.place(offset, width);
        self.add("newobj", text, inlets, outlets, place)
    }

    /// A box of ours: signals, then the information outlet. The row stays the same.
    pub fn nn(&mut self, text: &str, inlets: usize, signals: usize) -> Placed {
        let kind = if text.starts_with("mc") { "multichannelsignal" } else { "signal" };
        let mut outlets = vec![kind; signals];
        outlets.push("");
        self.object(0, text, inlets, &outlets)
    }

    /// A number box.
    pub fn number(&mut self, offset: usize) -> Placed {
        let place = self.place(offset, 50);
        self.add("flonum", "", 1, &["", "bang"], place)
    }

    /// A box that is no text: `class` with these keys besides, so large.
    pub fn control(
        &mut self,
        offset: usize,
        class: &'static str,
        [width, height]: [usize; 2],
        inlets: usize,
        outlets: &[&'static str],
        more: &[(&'static str, Value)],
    ) -> Placed {
        let [left, top, ..] = self.place(offset, width);
        let control = self.add(class, "", inlets, outlets, [left, top, width, height]);
        self.boxes[control.0].more.extend(more.iter().cloned());
        control
    }

    /// A patch inside, with nothing but itself: it sends and receives by name.
    pub fn inside(&mut self, offset: usize, sheet: &Self) -> Placed {
        let inside = self.object(offset, &format!("p {}", sheet.name), 0, &[]);
        let (boxes, lines) = sheet.boxes_and_lines();
        self.boxes[inside.0].more.push(("patcher", patcher(boxes, lines)));
        inside
    }

    /// What a dictionary holds.
    pub fn dictionary(&mut self, offset: usize, width: usize, height: usize) -> Placed {
        let [left, top, ..] = self.place(offset, width);
        self.add("dict.view", "", 1, &[], [left, top, width, height])
    }

    /// A box's text for a row that it begins: `offset` from the column's edge.
    pub fn aside(&mut self, offset: usize, text: &str, width: usize) {
        self.comment(offset, text, width, false);
    }

    /// Volume and loudspeakers for one or two signals (box, outlet).
    pub fn loudspeakers(&mut self, left: (Placed, usize), right: (Placed, usize)) {
        let volume = self.number(180);
        self.aside(236, "volume", 60);
        self.skip(2);
        let (a, b) = (self.object(0, "*~ 0.3", 2, &["signal"]), self.object(80, "*~ 0.3", 2, &["signal"]));
        self.skip(2);
        let [x, y, ..] = self.place(0, 45);
        let dac = self.add("ezdac~", "", 2, &[], [x, y, 45, 45]);
        self.aside(56, "click: DSP on, off", 160);
        self.skip(2);
        for (signal, amplifier, inlet) in [(left, a, 0), (right, b, 1)] {
            self.cord(signal.0, signal.1, amplifier, 0);
            self.cord(volume, 0, amplifier, 1);
            self.cord(amplifier, 0, dac, inlet);
        }
    }

    /// A cord.
    pub fn cord(&mut self, from: Placed, outlet: usize, to: Placed, inlet: usize) {
        self.cords.push(Cord { from: (from.0, outlet), to: (to.0, inlet), points: Vec::new() });
    }

    /// A cord from a box of a column of messages: along the column's edge, then in the gap above the other box.
    fn bus(&mut self, from: Placed, to: Placed) {
        let ([x, y, _, height], [to_x, to_y, ..]) = (self.boxes[from.0].place, self.boxes[to.0].place);
        let (edge, below, above) = (x - INDENT / 2, y + height + 2, to_y - 2);
        let points = vec![x + 9, below, edge, below, edge, above, to_x + 9, above];
        self.cords.push(Cord { from: (from.0, 0), to: (to.0, 0), points });
    }

    fn place(&self, offset: usize, width: usize) -> [usize; 4] {
        [self.left + offset, TOP + self.row * ROW, width, BOX_HEIGHT]
    }

    /// Text in one line.
    fn beside(&mut self, offset: usize, text: &str) {
        self.comment(offset, text, text.chars().count() * LETTER_WIDTH + 8, false);
    }

    /// Answers how many rows it covers.
    fn comment(&mut self, offset: usize, text: &str, width: usize, is_bold: bool) -> usize {
        if text.is_empty() {
            return 0;
        }
        let per_line = ((width - 8) / LETTER_WIDTH).max(1);
        let (mut lines, mut used) = (1, 0);
        for word in text.split(' ') {
            let letters = word.chars().count();
            if used > 0 && used + 1 + letters > per_line {
                (lines, used) = (lines + 1, letters);
            } else {
                used += letters + usize::from(used > 0);
            }
        }
        let [left, top, ..] = self.place(offset, width);
        let height = BOX_HEIGHT - 2 + (lines - 1) * 14;
        let comment = self.add("comment", text, 1, &[], [left, top, width, height]);
        if is_bold {
            self.boxes[comment.0].more.push(("fontface", json!(1)));
        }
        self.boxes[comment.0].more.push(("linecount", json!(lines)));
        height.div_ceil(ROW)
    }

    fn add(
        &mut self,
        class: &'static str,
        text: &str,
        inlets: usize,
        outlets: &[&'static str],
        place: [usize; 4],
    ) -> Placed {
        let (text, outlets) = (text.to_owned(), outlets.to_vec());
        self.boxes.push(Box { class, text, inlets, outlets, place, more: Vec::new() });
        Placed(self.boxes.len() - 1)
    }

    /// The tab's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Boxes and cords in Max's form.
    pub fn boxes_and_lines(&self) -> (Vec<Value>, Vec<Value>) {
        let id = |index: usize| Placed(index).id();
        let described = |(index, this): (usize, &Box)| {
            let mut entry = json!({
                "id": id(index),
                "maxclass": this.class,
                "numinlets": this.inlets,
                "numoutlets": this.outlets.len(),
                "patching_rect": this.place.map(|length| length as f64),
            });
            if !this.text.is_empty() {
                entry["text"] = json!(this.text);
            }
            if !this.outlets.is_empty() {
                entry["outlettype"] = json!(this.outlets);
            }
            for (key, value) in &this.more {
                entry[*key] = value.clone();
            }
            json!({ "box": entry })
        };
        let line = |cord: &Cord| {
            let mut entry = json!({
                "source": [id(cord.from.0), cord.from.1],
                "destination": [id(cord.to.0), cord.to.1],
            });
            if !cord.points.is_empty() {
                entry["midpoints"] = json!(cord.points.iter().map(|&point| point as f64).collect::<Vec<_>>());
            }
            json!({ "patchline": entry })
        };
        (self.boxes.iter().enumerate().map(described).collect(), self.cords.iter().map(line).collect())
    }
}

/// Boxes and cords as a patcher.
pub fn patcher(boxes: Vec<Value>, lines: Vec<Value>) -> Value {
    json!({
        "fileversion": 1,
        "appversion": { "major": 8, "minor": 6, "revision": 5, "architecture": "x64", "modernui": 1 },
        "classnamespace": "box",
        "rect": [80.0, 80.0, WIDTH as f64, HEIGHT as f64],
        "gridsize": [15.0, 15.0],
        "boxes": boxes,
        "lines": lines,
    })
}

#[cfg(test)]
impl Sheet {
    /// Boxes that lie over each other, or beyond the window.
    pub fn crowded(&self, width: usize, height: usize) -> Vec<String> {
        let mut crowded = Vec::new();
        for (index, this) in self.boxes.iter().enumerate() {
            let [x, y, w, h] = this.place;
            if x + w > width || y + h > height {
                crowded.push(format!("{}: {} '{}' is outside", self.name, this.class, this.text));
            }
            for other in &self.boxes[..index] {
                let [a, b, c, d] = other.place;
                if x < a + c && a < x + w && y < b + d && b < y + h {
                    crowded.push(format!("{}: '{}' over '{}'", self.name, this.text, other.text));
                }
            }
        }
        crowded
    }

    /// Cords that begin or end where nothing is.
    pub fn loose_cords(&self) -> Vec<String> {
        let loose = |cord: &&Cord| {
            cord.from.1 >= self.boxes[cord.from.0].outlets.len() || cord.to.1 >= self.boxes[cord.to.0].inlets
        };
        let shown = |cord: &Cord| {
            let (from, to) = (&self.boxes[cord.from.0].text, &self.boxes[cord.to.0].text);
            format!("{}: '{from}' {} to '{to}' {}", self.name, cord.from.1, cord.to.1)
        };
        self.cords.iter().filter(loose).map(shown).collect()
    }
}
